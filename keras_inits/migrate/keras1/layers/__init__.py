"""Layers of Keras 1 that Keras 3 lacks, with Keras 3's argument names and Keras 1's start.

They can be saved as any other: importing keras_inits is enough to load a model with one. Their
weights have the shapes and the order that Keras 1 stored.
"""

from keras_inits.migrate.keras1.layers import (
    activations,
    dense,
    locally,
    masks,
    merging,
    normalization,
)
from keras_inits.migrate.keras1.layers.activations import *
from keras_inits.migrate.keras1.layers.dense import *
from keras_inits.migrate.keras1.layers.locally import *
from keras_inits.migrate.keras1.layers.masks import *
from keras_inits.migrate.keras1.layers.merging import *
from keras_inits.migrate.keras1.layers.normalization import *
from keras_inits.migrate.keras1.layers.pooling import PaddedPooling

__all__ = [
    *activations.__all__,
    *dense.__all__,
    *locally.__all__,
    *masks.__all__,
    *merging.__all__,
    *normalization.__all__,
    "PaddedPooling",
]
