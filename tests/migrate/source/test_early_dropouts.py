"""Dropout of early releases: what it multiplied by, in training and afterwards."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers.core import Dropout\nfrom keras.layers.embeddings import Embedding\n"


def converted(text, version, **options):
    new, findings = convert(HEAD + text, from_keras=version, **options)
    assert convert(new, from_keras=version, **options)[0] == new
    return new, {found.code for found in findings}


def model(text, version):
    """The Sequential model `m` that converted text makes."""
    made = {"m": keras.Sequential()}
    exec(converted(text, version)[0], made)
    return made["m"]


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("m.add(Dropout(0.2))\n", "0.3.0"),
        ("m.add(Dropout(p=0.2))\n", "1.2.2"),
        ("m.add(Embedding(9, 4, dropout=0.2))\n", "1.0.0"),
    ],
)
def test_what_enlarged_already_is_not_rescaled(text, version):
    new, codes = converted(text, version)
    assert "Rescaling" not in new
    assert not codes & {"KI221", "KI222"}


@pytest.mark.parametrize("rate", ["0.25", "0.125 * 2"])
@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_an_early_dropout_keeps_as_it_is_and_predicts_reduced(rate, version):
    made = model(f"m.add(Dropout({rate}))\n", version)
    x = np.ones((8, 4), "float32")
    assert np.allclose(made(x), 0.75)
    assert set(np.unique(made(x, training=True)).round(6)) == {0.0, 1.0}


def test_early_words_that_stay_are_not_enlarged():
    made = model("m.add(Embedding(9, 4, dropout=0.25))\n", "0.3.3")
    x = np.arange(9)[None]
    words = np.asarray(made.layers[0](x))
    assert np.allclose(made(x), 0.75 * words)
    kept = np.asarray(made(x, training=True))
    assert np.all(np.isclose(kept, words) | (kept == 0))


def test_the_conversion_is_told():
    assert "KI221" in converted("m.add(Dropout(0.2))\n", "0.2.0")[1]


def test_a_dropout_that_is_not_added_on_a_line_of_its_own_is_told():
    new, codes = converted("layers = [Dropout(0.2)]\n", "0.2.0")
    assert "Rescaling" not in new
    assert "KI222" in codes
