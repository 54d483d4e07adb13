"""Normalizations of Keras 1 that Keras 3 lacks: two modes of BatchNormalization, and LRN2D."""

import keras
from keras import ops

from keras_inits.core.checks import check_number
from keras_inits.core.registry import PACKAGE
from keras_inits.dialects.keras1.versions import at_least, check_version
from keras_inits.migrate.keras1.layers.base import Keras1Layer

__all__ = ["LRN2D", "BatchNormalizationMode1", "BatchNormalizationMode2"]


class StatisticsNormalization(Keras1Layer):
    """A normalization by statistics of the input itself, in training and prediction alike.

    Weights: gamma and beta, each as long as `axis`. Keras 1 stored running statistics beside
    them, which these modes never used. Half precisions are normalized in float32.

    Args:
        epsilon: added in the denominator; Keras 1's default was 1e-6 to 1.0.7, 1e-5 to 1.1.2,
            then 1e-3.
        version: the release of Keras whose formula it is.
    """

    axis = -1

    def __init__(
        self,
        epsilon=1e-3,
        version="1.2.2",
        beta_initializer="zeros",
        gamma_initializer="ones",
        beta_regularizer=None,
        gamma_regularizer=None,
        **options,
    ):
        super().__init__(**options)
        owner = type(self).__name__
        self._keep(
            epsilon=check_number(owner, "epsilon", epsilon, low=0),
            version=check_version(owner, version),
            beta_initializer=beta_initializer,
            gamma_initializer=gamma_initializer,
            beta_regularizer=beta_regularizer,
            gamma_regularizer=gamma_regularizer,
        )
        self.supports_masking = True

    def build(self, input_shape):
        """Makes gamma and beta."""
        shape = (input_shape[self.axis],)
        self.gamma = self._weight("gamma", shape)
        self.beta = self._weight("beta", shape)
        self.built = True

    def call(self, inputs):
        """The input, normalized, scaled and shifted."""
        dtype = keras.backend.result_type(self.compute_dtype, "float32")
        x = ops.cast(inputs, dtype)
        shape = [1] * len(inputs.shape)
        shape[self.axis] = -1
        gamma, beta = (
            ops.reshape(ops.cast(weight, dtype), shape) for weight in (self.gamma, self.beta)
        )
        return ops.cast(gamma * self._normalized(x) + beta, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """The input's."""
        return input_shape


@keras.saving.register_keras_serializable(PACKAGE)
class BatchNormalizationMode1(StatisticsNormalization):
    """Keras 1's BatchNormalization(mode=1): each sample by its own mean and deviation.

    y = gamma * (x - m) / (sqrt(var + epsilon) + epsilon) + beta, over the last axis; until
    1.0.5, y = gamma * (x - m) / (sqrt(var) + epsilon) + beta.

    Raises:
        ValueError: for a version that Keras 1 did not have and a negative epsilon.

    Source:
        Keras 0.1.0 to 1.2.2, keras/layers/normalization.py, BatchNormalization.call.
    """

    def _normalized(self, x):
        mean = ops.mean(x, axis=-1, keepdims=True)
        variance = ops.mean(ops.square(x - mean), axis=-1, keepdims=True)
        inside = self.epsilon if at_least(self.version, "1.0.6") else 0.0
        return (x - mean) / (ops.sqrt(variance + inside) + self.epsilon)


@keras.saving.register_keras_serializable(PACKAGE)
class BatchNormalizationMode2(StatisticsNormalization):
    """Keras 1's BatchNormalization(mode=2): each feature by the mean and deviation of the batch.

    y = gamma * (x - m) / sqrt(var + epsilon) + beta, over all axes but one; until 1.0.5,
    y = gamma * (x - m) / (sqrt(var + epsilon) + epsilon) + beta. A prediction depends on the
    batch it is made in. Keras 1 had the mode from 1.0.4 on.

    Args:
        axis: the axis of the features.

    Raises:
        ValueError: for a version that Keras 1 did not have and a negative epsilon.

    Source:
        Keras 1.0.4 to 1.2.2, keras/layers/normalization.py, BatchNormalization.call.
    """

    def __init__(self, axis=-1, **options):
        super().__init__(**options)
        self.axis = axis

    def _normalized(self, x):
        others = [axis for axis in range(len(x.shape)) if axis != self.axis % len(x.shape)]
        mean = ops.mean(x, axis=others, keepdims=True)
        variance = ops.mean(ops.square(x - mean), axis=others, keepdims=True)
        outside = 0.0 if at_least(self.version, "1.0.6") else self.epsilon
        return (x - mean) / (ops.sqrt(variance + self.epsilon) + outside)


@keras.saving.register_keras_serializable(PACKAGE)
class LRN2D(Keras1Layer):
    """Local response normalization: y = x / (k + alpha * sum of x**2 over n channels)**beta.

    The n channels are those around the entry's own; beyond the first and last there are zeros.

    Args:
        alpha: what the squares are multiplied by; their sum is not divided by n.
        k: what is added.
        beta: the power.
        n: an odd number of channels.
        axis: the channels' axis; Keras 0.x knew none but 1.

    Raises:
        ValueError: for numbers that are not finite and an n that is not odd.

    Source:
        Keras 0.1.2 to 0.3.0, keras/layers/normalization.py, LRN2D; Krizhevsky et al. (2012).
    """

    def __init__(self, alpha=1e-4, k=2, beta=0.75, n=5, axis=1, **options):
        super().__init__(**options)
        for name, value in (("alpha", alpha), ("k", k), ("beta", beta)):
            setattr(self, name, check_number("LRN2D", name, value))
        self.n = check_number("LRN2D", "n", n, low=1)
        if n % 2 != 1:
            raise ValueError(f"LRN2D needs an odd n, as many channels on each side, got n={n!r}.")
        self.axis = axis

    def call(self, inputs):
        """The input, divided."""
        axis = self.axis % len(inputs.shape)
        sides = [(self.n // 2,) * 2 if number == axis else (0, 0) for number in range(4)]
        squares = ops.pad(ops.square(inputs), sides)
        around = [
            ops.take(squares, range(first, first + inputs.shape[axis]), axis=axis)
            for first in range(self.n)
        ]
        return inputs / ops.power(self.k + self.alpha * sum(around), self.beta)

    def compute_output_shape(self, input_shape):
        """The input's."""
        return input_shape
