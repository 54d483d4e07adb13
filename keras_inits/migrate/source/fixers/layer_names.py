"""Layers that Keras 3 calls otherwise."""

from keras_inits.dialects.keras1.layers import ALIASES
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.edits import Removal, replaced
from keras_inits.migrate.source.layer_calls import layer_of
from keras_inits.migrate.source.lists import elements
from keras_inits.migrate.source.registry import fixer


@fixer("KI2")
def layer_names(file):
    """Layers that Keras 3 calls otherwise, where they are imported and wherever they are named.

    before: from keras.layers import AtrousConvolution2D
    after:  from keras.layers import Conv2D
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    renamed = dict(_from_stars(file))
    for entry in file.names.imported:
        new = _new_name(file, entry.origin)
        if new and new not in file.names.defined:
            yield from _imported(file, entry, new)
            if not entry.aliased:
                renamed[entry.local] = new
    yield from _named(file, renamed)
    yield from _attributes(file)


def _from_stars(file):
    """Names that `from keras.layers import *` brings."""
    imported = {entry.local for entry in file.names.imported}
    for name in (*table.KERAS3_CLASS, *ALIASES) if file.names.stars else ():
        origin = None if name in imported else file.names.meaning(name)
        new = origin and _new_name(file, origin)
        if new:
            yield name, new


def _new_name(file, origin):
    layer = layer_of(origin)
    if not table.had(layer, file.guess.version):
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
        and new in (_new_name(file, other.origin), other.local)
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
        new = _new_name(file, call.qualified)
        if new and call.function.type == "attribute":
            yield replaced(call.function.child_by_field_name("attribute"), new)
