"""Arguments that come to a layer by way of a function, a dictionary or functools.partial."""

import pytest

from keras_inits.migrate.source import convert

HEAD = """import functools
from functools import partial
from keras.layers import {}
"""
CONV, DENSE = HEAD.format("Conv2D, Dense, LSTM"), HEAD.format("Convolution2D, Dense, LSTM")
BLOCK = (
    "def block(x, n, border_mode='same', **rest):\n    return Convolution2D(n, 3, 3, **rest)(x)\n"
)
BLOCK_3 = "def block(x, n, border_mode='same', **rest):\n    return Conv2D(n, (3, 3), **rest)(x)\n"
OUTER = "def outer(x, **kw):\n    return block(x, 8, **kw)\n"
OWN = "class B:\n    def __init__(self, **rest):\n        Dense(3, **rest)\n"

#: What is written with Keras 1, and what it becomes.
CASES = {
    "a function's own keywords stay": ("block(x, 8, border_mode='valid')",) * 2,
    "the others are the layer's": (
        "block(x, 8, subsample=(2, 2), init='he_normal')",
        "block(x, 8, strides=(2, 2), kernel_initializer='keras1_he_normal')",
    ),
    "what a function takes out is its own": (
        "def f(n, **kw):\n    a = kw.pop('init', 'one')\n    Dense(n, init=a, **kw)\n"
        "f(8, init='he_normal', bias=False)",
        "def f(n, **kw):\n    a = kw.pop('init', 'one')\n    Dense(n, kernel_initializer=a, **kw)\n"
        "f(8, init='keras1_he_normal', use_bias=False)",
    ),
    "each call's": (
        "block(x, 8, init='he_normal')\nblock(x, 8, init='zero')",
        "block(x, 8, kernel_initializer='keras1_he_normal')\n"
        "block(x, 8, kernel_initializer='zero')",
    ),
    "through another function": (
        f"{OUTER}outer(x, bias=False, subsample=(2, 2))",
        f"{OUTER}outer(x, use_bias=False, strides=(2, 2))",
    ),
    "the constructor of a class": (
        f"{OWN}B(init='he_normal')",
        f"{OWN}B(kernel_initializer='keras1_he_normal')",
    ),
    "both of two dictionaries": (
        "a = dict(init='one') if x else {'init': 'zero', 'bias': False}\nDense(3, **a)",
        "a = dict(kernel_initializer='one') if x else "
        "{'kernel_initializer': 'zero', 'use_bias': False}\nDense(3, **a)",
    ),
    "partial": (
        "conv = partial(Convolution2D, border_mode='same', init='he_normal')\nconv(8, 3, 5)",
        "conv = partial(Conv2D, padding='same', kernel_initializer='keras1_he_normal')\n"
        "conv(8, (3, 5))",
    ),
    "partial that is called there and then": (
        "functools.partial(Dense, bias=False)(8, 'one')",
        "functools.partial(Dense, use_bias=False)(8, kernel_initializer='one')",
    ),
    "partial of something else": ("partial(f, init='one')(8, init='zero')",) * 2,
    "another partial": ("b.partial(Dense, init='one')",) * 2,
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_arguments_are_converted_where_they_are_written(before, after):
    new, _ = convert(f"{DENSE}{BLOCK}{before}\n", from_keras="1.2.2", dim_ordering="tf")
    expected = f"{CONV}{BLOCK_3}{after}\n"
    assert new.replace("import keras_inits\n", "") == expected
    assert convert(new, from_keras="1.2.2", dim_ordering="tf")[0] == new


@pytest.mark.parametrize("call", ["f(3, init='he_normal')", "partial(LSTM, 3)(init='he_normal')"])
def test_what_cannot_be_converted_is_told(call):
    text = f"{DENSE}def f(n, **rest):\n    return LSTM(n, **rest)\n{call}\n"
    new, findings = convert(text, from_keras="1.2.2")
    assert new.splitlines()[-1] == call
    assert {"KI101", "KI110"} & {found.code for found in findings}
