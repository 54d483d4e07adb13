"""Activations of Keras 1 with weights of their own that Keras 3 lacks."""

import keras
from keras import ops

from keras_inits.core.checks import check_choice, check_number
from keras_inits.core.registry import PACKAGE
from keras_inits.dialects.keras1.scaled import Keras1GlorotUniform
from keras_inits.dialects.keras1.versions import BACKENDS
from keras_inits.migrate.keras1.layers.base import Keras1Layer

__all__ = ["ParametricSoftplus", "SReLU", "ThresholdedLinear"]


class Keras1Activation(Keras1Layer):
    """An activation with one weight for each entry of a sample, or shared along some axes.

    Args:
        shared_axes: axes, counted with the batch as 0, along which one weight serves all; None
            for none. Keras 1 had it from 1.2.0 on.
    """

    #: The weights' names, in the order in which Keras 1 stored them.
    names = ()

    def __init__(self, shared_axes=None, **options):
        super().__init__(**options)
        axes = (shared_axes,) if isinstance(shared_axes, int) else shared_axes
        self.shared_axes = None if axes is None else tuple(axes)
        self.supports_masking = True

    def build(self, input_shape):
        """Makes the weights."""
        shape = weight_shape(input_shape, self.shared_axes or ())
        for name in self.names:
            setattr(self, name, self._weight(name, shape))
        self.built = True

    def compute_output_shape(self, input_shape):
        """The input's."""
        return input_shape


def weight_shape(input_shape, shared_axes):
    """The shape of a sample, with 1 for every shared axis.

    Raises:
        ValueError: for a size that is not known and not shared.
    """
    shape = [1 if axis in shared_axes else size for axis, size in enumerate(input_shape)][1:]
    if None in shape:
        raise ValueError(
            f"A weight for each entry needs every size of a sample, got {tuple(input_shape)}. "
            "Give the input a full shape, or share the weights along that axis by shared_axes."
        )
    return tuple(shape)


@keras.saving.register_keras_serializable(PACKAGE)
class ParametricSoftplus(Keras1Activation):
    """A softplus with a learned height and slope: y = alpha * log(1 + exp(beta * x)).

    Weights, in Keras 1's order: alpha, beta, each of a sample's shape.

    Args:
        alpha_initializer: None for Keras 1's own start, 0.2.
        beta_initializer: None for Keras 1's own start, 5.

    Raises:
        ValueError: for an input of unknown size along an axis that is not shared.

    Source:
        Keras 1.2.2, keras/layers/advanced_activations.py, ParametricSoftplus.
    """

    names = ("alpha", "beta")

    def __init__(self, alpha_initializer=None, beta_initializer=None, shared_axes=None, **options):
        super().__init__(shared_axes, **options)
        self._keep(
            alpha_initializer=alpha_initializer or keras.initializers.Constant(0.2),
            beta_initializer=beta_initializer or keras.initializers.Constant(5.0),
        )

    def call(self, inputs):
        """The softplus."""
        return ops.softplus(self.beta * inputs) * self.alpha


@keras.saving.register_keras_serializable(PACKAGE)
class SReLU(Keras1Activation):
    """An S-shaped rectifier of three slopes: a_left, 1, a_right.

    They meet at t_left and at t_left + |t_right|, which is never left of it.

    Weights, in Keras 1's order: t_left, a_left, t_right, a_right, each of a sample's shape.

    Args:
        t_left_initializer: where the left piece ends; Keras 1's start is zero.
        a_left_initializer: its slope; None for Keras 1.2.2's own start, glorot_uniform with the
            fans of the weight's shape (which for a vector of n are sqrt(n) both).
        t_right_initializer: the distance to the right piece; None as for a_left.
        a_right_initializer: its slope; Keras 1's start is one.
        backend: "tensorflow" or "theano", which Keras 1 ran on. They differ where a_left is
            negative: Theano cut the left piece, too, off at t_left + |t_right|.

    Raises:
        ValueError: for an unknown backend, and for an input of unknown size along an axis that
            is not shared.

    Source:
        Keras 1.2.2, keras/layers/advanced_activations.py, SReLU, with `relu` of
        keras/backend/tensorflow_backend.py and theano_backend.py; Jin et al. (2015).
    """

    names = ("t_left", "a_left", "t_right", "a_right")

    def __init__(
        self,
        t_left_initializer="zeros",
        a_left_initializer=None,
        t_right_initializer=None,
        a_right_initializer="ones",
        shared_axes=None,
        backend="tensorflow",
        **options,
    ):
        super().__init__(shared_axes, **options)
        self._keep(
            t_left_initializer=t_left_initializer,
            a_left_initializer=a_left_initializer or Keras1GlorotUniform(layer="SReLU"),
            t_right_initializer=t_right_initializer or Keras1GlorotUniform(layer="SReLU"),
            a_right_initializer=a_right_initializer,
            backend=check_choice("SReLU", "backend", backend, BACKENDS),
        )

    def call(self, inputs):
        """The three pieces, joined."""
        width = ops.absolute(self.t_right)
        from_left = inputs - self.t_left
        left = self.a_left * ops.minimum(from_left, 0)
        center = ops.minimum(ops.relu(from_left), width)
        right = self.a_right * ops.relu(from_left - width)
        if self.backend == "theano":
            left = ops.minimum(left, width)
        return self.t_left + left + center + right


@keras.saving.register_keras_serializable(PACKAGE)
class ThresholdedLinear(Keras1Layer):
    """The input where it is large: y = x where |x| >= theta, else 0.

    Args:
        theta: the threshold.

    Raises:
        ValueError: for a theta that is no finite number.

    Source:
        Keras 0.1.3 to 0.3.3, keras/layers/advanced_activations.py, ThresholdedLinear.
    """

    def __init__(self, theta=1.0, **options):
        super().__init__(**options)
        self.theta = check_number("ThresholdedLinear", "theta", theta)
        self.supports_masking = True

    def call(self, inputs):
        """The large entries."""
        return ops.where(ops.absolute(inputs) < self.theta, ops.zeros_like(inputs), inputs)

    def compute_output_shape(self, input_shape):
        """The input's."""
        return input_shape
