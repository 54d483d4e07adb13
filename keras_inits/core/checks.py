"""Checks at the door: shapes, dtypes, seeds and numbers; their errors say what to do."""

import math
import numbers
import operator

import keras

FLOAT_DTYPES = ("bfloat16", "float16", "float32", "float64")

# TensorFlow takes seeds modulo 2**31 - 2 and JAX overflows: beyond it, two seeds are one stream.
SEED_LIMIT = 2**31 - 2


def check_shape(owner, shape):
    """`shape` as a tuple of non-negative Python integers.

    Raises:
        ValueError: when it is not a sequence of such integers.
    """
    try:
        dims = None if isinstance(shape, (str, bytes, dict)) else tuple(shape)
    except TypeError:
        dims = None
    if dims is None:
        raise ValueError(f"{owner} needs a shape like (64, 128), got {shape!r}.")
    return tuple(_dimension(owner, dim, dims) for dim in dims)


def _dimension(owner, dim, shape):
    try:
        value = operator.index(dim)
    except TypeError:
        value = -1
    if value < 0 or isinstance(dim, bool):
        raise ValueError(
            f"{owner} needs a shape of non-negative integers, got {dim!r} in shape={shape}. "
            "Give every dimension its size."
        )
    return value


def check_rank(owner, ranks, shape):
    """Raises ValueError unless the rank of `shape` is in `ranks` (None: any rank)."""
    if ranks is not None and len(shape) not in ranks:
        low, high = min(ranks), max(ranks)
        wanted = f"{low}" if low == high else f"{low} to {high}"
        raise ValueError(f"{owner} needs a shape of rank {wanted}, got shape={shape}.")


def check_dtype(owner, dtype):
    """The Keras name of a floating dtype; None means `keras.config.floatx()`.

    Raises:
        ValueError: for integer, boolean, complex and unknown dtypes.
    """
    try:
        name = keras.backend.standardize_dtype(dtype)
    except (ValueError, TypeError):
        name = None
    if name not in FLOAT_DTYPES:
        raise ValueError(
            f"{owner} draws {', '.join(FLOAT_DTYPES)}, got dtype={dtype!r}. "
            "Initialize in float32 and cast the result."
        )
    return name


def check_seed(owner, seed):
    """A seed as Keras takes it: None, an integer in [0, 2**31 - 2), or a SeedGenerator.

    A serialized SeedGenerator (a dict) is rebuilt; NumPy integers become Python's.

    Raises:
        ValueError: for anything else.
    """
    if isinstance(seed, dict):
        seed = keras.saving.deserialize_keras_object(seed)
    if seed is None or isinstance(seed, keras.random.SeedGenerator):
        return seed
    if not is_integer(seed) or not 0 <= seed < SEED_LIMIT:
        raise ValueError(
            f"{owner} needs a seed that is None, a keras.random.SeedGenerator or an integer "
            f"with 0 <= seed < 2**31 - 2, got seed={seed!r}."
        )
    return int(seed)


def is_integer(value):
    """Whether `value` is an integer, Python's or NumPy's, and not a boolean."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def check_number(owner, name, value, low=-math.inf, high=math.inf, above=None):
    """`value` as it came, if it is a finite real number in [low, high] and greater than `above`.

    Raises:
        ValueError: otherwise, and for booleans, NaN and infinities.
    """
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not low <= value <= high:
        raise ValueError(f"{owner} needs {name} to be {_range(low, high, above)}, got {value!r}.")
    if above is not None and not value > above:
        raise ValueError(f"{owner} needs {name} to be {_range(low, high, above)}, got {value!r}.")
    return value


def _range(low, high, above):
    bounds = [f"greater than {above}"] if above is not None else []
    bounds += [f"at least {low}"] if low > -math.inf else []
    bounds += [f"at most {high}"] if high < math.inf else []
    return " ".join(["a finite number", " and ".join(bounds)]).strip()


def check_choice(owner, name, value, choices):
    """`value`, if it is one of `choices`; ValueError naming them otherwise."""
    if not isinstance(value, str) or value not in choices:
        wanted = ", ".join(repr(choice) for choice in sorted(choices))
        raise ValueError(f"{owner} needs {name} to be one of {wanted}, got {value!r}.")
    return value


def check_positive_integers(owner, name, values):
    """`values` as a tuple of integers of at least 1; ValueError otherwise."""
    sequence = tuple(values) if isinstance(values, (tuple, list)) else ()
    if not sequence or not all(is_integer(value) and value >= 1 for value in sequence):
        raise ValueError(f"{owner} needs {name} to be a tuple like (2, 2), got {values!r}.")
    return tuple(int(value) for value in sequence)
