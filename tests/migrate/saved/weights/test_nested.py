"""Models within models, written by Keras 1.0.0, 1.0.2 (Theano) and 1.2.2 (TensorFlow) themselves.

Each has BatchNormalization within, some have layers that are not trained: releases differ in the
order in which they listed such arrays. The npz files hold inputs and Keras 1's own predictions.
"""

from pathlib import Path

import keras
import numpy as np
import pytest
from keras.layers import BatchNormalization

from keras_inits.migrate.saved import MigrationError, load, load_weights
from keras_inits.migrate.saved.description import Circumstances, Group, Layer
from keras_inits.migrate.saved.weights import assign

DATA = Path(__file__).parent / "data"
MODELS = {
    "k122_funseq_frozen": "1.2.2",
    "k122_seq_frozen": "1.2.2",
    "t100_seq": "1.0.0",
    "t102_inseq_fun": "1.0.2",
}


def loaded(name, from_keras=None):
    return load(DATA / f"{name}.json", DATA / f"{name}_weights.h5", from_keras=from_keras)[0]


@pytest.mark.parametrize("name", MODELS)
def test_nested_models_predict_as_they_did(name):
    model, recorded = loaded(name, MODELS[name]), np.load(DATA / f"{name}.npz")
    np.testing.assert_allclose(model.predict_on_batch(recorded["x"]), recorded["y"], atol=1e-6)
    weights = model.get_weights()
    model.set_weights([np.ones_like(array) for array in weights])
    load_weights(model, DATA / f"{name}_weights.h5", from_keras=MODELS[name])
    assert all(map(np.array_equal, model.get_weights(), weights))


def test_the_order_that_fits_tells_the_release():
    model, recorded = loaded("t100_seq"), np.load(DATA / "t100_seq.npz")
    np.testing.assert_allclose(model.predict_on_batch(recorded["x"]), recorded["y"], atol=1e-6)


def test_the_release_is_asked_for_where_two_orders_fit():
    inner = keras.Sequential(
        [keras.Input((3,)), *(BatchNormalization(name=name) for name in "ab")], name="inner"
    )
    model = keras.Sequential([keras.Input((3,)), inner])
    two = tuple(Layer("BatchNormalization", name, {}) for name in "ab")
    root = Layer("Sequential", "model", {}, (Layer("Sequential", "inner", {}, two),))
    names = [f"{layer}_{name}" for layer in "ab" for name in ("gamma", "beta")]
    names += [f"{layer}_running_{name}" for layer in "ab" for name in ("mean", "std")]
    arrays = {name: np.full(3, index, "float32") for index, name in enumerate(names)}
    held = [Group("inner", arrays)]
    with pytest.raises(MigrationError, match=r"Give from_keras\.$"):
        assign(model, root, held, Circumstances("1.0.2"), [Circumstances("1.0.3")])
