"""Custom layers: their weights, the shape of their output, and calls of initializations."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Deletion, Import, replaced
from keras_inits.migrate.source.registry import fixer

WEIGHTS = define(
    "KI851",
    "weights of a custom layer",
    """Keras 3 keeps track of the variables that a layer makes with add_weight or holds in its
    attributes, so the list was dropped. A variable that was in no list is trained now too: make it
    with trainable=False.""",
)
NOT_FOLLOWED = define(
    "KI852",
    "an initialization that a custom layer is given",
    """The name comes from outside this file. In Keras 3, 'he_normal', 'glorot_normal' and
    'orthogonal' are other laws: give 'keras1_he_normal' and kin.""",
)

MODULE = "keras.initializations"
#: Names of initializations whose law for a matrix Keras 3 has under the same, or another, name.
SAME = {
    **{name: name for name in ("uniform", "normal", "identity", "glorot_uniform", "he_uniform")},
    **{"lecun_uniform": "lecun_uniform", "zero": "zeros", "one": "ones"},
}
OTHER = ("he_normal", "glorot_normal", "orthogonal")
KNOWN = frozenset((*SAME, *OTHER))
SCALED = {
    "normal": "keras.initializers.RandomNormal(stddev={scale})",
    "uniform": "keras.initializers.RandomUniform(-{scale}, {scale})",
}
INITS = (
    *("init", "inner_init", "forget_bias_init", "gamma_init", "beta_init", "alpha_init"),
    *("W_init", "U_init", "b_init", "bias_init"),
)
#: What a layer calls itself.
LAYER = "self"
#: What makes a variable of a tensor, and what asks a tensor for its numbers.
TAKING_TENSORS = (
    *("keras.Variable", "keras.backend.variable", "keras.ops.convert_to_numpy"),
    *("keras.backend.get_value", "keras.backend.eval"),
)
LISTS = ("trainable_weights", "non_trainable_weights")
_OWN_LISTS = tuple(f"self.{name}" for name in LISTS)


@fixer("KI8")
def custom_layers(file):
    """The weights of custom layers, and the shape of their output.

    before: self.init = initializations.get(init)
            self.W = self.init((3, 4), name='W')
            self.trainable_weights = [self.W]
            def get_output_shape_for(self, input_shape):
    after:  self.init = keras.initializers.get(init)
            self.W = self.add_weight(shape=(3, 4), initializer=self.init, name='W')
            def compute_output_shape(self, input_shape):
    """
    if file.guess.era == "keras2":
        return
    yield from _output_shapes(file)
    for call in file.calls_in(MODULE):
        yield from _initialization(file, call, call.qualified.rpartition(".")[2])
    if LAYER in file.words:
        yield from _own_weights(file)
    for name in LISTS:
        for label in file.uses(name):
            yield from _list(file, label.parent)
    for entry in file.names.imported:
        room, _, name = entry.origin.rpartition(".")
        if room == MODULE and name in KNOWN:
            yield from _given_on(file, entry, name)


def _own_weights(file):
    """What a layer makes by its own methods: `self.init(shape)`, `self.add_weight(shape, init)`."""
    for call in _own(file, *INITS):
        if call.arguments:
            yield from _weight(file, call)
    for call in _own(file, "add_weight"):
        if _old_order(call):
            yield call.positional[2].renamed("name")


def _own(file, *names):
    """The calls of a layer's own methods."""
    for call in file.methods(*names):
        if file.text(call.function).rpartition(".")[0] == LAYER:
            yield call


def _old_order(call):
    """Whether add_weight is given shape, initializer and name, as Keras 1 took them."""
    return len(call.positional) > 2 and content_of(call.positional[0].value) is None


def _output_shapes(file):
    old = "get_output_shape_for"
    uses, calls = file.uses(old), file.methods(old)
    labels = [use for use in uses if use.parent.type == "function_definition"]
    labels += [call.function.child_by_field_name("attribute") for call in calls]
    for label in labels:
        yield replaced(label, "compute_output_shape")


def _initialization(file, call, name):
    if name == "get" and call.positional:
        yield replaced(call.function, "keras.initializers.get")
        # Keras 3 counts the fans of any kernel as those of one whose channels come last.
        given = call.keywords.get("dim_ordering")
        yield from [given.removed()] if given else []
        yield Import("keras")
        yield from _words(file, call, call.positional[0].value)
    elif name in KNOWN and call.arguments and not call.splats:
        shape = call.keywords.get("shape") or call.positional[0]
        scale = call.keywords.get("scale") or next(iter(call.positional[1:]), None)
        if name in SCALED:
            text = SCALED[name].format(scale=_factor(file, scale))
        else:
            text = f'keras.initializers.get("{SAME.get(name) or _old(name)}")'
        became = f"{text}({file.text(shape.value)})"
        named = call.keywords.get("name")
        if _assigned(file, call.node):
            named = f", name={file.text(named.value)}" if named else ""
            became = _added(file, shape, text, named)
        yield replaced(call.node, became)
        yield Import("keras_inits" if name in OTHER else "keras")
        if name in OTHER:
            yield Import("keras")


def _given_on(file, entry, name):
    """`self.weight((3, 4), zero)`: an initialization that a method is given."""
    for use in file.uses(entry.local):
        call = use.parent.parent
        given = use.parent.type == "argument_list" and call.type == "call"
        method = given and call.child_by_field_name("function").type == "attribute"
        if method and file.names.resolve(call.child_by_field_name("function")) is None:
            yield replaced(use, f'keras.initializers.get("{SAME.get(name) or _old(name)}")')
            yield Import("keras")
            yield from [Import("keras_inits")] if name in OTHER else []


def _old(name):
    return f"keras1_{name}"


def _factor(file, scale):
    if scale is None:
        return "0.05"
    text = file.text(scale.value)
    return text if scale.value.type in ("float", "integer", "identifier") else f"({text})"


def _words(file, call, value):
    """The names that `initializations.get` is given in this file."""
    found = file.sources(value)
    for node in found or ():
        content = content_of(node)
        word = file.text(content) if content else None
        if word in OTHER:
            yield replaced(content, _old(word))
            yield Import("keras_inits")
        elif word in SAME and SAME[word] != word:
            yield replaced(content, SAME[word])
    if not found or value.type == "identifier":
        words = f"initializations.get({file.text(value)}): other files may give Keras 1's names"
        yield file.finding(NOT_FOLLOWED, call.node, words)


def _weight(file, call):
    shape = call.keywords.get("shape") or next(iter(call.positional), None)
    name = call.keywords.get("name") or next(iter(call.positional[1:]), None)
    if shape is None or call.splats or "dtype" in call.keywords:
        return
    named = f", name={file.text(name.value)}" if name else ""
    if _makes_weight(file, call, shape):
        yield replaced(call.node, _added(file, shape, file.text(call.function), named))
    elif name:
        yield replaced(call.node, f"{file.text(call.function)}({file.text(shape.value)})")


def _added(file, shape, initializer, named=""):
    return f"self.add_weight(shape={_shape(file, shape.value)}, initializer={initializer}{named})"


def _shape(file, node):
    """A shape as add_weight takes it: Theano took `(self.output_dim)` for `(self.output_dim,)`."""
    text = file.text(node)
    is_size = node.type == "parenthesized_expression" and "shape" not in text
    return f"{text[:-1]},)" if is_size else text


def _assigned(file, node):
    """Whether a value becomes an attribute of a layer that is being built."""
    parent = node.parent
    left = parent.child_by_field_name("left") if parent.type == "assignment" else None
    function = _around(node, "function_definition")
    built = function and file.text(function.child_by_field_name("name")) == "build"
    return bool(built) and left is not None and file.text(left).startswith("self.")


def _makes_weight(file, call, shape):
    """Whether what an initialization gives has to be a weight of the layer, as it was in Keras 1.

    In a file that may be Keras 3's, only what is at once an attribute is taken for one.
    """
    if file.guess.era == "unknown":
        return _assigned(file, call.node) and shape.value.type == "tuple"
    outer = call.node.parent.parent
    given = outer.type == "call" and file.names.resolve(outer.child_by_field_name("function"))
    return given not in TAKING_TENSORS and _in_layer(file, call.node)


def _in_layer(file, node):
    """Whether a method is of a class that builds itself, as layers do."""
    owner = _around(_around(node, "function_definition"), "class_definition")
    inside = owner.child_by_field_name("body").named_children if owner else []
    methods = [part for part in inside if part.type == "function_definition"]
    return any(file.text(one.child_by_field_name("name")) == "build" for one in methods)


def _around(node, kind):
    while node is not None and node.type != kind:
        node = node.parent
    return node


def _list(file, label):
    """`self.trainable_weights = [self.W]` and kin, which Keras 3 does not let one set."""
    node = label.parent
    if file.text(label) not in _OWN_LISTS:
        return
    called = node.type == "attribute" and node.parent.type == "call"
    if called and file.text(node.child_by_field_name("attribute")) in ("append", "extend"):
        node = node.parent
        given = node.child_by_field_name("arguments").named_children
    elif node.type in ("assignment", "augmented_assignment") and node.named_children[0] == label:
        given = [node.child_by_field_name("right")]
    else:
        return
    alone = node.parent.type == "expression_statement"
    if alone and all(part is not None and _is_tracked(file, part) for part in given):
        yield file.finding(WEIGHTS, node, file.text(node).split("\n")[0][:60])
        yield Deletion(node.parent)


def _is_tracked(file, node):
    """Whether an expression is of nothing but the layer's attributes, which Keras 3 keeps."""
    if node.type == "attribute":
        return file.text(node).startswith("self.") and file.text(node).count(".") == 1
    parts = [part for part in node.named_children if part.type != "comment"]
    return node.type in ("list", "binary_operator") and all(_is_tracked(file, p) for p in parts)
