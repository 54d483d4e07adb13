"""Entries that a dictionary of arguments is given after it was made, or together with others."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.bindings import collecting
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.registry import fixer

LATE = define(
    "KI111",
    "an argument that a dictionary is given after it was made",
    """The dictionary is handed to a layer as `**dictionary`. What it holds when it is made was
    converted, what `dictionary["init"] = ...`, `setdefault` or `update` adds was not, nor what the
    callers give a function of such `**kwargs`, nor what stands beside another dictionary in one
    (`{**others, "init": ...}`): write it into the dictionary, or as Keras 3 calls it.""",
    open=True,
)


@fixer("KI1")
def late_entries(file):
    """Entries that a dictionary of arguments is given later; nothing changes.

    reported: options["init"] = "he_normal"
              Dense(8, **options)
              Dense(8, **dict(others, init="he_normal"))
    """
    if not file.is_original or file.guess.era not in ("keras1", "unknown"):
        return
    told = set()
    for call in file.layer_calls if b"**" in file.data else ():
        if file.data.find(b"**", call.start, call.node.end_byte) < 0:
            continue
        old = table.only_keras1(call.layer)
        for node, key in _unconverted(file, call):
            if key in old and node.start_byte not in told:
                told.add(node.start_byte)
                words = f"{file.text(node)[:60]}: given to {call.layer}"
                yield file.finding(LATE, node, words)


def _unconverted(file, call):
    """What is not converted of the dictionaries that a call is given: nodes with their keys."""
    for name in _splatted(file, call):
        yield from _entries(file, name)
        yield from _added(file, name, call)
    for splat in call.splats:
        inner = splat.named_children[0] if splat.type == "dictionary_splat" else splat
        for node in file.sources(inner) or ():
            yield from _beside_others(file, node)


def _beside_others(file, node):
    """The entries of `{**others, "key": value}` and of `dict(others, key=value)`."""
    if node.type == "call":
        yield from ((node, key) for key in file.call(node).keywords)
    for pair in node.named_children if node.type == "dictionary" else ():
        content = content_of(pair.child_by_field_name("key")) if pair.type == "pair" else None
        yield pair, file.text(content) if content else None


def _splatted(file, call):
    """The names of the dictionaries that a call is given."""
    for node in call.container.named_children:
        inner = node.named_children[0] if node.type == "dictionary_splat" else None
        if inner is not None and inner.type == "identifier":
            yield file.text(inner)


def _entries(file, name):
    """Each `name["key"] = value`, with its key."""
    for node in file.uses(name):
        entry, assignment = node.parent, node.parent.parent
        is_entry = entry.type == "subscript" and entry.start_byte == node.start_byte
        if is_entry and assignment.type == "assignment" and entry == assignment.children[0]:
            content = content_of(entry.child_by_field_name("subscript"))
            yield assignment, file.text(content) if content else None


def _added(file, name, given):
    """Each `name.setdefault("key", value)` and `name.update(key=value)`, with its key.

    Where a function around the call that is given the dictionary gathers its keywords in it, those
    of that function.
    """
    gathering = collecting(file, given.node, name)
    for call in file.methods("setdefault", "update"):
        owner = file.text(call.function.child_by_field_name("object"))
        if owner != name or collecting(file, call.node, name) != gathering:
            continue
        if call.method == "update":
            yield from ((call.node, key) for key in call.keywords)
        elif call.positional:
            content = content_of(call.positional[0].value)
            yield call.node, file.text(content) if content else None
