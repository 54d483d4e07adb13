"""Samplers of the laws: the one room that may import tensorflow, inside functions.

Everything else is keras.ops and keras.random, which other backends have too.
"""

from keras_inits.core.sampling.entries import bernoulli, normal, truncated_normal, uniform
from keras_inits.core.sampling.modes import eagerly
from keras_inits.core.sampling.orthogonal import haar

__all__ = ["bernoulli", "eagerly", "haar", "normal", "truncated_normal", "uniform"]
