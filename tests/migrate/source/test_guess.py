"""What a file is taken for: what is left to Keras 2, and what tells of Keras 1."""

import re

import pytest

from keras_inits.migrate.source import convert

OF_KERAS2 = {
    "old words of training": """\
from keras.models import Sequential
from keras.layers.core import Dense, Lambda
from keras.layers import Merge
from keras.optimizers import SGD
model = Sequential()
model.add(Dense(units=8, kernel_initializer="he_normal"))
model.add(Merge([a, b], mode="concat"))
model.compile(SGD(lr=0.1, decay=1e-6), "mse")
model.fit_generator(g, samples_per_epoch=32, nb_epoch=3)
""",
    "kernel sizes": """\
from keras.layers.convolutional import Conv2D
from keras.constraints import maxnorm
Conv2D(8, (3, 3), kernel_constraint=maxnorm(3))
model.fit(x, y, nb_epoch=3)
""",
    "epochs": """\
from keras.layers import LSTM, Dense, Merge
from keras.utils import np_utils
LSTM(8)
Merge(mode="sum")([a, b])
model.fit(x, y, epochs=3)
""",
}
WITHOUT_LAYERS = {
    "training": """\
from keras.optimizers import Adam
from keras.engine.training import slice_X
from model import build
build().fit(slice_X(x, 3), y, nb_epoch=3)
optimizer = Adam(lr=0.1)
""",
    "data": "from keras.utils import np_utils\ny = np_utils.to_categorical(y)\nself.init(x)\n",
    "functions": "from keras import backend as K\ndef loss(x, y): return K.mean(x - y)\n",
}
OF_KERAS1 = {
    "nb_epoch alone": "from keras.layers import Dense\nDense(3)\nmodel.fit(x, nb_epoch=3)\n",
    "an init among others": """\
from keras.layers import Dense
Dense(3, kernel_initializer="uniform")
Dense(3, init="uniform")
model.fit(x, nb_epoch=3)
""",
    "an init by position": "from keras.layers.core import Dense\nDense(3, 'he_normal', 'relu')\n",
    "a patch of TensorFlow": (
        "import tensorflow as tf\nfrom keras.layers import LSTM\nLSTM(3)\n"
        "tf.python.control_flow_ops = tf\n"
    ),
    "rows and columns": "from keras.layers import Convolution2D\nConvolution2D(3, 3, 3)\n",
    "a custom layer": """\
from keras import initializations
from keras.engine.topology import Layer
class A(Layer):
    def get_output_shape_for(self, shape): pass
""",
}

#: What tells of a release beside layers, and the last that had it.
OF_RELEASES = {
    "def f(s, name=None): return g(s)\nConvolution2D(8, 3, 3, init=f)\n": "1.2.0",
    "def f(s, **k): return g(s)\nConvolution2D(8, 3, 3, init=f)\n": "1.2.2",
    "Convolution1D(8, 3, init=lambda s, dim_ordering, name=None: g(s))\n": "1.2.2",
    "Dense(8, init=lambda s, name=None: g(s), output_dim=8)\n": "1.2.2",
    "from keras.engine import Layer\nclass A(Layer):\n    def get_output_shape_for(self, s): 0\n": (
        "1.2.2"
    ),
    "class A(Dense):\n    def get_output(self, train=False): return 0\n": "0.3.3",
    "from keras.layers.core import MaskedLayer\nMaskedLayer\n": "0.3.3",
    "from keras.utils.theano_utils import sharedX\n": "0.2.0",
    "from keras.layers.core import *\nTimeDistributedMerge(mode='sum')\nmerge\n": "0.3.3",
}


@pytest.mark.parametrize("text", OF_KERAS2.values(), ids=OF_KERAS2)
def test_code_of_keras_2_is_left_as_it_is_with_one_finding(text):
    new, findings = convert(text)
    assert new == text
    assert [found.code for found in findings] == ["KI007"]
    assert re.search(r"with (\d+) lines .*\((\d+, )*\d+\)", findings[0].message)
    assert convert(text, skip=["KI9"]) == (text, [])


@pytest.mark.parametrize("text", WITHOUT_LAYERS.values(), ids=WITHOUT_LAYERS)
def test_a_file_without_layers_is_left_as_it_is_and_what_is_left_is_told(text):
    new, findings = convert(text)
    assert new == text
    assert findings[0].code == "KI008"
    assert {found.code[:4] for found in findings[1:]} == {"KI95"}


@pytest.mark.parametrize("text", [*OF_KERAS2.values(), *WITHOUT_LAYERS.values()])
def test_a_version_given_decides(text):
    assert convert(text, from_keras="1.2.2")[0] != text


@pytest.mark.parametrize("text", OF_KERAS1.values(), ids=OF_KERAS1)
def test_what_tells_of_keras_1_is_converted(text):
    assert convert(text)[0] != text


LAYERS = "from keras.layers import Convolution1D, Convolution2D, Dense\n"


@pytest.mark.parametrize(("text", "version"), OF_RELEASES.items())
def test_what_only_some_releases_had_tells_the_last_of_them(text, version):
    found = convert(f"{LAYERS}{text}Dense(3)\n")[1]
    assert [one.message.split()[3] for one in found if one.code == "KI004"] == [version]


def test_a_method_of_that_name_that_takes_something_else_tells_nothing():
    text = "from keras import Model\nfrom keras.layers import LSTM\nclass A(Model):\n"
    text += "    def get_output(self, x): return LSTM(3)(x)\n"
    assert convert(text)[0] == text


def test_methods_of_other_libraries_layers_tell_nothing():
    text = "from keras.layers import LSTM\nimport lasagne\nLSTM(3)\nclass A(lasagne.Layer):\n"
    assert convert(f"{text}    def get_output_shape_for(self, s): return s\n")[0].startswith(text)


def test_a_class_mode_of_images_tells_nothing():
    text = "from keras.layers import LSTM\nLSTM(3)\nflow_from_directory(d, class_mode='binary')\n"
    assert convert(text)[0] == text


def test_what_is_left_in_a_converted_file_is_told_line_by_line():
    text = f"{OF_KERAS1['an init by position']}x.dimshuffle(0)\n"
    new, first = convert(text)
    assert "import keras_inits" in new
    assert "KI954" in [found.code for found in first]
    assert [found.code for found in convert(new)[1]] == ["KI954"]
