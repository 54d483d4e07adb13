"""Entries that a dictionary of arguments is given later: what is no matter first."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "from keras.layers import Dense, LSTM\nDense(3, init='uniform')\n"
SILENT = [
    "o = {}\no['init'] = 'normal'\nf(**o)",
    "o = {}\no['activation'] = 'tanh'\nDense(3, **o)",
    "o = {'init': 'normal'}\nx = o['init']\nDense(3, **o)",
    "o = {}\np['init'] = 'normal'\nDense(3, **o)",
    "o = {}\no[key] = 'normal'\nDense(3, **o)",
    "def f(**o):\n    Dense(3, **o)\ndef g(**o):\n    o.setdefault('init', 'normal')\n    h(**o)",
    "o = {}\no.update(activation='tanh')\no.setdefault(key)\no.setdefault()\nDense(3, **o)",
    "o = {}\na.o['init'] = 'normal'\nDense(3, **o)",
]


def told(text):
    found = convert(f"{HEAD}{text}\n")[1]
    return [(one.line, one.message) for one in found if one.code == "KI111"]


@pytest.mark.parametrize("text", SILENT)
def test_other_entries_are_not_told(text):
    assert told(text) == []


def test_old_arguments_that_come_later_are_told_once():
    text = "o = {'init': 'normal'}\no['bias'] = False\nDense(3, **o)\nDense(4, **o)"
    assert told(text) == [(4, "o['bias'] = False: given to Dense")]


def test_arguments_that_methods_add_are_told():
    text = (
        "def f(**o):\n    o.setdefault('init', 'normal')\n    Dense(3, **o)\nf(init='uniform')\n"
        "d = {}\nd.update(init='normal')\nDense(3, **d)"
    )
    assert told(text) == [
        (4, "o.setdefault('init', 'normal'): given to Dense"),
        (8, "d.update(init='normal'): given to Dense"),
    ]


@pytest.mark.parametrize(
    "given", ["{**a, 'init': 'normal'}", "dict(a, init='normal')", "dict(a, **{'init': 'normal'})"]
)
def test_arguments_beside_another_dictionary_are_told(given):
    (found,) = told(f"a = f()\nDense(3, **{given})")
    assert found[0] == 4
    (found,) = told(f"a = f()\nb = {given}\nDense(3, **b)")
    assert found[0] == 4


def test_they_tell_of_keras_1_alone():
    text = "from keras.layers import Dense\no = {}\no['init'] = 'normal'\nDense(3, **o)\n"
    assert [found.code for found in convert(text)[1]] == ["KI111"]
