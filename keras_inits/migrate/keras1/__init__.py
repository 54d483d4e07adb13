"""Keras 0.1.0 to 1.2.2 as data: its layers' arguments, their Keras 3 names, and how they start.

Importing it makes the functions of Keras 1 that Keras 3 lacks known to saved models.
"""

from keras_inits.migrate.keras1.activations import *
from keras_inits.migrate.keras1.activations import __all__ as __all__
