"""Every initializer inside Keras' layers, as a string and as an instance."""

import inspect

import keras
import numpy as np
import pytest
import tensorflow as tf
from cases import ALL, PLAIN
from keras import layers
from sampling_statistics import to_float64

import keras_inits as ki
from keras_inits.core.registry import find


def dense(initializer):
    layer = layers.Dense(24, kernel_initializer=initializer)
    layer.build((None, 24))
    return layer, [layer.kernel]


def conv2d(initializer):
    layer = layers.Conv2D(8, 3, kernel_initializer=initializer)
    layer.build((None, 9, 9, 4))
    return layer, [layer.kernel]


def bias(initializer):
    layer = layers.Dense(32, bias_initializer=initializer)
    layer.build((None, 24))
    return layer, [layer.bias]


def lstm(initializer):
    layer = layers.LSTM(
        8, kernel_initializer=initializer, recurrent_initializer=initializer,
        unit_forget_bias=False,
    )  # fmt: skip
    layer.build((None, 5, 8))
    return layer, [layer.cell.kernel, layer.cell.recurrent_kernel]


def embedding(initializer):
    layer = layers.Embedding(24, 24, embeddings_initializer=initializer)
    layer.build((None,))
    return layer, [layer.embeddings]


def bidirectional(initializer):
    layer = layers.Bidirectional(layers.GRU(8, kernel_initializer=initializer))
    layer.build((None, 5, 24))
    return layer, [layer.forward_layer.cell.kernel, layer.backward_layer.cell.kernel]


def attention(initializer):
    layer = layers.MultiHeadAttention(4, 6, kernel_initializer=initializer)
    layer.build((None, 5, 24), (None, 5, 24))
    dense_layers = (layer.query_dense, layer.key_dense, layer.value_dense, layer.output_dense)
    return layer, [part.kernel for part in dense_layers]


BUILDERS = (dense, conv2d, bias, lstm, embedding, bidirectional, attention)
SHAPES = {
    dense: [(24, 24)],
    conv2d: [(3, 3, 4, 8)],
    bias: [(32,)],
    lstm: [(8, 32)],
    embedding: [(24, 24)],
    bidirectional: [(24, 24)],
    attention: [(24, 4, 6), (4, 6, 24)],
}


#: Keras' EinsumDense tells VarianceScaling its axes from 3.15 on.
TELLS_AXES = "input_axes" in inspect.signature(keras.initializers.VarianceScaling).parameters
needs_axes = pytest.mark.skipif(not TELLS_AXES, reason="Keras tells the axes from 3.15 on")

#: What EinsumDense tells initializers that are scaled by fans.
PROJECTIONS = (
    {"input_axes": [0], "output_axes": [1, 2]},
    {"input_axes": [0, 1], "output_axes": [2]},
)


def takes(case, build):
    """Whether the initializer can make all weights of the layer."""
    scaled = TELLS_AXES and build is attention and "input_axes" in case.make().get_config()
    told = PROJECTIONS if scaled else ({}, {})
    try:
        for shape, axes in zip(SHAPES[build], told, strict=False):
            case.make(**axes).check_shape(shape)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
@pytest.mark.parametrize("case", ALL, ids=str)
def test_builds_in_the_layers_whose_weights_it_can_make(case, build):
    if not takes(case, build):
        with pytest.raises(ValueError, match=r"Keras1|" + find(case.name).__name__):
            build(case.make())
        return
    _, kernels = build(case.make())
    for kernel in kernels:
        assert np.isfinite(to_float64(kernel)).all()


REQUIRING = {"per_gate": "initializers", "tfp_distribution": "distribution"}


@pytest.mark.parametrize("case", PLAIN, ids=str)
def test_is_a_keras_string(case):
    if case.name in REQUIRING:
        with pytest.raises(TypeError, match=REQUIRING[case.name]):
            keras.initializers.get(case.name)
        with pytest.raises(ValueError, match=REQUIRING[case.name]):
            ki.get(case.name)
        return
    cls = find(case.name)
    assert type(keras.initializers.get(case.name)) is cls
    build = next(build for build in BUILDERS if takes(case, build))
    build(case.name)


@needs_axes
@pytest.mark.parametrize("name", ["caffe_msra", "keras1_glorot_uniform", "variance_scaled"])
def test_attention_counts_the_fans_of_the_projection(name):
    _, (query, _, _, output) = attention(ki.get(name, seed=7))
    cls = find(name)
    into_heads = cls(input_axes=[0], output_axes=[1, 2], seed=7)
    out_of_heads = cls(input_axes=[0, 1], output_axes=[2], seed=7)
    np.testing.assert_array_equal(query, into_heads((24, 4, 6)))
    np.testing.assert_array_equal(output, out_of_heads((4, 6, 24)))
    # 24 inputs and 24 outputs either way, where a convolution of that shape would have 96.
    assert into_heads.fans((24, 4, 6)) == out_of_heads.fans((4, 6, 24)) == (24, 24)


@needs_axes
def test_axes_give_way_to_those_of_einsum_dense():
    _, (query, *_) = attention(ki.CaffeMsra(axes="ioi", seed=1))
    expected = ki.CaffeMsra(input_axes=[0], output_axes=[1, 2], seed=1)
    np.testing.assert_array_equal(query, expected((24, 4, 6)))


def test_axes_in_letters_are_those_of_lists():
    letters = ki.CaffeMsra(axes="ioo", seed=1)
    lists = ki.CaffeMsra(input_axes=[0], output_axes=[1, 2], seed=1)
    np.testing.assert_array_equal(letters((24, 4, 6)), lists((24, 4, 6)))


class Attending(keras.Model):
    """A model that builds its attention inside of the graph of the first training step."""

    def __init__(self, initializer):
        super().__init__()
        self.attention = layers.MultiHeadAttention(4, 6, kernel_initializer=initializer)

    def call(self, inputs):
        return self.attention(inputs, inputs)


ATTENTIVE = [case for case in ALL if takes(case, attention)]


@pytest.mark.parametrize("case", ATTENTIVE, ids=str)
def test_attention_that_fit_builds_in_a_graph(case):
    model = Attending(case.make())
    model.compile("sgd", "mse")
    batch = np.ones((2, 3, 24), "float32")
    model.fit(batch, batch, verbose=0)
    assert np.isfinite(to_float64(model.attention.query_dense.kernel)).all()


def test_initializers_are_made_inside_of_graphs():
    def draw():
        laplace = ki.TfpDistribution("Laplace", {"loc": 0.0, "scale": 1.0}, seed=1)
        return laplace((3, 4)), ki.VarianceScaled(gain="gelu", seed=1).clone()((3, 4))

    for graph, eager in zip(tf.function(draw)(), draw(), strict=True):
        np.testing.assert_array_equal(graph, eager)


def test_unseeded_attention_and_bidirectional_do_not_repeat_their_kernels():
    for build in (attention, bidirectional):
        _, kernels = build("caffe_xavier")
        first, second = (to_float64(kernel) for kernel in kernels[:2])
        assert (first != second).any()


def test_an_lstm_bias_per_gate():
    gates = ki.PerGate(["zeros", "ones", "zeros", "zeros"])
    layer = layers.LSTM(5, bias_initializer=gates, unit_forget_bias=False)
    layer.build((None, 3, 2))
    np.testing.assert_array_equal(layer.cell.bias, [0.0] * 5 + [1.0] * 5 + [0.0] * 10)


def test_an_lstm_bias_per_gate_is_cut_twice_with_unit_forget_bias():
    # Keras asks for (8,) and for (16,), and puts ones between: documented, and not to be told.
    gates = ki.PerGate(["zeros", "ones", "zeros", "zeros"])
    layer = layers.LSTM(8, bias_initializer=gates)
    layer.build((None, 3, 2))
    first = [0, 0, 1, 1, 0, 0, 0, 0]
    np.testing.assert_array_equal(layer.cell.bias, first + [1] * 8 + [0] * 4 + [1] * 4 + [0] * 8)


def test_an_lstm_bias_per_gate_with_unit_forget_bias_says_what_to_do():
    gates = ki.PerGate(["zeros", "ones", "zeros", "zeros"])
    with pytest.raises(ValueError, match="unit_forget_bias=False"):
        layers.LSTM(5, bias_initializer=gates).build((None, 3, 2))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "mixed_bfloat16"])
def test_recurrent_layers_build_in_half_precision(dtype):
    layer = layers.LSTM(8, recurrent_initializer="haar_orthogonal", dtype=dtype)
    layer.build((None, 5, 8))
    rows = to_float64(layer.cell.recurrent_kernel)
    unit = 2**-8 if dtype == "bfloat16" else 2**-11 if dtype == "float16" else 2**-22
    # Rounding an entry q moves a row's squared length by at most 2 * unit * sum(q**2), twice.
    np.testing.assert_allclose(rows @ rows.T, np.eye(8), rtol=0, atol=4 * unit)
