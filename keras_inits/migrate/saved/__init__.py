"""Legacy model files to Keras 3: JSON, YAML and HDF5 of Keras 0.1.3 to 1.2.2, weights included."""

from keras_inits.migrate.errors import *
from keras_inits.migrate.errors import __all__ as __all__
