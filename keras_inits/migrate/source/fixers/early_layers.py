"""Custom layers of Keras 0.x: what they ask of themselves, Keras 3 gives them."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Edit, replaced
from keras_inits.migrate.source.registry import fixer

CALLED = define(
    "KI853",
    "a layer of Keras 0.x is called on its input",
    """get_output became call, output_shape compute_output_shape, and build is given the shape of
    the input. Attributes that Keras 0.x kept, such as params, say nothing to Keras 3.""",
)

LAYERS = ("keras.layers.Layer", "keras.layers.core.Layer", "keras.layers.core.MaskedLayer")
#: Names in a class that are not told by its input alone.
OTHERS = ("previous", "get_output_mask", "get_input_mask", "supports_masked_input")
#: Methods, the parameters that they have now, and what `self.input_shape` is in them.
METHODS = {
    "get_output": ("call", "(self, inputs, training=False)", "inputs.shape"),
    "output_shape": ("compute_output_shape", "(self, input_shape)", "input_shape"),
    "build": ("build", "(self, input_shape)", "input_shape"),
}
OUTPUT_SHAPE = "self.compute_output_shape(inputs.shape)"


@fixer("KI8")
def early_layers(file):
    """Custom layers of Keras 0.x.

    before: class Sum(Layer):
                @property
                def output_shape(self):
                    return (self.input_shape[0],)
                def get_output(self, train=False):
                    return self.get_input(train).sum(axis=1)
    after:  class Sum(Layer):
                def compute_output_shape(self, input_shape):
                    return (input_shape[0],)
                def call(self, inputs, training=False):
                    return inputs.sum(axis=1)
    """
    if file.guess.era != "keras1" or "get_output" not in file.words:
        return
    for node in file.nodes("class_definition"):
        if _is_layer(file, node):
            yield from _class(file, node)


def _is_layer(file, node):
    bases = node.child_by_field_name("superclasses")
    return bases is not None and any(
        file.names.resolve(base) in LAYERS for base in bases.named_children
    )


def _class(file, node):
    methods = {file.text(m.child_by_field_name("name")): m for m in _methods(node)}
    output = methods.get("get_output")
    if output is None or not _is_plain(file, node, output):
        return
    yield file.finding(CALLED, output, file.text(node.child_by_field_name("name")))
    for name, (became, parameters, shape) in METHODS.items():
        method = methods.get(name)
        if method is None or (name == "build" and _has_shape(method)):
            continue
        yield replaced(method.child_by_field_name("name"), became)
        yield replaced(method.child_by_field_name("parameters"), parameters)
        if method.parent.type == "decorated_definition":
            yield Edit(method.parent.start_byte, method.start_byte, "")
        yield from _body(file, method, shape)


def _methods(node):
    for child in node.child_by_field_name("body").named_children:
        if child.type == "function_definition":
            yield child
        elif child.type == "decorated_definition":
            inner = child.child_by_field_name("definition")
            if inner.type == "function_definition":
                yield inner


def _has_shape(method):
    return len(method.child_by_field_name("parameters").named_children) > 1


def _is_plain(file, node, output):
    """Whether the layer's output is told by its own input."""
    inside = {word: list(_within(file.uses(word), node)) for word in (*OTHERS, "get_output")}
    own_inputs = [call for call in file.methods("get_input") if _is_inside(call.node, output)]
    return (
        not any(inside[word] for word in OTHERS)
        and len(inside["get_output"]) == 1
        and {file.text(call.function) for call in own_inputs} == {"self.get_input"}
        and not list(_within(file.uses("inputs"), output))
        and len(output.child_by_field_name("parameters").named_children) <= 2
    )


def _within(nodes, outer):
    return (node for node in nodes if _is_inside(node, outer))


def _is_inside(node, outer):
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


def _body(file, method, shape):
    """What a method asks of itself."""
    body = method.child_by_field_name("body")
    inputs = file.methods("get_input") if shape == METHODS["get_output"][2] else ()
    given = [call.node for call in inputs if _is_inside(call.node, body)]
    yield from (replaced(node, "inputs") for node in given)
    for name, text in (("input_shape", shape), ("output_shape", OUTPUT_SHAPE)):
        for label in _within(file.uses(name), body):
            if file.text(label.parent) == f"self.{name}":
                yield replaced(label.parent, text)
    listed = method.child_by_field_name("parameters").named_children[1:]
    name = listed and (listed[0].child_by_field_name("name") or listed[0])
    for use in _within(file.meant(file.text(name)), body) if name else ():
        if not any(_is_inside(use, node) for node in given):
            yield replaced(use, "training")
