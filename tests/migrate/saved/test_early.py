"""Files of releases before 0.3.1: layers that gave something else, and who must say so."""

import json
from pathlib import Path

import numpy as np
import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved import load

DATA = Path(__file__).parent / "data"


def opened(name, **options):
    path = DATA / f"{name}.json"
    return load(path, DATA / f"{name}_weights.h5", backend="theano", **options)[0]


def test_dropout_reduced_what_it_predicted_until_020():
    model = opened("t020_char_rnn", from_keras="0.2.0")
    with np.load(DATA / "t020_char_rnn.npz") as file:
        found = model.predict(file["x"], verbose=0)
        np.testing.assert_allclose(found, file["y"], rtol=0, atol=1e-5)


def test_dropout_of_an_early_file_needs_the_release():
    with pytest.raises(MigrationError, match=r"dropout.*from_keras='0\.2\.0'"):
        opened("t020_char_rnn")


def test_an_early_architecture_alone_needs_no_release():
    model, _ = load(DATA / "t020_char_rnn.json")
    assert model.count_params()


@pytest.mark.parametrize(
    ("kind", "message"),
    [("SimpleRNN", "multiplied"), ("GRU", "inner_activation"), ("MaxPooling2D", "average")],
)
def test_faults_of_030_are_refused(tmp_path, kind, message):
    tree = json.loads((DATA / "t030_lstm_default.json").read_text())
    tree["layers"][1]["name"] = kind
    (tmp_path / "model.json").write_text(json.dumps(tree))
    with pytest.raises(MigrationError, match=message):
        load(tmp_path / "model.json", DATA / "t030_lstm_default_weights.h5", from_keras="0.3.0")
