"""Dotted names that go through modules which Keras 3 keeps elsewhere, or lacks."""

from functools import lru_cache

from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.names import EXPORTED
from keras_inits.migrate.source.paths import MODULES, NAMES, OWN, OWN_ROOM, moved, moved_in
from keras_inits.migrate.source.registry import fixer


@fixer("KI3")
def dotted_names(file):
    """Dotted names that go through old modules, and names that came with `import *`.

    before: from keras import layers
            layers.core.Dense(3)
    after:  from keras import layers
            layers.Dense(3)
    """
    if file.guess.era != "keras2":
        yield from _attributes(file)
        yield from _star_names(file)


def _attributes(file):
    """`layers.core.Dense` and the like."""
    for use in file.names.uses:
        new = _moved_attribute(file, use.dotted) if use.has_attributes else None
        if not new or new == use.dotted:
            continue
        node = use.node
        owner = _base(node)
        room = file.names.resolve(owner)
        kept = moved(room) or room
        if new.startswith(f"{kept}."):
            text = f"{file.text(owner)}{new.removeprefix(kept)}"
            if text != file.text(node):
                yield replaced(node, text)
            continue
        yield replaced(node, new)
        yield Import(_imported(new))


def _imported(dotted):
    """What `import` makes a dotted name known."""
    own = dotted.startswith(("keras.src", OWN_ROOM))
    return dotted.rpartition(".")[0] if own else "keras"


def _star_names(file):
    """Names of `import *` that other modules have."""
    for module in file.names.stars:
        for name in (*EXPORTED.get(module, ()), *sorted(table.PROVIDED)):
            dotted = f"{module}.{name}"
            new = moved_in(file, dotted) if file.names.meaning(name) == dotted else None
            if new in (None, dotted):
                continue
            for node in file.meant(name):
                yield replaced(node, new)
                yield Import(_imported(new))


def _moved_attribute(file, dotted):
    """Where a dotted name went; attributes of what moved stay behind it."""
    head = _movable(dotted)
    new = head and moved_in(file, head)
    return new and new + dotted[len(head) :]


@lru_cache(maxsize=4096)
def _movable(dotted):
    """The longest part of a dotted name that Keras 3 may have elsewhere, or None."""
    if dotted.startswith(("keras.backend", "keras.constraints", "keras.initializations")):
        return None
    head = dotted
    while "." in head:
        room = head.rpartition(".")[0]
        if head in OWN or head in NAMES or room in MODULES:
            return head
        head = room
    return None


def _base(node):
    while node.type == "attribute":
        node = node.child_by_field_name("object")
    return node
