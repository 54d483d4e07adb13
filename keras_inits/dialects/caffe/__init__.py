"""Caffe: its seven fillers, and what a FillerParameter asks for."""

from keras_inits.dialects.caffe import fillers, parameter
from keras_inits.dialects.caffe.fillers import *
from keras_inits.dialects.caffe.parameter import *

__all__ = [*fillers.__all__, *parameter.__all__]
