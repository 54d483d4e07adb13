"""Plain functions of Keras 1 that Keras 3 lacks."""

import keras
import numpy as np
from keras import ops

from keras_inits.core.registry import PACKAGE

__all__ = [
    "accuracy",
    "categorical_probas_to_classes",
    "keras1_cosine_proximity",
    "probas_to_classes",
    "slice_X",
]

#: The loss in converted code, with the import it needs, and the name under which Keras 1 had it.
COSINE_PROXIMITY = (
    "keras_inits.migrate.keras1.functions.keras1_cosine_proximity",
    "keras_inits.migrate.keras1.functions",
)


def slice_X(x, start=None, stop=None):  # noqa: N802
    """The samples from start to stop, or at the places in start, of an array or a list of them.

    Source: keras/engine/training.py, 1.2.2.
    """
    if isinstance(x, list):
        return [slice_X(part, start, stop) for part in x]
    # Datasets of HDF5 take lists of places only.
    places = start.tolist() if hasattr(start, "tolist") and np.ndim(start) else start
    return x[places] if hasattr(places, "__len__") else x[start:stop]


def accuracy(p, y):
    """The share of entries of two sequences that are equal.

    Source: keras/utils/np_utils.py, 0.3.3.
    """
    return np.mean([a == b for a, b in zip(p, y, strict=False)])


def probas_to_classes(y_pred):
    """The number of the most probable class; of a single column, 1 where it is above 0.5.

    Source: keras/utils/np_utils.py, 1.2.2.
    """
    if np.ndim(y_pred) > 1 and y_pred.shape[1] > 1:
        return categorical_probas_to_classes(y_pred)
    return np.array([1 if p > 0.5 else 0 for p in y_pred])


def categorical_probas_to_classes(p):
    """The number of the most probable class of each row.

    Source: keras/utils/np_utils.py, 1.2.2.
    """
    return np.argmax(p, axis=1)


@keras.saving.register_keras_serializable(PACKAGE)
def keras1_cosine_proximity(y_true, y_pred):
    """Keras 1's loss: minus the mean of the products of the normalized entries.

    Keras 3's cosine_similarity sums them, so that it is n times as large for n entries.

    Source: keras/objectives.py, 1.2.2.
    """
    y_true, y_pred = (ops.normalize(ops.convert_to_tensor(y), axis=-1) for y in (y_true, y_pred))
    return -ops.mean(y_true * y_pred, axis=-1)
