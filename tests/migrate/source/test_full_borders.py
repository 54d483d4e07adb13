"""border_mode='full': what is left alone, what it becomes, and that it is the same convolution."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\nfrom keras.layers import *\n"
REPORTED = {
    "no model": "x = Convolution2D(8, 3, 3, border_mode='full')(x)",
    "a wrapper": "m.add(TimeDistributed(Convolution1D(8, 3, border_mode='full')))",
    "a size of the input alone": "m.add(Convolution1D(8, 3, border_mode='full', input_dim=4))",
    "a variable": "b = 'full'\nm.add(Convolution2D(8, 3, 3, border_mode=b))",
}
PADDED = {
    "m.add(Convolution2D(8, 3, 5, border_mode='full'))": (
        "m.add(keras.layers.ZeroPadding2D((2, 4)))\nm.add(Conv2D(8, (3, 5), padding='valid'))"
    ),
    "m.add(Convolution1D(8, n, border_mode='full'))": (
        "m.add(keras.layers.ZeroPadding1D(n - 1))\nm.add(Conv1D(8, n, padding='valid'))"
    ),
    "m.add(Convolution2D(8, 3, 3, border_mode='full', input_shape=(9, 9, 1)))": (
        "m.add(keras.layers.ZeroPadding2D((2, 2), input_shape=(9, 9, 1)))\n"
        "m.add(Conv2D(8, (3, 3), padding='valid'))"
    ),
    "m.add(Convolution2D(8, 3, 3, border_mode='full', dim_ordering='th'))": (
        'm.add(keras.layers.ZeroPadding2D((2, 2), data_format="channels_first"))\n'
        "m.add(Conv2D(8, (3, 3), padding='valid', data_format='channels_first'))"
    ),
}


def changed(text):
    new, findings = convert(HEAD + text, only=["KI2"], from_keras="1.2.2", dim_ordering="tf")
    assert convert(new, only=["KI2"])[0] == new
    return new.removeprefix(HEAD), [found.code for found in findings]


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED)
def test_what_cannot_be_padded_before_it_is_reported(text):
    new, codes = changed(text)
    assert "ZeroPadding" not in new
    assert "KI202" in codes


@pytest.mark.parametrize(("before", "after"), PADDED.items())
def test_zeros_come_before_a_valid_convolution(before, after):
    assert changed(before) == (after, [])


def test_it_is_the_full_convolution():
    new, _ = changed("m.add(Convolution2D(1, 3, 2, border_mode='full'))")
    m = keras.Sequential([keras.Input((4, 5, 1))])
    exec(f"from keras.layers import *\n{new}", {"m": m, "keras": keras})
    # Small whole numbers, so that every sum is exact.
    kernel, image = np.array([[1, -2], [3, 5], [-4, 7]]), np.arange(20).reshape(4, 5)
    m.layers[-1].set_weights([kernel[:, :, None, None], np.zeros(1)])
    # Full: every place where kernel and image meet, as NumPy's outer sums say.
    full = np.zeros((6, 6))
    for row, column in np.ndindex(3, 2):
        full[row : row + 4, column : column + 5] += image * kernel[::-1, ::-1][row, column]
    given = np.array(m(image[None, :, :, None].astype("float32")))[0, :, :, 0]
    np.testing.assert_array_equal(given, full)
