"""Divisions of Python 2 whose results count."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\nfrom keras.layers import Dense, Dropout, Reshape\n"
LEFT = {
    "a ratio": "r = len(x) / 2\nprint(r)\n",
    "a dropout": "Dropout(1 / 2)\n",
    "no whole number": "y = x[:n / 2]\nz = x[:len(x) / 2.0]\n",
    "an unknown": "def f(n):\n    return x[n / 2]\n",
    "what is indexed": "y = (x / 2)[0]\nn = 4\ny = (n / 2)[0]\n",
    "a fraction of an unknown": "Dense(n / 2.0)\nDense(int(n / 2))\n",
    "made of itself and no whole number": "n = x\nn = n / 2\ny = x[:n]\n",
    "a range with a fraction": "range(n / 2.0)\nrange(int(n / 2))\n",
    "already": "y = x[:len(x) // 2]\n",
}
ROUNDED = {
    "y = x[:len(x) / 2]": "y = x[:len(x) // 2]",
    "y = x[x.shape[0] / 2 + 1]": "y = x[x.shape[0] // 2 + 1]",
    "n = len(x) - len(x) / 10\ny = x[n:]": "n = len(x) - len(x) // 10\ny = x[n:]",
    "n = 8\nm = 2\nDense(n / m)": "n = 8\nm = 2\nDense(n // m)",
    "h = 8\ns = (h / (2 * 2), 3)\nReshape(target_shape=s)": (
        "h = 8\ns = (h // (2 * 2), 3)\nReshape(target_shape=s)"
    ),
    "Dense(sizes[0] / 2, input_shape=(n / 4,))": "Dense(sizes[0] // 2, input_shape=(n // 4,))",
    "m.fit(x, batch_size=len(x) / 4)": "m.fit(x, batch_size=len(x) // 4)",
    "for i in range(len(x) / 4): f(i)": "for i in range(len(x) // 4): f(i)",
    "n = 8\nn = (n + 1) / 2\nDense(n)": "n = 8\nn = (n + 1) // 2\nDense(n)",
    "def f(n):\n    for i in range(n / 4): g(i)": "def f(n):\n    for i in range(n // 4): g(i)",
}


def changed(text, **options):
    new, _ = convert(HEAD + text, only=["KI9"], **options)
    assert convert(new, only=["KI9"], **options)[0] == new
    return new.removeprefix(HEAD)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_other_divisions_are_left_alone(text):
    assert changed(text, py3=True) == text


@pytest.mark.parametrize("text", ROUNDED, ids=ROUNDED)
def test_without_py3_and_with_true_division_nothing_changes(text):
    assert changed(text) == text
    future = "from __future__ import division\n"
    assert convert(future + HEAD + text, py3=True, only=["KI9"])[0] == future + HEAD + text


@pytest.mark.parametrize(("before", "after"), ROUNDED.items())
def test_what_counts_is_rounded_down_as_python_2_did(before, after):
    assert changed(before, py3=True) == after
