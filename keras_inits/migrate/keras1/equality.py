"""Whether two initializers have one law, judged by numbers on shapes that tell fans apart."""

import math

import keras

from keras_inits.core import laws
from keras_inits.core.builtins import moments
from keras_inits.core.fans import MODES, fans
from keras_inits.schemes.identity import IdentityKernel
from keras_inits.schemes.orthogonal import OrthogonalKernel

DISTRIBUTIONS = {**laws.FAMILIES, "untruncated_normal": laws.FAMILIES["normal"]}
#: Structured kernels: what they are, whoever made them.
STRUCTURES = {
    "orthogonal": (OrthogonalKernel, keras.initializers.Orthogonal),
    "identity": (IdentityKernel, keras.initializers.Identity),
}
TOLERANCE = 1e-9


def same_law(one, other, shapes):
    """Whether two initializers have the same law on pairs of shapes.

    Args:
        one: an initializer of this package or of Keras.
        other: another one.
        shapes: pairs: the shape that `one` is asked for, and the one `other` is.
    """
    return all(_close(law_of(one, here), law_of(other, there)) for here, there in shapes)


def law_of(initializer, shape):
    """Family and numbers of a law: None for a shape that the initializer refuses."""
    try:
        return _law_of(initializer, shape)
    except ValueError:
        return None


def _law_of(initializer, shape):
    for name, classes in STRUCTURES.items():
        if isinstance(initializer, classes):
            return (name, *moments(initializer, shape))
    law = _own_law(initializer, shape) or builtin_law(initializer, shape)
    kind = type(law).__name__
    low, high = law.support
    return ("Constant" if law.variance == 0 else kind, law.mean, law.variance, low, high)


def _own_law(initializer, shape):
    check = getattr(initializer, "check_shape", None)
    return initializer.law(check(shape)) if check else None


def builtin_law(initializer, shape):
    """The law of one of Keras' own initializers of independent entries.

    Raises:
        ValueError: for one whose law is not stated.
    """
    if isinstance(initializer, keras.initializers.VarianceScaling):
        variance = initializer.scale / max(1.0, MODES[initializer.mode](fans(shape)))
        return DISTRIBUTIONS[initializer.distribution](variance)
    if isinstance(initializer, keras.initializers.RandomUniform):
        return laws.Uniform(initializer.minval, initializer.maxval)
    if isinstance(initializer, keras.initializers.RandomNormal):
        return laws.Normal(initializer.mean, initializer.stddev)
    mean, variance = moments(initializer, shape)
    if variance == 0:
        return laws.Constant(mean)
    raise ValueError(f"The law of {initializer!r} is not stated.")


def _close(one, other):
    if one is None or other is None or one[0] != other[0]:
        return False
    return all(
        a == b or math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=1e-15)
        for a, b in zip(one[1:], other[1:], strict=True)
    )
