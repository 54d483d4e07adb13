"""Pooling where Keras 1 began and ended its windows elsewhere than Keras 3 can."""

import math

import keras
from keras import ops

from keras_inits.core.checks import check_choice, check_positive_integers
from keras_inits.core.registry import PACKAGE
from keras_inits.migrate.keras1.layers.base import Keras1Layer
from keras_inits.migrate.keras1.layers.locally import DATA_FORMATS

__all__ = ["PaddedPooling", "border_kept", "same_of_theano"]


def same_of_theano(pool_size):
    """The padding of border_mode="same" under Theano: ((front, behind), ...).

    Theano padded both sides by size - 1, odd sizes by size - 2, whatever the stride, and cut off
    what was too much.

    Source: Keras 1.2.2, keras/backend/theano_backend.py, pool2d.
    """
    fronts = [size - 2 if size > 2 and size % 2 else size - 1 for size in pool_size]
    return tuple((front, k - 1 - front) for k, front in zip(pool_size, fronts, strict=True))


def border_kept(pool_size, strides):
    """The padding of ignore_border=False, where the last window need not be full.

    Source: Theano 0.7, theano/tensor/signal/downsample.py, DownsampleFactorMax.out_shape, for
    Keras 0.1.0 to 0.2.0.
    """
    return tuple((0, min(axis) - 1) for axis in zip(pool_size, strides, strict=True))


@keras.saving.register_keras_serializable(PACKAGE)
class PaddedPooling(Keras1Layer):
    """Pooling over a padded input whose padding counts for nothing.

    A maximum is of the entries of the input alone, and an average is over their number. Input
    (batch, *positions, channels), or (batch, channels, *positions) with channels_first.

    Args:
        pool_size: positions in a window along each axis, a tuple.
        strides: positions from one window to the next; None for pool_size.
        padding: (front, behind) for each axis; see `same_of_theano` and `border_kept`.
        mode: "max" or "average".

    Raises:
        ValueError: for sizes that are no positive integers, for tuples of different lengths,
            for padding in which a whole window fits, and for an unknown mode or data_format.
    """

    def __init__(
        self, pool_size, strides=None, padding=None, mode="max", data_format=None, **options
    ):
        super().__init__(**options)
        owner = "PaddedPooling"
        self.pool_size = check_positive_integers(owner, "pool_size", pool_size)
        self.strides = check_positive_integers(owner, "strides", strides or pool_size)
        self.padding = _sides(self.pool_size, padding)
        if len(self.strides) != len(self.pool_size):
            raise ValueError(
                f"{owner} needs {len(self.pool_size)} strides, one for each axis of "
                f"pool_size={self.pool_size}, got {self.strides}."
            )
        self.mode = check_choice(owner, "mode", mode, ("average", "max"))
        data_format = data_format or keras.config.image_data_format()
        self.data_format = check_choice(owner, "data_format", data_format, DATA_FORMATS)
        self.input_spec = keras.layers.InputSpec(ndim=len(self.pool_size) + 2)
        self.supports_masking = False

    @property
    def _channels_first(self):
        return self.data_format == "channels_first"

    def call(self, inputs):
        """The pooled input."""
        axes = list(range(len(inputs.shape)))
        last = [axes[0], *axes[2:], axes[1]] if self._channels_first else axes
        first = [axes[0], axes[-1], *axes[1:-1]] if self._channels_first else axes
        pooled = POOLED[self.mode](self, ops.transpose(inputs, last))
        return ops.transpose(pooled, first)

    def padded(self, inputs, value):
        """An input with its channels last, padded by a number."""
        return ops.pad(inputs, [(0, 0), *self.padding, (0, 0)], constant_values=value)

    def compute_output_shape(self, input_shape):
        """The input's, with as many positions as there are windows."""
        front = 2 if self._channels_first else 1
        shape = list(input_shape)
        rows = zip(self.pool_size, self.strides, self.padding, strict=True)
        for axis, (size, step, sides) in enumerate(rows, front):
            if shape[axis] is not None:
                shape[axis] = (shape[axis] + sum(sides) - size) // step + 1
        return tuple(shape)


def _maximum(layer, inputs):
    padded = layer.padded(inputs, -math.inf)
    return ops.max_pool(padded, layer.pool_size, layer.strides, "valid", "channels_last")


def _average(layer, inputs):
    """The average with zeros, over the part of the window that is not padding."""
    settings = (layer.pool_size, layer.strides, "valid", "channels_last")
    filled = ops.average_pool(layer.padded(ops.ones_like(inputs), 0.0), *settings)
    return ops.average_pool(layer.padded(inputs, 0.0), *settings) / filled


POOLED = {"average": _average, "max": _maximum}


def _sides(pool_size, padding):
    """The padding as pairs of numbers, in none of which a window fits."""
    pairs = [(0, 0)] * len(pool_size) if padding is None else [tuple(pair) for pair in padding]
    fits = len(pairs) == len(pool_size) and all(
        len(pair) == 2 and all(0 <= side < size for side in pair)
        for pair, size in zip(pairs, pool_size, strict=True)
    )
    if not fits:
        raise ValueError(
            f"PaddedPooling needs padding as (front, behind) for each axis of pool_size="
            f"{pool_size}, each smaller than the window, got {padding!r}."
        )
    return tuple(pairs)
