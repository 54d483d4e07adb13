"""Recorded predictions hold, or are told not to; a written file holds the model's weights."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.saved import MigrationError
from keras_inits.migrate.saved.proof import NotProvedError, prove, recorded, saved


@pytest.fixture(scope="module")
def model():
    first, second = keras.Input((3,)), keras.Input((2,))
    outputs = [keras.layers.Dense(2)(first), keras.layers.Dense(4)(second)]
    return keras.Model([first, second], outputs)


@pytest.fixture
def data(model, tmp_path):
    x = [np.ones((5, 3), "f4"), np.ones((5, 2), "f4")]
    y = [output.numpy() for output in model(x)]
    np.savez(tmp_path / "data.npz", x1=x[1], x0=x[0], y0=y[0], y1=y[1], note="other")
    return tmp_path / "data.npz"


def test_what_holds_is_told_in_numbers(model, data):
    assert max(prove(model, *recorded(data))) < 1e-6


def test_what_differs_is_an_error_with_the_differences(model, data):
    inputs, outputs = recorded(data)
    outputs[1] = outputs[1] + 5e-4
    with pytest.raises(NotProvedError, match=r"differ by \[0\.0, 0\.000\d+\]"):
        prove(model, inputs, outputs)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_proves_nothing(wrong, model, data):
    inputs, outputs = recorded(data)
    outputs[0][0, 0] = wrong
    with pytest.raises(NotProvedError):
        prove(model, inputs, outputs)


def test_other_counts_and_shapes_are_refused(model, data):
    inputs, outputs = recorded(data)
    with pytest.raises(MigrationError, match="2 inputs and 2 outputs"):
        prove(model, inputs[:1], outputs)
    with pytest.raises(MigrationError, match=r"shape \(5, 2\), recorded is one of \(5, 4\)"):
        prove(model, inputs, outputs[::-1])


def test_large_outputs_are_compared_by_their_size():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Rescaling(1e6)])
    x = np.ones((2, 1), "f4")
    assert prove(model, [x], [np.full((2, 1), 1e6 + 1, "f4")]) == [pytest.approx(1e-6, rel=1e-3)]


def test_data_that_is_none_is_refused(tmp_path):
    (tmp_path / "a.npz").write_bytes(b"PK\x03\x04")
    np.savez(tmp_path / "b.npz", x=np.ones(3))
    np.savez(tmp_path / "c.npz", x=np.array([{}]), y=np.ones(3))
    np.savez(tmp_path / "e.npz", x=np.ones(3), y=np.array(["1"]))
    np.savez(tmp_path / "f.npz", x=np.float32(1), y=np.ones(3))
    np.save(tmp_path / "g", np.ones(3))
    (tmp_path / "g.npy").rename(tmp_path / "g.npz")
    messages = {"a": "no .npz", "b": "x and y", "c": "no .npz", "d": r"d.npz: No such file"}
    messages |= {"e": "y is no array of numbers", "f": "x is no array", "g": "no .npz"}
    for name, message in messages.items():
        with pytest.raises(MigrationError, match=message):
            recorded(tmp_path / f"{name}.npz")


def test_inputs_of_another_model_are_told_by_their_shapes():
    model = keras.Sequential([keras.Input((None, 2)), keras.layers.Identity()])
    x = np.ones((4, 3, 2), "f4")
    assert prove(model, [x], [x]) == [0.0]
    for wrong in (x[..., :1], x[0]):
        with pytest.raises(
            MigrationError, match=r"input 0 of shape \([43], None, 2\), recorded is"
        ):
            prove(model, [wrong], [wrong])


def test_what_keras_cannot_open_again_is_refused(tmp_path):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Lambda(lambda x: x)])
    with pytest.raises(MigrationError, match="does not open what it wrote"):
        saved(model, tmp_path / "model.keras")


def test_the_file_written_is_the_one_compared(model, tmp_path):
    found = saved(model, tmp_path / "model.keras")
    assert found is not model
    for one, other in zip(model.weights, found.weights, strict=True):
        np.testing.assert_array_equal(one, other)
