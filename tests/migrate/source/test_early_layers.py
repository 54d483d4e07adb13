"""Custom layers of Keras 0.x."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers.core import Layer, MaskedLayer, Dense\nimport keras.backend as K\n"
OUTPUT = "    def get_output(self, train=False):\n        return self.get_input(train)\n"
LEFT = {
    "no layer": f"class A(object):\n{OUTPUT}",
    "a layer of another kind": f"class A(Dense):\n{OUTPUT}",
    "another's output": (
        "class A(Layer):\n    def get_output(self, train=False):\n"
        "        return self.first.get_output(train)\n"
    ),
    "another's input": (
        "class A(Layer):\n    def get_output(self, train=False):\n"
        "        return self.first.get_input(train)\n"
    ),
    "a mask of its own": (
        f"class A(MaskedLayer):\n{OUTPUT}    def get_output_mask(self, train=None):\n"
        "        return None\n"
    ),
    "of Keras 1.0": "class A(Layer):\n    def call(self, x, mask=None):\n        return x\n",
}
BEFORE = """\
class Both(Layer):
    def build(self):
        self.size = self.input_shape[1]

    @property
    def output_shape(self):
        shape = self.input_shape
        return (shape[0], 2 * self.size)

    # the layer
    def get_output(self, train):
        X = self.get_input(train)
        n = self.output_shape[1] if train else 2 * self.input_shape[1]
        return K.reshape(K.concatenate([X, -X]), (-1, n))
"""
AFTER = """\
class Both(Layer):
    def build(self, input_shape):
        self.size = input_shape[1]

    def compute_output_shape(self, input_shape):
        shape = input_shape
        return (shape[0], 2 * self.size)

    # the layer
    def call(self, inputs, training=False):
        X = inputs
        n = self.compute_output_shape(inputs.shape)[1] if training else 2 * inputs.shape[1]
        return keras.ops.reshape(keras.ops.concatenate([X, -X], axis=-1), (-1, n))
"""


def changed(text):
    new, findings = convert(HEAD + text, from_keras="0.3.3", only=["KI3", "KI8"])
    assert convert(new, from_keras="0.3.3", only=["KI3", "KI8"])[0] == new
    return new, [found.code for found in findings]


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_told_by_the_input_is_left_alone(text):
    new, codes = changed(text)
    assert new.endswith(text)
    assert "KI853" not in codes


def test_a_layer_is_called_on_its_input():
    new, codes = changed(BEFORE)
    assert new.endswith(AFTER)
    assert "KI853" in codes


def test_what_a_layer_asks_for_while_it_is_built_is_left_and_told():
    build = "    def build(self):\n        self.mean = f(self.get_input())\n"
    new, findings = convert(f"{HEAD}class A(Layer):\n{build}{OUTPUT}")
    assert "f(self.get_input())" in new
    assert ("KI954", 5) in [(found.code, found.line) for found in findings]


@pytest.mark.parametrize("training", [False, True])
def test_the_layer_runs(training):
    names = {}
    exec(changed(BEFORE)[0], names)
    x = np.arange(6.0).reshape(2, 3)
    given = names["Both"]()(x, training=training)
    np.testing.assert_allclose(given, np.concatenate([x, -x], axis=1))
    assert names["Both"]()(keras.Input((3,))).shape == (None, 6)
