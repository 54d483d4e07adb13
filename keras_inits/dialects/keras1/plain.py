"""Keras 1's constants and the laws that look at no fans: zero, one, uniform, normal."""

from keras_inits.core import laws
from keras_inits.core.checks import check_number
from keras_inits.core.registry import register
from keras_inits.dialects.keras1.law import Keras1Law

__all__ = ["Keras1Normal", "Keras1One", "Keras1Uniform", "Keras1Zero"]


class Keras1Constant(Keras1Law):
    """A constant of Keras 1."""

    value = 0.0

    def __init__(self, version="1.2.2", layer=None, dim_ordering=None):
        self._keep_setting(version, layer, dim_ordering)

    def law(self, shape):
        """The value."""
        return laws.Constant(self.value)


@register
class Keras1Zero(Keras1Constant):
    """Keras 1's `zero`: W = 0.

    Law:
        W = 0

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, zero.
    """

    keras1_name = "zero"


@register
class Keras1One(Keras1Constant):
    """Keras 1's `one`, an LSTM's forget bias: W = 1.

    Law:
        W = 1

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have; before 0.1.2
            it had no `one`.

    Source:
        Keras 0.1.2 to 1.2.2, keras/initializations.py, one.
    """

    keras1_name = "one"
    value = 1.0


class Keras1Plain(Keras1Law):
    """A law of Keras 1 that looks at no fans, with the original's scale."""

    def __init__(self, scale=0.05, version="1.2.2", layer=None, dim_ordering=None, seed=None):
        super().__init__(seed)
        self.scale = check_number(self._name, "scale", scale, low=0)
        self._keep_setting(version, layer, dim_ordering)


@register
class Keras1Uniform(Keras1Plain):
    """Keras 1's `uniform`: W ~ U(-scale, scale), the same in every version.

    Args:
        scale: half the range; at least 0.

    Law:
        W ~ U(-scale, scale)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, uniform.
    """

    keras1_name = "uniform"

    def law(self, shape):
        """U(-scale, scale)."""
        return laws.Uniform(-self.scale, self.scale)


@register
class Keras1Normal(Keras1Plain):
    """Keras 1's `normal`: W ~ N(0, scale**2), not truncated, the same in every version.

    Args:
        scale: the standard deviation; at least 0.

    Law:
        W ~ N(0, scale**2)

    Raises:
        ValueError: for a version, layer or dim_ordering that Keras 1 did not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, normal.
    """

    keras1_name = "normal"

    def law(self, shape):
        """N(0, scale**2)."""
        return laws.Normal(0.0, self.scale)
