"""Draws of independent entries: float32 inside (float64 for float64), cast to the dtype last.

On TensorFlow, a large eager draw runs as one compiled graph: its operations then work in one
buffer, where eagerly each fills a fresh one (three times the memory, and most of the time). Small
draws, and draws inside somebody else's graph, are the same operations one by one.
"""

import functools
import math

import keras
import numpy as np
from keras import ops

from keras_inits.core.sampling.dtypes import HALF_DTYPES, draw_dtype, last_inside
from keras_inits.core.sampling.seeds import tensorflow_seed

# Entries from which the compiled graph is faster than the operations one by one.
COMPILED_FROM = 2**16

# Entries of a block in which half precisions are drawn, so that float32 never exists of the whole.
BLOCK = 2**24


def uniform(shape, low, high, dtype, seed):
    """Entries of U(low, high); none outside in any dtype."""
    bounds = last_inside(low, high, draw_dtype(dtype))
    return _draw(_uniform, shape, dtype, seed, *bounds, *last_inside(low, high, dtype))


def _uniform(stream, shape, dtype, low, high, first, last):
    values = stream.uniform(shape, low, high, draw_dtype(dtype))
    return _cast_inside(stream, values, dtype, first, last)


def normal(shape, mean, std, dtype, seed):
    """Entries of N(mean, std**2)."""
    return _draw(_normal, shape, dtype, seed, mean, std)


def _normal(stream, shape, dtype, mean, std):
    return ops.cast(stream.normal(shape, mean, std, draw_dtype(dtype)), dtype)


def truncated_normal(shape, scale, cut, dtype, seed):
    """Entries of `scale * z`, z standard normal given abs(z) < cut; none outside in any dtype.

    By inverse distribution function, `z = sqrt(2) erfinv(u)` with u uniform on +-erf(cut / sqrt 2):
    no rejection, and half the work of it.
    """
    mass, factor = _central_mass(cut, draw_dtype(dtype)), math.sqrt(2) * scale
    bounds = last_inside(-cut * scale, cut * scale, draw_dtype(dtype))
    ends = last_inside(-cut * scale, cut * scale, dtype)
    return _draw(_truncated_normal, shape, dtype, seed, -mass, mass, factor, *bounds, *ends)


def _central_mass(cut, dtype):
    """The mass of a standard normal within +-cut, or the number before one, where erfinv ends."""
    return min(math.erf(cut / math.sqrt(2)), 1 - float(np.finfo(dtype).epsneg))


def _truncated_normal(stream, shape, dtype, low_mass, high_mass, factor, low, high, first, last):
    u = stream.uniform(shape, low_mass, high_mass, draw_dtype(dtype))
    values = stream.clip(ops.erfinv(u) * factor, low, high)
    return _cast_inside(stream, values, dtype, first, last)


def bernoulli(shape, probability, dtype, seed):
    """Entries that are 1 with the probability, else 0."""
    return ops.cast(uniform(shape, 0.0, 1.0, "float32", seed) < probability, dtype)


def _cast_inside(stream, values, dtype, first, last):
    """`values` in `dtype`, where rounding to a half precision may not step over a bound."""
    values = ops.cast(values, dtype)
    if dtype not in HALF_DTYPES:
        return values
    return stream.clip(values, ops.cast(first, dtype), ops.cast(last, dtype))


def _draw(law, shape, dtype, seed, *numbers):
    """The entries of a law, by what suits the backend, the size and the mode of execution."""
    if keras.backend.backend() != "tensorflow":
        return law(KerasStream(seed), shape, dtype, *numbers)
    seed = tensorflow_seed(seed)
    if dtype in HALF_DTYPES and math.prod(shape) > BLOCK:
        return _draw_blocks(law, shape, dtype, seed, numbers)
    return _draw_tensorflow(law, shape, dtype, seed, numbers)


def _draw_tensorflow(law, shape, dtype, seed, numbers):
    import tensorflow as tf

    if math.prod(shape) < COMPILED_FROM or not tf.executing_eagerly():
        return law(TensorFlowStream(seed), shape, dtype, *numbers)
    compiled = _compiled(law, dtype, len(numbers))
    return compiled(tf.constant(shape, tf.int64), seed, tf.constant(numbers, draw_dtype(dtype)))


@functools.cache
def _compiled(law, dtype, count):
    """One graph for every shape, seed and parameter of a law."""
    import tensorflow as tf

    def draw(shape, seed, numbers):
        return law(TensorFlowStream(seed), shape, dtype, *tf.unstack(numbers, count))

    signature = [
        tf.TensorSpec([None], tf.int64),
        tf.TensorSpec([2], tf.int32),
        tf.TensorSpec([count], draw_dtype(dtype)),
    ]
    return tf.function(draw, signature, autograph=False).get_concrete_function()


def _draw_blocks(law, shape, dtype, seed, numbers):
    import tensorflow as tf

    size = math.prod(shape)
    blocks = [
        _draw_tensorflow(
            law,
            (min(BLOCK, size - start),),
            dtype,
            tf.random.experimental.stateless_fold_in(seed, start // BLOCK),
            numbers,
        )
        for start in range(0, size, BLOCK)
    ]
    return tf.reshape(tf.concat(blocks, 0), shape)


class KerasStream:
    """Draws by keras.random, on any backend."""

    def __init__(self, seed):
        self.seed = seed

    def uniform(self, shape, low, high, dtype):
        """Entries of U(low, high)."""
        return keras.random.uniform(shape, low, high, dtype=dtype, seed=self.seed)

    def normal(self, shape, mean, std, dtype):
        """Entries of N(mean, std**2)."""
        return keras.random.normal(shape, mean, std, dtype=dtype, seed=self.seed)

    def clip(self, values, low, high):
        """`values` within the bounds."""
        return ops.clip(values, low, high)


class TensorFlowStream:
    """Draws by TensorFlow's stateless operations, whose seeds and shapes may be tensors."""

    def __init__(self, seed):
        self.seed = seed

    def uniform(self, shape, low, high, dtype):
        """Entries of U(low, high)."""
        import tensorflow as tf

        return tf.random.stateless_uniform(shape, self.seed, low, high, dtype)

    def normal(self, shape, mean, std, dtype):
        """Entries of N(mean, std**2)."""
        import tensorflow as tf

        return tf.random.stateless_normal(shape, self.seed, mean, std, dtype)

    def clip(self, values, low, high):
        """`values` within the bounds: one operation for few entries, two fast ones for many."""
        import tensorflow as tf

        if tf.executing_eagerly():
            return tf.raw_ops.ClipByValue(t=values, clip_value_min=low, clip_value_max=high)
        return tf.minimum(tf.maximum(values, low), high)
