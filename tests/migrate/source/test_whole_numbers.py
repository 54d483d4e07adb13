"""Sizes that NumPy counted, and batch shapes of layers that are not a model's first."""

import pytest

from keras_inits.migrate.source import convert

HEAD = """\
import numpy as np
from keras.layers import Dense, Embedding, merge
"""
LEFT = {
    "a number": "Dense(8)",
    "a variable": "n = 3\nDense(n + 1)",
    "a length": "n = len(x)\nDense(n)",
    "a whole number already": "Dense(int(np.max(y)) + 1)\nDense(int(np.max(y) + 1))",
    "a parameter": "def f(n):\n    return Dense(n)",
    "an input": "Dense(8, input_dim=x.max())",
    "another function": "forest(np.max(y), n=x.max())",
}
COUNTED = {
    "n = np.max(y) + 1\nDense(n)": "n = np.max(y) + 1\nDense(int(n))",
    "n = 1 + (y.max())\nDense(n * 2)": "n = 1 + (y.max())\nDense(int(n * 2))",
    "Dense(np.ceil(n / 2))": "Dense(int(np.ceil(n / 2)))",
    "Embedding(np.max(x), 8)": "Embedding(int(np.max(x)), 8)",
}


def changed(text):
    new, findings = convert(HEAD + text, only=["KI2"], from_keras="1.2.2")
    assert convert(new, only=["KI2"])[0] == new
    assert not [found for found in findings if found.code != "KI004"]
    return new.removeprefix(HEAD)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_other_sizes_are_left_alone(text):
    assert changed(text) == text


@pytest.mark.parametrize(("before", "after"), COUNTED.items())
def test_what_numpy_counted_becomes_a_whole_number(before, after):
    assert changed(before) == after


FIRST = "m.add(keras.Input(batch_shape=(4, 3, 2)))\nm.add(Dense(8))\n"


@pytest.mark.parametrize(
    "between", ["m.add(Dense(3))\n", "for n in sizes:\n    m.add(Dense(n))\n"], ids=["one", "loop"]
)
def test_only_the_first_layer_of_a_model_has_a_batch_shape(between):
    added = "m.add(Dense(8, batch_input_shape=(4, 3, 2)))\n"
    new = changed(f"{added}{between}{added}m = Sequential()\n{added}")
    body = new.partition("merge\n")[2]
    assert body == f"{FIRST}{between}m.add(Dense(8))\nm = Sequential()\n{FIRST}"
