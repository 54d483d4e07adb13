"""Legacy model files to Keras 3: JSON, YAML and HDF5 of Keras 0.1.3 to 1.2.2, weights included."""

from keras_inits.migrate import errors
from keras_inits.migrate.errors import *
from keras_inits.migrate.saved import given_model, loading
from keras_inits.migrate.saved.given_model import *
from keras_inits.migrate.saved.loading import *

__all__ = [*errors.__all__, *given_model.__all__, *loading.__all__]
