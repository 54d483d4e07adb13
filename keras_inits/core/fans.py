"""Fans: how many inputs and outputs the shape of a weight stands for."""

import math
from typing import NamedTuple

from keras_inits.core.checks import is_integer


class Fans(NamedTuple):
    """Inputs that one output unit sums over, and outputs that one input unit feeds."""

    fan_in: float
    fan_out: float


# What a law divides by. Keras calls them `mode`; jax adds the geometric mean.
MODES = {
    "fan_in": lambda fans: fans.fan_in,
    "fan_out": lambda fans: fans.fan_out,
    "fan_avg": lambda fans: (fans.fan_in + fans.fan_out) / 2,
    "fan_geo_avg": lambda fans: math.sqrt(fans.fan_in * fans.fan_out),
}


def fans(shape, axes=None, owner="fans"):
    """Fans of a kernel: `fan_in = inputs * receptive field`, `fan_out = outputs * receptive field`.

    `axes` has one letter for each axis: `i` input, `o` output, `g` independent group (counted in
    neither), any other letter receptive field. Letters repeat: `"ioo"` is an attention query
    (inputs, heads, head size), `"hwgo"` a depthwise and `"hwoi"` a transposed convolution.
    Without `axes`, Keras' convention holds: `(..., in, out)` from rank 2 on, `(n,)` counts n
    both ways, `()` one. `owner` is who asks, for the error.

    Raises:
        ValueError: when `axes` has not one letter for each axis.
    """
    if axes is None:
        return _keras_fans(shape)
    if len(axes) != len(shape):
        raise ValueError(
            f"{owner} got axes={axes!r} for a weight with {len(shape)} axes: shape={shape}. "
            "Give one letter for each axis."
        )
    receptive_field = product(shape, axes, lambda letter: letter not in "iog")
    return Fans(
        receptive_field * product(shape, axes, "i".__eq__),
        receptive_field * product(shape, axes, "o".__eq__),
    )


def product(shape, axes, wanted):
    """Product of the dimensions whose letter is `wanted`."""
    return math.prod(dim for dim, letter in zip(shape, axes, strict=True) if wanted(letter))


def _keras_fans(shape):
    if len(shape) < 2:
        return Fans(math.prod(shape), math.prod(shape))
    receptive_field = math.prod(shape[:-2])
    return Fans(shape[-2] * receptive_field, shape[-1] * receptive_field)


def fans_of_axes(shape, input_axes, output_axes, owner="fans"):
    """Fans as products over the named axes; all others are left out, as EinsumDense counts.

    Raises:
        ValueError: when an axis is not one of the shape's.
    """
    for axis in (*input_axes, *output_axes):
        if not -len(shape) <= axis < len(shape):
            raise ValueError(
                f"{owner} got input_axes={input_axes} and output_axes={output_axes} for a weight "
                f"with {len(shape)} axes: shape={shape} has no axis {axis}."
            )
    return Fans(
        math.prod(shape[axis] for axis in input_axes),
        math.prod(shape[axis] for axis in output_axes),
    )


def check_axes(owner, axes):
    """`axes`, if it is None or a word of lower-case letters; ValueError otherwise."""
    letters = isinstance(axes, str) and axes.isascii() and axes.isalpha() and axes.islower()
    if axes is not None and not letters:
        raise ValueError(
            f"{owner} needs axes to be letters like 'hwio' (i input, o output, g group, "
            f"any other receptive field), got {axes!r}."
        )
    return axes


def check_axis_lists(owner, input_axes, output_axes):
    """Raises ValueError unless both are None or both lists of integers."""
    if input_axes is None and output_axes is None:
        return
    for axes in (input_axes, output_axes):
        if not isinstance(axes, (list, tuple)) or not all(is_integer(axis) for axis in axes):
            raise ValueError(
                f"{owner} needs input_axes and output_axes together, each a list of integers, "
                f"got input_axes={input_axes!r} and output_axes={output_axes!r}."
            )
