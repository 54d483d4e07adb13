"""Theano and TensorFlow 1 beside Keras."""

import pytest

from keras_inits.migrate.source import convert

OLD = "import keras\nfrom keras import initializations\n"
UNTOUCHED = {
    "no legacy Keras": "import keras\nimport theano\nimport tensorflow as tf\ntf.Session()\n",
    "TensorFlow 2": f"{OLD}import tensorflow as tf\ntf.constant(3)\ntf.math.sin(3)\n",
    "another backend": f"{OLD}os.environ['KERAS_BACKEND'] = 'jax'\n",
    "another variable": f"{OLD}os.environ['MY_BACKEND'] = 'theano'\n",
    "another tf": f"{OLD}import mine as tf\ntf.Session()\n",
}
REPORTED = {
    "import theano.tensor as T": "KI311",
    "from theano import function": "KI311",
    "import tensorflow as tf; tf.Session()": "KI312",
    "import tensorflow as tf; x = tf.contrib.layers.f(3)": "KI312",
    "import tensorflow as tf; f = lambda x: tf.image.resize_images(x, (66, 200))": "KI312",
}


def converted(text):
    return convert(text, only=["KI31"])


def told(text):
    new, findings = converted(text)
    return new, [found.code for found in findings if found.code.startswith("KI31")]


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_the_rest_is_left_alone(text):
    codes = told(text)[1]
    assert codes == []
    assert "BACKEND" not in text or told(text)[0].endswith(text.splitlines()[-1] + "\n")


@pytest.mark.parametrize(("text", "code"), REPORTED.items())
def test_other_frameworks_are_reported(text, code):
    new, codes = told(f"{OLD}{text}\n")
    assert new.endswith(f"{text}\n")
    assert codes == [code]


def test_a_patch_for_keras_1_goes():
    head = f"{OLD}import tensorflow as tf\n"
    new, codes = told(f"{head}tf.python.control_flow_ops = tf\nx = f.control_flow_ops\n")
    assert new.endswith("import tensorflow as tf\nx = f.control_flow_ops\n")
    assert codes == ["KI314"]


def test_the_choice_of_theano_goes():
    text = "import os\nos.environ['KERAS_BACKEND'] = 'theano'\n"
    new, codes = told(f"{text}{OLD}")
    assert "KERAS_BACKEND" not in new
    assert codes == ["KI313"]
    new, _ = converted(f"if a:\n    environ['KERAS_BACKEND'] = 'theano'\n{OLD}")
    assert new.startswith("if a:\n    pass\n")
