"""The release that a file does not tell, where its layers' start depends on it."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers import *\nmodel.fit(x, y, nb_epoch=3)\n"


def told(line, **options):
    findings = convert(f"{HEAD}{line}\n", only=["KI109"], **options)[1]
    return [found.message for found in findings]


@pytest.mark.parametrize(
    "line",
    [
        "Dense(3, init='he_normal')",
        "LSTM(3, consume_less='gpu')",
        "SimpleRNN(3)",
        "Convolution2D(3, 3, 3, dim_ordering='th')",
        "Convolution2D(3, 3, 3, dim_ordering='tf', init='uniform')",
        "Dense(3, init=f)",
        "Convolution1D(3, 3, init='uniform')",
        "ConvLSTM2D(3, 3, 3)",
    ],
)
def test_a_start_that_never_changed_tells_nothing(line):
    assert told(line) == []


@pytest.mark.parametrize(
    ("line", "layers"),
    [
        ("LSTM(3)", "LSTM"),
        ("LSTM(3)\nGRU(3)\nDense(2)", "GRU, LSTM"),
        ("Convolution2D(3, 3, 3, dim_ordering='tf')", "Convolution2D"),
        ("i = 'he_normal'\nConvolution2D(3, 3, 3, dim_ordering='tf', init=i)", "Convolution2D"),
    ],
)
def test_a_start_that_depends_on_the_release_is_told_once(line, layers):
    (message,) = told(line)
    assert f"until 1.1.2, {layers} started otherwise" in message
    assert told(line, from_keras="1.2.2") == []
    assert told(f"{line}\nmodel.fit(x, y, show_accuracy=True)") == []


@pytest.mark.parametrize(
    ("line", "release"),
    [("Convolution1D(3, 3)", "1.1.1"), ("Convolution1D(3, 3, init='he_normal')", "1.0.8")],
)
def test_a_start_tells_the_last_release_that_had_another(line, release):
    (message,) = told(f"LSTM(3)\n{line}")
    others = f"until {release}, Convolution1D started otherwise"
    assert message == f"until 1.1.2, LSTM started otherwise; {others}; give --from-keras"
