"""The Merge layer: one layer of Keras 3 for each mode."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer

MERGED_MODELS = define(
    "KI209",
    "models merged inside a Sequential model",
    """Keras 3's Sequential has one input. Call the merging layer on the models' outputs,
    `keras.layers.Concatenate()([left.output, right.output])`, and make a `keras.Model` of the
    models' inputs and the last output.""",
    open=True,
)

#: Keras 3's layer for a mode, and the arguments that it takes, with the old defaults.
LAYERS = {
    "sum": ("Add", {}),
    "mul": ("Multiply", {}),
    "ave": ("Average", {}),
    "max": ("Maximum", {}),
    "concat": ("Concatenate", {"concat_axis": ("axis", "-1")}),
    "dot": ("Dot", {"dot_axes": ("axes", "-1")}),
}
PLACES = ("layers", "mode", "concat_axis", "dot_axes")


@fixer("KI2")
def merge_layers(file):
    """The Merge layer, where it is called on tensors.

    before: Merge(mode='concat', concat_axis=1)([a, b])
    after:  keras.layers.Concatenate(axis=1)([a, b])
    """
    for call in file.layer_calls:
        if call.layer == "Merge":
            yield from _merge(file, call)


def _merge(file, call):
    given = {**dict(zip(PLACES, call.positional, strict=False)), **call.keywords}
    mode = given.get("mode")
    content = content_of(mode.value) if mode else None
    word = file.text(content) if content else ("sum" if mode is None else None)
    if "layers" in given or word not in LAYERS or not _called(call.node) or call.splats:
        yield file.finding(MERGED_MODELS, call.node, file.text(call.node)[:60])
        return
    name, arguments = LAYERS[word]
    kept = [
        f"{new}={file.text(given[old].value) if old in given else default}"
        for old, (new, default) in arguments.items()
        if old in given or old == "dot_axes"
    ]
    kept += [file.text(given[key].element) for key in ("name",) if key in given]
    keras = file.names.local("keras") or "keras"
    yield replaced(call.node, f"{keras}.layers.{name}({', '.join(kept)})")
    yield Import("keras")


def _called(node):
    """Whether the result of a call is called itself."""
    parent = node.parent
    return parent.type == "call" and parent.child_by_field_name("function") == node
