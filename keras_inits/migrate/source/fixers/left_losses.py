"""What is left: losses that look at tensors of the model, which Keras 3 shows to no function."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.bindings import bound_at
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.tree import nodes_of
from keras_inits.migrate.source.uses import is_label

LOOKING = define(
    "KI958",
    "a loss that looks at tensors of the model",
    """In Keras 3, what a layer gives in a functional model is a symbol: a loss that uses one fails
    in the first training step. Give the tensor to a layer whose call adds the penalty by
    self.add_loss.""",
    open=True,
)
INPUT = ("keras.Input", "keras.layers.Input")


@fixer("KI9", last=True)
def left_losses(file):
    """Losses that look at tensors of the model; nothing changes.

    reported: mean = Dense(2)(x)
              def loss(y, p):
                  return keras.ops.mean(y - p) + keras.ops.mean(mean)
              model.compile("sgd", loss=loss)
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for call in file.methods("compile"):
        given = call.keywords.get("loss") or next(iter(call.positional[1:2]), None)
        named = given is not None and given.value.type == "identifier"
        function = file.function(file.text(given.value)) if named else None
        seen = _symbols(file, function) if function is not None else ()
        if seen:
            name = file.text(given.value)
            yield file.finding(LOOKING, given.element, f"{name} looks at {', '.join(seen)}")


def _symbols(file, function):
    """The names in a function that stand for what a layer gives, sorted."""
    names = [node for node in nodes_of(function, "identifier") if not is_label(node)]
    return sorted({file.text(node) for node in names if _is_symbol(file, node)})


def _is_symbol(file, node):
    values = bound_at(file, file.text(node), node) or ()
    return any(value is not None and _is_tensor(file, value) for value in values)


def _is_tensor(file, value):
    """Whether a value is what a layer gives when it is called, or an Input."""
    made = value.child_by_field_name("function") if value.type == "call" else None
    if made is None:
        return False
    if made.type != "call":
        return file.names.resolve(made) in INPUT
    named = file.names.resolve(made.child_by_field_name("function"))
    return bool(named) and named.startswith("keras.layers.")
