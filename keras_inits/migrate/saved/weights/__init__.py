"""The arrays of Keras 0.x and 1.x files as the arrays of Keras 3 layers."""

from keras_inits.migrate.saved.weights.assigning import assign
from keras_inits.migrate.saved.weights.conversions import converted
from keras_inits.migrate.saved.weights.names import KINDS, roles

__all__ = ["KINDS", "assign", "converted", "roles"]
