"""The dim ordering of a program."""

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": "from keras import backend as K\nif K.image_data_format() == 'channels_last': f()\n",
    "other words": "import keras\nif framework == 'th' or framework in ['tf']: f()\n",
    "another backend": "import keras\nimport mine as K\nK.set_image_dim_ordering('th')\n",
}
HEAD = "import keras.layers\nfrom keras import backend as K\n"
CONVERTED = {
    "K.set_image_dim_ordering('th')": "K.set_image_data_format('channels_first')",
    'K.set_image_dim_ordering("tf")': 'K.set_image_data_format("channels_last")',
    "o = 'th'\nK.set_image_dim_ordering(o)": "o = 'channels_first'\nK.set_image_data_format(o)",
    "x = 1 if K.image_dim_ordering() == 'th' else 3": (
        "x = 1 if K.image_data_format() == 'channels_first' else 3"
    ),
    "o = K.image_dim_ordering()\nif 'tf' != o: f()": (
        "o = K.image_data_format()\nif 'channels_last' != o: f()"
    ),
    "def f(dim_ordering='th'):\n    assert dim_ordering in {'th', 'tf'}": (
        "def f(dim_ordering='channels_first'):\n"
        "    assert dim_ordering in {'channels_first', 'channels_last'}"
    ),
    "o = 'th'\nf(dim_ordering=o)\nif 'tf' == o: f()": (
        "o = 'channels_first'\nf(dim_ordering=o)\nif 'channels_last' == o: f()"
    ),
    "if self.dim_ordering == 'th': f()": "if self.dim_ordering == 'channels_first': f()",
}


def converted(text):
    return convert(text, only=["KI7"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_words_are_left_alone(text):
    assert converted(text) == (text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_orderings_become_formats(before, after):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert not findings
    assert converted(new)[0] == new


def test_an_ordering_from_elsewhere_is_reported():
    new, findings = converted(f"{HEAD}K.set_image_dim_ordering(args.order)\n")
    assert new == f"{HEAD}K.set_image_data_format(args.order)\n"
    assert [found.code for found in findings] == ["KI701"]


def test_an_imported_function_keeps_its_name_here():
    text = "import keras.layers\nfrom keras.backend import set_image_dim_ordering as s\ns('th')\n"
    new, _ = convert(text, only=["KI3", "KI7"])
    after = "from keras.backend import set_image_data_format as s\ns('channels_first')\n"
    assert new == f"import keras.layers\n{after}"


IMAGES = """\
import numpy as np
from keras.datasets import cifar10  # images
from keras.layers import (
    BatchNormalization, Convolution2D, Dense, Input, MaxPooling2D, Reshape, merge
)
import keras.backend as K
"""
TH, TF, DEFAULT = "th", "tf", "tf"
SHAPES = {
    "Convolution2D(8, 3, 3, input_shape=(3, 32, 32))": TH,
    "Convolution2D(8, 3, 3, input_shape=(32, 32, 3))": TF,
    "Convolution2D(8, 3, 3, input_shape=(30, 64, 64))": TH,
    "Convolution2D(8, 3, 3, input_shape=(64, 64, n))": TF,
    "Convolution2D(8, 3, 3, input_shape=(self.n_channels, a, b))": TH,
    "Convolution2D(8, 3, 3, input_shape=(a, b, c))": DEFAULT,
    "Convolution2D(8, 3, 3, input_shape=(n, n, n))": DEFAULT,
    "x = np.zeros((n, 3, 32, 32))\nConvolution2D(8, 3, 3)": TH,
    "x = np.reshape(x, (n, 28, 28, 1))\nConvolution2D(8, 3, 3)": TF,
    "channels, n = 3, 2\nc = 3\nConvolution2D(8, 3, 3, input_shape=(c, n, n))": TH,
    "s = (1, 28, 28)\nConvolution2D(8, 3, 3, input_shape=s)": TH,
    "Convolution2D(8, 3, 3, batch_input_shape=(9, 3, 32, 32))": TH,
    "Input(shape=(1, h, w))\nConvolution2D(8, 3, 3)": TH,
    "a = 1\nConvolution2D(8, 3, 3)\nBatchNormalization(axis=a)": TH,
    "Convolution2D(8, 3, 3)\nBatchNormalization(axis=3)": TF,
    "Input((1, h, w))\nConvolution2D(8, 3, 3)": TH,
    "a = Convolution2D(8, 3, 3)(x)\nmerge([b, a], mode='concat', concat_axis=1)": TH,
    "merge([Convolution2D(8, 3, 3)(x), b], 'concat', concat_axis=3)": TF,
    "Convolution2D(8, 3, 3)\na = Dense(3)(x)\nmerge([a, a], mode='concat', concat_axis=1)": (
        DEFAULT
    ),
    "BatchNormalization(axis=1)\nDense(8, nb_epoch=2, input_shape=(9, 9))": DEFAULT,
    "s = (1, 28, 28) if c else (28, 28, 1)\nConvolution2D(8, 3, 3, input_shape=s)": DEFAULT,
    "a = 1 if c else 3\nConvolution2D(8, 3, 3)\nBatchNormalization(axis=a)": DEFAULT,
    "mine(input_shape=(3, 32, 32))\nConvolution2D(8, 3, 3)": DEFAULT,
    "Input([1, h, w])\nConvolution2D(8, 3, 3)": TH,
    "x = x.reshape(x.shape[0], 1, h, w)\nConvolution2D(8, 3, 3)": TH,
    "x = x.reshape((-1, h, w, 3))\nConvolution2D(8, 3, 3)": TF,
    "x = x.reshape(-1, 1, h, w)\nDense(8, nb_epoch=2)": DEFAULT,
    "x = x.reshape(9, 8, h, w)\nConvolution2D(8, 3, 3)": DEFAULT,
    "x = x.reshape(1, h, w)\nConvolution2D(8, 3, 3)": DEFAULT,
    "Reshape([n, 14, 14])\nConvolution2D(8, 3, 3)": TH,
    "Reshape((7, 7, 64))\nConvolution2D(8, 3, 3)": TF,
    "Reshape((7, 8, 9))\nConvolution2D(8, 3, 3)": DEFAULT,
    "Reshape((7, 7, 7))\nConvolution2D(8, 3, 3)": DEFAULT,
    "Reshape((64, 7, 7))\nConvolution2D(8, 3, 3, input_shape=(28, 28, 1))": TF,
}


@pytest.mark.parametrize(("text", "word"), SHAPES.items())
def test_shapes_and_axes_tell_the_ordering(text, word):
    _, findings = convert(f"{IMAGES}{text}\n", only=["KI0", "KI2"])
    assert f"dim_ordering '{word}'" in findings[0].message


def test_the_ordering_that_a_program_sets_is_its_own_whatever_is_said():
    text = "K.set_image_dim_ordering('th')\nfrom keras.layers import Flatten\nFlatten()\n"
    new, findings = convert(HEAD + text, from_keras="1.2.2", dim_ordering="tf")
    assert new.endswith('Flatten(data_format="channels_last")\n')
    assert "dim_ordering 'th'" in findings[0].message


def test_what_follows_the_ordering_of_the_program_gets_it_from_the_program():
    text = "x = cifar10.load_data()\nMaxPooling2D(input_shape=(3, 9, 9))\nConvolution2D(8, 3, 3)\n"
    new, findings = convert(f"{IMAGES}{text}", only=["KI2", "KI7"])
    setting = 'keras.config.set_image_data_format("channels_first")\n'
    assert f"import cifar10  # images\n{setting}from keras" in new
    assert new.endswith("load_data()\nMaxPooling2D(input_shape=(3, 9, 9))\nConv2D(8, (3, 3))\n")
    assert "KI702" in [found.code for found in findings]
    assert convert(new)[0] == new


def test_the_setting_stands_below_what_imports_keras_by_its_name():
    text = "import keras.callbacks\nx = cifar10.load_data()\nConvolution2D(8, 3, 3)\n"
    new, _ = convert(IMAGES + text, from_keras="1.0.8")
    assert 'import keras.callbacks\nkeras.config.set_image_data_format("channels_first")\n' in new
    assert convert(new, from_keras="1.0.8")[0] == new


@pytest.mark.parametrize(
    "text",
    [
        "x = cifar10.load_data()\nConvolution2D(8, 3, 3, input_shape=(9, 9, 3))\n",
        "x = load_data()\nConvolution2D(8, 3, 3, input_shape=(3, 9, 9))\n",
        "K.set_image_dim_ordering('th')\nx = cifar10.load_data()\nConvolution2D(8, 3, 3)\n",
    ],
    ids=["tf", "nothing follows it", "set already"],
)
def test_a_program_that_needs_no_setting_gets_none(text):
    new, _ = convert(f"{IMAGES}{text}")
    assert "config" not in new
