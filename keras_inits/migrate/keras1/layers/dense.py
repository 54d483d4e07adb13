"""Fully connected layers of Keras 1 that Keras 3 lacks: MaxoutDense and Highway."""

import keras
from keras import ops

from keras_inits.core.checks import check_positive_integers
from keras_inits.core.registry import PACKAGE
from keras_inits.dialects.keras1.scaled import Keras1GlorotUniform
from keras_inits.migrate.keras1.layers.base import Keras1Layer
from keras_inits.schemes.per_gate import PerGate

__all__ = ["Highway", "MaxoutDense"]


@keras.saving.register_keras_serializable(PACKAGE)
class MaxoutDense(Keras1Layer):
    """The largest of several Dense layers: y = max over f of (x @ kernel[f] + bias[f]).

    Weights: kernel (features, in, units), bias (features, units), as Keras 1 stored them.
    Input (batch, in), output (batch, units).

    Args:
        units: outputs; Keras 1's `output_dim`.
        features: Dense layers to choose from; Keras 1's `nb_feature`.
        use_bias: whether there is a bias.
        kernel_initializer: None for Keras 1.2.2's own start, glorot_uniform with
            sqrt(features * in * units) for both fans.

    Raises:
        ValueError: for units or features that are no positive integers, and for an input that
            is not of rank 2.

    Source:
        Keras 1.2.2, keras/layers/core.py, MaxoutDense.
    """

    def __init__(
        self,
        units,
        features=4,
        use_bias=True,
        kernel_initializer=None,
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **options,
    ):
        super().__init__(**options)
        self.units, self.features = _sizes("MaxoutDense", units=units, features=features)
        self._keep(
            use_bias=use_bias,
            kernel_initializer=kernel_initializer or Keras1GlorotUniform(layer="MaxoutDense"),
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self.input_spec = keras.layers.InputSpec(ndim=2)

    def build(self, input_shape):
        """Makes kernel and bias."""
        self.kernel = self._weight("kernel", (self.features, input_shape[-1], self.units))
        self.bias = self._weight("bias", (self.features, self.units)) if self.use_bias else None
        self.built = True

    def call(self, inputs):
        """The largest feature of each unit."""
        features = ops.einsum("bi,fio->bfo", inputs, self.kernel)
        if self.bias is not None:
            features = features + self.bias
        return ops.max(features, axis=1)

    def compute_output_shape(self, input_shape):
        """`(batch, units)`."""
        return (input_shape[0], self.units)


@keras.saving.register_keras_serializable(PACKAGE)
class Highway(Keras1Layer):
    """A gate between a Dense layer and its input: y = t * h + (1 - t) * x.

    h = activation(x @ kernel + bias) and t = sigmoid(x @ carry_kernel + carry_bias). Keras 1
    called the gate "carry", though it opens the transformation.

    Weights, in the order of Keras 1.2.2: kernel (in, in), carry_kernel (in, in), bias (in,),
    carry_bias (in,). Input and output (batch, in).

    Args:
        activation: of the transformation; None for none.
        use_bias: whether both have a bias.
        kernel_initializer: None for Keras 1's own start, glorot_uniform.
        carry_kernel_initializer: None for the kernel's, drawn apart.
        carry_bias_initializer: ones from Keras 1.2.0 on; before, a constant `transform_bias`
            with the default -2.

    Raises:
        ValueError: for an input that is not of rank 2.

    Source:
        Keras 1.2.2, keras/layers/core.py, Highway; Srivastava et al. (2015).
    """

    def __init__(
        self,
        activation=None,
        use_bias=True,
        kernel_initializer=None,
        carry_kernel_initializer=None,
        bias_initializer="zeros",
        carry_bias_initializer="ones",
        kernel_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        **options,
    ):
        super().__init__(**options)
        self._keep(
            activation=keras.activations.get(activation),
            use_bias=use_bias,
            kernel_initializer=kernel_initializer or Keras1GlorotUniform(layer="Highway"),
            carry_kernel_initializer=carry_kernel_initializer,
            bias_initializer=bias_initializer,
            carry_bias_initializer=carry_bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self.input_spec = keras.layers.InputSpec(ndim=2)

    def build(self, input_shape):
        """Makes the kernels, then the biases."""
        inputs = input_shape[-1]
        self.kernel = self._weight("kernel", (inputs, inputs))
        self.carry_kernel = self.add_weight(
            name="carry_kernel", shape=(inputs, inputs), initializer=self._carry_initializer()
        )
        self.bias = self._weight("bias", (inputs,)) if self.use_bias else None
        self.carry_bias = self._weight("carry_bias", (inputs,)) if self.use_bias else None
        self.built = True

    def _carry_initializer(self):
        # One initializer repeats itself in Keras: the second kernel would be the first again.
        return self.carry_kernel_initializer or PerGate(self.kernel_initializer, gates=2).blocks[1]

    def call(self, inputs):
        """The transformed input and the input, mixed by the gate."""
        gate = ops.sigmoid(_affine(inputs, self.carry_kernel, self.carry_bias))
        transformed = self.activation(_affine(inputs, self.kernel, self.bias))
        return transformed * gate + (1 - gate) * inputs

    def compute_output_shape(self, input_shape):
        """The input's."""
        return input_shape


def _affine(inputs, kernel, bias):
    product = ops.matmul(inputs, kernel)
    return product if bias is None else product + bias


def _sizes(owner, **sizes):
    return tuple(check_positive_integers(owner, name, (size,))[0] for name, size in sizes.items())
