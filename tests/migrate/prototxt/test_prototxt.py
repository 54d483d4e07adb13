"""Caffe network descriptions: each layer starts as Caffe starts it."""

import keras
import numpy as np
import pytest

import keras_inits as ki
from keras_inits.migrate.prototxt import MigrationError, initializers, layers

LENET = """
name: "LeNet"  # a comment
layer { name: "mnist" type: "Data" top: "data" data_param { source: "x" backend: LMDB } }
layer {
  name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
  param { lr_mult: 1 } param { lr_mult: 2 }
  convolution_param {
    num_output: 20 kernel_size: 5 stride: 1
    weight_filler { type: "xavier" } bias_filler { type: "constant" value: 0.1 }
  }
}
layer {
  name: "ip1" type: "InnerProduct" bottom: "conv1" top: "ip1"
  inner_product_param { num_output: 500 weight_filler { type: "gaussian" std: 0.01 sparse: 15 } }
}
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "ip1" }
"""

V1 = """
layers {
  layer { name: "oldest" type: "conv" num_output: 96 kernelsize: 11 group: 2
    weight_filler { type: "gaussian" std: 0.01 } biasterm: false }
  bottom: "data" top: "oldest"
}
layers { name: "conv2" type: CONVOLUTION bottom: "oldest" top: "conv2" blobs_lr: 1 blobs_lr: 2
  convolution_param { num_output: 256 group: 2 kernel_size: 5
    weight_filler { type: "msra" variance_norm: AVERAGE } } }
layers { name: "fork" type: SOMEBODYS_OWN some_param { x: [1, 2] y: "z" } }
layers { name: "up" type: DECONVOLUTION convolution_param { num_output: 21
  weight_filler { type: "bilinear" } bias_term: false } }
layers { name: "fc" type: INNER_PRODUCT inner_product_param { num_output: 10
  weight_filler { type: "uniform" min: -0.1 max: 0.1 } } }
"""


def one(layer):
    (found,) = layers(layer)
    return found


def same(one, other):
    return type(one) is type(other) and one.get_config() == other.get_config()


def test_only_layers_with_weights_are_listed_in_the_order_of_the_network():
    assert [layer.name for layer in layers(LENET)] == ["conv1", "ip1"]


def test_fillers_become_initializers():
    found = initializers(LENET)
    assert same(found["conv1"].kernel, ki.CaffeXavier())
    assert same(found["conv1"].bias, ki.CaffeConstant(0.1))
    assert same(found["ip1"].kernel, ki.CaffeGaussian(std=0.01, sparse=15))


def test_a_weight_without_a_filler_is_caffes_constant_zero():
    assert same(initializers(LENET)["ip1"].bias, ki.CaffeConstant(0.0))


def test_the_older_formats_are_read_and_unknown_layers_passed_over():
    found = initializers(V1)
    assert sorted(found) == ["conv2", "fc", "oldest", "up"]
    assert same(found["oldest"].kernel, ki.CaffeGaussian(std=0.01))
    assert found["oldest"].bias is None
    assert same(found["conv2"].kernel, ki.CaffeMsra(variance_norm="average"))
    assert same(found["up"].kernel, ki.CaffeBilinear())
    assert found["up"].bias is None
    assert same(found["fc"].kernel, ki.CaffeUniform(-0.1, 0.1))


def filled(kind, parameter, words, filler):
    fields = f"{words} weight_filler {{ {filler} }}"
    return f'layer {{ name: "a" type: "{kind}" {parameter} {{ {fields} }} }}'


# The variance of U(-sqrt(3 / n), sqrt(3 / n)) is 1 / n; blobs as Caffe shapes them, axis 0 for
# fan_in, axis 1 for fan_out.
BLOBS = {
    "InnerProduct": ("inner_product_param", "num_output: 7", (7, 5), (5, 7)),
    "InnerProduct, transposed": (
        "inner_product_param",
        "num_output: 7 transpose: true",
        (5, 7),
        (5, 7),
    ),
    "Embed": ("embed_param", "num_output: 7 input_dim: 5", (5, 7), (5, 7)),
    "Convolution": ("convolution_param", "num_output: 8", (8, 6, 3, 2), (3, 2, 6, 8)),
    "Convolution, groups": (
        "convolution_param",
        "num_output: 8 group: 2",
        (8, 3, 3, 2),
        (3, 2, 3, 8),
    ),
    "Convolution, volumes": (
        "convolution_param",
        "num_output: 8",
        (8, 6, 3, 2, 5),
        (3, 2, 5, 6, 8),
    ),
    "Deconvolution": ("convolution_param", "num_output: 8", (6, 8, 3, 2), (3, 2, 8, 6)),
    "LSTM": ("recurrent_param", "num_output: 7", (28, 5), (5, 28)),
}


@pytest.mark.parametrize("norm", ["FAN_IN", "FAN_OUT"])
@pytest.mark.parametrize("label", BLOBS)
def test_fans_are_those_of_caffes_blob_on_the_kernel_of_keras(label, norm):
    parameter, words, blob, kernel = BLOBS[label]
    kind = label.partition(",")[0]
    found = one(filled(kind, parameter, words, f'type: "xavier" variance_norm: {norm}'))
    fan = np.prod(blob) / blob[("FAN_IN", "FAN_OUT").index(norm)]
    assert found.start.kernel.variance(kernel) == pytest.approx(1 / fan, rel=1e-12)


def test_slopes_and_scales_have_fillers_of_their_own():
    assert same(one('layer { name: "a" type: "PReLU" }').start.kernel, ki.CaffeConstant(0.25))
    scale = one('layer { name: "a" type: "Scale" bottom: "x" scale_param { bias_term: true } }')
    assert same(scale.start.kernel, ki.CaffeConstant(1.0))
    assert same(scale.start.bias, ki.CaffeConstant(0.0))
    plain = one('layer { name: "a" type: "Scale" scale_param { filler { value: 2 } } }')
    assert same(plain.start.kernel, ki.CaffeConstant(2.0))
    assert plain.start.bias is None
    bias = one('layer { name: "a" type: "Bias" bias_param { filler { type: "uniform" } } }')
    assert bias.start.kernel is None
    assert same(bias.start.bias, ki.CaffeUniform())


def test_a_scale_of_two_inputs_learns_nothing():
    assert not layers('layer { name: "a" type: "Scale" bottom: "x" bottom: "y" }')


def test_groups_are_told():
    assert "groups=2" in layers(V1)[0].note
    assert not layers(V1)[-1].note


def test_a_path_is_read(tmp_path):
    path = tmp_path / "lenet.prototxt"
    path.write_text(LENET)
    assert sorted(initializers(path)) == sorted(initializers(str(path))) == ["conv1", "ip1"]


def test_keras_layers_take_what_is_found():
    start = initializers(LENET)["ip1"]
    layer = keras.layers.Dense(500, kernel_initializer=start.kernel, bias_initializer=start.bias)
    layer.build((None, 800))
    kept = np.mean(np.asarray(layer.kernel) != 0)
    p = 15 / 500
    assert abs(kept - p) <= 5 * np.sqrt(p * (1 - p) / 400_000)


def test_the_package_has_the_room_without_importing_it():
    assert ki.migrate.prototxt.initializers is initializers


WRONG = {
    "layer { name: }": "prototxt",
    "solver { }": "no layers",
    'layer { name: "a" name: "b" }': "name",
    filled("InnerProduct", "inner_product_param", "", 'type: "cavier"'): "'a'",
    filled("InnerProduct", "inner_product_param", "", 'type: "xavier" sparse: 3'): "sparse",
    filled("InnerProduct", "inner_product_param", "", 'type: "gaussian" std: nan'): "std",
    "layer { x " + "{ a" * 5000: "prototxt",
}


@pytest.mark.parametrize("text", WRONG, ids=WRONG.values())
def test_what_cannot_be_read_is_one_error_with_its_place(text):
    with pytest.raises(MigrationError, match=WRONG[text]):
        initializers(text)


WORDS = ('type: "xavier"', 'type: "msra"')


def test_two_layers_of_one_name_must_start_alike():
    one, other = (filled("InnerProduct", "inner_product_param", "", word) for word in WORDS)
    assert same(initializers(one + one)["a"].kernel, ki.CaffeXavier())
    with pytest.raises(MigrationError, match="'a'"):
        initializers(one + other)
    assert [type(layer.start.kernel) for layer in layers(one + other)] == [
        ki.CaffeXavier,
        ki.CaffeMsra,
    ]


def test_a_missing_file_and_other_things_are_refused(tmp_path):
    with pytest.raises(MigrationError, match=r"missing\.prototxt"):
        initializers(tmp_path / "missing.prototxt")
    with pytest.raises(MigrationError, match="path or a text"):
        initializers(5)
    (tmp_path / "binary").write_bytes(b"\xff\xfe{")
    with pytest.raises(MigrationError, match="binary"):
        initializers(tmp_path / "binary")
