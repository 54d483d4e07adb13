"""Keras 0.1.0 to 1.2.2: what its initializers meant, and what its layers really drew."""

from keras_inits.dialects.keras1 import matrices, plain, scaled
from keras_inits.dialects.keras1.activations import keras1_hard_sigmoid as keras1_hard_sigmoid
from keras_inits.dialects.keras1.matrices import *
from keras_inits.dialects.keras1.plain import *
from keras_inits.dialects.keras1.scaled import *

__all__ = [*matrices.__all__, *plain.__all__, *scaled.__all__]
