"""Mean and variance of Keras' own initializers, stated as this package's classes state theirs."""

import math

import keras

from keras_inits.core import laws
from keras_inits.core.fans import MODES, fans, fans_of_axes

# Keras' words: what it is given as "normal", it stores as "truncated_normal".
FAMILIES = {**laws.FAMILIES, "untruncated_normal": laws.FAMILIES["normal"]}


def _of_law(law):
    return law.mean, law.variance


def _truncated(initializer, shape):
    return initializer.mean, laws.TruncatedNormal(initializer.stddev).variance


def _scaled(initializer, shape):
    # Keras counts by axes from 3.15 on.
    input_axes = getattr(initializer, "input_axes", None)
    output_axes = getattr(initializer, "output_axes", None)
    counted = fans_of_axes(shape, input_axes, output_axes) if input_axes else fans(shape)
    variance = initializer.scale / max(1.0, MODES[initializer.mode](counted))
    return _of_law(FAMILIES[initializer.distribution](variance))


def _orthogonal(initializer, shape):
    rows, columns = math.prod(shape[:-1]), shape[-1]
    return 0.0, initializer.gain**2 / max(1, rows, columns)


def _identity(initializer, shape):
    density = min(shape) / max(1, math.prod(shape))
    return initializer.gain * density, initializer.gain**2 * density * (1 - density)


MOMENTS = {
    keras.initializers.Zeros: lambda self, shape: (0.0, 0.0),
    keras.initializers.Ones: lambda self, shape: (1.0, 0.0),
    keras.initializers.Constant: lambda self, shape: (float(self.value), 0.0),
    keras.initializers.RandomUniform: lambda self, shape: _of_law(
        laws.Uniform(self.minval, self.maxval)
    ),
    keras.initializers.RandomNormal: lambda self, shape: (self.mean, self.stddev**2),
    keras.initializers.TruncatedNormal: _truncated,
    keras.initializers.VarianceScaling: _scaled,
    keras.initializers.Orthogonal: _orthogonal,
    keras.initializers.Identity: _identity,
}


def moments(initializer, shape):
    """Mean and variance of an entry at a random position.

    Args:
        initializer: one of this package's or of Keras'.
        shape: the weight's shape.

    Raises:
        ValueError: for an initializer whose law is not stated.
    """
    if hasattr(initializer, "variance"):
        return initializer.mean(shape), initializer.variance(shape)
    for cls in type(initializer).__mro__:
        if cls in MOMENTS:
            return MOMENTS[cls](initializer, tuple(shape))
    known = ", ".join(sorted(cls.__name__ for cls in MOMENTS))
    raise ValueError(
        f"The law of {initializer!r} is not stated. Those of keras_inits are, and Keras' {known}."
    )
