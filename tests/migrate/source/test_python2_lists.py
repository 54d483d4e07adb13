"""Lists of Python 2."""

import pytest

from keras_inits.migrate.source import convert

HEAD = "import keras\n"
UNTOUCHED = {
    "gone through": "for a, b in zip(x, y): f(a)\nd = dict(zip(x, y))\n[k for k in d.keys()]\n",
    "a list": "x = list(zip(a, b))\nshuffle(x)\nlist(d.values())[0]\n",
    "a range": "r = range(3)\nr[0], len(r)\n",
    "another function": "from mine import zip\nzip(a, b)[0]\ndef map(f): pass\nmap(f)[0]\n",
    "another method": "d.keys(3)[0]\nlen(d.keys())\n",
    "another name": "x = zip(a, b)\ny.sort()\n",
}
CONVERTED = {
    "a = x.values() + y.values()": "a = list(x.values()) + list(y.values())",
    "a = range(3) + b": "a = list(range(3)) + b",
    "zip(a, b)[0]": "list(zip(a, b))[0]",
    "d.keys()[:3]": "list(d.keys())[:3]",
    "p = zip(a, b)\nnp.random.shuffle(p)": "p = list(zip(a, b))\nnp.random.shuffle(p)",
    "i = range(n)\nshuffle(i)": "i = list(range(n))\nshuffle(i)",
    "k = d.keys()\nk.sort()": "k = list(d.keys())\nk.sort()",
    "v[range(3), map(f, x)] = 1": "v[range(3), list(map(f, x))] = 1",
    "x = np.array(map(f, x))": "x = np.array(list(map(f, x)))",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_python_3_runs_is_left_alone(text):
    assert convert(HEAD + text, py3=True)[0] == HEAD + text


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_what_has_to_be_a_list_is_made_one(before, after):
    assert convert(f"{HEAD}{before}\n")[0] == f"{HEAD}{before}\n"
    new = convert(f"{HEAD}{before}\n", py3=True)[0]
    assert new == f"{HEAD}{after}\n"
    assert convert(new, py3=True)[0] == new
