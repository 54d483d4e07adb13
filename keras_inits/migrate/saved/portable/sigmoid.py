"""Keras 1's hard_sigmoid by Keras 3's: clip(0.2 * z + 0.5, 0, 1) = relu6(1.2 * z + 3) / 6.

So where z is made by weights, the weights times 1.2 serve Keras 3's function.
"""

import keras
import numpy as np

from keras_inits.dialects.keras1.activations import keras1_hard_sigmoid
from keras_inits.migrate.errors import MigrationError

__all__ = ["rescale"]

SCALE = 1.2
#: Blocks of the last axis that `recurrent_activation` and `activation` see, by the cell's class.
#: LSTM's activation sees its state as well, which no weight makes.
GATES = {
    "LSTMCell": {"recurrent_activation": (0, 1, 3), "activation": None},
    "ConvLSTMCell": {"recurrent_activation": (0, 1, 3), "activation": None},
    "GRUCell": {"recurrent_activation": (0, 1), "activation": (2,)},
}
COUNTS = {"LSTMCell": 4, "ConvLSTMCell": 4, "GRUCell": 3}
#: The last weights before the activation; a separable convolution ends with the pointwise one.
WEIGHTS = ("kernel", "recurrent_kernel", "pointwise_kernel", "bias")


def rescale(layer, owner):
    """Replaces Keras 1's hard_sigmoid in a layer, if it is there; whether it was.

    Args:
        layer: a layer or a recurrent cell.
        owner: the name to use in errors.

    Raises:
        MigrationError: if no weights of the layer make what the function sees.
    """
    kind = type(layer).__name__
    found = [
        argument
        for argument in ("recurrent_activation", "activation")
        if vars(layer).get(argument) is keras1_hard_sigmoid
    ]
    for argument in found:
        blocks = GATES.get(kind, {}).get(argument, (0,))
        weights = _weights(layer)
        if blocks is None or not weights:
            raise MigrationError(
                f"{owner}: Keras alone lacks the hard_sigmoid that {kind} has for "
                f"{argument}. Convert without --portable, and import keras_inits where it is used."
            )
        for weight in weights:
            weight.assign(_scaled(weight.numpy(), blocks, COUNTS.get(kind, 1)))
        setattr(layer, argument, keras.activations.hard_sigmoid)
    return bool(found)


def _weights(layer):
    """The weights whose last axis is what the activation sees."""
    names = [name for name in WEIGHTS if getattr(layer, name, None) is not None]
    if "pointwise_kernel" in names and "kernel" in names:
        names.remove("kernel")
    return [getattr(layer, name) for name in names]


def _scaled(weight, blocks, count):
    """The weight, some of the equal blocks of its last axis times 1.2."""
    cut = np.split(weight, count, axis=-1)
    parts = [part * SCALE if index in blocks else part for index, part in enumerate(cut)]
    return np.concatenate(parts, axis=-1).astype(weight.dtype)
