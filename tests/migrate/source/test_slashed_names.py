"""Names of layers with a slash."""

import keras
import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\nfrom keras import layers\nfrom keras import backend as K\n"
UNTOUCHED = {
    "no slash": "layers.Dense(3, name='a_b')\nlayers.Dense(3, name=a)\n",
    "another function's name": "tf.placeholder(name='a/b')\nopen(name='a/b')\n",
    "other strings": "layers.Dense(3, name=a[k['a/b']])\nget_file('a/b')\nx = 'a/b'\n",
    "done": "def f(n='a/'): layers.Dense(3, name=(n + 'b').replace('/', '_'))\n",
}
CONVERTED = {
    "layers.Dense(3, name='a/b')": "layers.Dense(3, name='a_b')",
    "self.add_weight(name='{}/W'.format(n))": "self.add_weight(name='{}_W'.format(n))",
    "K.variable(1, name='a/b')": "keras.Variable(1, name='a_b')",
    "Scale(axis=1, name='a/b')(x)": "Scale(axis=1, name='a_b')(x)",
    "model.add(Scale(name='a/b'))": "model.add(Scale(name='a_b'))",
    "model.get_layer('a/b')": "model.get_layer('a_b')",
    "layers.Dense(3, name='%s/b' % a)": "layers.Dense(3, name='%s_b' % a)",
    "layers.Dense(3, name='{}/b'.format(a))": "layers.Dense(3, name='{}_b'.format(a))",
    "layers.Dense(3, name=a + '/' + b)": "layers.Dense(3, name=a + '_' + b)",
    "a = 'x/'\nlayers.Dense(3, name=a + 'b')": (
        "a = 'x/'\nlayers.Dense(3, name=(a + 'b').replace(\"/\", \"_\"))"
    ),
    "n = 'a'\nn = n + '/b'\nlayers.Dense(3, name=n)": (
        "n = 'a'\nn = n + '/b'\nlayers.Dense(3, name=n.replace(\"/\", \"_\"))"
    ),
    "def f(n=None): layers.Dense(3, name=n)\nf('a/b')": (
        'def f(n=None): layers.Dense(3, name=n and n.replace("/", "_"))\nf(\'a/b\')'
    ),
}


def converted(text):
    return convert(f"{HEAD}{text}", only=["KI217", "KI8"], from_keras="1.2.2")


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_other_names_are_left_alone(text):
    assert converted(text)[0] == f"{HEAD}{text}"


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_a_slash_becomes_an_underscore(before, after):
    new, findings = converted(f"{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert {found.code for found in findings} == ({"KI217"} if "name=" in before else set())
    assert converted(new.removeprefix(HEAD))[0] == new


def test_a_merge_is_written_anew_with_the_new_name():
    text = "from keras.layers import merge\nmerge([a, b], mode='sum', name='a/b')\n"
    assert convert(text)[0].endswith("keras.layers.add([a, b], name='a_b')\n")


def test_keras_refuses_a_slash():
    with pytest.raises(ValueError, match="/"):
        keras.layers.Dense(3, name="a/b")
