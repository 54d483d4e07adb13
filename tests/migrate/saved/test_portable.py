"""A portable model predicts the same, starts the same, and has nothing of keras_inits."""

import json
import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import layers

import keras_inits as ki
from keras_inits.migrate.keras1 import keras1_hard_sigmoid
from keras_inits.migrate.keras1.layers import MaxoutDense
from keras_inits.migrate.saved import MigrationError
from keras_inits.migrate.saved.portable import portable


def cubed(x):
    return x**3


HARD = {"recurrent_activation": keras1_hard_sigmoid}
FORGET = ki.PerGate(["zeros", "ones", "zeros", "zeros"])
# A layer with something that Keras lacks, its input's shape, the codes of what is reported.
CASES = {
    "dense": (lambda: layers.Dense(3, activation=keras1_hard_sigmoid), (4,), ["KF152"]),
    "separable": (
        lambda: layers.SeparableConv1D(3, 2, activation=keras1_hard_sigmoid),
        (5, 2),
        ["KF152"],
    ),
    "simple": (lambda: layers.SimpleRNN(3, activation=keras1_hard_sigmoid), (5, 2), ["KF152"]),
    "gru": (lambda: layers.GRU(3, reset_after=False, **HARD), (5, 2), ["KF152"]),
    "gru throughout": (
        lambda: layers.GRU(3, activation=keras1_hard_sigmoid, reset_after=False, **HARD),
        (5, 2),
        ["KF152"],
    ),
    "lstm": (
        lambda: layers.LSTM(3, bias_initializer=FORGET, unit_forget_bias=False, **HARD),
        (5, 2),
        ["KF152"],
    ),
    "convlstm": (lambda: layers.ConvLSTM2D(2, 2, **HARD), (3, 4, 4, 1), ["KF152"]),
    "wrapped": (
        lambda: layers.Bidirectional(layers.LSTM(3, **HARD)),
        (5, 2),
        ["KF152", "KF152"],
    ),
    "orthogonal gates": (
        lambda: layers.LSTM(3, recurrent_initializer=ki.PerGate("keras1_orthogonal", 4)),
        (5, 2),
        ["KF151"],
    ),
    "old fans": (
        lambda: layers.Conv2D(
            3, 2, kernel_initializer=ki.Keras1GlorotNormal(version="1.0.3", layer="Convolution2D")
        ),
        (4, 4, 2),
        [],
    ),
    "no bias": (
        lambda: layers.Dense(3, use_bias=False, bias_initializer="caffe_xavier"),
        (4,),
        [],
    ),
    "orthogonal": (lambda: layers.Dense(3, kernel_initializer="keras1_orthogonal"), (4,), []),
    "nested": (
        lambda: keras.Sequential([layers.Dense(3, activation=keras1_hard_sigmoid)]),
        (4,),
        ["KF152"],
    ),
}


@pytest.mark.parametrize(("make", "shape", "codes"), CASES.values(), ids=CASES)
def test_predictions_stay_and_keras_is_all_it_needs(make, shape, codes):
    model = keras.Sequential([keras.Input(shape), make()])
    for weight in model.weights:
        weight.assign(np.random.default_rng(1).normal(size=weight.shape))
    x = np.random.default_rng(2).normal(size=(2, *shape)).astype("f4")
    expected = model(x)
    model, findings = portable(model)
    np.testing.assert_allclose(model(x), expected, atol=1e-6)
    assert [found.code for found in findings] == codes
    assert "keras_inits" not in json.dumps(keras.saving.serialize_keras_object(model))


def test_a_forget_bias_is_keras_own():
    model, _ = portable(keras.Sequential([keras.Input((5, 2)), CASES["lstm"][0]()]))
    assert model.layers[0].get_config()["unit_forget_bias"]
    bias = keras.models.clone_model(model).layers[0].cell.bias
    assert bias.numpy().tolist() == [0.0] * 3 + [1.0] * 3 + [0.0] * 6


def test_the_law_is_the_same_in_numbers():
    model, _ = portable(keras.Sequential([keras.Input((4, 4, 2)), CASES["old fans"][0]()]))
    # Until 1.0.3: fan_out without the receptive field; std = sqrt(2 / (2 * 2 * 2 + 3)).
    config = model.layers[0].kernel_initializer.get_config()
    assert config["stddev"] == pytest.approx((2 / 11) ** 0.5)


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (MaxoutDense(3, name="widest"), "widest: MaxoutDense is none of Keras' own"),
        (layers.LSTM(3, activation=keras1_hard_sigmoid, name="one"), "one: .*for activation"),
        (layers.Activation(keras1_hard_sigmoid, name="two"), "two: .*hard_sigmoid that Activation"),
        (layers.Dense(3, activation=cubed, name="three"), "three: function is none"),
        (layers.Lambda(lambda x: x, name="four"), "four: __lambda__ is none"),
    ],
)
def test_what_keras_cannot_express_is_refused_by_its_name(layer, message):
    shape = (5, 2) if isinstance(layer, layers.LSTM) else (4,)
    with pytest.raises(MigrationError, match=message):
        portable(keras.Sequential([keras.Input(shape), layer]))


def test_a_process_without_keras_inits_opens_the_file(tmp_path):
    model = keras.Sequential([keras.Input((5, 2)), CASES["wrapped"][0]()])
    portable(model)[0].save(tmp_path / "model.keras")
    script = "import keras, sys; keras.saving.load_model(sys.argv[1]); print('keras_inits' in "
    run = subprocess.run(
        [sys.executable, "-I", "-c", script + "sys.modules)", tmp_path / "model.keras"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["False"]
