"""Caffe's network descriptions: how each layer of a prototxt file starts, as initializers."""

from keras_inits.migrate.errors import *
from keras_inits.migrate.errors import __all__ as _errors
from keras_inits.migrate.prototxt.network import *
from keras_inits.migrate.prototxt.network import __all__ as _network

__all__ = [*_errors, *_network]
