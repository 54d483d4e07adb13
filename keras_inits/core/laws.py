"""Laws: the distributions of independent entries, each with its moments, density and sampler."""

import math
from dataclasses import dataclass

import numpy as np
from keras import ops

from keras_inits.core import sampling


@dataclass(frozen=True)
class Constant:
    """Every entry is `value`."""

    value: float
    variance = 0.0
    fourth_moment = 0.0

    @property
    def mean(self):
        """The value."""
        return self.value

    @property
    def support(self):
        """The value, twice."""
        return self.value, self.value

    def sample(self, shape, dtype, seed):
        """A tensor full of the value; the seed has no say."""
        del seed
        filled = {0.0: ops.zeros, 1.0: ops.ones}.get(self.value)
        return filled(shape, dtype=dtype) if filled else ops.full(shape, self.value, dtype=dtype)


@dataclass(frozen=True)
class Uniform:
    """x ~ U(low, high)."""

    low: float
    high: float

    @classmethod
    def of_variance(cls, variance):
        """U(-a, a) with a = sqrt(3 * variance)."""
        limit = math.sqrt(3 * variance)
        return cls(-limit, limit)

    @property
    def mean(self):
        """The middle."""
        return (self.low + self.high) / 2

    @property
    def variance(self):
        """(high - low)**2 / 12."""
        return (self.high - self.low) ** 2 / 12

    @property
    def fourth_moment(self):
        """Of the deviation from the mean: 9/5 variance**2."""
        return 1.8 * self.variance**2

    @property
    def support(self):
        """The bounds."""
        return self.low, self.high

    def density(self, x):
        """1 / (high - low) between the bounds, else 0."""
        inside = (x >= self.low) & (x <= self.high)
        return inside / (self.high - self.low)

    def sample(self, shape, dtype, seed):
        """A tensor of independent entries."""
        return sampling.uniform(shape, self.low, self.high, dtype, seed)


@dataclass(frozen=True)
class Normal:
    """x ~ N(mean, std**2), not truncated."""

    mean: float
    std: float
    support = (-math.inf, math.inf)

    @classmethod
    def of_variance(cls, variance):
        """N(0, variance)."""
        return cls(0.0, math.sqrt(variance))

    @property
    def variance(self):
        """std**2."""
        return self.std**2

    @property
    def fourth_moment(self):
        """3 variance**2."""
        return 3 * self.variance**2

    def density(self, x):
        """exp(-((x - mean) / std)**2 / 2) / (std * sqrt(2 * pi))."""
        return np.exp(-(((x - self.mean) / self.std) ** 2) / 2) / (
            self.std * math.sqrt(2 * math.pi)
        )

    def sample(self, shape, dtype, seed):
        """A tensor of independent entries."""
        return sampling.normal(shape, self.mean, self.std, dtype, seed)


@dataclass(frozen=True)
class TruncatedNormal:
    """x = scale * z, z ~ N(0, 1) given that abs(z) < cut; `variance` counts the cut in."""

    scale: float
    cut: float = 2.0
    mean = 0.0

    @classmethod
    def of_variance(cls, variance, cut=2.0):
        """The law whose variance after the cut is `variance`."""
        return cls(math.sqrt(variance) / truncated_std(cut), cut)

    @property
    def variance(self):
        """(scale * truncated_std(cut))**2."""
        return (self.scale * truncated_std(self.cut)) ** 2

    @property
    def fourth_moment(self):
        """scale**4 * (3 - 2 * (cut**3 + 3 * cut) * pdf(cut) / mass)."""
        edge = 2 * (self.cut**3 + 3 * self.cut) * _normal_density(self.cut)
        return self.scale**4 * (3 - edge / _central_mass(self.cut))

    @property
    def support(self):
        """-cut * scale and cut * scale."""
        return -self.cut * self.scale, self.cut * self.scale

    def density(self, x):
        """The normal's density between the bounds over the mass there, else 0."""
        z = x / self.scale
        inside = np.abs(z) <= self.cut
        return inside * _normal_density(z) / (self.scale * _central_mass(self.cut))

    def sample(self, shape, dtype, seed):
        """A tensor of independent entries."""
        return sampling.truncated_normal(shape, self.scale, self.cut, dtype, seed)


def truncated_std(cut):
    """Standard deviation of a standard normal cut at +-cut: sqrt(1 - 2 cut pdf(cut) / mass)."""
    return math.sqrt(1 - 2 * cut * _normal_density(cut) / _central_mass(cut))


def _normal_density(z):
    return np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)


def _central_mass(cut):
    return math.erf(cut / math.sqrt(2))


# What a scaled law may be: the words of `variance_scaled`, of which "normal" is not truncated.
FAMILIES = {
    "uniform": Uniform.of_variance,
    "normal": Normal.of_variance,
    "truncated_normal": TruncatedNormal.of_variance,
}
