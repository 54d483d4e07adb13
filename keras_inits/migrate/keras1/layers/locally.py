"""Locally connected layers: convolutions with a kernel of its own at each position."""

import math

import keras
import numpy as np
from keras import ops

from keras_inits.core.checks import check_choice, check_positive_integers
from keras_inits.core.registry import PACKAGE
from keras_inits.dialects.keras1.scaled import Keras1GlorotUniform
from keras_inits.migrate.keras1.layers.base import Keras1Layer

__all__ = ["LocallyConnected1D", "LocallyConnected2D"]

DATA_FORMATS = ("channels_first", "channels_last")


class LocallyConnected(Keras1Layer):
    """A convolution whose kernel is another one at each position.

    Kernel (positions, entries of a patch, filters) and bias (*output's positions, filters), as
    Keras 1 stored them. A patch's entries lie in the input's order: (*kernel_size, channels),
    with channels_first (channels, *kernel_size).

    Args:
        filters: output channels; Keras 1's `nb_filter`.
        kernel_size: positions of the input that a patch covers along each axis.
        strides: positions from one patch to the next.
        padding: "valid"; Keras 1 had no other.
        use_bias: whether there is a bias.
        kernel_initializer: None for Keras 1.2.2's own start, glorot_uniform with the square
            root of the kernel's number of entries for both fans.
    """

    #: Axes of an image.
    rank = None

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        padding="valid",
        data_format=None,
        activation=None,
        use_bias=True,
        kernel_initializer=None,
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **options,
    ):
        super().__init__(**options)
        owner = type(self).__name__
        formats = DATA_FORMATS if self.rank > 1 else ("channels_last",)
        default = keras.config.image_data_format() if self.rank > 1 else "channels_last"
        self._keep(
            filters=check_positive_integers(owner, "filters", (filters,))[0],
            kernel_size=_of_rank(owner, "kernel_size", kernel_size, self.rank),
            strides=_of_rank(owner, "strides", strides, self.rank),
            padding=check_choice(owner, "padding", padding, ("valid",)),
            data_format=check_choice(owner, "data_format", data_format or default, formats),
            activation=keras.activations.get(activation),
            use_bias=use_bias,
            kernel_initializer=kernel_initializer or Keras1GlorotUniform(layer=owner),
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self.input_spec = keras.layers.InputSpec(ndim=self.rank + 2)

    @property
    def _channels_first(self):
        return self.data_format == "channels_first"

    def build(self, input_shape):
        """Makes kernel and bias, and finds the entries of every patch."""
        sample = _known(type(self).__name__, input_shape)
        check_fits(sample[1:] if self._channels_first else sample[:-1], self.kernel_size)
        positions = self._positions(input_shape)
        patch = math.prod(self.kernel_size) * sample[0 if self._channels_first else -1]
        self.kernel = self._weight("kernel", (math.prod(positions), patch, self.filters))
        self._entries = patch_entries(sample, self.kernel_size, self.strides, self._channels_first)
        self.bias = self._weight("bias", (*positions, self.filters)) if self.use_bias else None
        self.built = True

    def call(self, inputs):
        """Each patch times its own kernel."""
        flat = ops.reshape(inputs, (-1, math.prod(inputs.shape[1:])))
        patches = ops.take(flat, self._entries, axis=1)
        outputs = ops.einsum("bpe,peo->bpo", patches, self.kernel)
        if self._channels_first:
            outputs = ops.transpose(outputs, (0, 2, 1))
        shape = self.compute_output_shape(inputs.shape)[1:]
        outputs = ops.reshape(outputs, (-1, *shape))
        if self.bias is not None:
            # Keras 1 kept (rows, columns, filters) and read it, unpermuted, in the output's shape.
            outputs = outputs + ops.reshape(self.bias, shape)
        return self.activation(outputs)

    def _positions(self, input_shape):
        sizes = input_shape[2:] if self._channels_first else input_shape[1:-1]
        axes = zip(sizes, self.kernel_size, self.strides, strict=True)
        return tuple(None if size is None else (size - k) // step + 1 for size, k, step in axes)

    def compute_output_shape(self, input_shape):
        """`(batch, *positions, filters)`, with channels_first `(batch, filters, *positions)`."""
        positions = self._positions(input_shape)
        if self._channels_first:
            return (input_shape[0], self.filters, *positions)
        return (input_shape[0], *positions, self.filters)


@keras.saving.register_keras_serializable(PACKAGE)
class LocallyConnected1D(LocallyConnected):
    """A Conv1D with a kernel of its own at each step.

    Input (batch, steps, channels); weights: kernel (new steps, kernel_size * channels, filters),
    bias (new steps, filters).

    Raises:
        ValueError: for sizes that are no positive integers, a padding or data_format that
            Keras 1 did not have, and an input whose steps or channels are not known.

    Source:
        Keras 1.2.2, keras/layers/local.py, LocallyConnected1D.
    """

    rank = 1


@keras.saving.register_keras_serializable(PACKAGE)
class LocallyConnected2D(LocallyConnected):
    """A Conv2D with a kernel of its own at each position.

    Weights: kernel (rows * columns, kernel_rows * kernel_columns * channels, filters), bias
    (rows, columns, filters). With channels_first the numbers of the bias are read, in their
    order, as (filters, rows, columns): so did Keras 1.

    Raises:
        ValueError: for sizes that are no positive integers, a padding or data_format that
            Keras 1 did not have, and an input whose sizes are not all known.

    Source:
        Keras 1.2.2, keras/layers/local.py, LocallyConnected2D.
    """

    rank = 2


def patch_entries(sample, kernel_size, strides, channels_first):
    """The entries of every patch of a sample, as indices into the flattened sample.

    Returns an integer array (positions, entries of a patch), both in the order of the sample.
    """
    axes = range(1, len(sample)) if channels_first else range(len(sample) - 1)
    entries = np.arange(math.prod(sample), dtype="int32").reshape(sample)
    windows = np.lib.stride_tricks.sliding_window_view(entries, kernel_size, tuple(axes))
    # The channels' axis is now the first, or stands between the positions and the window's axes.
    windows = np.moveaxis(windows, 0 if channels_first else len(kernel_size), -1)
    windows = windows[tuple(slice(None, None, step) for step in strides)]
    if channels_first:
        windows = np.moveaxis(windows, -1, len(kernel_size))
    positions = math.prod(windows.shape[: len(kernel_size)])
    return windows.reshape(positions, -1)


def check_fits(spatial, kernel_size):
    """Raises ValueError for a patch that is larger than the sample."""
    if any(size < k for size, k in zip(spatial, kernel_size, strict=True)):
        raise ValueError(
            f"A patch of {tuple(kernel_size)} does not fit into {tuple(spatial)} positions. Use a "
            "smaller kernel_size or pad the input."
        )


def _known(owner, input_shape):
    if None in input_shape[1:]:
        raise ValueError(
            f"{owner} has a kernel for each position and needs every size of a sample, got "
            f"input_shape={tuple(input_shape)}. Give the input a full shape."
        )
    return tuple(input_shape[1:])


def _of_rank(owner, name, value, rank):
    values = (value,) * rank if isinstance(value, int) else value
    checked = check_positive_integers(owner, name, values)
    if len(checked) != rank:
        raise ValueError(f"{owner} needs {rank} numbers in {name}, got {value!r}.")
    return checked
