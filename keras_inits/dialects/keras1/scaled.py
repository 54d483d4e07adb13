"""Keras 1's laws scaled by fans: lecun_uniform, glorot_* and he_*."""

from keras_inits.core.initializer import ScaledInitializer
from keras_inits.core.registry import register
from keras_inits.dialects.keras1.kernels import keras1_fans
from keras_inits.dialects.keras1.law import Keras1Law
from keras_inits.dialects.keras1.versions import at_least

__all__ = [
    "Keras1GlorotNormal",
    "Keras1GlorotUniform",
    "Keras1HeNormal",
    "Keras1HeUniform",
    "Keras1LecunUniform",
]


class Keras1Scaled(Keras1Law, ScaledInitializer):
    """A law of Keras 1 scaled by fans: Keras 3's fans without a layer, else those it saw.

    `axes`, `input_axes` and `output_axes` go without a layer.
    """

    def __init__(
        self,
        version="1.2.2",
        layer=None,
        dim_ordering=None,
        axes=None,
        input_axes=None,
        output_axes=None,
        seed=None,
    ):
        ScaledInitializer.__init__(self, axes, input_axes, output_axes, seed)
        self._keep_setting(version, layer, dim_ordering)
        if layer is not None and (axes is not None or input_axes is not None):
            raise ValueError(
                f"{self._name} counts fans by layer={layer!r} or by axes, not by both: got "
                f"axes={axes!r}, input_axes={input_axes!r}. Leave one out; MultiHeadAttention and "
                "EinsumDense give axes of their own, and Keras 1 had neither."
            )

    def fans(self, shape):
        """The fans of the setting."""
        if self.setting is None:
            return super().fans(shape)
        return keras1_fans(self._name, self.setting, shape)

    def scaled_variance(self, shape):
        """Scale / fan; until 0.1.1, the uniform laws took their variance for their range."""
        narrow = self.distribution == "uniform" and not at_least(self.version, "0.1.2")
        return super().scaled_variance(shape) / (3 if narrow else 1)


@register
class Keras1LecunUniform(Keras1Scaled):
    """Keras 1's `lecun_uniform`: W ~ U(-a, a), a = sqrt(3 / fan_in), with the fans of its layers.

    Law:
        a = sqrt(3 / fan_in); until 0.1.1, a = sqrt(1 / fan_in)
        W ~ U(-a, a)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, lecun_uniform; LeCun et al. (1998).
    """

    keras1_name = "lecun_uniform"


@register
class Keras1GlorotUniform(Keras1Scaled):
    """Keras 1's `glorot_uniform`, the default of its layers, with the fans that they really had.

    Law:
        a = sqrt(6 / (fan_in + fan_out)); until 0.1.1, a = sqrt(2 / (fan_in + fan_out))
        W ~ U(-a, a)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, glorot_uniform; Glorot and Bengio (2010),
        equation 16.
    """

    keras1_name = "glorot_uniform"
    mode = "fan_avg"


@register
class Keras1GlorotNormal(Keras1Scaled):
    """Keras 1's `glorot_normal`: a plain normal, which Keras 3's glorot_normal is not.

    Law:
        std = sqrt(2 / (fan_in + fan_out))
        W ~ N(0, std**2)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, glorot_normal; Glorot and Bengio (2010),
        equation 12.
    """

    keras1_name = "glorot_normal"
    mode = "fan_avg"
    distribution = "normal"


@register
class Keras1HeUniform(Keras1Scaled):
    """Keras 1's `he_uniform`: W ~ U(-a, a), a = sqrt(6 / fan_in), with the fans of its layers.

    Law:
        a = sqrt(6 / fan_in); until 0.1.1, a = sqrt(2 / fan_in)
        W ~ U(-a, a)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, he_uniform; He et al. (2015), equation 10.
    """

    keras1_name = "he_uniform"
    scale = 2.0


@register
class Keras1HeNormal(Keras1Scaled):
    """Keras 1's `he_normal`: a plain normal, which Keras 3's he_normal is not.

    Law:
        std = sqrt(2 / fan_in)
        W ~ N(0, std**2)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, he_normal; He et al. (2015), equation 10.
    """

    keras1_name = "he_normal"
    scale = 2.0
    distribution = "normal"
