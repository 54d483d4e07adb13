"""The dim ordering of a program."""

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Keras 3": "from keras import backend as K\nif K.image_data_format() == 'channels_last': f()\n",
    "other words": "import keras\nif framework == 'th' or framework in ['tf']: f()\n",
    "another backend": "import keras\nimport mine as K\nK.set_image_dim_ordering('th')\n",
}
HEAD = "from keras import backend as K\n"
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
    text = "from keras.backend import set_image_dim_ordering as s\ns('th')\n"
    new, _ = convert(text, only=["KI3", "KI7"])
    assert new == "from keras.backend import set_image_data_format as s\ns('channels_first')\n"
