"""Draws of independent entries: float32 inside (float64 for float64), cast to the dtype last."""

import hashlib
import math
import random

import keras
import ml_dtypes
import numpy as np
from keras import ops

from keras_inits.core.checks import SEED_LIMIT

HALF_DTYPES = ("bfloat16", "float16")


def default_seed():
    """An integer from Python's `random`, so that keras.utils.set_random_seed governs it."""
    return random.randint(1, 10**9)


def fold_seed(seed, *numbers):
    """A seed of its own for each tuple of numbers: independent streams out of one seed.

    A SeedGenerator is returned as it is, since every draw advances it.
    """
    if isinstance(seed, keras.random.SeedGenerator):
        return seed
    digest = hashlib.blake2b(repr((seed, *numbers)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % SEED_LIMIT


def draw_dtype(dtype):
    """The dtype to draw in: bfloat16 uniforms drawn natively have 128 values and a biased mean."""
    return "float64" if dtype == "float64" else "float32"


def uniform(shape, low, high, dtype, seed):
    """Entries of U(low, high); none outside in any dtype."""
    low, high = last_inside(low, high, draw_dtype(dtype))
    values = keras.random.uniform(
        shape, minval=low, maxval=high, dtype=draw_dtype(dtype), seed=seed
    )
    return cast_inside(values, low, high, dtype)


def normal(shape, mean, std, dtype, seed):
    """Entries of N(mean, std**2)."""
    values = keras.random.normal(shape, mean=mean, stddev=std, dtype=draw_dtype(dtype), seed=seed)
    return ops.cast(values, dtype)


def truncated_normal(shape, scale, cut, dtype, seed):
    """Entries of `scale * z`, z standard normal given abs(z) < cut; none outside in any dtype.

    By inverse distribution function, `z = sqrt(2) erfinv(u)` with u uniform on +-erf(cut / sqrt 2):
    no rejection, and half the work of it.
    """
    mass = math.erf(cut / math.sqrt(2))
    u = keras.random.uniform(shape, minval=-mass, maxval=mass, dtype=draw_dtype(dtype), seed=seed)
    values = ops.erfinv(u) * ops.cast(scale * math.sqrt(2), u.dtype)
    low, high = last_inside(-cut * scale, cut * scale, draw_dtype(dtype))
    return cast_inside(ops.clip(values, low, high), low, high, dtype)


def bernoulli(shape, probability, seed):
    """Entries that are 1 with the probability, else 0, in float32."""
    u = keras.random.uniform(shape, dtype="float32", seed=seed)
    return ops.cast(u < probability, "float32")


def cast_inside(values, low, high, dtype):
    """`values` in `dtype`, where rounding to a half precision may not step over a bound."""
    values = ops.cast(values, dtype)
    if dtype not in HALF_DTYPES:
        return values
    return ops.clip(values, *last_inside(low, high, dtype))


def last_inside(low, high, dtype):
    """The outermost values of `dtype` that lie in [low, high], as Python floats."""
    return -_last_below(-low, dtype), _last_below(high, dtype)


def _last_below(bound, dtype):
    kind = np.dtype(getattr(ml_dtypes, dtype, dtype))
    value = np.array(bound, kind)
    if float(value) > bound:
        value = np.nextafter(value, np.array(-np.inf, kind))
    return float(value)


def tensorflow_seed(seed):
    """A seed as TensorFlow's stateless operations take it: two int32 numbers in a tensor."""
    if isinstance(seed, keras.random.SeedGenerator):
        return ops.cast(seed.next() % SEED_LIMIT, "int32")
    return ops.convert_to_tensor([seed, 0], dtype="int32")
