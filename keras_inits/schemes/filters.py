"""Interpolation filters: fixed kernels that resize an image."""

import math

import numpy as np
from keras import ops

from keras_inits.core.initializer import BaseInitializer


def bilinear_filter(size):
    """The (size, size) weights of bilinear upsampling by ceil(size / 2)."""
    factor = math.ceil(size / 2)
    centre = (size - 1) / (2 * factor)
    tent = 1 - np.abs(np.arange(size) / factor - centre)
    return np.outer(tent, tent)


class BilinearKernel(BaseInitializer):
    """The bilinear filter for every pair of channels of a (k, k, in, out) kernel."""

    ranks = (4,)

    def __init__(self):
        pass

    def check_shape(self, shape):
        """`shape` as a tuple with a square receptive field."""
        shape = super().check_shape(shape)
        if shape[0] != shape[1]:
            raise ValueError(f"{self._name} needs a square receptive field, got shape={shape}.")
        return shape

    def mean(self, shape):
        """The filter's mean."""
        return float(bilinear_filter(max(1, self.check_shape(shape)[0])).mean())

    def variance(self, shape):
        """The filter's variance."""
        return float(bilinear_filter(max(1, self.check_shape(shape)[0])).var())

    def draw(self, shape, dtype):
        """The filter, repeated."""
        pixels = bilinear_filter(shape[0]).reshape(*shape[:2], 1, 1)
        return ops.broadcast_to(ops.convert_to_tensor(pixels, dtype=dtype), shape)
