"""The activation that Keras 1 and Keras 3 have under one name with different values.

A saved model holds a function by its name, so it has to be known whenever the package is.
"""

import keras
from keras import ops

from keras_inits.core.registry import PACKAGE


@keras.saving.register_keras_serializable(PACKAGE)
def keras1_hard_sigmoid(x):
    """Keras 1's hard_sigmoid: y = clip(0.2 * x + 0.5, 0, 1).

    The default inner activation of its LSTM and GRU. Keras 3's is relu6(x + 3) / 6, which differs
    by up to 1 / 12. It is given as a function: Keras 3 knows no strings of others for activations.
    Its name is not one of Keras', which older versions would take for their own in a saved layer.
    """
    x = ops.convert_to_tensor(x)
    return ops.clip(0.2 * x + 0.5, 0.0, 1.0)
