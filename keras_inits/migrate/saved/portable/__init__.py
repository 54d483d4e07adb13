"""A converted model made of Keras' own layers and initializers, to open without keras_inits."""

from keras_inits.migrate.saved.portable.model import portable

__all__ = ["portable"]
