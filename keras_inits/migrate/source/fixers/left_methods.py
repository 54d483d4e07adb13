"""What is left: methods and attributes that models, layers and tensors of Keras 3 do not have."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.fixers.left_layers import custom_class
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.registry import fixer

GONE = define(
    "KI954",
    "a method or attribute of Keras 1",
    "Models, layers and tensors of Keras 3 have none of the name.",
    open=True,
)

#: Methods that nothing else but legacy Keras and Theano is likely to have.
ANYWHERE = {
    "add_shared_node": "Graph models are gone: build the model with keras.Model(inputs=, outputs=)",
    "dimshuffle": "Theano's: keras.ops.transpose and keras.ops.expand_dims",
    "get_output_shape_for": "compute_output_shape",
    "get_input_at": "a layer's inputs stand in layer.input",
    "get_output_at": "a layer's outputs stand in layer.output",
    "fit_generator": "fit takes generators",
    "evaluate_generator": "evaluate takes generators",
    "predict_generator": "predict takes generators",
    "reset_states": "models have none, and that of layers is reset_state",
    "predict_classes": "take the argmax of what predict gives",
}
#: Methods of Graph models, told by the arguments of theirs that other libraries' do not have.
OF_GRAPHS = {
    "add_node": {"layer", "input", "inputs", "merge_mode"},
    "add_input": {"input_shape", "input_dim", "batch_input_shape"},
    "add_output": {"input", "inputs", "merge_mode"},
}
#: Methods of layers of 0.x, in a layer's class or of one of a model's layers.
OF_LAYERS = {
    "get_output": "in Keras 1.0 and later a layer is called on its input",
    "get_input": "in Keras 1.0 and later a layer is called on its input",
}
#: Attributes of what `model.layers[...]` and `get_layer` give.
OF_A_LAYER = {
    "output_shape": "layer.output.shape",
    "input_shape": "layer.input.shape",
    "W": "layer.kernel",
    "b": "layer.bias",
}
#: Methods of Theano's shared variables, as weights were.
OF_WEIGHTS = {"get_value": "weight.numpy()", "set_value": "weight.assign(value)"}
WEIGHTS = (".W", ".b", ".U")
OWNERS = {".layers[": "layers", ".get_layer(": "get_layer"}
LAYER = "layer"
METHODS = (*ANYWHERE, *OF_GRAPHS, *OF_LAYERS, *OF_WEIGHTS, "predict_proba")


@fixer("KI9", last=True)
def left_methods(file):
    """Methods and attributes of Keras 1; nothing changes.

    reported: graph.add_shared_node(layer, name="a", inputs=["b", "c"])
              model.predict_proba(x)
              model.layers[-1].output_shape
              model.layers[-1].W.get_value()
    """
    for call in file.methods(*METHODS):
        advice = _advice(file, call)
        if advice:
            label = call.function.child_by_field_name("attribute")
            yield file.finding(GONE, label, f"{call.method}: {advice}")
    for name, advice in OF_A_LAYER.items() if not file.words.isdisjoint(OWNERS.values()) else ():
        for node in file.attributes(name):
            if _is_of_a_layer(file, node):
                label = node.child_by_field_name("attribute")
                yield file.finding(GONE, label, f"layers have no {name}: {advice}")


def _advice(file, call):
    method = call.method
    if method in ANYWHERE:
        return ANYWHERE[method] if not call.qualified else None
    if OF_GRAPHS.get(method, set()) & set(call.keywords):
        return ANYWHERE["add_shared_node"]
    if method in OF_LAYERS:
        owner = file.text(call.function.child_by_field_name("object"))
        inside = custom_class(file, call.node) is not None
        return OF_LAYERS[method] if inside or LAYER in owner else None
    if method in OF_WEIGHTS:
        owner = file.text(call.function.child_by_field_name("object"))
        return OF_WEIGHTS[method] if owner.endswith(WEIGHTS) else None
    if method == "predict_proba" and not _of_others(file, call):
        return "predict gives the probabilities"
    return None


def _of_others(file, call):
    """Whether a method's owner is made by a function or class that is not Keras'."""
    owner = call.function.child_by_field_name("object")
    found = file.sources(owner) or []
    if owner.type != "identifier" or not found:
        return True
    return not all(_may_be_keras(file, node) for node in found)


def _may_be_keras(file, node):
    if node.type != "call":
        return False
    function = node.child_by_field_name("function")
    first = file.text(function).partition(".")[0]
    origins = {entry.origin for entry in file.names.imported if entry.local == first}
    return all(is_keras(origin) for origin in origins)


def _is_of_a_layer(file, node):
    owner = file.text(node.child_by_field_name("object"))
    at = max(owner.rfind(word) for word in OWNERS)
    return at >= 0 and "." not in owner[at + 1 :].rstrip(")]")
