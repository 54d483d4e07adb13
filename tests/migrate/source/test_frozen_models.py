"""Models that are frozen after they were compiled, and losses that look at tensors of the model."""

import pytest

from keras_inits.migrate.source import convert

HEAD = """\
from keras import backend as K
from keras.layers import Dense, Input
from keras.models import Model
"""
COMPILED = 'd.compile("sgd", "mse")\n'
FROZEN = "d.trainable = False\n"


def codes(text, version="1.2.2"):
    return [found.code for found in convert(HEAD + text, from_keras=version)[1]]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (FROZEN + COMPILED, "1.2.2"),
        (COMPILED + FROZEN + COMPILED, "1.2.2"),
        (COMPILED + "d.trainable = True\n", "1.2.2"),
        (COMPILED + "e.trainable = False\n", "1.2.2"),
        (COMPILED + FROZEN, "1.0.8"),
    ],
)
def test_what_trains_as_before_is_not_told(text, version):
    assert "KI511" not in codes(text, version)


@pytest.mark.parametrize("version", ["1.1.0", "1.2.2"])
def test_a_model_frozen_after_it_was_compiled_is_told(version):
    assert "KI511" in codes(COMPILED + FROZEN, version)


MODEL = "x = Input((4,))\nz = Dense(2)(x)\nm = Model(x, z)\n"
USING = "def loss(y, p):\n    return K.mean(y - p) + K.mean({})\n"
COMPILE = 'm.compile("sgd", loss=loss)\n'


@pytest.mark.parametrize(
    "text",
    [
        MODEL + USING.format("p") + COMPILE,
        MODEL + USING.format("z") + 'm.compile("sgd", "mse")\n',
        MODEL + "def loss(y, z):\n    return K.mean(y - z)\n" + COMPILE,
        MODEL + "w = 3 * 4\n" + USING.format("w") + COMPILE,
    ],
)
def test_a_loss_of_what_it_is_given_is_not_told(text):
    assert "KI958" not in codes(text)


@pytest.mark.parametrize("name", ["z", "x"])
def test_a_loss_that_looks_at_a_tensor_of_the_model_is_told(name):
    assert "KI958" in codes(MODEL + USING.format(name) + COMPILE)
