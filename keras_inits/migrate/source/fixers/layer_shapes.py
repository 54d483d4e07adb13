"""The shapes of a model's layers, which Keras 3 asks of their tensors."""

from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.registry import fixer

SHAPES = {"output_shape": "output.shape", "input_shape": "input.shape"}


@fixer("KI4")
def layer_shapes(file):
    """The shapes of a model's layers.

    before: units = model.layers[-1].output_shape[-1]
    after:  units = model.layers[-1].output.shape[-1]
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for name, became in SHAPES.items():
        for node in file.attributes(name):
            if _is_layer(file, node.child_by_field_name("object")):
                yield replaced(node.child_by_field_name("attribute"), became)


def _is_layer(file, node):
    """Whether an expression is a layer of a model: `m.layers[3]` or `m.get_layer("a")`."""
    field = {"subscript": "value", "call": "function"}.get(node.type)
    owner = node.child_by_field_name(field) if field else None
    if owner is None or owner.type != "attribute":
        return False
    name = {"subscript": "layers", "call": "get_layer"}[node.type]
    return file.text(owner.child_by_field_name("attribute")) == name
