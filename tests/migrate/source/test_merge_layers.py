"""Models merged inside a Sequential model."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\nfrom keras.models import Sequential\nfrom keras.layers import *\n"
MADE = "m = Sequential()\n"
MERGE = "m.add(Merge([a, b], mode='sum'))\n"
REPORTED = {
    "a layer that is added on a line of a loop": f"{MADE}{MERGE}for i in n: m.add(Dense(i))\n",
    "models from elsewhere": f"{MADE}m.add(Merge(models, mode='sum'))\n",
    "no such mode": f"{MADE}m.add(Merge([a, b], mode='join'))\n",
    "used in between": f"{MADE}{MERGE}m.summary()\nm.add(Dense(3))\n",
    "not the first layer": f"{MADE}m.add(Dense(3))\n{MERGE}",
    "made elsewhere": f"{MERGE}m.add(Dense(3))\n",
    "in a list": "m = Sequential([Merge([a, b], mode='sum'), Dense(3)])\n",
    "added to in a function": f"{MADE}{MERGE}def f():\n    m.add(Dense(3))\n",
}
LAST = "m = keras.Model(keras.utils.get_source_inputs(m), m)\n"
CONVERTED = {
    f"{MADE}{MERGE}": f"m = keras.layers.Add()([a.outputs[0], b.outputs[0]])\n{LAST}",
    f"{MADE}m.add(Merge([a, x[0]], mode='concat', concat_axis=1))\nm.add(Dense(3))\nm.fit(x)\n": (
        "m = keras.layers.Concatenate(axis=1)([a.outputs[0], x[0].outputs[0]])\n"
        f"m = Dense(3)(m)\n{LAST}m.fit(x)\n"
    ),
    f"{MADE}{MERGE}for i in n:\n    m.add(Dense(i))  # each\nm.fit(x)\n": (
        "m = keras.layers.Add()([a.outputs[0], b.outputs[0]])\n"
        f"for i in n:\n    m = Dense(i)(m)  # each\n{LAST}m.fit(x)\n"
    ),
    f"{MADE}m.add(Merge([a, b], mode='dot', dot_axes=[(2,), (1,)]))\n": (
        f"m = keras.layers.Dot(axes=(2, 1))([a.outputs[0], b.outputs[0]])\n{LAST}"
    ),
    f"{MADE}m.add(Merge([a, b], mode=lambda x: x[0], output_shape=(3,)))\n": (
        "m = keras.layers.Lambda(function=lambda x: x[0], output_shape=(3,))"
        "([a.outputs[0], b.outputs[0]])\n"
        f"{LAST}"
    ),
    f"{MADE}{MERGE}m.fit(x)\n{MADE}m.add(Dense(3))\n": (
        f"m = keras.layers.Add()([a.outputs[0], b.outputs[0]])\n{LAST}m.fit(x)\n"
        f"{MADE}m.add(Dense(3))\n"
    ),
}


def changed(text):
    new, findings = convert(HEAD + text, only=["KI2"], from_keras="1.2.2")
    assert convert(new, only=["KI2"], from_keras="1.2.2")[0] == new
    return new.removeprefix(HEAD), {found.code for found in findings}


@pytest.mark.parametrize("text", REPORTED.values(), ids=REPORTED)
def test_what_cannot_be_followed_is_left_and_reported(text):
    new, codes = changed(text)
    assert new == text
    assert "KI209" in codes


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_the_layers_are_called_one_on_the_other(before, after):
    assert changed(before) == (after, {"KI211"})


def test_what_adds_statements_of_its_own_comes_first():
    new, _ = changed(f"{MADE}{MERGE}m.add(Convolution1D(3, 2, border_mode='full'))\n")
    assert new == (
        "m = keras.layers.Add()([a.outputs[0], b.outputs[0]])\n"
        f"m = keras.layers.ZeroPadding1D(1)(m)\nm = Conv1D(3, 2, padding='valid')(m)\n{LAST}"
    )


def test_the_model_has_the_inputs_of_those_merged_each_once_in_their_order():
    text = "".join(
        f"{name} = Sequential([keras.Input(({size},)), Dense(3)])\n" for name, size in ("a4", "b5")
    )
    text += f"{MADE}m.add(Merge([a, b], mode='sum'))\n"
    text += "n = Sequential()\nn.add(Merge([m, a], mode='concat'))\n"
    names = {}
    exec(HEAD.replace("Dense", "") + changed(text)[0], names)
    n, a, b = (names[name] for name in "nab")
    x, z = (np.random.default_rng(size).normal(size=(2, size)) for size in (4, 5))
    given = np.concatenate([a(x) + b(z), a(x)], axis=-1)
    assert isinstance(n, keras.Model)
    np.testing.assert_array_equal(n([x, z]), given)
