"""Configurations become Keras 3 models that mean the same, layer by layer."""

import itertools

import keras
import numpy as np
import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Circumstances, Stored
from keras_inits.migrate.saved.loading import converted


def layer(kind, name="one", **config):
    return {"class_name": kind, "config": {"name": name, **config}}


def built(*layers, backend=None, supplied=None, version="1.2.2", **given):
    """The model of a Sequential without weights, and the codes of its findings."""
    tree = {"class_name": "Sequential", "config": list(layers), "keras_version": version}
    known = Circumstances(None, given.get("dim_ordering"), backend, given.get("bugs", "keep"))
    model, findings = converted(Stored(tree, version), known, supplied or {})
    return model, {finding.code for finding in findings}


def convolution(ordering, kernel, shape, **config):
    words = {"nb_filter": 4, "nb_row": kernel[0], "nb_col": kernel[1], "init": "uniform"}
    words |= {"batch_input_shape": [None, *shape], "dim_ordering": ordering, **config}
    return layer("Convolution2D", **words)


def correlated(inputs, kernel, strides, front, behind):
    """A correlation of channels-last images, zeros in front and behind, in NumPy."""
    inputs = np.pad(inputs, [(0, 0), *zip(front, behind, strict=True), (0, 0)])
    rows, columns = kernel.shape[:2]
    sizes = [
        (size - taps) // step + 1
        for size, taps, step in zip(inputs.shape[1:3], (rows, columns), strides, strict=True)
    ]
    out = np.zeros((len(inputs), *sizes, kernel.shape[-1]))
    for i, j in itertools.product(*map(range, sizes)):
        top, left = i * strides[0], j * strides[1]
        patch = inputs[:, top : top + rows, left : left + columns]
        out[:, i, j] = np.einsum("bhwi,hwio->bo", patch, kernel)
    return out


@pytest.mark.parametrize("ordering", ["tf", "th"])
@pytest.mark.parametrize("kernel", [(2, 3), (3, 4)])
@pytest.mark.parametrize("strides", [(1, 1), (2, 3)])
def test_theanos_same_begins_half_a_kernel_in_front(ordering, kernel, strides):
    shape = (7, 8, 3) if ordering == "tf" else (3, 7, 8)
    words = {"border_mode": "same", "subsample": list(strides), "bias": False}
    model, _ = built(convolution(ordering, kernel, shape, **words), backend="theano")
    image = np.random.RandomState(1).rand(2, 7, 8, 3).astype("float32")
    front, behind = [k // 2 for k in kernel], [(k - 1) // 2 for k in kernel]
    wanted = correlated(image, model.get_layer("one").get_weights()[0], strides, front, behind)
    assert wanted.shape[1:3] == (-(-7 // strides[0]), -(-8 // strides[1]))
    given = image if ordering == "tf" else image.transpose(0, 3, 1, 2)
    found = model.predict(given, verbose=0)
    found = found if ordering == "tf" else found.transpose(0, 2, 3, 1)
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_an_architecture_alone_is_taken_for_tensorflows_and_told():
    model, codes = built(convolution("tf", (2, 2), (5, 5, 3), border_mode="same"))
    assert model.get_layer("one").padding == "same"
    assert "KF101" in codes
    assert "KF101" not in built(convolution("tf", (2, 2), (5, 5, 3), border_mode="valid"))[1]


@pytest.mark.parametrize("shape", [(3, 6, 5), (3, None, None)])
def test_a_bias_goes_to_its_own_channel_whatever_the_width(shape):
    model, _ = built(convolution("th", (2, 2), shape))
    model.get_layer("one").bias.assign([1.0, 2.0, 3.0, 4.0])
    found = model.predict(np.zeros((1, 3, 6, 5)), verbose=0)
    assert found.shape == (1, 4, 5, 4)
    assert found[0, :, 2, 3].tolist() == [1, 2, 3, 4]


def test_full_is_a_kernel_less_one_of_zeros_on_each_side():
    model, _ = built(convolution("tf", (3, 2), (5, 5, 3), border_mode="full"))
    assert model.output_shape == (None, 7, 6, 4)


RECURRENT = {"output_dim": 3, "init": "uniform", "inner_init": "uniform", "return_sequences": True}


@pytest.mark.parametrize("backwards", [True, False])
def test_a_bidirectional_reads_once_either_way(backwards):
    inner = layer("SimpleRNN", "inner", go_backwards=backwards, **RECURRENT)
    words = {"batch_input_shape": [None, 4, 2], "layer": inner, "merge_mode": "sum"}
    model, _ = built(layer("Bidirectional", **words))
    wrapper = model.get_layer("one")
    assert wrapper.forward_layer.go_backwards is backwards
    assert wrapper.backward_layer.go_backwards is not backwards


def test_a_dropout_of_text_drops_nothing_as_in_python_2():
    model, codes = built(layer("Dropout", p="0.5", batch_input_shape=[None, 3]))
    assert model.get_layer("one").rate == 0
    assert "KF112" in codes


def test_padding_without_an_ordering_is_refused_and_told():
    padding = layer("ZeroPadding2D", padding=[1, 2], batch_input_shape=[None, 4, 5, 3])
    with pytest.raises(MigrationError, match=r"one.*dim_ordering='th'"):
        built(padding)
    assert built(padding, dim_ordering="th")[0].output_shape == (None, 4, 7, 7)
    conv = convolution("th", (2, 2), (4, 5, 3), name="two")
    assert built(padding, conv)[0].layers[0].data_format == "channels_first"


def dense(name="one", **config):
    return layer("Dense", name, **{"output_dim": 4, "init": "he_normal", **config})


FIRST = {"batch_input_shape": [None, 6]}


def test_starts_are_those_of_the_release():
    model, _ = built(dense(init="he_normal", **FIRST))
    start = model.get_layer("one").kernel_initializer
    assert type(start).__name__ == "Keras1HeNormal"
    again = keras.models.clone_model(model).get_layer("one").kernel_initializer
    assert again.get_config() == start.get_config()


def test_an_ignored_inner_init_stays_ignored_unless_fixed():
    words = {**RECURRENT, "batch_input_shape": [None, 4, 2], "forget_bias_init": "one"}
    words |= {"init": "uniform", "inner_init": "identity"}
    kept, codes = built(layer("LSTM", **words))
    fixed, no_codes = built(layer("LSTM", **words), bugs="fix")
    matrices = [model.get_layer("one").get_weights()[1] for model in (kept, fixed)]
    np.testing.assert_array_equal(matrices[1], np.tile(np.eye(3), 4))
    assert np.abs(matrices[0]).max() <= 0.05
    assert "KF103" in codes - no_codes


def test_penalties_and_constraints_keep_their_meaning():
    words = {
        "W_regularizer": {"name": "WeightRegularizer", "l1": 0.25, "l2": 0.5},
        "W_constraint": {"name": "MaxNorm", "m": 3, "axis": [1, 2, 3]},
        "b_constraint": {"name": "NonNeg"},
    }
    model, _ = built(convolution("th", (2, 2), (3, 5, 9), **words))
    made = model.get_layer("one")
    assert (made.kernel_regularizer.l1, made.kernel_regularizer.l2) == (0.25, 0.5)
    assert made.kernel_constraint.max_value == 3
    assert sorted(made.kernel_constraint.axis) == [0, 1, 2]
    assert isinstance(made.bias_constraint, keras.constraints.NonNeg)


def test_an_initialization_of_the_authors_is_told_or_supplied():
    _, codes = built(dense(init="<lambda>", **FIRST))
    assert "KF102" in codes
    model, codes = built(dense(init="<lambda>", **FIRST), supplied={"<lambda>": "one"})
    assert "KF102" not in codes
    assert np.all(model.get_layer("one").get_weights()[0] == 1)


def test_layers_of_the_authors_are_refused_by_name_and_made_when_supplied():
    first, mine = dense(**FIRST), layer("Mine", "two", factor=3)
    with pytest.raises(MigrationError, match=r"two \(Mine\).*custom_objects"):
        built(first, mine)

    class Mine(keras.layers.Layer):
        def __init__(self, factor, **options):
            super().__init__(**options)
            self.factor = factor

        def call(self, inputs):
            return inputs * self.factor

    model, _ = built(first, mine, supplied={"Mine": Mine})
    assert model.get_layer("two").factor == 3


def test_arguments_that_no_keras_1_had_are_refused():
    with pytest.raises(MigrationError, match=r"one.*sharpness"):
        built(dense(sharpness=2, **FIRST))


def test_an_input_layer_may_begin_a_sequential():
    model, _ = built(layer("InputLayer", "in", **FIRST, input_dtype="float32"), dense())
    assert model.input_shape == (None, 6)


def masked_branch(name, **config):
    words = {"output_dim": 2, "input_dim": 5, "init": "one", "batch_input_shape": [None, 3]}
    inner = layer("Embedding", name, mask_zero=True, input_dtype="int32", **words)
    return {"class_name": "Sequential", "config": [inner]}


@pytest.mark.parametrize("mode", ["sum", "mul", "ave", "concat"])
def test_a_step_is_masked_where_any_branch_masks_it(mode):
    merge = layer("Merge", "m", mode=mode, layers=[masked_branch("a"), masked_branch("b")])
    model, _ = built(merge, layer("SimpleRNN", **{**RECURRENT, "activation": "linear"}))
    ids = [np.array([[1, 0, 2]]), np.array([[3, 4, 0]])]
    outputs = np.array(model(ids))
    # A masked step repeats what was before it.
    assert not np.allclose(outputs[0, 0], 0)
    np.testing.assert_array_equal(outputs[0, 1:], outputs[0, [0, 0]])


def test_a_branch_that_is_used_twice_has_one_input():
    branch = {"class_name": "Sequential", "config": [dense("d", **FIRST)]}
    merge = layer("Merge", "m", mode="sum", layers=[branch, branch])
    model, _ = built(merge)
    assert len(model.inputs) == 1
    found = model.predict(np.ones((1, 6)), verbose=0)
    (kernel, bias) = model.get_weights()
    np.testing.assert_allclose(found, 2 * (kernel.sum(0) + bias)[None], rtol=1e-5)


@pytest.mark.parametrize("mode", ["same", "valid"])
def test_theanos_states_of_images_convolved_with_an_even_kernel_are_refused(mode):
    words = {"nb_filter": 2, "nb_row": 2, "nb_col": 3, "border_mode": mode, "dim_ordering": "tf"}
    states = layer("ConvLSTM2D", batch_input_shape=[None, 3, 5, 6, 2], **words)
    with pytest.raises(MigrationError, match=r"one .*elsewhere on Theano"):
        built(states, backend="theano")
    assert built(states, backend="tensorflow")[0].count_params()


@pytest.mark.parametrize("rows", [2, 4])
def test_theanos_deconvolution_with_an_even_kernel_is_refused(rows):
    words = {"nb_filter": 2, "nb_row": rows, "nb_col": 3, "border_mode": "same"}
    words |= {"subsample": [2, 2], "output_shape": [None, 8, 10, 2], "dim_ordering": "tf"}
    turned = layer("Deconvolution2D", batch_input_shape=[None, 4, 5, 3], **words)
    with pytest.raises(MigrationError, match=r"one .*not the same on Theano"):
        built(turned, backend="theano")
    assert built(turned, backend="tensorflow")[0].output_shape == (None, 8, 10, 2)


@pytest.mark.parametrize(("version", "padding"), [("1.0.5", "same"), ("1.2.2", "valid")])
def test_same_in_three_dimensions_came_to_theano_late(version, padding):
    words = {"nb_filter": 2, "kernel_dim1": 2, "kernel_dim2": 3, "kernel_dim3": 2, "bias": False}
    words |= {"border_mode": "same", "dim_ordering": "tf", "init": "uniform"}
    cube = layer("Convolution3D", batch_input_shape=[None, 4, 5, 4, 2], **words)
    model, codes = built(cube, backend="theano", version=version)
    assert model.get_layer("one").padding == padding
    assert model.output_shape == (None, 4, 5, 4, 2)
    assert ("KF114" in codes) == (padding == "valid")
