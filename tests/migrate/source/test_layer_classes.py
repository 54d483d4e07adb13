"""Classes of layers that are handed on: what is no matter first, then each way of handing on."""

import pytest

from keras_inits.migrate.source import convert

HEAD = """\
from functools import partial
import keras.layers as L
from keras.layers import Convolution2D, Dense, Dropout, GRU, LSTM
from keras.engine.topology import Layer
"""
OLD = "Dense(3, init='uniform')\n"
SILENT = [
    "Dense(3)",
    "RNN = LSTM\nRNN(3, init='uniform')",
    "isinstance(layer, LSTM)",
    "RNN = LSTM\nprint('{} {}'.format(RNN, 3))",
    "isinstance(layer, (LSTM, GRU))",
    "if type(layer) == Dense: pass",
    "for drop in [Dropout]: drop(0.5)",
    "class Mine(Layer): pass",
    "print(Dense.__name__)",
    "f(LSTM=3)",
    "if a: from keras.layers import LSTM as R\nelse: from keras.layers.core import LSTM as R",
]
HANDED_ON = {
    "conv = partial(Convolution2D, 8, init='normal')": ["Convolution2D"],
    "for RNN in [LSTM, L.GRU]: RNN(3)": ["LSTM", "L.GRU"],
    "kinds = {'a': LSTM}": ["LSTM"],
    "stack(LSTM, 3)": ["LSTM"],
    "stack(kind=LSTM)": ["LSTM"],
    "def stack(kind=LSTM): kind(3)": ["LSTM"],
    "RNN = LSTM if deep else GRU": ["LSTM", "GRU"],
    "class Mine(LSTM): pass": ["LSTM"],
    "self.kind = LSTM": ["LSTM"],
    "if a: from keras.layers import LSTM as R\nelse: from keras.layers import GRU as R\nR(3)": (
        ["R", "R"]
    ),
}
ALONE = [
    "conv = partial(Convolution2D, 8, init='normal')",
    "class Mine(LSTM):\n def __init__(self, n):\n  super().__init__(n, inner_init='identity')",
]


def told(text):
    _, findings = convert(f"{HEAD}{text}\n")
    return [found.message.partition(":")[0] for found in findings if found.code == "KI110"]


@pytest.mark.parametrize("line", SILENT)
def test_what_hands_no_class_on_is_not_told(line):
    assert told(f"{OLD}{line}") == []


@pytest.mark.parametrize(("line", "names"), HANDED_ON.items())
def test_classes_that_are_handed_on_are_told(line, names):
    assert told(f"{OLD}{line}") == names


@pytest.mark.parametrize("text", ALONE)
def test_arguments_of_keras_1_tell_alone(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize("line", [line for line in HANDED_ON if "init=" not in line])
def test_code_of_keras_3_hands_on_what_it_likes(line):
    assert told(line) == []
    assert told(f"Dense(units=3)\n{line}") == []
