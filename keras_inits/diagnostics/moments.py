"""The measured moments of one draw, against the law that its initializer states."""

import math
from dataclasses import dataclass

import ml_dtypes
import numpy as np
from keras import ops

from keras_inits.core import builtins
from keras_inits.core.registry import get

__all__ = ["Moments", "Quantity", "compare", "measure"]

# Chance alone goes beyond five standard errors once in two million draws.
STANDARD_ERRORS = 5

# What a finer dtype gives is still made of float32 sums, and of laws rounded as often.
FINEST = float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class Quantity:
    """A moment as it was measured and as it is stated.

    `standard_error` is that of the measured one if the law holds, 0 for deterministic kernels;
    `resolution` is what rounding the entries to their dtype may change.
    """

    measured: float
    stated: float
    standard_error: float
    resolution: float

    @property
    def agrees(self):
        """Whether the two differ by at most five standard errors and the dtype's resolution."""
        tolerance = STANDARD_ERRORS * self.standard_error + self.resolution
        return abs(self.measured - self.stated) <= tolerance


@dataclass(frozen=True)
class Moments:
    """Mean, variance and range of one draw of `count` entries."""

    count: int
    mean: Quantity
    variance: Quantity
    minimum: float
    maximum: float

    @property
    def agrees(self):
        """Whether both mean and variance agree with the law."""
        return self.mean.agrees and self.variance.agrees


def measure(initializer, shape, dtype=None):
    """Draws a weight and measures it.

    Args:
        initializer: an initializer of this package or of Keras, or its name.
        shape: the weight's shape, in Keras' layout.
        dtype: a floating dtype; None for `keras.config.floatx()`.

    Returns:
        `Moments`; its `agrees` says whether the draw is what the law states.

    Raises:
        ValueError: for a weight without entries, or an initializer whose law is not stated.
    """
    initializer = get(initializer)
    return compare(initializer, ops.convert_to_numpy(initializer(tuple(shape), dtype=dtype)))


def compare(initializer, values):
    """`Moments` of an array that the initializer made, in the dtype it was made in."""
    if values.size == 0:
        raise ValueError(
            f"Moments need entries, and a weight of shape={values.shape} has none. Give every "
            "dimension a positive size."
        )
    shape, eps = values.shape, max(float(ml_dtypes.finfo(values.dtype).eps), FINEST)
    values = values.astype("float64")
    mean, variance = builtins.moments(initializer, shape)
    # A deterministic kernel has no seed, and no chance to excuse it.
    random = getattr(initializer, "seed", None) is not None
    errors = _standard_errors(initializer, values, variance) if random else (0.0, 0.0)
    roundings = _resolutions(mean, variance, eps, random)
    return Moments(
        count=values.size,
        mean=Quantity(float(values.mean()), mean, errors[0], roundings[0]),
        variance=Quantity(float(values.var()), variance, errors[1], roundings[1]),
        minimum=float(values.min()),
        maximum=float(values.max()),
    )


def _standard_errors(initializer, values, variance):
    """Of the mean and of the variance of independent entries.

    Entries that share a constraint (orthogonal, of one sum, in gates) mostly scatter less.
    """
    scatter = max(0.0, _variance_of_squares(initializer, values, variance))
    return math.sqrt(max(0.0, variance) / values.size), math.sqrt(scatter / values.size)


def _variance_of_squares(initializer, values, variance):
    """Of the squared deviations from the mean: the fourth moment, less the variance squared."""
    law = initializer.law(values.shape) if hasattr(initializer, "law") else None
    if law is not None:
        return law.fourth_moment - law.variance**2
    squares = (values - values.mean()) ** 2
    # A small draw of a sparse law may have met none of its large entries: at least a normal's.
    return max(2 * variance**2, float(squares.var()))


def _resolutions(mean, variance, eps, random):
    """How far rounding every entry by half an eps may move the mean and the variance.

    Roundings of random entries average out, but for the mean's own; those of a fixed kernel need
    not. With mean 0, the second is eps * variance.
    """
    std, size = math.sqrt(max(0.0, variance)), math.hypot(mean, math.sqrt(max(0.0, variance)))
    of_mean = eps / 2 * (abs(mean) if random else size)
    return of_mean, eps * std * size + (eps / 2 * size) ** 2
