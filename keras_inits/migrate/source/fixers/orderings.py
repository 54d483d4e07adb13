"""The dim ordering of the whole program: setting it, asking for it, comparing it."""

import re

from keras_inits.dialects.keras1.versions import DATA_FORMATS
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, inserted, replaced
from keras_inits.migrate.source.ordering import first_import
from keras_inits.migrate.source.registry import fixer

NOT_FOLLOWED = define(
    "KI701",
    "a dim ordering that cannot be followed",
    "The value comes from elsewhere: make it 'channels_first' for 'th', 'channels_last' for 'tf'.",
    open=True,
)

SET = define(
    "KI702",
    "the ordering of Keras 1's configuration is set by the program",
    """The file relied on 'th' being the ordering of the whole program, which Keras 1 read from
    keras.json: it loads images, or asks for the ordering. The line added says so to Keras 3.""",
)

FUNCTIONS = {
    "keras.backend.set_image_dim_ordering": "set_image_data_format",
    "keras.backend.image_dim_ordering": "image_data_format",
}
#: What a variable or attribute that holds an ordering is called.
HOLDERS = ("dim_ordering", "image_dim_ordering")
GIVEN = re.compile(rb"\s*=(?!=)")
#: The arguments that take one, before and after, and a variable that one is given.
TAKING = ("dim_ordering", "data_format")
VARIABLE = re.compile(rb"\s*=\s*([^\W\d]\w*)\s*[,)]")
#: Some of these is in every comparison of an ordering, or in what is compared.
ASKED = frozenset((*HOLDERS, "image_data_format"))


@fixer("KI7")
def orderings(file):
    """The dim ordering of the whole program.

    before: K.set_image_dim_ordering('th')
            axis = 1 if K.image_dim_ordering() == 'th' else 3
    after:  K.set_image_data_format('channels_first')
            axis = 1 if K.image_data_format() == 'channels_first' else 3
    """
    if file.guess.era == "keras2":
        return
    yield from _set(file)
    for call in file.calls_of(FUNCTIONS.keys()):
        became = FUNCTIONS[call.qualified]
        if call.function.type == "attribute":
            yield replaced(call.function.child_by_field_name("attribute"), became)
        if became.startswith("set") and call.arguments:
            yield from _value(file, call.arguments[0].value)
    if ASKED.isdisjoint(file.words):
        return
    holders = {*HOLDERS, *_given(file)}
    for node in _comparisons(file):
        yield from _comparison(file, node, holders)


def _given(file):
    """The variables that layers and functions are given as their ordering."""
    ends = [at + len(word) for word in TAKING for at in file.places(word)]
    found = [VARIABLE.match(file.data, end) for end in ends]
    return [variable[1].decode() for variable in found if variable]


def _comparisons(file):
    """The comparisons that an ordering's word or holder is part of, each once."""
    parts = [node for word in DATA_FORMATS for node in file.literals(word)]
    parts += [node for word in HOLDERS for node in _holding(file, word)]
    around = [node for part in parts for node in (part.parent, part.parent.parent)]
    return {node.id: node for node in around if node.type == "comparison_operator"}.values()


def _holding(file, word):
    """The identifiers that spell a word, but for those that are given a value there."""
    size = len(word)
    places = [at for at in file.places(word) if not GIVEN.match(file.data, at + size)]
    nodes = [file.node_at(at, at + size) for at in places]
    return [node for node in nodes if node.type == "identifier"]


def _set(file):
    """The setting of the whole program, below the first import of Keras and that of its name."""
    if not file.guess.ordering.needed or b"set_image_data_format" in file.data:
        return
    place = first_import(file)
    line = file.data.find(b"\n", max(place.end_byte, _named(file))) + 1
    setting = f'{file.keras}.config.set_image_data_format("channels_first")'
    yield inserted(line, f"{setting}{file.line_end}")
    yield Import("keras")
    yield file.finding(SET, place, file.guess.ordering.because)


def _named(file):
    """Where the import ends that gives the module the name of Keras, 0 if there is none."""
    named = [entry.statement for entry in file.names.imported if entry.origin == "keras"]
    return min((node.end_byte for node in named if node.parent.type == "module"), default=0)


def _value(file, value):
    found = file.sources(value) or ()
    known = [node for node in found if content_of(node)]
    for node in known:
        yield from _word(file, node)
    if not known:
        yield file.finding(NOT_FOLLOWED, value, file.text(value))


def _word(file, node):
    content = content_of(node)
    became = DATA_FORMATS.get(file.text(content)) if content else None
    if became:
        yield replaced(content, became)


def _comparison(file, node, holders):
    sides = node.named_children
    if len(sides) != 2:
        return
    for one, other in (sides, sides[::-1]):
        if not _holds(file, one, holders):
            continue
        for part in [other, *other.named_children]:
            yield from _word(file, part)
        for source in file.sources(one) or () if one.type == "identifier" else ():
            yield from _word(file, source)


def _holds(file, node, holders):
    """Whether a node is an ordering: asked for, or a variable or attribute that holds one."""
    if node.type == "attribute":
        return file.text(node.child_by_field_name("attribute")) in HOLDERS
    if node.type == "identifier" and file.text(node) in holders:
        return True
    for source in file.sources(node) or ():
        if source.type == "call":
            named = file.names.resolve(source.child_by_field_name("function"))
            if named and named.endswith((".image_dim_ordering", ".image_data_format")):
                return True
    return False
