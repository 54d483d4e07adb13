"""Initializers that TensorFlow never had."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "import tensorflow as tf\nfrom tensorflow import keras\n"
UNTOUCHED = {
    "what TensorFlow has": "Dense(3, kernel_initializer=tf.initializers.he_normal())\n",
    "a string": 'Dense(3, kernel_initializer="he_unnormal")\n',
    "of another module": "Dense(3, kernel_initializer=mine.initializers.he_unnormal())\n",
    "a function of its own": "def he_unnormal():\n    pass\nhe_unnormal()\n",
}
CONVERTED = {
    "f(kernel_initializer=tf.initializers.he_unnormal())": 'f(kernel_initializer="he_unnormal")',
    "f(kernel_initializer=tf.keras.initializers.glorot_unnormal)": (
        'f(kernel_initializer="glorot_unnormal")'
    ),
    "f(kernel_initializer=tf.initializers.he_unnormal(seed=1))": (
        "f(kernel_initializer=keras_inits.HeUnnormal(seed=1))"
    ),
    "i = tf.initializers.glorot_unnormal()": "i = keras_inits.GlorotUnnormal()",
}


def converted(text):
    return convert(text, only=["KI32"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_initializers_are_left_alone(text):
    assert converted(HEAD + text) == (HEAD + text, [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_names_of_the_tutorials(before, after):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new.replace("import keras_inits\n", "") == f"{HEAD}{after}\n"
    assert "import keras_inits\n" in new
    assert [found.code for found in findings] == ["KI321"]
    assert converted(new)[0] == new
