"""What is left: names of Keras, imported or used, that Keras 3 lacks."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.table import canonical
from keras_inits.migrate.source import paths
from keras_inits.migrate.source.fixers import backend_functions
from keras_inits.migrate.source.keras3 import exists, missing
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.registry import fixer

LACKING = define(
    "KI951",
    "a name that Keras 3 lacks",
    """The installed Keras 3 has no such module, class or function, and nothing here knows what to
    write instead.""",
    open=True,
)

#: Modules that layers came from.
LAYERS = ("keras.layers", "keras.engine")
#: What a clause catches that takes care of a missing name.
ERRORS = ("ImportError", "ModuleNotFoundError", "AttributeError", "Exception")
ADVICE = {
    "keras.backend.theano_backend": "Keras 3 does not run on Theano",
    "keras.backend.tf": "import tensorflow",
    "keras.layers.Recurrent": "derive from keras.layers.Layer, or give keras.layers.RNN a cell",
    "keras.layers.Merge": "call keras.layers.concatenate, add, multiply or dot on tensors",
    "keras.layers.merge": "call keras.layers.concatenate, add, multiply or dot on tensors",
    "keras.layers.LambdaMerge": "keras.layers.Lambda takes a list of tensors",
    "keras.layers.MaskedLayer": "derive from keras.layers.Layer and set supports_masking",
    "keras.models.Graph": paths.ADVICE["keras.models.Graph"],
    "keras.layers.layer_from_config": "keras.layers.deserialize",
    "keras.initializations": "keras.initializers and keras_inits have them",
}


@fixer("KI9", last=True)
def left_names(file):
    """Names that Keras 3 lacks; nothing changes.

    reported: from keras.layers import Recurrent
              K.function([x], [y])
    """
    told = {}
    for node, dotted in (*_imports(file), *_uses(file)):
        gone = missing(dotted)
        if gone and node.start_byte not in told and not covered(file, node):
            told[node.start_byte] = file.finding(LACKING, node, _words(gone))
    yield from told.values()


def _words(gone):
    advice = _advice(gone)
    return f"Keras 3 has no {gone}" + (f": {advice}" if advice else "")


def _advice(gone):
    room, _, name = gone.rpartition(".")
    listed = ADVICE.get(gone) or paths.ADVICE.get(gone)
    if not listed and room.startswith(LAYERS):
        return ADVICE.get(f"keras.layers.{name}")
    if listed or room != "keras.backend":
        return listed
    became = backend_functions.FUNCTIONS.get(name)
    return backend_functions.ADVICE.get(name) or (became and f"see keras.{became.function}")


def _imports(file):
    """Each imported name with its dotted origin; modules that `import *` empties too."""
    for entry in file.names.imported:
        text = file.text(entry.node)
        dotted = text if entry.statement.type == "import_statement" else entry.origin
        if is_keras(dotted):
            yield entry.node, dotted
    for module in _stars(file):
        if is_keras(file.text(module)):
            yield module, file.text(module)


def _uses(file):
    """What lacks though its import does not: `K.function`, names that came with `import *`.

    A name that the file gives to something else too is left out.
    """
    imported = {entry.local: entry.origin for entry in file.names.imported}
    for use in file.names.uses:
        if not missing(use.dotted):
            continue
        name = file.text(use.node).partition(".")[0].strip()
        origin = imported.get(name)
        told = missing(origin) if origin else _from_elsewhere(file, name)
        if not told and not file.bound(name):
            yield use.node, use.dotted


def _from_elsewhere(file, name):
    """Whether a name that no layer of Keras 1 had may have come with another `import *`."""
    modules = [file.text(module) for module in _stars(file)]
    others = [module for module in modules if not is_keras(module) or exists(f"{module}.{name}")]
    return not canonical(name) and bool(others)


def _stars(file):
    """The modules of `import *`, relative ones too."""
    for statement in file.nodes("import_from_statement"):
        if any(child.type == "wildcard_import" for child in statement.children):
            yield statement.child_by_field_name("module_name")


def covered(file, node):
    """Whether a `try` takes care of a name: what it tries, or what follows if that fails."""
    inner = node
    while inner.parent is not None:
        outer = inner.parent
        if outer.type == "try_statement" and any(map(_catches, outer.named_children)):
            if inner.type == "block":
                return True
            if inner.type == "except_clause" and not _fails(file, outer):
                return True
        inner = outer
    return False


def _catches(clause):
    words = clause.text.partition(b":")[0].decode()
    caught = words.removeprefix("except").strip()
    return clause.type == "except_clause" and (not caught or any(e in caught for e in ERRORS))


def _fails(file, statement):
    """Whether something that a `try` imports is missing."""
    body = next(child for child in statement.named_children if child.type == "block")
    return any(
        missing(dotted)
        for node, dotted in _imports(file)
        if body.start_byte <= node.start_byte < body.end_byte
    )
