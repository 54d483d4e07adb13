"""Variance scaling with every mode, distribution and gain."""

from keras_inits.core import gains
from keras_inits.core.checks import check_choice, check_number
from keras_inits.core.fans import MODES
from keras_inits.core.initializer import ScaledInitializer
from keras_inits.core.laws import FAMILIES
from keras_inits.core.registry import register

__all__ = ["VarianceScaled"]


@register
class VarianceScaled(ScaledInitializer):
    """Any variance-scaled law: `variance = gain**2 * scale / fan`, mean 0.

    Keras' VarianceScaling lacks the geometric mean and gains, and its "normal" is truncated;
    here "normal" is not. "truncated_normal" is cut at two standard deviations of the normal it is
    cut from, and widened so that the variance after the cut is as stated.

    Args:
        scale: what the variance is, times the fan, before the gain; a positive number.
        mode: the fan: "fan_in", "fan_out", "fan_avg" (the mean of both) or "fan_geo_avg" (the
            square root of their product, jax's).
        distribution: "uniform", "normal" or "truncated_normal".
        gain: a number, or an activation's name as `keras_inits.gain` takes it.

    Law:
        variance = gain**2 * scale / fan
        uniform: W ~ U(-a, a), a = sqrt(3 * variance)
        normal: W ~ N(0, variance)
        truncated_normal: W = s * z, z ~ N(0, 1) given abs(z) < 2,
            s = sqrt(variance) / 0.87962566103423978

    Raises:
        ValueError: for a scale or gain that is not positive and for an unknown word.

    Source:
        Glorot and Bengio (2010), equations 12 and 16; He et al. (2015), equations 10 and 14;
        fan_geo_avg: jax.nn.initializers.variance_scaling (jax 0.10.2).
    """

    def __init__(
        self,
        scale=1.0,
        mode="fan_in",
        distribution="truncated_normal",
        gain=1.0,
        axes=None,
        input_axes=None,
        output_axes=None,
        seed=None,
    ):
        super().__init__(axes, input_axes, output_axes, seed)
        self.scale = check_number(self._name, "scale", scale, above=0)
        self.mode = check_choice(self._name, "mode", mode, MODES)
        self.distribution = check_choice(self._name, "distribution", distribution, FAMILIES)
        self.gain = gain
        self._gain = gains.resolve(self._name, gain)

    def scaled_variance(self, shape):
        """gain**2 * scale / fan, with an activation's gain in numbers."""
        return self._gain**2 * super().scaled_variance(shape)
