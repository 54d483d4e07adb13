"""Import paths: where Keras 3 keeps what Keras 1 kept elsewhere."""

from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Again, Deletion, Later, Removal, replaced
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.paths import ADVICE, MODULES, OWN_ROOM, moved, moved_in
from keras_inits.migrate.source.registry import fixer

GONE = define(
    "KI301",
    "an import that Keras 3 has nothing for",
    "Keras 3 has no such name, so the import was left; the message says what may do instead.",
    open=True,
)
DROPPED = define(
    "KI303",
    "an import that only some functions use was taken out",
    """Keras 3 has no such name, and the import would stop the whole file. Without it the rest of
    the file works; the functions that use the name fail until they are rewritten.""",
    open=True,
)
PRIVATE = define(
    "KI302",
    "an import of Keras' own legacy code",
    """Keras 3 keeps the class for old code only, outside its public names. It works the same;
    a later release may drop it.""",
)

#: Where Keras 3 keeps what it promises nothing about.
NOT_PUBLIC = "keras.src"
#: A module that others passed on, and that Keras 3 lacks.
STARTS = "keras.initializations"
#: Names that other fixers see to, wherever they are used.
SEEN_TO = (STARTS, "keras.backend", "keras.layers", "keras.regularizers")
#: Names of their modules that no other fixer knows.
NOT_SEEN_TO = (
    "keras.backend.theano_backend._on_gpu",
    "keras.initializations.get_fans",
    *(
        f"{room}.{name}"
        for room in ("keras.layers.core", "keras.layers")
        for name in ("LambdaMerge",)
    ),
)
#: Modules whose names other fixers know by all the modules that held them.
KNOWN_BY_ALL_NAMES = ("keras.layers", "keras.utils")


@fixer("KI3")
def import_paths(file):
    """Import paths.

    before: from keras.layers.core import Dense, Dropout
            from keras.utils import np_utils
            from keras.utils.visualize_util import plot
    after:  from keras.layers import Dense, Dropout
            from keras import utils as np_utils
            from keras.utils import plot_model as plot
    """
    if file.guess.era == "keras2":
        return
    for statement, entries in groupby(file.names.imported, key=attrgetter("statement")):
        if statement.type == "import_from_statement":
            yield from _from(file, statement, list(entries))
        else:
            for entry in entries:
                yield from _plain(file, entry)
    if not MODULES.keys().isdisjoint(file.names.stars):
        yield from _stars(file)


def _stars(file):
    """`from keras.layers.core import *`."""
    for statement in file.nodes("import_from_statement"):
        module = _module(statement)
        if file.text(module) in MODULES and not statement.children_by_field_name("name"):
            yield replaced(module, MODULES[file.text(module)])


def _module(statement):
    return statement.child_by_field_name("module_name")


class Name(NamedTuple):
    """A name that `from room import name` gives: as it was, and its room and name now.

    What is gone stays where it was, unless it is taken out; `uses` are the identifiers of it.
    """

    entry: object
    was: str
    room: str
    now: str
    gone: bool = False
    uses: list = ()

    @property
    def dotted(self):
        """Room and name."""
        return f"{self.room}.{self.now}"

    @property
    def element(self):
        """The node of the name with its alias."""
        node = self.entry.node
        return node.parent if self.entry.aliased else node

    @property
    def is_seen_to(self):
        """Whether other fixers convert all uses."""
        return self.dotted.startswith(SEEN_TO) and self.dotted not in NOT_SEEN_TO

    @property
    def goes(self):
        """Whether it is taken out: nothing is left of it that is looked at on import."""
        if not self.gone or not self.uses:
            return self.gone
        return not self.is_seen_to and not any(map(_runs_on_import, self.uses))


def _from(file, statement, entries):
    """One `from ... import ...`: another module, other names, or several statements."""
    if not is_keras(entries[0].origin):
        return
    old = file.text(_module(statement))
    before = [f"{old}.{file.text(entry.node)}" for entry in entries]
    after = [moved_in(file, dotted) for dotted in before]
    if before == after and not old.startswith(NOT_PUBLIC):
        return
    names = [_name(file, *row) for row in zip(entries, before, after, strict=True)]
    for name in names:
        if name.room == "keras" != old and _is_news(name):
            yield Again(everyone=True)
        if name.room.startswith(NOT_PUBLIC):
            words = f"{name.was} comes from {name.room}, which is not public"
            yield file.finding(PRIVATE, name.entry.node, words)
    run = _without_gone if any(name.gone for name in names) else _rewritten
    yield from run(file, statement, old, names)


def _name(file, entry, before, after):
    old, _, was = before.rpartition(".")
    if after is None or (after.startswith(OWN_ROOM) and not file.meant(entry.local)):
        return Name(entry, was, old, was, True, _uses(file, entry))
    room, _, now = after.rpartition(".")
    gone = after == STARTS
    return Name(entry, was, room, now, gone, _uses(file, entry) if gone else ())


def _uses(file, entry):
    """The identifiers that mean an imported name."""
    return [] if entry.local in file.names.defined else file.meant(entry.local)


def _is_news(name):
    """Whether other fixers know a module by its name in Keras 3 and not by the one it has here."""
    return name.dotted not in (name.entry.origin, *KNOWN_BY_ALL_NAMES)


def _without_gone(file, statement, old, names):
    """Names that Keras 3 lacks: out where no code of the module itself uses them; reported."""
    for name in names:
        if name.uses and not name.is_seen_to:
            yield _lacking(file, name, DROPPED if name.goes else GONE)
    if all(name.goes for name in names if name.gone):
        yield from _rewritten(file, statement, old, names)
    else:
        yield Later(partial(_when_settled, file, statement, old, names))


def _when_settled(file, statement, old, names, left):
    """As `_without_gone`, for the uses that the other fixers' edits leave."""
    now = [name._replace(uses=left(name.entry.local, name.uses)) for name in names]
    for before, name in zip(names, now, strict=True):
        if name.uses and name.goes and not before.goes:
            yield _lacking(file, name, DROPPED)
    yield from _rewritten(file, statement, old, now)


def _lacking(file, name, code):
    advice = ADVICE.get(name.dotted) or ADVICE.get(name.room)
    words = f"Keras 3 has no {name.dotted}" + (f": {advice}" if advice else "")
    return file.finding(code, name.entry.node, words)


def _rewritten(file, statement, old, names):
    """A statement, or several, that import the names that stay from where they are now."""
    rooms = dict.fromkeys([name.room for name in names])
    kept = [name for name in names if not name.goes]
    if len(rooms) > 1:
        yield replaced(statement, _split(file, statement, rooms, kept))
    elif not kept:
        yield Deletion(statement)
    else:
        if names[0].room != old:
            yield replaced(_module(statement), names[0].room)
        yield from (Removal(statement, name.element) for name in names if name.goes)
        for name in kept:
            if name.now != name.was:
                yield replaced(name.element, f"{name.now} as {name.entry.local}")


def _split(file, statement, rooms, kept):
    """One statement for each room, on lines of their own where that one has its own."""
    line = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    before = file.data[line : statement.start_byte].decode()
    between = "; " if before.strip() else f"{file.line_end}{before}"
    texts = [file.text(child) for child in statement.children if child.type == "comment"]
    for room in rooms:
        names = [_text(file, name) for name in kept if name.room == room]
        texts += [f"from {room} import {', '.join(names)}"] if names else []
    return between.join(texts)


def _text(file, name):
    """What stands behind `import`."""
    return file.text(name.element) if name.now == name.was else f"{name.now} as {name.entry.local}"


def _runs_on_import(node):
    """Whether a node is looked at when the module is imported: outside of functions' bodies."""
    inner = node
    while node.parent is not None:
        inner, node = node, node.parent
        body = node.type in ("function_definition", "lambda") and node.child_by_field_name("body")
        if body and body == inner:
            return False
    return True


def _plain(file, entry):
    """`import keras.objectives as losses`; without `as`, the dotted uses change too."""
    text = file.text(entry.node) if is_keras(entry.origin) else "keras"
    if text == "keras":
        return
    new = moved(text)
    if new is None and text.startswith(SEEN_TO):
        yield from _seen_to(file, entry, text)
    elif new is None:
        advice = ADVICE.get(text)
        words = f"Keras 3 has no {text}" + (f": {advice}" if advice else "")
        yield file.finding(GONE, entry.node, words)
    elif new != text:
        yield replaced(entry.node, new)


def _seen_to(file, entry, text):
    """A module that other fixers convert all uses of: out when nothing is left of them."""
    used = [node for node in file.keras_attributes if _within(file.names.resolve(node), text)]
    if used or (entry.aliased and file.meant(entry.local)):
        yield Again()
    elif not entry.aliased:
        yield replaced(entry.node, "keras")
    elif len(entry.statement.named_children) == 1:
        yield Deletion(entry.statement)
    else:
        yield Removal(entry.statement, entry.node.parent)


def _within(dotted, module):
    return dotted == module or (dotted or "").startswith(f"{module}.")
