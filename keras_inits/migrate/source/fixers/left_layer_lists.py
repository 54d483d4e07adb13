"""What is left: layers that are taken out of a model's list, which is a copy in Keras 3."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.registry import fixer

COPIED = define(
    "KI957",
    "a change to a copy of a model's layers",
    """In Keras 3, `model.layers` is a new list each time, so taking a layer out of it changes
    nothing in the model. Make a model that ends earlier: `keras.Model(model.inputs,
    model.layers[-2].output)`; a Sequential one has `model.pop()`.""",
    open=True,
)


@fixer("KI9", last=True)
def left_layer_lists(file):
    """Layers taken out of a model's list; nothing changes.

    reported: model.layers.pop()
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for call in file.methods("pop"):
        owner = file.text(call.function.child_by_field_name("object"))
        model, _, name = owner.rpartition(".")
        if name == "layers" and model not in ("", "self"):
            yield file.finding(COPIED, call.node, f"{owner}.pop() leaves {model} as it is")
