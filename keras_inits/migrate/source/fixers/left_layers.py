"""What is left in custom layers: methods that Keras 3 never calls, attributes it sets itself."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.fixers.custom_layers import MODULE, TAKING_TENSORS
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.registry import fixer

OLD_LAYER = define(
    "KI955",
    "a custom layer of Keras 1",
    "The class was written for Keras 1; the message says what Keras 3 does otherwise.",
    open=True,
)

NEVER_CALLED = {
    "get_output": "Keras 3 never calls it: write call(self, inputs, training=None)",
    "get_input": "Keras 3 never calls it: a layer is called on its input",
    "get_output_shape_for": "Keras 3 never calls it: write compute_output_shape",
    "get_output_mask": "Keras 3 never calls it: write compute_mask(self, inputs, mask=None)",
    "get_constants": "Keras 3 never calls it: derive from keras.layers.Layer or give RNN a cell",
}
SET_BY_KERAS = {
    "trainable_weights": "it cannot be set: make each weight with add_weight",
    "non_trainable_weights": "it cannot be set: add_weight(trainable=False)",
    "updates": "Keras 3 has no updates: assign to the variables in call",
    "regularizers": "nothing reads it: add_weight(regularizer=...)",
    "constraints": "nothing reads it: add_weight(constraint=...)",
}
#: Methods that tell a layer whose base is in another file.
OF_LAYERS = ("build", "get_output_shape_for", "compute_output_shape")
INITIALIZERS = ("keras.initializers.", f"{MODULE}.")


@fixer("KI9", last=True)
def left_layers(file):
    """What Keras 3 does otherwise in classes that derive from its layers; nothing changes.

    reported: def get_output(self, train=False):
              self.W = self.init((3, 4))
              self.regularizers = [self.W_regularizer]
              {"init": self.init.__name__}
    """
    if "class" not in file.words:
        return
    for name, advice in NEVER_CALLED.items():
        for label in file.uses(name):
            is_defined = label.parent.type == "function_definition"
            if is_defined and custom_class(file, label.parent):
                yield file.finding(OLD_LAYER, label, f"{name}: {advice}")
    for name, advice in SET_BY_KERAS.items():
        for label in file.uses(name):
            yield from _attribute(file, label, advice)
    made = _initializers(file)
    for call in file.methods(*sorted({name.rpartition(".")[2] for _, name in made})):
        if _draws(file, call, made):
            words = f"{file.text(call.function)} gives a tensor, not a weight: use add_weight"
            yield file.finding(OLD_LAYER, call.node, words)
    for label in file.uses("__name__") if made else ():
        yield from _named(file, label.parent, made)


def _attribute(file, label, advice):
    """`self.updates = [...]`."""
    left = label.parent
    node = left.parent
    is_set = node.type == "assignment" and node.start_byte == left.start_byte
    if is_set and file.text(left) == f"self.{file.text(label)}" and custom_class(file, node):
        yield file.finding(OLD_LAYER, node, f"{file.text(left)}: {advice}")


def _draws(file, call, made):
    """Whether a call is `self.init(shape)` and given to nothing that takes tensors."""
    name = file.text(call.function)
    if not name.startswith("self.") or not name.endswith("init"):
        return False
    if not _is_one(name, custom_class(file, call.node), made):
        return False
    outer = call.node.parent.parent
    given = call.node.parent.type == "argument_list" and outer.type == "call"
    taker = file.names.resolve(outer.child_by_field_name("function")) if given else None
    return taker not in TAKING_TENSORS


def _initializers(file):
    """Where `initializers.get` gives something a value, and to what: "self.init"."""
    made = [call for call in file.keras_calls if call.qualified.startswith(INITIALIZERS)]
    return [
        (call.start, file.text(call.node.parent.child_by_field_name("left")))
        for call in made
        if call.node.parent.type == "assignment"
    ]


def _is_one(name, class_node, made):
    """Whether a class has made an initializer of a name."""
    return class_node is not None and any(
        name == known and class_node.start_byte <= start < class_node.end_byte
        for start, known in made
    )


def _named(file, node, made):
    """`self.init.__name__`: an initializer is an object now."""
    owner = node.child_by_field_name("object") if node.type == "attribute" else None
    if owner is not None and _is_one(file.text(owner), custom_class(file, node), made):
        words = f"{file.text(node)}: initializers have no name, use keras.initializers.serialize"
        yield file.finding(OLD_LAYER, node, words)


def custom_class(file, node):
    """The class around a node if it is a layer, as far as the file tells; else None.

    It derives from a class of Keras, or from one of another file and has a layer's methods.
    """
    while node is not None and node.type != "class_definition":
        node = node.parent
    is_layer = node is not None and (_derives(file, node, set()) or _looks_like_one(file, node))
    return node if is_layer else None


def _looks_like_one(file, node):
    above = node.child_by_field_name("superclasses")
    if above is None or not set(map(file.text, above.named_children)) - {"object"}:
        return False
    body = node.child_by_field_name("body").named_children
    functions = [child for child in body if child.type == "function_definition"]
    return any(file.text(one.child_by_field_name("name")) in OF_LAYERS for one in functions)


def _derives(file, node, seen):
    above = node.child_by_field_name("superclasses")
    for base in above.named_children if above is not None else ():
        text = file.text(base)
        if base.type in ("identifier", "attribute") and is_keras(file.names.resolve(base) or ""):
            return True
        for other in file.nodes("class_definition"):
            named = file.text(other.child_by_field_name("name"))
            if named == text and named not in seen and _derives(file, other, {*seen, named}):
                return True
    return False
