"""Old weights in Keras 3 models that were written by hand, as a user would."""

import re
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from keras_inits.migrate.keras1.activations import keras1_hard_sigmoid
from keras_inits.migrate.saved import MigrationError, load_weights, stored

DATA = Path(__file__).parent / "data"
GATES = {"recurrent_activation": keras1_hard_sigmoid}


def lstm():
    return keras.Sequential(
        [
            layers.Input((9, 5)),
            layers.LSTM(7, return_sequences=True, **GATES),
            layers.LSTM(6, **GATES),
            layers.Dense(3),
        ]
    )


def gru(**options):
    options = {"reset_after": False, **GATES, **options}
    return keras.Sequential(
        [
            layers.Input((9, 5)),
            layers.GRU(7, return_sequences=True, **options),
            layers.GRU(6, return_sequences=True, **options),
            layers.GRU(5, **{**options, "activation": "relu", "recurrent_activation": "sigmoid"}),
            layers.Dense(3),
        ]
    )


def text():
    return keras.Sequential(
        [
            layers.Input((12,), dtype="int32"),
            layers.Embedding(30, 8),
            layers.Conv1D(8, 3, padding="same", activation="relu"),
            layers.MaxPooling1D(2),
            layers.Conv1D(6, 2, activation="tanh"),
            layers.GlobalMaxPooling1D(),
            layers.Dense(3, activation="softmax"),
        ]
    )


def theano():
    return keras.Sequential(
        [
            layers.Input((9, 4)),
            layers.Conv1D(5, 3, padding="same", activation="relu"),
            layers.Conv1D(5, 2),
            layers.LSTM(4, **GATES),
            layers.Dense(3),
        ]
    )


def deconvolutions():
    return keras.Sequential(
        [
            layers.Input((5, 6, 3)),
            layers.Conv2DTranspose(5, (3, 2), strides=2, activation="relu"),
            layers.Conv2DTranspose(5, 3, padding="same"),
            layers.Conv2DTranspose(2, 3, strides=2, padding="same", activation="tanh"),
        ]
    )


def normalized(epsilon=1e-6):
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(8, activation="relu"),
            layers.BatchNormalization(epsilon=epsilon),
            layers.Dense(7),
            layers.Activation(keras1_hard_sigmoid),
            layers.Dense(3, activation="softmax"),
        ]
    )


def images(data_format="channels_first"):
    shape = (3, 12, 11) if data_format == "channels_first" else (12, 11, 3)
    axis = 1 if data_format == "channels_first" else -1
    keras.config.set_image_data_format(data_format)
    try:
        return keras.Sequential(
            [
                layers.Input(shape),
                layers.Conv2D(6, (3, 5), padding="same", activation="relu"),
                layers.BatchNormalization(axis=axis),
                layers.MaxPooling2D(2),
                layers.Conv2D(3, 3, padding="same"),
                layers.LeakyReLU(negative_slope=0.1),
                layers.Conv2D(3, 3, activation="tanh"),
                layers.Flatten(data_format="channels_last"),
                layers.Dense(5, activation="sigmoid"),
            ]
        )
    finally:
        keras.config.set_image_data_format("channels_last")


CASES = [
    ("lstm", lstm, {}),
    ("gru", gru, {}),
    ("conv1d_text", text, {}),
    ("deconv_tf", deconvolutions, {}),
    ("theano_conv1d", theano, {"backend": "theano"}),
    ("k033_mlp", normalized, {}),
    ("k100_mlp", normalized, {"from_keras": "1.0.0"}),
    ("cnn_th", images, {"from_keras": "1.2.2"}),
]


@pytest.mark.parametrize(("name", "build", "options"), CASES)
def test_predictions_are_those_of_the_old_model(name, build, options):
    model, recorded = build(), np.load(DATA / f"{name}.npz")
    load_weights(model, DATA / f"{name}_weights.h5", **options)
    np.testing.assert_allclose(model.predict(recorded["x"], verbose=0), recorded["y"], atol=1e-5)


UNDECIDED = [
    ("theano_conv1d", theano, {}, "backend"),
    ("k100_mlp", normalized, {}, "from_keras"),
    ("cnn_th", images, {}, "from_keras"),
]


@pytest.mark.parametrize(("name", "build", "options", "argument"), UNDECIDED)
def test_what_the_file_does_not_say_is_asked_for(name, build, options, argument):
    model = build()
    before = model.get_weights()
    with pytest.raises(MigrationError, match=f"Give {argument}"):
        load_weights(model, DATA / f"{name}_weights.h5", **options)
    assert all(map(np.array_equal, model.get_weights(), before))


def file_of(path, **arrays):
    """A file as save_weights of Keras 1 wrote it, of one layer."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [b"layer"]
        group = file.create_group("layer")
        group.attrs["weight_names"] = [name.encode() for name in arrays]
        for name, array in arrays.items():
            group[name] = array.astype("float32")
    return path


def one(layer, *shape):
    return keras.Sequential([layers.Input(shape), layer])


@pytest.mark.parametrize(
    "layer", [layers.Conv2D(3, 3, use_bias=False), layers.Conv2DTranspose(3, 3, use_bias=False)]
)
def test_a_kernel_that_fits_both_ways_is_refused(layer, tmp_path):
    path = file_of(tmp_path / "w.h5", **{"layer_W:0": np.arange(81).reshape(3, 3, 3, 3)})
    model = one(layer, 6, 6, 3)
    with pytest.raises(MigrationError, match="Give dim_ordering"):
        load_weights(model, path)
    load_weights(model, path, dim_ordering="tf")
    stored = model.get_weights()[0]
    load_weights(model, path, dim_ordering="th")
    assert not np.array_equal(model.get_weights()[0], stored)


def test_only_what_decides_is_asked_for(tmp_path):
    with h5py.File(tmp_path / "w.h5", "w") as file:
        file.attrs["nb_layers"] = 1
        file.create_group("layer_0").attrs["nb_params"] = 1
        file["layer_0/param_0"] = np.arange(4 * 5 * 6, dtype="float32").reshape(2, 3, 4, 5)
    model = one(layers.Conv2D(2, (4, 5), use_bias=False), 6, 6, 3)
    with pytest.raises(MigrationError, match=r"backend='theano'.* Give backend\.$"):
        load_weights(model, tmp_path / "w.h5")


def test_a_kernel_of_one_entry_needs_no_backend(tmp_path):
    kernel = np.arange(6).reshape(1, 1, 2, 3)
    model = one(layers.Conv2D(3, 1, use_bias=False), 4, 4, 2)
    load_weights(model, file_of(tmp_path / "w.h5", layer_W=kernel))
    np.testing.assert_array_equal(model.get_weights()[0], kernel)


def test_a_gru_that_resets_after_the_product_is_refused():
    with pytest.raises(MigrationError, match="reset_after=False"):
        load_weights(gru(reset_after=True), DATA / "gru_weights.h5")


def test_a_layer_that_keras1_had_nothing_like_is_refused(tmp_path):
    path = file_of(tmp_path / "w.h5", layer_W=np.ones(3))
    with pytest.raises(MigrationError, match="LayerNormalization"):
        load_weights(one(layers.LayerNormalization(center=False), 3), path)


def test_channels_that_move_under_a_flatten_are_refused():
    with pytest.raises(MigrationError, match=r"flatten.*channels_first"):
        load_weights(images("channels_last"), DATA / "cnn_th_weights.h5", from_keras="1.2.2")


def test_a_flatten_that_moves_channels_is_refused(tmp_path):
    path = file_of(tmp_path / "w.h5", layer_W=np.ones((6, 1)), layer_b=np.ones(1))
    flat = layers.Flatten(data_format="channels_first", name="flat")
    model = keras.Sequential([layers.Input((2, 3, 1)), flat, layers.Dense(1)])
    with pytest.raises(MigrationError, match=r"flat:.*channels_last"):
        load_weights(model, path)


def test_volumes_were_padded_as_now_until_1_1_2(tmp_path):
    path = file_of(tmp_path / "w.h5", layer_W=np.arange(16).reshape(2, 2, 2, 1, 2))
    model = one(layers.Conv3D(2, 2, padding="same", use_bias=False), 3, 3, 3, 1)
    load_weights(model, path, from_keras="1.1.1", dim_ordering="tf", backend="theano")
    with pytest.raises(MigrationError, match="ZeroPadding"):
        load_weights(model, path, from_keras="1.1.2", dim_ordering="tf", backend="theano")


def test_a_model_that_turns_its_channels_itself_is_not_refused(tmp_path):
    kernel = np.arange(3 * 2 * 4 * 5).reshape(3, 2, 4, 5)
    path = file_of(tmp_path / "w.h5", **{"layer_W:0": kernel})
    turned = [layers.Permute((2, 3, 1)), layers.Conv2D(3, (4, 5), use_bias=False)]
    model = keras.Sequential([layers.Input((2, 6, 6)), *turned, layers.Permute((3, 1, 2))])
    assert "KF126" not in codes(load_weights(model, path))


@pytest.mark.parametrize(
    ("options", "sides"),
    [({"kernel_size": 2}, "(1, 0)"), ({"kernel_size": 3, "strides": 2}, "(1, 1)")],
)
def test_a_padding_that_theano_had_otherwise_is_refused(options, sides, tmp_path):
    size = options["kernel_size"]
    path = file_of(tmp_path / "w.h5", layer_W=np.arange(size * 6).reshape(size, 1, 2, 3))
    same = layers.Conv1D(3, padding="same", use_bias=False, **options)
    with pytest.raises(MigrationError, match=re.escape(sides)):
        load_weights(one(same, 8, 2), path, backend="theano")
    valid = layers.Conv1D(3, use_bias=False, **options)
    load_weights(one(valid, 8, 2), path, backend="theano")


def test_channels_that_move_elsewhere_are_told(tmp_path):
    kernel = np.arange(3 * 2 * 4 * 5).reshape(3, 2, 4, 5)
    path = file_of(tmp_path / "w.h5", **{"layer_W:0": kernel})
    model = one(layers.Conv2D(3, (4, 5), use_bias=False), 6, 6, 2)
    assert "KF126" in codes(load_weights(model, path))
    assert np.array_equal(model.get_weights()[0], kernel.transpose(2, 3, 1, 0))
    pooled = layers.Reshape((3, 1))(layers.GlobalMaxPooling2D()(model.outputs[0]))
    assert load_weights(keras.Model(model.inputs, pooled), path)


def codes(findings):
    return [finding.code for finding in findings]


def test_what_was_taken_for_granted_is_told():
    found = load_weights(lstm(), DATA / "lstm.h5")
    assert codes(found) == ["KF123"]
    assert "1.2.2" in found[0].message
    found = load_weights(gru(recurrent_activation="tanh"), DATA / "gru_weights.h5")
    assert codes(found) == ["KF123", *["KF124"] * 3]
    found = load_weights(normalized(1e-3), DATA / "k033_mlp_weights.h5")
    assert codes(found) == ["KF123", "KF125"]


def test_a_nested_model_has_one_group_and_may_be_taken_apart():
    inner = keras.Sequential(
        [layers.Input((9, 5)), layers.LSTM(7, return_sequences=True, **GATES)], name="inner"
    )
    model = keras.Sequential(
        [layers.Input((9, 5)), inner, layers.LSTM(6, **GATES), layers.Dense(3)]
    )
    recorded = np.load(DATA / "lstm.npz")
    load_weights(model, DATA / "lstm_weights.h5")
    np.testing.assert_allclose(model.predict(recorded["x"], verbose=0), recorded["y"], atol=1e-5)


def test_a_file_without_weights_is_refused():
    with pytest.raises(MigrationError, match="no weights"):
        load_weights(lstm(), DATA / "lstm.json")


def test_an_unknown_backend_is_refused():
    with pytest.raises(ValueError, match="tensorflow"):
        load_weights(lstm(), DATA / "lstm_weights.h5", backend="torch")


def test_a_graph_of_keras0_wrote_one_group(tmp_path):
    arrays = [np.full(shape, index) for index, shape in enumerate([(4, 3), (3,), (3, 2), (2,)])]
    with h5py.File(tmp_path / "w.h5", "w") as file:
        group = file.create_group("graph")
        group.attrs["nb_params"] = 4
        for index, array in enumerate(arrays):
            group[f"param_{index}"] = array.astype("float32")
    [found] = stored.read(tmp_path / "w.h5").groups
    assert all(map(np.array_equal, found.arrays.values(), arrays))


def test_a_model_that_is_not_built_or_none_is_told():
    with pytest.raises(MigrationError, match=r"model\.build\(input_shape\)"):
        load_weights(keras.Sequential([layers.LSTM(7)]), DATA / "lstm_weights.h5")
    for model in (None, DATA / "lstm_weights.h5"):
        with pytest.raises(MigrationError, match=r"needs a keras\.Model"):
            load_weights(model, lstm())


@pytest.mark.parametrize("path", [0, None, b"model.h5"])
def test_what_is_no_path_is_told(path):
    with pytest.raises(MigrationError, match="given by its path, got"):
        load_weights(lstm(), path)
