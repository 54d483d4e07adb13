"""Any distribution of TensorFlow Probability, as it is or scaled to a fan's variance."""

import inspect
import math

import numpy as np
from keras import ops

from keras_inits.core import gains
from keras_inits.core.checks import check_choice, check_number
from keras_inits.core.fans import MODES
from keras_inits.core.initializer import ScaledInitializer
from keras_inits.core.registry import register
from keras_inits.core.sampling import eagerly
from keras_inits.core.sampling.dtypes import draw_dtype
from keras_inits.core.sampling.seeds import tensorflow_seed

__all__ = ["TfpDistribution"]

#: Distributions whose own `variance` is not that of their draws.
REFUSED = {"VonMises": "its variance is the circular one"}


@register
class TfpDistribution(ScaledInitializer):
    """Independent entries of a distribution of tensorflow_probability, by its class name.

    Needs the extra `keras-inits[tfp]` (tensorflow_probability and the tf_keras that it imports).
    Only distributions exported by `tfp.distributions` are ever looked up, with scalar events, a
    floating dtype and a finite variance.

    Args:
        distribution: the class' name, such as "Laplace".
        parameters: dict of the distribution's numeric parameters, such as {"loc": 0.0,
            "scale": 0.1}.
        scale: None draws the distribution as it is; a positive number multiplies the draws so
            that their variance is gain**2 * scale / fan. The mean is multiplied with them.
        mode: the fan of a scaled law: "fan_in", "fan_out", "fan_avg" or "fan_geo_avg".
        gain: of a scaled law: a number, or an activation's name as `keras_inits.gain` takes it.

    Law:
        W = X, or W = X * sqrt(gain**2 * scale / fan / Var[X]); X ~ the distribution

    Raises:
        ValueError: for a name that is not a distribution of tensorflow_probability, parameters it
            does not take, non-scalar events, integer dtypes and an infinite or unknown variance.
        ImportError: without tensorflow_probability or tf_keras, saying what to install.

    Source:
        Dillon et al. (2017), "TensorFlow Distributions"; tensorflow_probability 0.25.
    """

    example_arguments = {"distribution": "Laplace", "parameters": {"loc": 0.0, "scale": 0.1}}

    def __init__(
        self,
        distribution,
        parameters=None,
        scale=None,
        mode="fan_in",
        gain=1.0,
        axes=None,
        input_axes=None,
        output_axes=None,
        seed=None,
    ):
        super().__init__(axes, input_axes, output_axes, seed)
        self.distribution = distribution
        self.parameters = check_parameters(self._name, parameters)
        self.scale = scale if scale is None else check_number(self._name, "scale", scale, above=0)
        self.mode = check_choice(self._name, "mode", mode, MODES)
        self.gain = gain
        self._gain = gains.resolve(self._name, gain)
        with eagerly():
            self._moments = moments(self._name, self._make("float64", validate_args=True))

    def _make(self, dtype, **options):
        parameters = self.parameters or {}
        return make_distribution(self._name, self.distribution, parameters, dtype, **options)

    def _factor(self, shape):
        if self.scale is None:
            return 1.0
        target = self._gain**2 * self.scaled_variance(shape)
        return math.sqrt(target / self._moments[1])

    def law(self, shape):
        """None: the distribution's own functions tell more than a law of this package would."""
        return None

    def mean(self, shape):
        """The distribution's, times the factor."""
        return self._factor(self.check_shape(shape)) * self._moments[0]

    def variance(self, shape):
        """The distribution's, times the factor squared."""
        return self._factor(self.check_shape(shape)) ** 2 * self._moments[1]

    def draw(self, shape, dtype):
        """The distribution's own sampler, with a stateless seed."""
        distribution = self._make(draw_dtype(dtype))
        values = distribution.sample(shape, seed=tensorflow_seed(self.seed))
        return ops.cast(values * self._factor(shape), dtype)


def check_parameters(owner, parameters):
    """`parameters`, if it is None or a dict of names and finite numbers; ValueError otherwise."""
    if parameters is None:
        return None
    if not isinstance(parameters, dict) or not all(isinstance(key, str) for key in parameters):
        raise ValueError(f"{owner} needs parameters as a dict of numbers, got {parameters!r}.")
    for key, value in parameters.items():
        check_number(owner, f"parameters[{key!r}]", value)
    return dict(parameters)


def make_distribution(owner, name, parameters, dtype, **options):
    """The distribution of that name with its parameters in `dtype`; ValueError if there is none."""
    numbers = {key: np.asarray(value, dtype) for key, value in parameters.items()}
    cls = _distribution_class(owner, name)
    try:
        distribution = cls(**numbers, **options)
        shapes = distribution.event_shape.rank, distribution.batch_shape.rank
    # Parameters out of range come as TensorFlow's errors, whose base class is Exception.
    except Exception as error:
        raise ValueError(f"{owner} cannot make {name}({parameters}): {error}") from error
    if shapes != (0, 0) or not distribution.dtype.is_floating:
        raise ValueError(
            f"{owner} needs a distribution of single floating numbers; {name}({parameters}) "
            f"gives {distribution.dtype.name} of shape {tuple(distribution.event_shape)}."
        )
    return distribution


def _distribution_class(owner, name):
    distributions = _distributions(owner)
    public = isinstance(name, str) and name in dir(distributions) and not name.startswith("_")
    cls = getattr(distributions, name) if public else None
    if not inspect.isclass(cls) or not issubclass(cls, distributions.Distribution):
        raise ValueError(
            f"{owner} needs the name of a distribution in tfp.distributions, such as 'Laplace', "
            f"got {name!r}."
        )
    if name in REFUSED:
        raise ValueError(f"{owner} cannot state the law of {name}: {REFUSED[name]}.")
    return cls


def _distributions(owner):
    try:
        from tensorflow_probability import distributions
    except ImportError as error:
        raise ImportError(
            f"{owner} needs tensorflow_probability and tf_keras: pip install 'keras-inits[tfp]'."
        ) from error
    return distributions


def moments(owner, distribution):
    """Mean and variance of the distribution; ValueError if they are not known and finite."""
    try:
        values = float(distribution.mean()), float(distribution.variance())
    except NotImplementedError:
        values = math.nan, math.nan
    if not all(math.isfinite(value) for value in values) or values[1] <= 0:
        raise ValueError(
            f"{owner} needs a distribution with a finite mean and a positive, finite variance; "
            f"{distribution.name} has mean {values[0]} and variance {values[1]}."
        )
    return values
