"""Activations of Keras 1 that Keras 3 lacks or has under the same name with other values."""

from keras_inits.dialects.keras1.activations import keras1_hard_sigmoid

__all__ = ["keras1_hard_sigmoid"]

#: The function in converted code, and what Keras alone can say, each with the import it needs.
HARD_SIGMOID = ("keras_inits.migrate.keras1.keras1_hard_sigmoid", "keras_inits.migrate.keras1")
HARD_SIGMOID_ALONE = ("lambda x: keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)", "keras")


def hard_sigmoid(no_dependency):
    """What stands for the function in converted code, and the import that it needs."""
    return HARD_SIGMOID_ALONE if no_dependency else HARD_SIGMOID
