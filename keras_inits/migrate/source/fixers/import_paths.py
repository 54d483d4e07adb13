"""Import paths: where Keras 3 keeps what Keras 1 kept elsewhere."""

import importlib
from functools import cache

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.edits import Again, Import, Removal, elements, replaced
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.statements import without

GONE = define(
    "KI301",
    "an import that Keras 3 has nothing for",
    "Keras 3 has no such name, so the import was left; the message says what may do instead.",
    open=True,
)
PRIVATE = define(
    "KI302",
    "an import of Keras' own legacy code",
    """Keras 3 keeps the class for old code only, outside its public names. It works the same;
    a later release may drop it.""",
)

_LAYERS = (
    *("core", "convolutional", "recurrent", "normalization", "embeddings", "wrappers", "noise"),
    *("advanced_activations", "pooling", "local", "merge", "convolutional_recurrent"),
)
#: Modules whose names are all in another one now.
MODULES = {
    **{f"keras.layers.{name}": "keras.layers" for name in _LAYERS},
    **dict.fromkeys(
        ("keras.engine", "keras.engine.topology", "keras.engine.base_layer"), "keras.layers"
    ),
    "keras.engine.training": "keras.models",
    "keras.objectives": "keras.losses",
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.data_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.layer_utils": "keras.utils",
    "keras.utils.visualize_util": "keras.utils",
    "keras.utils.vis_utils": "keras.utils",
    "keras.datasets.data_utils": "keras.utils",
    "keras.backend.tensorflow_backend": "keras.backend",
    "keras.backend.theano_backend": "keras.backend",
}
_PREPROCESSING = "keras.src.legacy.preprocessing"
#: Single names that have another one now.
NAMES = {
    "keras.utils.visualize_util.plot": "keras.utils.plot_model",
    "keras.utils.visualize_util.to_graph": "keras.utils.model_to_dot",
    "keras.utils.visualize_util.model_to_dot": "keras.utils.model_to_dot",
    "keras.utils.dot_utils.Grapher": None,
    **dict.fromkeys(("keras.layers.merge", "keras.engine.merge", "keras.engine.topology.merge")),
    "keras.engine.Model": "keras.models.Model",
    "keras.engine.topology.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.get_source_inputs": "keras.utils.get_source_inputs",
    "keras.engine.training.Model": "keras.models.Model",
    "keras.engine.topology.Container": "keras.models.Model",
    "keras.losses.cosine_proximity": "keras.losses.cosine_similarity",
    "keras.objectives.kld": "keras.losses.kl_divergence",
    "keras.objectives.kullback_leibler_divergence": "keras.losses.kl_divergence",
    "keras.objectives.mse": "keras.losses.mean_squared_error",
    "keras.objectives.mae": "keras.losses.mean_absolute_error",
    "keras.backend.set_image_dim_ordering": "keras.backend.set_image_data_format",
    "keras.backend.image_dim_ordering": "keras.backend.image_data_format",
    "keras.constraints.maxnorm": "keras.constraints.max_norm",
    "keras.constraints.nonneg": "keras.constraints.non_neg",
    "keras.constraints.unitnorm": "keras.constraints.unit_norm",
    "keras.preprocessing.image.ImageDataGenerator": f"{_PREPROCESSING}.image.ImageDataGenerator",
    **{
        f"keras.preprocessing.text.{name}": f"{_PREPROCESSING}.text.{name}"
        for name in ("Tokenizer", "one_hot", "text_to_word_sequence", "hashing_trick")
    },
    **{
        f"keras.preprocessing.sequence.{name}": f"{_PREPROCESSING}.sequence.{name}"
        for name in ("skipgrams", "make_sampling_table", "TimeseriesGenerator")
    },
    "keras.preprocessing.text": f"{_PREPROCESSING}.text",
}
#: What to do about names that are gone.
ADVICE = {
    "keras.models.Graph": "build the model with keras.Model(inputs=, outputs=)",
    "keras.models.slice_X": "slice the arrays with [start:stop]",
    "keras.engine.training.slice_X": "slice the arrays with [start:stop]",
    "keras.engine.training.collect_trainable_weights": "use model.trainable_weights",
    "keras.wrappers.scikit_learn": "use keras.wrappers.SKLearnClassifier(model=...)",
    "keras.utils.np_utils.accuracy": "use numpy.mean(a == b)",
    "keras.utils.np_utils.probas_to_classes": "use numpy.argmax(probabilities, axis=-1)",
    "keras.utils.np_utils.categorical_probas_to_classes": "use numpy.argmax(p, axis=1)",
    "keras.backend.tensorflow_backend.set_session": "TensorFlow 2 has no sessions",
}
#: Names that other fixers see to, wherever they are used.
SEEN_TO = ("keras.initializations", "keras.backend", "keras.layers", "keras.regularizers")


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


@cache
def exists(dotted):
    """Whether Keras 3 has a dotted name."""
    room, _, name = dotted.rpartition(".")
    if not room:
        return dotted == "keras"
    return exists(room) and (hasattr(_module(room), name) or _module(dotted) is not None)


@cache
def _module(dotted):
    try:
        return importlib.import_module(dotted)
    except ImportError:
        return None


def moved(dotted):
    """The Keras 3 name for one of Keras 1: itself where it stays, None where it is gone."""
    if dotted in NAMES:
        return NAMES[dotted]
    room, _, name = dotted.rpartition(".")
    for candidate in (dotted, f"{MODULES.get(room, room)}.{name}", MODULES.get(dotted)):
        if candidate and (exists(candidate) or candidate in MODULES.values()):
            return candidate
    old_layer = MODULES.get(room, room) == "keras.layers" and table.canonical(name)
    if old_layer and table.KERAS3_CLASS.get(old_layer):
        return f"keras.layers.{name}"
    return None


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
        new = moved(f"{old}.{name}")
        if new is None:
            gone += [node] if new is None else []
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
    """Names that Keras 3 lacks: out where nothing uses them, reported elsewhere."""
    if not gone:
        return
    unused = [node for node in gone if not _used(file, node)]
    for node in gone:
        dotted = f"{module}.{file.text(_name(node))}"
        if node not in unused and not dotted.startswith(SEEN_TO):
            advice = ADVICE.get(dotted) or ADVICE.get(module)
            words = f"Keras 3 has no {dotted}" + (f": {advice}" if advice else "")
            yield file.finding(GONE, node, words)
    if len(unused) < len(gone):
        yield Again()
    if not unused:
        return
    if len(unused) == len(elements(statement)):
        yield without(file, statement)
    else:
        yield from (Removal(statement, node) for node in unused)


def _used(file, node):
    local = node.child_by_field_name("alias") if node.type == "aliased_import" else node
    return any(
        found.parent.type not in ("dotted_name", "aliased_import") and not _is_label(found)
        for found in file.uses(file.text(local))
    )


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
        new = dotted and _moved_attribute(dotted)
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
        yield Import(new.rpartition(".")[0] if new.startswith("keras.src") else "keras")


def _moved_attribute(dotted):
    """Where a dotted name went; attributes of what moved stay behind it."""
    if dotted.startswith(("keras.backend", "keras.constraints", "keras.initializations")):
        return None
    parts = dotted.split(".")
    for count in range(len(parts), 1, -1):
        head = ".".join(parts[:count])
        if head in NAMES or (count > 2 and ".".join(parts[: count - 1]) in MODULES):
            new = moved(head)
            return new and ".".join([new, *parts[count:]])
    return None


def _base(node):
    while node.type == "attribute":
        node = node.child_by_field_name("object")
    return node
