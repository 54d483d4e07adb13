"""Layers that Keras 3 calls otherwise."""

from functools import lru_cache

from keras_inits.dialects.keras1.layers import ALIASES
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.edits import Removal, replaced
from keras_inits.migrate.source.layer_calls import layer_of
from keras_inits.migrate.source.lists import elements
from keras_inits.migrate.source.registry import fixer

#: Every name that a layer may have had and has no more.
OLD = (*table.KERAS3_CLASS, *ALIASES)


@fixer("KI2")
def layer_names(file):
    """Layers that Keras 3 calls otherwise, where they are imported and wherever they are named.

    before: from keras.layers import AtrousConvolution2D
    after:  from keras.layers import Conv2D
    """
    if file.guess.era not in ("keras1", "mixed") or file.words.isdisjoint(OLD):
        return
    renamed = dict(_from_stars(file))
    for entry in file.names.imported:
        new = _new_name(entry.origin, file.guess.version)
        if new and new not in file.names.defined:
            yield from _imported(file, entry, new)
            if not entry.aliased:
                renamed[entry.local] = new
    yield from _named(file, renamed)
    yield from _attributes(file)


def _from_stars(file):
    """Names that `from keras.layers import *` brings."""
    if not file.names.stars:
        return
    imported = {entry.local for entry in file.names.imported}
    for name in OLD:
        origin = None if name in imported else file.names.meaning(name)
        new = origin and _new_name(origin, file.guess.version)
        if new:
            yield name, new


@lru_cache(maxsize=4096)
def _new_name(origin, version):
    layer = layer_of(origin)
    if not table.had(layer, version):
        return None
    new = table.KERAS3_CLASS.get(layer)
    return new if new and new != origin.rpartition(".")[2] else None


def _imported(file, entry, new):
    """The name in the import statement; a second one of the same name goes."""
    same = [
        other
        for other in file.names.imported
        if other.statement == entry.statement
        and not other.aliased
        and new in (_new_name(other.origin, file.guess.version), other.local)
    ]
    if same and not entry.aliased and same[0] != entry and entry.node in elements(entry.statement):
        yield Removal(entry.statement, entry.node)
    else:
        yield replaced(entry.node, new)


def _named(file, renamed):
    for name, new in renamed.items():
        for node in file.meant(name):
            yield replaced(node, new)


def _attributes(file):
    for call in file.layer_calls:
        new = _new_name(call.qualified, file.guess.version)
        if new and call.function.type == "attribute":
            yield replaced(call.function.child_by_field_name("attribute"), new)
