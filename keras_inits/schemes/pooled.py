"""Scaled laws of layers that convolve and then pool: fewer outputs are fed."""

import math

from keras_inits.core.checks import check_positive_integers
from keras_inits.core.fans import Fans
from keras_inits.core.initializer import ScaledInitializer


class PooledFans(ScaledInitializer):
    """A scaled law whose fan_out is divided, rounding down, by the number of pooled positions.

    Args:
        pool_size: size of the pooling that follows the convolution, one integer for each axis of
            the receptive field; None for no pooling.
    """

    def __init__(self, pool_size=None, axes=None, input_axes=None, output_axes=None, seed=None):
        super().__init__(axes, input_axes, output_axes, seed)
        if pool_size is not None:
            pool_size = check_positive_integers(self._name, "pool_size", pool_size)
        self.pool_size = pool_size

    def fans(self, shape):
        """fan_in as ever, fan_out // prod(pool_size)."""
        fan_in, fan_out = super().fans(shape)
        return Fans(fan_in, fan_out // math.prod(self.pool_size or (1,)))

    def check_shape(self, shape):
        """`shape` as a tuple; the pool must have as many axes as the receptive field."""
        shape = super().check_shape(shape)
        if self.pool_size and len(self.pool_size) != len(shape) - 2:
            raise ValueError(
                f"{self._name} got pool_size={self.pool_size} for shape={shape}. Give one size "
                f"for each axis of the receptive field, {max(0, len(shape) - 2)} in all."
            )
        if self.mode == "fan_out" and 0 not in shape and self.fans(shape).fan_out == 0:
            raise ValueError(
                f"{self._name} has no outputs left of shape={shape} after "
                f"pool_size={self.pool_size}. Pool less."
            )
        return shape
