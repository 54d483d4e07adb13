"""The shapes of a model's layers."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\n"
LAST = "keras.layers.Dense(3, init='uniform')\n"
LEFT = [
    "n = m.output_shape[1]",
    "n = self.output_shape",
    "n = layers[0].output_shape",
    "f(input_shape=3)",
    "n = m.layers.output_shape",
    "n = m.layers[0].shape",
]
CONVERTED = {
    "n = m.layers[-1].output_shape[1]": "n = m.layers[-1].output.shape[1]",
    "n = self.m.layers[i].input_shape": "n = self.m.layers[i].input.shape",
    "n = m.get_layer('a').output_shape": "n = m.get_layer('a').output.shape",
}


def changed(text):
    new, findings = convert(f"{HEAD}{text}\n{LAST}", only=["KI4"])
    assert convert(new, only=["KI4"])[0] == new
    assert not findings
    return new.removeprefix(HEAD).removesuffix(f"\n{LAST}")


@pytest.mark.parametrize("text", LEFT)
def test_other_shapes_are_left_alone(text):
    assert changed(text) == text


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_a_layer_s_shape_is_its_tensor_s(before, after):
    assert changed(before) == after


@pytest.mark.parametrize("text", CONVERTED)
def test_in_a_file_that_is_left_they_are_reported(text):
    new, findings = convert(f"{HEAD}{text}\n")
    assert new == f"{HEAD}{text}\n"
    assert "KI954" in [found.code for found in findings]
