"""Merges of masked tensors, whose mask is what all of them leave, as in Keras 1."""

import contextlib

import keras
from keras import ops

from keras_inits.core.registry import PACKAGE
from keras_inits.migrate.keras1.layers.base import Keras1Layer

__all__ = ["MaskedAdd", "MaskedAverage", "MaskedConcatenate", "MaskedMultiply"]


class MaskedMerge(Keras1Layer):
    """A merge of tensors of one shape: a step is masked where it is masked in any of them.

    One without a mask masks nothing, and masked entries are merged like others. Keras 3.15 leaves
    a step where any of them does, forgets all masks if one is missing, and multiplies ones in
    masked places.

    Source: Keras 1.2.2, keras/engine/topology.py, Merge.call and Merge.compute_mask.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.supports_masking = True

    def call(self, inputs):
        """The tensors as one."""
        masks = [getattr(tensor, "_keras_mask", None) for tensor in inputs]
        return _with_mask(self._merged(inputs), self.compute_mask(inputs, masks))

    def _merged(self, inputs):
        merged, *others = inputs
        for tensor in others:
            merged = self._of_two(merged, tensor)
        return merged

    def _of_two(self, one, other):
        return one + other

    def compute_mask(self, inputs, mask=None):
        """The mask (batch, steps), or None."""
        masks = [found for found in mask or () if found is not None]
        return ops.all(ops.stack(masks), axis=0) if masks else None

    def compute_output_shape(self, input_shape):
        """That of each of them."""
        return tuple(input_shape[0])


@keras.saving.register_keras_serializable(PACKAGE)
class MaskedAdd(MaskedMerge):
    """Keras 1's Merge(mode="sum") of masked tensors."""


@keras.saving.register_keras_serializable(PACKAGE)
class MaskedAverage(MaskedMerge):
    """Keras 1's Merge(mode="ave") of masked tensors."""

    def _merged(self, inputs):
        return super()._merged(inputs) / len(inputs)


@keras.saving.register_keras_serializable(PACKAGE)
class MaskedMultiply(MaskedMerge):
    """Keras 1's Merge(mode="mul") of masked tensors."""

    def _of_two(self, one, other):
        return one * other


@keras.saving.register_keras_serializable(PACKAGE)
class MaskedConcatenate(MaskedMerge):
    """Keras 1's Merge(mode="concat") of masked tensors.

    Along the steps, masks follow each other; along the features, a step is left that all leave.

    Args:
        axis: the axis along which the tensors stand one behind the other.
    """

    def __init__(self, axis=-1, **options):
        super().__init__(**options)
        self.axis = axis

    def _merged(self, inputs):
        return ops.concatenate(inputs, axis=self.axis)

    def compute_mask(self, inputs, mask=None):
        """The mask (batch, steps), or None."""
        if mask is None or all(found is None for found in mask):
            return None
        masks = [_of_entries(x, found) for x, found in zip(inputs, mask, strict=True)]
        return ops.all(ops.concatenate(masks, axis=self.axis), axis=-1)

    def compute_output_shape(self, input_shape):
        """That of each of them, with their sizes along the axis added."""
        return keras.layers.Concatenate(axis=self.axis).compute_output_shape(input_shape)


def _with_mask(tensor, mask):
    """A tensor that carries a mask: Keras 3.3 does not ask for that of several tensors itself."""
    if mask is not None:
        # Arrays of some backends take no attributes; there Keras keeps the mask elsewhere.
        with contextlib.suppress(AttributeError):
            tensor._keras_mask = mask
    return tensor


def _of_entries(x, mask):
    """A tensor's mask for each of its entries."""
    everywhere = ops.ones_like(x, dtype="bool")
    if mask is None:
        return everywhere
    mask = ops.expand_dims(mask, -1) if len(mask.shape) < len(x.shape) else mask
    return ops.logical_and(mask, everywhere)
