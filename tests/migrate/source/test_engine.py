"""The engine: what it leaves alone, edits that go together, and texts of every kind."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from keras_inits.migrate.findings import CODES
from keras_inits.migrate.source import convert
from keras_inits.migrate.source.changes import Changes
from keras_inits.migrate.source.edits import Again, Append, Edit, Later, Removal
from keras_inits.migrate.source.engine import one_pass
from keras_inits.migrate.source.file import Options, SourceFile
from keras_inits.migrate.source.later import Left
from keras_inits.migrate.source.lists import list_edits
from keras_inits.migrate.source.registry import Fixer
from keras_inits.migrate.source.settling import in_order, settle
from keras_inits.migrate.source.tree import nodes_of, parse
from keras_inits.migrate.source.words import index, places, words

LEGACY = "from keras.layers import Dense\nDense(3, init='he_normal')\n"
UNTOUCHED = {
    "no Keras at all": "import sklearn\nsklearn.KMeans(init='he_normal', nb_epoch=3)\n",
    "Keras 3": 'import keras\nkeras.layers.Dense(3, kernel_initializer="he_normal")\n',
    "Keras 2": "from keras.layers import LSTM, Conv2D\nConv2D(3, (3, 3))\nLSTM(4, units=3)\n",
    "tf.keras": "from tensorflow.keras.layers import LSTM\nLSTM(3)\n",
    "a class of its own": "import keras\nclass Dense:\n    pass\nDense(3, init='he_normal')\n",
    "imported from elsewhere": "import keras\nfrom mine import Dense\nDense(3, init='he_normal')\n",
    "another library": "import keras\nfrom torch import nn\nnn.Linear(3, init='he_normal')\n",
    "in a comment": "import keras\n# Dense(3, init='he_normal')\n",
    "in a string": "import keras\nwords = '''Dense(3, init='he_normal')'''\n",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_a_file_without_legacy_keras_is_returned_untouched(text):
    assert convert(text)[0] == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff", "# coding: latin-1\n", "#!/usr/bin/python\n"])
def test_every_other_byte_stays(head, end):
    lines = [
        "from keras.layers import Dense  # the layer",
        "if True:",
        "\tx = Dense( 3 ,init = 'he_normal' )   # t\u00e9\u00e8",
        "\tprint 'done', x",
        "",
    ]
    text = head + end.join(lines)
    new, _ = convert(text)
    expected = text.replace("init = 'he_normal'", "kernel_initializer = 'keras1_he_normal'")
    assert new == expected.replace("from keras", f"import keras_inits{end}from keras")


def test_twice_changes_nothing():
    new, _ = convert(LEGACY)
    assert new != LEGACY
    assert convert(new)[0] == new


def test_what_does_not_parse_is_left_with_a_finding():
    new, findings = convert(LEGACY + "def (:\n")
    assert new == LEGACY + "def (:\n"
    assert [found.code for found in findings] == ["KI001"]
    assert findings[0].line == 3


def test_positions_count_characters_from_one():
    text = "from keras.layers.core import Dense\nx = '\u00e9\u00e8'; Dense(3, init=f(1))\n"
    found = next(found for found in convert(text)[1] if found.code == "KI101")
    assert (found.line, found.column) == (2, text.splitlines()[1].index("f(1)") + 1)


def test_every_finding_has_an_explained_code():
    for code, entry in CODES.items():
        assert code.startswith(("KI", "KF"))
        assert len(code) == 5
        assert entry.title
        assert entry.explanation.endswith(".")


def test_only_and_skip_choose_families_and_codes():
    assert convert(LEGACY, only=["KI9"])[0] == LEGACY
    assert convert(LEGACY, skip=["KI1"])[0] == LEGACY
    assert "KI004" not in {found.code for found in convert(LEGACY, skip=["KI004"])[1]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"from_keras": "2.0.0"}, "1.2.2"),
        ({"dim_ordering": "x"}, "'tf', 'th'"),
        ({"bugs": 1}, "fix"),
    ],
)
def test_unknown_words_are_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        convert(LEGACY, **arguments)


def list_edited(text, gone, added=()):
    data = text.encode()
    container = nodes_of(parse(data).root_node, "argument_list")[0]
    elements = container.named_children
    removals = [Removal(container, elements[index]) for index in gone]
    appends = [Append(container, word) for word in added]
    return Changes(data, in_order(list_edits(removals, appends, data))).new.decode()


@pytest.mark.parametrize(
    ("gone", "added", "expected"),
    [
        ([0], (), "f(b=2, c=3)"),
        ([1], (), "f(1, c=3)"),
        ([2], (), "f(1, b=2)"),
        ([0, 1], (), "f(c=3)"),
        ([1, 2], (), "f(1)"),
        ([0, 2], (), "f(b=2)"),
        ([0, 1, 2], (), "f()"),
        ([0, 1, 2], ("d=4",), "f(d=4)"),
        ([2], ("d=4", "e=5"), "f(1, b=2, d=4, e=5)"),
        ([], ("d=4", "d=4"), "f(1, b=2, c=3, d=4)"),
    ],
)
def test_arguments_go_and_come_with_their_commas(gone, added, expected):
    assert list_edited("f(1, b=2, c=3)", gone, added) == expected


def test_an_argument_comes_on_a_line_of_its_own_where_all_do():
    assert list_edited("f(1,\n  b=2)", [], ["c=3"]) == "f(1,\n  b=2,\n  c=3)"
    assert list_edited("f()", [], ["c=3"]) == "f(c=3)"


def test_edits_that_contradict_each_other_are_given_up():
    made, waiting, torn = settle([Edit(0, 2, "a"), Edit(0, 2, "b"), Edit(4, 5, "c")])
    assert (made, waiting, torn) == ([Edit(4, 5, "c")], [], [(0, 2)])


def test_of_edits_that_overlap_the_first_goes_and_the_other_waits():
    made, waiting, _ = settle([Edit(0, 4, "a"), Edit(2, 5, "b"), Edit(4, 4, "c")])
    assert made == [Edit(0, 4, "a"), Edit(4, 4, "c")]
    assert waiting == [Edit(2, 5, "b")]


def test_each_byte_is_found_where_it_was():
    edits = [Edit(0, 0, "\u00e9"), Edit(2, 4, ""), Edit(5, 6, "xyz"), Edit(6, 6, "!")]
    changes = Changes(b"abcdefg", edits)
    assert changes.new.decode() == "\u00e9abexyz!g"
    before = [changes.before(byte) for byte in range(len(changes.new))]
    assert before == [0, 0, 0, 1, 4, 5, 5, 5, 6, 6]


@example("a a", [(1, 0, "b")])
@given(
    st.text("ab .", min_size=2, max_size=8),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 2), st.text("ab .\u00e9", max_size=2))),
)
def test_words_are_found_again_behind_changes(text, wanted):
    edits = [Edit(start, min(start + size, len(text)), new) for start, size, new in wanted]
    made, _, _ = settle([edit for edit in edits if edit.start <= len(text)])
    old = SourceFile(text.encode(), Options())
    old.guess = None
    new = old.after(made)
    for word in words(new.data):
        assert new.places(word) == places(new.data, word)


def test_a_text_parsed_again_has_the_tree_of_a_text_parsed_anew():
    text = b"f(1,\n  b=2)\nif x:\n\ty = f(3)\n"
    edits = [Edit(2, 3, "10"), Edit(5, 7, "\n\n   "), Edit(22, 22, "z = 1\n\t"), Edit(26, 30, "g")]
    file = SourceFile(text, Options()).after(edits)
    anew = parse(file.data)
    assert str(file.root) == str(anew.root_node)
    pairs = zip(file.nodes("integer"), nodes_of(anew.root_node, "integer"), strict=True)
    assert all(one.start_point == other.start_point for one, other in pairs)


def test_a_word_stands_by_itself():
    data = b"Dense, Denser; aDense _Dense Dense1 1Dense x.Dense\n'Dense'"
    assert places(data, "Dense") == [0, data.index(b".") + 1, data.index(b"'") + 1]


@pytest.mark.parametrize("text", ["", "a", " a", "a b a", "é a,ab.a\n", "aéa '_a' 1a a1\ta"])
def test_the_index_of_a_text_has_the_places_of_every_word(text):
    data = text.encode()
    assert index(data).keys() == words(data)
    assert index(data) == {word: places(data, word) for word in words(data)}


TEXT = r"""
f(a=1, b=a)(a = 2)
b.a(3, a)
b .\
 a = c.a.d
'a' == "a" != 'a b'  # b.a(a=1)
a(4).a (5)
"""


def test_names_are_told_by_the_bytes_around_them():
    file = SourceFile(TEXT.encode(), Options())
    assert [file.text(node) for node in file.arguments("a")] == ["a=1", "a = 2"]
    attributes = [file.text(node) for node in file.attributes("a")]
    assert attributes == ["b.a", "b .\\\n a", "c.a", "a(4).a"]
    assert [file.text(call.node) for call in file.methods("a")] == ["b.a(3, a)", "a(4).a (5)"]
    assert [file.text(call.node) for call in file.called("a")] == ["a(4)"]
    assert [file.text(node) for node in file.literals("a")] == ["'a'", '"a"']


def test_only_fixers_with_more_to_do_are_asked_again():
    asks = {"does": Edit(0, 1, "b"), "waits": Edit(0, 2, "c"), "wants": Again(), "rests": None}
    fixers = [
        Fixer("KI1", name, lambda file, item=item: [item] if item is not None else [])
        for name, item in asks.items()
    ]
    made, left, _ = one_pass(SourceFile(b"aa", Options()), fixers)
    assert made == [Edit(0, 1, "b")]
    assert [found.name for found in left] == ["waits", "wants"]


def test_what_is_left_of_a_name_is_told_from_the_edits():
    file = SourceFile(b"from a import f\nx = f(f, g)\ny.f = h(f=f)\n", Options())
    whole, first = Edit(20, 27, "1"), Edit(20, 21, "g")
    assert len(file.meant("f")) == 3
    for edits, starts in (([], [20, 22, 38]), ([first], [22, 38]), ([whole], [38])):
        left = Left(edits)
        assert [node.start_byte for node in left("f", file.meant("f"))] == starts
        assert not left.unsure


def test_a_name_that_a_new_text_has_may_be_left():
    file = SourceFile(b"x = f(g)\n", Options())
    left = Left([Edit(4, 8, "g(f)")])
    assert len(left("f", file.meant("f"))) == 1
    assert left.unsure
    assert not Left([Edit(4, 8, "g(f)")])("f", [])


def passed(text, edit, names):
    """One pass of a fixer that asks for an edit, and of one that removes names without uses."""

    file = SourceFile(text, Options())

    def later(left):
        for name, place in names.items():
            yield from [] if left(name, file.meant(name)) else [Edit(*place, "")]

    fixers = [
        Fixer("KI1", "now", lambda file: [edit]),
        Fixer("KI2", "later", lambda file: [Later(later)]),
    ]
    made, more, _ = one_pass(file, fixers)
    return made, [fixer.name for fixer in more]


@pytest.mark.parametrize(
    ("edit", "made", "more"),
    [
        (Edit(10, 11, "1"), [Edit(0, 9, ""), Edit(10, 11, "1")], []),
        (Edit(11, 11, "1"), [Edit(11, 11, "1")], []),
        (Edit(10, 11, "b"), [Edit(10, 11, "b")], ["later"]),
        (Edit(8, 11, ""), [Edit(8, 11, "")], ["later"]),
    ],
    ids=["nothing is left", "a use stays", "a new use", "it overlaps"],
)
def test_what_depends_on_the_other_edits_is_made_with_them(edit, made, more):
    assert passed(b"import b\n\nb\n", edit, {"b": (0, 9)}) == (made, more)
