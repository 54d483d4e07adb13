"""The epsilon of optimizers."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers import Dense\nfrom keras.optimizers import *\n"
HEAD += "import keras.optimizers as o\n"


def told(text, version="1.2.2"):
    findings = convert(HEAD + text, from_keras=version, only=["KI6"])[1]
    return [found.message for found in findings if found.code == "KI606"]


@pytest.mark.parametrize(
    "text",
    [
        "Adam(epsilon=1e-4)",
        "Adam(1e-3, 0.9, 0.999, 1e-6)",
        "SGD(lr=1)",
        "m.compile('sgd', 'mse')",
        "m.compile(f(), 'mse')",
    ],
)
def test_what_has_its_epsilon_or_none_is_not_told(text):
    assert told(f"{text}\n") == []


@pytest.mark.parametrize(
    ("text", "version", "words"),
    [
        ("Adam()", "1.2.2", "Adam 1e-8"),
        ("o.adam()", "1.2.2", "Adam 1e-8"),
        ("m.compile('rmsprop', 'mse')", "1.0.3", "RMSprop 1e-8"),
        ("m.compile(loss='mse', optimizer='RMSprop')", "1.0.2", "RMSprop 1e-6"),
        ("Adam()\nAdam()\nm.compile('adadelta', 'mse')", "0.3.3", "Adadelta 1e-6, Adam 1e-8"),
    ],
)
def test_an_epsilon_that_changed_is_told_once(text, version, words):
    assert told(f"{text}\n", version) == [f"epsilon of {words}; 1e-7 in Keras 3"]
