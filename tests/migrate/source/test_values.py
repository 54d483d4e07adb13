"""Values: what a name may stand for where it is used, and what nobody can tell."""

import pytest

from keras_inits.migrate.source.file import Options, SourceFile

#: A text that ends with `use(a)`, and what `a` may be there; None where that is not known.
SOURCES = {
    "nothing binds it": ("b = 1", ["a"]),
    "imported": ("import a", ["a"]),
    "an assignment": ("a = 1", ["1"]),
    "two of them": ("a = 1\nif b:\n    a = 2", ["1", "2"]),
    "one after the other": ("c = 1\na = c", ["1"]),
    "a chain": ("b = a = 1", ["1"]),
    "the first of a chain": ("a = b = 1", ["1"]),
    "itself": ("a = a", None),
    "twice the same": ("c = 1\na = c\na = c", ["1"]),
    "a condition": ("a = 1 if b else 2", ["1", "2"]),
    "an annotation alone": ("a: int", None),
    "changed": ("a = 1\na += 1", None),
    "first of two": ("a, b = 1, 2", None),
    "last of two": ("b, a = 1, 2", None),
    "in brackets": ("(b, a) = 1, 2", None),
    "a list": ("[b, a] = 1, 2", None),
    "a loop": ("for a in b:\n    pass", None),
    "a loop over pairs": ("for b, a in c:\n    pass", None),
    "an entry is changed": ("a = {}\na['b'] += 1", None),
    "another's entry is changed": ("a = 1\nb[a] += 1", ["1"]),
    "asked for alone": ("a = 1\nprint(a == 2, b[a], a)", ["1"]),
    "an argument's name": ("a = 1\nf(a=2)", ["1"]),
    "an attribute": ("a = 1\nb.a = 2", ["1"]),
    "in a comment": ("a = 1  # a = 2", ["1"]),
    "in a string": ("a = 1\nb = 'a = 2'", ["1"]),
    "a parameter elsewhere": ("a = 1\ndef f(a=2):\n    pass", ["1"]),
    "of another function": ("a = 1\ndef f():\n    a = 2", ["1"]),
    "of a class": ("a = 1\nclass B:\n    a = 2", ["1"]),
    "at the end": ("b = 1\nb = a", ["a"]),
}
#: The same with `use(a)` in a function.
INSIDE = {
    "of the module": ("a = 1\ndef f():\n    use(a)", ["1"]),
    "its own": ("a = 1\ndef f():\n    a = 2\n    use(a)", ["2"]),
    "of a function around": ("def g():\n    a = 1\n    def f():\n        use(a)", ["1"]),
    "not of the class around": ("a = 1\nclass B:\n    a = 2\n    def f():\n        use(a)", ["1"]),
    "of the class itself": ("a = 1\nclass B:\n    a = 2\n    use(a)", ["2"]),
    "a parameter that nobody gives": ("def f(b, a):\n    use(a)", None),
    "one that a call gives": ("def f(b, a):\n    use(a)\nf(1, 2)", ["2"]),
    "by its name": ("def f(b, a):\n    use(a)\nf(1, a=2)", ["2"]),
    "behind a star": ("def f(b, a):\n    use(a)\nf(*c, 2)", None),
    "a default": ("def f(b, a=1):\n    use(a)\nf(2)", ["1"]),
    "a default and what calls give": ("def f(a=1):\n    use(a)\nf(2)\nf(a=3)", ["1", "2", "3"]),
    "a typed default": ("def f(a: int = 1):\n    use(a)", ["1"]),
    "of a lambda": ("a = 1\nlambda b, a: use(a)", None),
    "the last of a lambda": ("a = 1\nlambda a=2: use(a)", ["2"]),
    "a default that is the name": ("a = 1\ndef f(b=a, c=2):\n    use(a)", ["1"]),
}
METHOD = "class B:\n    def f(self, b, a=1):\n        use(a)\n"
#: The same in a class.
IN_CLASSES = {
    "the class' own calls of a method": (
        f"{METHOD}    def g(self):\n        self.f(3, 2)",
        ["1", "2"],
    ),
    "the method of another object": (f"{METHOD}b.f(3, 2)", ["1"]),
    "by the name of the class": (f"{METHOD}B.f(3, a=2)", ["1", "2"]),
    "what objects are made with": (
        f"{METHOD.replace(' f(', ' __init__(')}B(3, 2)\nB(a=4)",
        ["1", "2", "4"],
    ),
    "a static method": (
        "class B:\n    @staticmethod\n    def f(a):\n        use(a)\nB.f(2)",
        ["2"],
    ),
    "a class method": (
        "class B:\n    @classmethod\n    def f(cls, a):\n        use(a)\nB.f(2)",
        ["2"],
    ),
    "the object": (
        "class B:\n    def f(a):\n        use(a)\n    def g(self):\n        self.f()",
        None,
    ),
}
CASES = {name: (f"{text}\nuse(a)\n", found) for name, (text, found) in SOURCES.items()} | INSIDE
CASES |= IN_CLASSES


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_name_stands_for_all_that_is_bound_to_it(text, expected):
    file = SourceFile(text.encode(), Options())
    (call,) = file.called("use")
    found = file.sources(call.positional[0].value)
    assert (found and [file.text(node) for node in found]) == expected


CLASS = """class B:
    a = 1

    def __init__(self, b=2):
        self.a = {given}

    def f(self):
        use(self.a)
"""
#: What `self.a` may be by what the class gives it besides 1; itself where that is not known.
ATTRIBUTES = {
    "3": ["1", "3"],
    "b": ["1", "2"],
    "'c' if b else None": ["1", "'c'", "None"],
    "dict(c=3)": ["1", "dict(c=3)"],
    "f(b)": ["self.a"],
    "3\n        self.a += 4": ["self.a"],
    "3\n        self.a, c = 4, 5": ["self.a"],
    "3\n        self.d = self.a == 4": ["1", "3"],
    "3\n        b.a = 4": ["1", "3"],
    "3\n\nclass C:\n    def f(self):\n        self.a = 4": ["1", "3"],
}


@pytest.mark.parametrize(("given", "expected"), ATTRIBUTES.items(), ids=ATTRIBUTES)
def test_an_attribute_stands_for_the_literals_that_its_class_gives_it(given, expected):
    first, *other = given.split("\n\n")
    text = "\n".join([CLASS.format(given=first), *other])
    file = SourceFile(text.encode(), Options())
    (call,) = file.called("use")
    found = file.sources(call.positional[0].value)
    assert [file.text(node) for node in found] == expected


def test_functions_that_call_one_another_by_the_same_name_are_followed_once():
    """Fifty parameters with fifty values each, five calls deep: 50**5 ways."""
    text = "def f(a):\n    use(a)\n    f(a)\n" * 50
    file = SourceFile(text.encode(), Options())
    assert file.sources(file.called("use")[0].positional[0].value) is None
