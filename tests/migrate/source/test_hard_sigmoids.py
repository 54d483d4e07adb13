"""The function hard_sigmoid, which is another one in Keras 3."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers import Activation\n"
HARD = "keras_inits.migrate.keras1.keras1_hard_sigmoid"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Activation(hard_sigmoid)", f"Activation({HARD})"),
        ("f(activations.hard_sigmoid)", f"f({HARD})"),
        ("f = activations.get('hard_sigmoid')", f"f = {HARD}"),
        ("hard_sigmoid(x)", f"{HARD}(x)"),
        ("f(hard_sigmoid=3)", "f(hard_sigmoid=3)"),
        ("activations.get('sigmoid')", "activations.get('sigmoid')"),
        (
            "def f(gate='hard_sigmoid'):\n    activations.get(gate)\nf('hard_sigmoid')",
            f"def f(gate={HARD}):\n    activations.get(gate)\nf({HARD})",
        ),
    ],
)
def test_the_function_hard_sigmoid_is_that_of_keras_1(before, after):
    room = "from keras import activations\nfrom keras.activations import hard_sigmoid\n"
    new, _ = convert(f"{room}{HEAD}{before}\n", from_keras="1.2.2", only=["KI2"])
    assert new.endswith(f"\n{after}\n")
    alone, _ = convert(f"{room}{HEAD}{before}\n", from_keras="1.2.2", no_dependency=True)
    assert "keras_inits" not in alone
    ours, _ = convert(f"{room}from keras.layers import *\nDense(units=3)\n{before}\n")
    assert ours.endswith(f"\n{before}\n")


def test_an_activation_that_other_files_may_give_is_told():
    text = "from keras import activations\ndef f(gate='{}'):\n    activations.get(gate)\n"
    codes = [
        {found.code for found in convert(text.format(name), from_keras="1.2.2")[1]}
        for name in ("hard_sigmoid", "sigmoid")
    ]
    assert ["KI216" in found for found in codes] == [True, False]
