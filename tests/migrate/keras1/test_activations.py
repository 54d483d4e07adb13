"""Activations of Keras 1."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.keras1 import keras1_hard_sigmoid


def test_hard_sigmoid_is_keras_1s_and_not_keras_3s():
    x = np.array([-2.8, -2.5, -1.0, 0.0, 1.0, 2.5, 3.0], "float32")
    ours = keras.ops.convert_to_numpy(keras1_hard_sigmoid(x))
    np.testing.assert_allclose(ours, [0, 0, 0.3, 0.5, 0.7, 1, 1], atol=1e-6)
    theirs = keras.ops.convert_to_numpy(keras.activations.hard_sigmoid(x))
    assert abs(ours - theirs).max() > 0.08


def test_a_layer_with_it_survives_its_configuration():
    layer = keras.layers.LSTM(3, recurrent_activation=keras1_hard_sigmoid)
    again = keras.layers.LSTM.from_config(layer.get_config())
    assert float(again.recurrent_activation(-2.8)) == 0.0
    assert float(again.recurrent_activation(1.0)) == pytest.approx(0.7)
