"""Functions of keras.backend that keras.ops has, one call for one call."""

from typing import NamedTuple

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.activations import HARD_SIGMOID
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.sessions import without_set_ups
from keras_inits.migrate.source.train_phases import by_training, method_around

NO_EQUIVALENT = define(
    "KI801",
    "a backend function without one of the same meaning",
    """Keras 3's backend module lacks it, and no single call of keras.ops does the same; the message
    says what may.""",
    open=True,
)
NOT_A_VARIABLE = define(
    "KI802",
    "backend zeros and ones that were variables",
    """K.zeros and K.ones made a variable, so a keras.Variable is what they became where it may be a
    weight. Inside a computation keras.ops.zeros is enough.""",
)


class Became(NamedTuple):
    """A function of Keras 3, and Keras 1's arguments under their names in Keras 3.

    `needed` are arguments whose default is another now; `named` says that they stand in another
    order now.
    """

    function: str
    arguments: dict = {}
    needed: dict = {}
    named: bool = False


_AXIS = {"x": "x", "axis": "axis", "keepdims": "keepdims"}
_LAST = {"axis": "-1"}
_X = {"x": "x"}
_XY = {"x": "x1", "y": "x2"}


def _ops(names, arguments, needed=None):
    return {name: Became(f"ops.{name}", arguments, needed or {}) for name in names}


FUNCTIONS = {
    **_ops(("sum", "prod", "mean", "std", "var", "max", "min", "any", "all"), _AXIS),
    **_ops(("argmax", "argmin"), {"x": "x", "axis": "axis"}, _LAST),
    **_ops(("abs", "sqrt", "square", "exp", "log", "sign", "sin", "cos", "round"), _X),
    **_ops(("softmax", "softplus", "softsign", "sigmoid", "tanh", "relu", "zeros_like"), _X),
    **_ops(("ones_like", "shape", "ndim", "transpose"), _X),
    **_ops(("maximum", "minimum", "equal", "not_equal", "greater", "greater_equal"), _XY),
    "lesser": Became("ops.less", _XY),
    "lesser_equal": Became("ops.less_equal", _XY),
    **_ops(("dot",), _XY),
    "pow": Became("ops.power", {"x": "x1", "a": "x2"}),
    "elu": Became("ops.elu", {"x": "x", "alpha": "alpha"}),
    "clip": Became("ops.clip", {"x": "x", "min_value": "x_min", "max_value": "x_max"}),
    "concatenate": Became("ops.concatenate", {"tensors": "xs", "axis": "axis"}, _LAST),
    "stop_gradient": Became("ops.stop_gradient", {"variables": "variable"}),
    "one_hot": Became("ops.one_hot", {"indices": "x", "nb_classes": "num_classes"}),
    "reverse": Became("ops.flip", {"x": "x", "axes": "axis"}),
    "arange": Became(
        "ops.arange",
        {"start": "start", "stop": "stop", "step": "step", "dtype": "dtype"},
        {"dtype": '"int32"'},
    ),
    "pack": Became("ops.stack", {"x": "x"}),
    "stack": Became("ops.stack", {"x": "x"}),
    "reshape": Became("ops.reshape", {"x": "x", "shape": "newshape"}),
    "permute_dimensions": Became("ops.transpose", {"x": "x", "pattern": "axes"}),
    "expand_dims": Became("ops.expand_dims", {"x": "x", "dim": "axis"}, _LAST),
    "squeeze": Became("ops.squeeze", {"x": "x", "axis": "axis"}),
    "cast": Became("ops.cast", {"x": "x", "dtype": "dtype"}),
    "repeat_elements": Became("ops.repeat", {"x": "x", "rep": "repeats", "axis": "axis"}),
    "tile": Became("ops.tile", {"x": "x", "n": "repeats"}),
    "gather": Became("ops.take", {"reference": "x", "indices": "indices"}, {"axis": "0"}),
    "switch": Became(
        "ops.where",
        {"condition": "condition", "then_expression": "x1", "else_expression": "x2"},
    ),
    "flatten": Became("ops.ravel", _X),
    "l2_normalize": Became("ops.normalize", {"x": "x", "axis": "axis"}),
    "variable": Became("Variable", {"value": "initializer", "dtype": "dtype", "name": "name"}),
    **dict.fromkeys(("get_value", "eval"), Became("ops.convert_to_numpy", _X)),
    "random_normal": Became(
        "random.normal", {"shape": "shape", "mean": "mean", "std": "stddev", "dtype": "dtype"}
    ),
    "random_uniform": Became(
        "random.uniform",
        {"shape": "shape", "low": "minval", "high": "maxval", "dtype": "dtype"},
    ),
    "random_binomial": Became(
        "random.binomial",
        {"shape": "shape", "p": "probabilities", "dtype": "dtype"},
        {"counts": "1"},
        named=True,
    ),
    "dropout": Became("random.dropout", {"x": "inputs", "level": "rate"}),
}
_LOSS = {"output": "output", "target": "target", "from_logits": "from_logits"}
#: Functions of Keras 1 whose namesakes in Keras 2 took their arguments in another order.
REORDERED = {
    "binary_crossentropy": Became("ops.binary_crossentropy", _LOSS, named=True),
    "categorical_crossentropy": Became("ops.categorical_crossentropy", _LOSS, named=True),
    "in_top_k": Became(
        "ops.in_top_k",
        {"predictions": "predictions", "targets": "targets", "k": "k"},
        named=True,
    ),
}
#: Functions that Keras 3's backend module kept.
KEPT = frozenset(
    [
        *("epsilon", "set_epsilon", "floatx", "set_floatx", "backend", "clear_session", "get_uid"),
        *("image_data_format", "set_image_data_format", "is_keras_tensor"),
        *("image_dim_ordering", "set_image_dim_ordering"),
    ]
)
#: Methods of layers that compute, and make no weights.
COMPUTING = (
    *("call", "step", "get_constants", "get_initial_states", "preprocess_input"),
    *("compute_mask", "get_output"),
)
ADVICE = {
    "batch_dot": "see keras.ops.matmul and keras.ops.einsum, which count the axes otherwise",
    "bias_add": "keras.ops.add, where the channels come last",
    "binary_crossentropy": "keras.ops.binary_crossentropy takes the target first",
    "categorical_crossentropy": "keras.ops.categorical_crossentropy takes the target first",
    "in_top_k": "keras.ops.in_top_k takes the targets first",
    "function": "make a keras.Model of the tensors and call it",
    "gradients": "use the gradients of the backend in use, such as tf.GradientTape",
    "hard_sigmoid": "Keras 3's is another function; keras_inits has keras1_hard_sigmoid",
    "learning_phase": "a layer's call takes training=",
    "in_train_phase": "a layer's call takes training=",
    "placeholder": "keras.Input",
    "rnn": "keras.layers.RNN with a cell of your own",
    "set_session": "TensorFlow 2 has no sessions",
    "get_session": "TensorFlow 2 has no sessions",
}


@fixer("KI8")
def backend_functions(file):
    """Functions of keras.backend that keras.ops has.

    before: K.mean(K.square(a - b), axis=-1)
            K.argmax(x)
            K.set_value(v, 3)
            if K._BACKEND == 'theano':
    after:  keras.ops.mean(keras.ops.square(a - b), axis=-1)
            keras.ops.argmax(x, axis=-1)
            v.assign(3)
            if K.backend() == 'theano':
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for call in file.calls_in("keras.backend"):
        name = call.qualified.rpartition(".")[2]
        if name not in KEPT and (name != "set_session" or without_set_ups(file, [call.node])):
            yield from _function(file, call, name)
    for use in file.names.uses if "_BACKEND" in file.words else ():
        if use.dotted == "keras.backend._BACKEND" and use.node.type == "attribute":
            yield replaced(use.node.child_by_field_name("attribute"), "backend()")


def _function(file, call, name):
    keras = file.keras
    if name in ("zeros", "ones") and _is_shaped(call):
        shape = file.text((call.keywords.get("shape") or call.positional[0]).value)
        yield Import("keras")
        if _is_computed(file, call.node):
            yield replaced(call.node, f"{keras}.ops.{name}({shape})")
            return
        named = call.keywords.get("name")
        more = f", {file.text(named.element)}" if named else ""
        yield replaced(call.node, f"{keras}.Variable({keras}.ops.{name}({shape}){more})")
        yield file.finding(NOT_A_VARIABLE, call.node, f"K.{name} became a keras.Variable")
    elif name == "set_value" and len(call.positional) == 2:
        variable, value = (file.text(argument.value) for argument in call.positional)
        yield replaced(call.node, f"{variable}.assign({value})")
    elif name == "int_shape" and _is_plain(call):
        yield replaced(call.node, f"{file.text(call.positional[0].value)}.shape")
    elif name == "hard_sigmoid" and len(call.positional) == 1 and not file.options.no_dependency:
        yield replaced(call.function, HARD_SIGMOID[0])
        yield Import(HARD_SIGMOID[1])
    elif name == "batch_flatten" and len(call.positional) == 1:
        yield replaced(call.function, f'{keras}.layers.Flatten(data_format="channels_last")')
        yield Import("keras")
    elif name == "repeat" and len(call.positional) == 2:
        tensor, times = (file.text(argument.value) for argument in call.positional)
        yield replaced(call.node, f"{keras}.layers.RepeatVector({times})({tensor})")
        yield Import("keras")
    else:
        phase = list(by_training(file, call)) if name == "in_train_phase" else []
        yield from phase or _by_table(file, call, name, keras)


def _by_table(file, call, name, keras):
    became = FUNCTIONS.get(name) or (REORDERED.get(name) if file.guess.era == "keras1" else None)
    if name == "bias_add" and file.guess.dim_ordering == "tf":
        became = Became("ops.add", {"x": "x1", "bias": "x2"})
    if became and _fits(call, became):
        yield from _converted(call, became, keras)
        return
    advice = ADVICE.get(name)
    words = f"K.{name}" + (f": {advice}" if advice else "")
    yield file.finding(NO_EQUIVALENT, call.node, words)


def _is_computed(file, node):
    """Whether a value is part of what a layer computes, where nothing can become a variable."""
    method = method_around(node)
    if method is None or method.type == "lambda":
        return method is not None
    return file.text(method.child_by_field_name("name")) in COMPUTING


def _is_shaped(call):
    """Whether a call has a shape, and nothing else but a name."""
    places = len(call.positional) + ("shape" in call.keywords)
    return places == 1 and call.keywords.keys() <= {"shape", "name"} and not call.splats


def _is_plain(call):
    plain = ("identifier", "attribute", "subscript")
    return len(call.arguments) == 1 and call.arguments[0].value.type in plain and call.positional


def _fits(call, became):
    arguments = became.arguments
    return (
        not call.splats
        and len(call.positional) <= len(arguments)
        and call.keywords.keys() <= arguments.keys()
    )


def _converted(call, became, keras):
    yield replaced(call.function, f"{keras}.{became.function}")
    yield Import("keras")
    names = list(became.arguments)
    given = {*(became.arguments[name] for name in names[: len(call.positional)])}
    for name, argument in call.keywords.items():
        given.add(became.arguments[name])
        if became.arguments[name] != name:
            yield argument.renamed(became.arguments[name])
    # A variable's second place is its shape, so everything but the value is named.
    first = 0 if became.named else 1
    if became.named or became.function == "Variable":
        for name, argument in list(zip(names, call.positional, strict=False))[first:]:
            yield argument.renamed(became.arguments[name])
    for name, text in became.needed.items():
        if name not in given:
            yield call.appended(name, text)
