"""What is timed: the draw of a tensor, or the building of a model."""

import math
from typing import NamedTuple

import keras
import numpy as np

from benchmarks.laws import LAWS, check_law
from benchmarks.models import MODELS, NAMES, largest_kernel
from benchmarks.sides import MAKERS, WAITS


class Draw(NamedTuple):
    """A tensor of one law and shape, drawn by an initializer as a layer calls it."""

    law: str
    shape: tuple
    dtype: str = "float32"

    @property
    def size(self):
        return math.prod(self.shape)

    def prepare(self, side, seed):
        """The draw, still to be called; its initializer is made, as by a layer's constructor."""
        return MAKERS[side](LAWS[self.law], self.shape, self.dtype, seed)

    def make(self, side, seed):
        """The call to time: the draw, and waiting for it."""
        draw, wait = self.prepare(side, seed), WAITS[side]

        def call():
            tensor = draw()
            wait(tensor)
            return tensor

        return call

    def check(self, side, tensor):
        check_law(LAWS[self.law], side, np.asarray(tensor).astype("float32", copy=False))

    def capped(self, limit):
        return self._replace(shape=tuple(min(size, limit) for size in self.shape))


class Build(NamedTuple):
    """A whole model, from a configuration or from layers, with initializers given by name."""

    law: str
    model: str

    def make(self, side, seed):
        """The call to time. The names draw their seeds from Python's random numbers."""
        keras.utils.set_random_seed(seed)
        return MODELS[self.model](*NAMES[self.law][side])

    def check(self, side, model):
        check_law(LAWS[self.law], side, largest_kernel(model))

    def capped(self, limit):
        del limit
        return self._replace(model="one block")
