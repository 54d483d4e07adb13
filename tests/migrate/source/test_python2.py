"""Python 2 to 3, where asked for."""

import ast

import pytest

from keras_inits.migrate.source import convert

UNTOUCHED = {
    "Python 3": "print('a', b)\nprint('a', file=f)\nfor i in range(3):\n    next(g)\n",
    "names of its own": "from six.moves import xrange\nxrange(3)\n",
    "names it makes": "try:\n    unicode\nexcept NameError:\n    unicode = str\nunicode(3)\n",
    "an argument": "f(long=3, unicode=4)\nx.reduce(3)\n",
    "tabs alone": "if a:\n\tf()\n\tif b:\n\t\tg()\n",
    "the function": "from __future__ import print_function\nprint('a')\nprint\n",
}
HEAD = "import keras\n"
CONVERTED = {
    'print "a"': 'print("a")',
    'print "a %d" % b, c': 'print("a %d" % b, c)',
    "print a,": 'print(a, end=" ")',
    "print": "print()",
    "print >>f, a": "print(a, file=f)",
    "print >>f": "print(file=f)",
    "print ('a %s' % b), c": "print(('a %s' % b), c)",
    "print (a)[0]": "print((a)[0])",
    "print (a) % b": "print((a) % b)",
    "print('a')": "print('a')",
    "if a: print b": "if a: print(b)",
    "try:\n    f()\nexcept (A, B), e:\n    g()": "try:\n    f()\nexcept (A, B) as e:\n    g()",
    "raise E, 'why'": "raise E('why')",
    "if a <> b: f()": "if a != b: f()",
    "exec a in b": "exec(a, b)",
    "x = 0777 + 10L + 00": "x = 0o777 + 10 + 00",
    "for i in xrange(3): f()": "for i in range(3): f()",
    "isinstance(x, basestring)": "isinstance(x, str)",
    "for k, v in d.iteritems(): f()": "for k, v in d.items(): f()",
    "d.has_key(k)": "(k in d)",
    "g.next()": "next(g)",
    "class A:\n    def next(self): return 3": "class A:\n    def __next__(self): return 3",
    "import cPickle": "import pickle as cPickle",
    "import cPickle as p": "import pickle as p",
    "import os, cPickle as pickle": "import os, pickle",
    "if a:\n\tf()\n        g()": "if a:\n        f()\n        g()",
    "if a:\n    f()\n    if b:\n\tg()": "if a:\n    f()\n    if b:\n        g()",
}


def converted(text):
    return convert(text, py3=True, only=["KI9"])


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_python_3_is_left_alone(text):
    text = text if "__future__" in text else f"import keras\n{text}"
    text = text if "keras" in text else f"{text}import keras\n"
    assert converted(text) == (text, [])


@pytest.mark.parametrize("text", CONVERTED)
def test_nothing_happens_unless_asked_for(text):
    assert convert(f"{HEAD}{text}\n", only=["KI9"]) == (f"{HEAD}{text}\n", [])


@pytest.mark.parametrize(("before", "after"), CONVERTED.items())
def test_statements_and_names(before, after):
    new, findings = converted(f"{HEAD}{before}\n")
    assert new == f"{HEAD}{after}\n"
    assert not findings
    assert converted(new)[0] == new
    ast.parse(new)


def test_reduce_comes_with_its_import():
    new, _ = converted(f"{HEAD}reduce(f, x)\n")
    assert "import functools\n" in new
    assert new.endswith("functools.reduce(f, x)\n")


@pytest.mark.parametrize("text", ["import urllib2\n", "raise E, 'why', trace\n"])
def test_what_needs_a_person_is_reported(text):
    new, findings = converted(HEAD + text)
    assert new == HEAD + text
    assert [(found.code, found.line) for found in findings] == [("KI901", 2)]


def test_lines_that_are_put_in_are_indented_by_blanks_too():
    head = "from keras.layers import LSTM\ndef f(m):\n"
    text = f"{head}\tm.add(LSTM(3, batch_input_shape=(1, 2, 3), inner_init='one'))\n        g()\n"
    new, _ = convert(text, py3=True, only=["KI2", "KI9"])
    assert "        m.add(keras.Input(batch_shape=(1, 2, 3)))\n        m.add(LSTM(" in new
    assert convert(new, py3=True, only=["KI2", "KI9"])[0] == new
