"""Layers of Keras 1 against NumPy, entry by entry, and against predictions of the real Keras 1."""

import json
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from keras_inits.migrate.keras1 import layers

MODELS = Path(__file__).parents[2] / "saved" / "data"
RNG = np.random.default_rng(2016)


def normal(*shape):
    return RNG.normal(size=shape).astype("float32")


def built(layer, shape):
    """The layer with random weights, and those weights."""
    layer.build(shape)
    weights = [normal(*weight.shape) for weight in layer.weights]
    layer.set_weights(weights)
    return layer, weights


def agrees(layer, x, expected):
    given = keras.ops.convert_to_numpy(layer(x))
    np.testing.assert_allclose(given, expected, rtol=1e-5, atol=1e-5)
    assert layer.compute_output_shape(x.shape) == expected.shape


def test_maxout_takes_the_largest_feature():
    layer, (kernel, bias) = built(layers.MaxoutDense(3, features=5), (None, 4))
    x = normal(6, 4)
    by_feature = [x @ kernel[f] + bias[f] for f in range(5)]
    agrees(layer, x, np.max(by_feature, axis=0))


def test_maxout_without_bias():
    layer, (kernel,) = built(layers.MaxoutDense(3, use_bias=False), (None, 4))
    x = normal(6, 4)
    agrees(layer, x, np.max([x @ kernel[f] for f in range(4)], axis=0))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def test_highway_mixes_the_input_and_its_transformation():
    layer, (kernel, carry, bias, carry_bias) = built(layers.Highway("tanh"), (None, 4))
    x = normal(6, 4)
    gate = sigmoid(x @ carry + carry_bias)
    agrees(layer, x, gate * np.tanh(x @ kernel + bias) + (1 - gate) * x)


def test_highway_without_bias():
    layer, (kernel, carry) = built(layers.Highway(use_bias=False), (None, 4))
    x = normal(6, 4)
    gate = sigmoid(x @ carry)
    agrees(layer, x, gate * (x @ kernel) + (1 - gate) * x)


def srelu(x, t_left, a_left, t_right, a_right):
    knee = t_left + abs(t_right)
    if x <= t_left:
        return t_left + a_left * (x - t_left)
    return x if x < knee else knee + a_right * (x - knee)


def test_srelu_has_three_pieces():
    layer, weights = built(layers.SReLU(), (None, 3, 2))
    x = 2 * normal(40, 3, 2)
    entries = [np.broadcast_to(weight, x.shape).ravel() for weight in weights]
    expected = [srelu(*found) for found in zip(x.ravel(), *entries, strict=True)]
    agrees(layer, x, np.reshape(expected, x.shape))


def test_srelu_of_theano_cuts_a_rising_left_piece_off():
    settings = {"t_left_initializer": "zeros", "t_right_initializer": "ones"}
    slope = keras.initializers.Constant(-2.0)
    x = np.array([[-3.0, -0.4, 0.5, 4.0]], "float32")
    for backend, expected in {
        "tensorflow": [6.0, 0.8, 0.5, 4.0],
        "theano": [1.0, 0.8, 0.5, 4.0],
    }.items():
        layer = layers.SReLU(a_left_initializer=slope, backend=backend, **settings)
        agrees(layer, x, np.array([expected], "float32"))


def test_parametric_softplus():
    layer, (alpha, beta) = built(layers.ParametricSoftplus(), (None, 5))
    x = normal(6, 5)
    agrees(layer, x, alpha * np.log1p(np.exp(beta * x)))


@pytest.mark.parametrize("kind", [layers.SReLU, layers.ParametricSoftplus])
def test_shared_axes_share_a_weight(kind):
    layer = kind(shared_axes=[1, 2])
    layer.build((None, None, None, 3))
    assert {tuple(weight.shape) for weight in layer.weights} == {(1, 1, 3)}
    with pytest.raises(ValueError, match="shared_axes"):
        kind(shared_axes=1).build((None, None, None, 3))


def connected(x, kernel, bias, kernel_size, strides, channels_first):
    """A locally connected layer of any rank, patch by patch."""
    spatial = x.shape[2:] if channels_first else x.shape[1:-1]
    sizes = zip(spatial, kernel_size, strides, strict=True)
    positions = [(size - k) // step + 1 for size, k, step in sizes]
    filters = kernel.shape[-1]
    outputs = np.zeros((len(x), *positions, filters))
    for place, position in enumerate(np.ndindex(*positions)):
        starts = [p * step for p, step in zip(position, strides, strict=True)]
        window = [slice(s, s + k) for s, k in zip(starts, kernel_size, strict=True)]
        before = (slice(None), slice(None)) if channels_first else (slice(None),)
        patch = x[(*before, *window)]
        outputs[(slice(None), *position)] = patch.reshape(len(x), -1) @ kernel[place]
    if channels_first:
        return np.moveaxis(outputs, -1, 1) + bias.reshape(filters, *positions)
    return outputs + bias


@pytest.mark.parametrize(("kernel_size", "strides"), [(3, 1), (2, 3)])
def test_locally_connected_1d(kernel_size, strides):
    layer, weights = built(layers.LocallyConnected1D(5, kernel_size, strides), (None, 9, 4))
    x = normal(3, 9, 4)
    agrees(layer, x, connected(x, *weights, (kernel_size,), (strides,), False))


@pytest.mark.parametrize("data_format", ["channels_first", "channels_last"])
@pytest.mark.parametrize(("kernel_size", "strides"), [((3, 2), (1, 1)), ((2, 3), (3, 2))])
def test_locally_connected_2d(data_format, kernel_size, strides):
    shape = (4, 7, 8)
    layer, weights = built(
        layers.LocallyConnected2D(5, kernel_size, strides, data_format=data_format), (None, *shape)
    )
    x = normal(3, *shape)
    channels_first = data_format == "channels_first"
    agrees(layer, x, connected(x, *weights, kernel_size, strides, channels_first))


def test_locally_connected_without_bias():
    layer, (kernel,) = built(layers.LocallyConnected1D(5, 3, use_bias=False), (None, 9, 4))
    x = normal(3, 9, 4)
    agrees(layer, x, connected(x, kernel, 0.0, (3,), (1,), False))


def test_locally_connected_activates():
    layer, weights = built(layers.LocallyConnected1D(5, 3, activation="relu"), (None, 9, 4))
    x = normal(3, 9, 4)
    agrees(layer, x, np.maximum(connected(x, *weights, (3,), (1,), False), 0))


@pytest.mark.parametrize(
    ("version", "inside", "outside"), [("1.2.2", 0.1, 0.1), ("1.0.6", 0.1, 0.1), ("1.0.5", 0, 0.1)]
)
def test_mode_1_normalizes_each_sample(version, inside, outside):
    layer = layers.BatchNormalizationMode1(epsilon=0.1, version=version)
    layer, (gamma, beta) = built(layer, (None, 3, 5))
    x = normal(6, 3, 5)
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    agrees(layer, x, gamma * (x - mean) / (np.sqrt(variance + inside) + outside) + beta)


@pytest.mark.parametrize(("version", "outside"), [("1.2.2", 0.0), ("1.0.6", 0.0), ("1.0.5", 0.1)])
def test_mode_2_normalizes_each_feature(version, outside):
    layer = layers.BatchNormalizationMode2(axis=1, epsilon=0.1, version=version)
    layer, (gamma, beta) = built(layer, (None, 3, 5))
    x = normal(6, 3, 5)
    mean = x.mean((0, 2), keepdims=True)
    deviation = np.sqrt(x.var((0, 2), keepdims=True) + 0.1) + outside
    agrees(layer, x, gamma[:, None] * (x - mean) / deviation + beta[:, None])


def highway_maxout():
    yield layers.MaxoutDense(6, features=3)
    yield layers.Highway("relu")
    yield layers.MaxoutDense(6, features=2, use_bias=False)
    yield layers.Highway("tanh", use_bias=False)
    yield keras.layers.Dense(3)


def srelu_psoftplus():
    yield keras.layers.Dense(7)
    yield layers.SReLU()
    yield keras.layers.Dense(6)
    yield layers.ParametricSoftplus()
    yield keras.layers.Dense(6)
    yield layers.SReLU()
    yield keras.layers.Dense(3)


def locally():
    yield layers.LocallyConnected1D(4, 3, activation="relu")
    yield keras.layers.Reshape((5, 4, 1))
    yield layers.LocallyConnected2D(2, (2, 2), data_format="channels_last")
    yield keras.layers.Flatten()
    yield keras.layers.Dense(2)


def bn_mode1():
    yield keras.layers.Dense(6)
    yield layers.BatchNormalizationMode1()
    yield keras.layers.Dense(3)


def stored(name):
    with h5py.File(MODELS / f"{name}_weights.h5") as file:
        for group in file.attrs["layer_names"]:
            yield [file[group][weight][()] for weight in file[group].attrs["weight_names"]]


@pytest.mark.parametrize(
    "make", [highway_maxout, srelu_psoftplus, locally, bn_mode1], ids=lambda make: make.__name__
)
def test_models_of_the_real_keras_predict_what_it_predicted(make):
    data = np.load(MODELS / f"{make.__name__}.npz")
    model = keras.Sequential([keras.Input(data["x"].shape[1:]), *make()])
    for layer, arrays in zip(model.layers, stored(make.__name__), strict=True):
        layer.set_weights(arrays[: len(layer.weights)])
    np.testing.assert_allclose(model.predict(data["x"], verbose=0), data["y"], atol=1e-6)


def test_the_models_are_of_the_layers_they_are_tested_with():
    for make in (highway_maxout, srelu_psoftplus, locally, bn_mode1):
        config = json.loads((MODELS / f"{make.__name__}.json").read_text())["config"]
        assert len(config) == len(list(make()))
