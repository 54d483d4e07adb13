"""Orthogonal matrices, drawn from Haar's law."""

import math

import numpy as np
from keras import ops

from keras_inits.core.checks import check_number
from keras_inits.core.fans import check_axes
from keras_inits.core.initializer import BaseInitializer
from keras_inits.core.registry import register
from keras_inits.core.sampling import haar

__all__ = ["HaarOrthogonal"]


class OrthogonalKernel(BaseInitializer):
    """`gain` times Haar orthogonal matrices; a subclass says which axes make their rows."""

    ranks = range(2, 9)

    def matrix_axes(self, shape):
        """Axes of the groups, of the rows and of the columns: every axis is in one of them."""
        raise NotImplementedError

    def check_shape(self, shape):
        """`shape` as a tuple that can be cut into matrices."""
        shape = super().check_shape(shape)
        self.matrix_axes(shape)
        return shape

    def mean(self, shape):
        """0: a matrix and its negative are as likely."""
        self.check_shape(shape)
        return 0.0

    def variance(self, shape):
        """gain**2 / max(rows, columns)."""
        shape = self.check_shape(shape)
        _, rows, columns = self._sizes(shape)
        return self.gain**2 / max(1, rows, columns)

    def _sizes(self, shape):
        return [math.prod(shape[axis] for axis in axes) for axes in self.matrix_axes(shape)]

    def draw(self, shape, dtype):
        """The matrices, with their axes put where the kernel has them."""
        order = [axis for axes in self.matrix_axes(shape) for axis in axes]
        matrices = haar(*self._sizes(shape), dtype, self.seed)
        kernel = ops.reshape(matrices, [shape[axis] for axis in order])
        if order != sorted(order):
            kernel = ops.transpose(kernel, np.argsort(order).tolist())
        return ops.cast(kernel if self.gain == 1 else kernel * self.gain, dtype)


@register
class HaarOrthogonal(OrthogonalKernel):
    """An orthogonal matrix from Haar's law, the uniform one: Q'Q = gain**2 I or QQ' = gain**2 I.

    The kernel is flattened as Keras does, to (everything else, last axis), and has orthonormal
    columns if it is tall, orthonormal rows if it is wide. Where `axes` names a group `g`, each
    group is a matrix of its own: `"igo"` gives every head of an attention query (inputs, heads,
    head size) an orthogonal matrix, `"hwgo"` every channel of a depthwise kernel.

    Args:
        gain: what the matrix is multiplied by; at least 0.
        axes: one letter for each axis, of which only `g` (independent group) matters here.

    Law:
        W = gain * Q, Q ~ Haar
        variance = gain**2 / max(rows, columns)

    Raises:
        ValueError: for rank below 2, for axes that do not fit the shape or are all groups, and
            for a negative gain.

    Source:
        Saxe, McClelland and Ganguli (2014), section 3; Haar's law by Stewart (1980).
    """

    def __init__(self, gain=1.0, axes=None, seed=None):
        super().__init__(seed)
        self.gain = check_number(self._name, "gain", gain, low=0)
        self.axes = check_axes(self._name, axes)

    def matrix_axes(self, shape):
        """The groups' axes, the last other one as columns, and the rest as rows."""
        axes = self.axes or "." * len(shape)
        groups = [axis for axis, letter in enumerate(axes) if letter == "g"]
        others = [axis for axis, letter in enumerate(axes) if letter != "g"]
        if len(axes) != len(shape) or not others:
            raise ValueError(
                f"{self._name} got axes={axes!r} for shape={shape}. Give one letter for each "
                "axis, not all of them 'g'."
            )
        return groups, others[:-1], others[-1:]
