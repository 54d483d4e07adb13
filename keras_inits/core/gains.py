"""Gains: what to multiply a standard deviation by for the activation that follows."""

import functools
import math

import keras
import numpy as np

from keras_inits.core.checks import check_number
from keras_inits.core.sampling import eagerly

__all__ = ["gain"]

DEFAULT_SLOPE = 0.01

#: Published gains, by Keras' name of the activation.
PUBLISHED = {
    # He et al. (2015), equation 10: half of a symmetric input's second moment passes.
    "relu": math.sqrt(2),
    # torch.nn.init.calculate_gain (PyTorch 2.11); sigmoid and linear too.
    "tanh": 5 / 3,
    "sigmoid": 1.0,
    "linear": 1.0,
    # torch.nn.init.calculate_gain: empirical. Klambauer et al. (2017) use 1 with selu.
    "selu": 3 / 4,
}

# A grid so fine that a kink or a jump between two points moves the integral by less than 1e-4.
GRID_LIMIT = 14.0
GRID_POINTS = 2**18 + 1


def gain(activation, negative_slope=None):
    """The gain of an activation: published where one is, else `1 / sqrt(E[f(z)**2])`.

    relu sqrt(2), tanh 5/3, leaky_relu sqrt(2 / (1 + negative_slope**2)), selu 3/4, sigmoid and
    linear 1. For any other elementwise activation the second moment of its output for
    z ~ N(0, 1) is integrated numerically, right to 1e-4.

    Args:
        activation: a Keras name ("gelu"), a callable, or None for linear.
        negative_slope: of leaky_relu alone; 0.01 unless given.

    Raises:
        ValueError: for a name that Keras does not have, an activation that is not elementwise
            (softmax), and one whose second moment is zero or not finite.
    """
    function = _function(activation)
    name = _published_name(function)
    if name == "leaky_relu":
        return _leaky_gain(DEFAULT_SLOPE if negative_slope is None else negative_slope)
    if negative_slope is not None:
        raise ValueError(f"negative_slope belongs to leaky_relu, got activation={activation!r}.")
    if name is not None:
        return PUBLISHED[name]
    try:
        _check_elementwise(function, activation)
    # Whatever the function raises, it is not one that maps any tensor to a tensor.
    except Exception as error:
        raise ValueError(
            f"gain needs an elementwise activation of one tensor; {activation!r}: {error}"
        ) from error
    return _numeric_gain(function, activation)


def resolve(owner, value):
    """A gain in numbers: `value` if it is a positive number, else that of the activation it names.

    Raises:
        ValueError: for any other value.
    """
    if isinstance(value, str):
        return _gain_of_name(value)
    return check_number(owner, "gain", value, above=0)


@functools.cache
def _gain_of_name(name):
    return gain(name)


def _function(activation):
    try:
        function = keras.activations.get(activation)
    except (ValueError, TypeError):
        function = None
    if not callable(function):
        raise ValueError(
            f"gain needs the name of a Keras activation or a function, got {activation!r}."
        )
    return function


def _published_name(function):
    for name in (*PUBLISHED, "leaky_relu"):
        if function is keras.activations.get(name):
            return name
    return None


def _leaky_gain(negative_slope):
    # He et al. (2015), equation 15.
    check_number("gain", "negative_slope", negative_slope)
    return math.sqrt(2 / (1 + negative_slope**2))


def _values(function, inputs):
    with eagerly():
        outputs = function(keras.ops.convert_to_tensor(inputs.astype("float32")))
        return keras.ops.convert_to_numpy(outputs).astype("float64")


def _check_elementwise(function, activation):
    """Another shape, or another neighbour, must not change an entry."""
    inputs = np.array([[-2.1, -0.7, 0.2, 0.9, 1.7, 3.1]])
    values = _values(function, inputs)
    folded = _values(function, inputs.reshape(3, 2))
    beside_another = _values(function, np.where(inputs == 3.1, -3.1, inputs))
    if (
        values.shape != inputs.shape
        or folded.shape != (3, 2)
        or not np.allclose(folded.reshape(1, 6), values, 1e-5)
        or not np.allclose(beside_another[:, :-1], values[:, :-1], 1e-5)
    ):
        raise ValueError("it mixes its inputs. Give the gain as a number.")


def _numeric_gain(function, activation):
    z = np.linspace(-GRID_LIMIT, GRID_LIMIT, GRID_POINTS)
    weight = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    second_moment = np.sum(_values(function, z) ** 2 * weight) * (z[1] - z[0])
    if not math.isfinite(second_moment) or second_moment <= 0:
        raise ValueError(
            f"gain needs an activation with a positive, finite second moment; {activation!r} has "
            f"{second_moment} for standard normal inputs. Give the gain as a number."
        )
    return 1 / math.sqrt(second_moment)
