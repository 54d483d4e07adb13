"""Identity: layers that start by handing their input on."""

import math

from keras import ops

from keras_inits.core.checks import check_number
from keras_inits.core.initializer import BaseInitializer
from keras_inits.core.registry import register

__all__ = ["ScaledIdentity"]


class IdentityKernel(BaseInitializer):
    """`gain` on the diagonal, at the centre tap of a convolution kernel; zero elsewhere."""

    ranks = range(2, 6)

    def mean(self, shape):
        """Gain * min(in, out) / entries."""
        return self._density(shape) * self.gain

    def variance(self, shape):
        """gain**2 * p * (1 - p), p = min(in, out) / entries."""
        density = self._density(shape)
        return self.gain**2 * density * (1 - density)

    def _density(self, shape):
        shape = self.check_shape(shape)
        return min(shape[-2:]) / max(1, math.prod(shape))

    def draw(self, shape, dtype):
        """The matrix, padded with zero taps around."""
        matrix = ops.eye(*shape[-2:], dtype=dtype)
        matrix = matrix if self.gain == 1 else matrix * self.gain
        if len(shape) == 2:
            return matrix
        taps = [((size - 1) // 2, size // 2) for size in shape[:-2]]
        centred = ops.reshape(matrix, (1,) * len(taps) + shape[-2:])
        return ops.pad(centred, [*taps, (0, 0), (0, 0)])


@register
class ScaledIdentity(IdentityKernel):
    """The identity times a gain, zero elsewhere; for a convolution, at the kernel's centre tap.

    A rectangular matrix has ones on its main diagonal. A convolution with stride 1 and padding
    "same" gives its input back: the centre is at (k - 1) // 2, where Keras' padding puts it, for
    even sizes too. Unlike Keras' Identity, it keeps its gain when it is saved.

    Args:
        gain: the diagonal's value.

    Law:
        W[..., i, j] = gain if i == j, at the centre tap; else 0

    Raises:
        ValueError: for ranks other than 2 (matrix) and 3 to 5 (convolution).

    Source:
        Le, Jaitly and Hinton (2015) for recurrent kernels; the Dirac delta of
        torch.nn.init.dirac_ (PyTorch 2.11) for convolutions, whose centre is k // 2.
    """

    def __init__(self, gain=1.0):
        self.gain = check_number(self._name, "gain", gain)
