"""What Keras 1 merged and Keras 3 does not: a sequence's steps, and tensors by their cosine."""

import keras
from keras import ops

from keras_inits.core.checks import check_choice, check_number
from keras_inits.core.registry import PACKAGE
from keras_inits.migrate.keras1.layers.base import Keras1Layer

__all__ = ["CosineMerge", "TimeDistributedMerge"]

#: What becomes of the steps, by the word for it.
MODES = {"ave": ops.mean, "mul": ops.prod, "sum": ops.sum}


@keras.saving.register_keras_serializable(PACKAGE)
class TimeDistributedMerge(Keras1Layer):
    """The sum, product or average of all steps: (batch, steps, features) to (batch, features).

    Args:
        mode: "sum", "mul" or "ave".

    Raises:
        ValueError: for another mode, and for an input that is not of rank 3.

    Source:
        Keras 0.2.0 to 0.3.3, keras/layers/core.py, TimeDistributedMerge.
    """

    def __init__(self, mode="sum", **options):
        super().__init__(**options)
        self.mode = check_choice("TimeDistributedMerge", "mode", mode, MODES)
        self.input_spec = keras.layers.InputSpec(ndim=3)

    def call(self, inputs):
        """The steps as one."""
        return MODES[self.mode](inputs, axis=1)

    def compute_output_shape(self, input_shape):
        """`(batch, features)`."""
        return (input_shape[0], input_shape[2])


@keras.saving.register_keras_serializable(PACKAGE)
class CosineMerge(Keras1Layer):
    """Keras 1's Merge(mode="cos"): y = (a . b) / sqrt(max((a . a) * (b . b), epsilon**2)).

    The dots are Keras' Dot over `axes`; vectors give (batch, 1, 1), matrices (batch, 1, m, n).
    Of matrices it is no cosine: entry (i, j) of a . b is divided by the entries (i, j) of a . a
    and of b . b, as Keras 1 did; a product below zero, whose root it took, divides by epsilon.

    Args:
        axes: the axis of each tensor that is summed over, or one number for both; Keras 1's
            `dot_axes`.
        epsilon: what the denominator is at least; 0 before Keras 1.0.4.

    Raises:
        ValueError: for a negative epsilon, and for anything but two tensors of rank 2 or 3.

    Source:
        Keras 1.2.2, keras/engine/topology.py, Merge.call.
    """

    def __init__(self, axes=-1, epsilon=1e-7, **options):
        super().__init__(**options)
        self.axes = tuple(axes) if isinstance(axes, (list, tuple)) else axes
        self.epsilon = check_number("CosineMerge", "epsilon", epsilon, low=0)
        self._dot = keras.layers.Dot(self.axes, dtype=self.dtype_policy)
        self.supports_masking = True

    def build(self, input_shape):
        """Checks the shapes."""
        ranks = [len(shape) for shape in input_shape]
        if len(ranks) != 2 or not set(ranks) <= {2, 3}:
            raise ValueError(
                f"CosineMerge needs two tensors of rank 2 or 3, got shapes {list(input_shape)}. "
                "Reshape them first."
            )
        self._dot.build(input_shape)
        self.built = True

    def call(self, inputs):
        """The quotient, with an axis of size 1 behind the batch."""
        one, other = inputs
        dtype = keras.backend.result_type(self.compute_dtype, "float32")
        pairs = ([one, one], [other, other], [one, other])
        of_one, of_other, of_both = (ops.cast(self._dot(pair), dtype) for pair in pairs)
        scale = ops.sqrt(ops.maximum(of_one * of_other, self.epsilon**2))
        return ops.expand_dims(ops.cast(of_both / scale, self.compute_dtype), 1)

    def compute_mask(self, inputs, mask=None):
        """None: no step is left that could be masked."""
        return None

    def compute_output_shape(self, input_shape):
        """That of the dot, with an axis of size 1 behind the batch."""
        batch, *rest = self._dot.compute_output_shape(input_shape)
        return (batch, 1, *rest)
