"""Layers of Keras 1 against NumPy, entry by entry, and against predictions of the real Keras 1."""

import json
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from keras_inits.migrate.keras1 import layers
from keras_inits.migrate.keras1.layers.pooling import border_kept, same_of_theano

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


def test_thresholded_linear_keeps_large_entries():
    x = np.array([[-3.0, -0.5, -0.49, 0.0, 0.5, 0.7]], "float32")
    expected = np.array([[-3.0, -0.5, 0.0, 0.0, 0.5, 0.7]], "float32")
    agrees(layers.ThresholdedLinear(0.5), x, expected)


@pytest.mark.parametrize("axis", [1, -1])
def test_local_response_normalization(axis):
    x = normal(2, 4, 3, 6)
    moved = np.moveaxis(x, axis, 0)
    channels = range(len(moved))
    around = [[c for c in channels if abs(c - channel) <= 1] for channel in channels]
    scale = [(2 + 0.3 * sum(moved[c] ** 2 for c in near)) ** 0.75 for near in around]
    expected = np.moveaxis(moved / np.array(scale), 0, axis)
    agrees(layers.LRN2D(alpha=0.3, n=3, axis=axis), x, expected)


@pytest.mark.parametrize(("mode", "whole"), [("sum", np.sum), ("ave", np.mean), ("mul", np.prod)])
def test_steps_are_merged(mode, whole):
    x = normal(2, 4, 3)
    agrees(layers.TimeDistributedMerge(mode), x, whole(x, axis=1))


def cosines(a, b, epsilon):
    """Keras 1's quotient of products of matrices, one sample at a time."""
    pairs = zip(a, b, strict=True)
    products = [(x @ y.T, np.sqrt(np.maximum((x @ x.T) * (y @ y.T), epsilon**2))) for x, y in pairs]
    return np.array([[dot / scale] for dot, scale in products])


def test_vectors_merge_by_their_cosine():
    a, b = normal(5, 3), normal(5, 3)
    a[0] = 0
    expected = cosines(a[:, None], b[:, None], 1e-7)[:, 0]
    layer = layers.CosineMerge()
    np.testing.assert_allclose(layer([a, b]), expected, rtol=1e-5, atol=1e-6)
    assert layer.compute_output_shape([a.shape, b.shape]) == (5, 1, 1)


def test_matrices_merge_by_what_keras_1_took_for_it():
    a, b = normal(5, 2, 3), normal(5, 2, 3)
    expected = cosines(a, b, 2.0)
    layer = layers.CosineMerge(axes=(2, 2), epsilon=2.0)
    np.testing.assert_allclose(layer([a, b]), expected, rtol=1e-5, atol=1e-6)
    assert layer.compute_output_shape([a.shape, b.shape]) == expected.shape


def theano_pool(x, size, stride, pad, mode):
    """Theano's pool_2d of ignore_border=True along the last axis, cut as Keras 1 did."""
    length = x.shape[-1]
    starts = range(-pad, length + pad - size + 1, stride)
    windows = [x[..., max(start, 0) : max(start + size, 0)] for start in starts]
    windows = windows[: (length + stride - 1) // stride]
    return np.stack([getattr(window, mode)(-1) for window in windows], -1)


#: Keras 1.2.2's own numbers: keras/backend/theano_backend.py, pool2d.
THEANO_PADS = {1: 0, 2: 1, 3: 1, 4: 3, 5: 3}


@pytest.mark.parametrize("size", THEANO_PADS)
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("mode", ["max", "mean"])
def test_pooling_same_as_theano(size, stride, mode):
    x = normal(2, 4, 7, 9)
    rows = theano_pool(x.swapaxes(2, 3), size, stride, THEANO_PADS[size], mode).swapaxes(2, 3)
    layer = layers.PaddedPooling(
        (size, 1),
        (stride, 1),
        padding=same_of_theano((size, 1)),
        mode={"mean": "average"}.get(mode, mode),
        data_format="channels_first",
    )
    agrees(layer, x, rows)


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("length", [6, 7, 8, 9])
def test_pooling_that_keeps_the_border(size, stride, length):
    x = normal(2, length, 4)
    # Theano's formula, which leaves out a window that begins beyond the last full one's steps.
    last = (length - 1) // stride if stride >= size else max(0, (length - 1 - size) // stride + 1)
    windows = [x[:, start * stride : start * stride + size] for start in range(last + 1)]
    expected = np.stack([window.max(1) for window in windows], 1)
    layer = layers.PaddedPooling(
        (size,), (stride,), border_kept((size,), (stride,)), data_format="channels_last"
    )
    agrees(layer, x, expected)


def test_pooling_along_two_axes_at_once():
    x = normal(2, 7, 9, 3)
    padding = same_of_theano((2, 3))
    both = layers.PaddedPooling((2, 3), (2, 1), padding, data_format="channels_last")
    one = layers.PaddedPooling((2, 1), padding=same_of_theano((2, 1)), data_format="channels_last")
    then = layers.PaddedPooling((1, 3), (1, 1), ((0, 0), padding[1]), data_format="channels_last")
    one.strides = (2, 1)
    agrees(both, x, keras.ops.convert_to_numpy(then(one(x))))


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
