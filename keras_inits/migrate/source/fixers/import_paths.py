"""Import paths: where Keras 3 keeps what Keras 1 kept elsewhere."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Again, Removal, elements, replaced
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.paths import ADVICE, MODULES, OWN_ROOM, moved, moved_in
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.statements import without

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

#: Names that other fixers see to, wherever they are used.
SEEN_TO = ("keras.initializations", "keras.backend", "keras.layers", "keras.regularizers")
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
    for node in file.nodes("import_from_statement"):
        yield from _from(file, node)
    for entry in file.names.imported:
        if entry.statement.type == "import_statement":
            yield from _plain(file, entry)


def _from(file, statement):
    """One `from ... import ...`: another module, other names, or several statements."""
    module = statement.child_by_field_name("module_name")
    if module is None or module.type != "dotted_name" or not is_keras(file.text(module)):
        return
    old = file.text(module)
    if any(child.type == "wildcard_import" for child in statement.children):
        if old in MODULES:
            yield replaced(module, MODULES[old])
        return
    texts, gone = {}, []
    for node in elements(statement):
        name = file.text(_name(node))
        new = moved_in(file, f"{old}.{name}")
        if new is None or (new.startswith(OWN_ROOM) and not _uses(file, node)):
            gone.append(node)
            texts.setdefault(old, []).append(file.text(node))
            continue
        room, _, now = new.rpartition(".")
        texts.setdefault(room, []).append(_entry(file, node, name, now))
        if room == "keras" and old != room:
            # The other fixers know a module by its own name.
            yield Again(everyone=True)
        if room.startswith("keras.src"):
            yield file.finding(PRIVATE, node, f"{name} comes from {room}, which is not public")
    yield from _gone(file, statement, old, gone)
    yield from _rewritten(file, statement, module, texts)


def _name(node):
    return node.child_by_field_name("name") if node.type == "aliased_import" else node


def _entry(file, node, name, now):
    if now == name:
        return file.text(node)
    if node.type == "aliased_import":
        return f"{now} as {file.text(node.child_by_field_name('alias'))}"
    return f"{now} as {name}"


def _rewritten(file, statement, module, texts):
    old = file.text(module)
    listed = elements(statement)
    if len(texts) == 1:
        (room, names), *_ = texts.items()
        if room != old:
            yield replaced(module, room)
        for node, text in zip(listed, names, strict=True):
            if text != file.text(node):
                yield replaced(node, text)
        return
    indent = " " * statement.start_point[1]
    line = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    before = file.data[line : statement.start_byte].decode()
    between = f"{file.line_end}{before if not before.strip() else indent}"
    if before.strip():
        between = "; "
    comments = [file.text(child) for child in statement.children if child.type == "comment"]
    lines = [f"from {room} import {', '.join(names)}" for room, names in texts.items()]
    yield replaced(statement, between.join([*comments, *lines]))


def _gone(file, statement, module, gone):
    """Names that Keras 3 lacks: out where no code of the module itself uses them; reported."""
    dropped = []
    for node in gone:
        dotted = f"{module}.{file.text(_name(node))}"
        uses = [] if _local(file, node) in file.names.defined else _uses(file, node)
        converted = dotted.startswith(SEEN_TO) and dotted not in NOT_SEEN_TO
        later = not uses or not (converted or any(map(_runs_on_import, uses)))
        dropped += [node] if later else []
        if uses and not converted:
            advice = ADVICE.get(dotted) or ADVICE.get(module)
            words = f"Keras 3 has no {dotted}" + (f": {advice}" if advice else "")
            yield file.finding(DROPPED if later else GONE, node, words)
    if len(dropped) < len(gone):
        yield Again()
    if dropped and len(dropped) == len(elements(statement)):
        yield without(file, statement)
    else:
        yield from (Removal(statement, node) for node in dropped)


def _uses(file, node):
    """The identifiers that mean an imported name."""
    return file.meant(_local(file, node))


def _local(file, node):
    """What an imported name is called here."""
    return file.text(node.child_by_field_name("alias") if node.type == "aliased_import" else node)


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
    text = file.text(entry.node)
    if not is_keras(text) or text == "keras":
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
        yield without(file, entry.statement)
    else:
        yield Removal(entry.statement, entry.node.parent)


def _within(dotted, module):
    return dotted == module or (dotted or "").startswith(f"{module}.")
