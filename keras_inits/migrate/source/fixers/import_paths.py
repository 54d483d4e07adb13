"""Import paths: where Keras 3 keeps what Keras 1 kept elsewhere."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Again, Import, Removal, elements, replaced
from keras_inits.migrate.source.names import EXPORTED, is_keras
from keras_inits.migrate.source.paths import ADVICE, MODULES, NAMES, OWN, OWN_ROOM, moved
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

#: The release since which the wrappers for scikit-learn have been given a function.
BUILD_FUNCTION_SINCE = "0.3.3"
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
    """Import paths, and dotted names that go through old modules.

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
    yield from _attributes(file)
    yield from _star_names(file)


def _moved_in(file, dotted):
    """As `moved`, and what this package has, where the file may depend on it."""
    new = OWN.get(dotted)
    early = ".scikit_learn." in dotted and not at_least(file.guess.version, BUILD_FUNCTION_SINCE)
    return moved(dotted) if new is None or early or file.options.no_dependency else new


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
        new = _moved_in(file, f"{old}.{name}")
        if new is None or (new.startswith(OWN_ROOM) and not _uses(file, node)):
            gone.append(node)
            texts.setdefault(old, []).append(file.text(node))
            continue
        room, _, now = new.rpartition(".")
        texts.setdefault(room, []).append(_entry(file, node, name, now))
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
    end = "\r\n" if b"\r\n" in file.data else "\n"
    indent = " " * statement.start_point[1]
    line = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    before = file.data[line : statement.start_byte].decode()
    between = f"{end}{before if not before.strip() else indent}"
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
        uses = _uses(file, node)
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
    local = node.child_by_field_name("alias") if node.type == "aliased_import" else node
    return _uses_of(file, file.text(local))


def _uses_of(file, name):
    return [
        found
        for found in file.uses(name)
        if found.parent.type not in ("dotted_name", "aliased_import") and not _is_label(found)
    ]


def _runs_on_import(node):
    """Whether a node is looked at when the module is imported: outside of functions' bodies."""
    inner = node
    while node.parent is not None:
        inner, node = node, node.parent
        body = node.type in ("function_definition", "lambda") and node.child_by_field_name("body")
        if body and body == inner:
            return False
    return True


def _is_label(node):
    field = {"keyword_argument": "name", "attribute": "attribute"}.get(node.parent.type)
    return field is not None and node.parent.child_by_field_name(field) == node


def _plain(file, entry):
    """`import keras.objectives as losses`; without `as`, the dotted uses change too."""
    text = file.text(entry.node)
    if not is_keras(text) or text == "keras":
        return
    new = moved(text)
    if new is None:
        advice = ADVICE.get(text)
        words = f"Keras 3 has no {text}" + (f": {advice}" if advice else "")
        yield file.finding(GONE, entry.node, words)
    elif new != text:
        yield replaced(entry.node, new)


def _attributes(file):
    """`layers.core.Dense` and the like."""
    for node in file.keras_attributes:
        dotted = file.names.resolve(node)
        new = dotted and _moved_attribute(file, dotted)
        if not new or new == dotted:
            continue
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
        for name in EXPORTED.get(module, ()):
            dotted = f"{module}.{name}"
            new = _moved_in(file, dotted)
            if new in (None, dotted) or file.names.meaning(name) != dotted:
                continue
            for node in _uses_of(file, name):
                yield replaced(node, new)
                yield Import(_imported(new))


def _moved_attribute(file, dotted):
    """Where a dotted name went; attributes of what moved stay behind it."""
    if dotted.startswith(("keras.backend", "keras.constraints", "keras.initializations")):
        return None
    parts = dotted.split(".")
    for count in range(len(parts), 1, -1):
        head = ".".join(parts[:count])
        if head in OWN or head in NAMES or (count > 2 and ".".join(parts[: count - 1]) in MODULES):
            new = _moved_in(file, head)
            return new and ".".join([new, *parts[count:]])
    return None


def _base(node):
    while node.type == "attribute":
        node = node.child_by_field_name("object")
    return node
