"""Sparse laws: entries that are zero with a probability, or that share a sum."""

import functools
import math

import numpy as np
from keras import ops

from keras_inits.core import sampling
from keras_inits.core.initializer import ScaledInitializer
from keras_inits.core.laws import Normal
from keras_inits.core.sampling.dtypes import draw_dtype
from keras_inits.core.sampling.seeds import fold_seed


class BernoulliNormal(ScaledInitializer):
    """`b * N(mean, std**2)` with b = 1 at probability `p`, else 0, entry by entry."""

    def probability(self, shape):
        """p, or None for no zeros at all."""
        raise NotImplementedError

    def law(self, shape):
        """The normal itself, where there are no zeros."""
        dense = self.probability(shape) is None
        return Normal(self._location, self.std) if dense else None

    def mean(self, shape):
        """P * mean."""
        return self._p(shape) * self._location

    def variance(self, shape):
        """P * (std**2 + mean**2) - (p * mean)**2."""
        p = self._p(shape)
        return p * (self.std**2 + self._location**2) - (p * self._location) ** 2

    def _p(self, shape):
        p = self.probability(self.check_shape(shape))
        return 1.0 if p is None else p

    def draw(self, shape, dtype):
        """The normal entries, and where there are zeros, a mask with a stream of its own."""
        values = sampling.normal(shape, self._location, self.std, draw_dtype(dtype), self.seed)
        p = self.probability(shape)
        if p is not None:
            values *= sampling.bernoulli(shape, p, values.dtype, fold_seed(self.seed, 1))
        return ops.cast(values, dtype)


class UnitSum(ScaledInitializer):
    """Uniform weights of one sign whose sum over each output unit's inputs is one."""

    def summed_axes(self, shape):
        """Axes of one output unit's inputs."""
        raise NotImplementedError

    def law(self, shape):
        """None: weights with a common sum are not independent."""
        return None

    def mean(self, shape):
        """1 / d, d inputs to a unit."""
        return 1 / self._inputs(shape)

    def variance(self, shape):
        """E[(u_1 / sum(u))**2] - 1 / d**2."""
        inputs = self._inputs(shape)
        return second_moment_of_share(inputs) - 1 / inputs**2

    def _inputs(self, shape):
        shape = self.check_shape(shape)
        return max(1, math.prod(shape[axis] for axis in self.summed_axes(shape)))

    def draw(self, shape, dtype):
        """Uniform draws over their sums."""
        # 1 - u is as uniform as u and never zero, so that a sum of one entry is not either.
        values = 1 - sampling.uniform(shape, 0.0, 1.0, draw_dtype(dtype), self.seed)
        sums = ops.sum(values, axis=self.summed_axes(shape), keepdims=True)
        return ops.cast(values / sums, dtype)


def second_moment_of_share(count):
    """E[(u_1 / (u_1 + ... + u_count))**2] for independent u ~ U(0, 1), to 1e-9.

    With 1 / s**2 = integral of t exp(-s t) over t > 0, it is a single integral of
    `t * E[u**2 exp(-u t)] * E[exp(-u t)]**(count - 1)`.
    """
    if count == 1:
        return 1.0
    u, u_weights = _gauss_legendre(60)
    x, x_weights = _gauss_legendre(400)
    t = 4 / count * x / (1 - x)
    decay = np.exp(-np.outer(t, u))
    first = decay @ (u_weights * u**2)
    others = (decay @ u_weights) ** (count - 1)
    return float(np.sum(x_weights * 4 / count / (1 - x) ** 2 * t * first * others))


@functools.cache
def _gauss_legendre(points):
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return (nodes + 1) / 2, weights / 2
