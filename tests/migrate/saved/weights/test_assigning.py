"""The weights of real files in Keras 3 models that were written by hand: same predictions."""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.keras1.activations import keras1_hard_sigmoid
from keras_inits.migrate.saved import stored
from keras_inits.migrate.saved.description import Circumstances, Group, Layer
from keras_inits.migrate.saved.weights import assign

DATA = Path(__file__).parent.parent / "data"
GATES = {"recurrent_activation": keras1_hard_sigmoid}


def recurrent():
    """The Keras 3 model of lstm.json, and its description."""
    made = keras.Sequential(
        [
            layers.Input((9, 5)),
            layers.LSTM(7, return_sequences=True, name="lstm_1", **GATES),
            layers.LSTM(6, name="lstm_2", **GATES),
            layers.Dense(3, name="dense_1"),
        ]
    )
    kinds = ("LSTM", "lstm_1"), ("LSTM", "lstm_2"), ("Dense", "dense_1")
    inner = tuple(Layer(kind, name, {}) for kind, name in kinds)
    return made, Layer("Sequential", "model", {}, inner)


def groups():
    return stored.read(DATA / "lstm_weights.h5").groups


def test_predictions_are_those_of_the_file():
    model, description = recurrent()
    assert assign(model, description, groups(), Circumstances("1.2.2")) == []
    recorded = np.load(DATA / "lstm.npz")
    np.testing.assert_allclose(model.predict(recorded["x"], verbose=0), recorded["y"], atol=1e-6)


def changed(group, **arrays):
    """The file's groups, with arrays of one of them changed."""
    return [Group(name, {**held, **arrays} if name == group else held) for name, held in groups()]


REFUSED = {
    "a transposed kernel": {"lstm_1_W_c:0": np.zeros((7, 5), "float32")},
    "whole numbers": {"lstm_1_b_o:0": np.zeros(7, "int32")},
    "an array too many": {"lstm_1_V:0": np.zeros(7, "float32")},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_leaves_the_model_as_it_was(case):
    model, description = recurrent()
    before = model.get_weights()
    with pytest.raises(MigrationError, match="lstm_1"):
        assign(model, description, changed("lstm_1", **REFUSED[case]), Circumstances("1.2.2"))
    assert all(map(np.array_equal, model.get_weights(), before))


def test_weights_of_the_model_that_the_file_lacks_are_named():
    model, description = recurrent()
    more = keras.Sequential([*model.layers, layers.Dense(2, name="new")])
    more.build((None, 9, 5))
    with pytest.raises(MigrationError, match="new/kernel"):
        assign(more, description, groups(), Circumstances("1.2.2"))


def test_layers_of_the_file_that_the_model_lacks_are_named():
    model, description = recurrent()
    less = keras.Sequential([layers.Input((9, 5)), *model.layers[:2]])
    with pytest.raises(MigrationError, match="dense_1"):
        assign(less, description, groups(), Circumstances("1.2.2"))


def test_states_of_a_stateful_layer_are_no_weights():
    model, description = recurrent()
    stateful = layers.LSTM(7, return_sequences=True, name="lstm_1", stateful=True, **GATES)
    made = keras.Sequential([layers.Input((9, 5), 4), stateful, *model.layers[1:]])
    assert assign(made, description, groups(), Circumstances("1.2.2")) == []


def normalized(**config):
    made = keras.Sequential([layers.Input((3,)), layers.BatchNormalization(name="n", epsilon=1e-6)])
    return made, Layer("Sequential", "model", {}, (Layer("BatchNormalization", "n", config),))


def test_what_the_file_did_not_hold_is_told():
    model, description = normalized()
    arrays = {f"param_{index}": np.ones(3, "float32") for index in range(2)}
    found = assign(model, description, [Group("layer_0", arrays)], Circumstances("0.1.3"))
    assert [finding.code for finding in found] == ["KF120"]


def test_a_graph_of_0_2_0_stored_parameters_alone():
    model, description = normalized()
    arrays = {f"param_{index}": np.ones(3, "float32") for index in range(2)}
    graph = description._replace(kind="Graph")
    found = assign(model, graph, [Group("graph", arrays)], Circumstances("0.2.0"))
    assert [finding.code for finding in found] == ["KF120"]


def test_another_precision_is_told():
    model, description = normalized()
    arrays = {f"n_{name}": np.ones(3) for name in ("gamma", "beta", "running_mean", "running_std")}
    found = assign(model, description, [Group("n", arrays)], Circumstances("1.2.2"))
    assert [finding.code for finding in found] == ["KF122"]


@keras.saving.register_keras_serializable("tests")
class Scaled(layers.Layer):
    """A layer of the user's, which Keras 1 did not have."""

    def build(self, input_shape):
        self.scale = self.add_weight(shape=input_shape[1:], name="scale")

    def call(self, inputs):
        return inputs * self.scale


def test_layers_that_the_user_supplies_take_their_arrays_in_order():
    made = keras.Sequential([layers.Input((3,)), Scaled(name="s")])
    description = Layer("Sequential", "model", {}, (Layer("Scaled", "s", {}),))
    held = [Group("s", {"s_gain": np.arange(3, dtype="float32")})]
    assign(made, description, held, Circumstances("1.2.2"))
    assert np.array_equal(made.get_weights()[0], [0, 1, 2])
