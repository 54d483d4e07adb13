"""Gains: the published ones, and the integral for every other activation."""

import itertools
import math

import keras
import numpy as np
import pytest
from scipy import integrate

import keras_inits as ki

PUBLISHED = {
    "relu": math.sqrt(2),
    "tanh": 5 / 3,
    "selu": 0.75,
    "sigmoid": 1.0,
    "linear": 1.0,
    None: 1.0,
}


@pytest.mark.parametrize(("activation", "expected"), PUBLISHED.items(), ids=str)
def test_published_gains(activation, expected):
    assert ki.gain(activation) == expected
    assert ki.gain(keras.activations.get(activation)) == expected


def test_leaky_relu_takes_its_slope():
    assert ki.gain("leaky_relu") == pytest.approx(math.sqrt(2 / (1 + 0.01**2)))
    assert ki.gain("leaky_relu", negative_slope=0.3) == pytest.approx(math.sqrt(2 / 1.09))


def reference(function, kinks=()):
    """1 / sqrt(E[f(z)**2]) by adaptive quadrature between the kinks."""
    edges = [-14, *kinks, 14]
    moments = [
        integrate.quad(lambda z: function(z) ** 2 * np.exp(-(z**2) / 2), *interval, epsabs=1e-12)[0]
        for interval in itertools.pairwise(edges)
    ]
    return 1 / math.sqrt(sum(moments) / math.sqrt(2 * math.pi))


NUMERIC = [
    ("relu6", lambda z: min(max(z, 0), 6), (0, 6)),
    ("elu", lambda z: z if z > 0 else math.expm1(z), (0,)),
    ("exponential", math.exp, ()),
    ("silu", lambda z: z / (1 + math.exp(-z)), ()),
    ("gelu", lambda z: z * (1 + math.erf(z / math.sqrt(2))) / 2, ()),
    ("softplus", lambda z: math.log1p(math.exp(z)), ()),
    ("hard_sigmoid", lambda z: min(max(z / 6 + 0.5, 0), 1), (-3, 3)),
    (lambda z: keras.ops.sign(z - 0.123456), lambda z: math.copysign(1, z - 0.123456), (0.123456,)),
    (lambda z: keras.ops.cast(z > 0.1, "float32"), lambda z: float(z > 0.1), (0.1,)),
    (lambda z: keras.ops.maximum(z - 1.7, 0), lambda z: max(z - 1.7, 0), (1.7,)),
]


@pytest.mark.parametrize(("activation", "function", "kinks"), NUMERIC, ids=str)
def test_other_gains_are_the_integral(activation, function, kinks):
    assert ki.gain(activation) == pytest.approx(reference(function, kinks), rel=1e-4)


#: glu and sparsemax came to Keras after 3.3.
MIXING = [
    name
    for name in ("softmax", "log_softmax", "glu", "sparsemax")
    if hasattr(keras.activations, name)
]


@pytest.mark.parametrize("activation", MIXING)
def test_activations_that_mix_their_inputs_are_refused(activation):
    with pytest.raises(ValueError, match="elementwise"):
        ki.gain(activation)


@pytest.mark.parametrize("activation", ["rellu", 3, object()], ids=str)
def test_what_is_no_activation_is_refused(activation):
    with pytest.raises(ValueError, match="gain needs the name"):
        ki.gain(activation)


@pytest.mark.parametrize(
    "activation", [lambda x, y: x, lambda x: None, keras.layers.PReLU()], ids=str
)
def test_what_does_not_map_a_tensor_to_a_tensor_is_refused(activation):
    with pytest.raises(ValueError, match=r"one tensor|elementwise"):
        ki.gain(activation)


def test_a_dead_and_an_exploding_activation_are_refused():
    for function in (lambda z: 0 * z, lambda z: keras.ops.exp(z * z)):
        with pytest.raises(ValueError, match="second moment"):
            ki.gain(function)


def test_a_slope_belongs_to_leaky_relu():
    with pytest.raises(ValueError, match="leaky_relu"):
        ki.gain("relu", negative_slope=0.1)


@pytest.mark.parametrize("gain", [math.nan, 0, -1.0, "softmax", None, True], ids=str)
def test_a_law_refuses_a_gain_that_is_none(gain):
    with pytest.raises(ValueError, match="gain"):
        ki.VarianceScaled(gain=gain)


def test_a_law_takes_the_name_of_an_activation():
    named, numbered = ki.VarianceScaled(gain="tanh"), ki.VarianceScaled(gain=5 / 3)
    assert named.variance((8, 8)) == numbered.variance((8, 8))
    assert named.get_config()["gain"] == "tanh"
