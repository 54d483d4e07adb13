"""Models of real Keras 0.3.3 to 1.2.2 predict what they did, from either form of file."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved import load

DATA = Path(__file__).parent / "data"
MODELS = {model["name"]: model for model in json.loads((DATA / "MANIFEST.json").read_text())}

#: Byte code is refused unless the function is supplied.
LAMBDAS = {"lambda_1": lambda x: 2 * x + 1, "lambda_2": lambda x: x[:, :3] * x[:, 3:]}
TOLERANCE = 1e-5


def loaded(name, whole, **options):
    """A model, from model.save's file or from to_json's and save_weights'."""
    options = {"backend": MODELS[name]["backend"], "lambdas": LAMBDAS, **options}
    if whole:
        return load(DATA / f"{name}.h5", **options)
    return load(DATA / f"{name}.json", DATA / f"{name}_weights.h5", **options)


def recorded(name):
    with np.load(DATA / f"{name}.npz") as file:
        return [[file[key] for key in sorted(file) if key[0] == letter] for letter in "xy"]


def predicted(model, inputs):
    found = model.predict(inputs if len(inputs) > 1 else inputs[0], verbose=0)
    return found if isinstance(found, list) else [found]


#: Older releases of Keras 3 cannot wrap a model in TimeDistributed.
FIRST_KERAS = {"k122_td_functional_model": (3, 6)}
KERAS = tuple(map(int, keras.__version__.split(".")[:2]))

FILES = [
    (name, whole)
    for name in MODELS
    for whole in (True, False)
    if not whole or (DATA / f"{name}.h5").exists()
]


@pytest.mark.parametrize(("name", "whole"), FILES)
def test_a_model_predicts_what_its_keras_did(name, whole):
    if FIRST_KERAS.get(name, KERAS) > KERAS:
        with pytest.raises(MigrationError, match="TimeDistributed"):
            loaded(name, whole)
        return
    model, _ = loaded(name, whole)
    inputs, outputs = recorded(name)
    for found, wanted in zip(predicted(model, inputs), outputs, strict=True):
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, rtol=0, atol=TOLERANCE)


def test_a_function_in_byte_code_is_refused_by_the_name_of_its_layer():
    with pytest.raises(MigrationError, match="lambda_1"):
        loaded("lambda", True, lambdas=None)


@pytest.mark.parametrize(
    ("name", "layer"), [("theano_conv1d", "convolution1d_1"), ("t122_srelu_1d", "srelu_1")]
)
def test_what_theano_weighed_otherwise_is_refused_without_the_backend(name, layer):
    with pytest.raises(MigrationError, match=rf"{layer}.*backend='theano'"):
        loaded(name, False, backend=None)
