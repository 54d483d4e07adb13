"""Activations of Keras 1 that Keras 3 lacks or has under the same name with other values."""

import keras
from keras import ops

from keras_inits.core.registry import PACKAGE

__all__ = ["hard_sigmoid"]

#: The string that stands for Keras 1's hard_sigmoid once this module is imported.
HARD_SIGMOID = "keras1_hard_sigmoid"


@keras.saving.register_keras_serializable(PACKAGE, name=HARD_SIGMOID)
def hard_sigmoid(x):
    """Keras 1's hard_sigmoid: y = clip(0.2 * x + 0.5, 0, 1).

    The default inner activation of its LSTM and GRU. Keras 3's is relu6(x + 3) / 6, which differs
    by up to 0.033.
    """
    x = ops.convert_to_tensor(x)
    return ops.clip(0.2 * x + 0.5, 0.0, 1.0)


keras.saving.get_custom_objects().setdefault(HARD_SIGMOID, hard_sigmoid)
