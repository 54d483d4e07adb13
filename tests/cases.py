"""What the contract is tested on: every registered class, configured in every way that matters."""

from typing import NamedTuple

import keras_inits as ki
from keras_inits.core.registry import find

SHAPES = [(64, 48), (3, 3, 12, 16), (5, 16, 32), (2, 3, 3, 8, 16), (256,)]


class Case(NamedTuple):
    name: str
    arguments: dict
    shape: tuple

    def __str__(self):
        words = ",".join(f"{key}={value}" for key, value in self.arguments.items())
        return f"{self.name}({words})"

    def make(self, **more):
        return ki.get(self.name, **{**self.arguments, **more})


def first_shape(name, arguments):
    """The first of the usual shapes, or a square matrix, that the initializer takes."""
    for shape in [*SHAPES, (48, 48)]:
        try:
            return ki.get(name, **arguments).check_shape(shape)
        except ValueError:
            continue
    raise AssertionError(f"{name} takes none of {SHAPES}")


PLAIN = [
    Case(name, find(name).example_arguments, first_shape(name, find(name).example_arguments))
    for name in ki.names()
]

CONFIGURED = [
    Case("caffe_constant", {"value": -0.3}, (64, 48)),
    Case("caffe_gaussian", {"mean": 0.5, "std": 0.1, "sparse": 12}, (64, 48)),
    Case("caffe_gaussian", {"mean": 0.5, "std": 0.1}, (64, 48)),
    Case("caffe_msra", {"variance_norm": "average"}, (3, 3, 12, 16)),
    Case("caffe_positive_unitball", {"axes": "oi"}, (64, 48)),
    Case("caffe_uniform", {"min": -0.1, "max": 0.2}, (64, 48)),
    Case("caffe_xavier", {"variance_norm": "fan_out"}, (3, 3, 12, 16)),
    Case("caffe_xavier", {}, (256,)),
    Case("haar_orthogonal", {"gain": 2.0}, (5, 16, 32)),
    Case("haar_orthogonal", {"axes": "igo"}, (24, 4, 8)),
    Case("haar_orthogonal", {"axes": "goi"}, (2, 128, 200)),
    Case("haar_orthogonal", {}, (300, 160)),
    Case("haar_orthogonal", {"axes": "hwgo"}, (3, 3, 32, 2)),
    Case("keras1_glorot_uniform", {"layer": "Convolution1D"}, (5, 16, 32)),
    Case("keras1_he_normal", {"layer": "Convolution3D", "version": "1.0.3"}, (2, 3, 3, 8, 16)),
    Case("keras1_identity", {"scale": 0.5}, (48, 48)),
    Case("keras1_lecun_uniform", {"version": "0.1.0"}, (64, 48)),
    Case("keras1_orthogonal", {"layer": "Convolution2D"}, (3, 3, 12, 16)),
    Case("keras1_orthogonal", {"layer": "Convolution1D", "scale": 0.7}, (5, 16, 32)),
    Case("keras1_uniform", {"scale": 0.2}, (64, 48)),
    Case("nielsen_network3_weight", {"pool_size": (2, 2)}, (3, 3, 12, 16)),
    Case("per_gate", {"initializers": ["zeros", "ones", "zeros", "zeros"]}, (64,)),
    Case("per_gate", {"initializers": ["keras1_orthogonal", "he_normal"]}, (64, 48)),
    Case("scaled_identity", {"gain": 2.0}, (3, 4, 12, 16)),
    Case("tfp_distribution", {"distribution": "Gumbel", "parameters": {"loc": 0.5, "scale": 0.1}},
         (64, 48)),
    Case("tfp_distribution", {"distribution": "Laplace", "parameters": {"loc": 0, "scale": 3},
                              "scale": 2.0, "mode": "fan_avg"}, (64, 48)),
    Case("theano_pooled_conv_glorot", {"pool_size": (3,)}, (5, 16, 32)),
    Case("variance_scaled", {"distribution": "uniform", "gain": "tanh"}, (64, 48)),
    Case("variance_scaled", {"distribution": "normal", "mode": "fan_geo_avg"}, (64, 48)),
    Case("variance_scaled", {"scale": 3.0, "mode": "fan_out", "axes": "hwgo"}, (3, 3, 32, 2)),
]  # fmt: skip

ALL = PLAIN + CONFIGURED
