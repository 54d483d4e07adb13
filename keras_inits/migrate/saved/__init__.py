"""Legacy model files to Keras 3: JSON, YAML and HDF5 of Keras 0.1.3 to 1.2.2, weights included."""

from keras_inits.migrate.errors import *
from keras_inits.migrate.errors import __all__ as _errors
from keras_inits.migrate.saved.loading import *
from keras_inits.migrate.saved.loading import __all__ as _loading

__all__ = [*_errors, *_loading]
