"""Initializers of Keras alone with the law of another one, for a weight of known shape."""

import math

import keras

from keras_inits.migrate.keras1.equality import law_of
from keras_inits.schemes.identity import IdentityKernel
from keras_inits.schemes.orthogonal import OrthogonalKernel
from keras_inits.schemes.per_gate import PerGate

__all__ = ["builtin", "forget_bias"]

#: By the kind of a law: the initializer with its mean, variance and bounds.
INDEPENDENT = {
    "Constant": lambda mean, variance, low, high: keras.initializers.Constant(mean),
    "Normal": lambda mean, variance, low, high: keras.initializers.RandomNormal(
        mean, math.sqrt(variance)
    ),
    "Uniform": lambda mean, variance, low, high: keras.initializers.RandomUniform(low, high),
}


#: Of LSTM's gates i, f, c, o.
FORGET_BIAS = (0.0, 1.0, 0.0, 0.0)


def builtin(initializer, shape):
    """An initializer of Keras, and whether it has the same law for this shape.

    Where Keras has none of that law, the mean and variance of an entry are kept.
    """
    if isinstance(initializer, PerGate):
        return _of_gates(initializer, shape)
    kind, mean, variance, *bounds = law_of(initializer, shape)
    if kind in INDEPENDENT:
        return INDEPENDENT[kind](mean, variance, *bounds), True
    if isinstance(initializer, OrthogonalKernel):
        return _orthogonal(initializer, variance, shape)
    if isinstance(initializer, IdentityKernel):
        return keras.initializers.Identity(initializer.gain), True
    return keras.initializers.RandomNormal(mean, math.sqrt(variance)), False


def _orthogonal(initializer, variance, shape):
    """Keras' rows are the last axis' or all the others'; another matrix has another variance."""
    size = max(math.prod(shape[:-1]), shape[-1])
    gain = math.sqrt(variance * size)
    return keras.initializers.Orthogonal(gain), math.isclose(gain, initializer.gain)


def _of_gates(initializer, shape):
    """One law for all gates, if they have the same and each entry is drawn alone."""
    gate = (*shape[:-1], shape[-1] // initializer.gates)
    found = [law_of(block, gate) for block in initializer.blocks]
    if len(set(found)) == 1 and found[0][0] in INDEPENDENT:
        kind, *numbers = found[0]
        return INDEPENDENT[kind](*numbers), True
    first, variance = initializer.blocks[0], initializer.variance(shape)
    if isinstance(first, OrthogonalKernel):
        return _orthogonal(first, variance, shape)[0], False
    return keras.initializers.RandomNormal(initializer.mean(shape), math.sqrt(variance)), False


def forget_bias(initializer, shape):
    """Whether a bias of four gates starts as Keras' unit_forget_bias does: 0, 1, 0, 0."""
    if not isinstance(initializer, PerGate) or len(shape) != 1:
        return False
    laws = [law_of(block, (shape[0] // initializer.gates,)) for block in initializer.blocks]
    return laws == [law_of(keras.initializers.Constant(mean), (1,)) for mean in FORGET_BIAS]
