"""Sessions of TensorFlow 1."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras.layers\nimport tensorflow as tf\nfrom keras import backend as K\n"
LEFT = {
    "a session that runs": (
        "config = tf.ConfigProto()\nsess = tf.Session(config=config)\n"
        "K.set_session(sess)\nsess.run(x)\n"
    ),
    "a session that a function runs": (
        "config = tf.ConfigProto()\nsess = tf.Session(config=config)\n"
        "K.set_session(sess)\ndef f():\n    return sess.run(x)\n"
    ),
    "options that go elsewhere": "config = tf.ConfigProto()\nrun(config)\n",
    "options of an object": "self.config = tf.ConfigProto()\n",
}
OPTIONS = "config = tf.ConfigProto(a=1)\n{0}config.gpu_options.allow_growth = True\n{0}"
SET = "K.set_session(tf.Session(config=config))\n"
TAKEN = {
    f"{OPTIONS}sess = tf.Session(config=config)\nK.set_session(sess)\nx = 3\n": "x = 3\n",
    f"{OPTIONS}{SET}": "",
    f"config = 3\ndef f():\n    {OPTIONS}{SET}": "config = 3\ndef f():\n    pass\n",
    f"def f():\n    {OPTIONS}{SET}": "def f():\n    pass\n",
    f"if a:\n    {OPTIONS}{SET}    g()\n": "if a:\n    g()\n",
}


def converted(text):
    return convert(HEAD + text, only=["KI3", "KI8"], from_keras="1.2.2")


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_other_sessions_are_left_alone(text):
    new, findings = converted(text)
    assert new == HEAD + text
    assert "KI315" not in [found.code for found in findings]


@pytest.mark.parametrize(("before", "after"), TAKEN.items())
def test_a_session_that_sets_up_the_gpu_goes(before, after):
    new, findings = converted(before.format("    " if "    " in before else ""))
    assert new == HEAD + after
    assert [found.code for found in findings if found.code != "KI004"] == ["KI315"]
