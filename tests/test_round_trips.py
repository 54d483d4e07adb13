"""Saving and loading: configurations, model files, copies, and a process that starts afresh."""

import copy
import json
import pickle
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf
from cases import ALL
from sampling_statistics import has_seed, to_float64

import keras_inits as ki

each = pytest.mark.parametrize("case", ALL, ids=str)


@each
def test_the_configuration_survives_json(case):
    initializer = case.make(**({"seed": 9} if has_seed(case.make()) else {}))
    config = json.loads(json.dumps(keras.saving.serialize_keras_object(initializer)))
    for loaded in (keras.initializers.get(config), ki.get(config)):
        assert type(loaded) is type(initializer)
        assert loaded.get_config() == initializer.get_config()
        np.testing.assert_array_equal(loaded(case.shape), initializer(case.shape))


@each
@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_copies_draw_the_same(case, copied):
    initializer = case.make()
    again = copied(initializer)
    assert again.get_config() == initializer.get_config()
    np.testing.assert_array_equal(again(case.shape), initializer(case.shape))


@each
def test_repr_shows_what_was_given(case):
    initializer = case.make()
    assert repr(initializer).startswith(f"{type(initializer).__name__}(")
    assert repr(eval(repr(initializer), vars(ki))) == repr(initializer)


def test_a_seed_generator_survives_the_configuration():
    initializer = ki.CaffeMsra(seed=keras.random.SeedGenerator(4))
    loaded = keras.initializers.get(keras.saving.serialize_keras_object(initializer))
    assert isinstance(loaded.seed, keras.random.SeedGenerator)
    assert loaded.get_config() == initializer.get_config()


def build_layer(case, inputs):
    """A layer that holds the case's weight and can be called, with the inputs it needs."""
    seeded = case.make(**({"seed": 3} if has_seed(case.make()) else {}))
    kwargs = {"kernel_initializer": seeded, "name": f"layer_{len(inputs)}"}
    rank = len(case.shape)
    if rank == 1:
        layer = keras.layers.Dense(
            case.shape[0], kernel_initializer="ones", bias_initializer=seeded, name=kwargs["name"]
        )
        return layer, keras.Input((2,))
    if rank == 2:
        return keras.layers.Dense(case.shape[1], **kwargs), keras.Input((case.shape[0],))
    if case.arguments.get("axes") == "igo":
        units = case.shape[1:]
        layer = keras.layers.EinsumDense("bi,igo->bgo", units, **kwargs)
        return layer, keras.Input((case.shape[0],))
    if case.arguments.get("axes") == "hwgo":
        layer = keras.layers.DepthwiseConv2D(
            case.shape[:2], depth_multiplier=case.shape[3], depthwise_initializer=seeded,
            name=kwargs["name"],
        )  # fmt: skip
        return layer, keras.Input((6, 6, case.shape[2]))
    conv = getattr(keras.layers, f"Conv{rank - 2}D")
    size = [7] * (rank - 2)
    return conv(case.shape[-1], case.shape[:-2], **kwargs), keras.Input((*size, case.shape[-2]))


@pytest.fixture(scope="module")
def model():
    """One model with a layer for every case."""
    inputs, outputs = [], []
    for case in ALL:
        layer, symbolic = build_layer(case, inputs)
        inputs.append(symbolic)
        outputs.append(layer(symbolic))
    return keras.Model(inputs, outputs)


@pytest.fixture(scope="module")
def batch(model):
    random = np.random.default_rng(0)
    return [random.normal(size=(2, *tensor.shape[1:])).astype("float32") for tensor in model.inputs]


def initializers(model):
    found = {}
    for layer in model.layers:
        for key, value in layer.get_config().items():
            if key.endswith("initializer") and "keras_inits" in str(value):
                found[layer.name, key] = value
    return found


def assert_same(loaded, model, batch):
    assert initializers(loaded) == initializers(model)
    assert len(initializers(model)) == len(ALL)
    for ours, theirs in zip(
        loaded.predict(batch, verbose=0), model.predict(batch, verbose=0), strict=True
    ):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("suffix", ["keras", "h5"])
@pytest.mark.filterwarnings("ignore:You are saving your model as an HDF5 file")
def test_model_files_load(model, batch, suffix, tmp_path):
    path = tmp_path / f"model.{suffix}"
    model.save(path)
    assert_same(keras.models.load_model(path), model, batch)


def test_a_model_from_json_starts_the_same(model, batch):
    # Every seed is an integer, so that the same architecture draws the same weights.
    assert_same(keras.models.model_from_json(model.to_json()), model, batch)


def test_clone_model_starts_the_same(model, batch):
    assert_same(keras.models.clone_model(model), model, batch)


def test_a_pickled_and_a_copied_model_are_the_same(model, batch):
    assert_same(pickle.loads(pickle.dumps(model)), model, batch)
    assert_same(copy.deepcopy(model), model, batch)


def test_an_exported_model_predicts_the_same(model, batch, tmp_path):
    model.export(tmp_path / "exported")
    exported = tf.saved_model.load(tmp_path / "exported")
    for ours, theirs in zip(exported.serve(batch), model.predict(batch, verbose=0), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


LOAD = """
import sys, json, keras, numpy as np, keras_inits
model = keras.models.load_model(sys.argv[1])
np.savez(sys.argv[2], *[np.asarray(weight) for weight in model.get_weights()])
"""


def test_a_fresh_process_that_imported_the_package_loads_the_file(model, tmp_path):
    path, weights = tmp_path / "model.keras", tmp_path / "weights.npz"
    model.save(path)
    subprocess.run([sys.executable, "-c", LOAD, path, weights], check=True, capture_output=True)
    loaded = np.load(weights).values()
    for ours, theirs in zip(loaded, model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_get_does_not_need_keras_custom_objects():
    config = keras.saving.serialize_keras_object(ki.PerGate(["caffe_msra", ki.CaffeXavier(seed=1)]))
    registered = dict(keras.saving.get_custom_objects())
    keras.saving.get_custom_objects().clear()
    try:
        assert type(ki.get("caffe_xavier")) is ki.CaffeXavier
        assert ki.get(config)((4, 6)).shape == (4, 6)
    finally:
        keras.saving.get_custom_objects().update(registered)


def test_an_instance_in_two_layers_repeats_itself_as_in_keras():
    shared = ki.CaffeMsra()
    first, second = (keras.layers.Dense(4, kernel_initializer=shared) for _ in range(2))
    first.build((None, 4))
    second.build((None, 4))
    np.testing.assert_array_equal(to_float64(first.kernel), to_float64(second.kernel))
