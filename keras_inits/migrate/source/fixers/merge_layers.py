"""The Merge layer: one layer of Keras 3 for each mode."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Again, Import, replaced
from keras_inits.migrate.source.merge_modes import BY_FUNCTION, given_to, mode_of
from keras_inits.migrate.source.merged_models import functional, has_to_wait, merged, outputs
from keras_inits.migrate.source.registry import fixer

MERGED_MODELS = define(
    "KI209",
    "models merged inside a Sequential model",
    """Keras 3's Sequential has one input. Call the merging layer on the models' outputs, as in
    `keras.layers.Concatenate()([left.outputs[0], right.outputs[0]])`, and make a `keras.Model` of
    the models' inputs and the last output.""",
    open=True,
)

FUNCTIONAL = define(
    "KI211",
    "a Sequential model of merged models became a functional one",
    """Keras 3's Sequential has one input. The layers are called one on the other, and the model
    has the inputs of the models that were merged, in the old order; its `layers` hold theirs, too,
    so that numbers of layers are others.""",
)

LAYER = "Merge"
#: Keras 3's layer for a mode, and the arguments that it takes, with the old defaults.
LAYERS = {
    "sum": ("Add", {}),
    "mul": ("Multiply", {}),
    "ave": ("Average", {}),
    "max": ("Maximum", {}),
    "concat": ("Concatenate", {"concat_axis": ("axis", "-1")}),
    "dot": ("Dot", {"dot_axes": ("axes", "-1")}),
    BY_FUNCTION: (
        "Lambda",
        {
            "mode": ("function", ""),
            "output_shape": ("output_shape", ""),
            "arguments": ("arguments", ""),
        },
    ),
}
PLACES = ("layers", "mode", "concat_axis", "dot_axes")


@fixer("KI2")
def merge_layers(file):
    """The Merge layer, called on tensors or first in a Sequential model.

    before: Merge(mode='concat', concat_axis=1)([a, b])
            model = Sequential()
            model.add(Merge([left, right], mode='sum'))
    after:  keras.layers.Concatenate(axis=1)([a, b])
            model = keras.layers.Add()([left.outputs[0], right.outputs[0]])
            model = keras.Model(keras.utils.get_source_inputs(model), model)
    """
    for call in file.layer_calls if LAYER in file.words else ():
        if call.layer == LAYER:
            yield from _merge(file, call)


def _merge(file, call):
    given = given_to(call, PLACES)
    word = mode_of(file, given.get("mode"))
    layers = given.pop("layers", None)
    model = _model(file, call, layers) if layers and word in LAYERS and not call.splats else None
    if model and has_to_wait(file, model):
        yield Again()
    elif model:
        layer = _layer(file, given, word)
        yield from functional(file, model, f"{layer}({outputs(file, layers.value)})")
        yield file.finding(FUNCTIONAL, call.node, f"{model.name} has the merged models' inputs")
    elif layers or word not in LAYERS or not _called(call.node) or call.splats:
        yield file.finding(MERGED_MODELS, call.node, file.text(call.node)[:60])
    else:
        yield replaced(call.node, _layer(file, given, word))
        yield Import("keras")


def _model(file, call, layers):
    """The Sequential model that a Merge of a list of models is the first layer of, or None."""
    added = call.node.parent.type == "argument_list" and call.node.parent.parent.type == "call"
    return merged(file, call.node) if added and layers.value.type == "list" else None


def _layer(file, given, word):
    """The layer of Keras 3, as text."""
    name, arguments = LAYERS[word]
    kept = [
        f"{new}={_axes(file, given[old].value) if old in given else default}"
        for old, (new, default) in arguments.items()
        if old in given or old == "dot_axes"
    ]
    kept += [file.text(given[key].element) for key in ("name",) if key in given]
    return f"{file.keras}.layers.{name}({', '.join(kept)})"


def _axes(file, node):
    """One axis for each tensor: until 1.0, `dot_axes` held a list of axes for each."""
    parts = node.named_children if node.type in ("list", "tuple") else []
    alone = [part.named_children for part in parts if part.type in ("list", "tuple")]
    if not parts or [len(inner) for inner in alone] != [1] * len(parts):
        return file.text(node)
    return f"({', '.join(file.text(inner[0]) for inner in alone)})"


def _called(node):
    """Whether the result of a call is called itself."""
    parent = node.parent
    return parent.type == "call" and parent.child_by_field_name("function") == node
