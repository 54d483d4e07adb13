"""Names of layers with a slash, which Keras 3 refuses."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.registry import fixer

SLASHED = define(
    "KI217",
    "a name with a slash got an underscore in its place",
    """Keras 3 refuses a slash in the names of layers and variables. What asks for the layer by its
    old name in another file, or loads weights by names, needs the new one.""",
)

#: What may stand in front of `.replace` without brackets.
SIMPLE = ("identifier", "attribute", "call", "subscript", "parenthesized_expression")
#: How a layer makes a weight.
WEIGHT = "self.add_weight"
#: How many names are followed one after the other.
DEPTH = 3
#: Expressions that are made of what stands in them.
MADE_OF = ("binary_operator", "parenthesized_expression", "conditional_expression")


@fixer("KI2")
def slashed_names(file):
    """Names of layers with a slash.

    before: Convolution2D(64, 7, 7, name='conv1/7x7')
            Dense(8, name='%s/dense' % block)
            Dense(8, name=name)  # of a function that is given 'a/dense'
            model.get_layer('conv1/7x7')
    after:  Conv2D(64, (7, 7), name='conv1_7x7')
            Dense(8, name='%s_dense' % block)
            Dense(8, name=name.replace("/", "_"))
            model.get_layer('conv1_7x7')
    """
    if file.guess.era == "keras2" or b"/" not in file.data:
        return
    yield from _names(file)
    yield from _asked_for(file)


def _names(file):
    for keyword in file.arguments("name"):
        edits = list(_without_slash(file, keyword.child_by_field_name("value")))
        if edits and _is_layers(file, keyword.parent.parent):
            yield from edits
            yield file.finding(SLASHED, keyword, file.text(keyword))


def _asked_for(file):
    for call in file.methods("get_layer"):
        for argument in call.arguments:
            yield from _without_slash(file, argument.value)


def _without_slash(file, value):
    """The edits of the strings in a name, or one of it all where a slash comes from elsewhere."""
    parts = list(_parts(value))
    if any(_brings_slash(file, part) for part in parts):
        yield replaced(value, _replacing(file, value))
        return
    for part in parts:
        if content_of(part) and "/" in file.text(part):
            yield replaced(part, file.text(part).replace("/", "_"))


def _replacing(file, value):
    text = file.text(value)
    owner = text if value.type in SIMPLE else f"({text})"
    changed = f'{owner}.replace("/", "_")'
    may_be_none = any(node.type == "none" for node in file.sources(value) or ())
    return f"{owner} and {changed}" if may_be_none else changed


def _parts(node):
    """What an expression is made of; of `"{}/a".format(b)`, the string."""
    yield node
    for child in node.named_children if node.type in MADE_OF else _formatted(node):
        yield from _parts(child)


def _formatted(node):
    function = node.child_by_field_name("function") if node.type == "call" else None
    is_one = function is not None and function.text.endswith(b".format")
    return function.named_children[:1] if is_one else ()


def _brings_slash(file, node, depth=DEPTH):
    """Whether a name stands for a string with a slash."""
    found = file.sources(node) if node.type == "identifier" and depth else ()
    return any(
        _brings_slash(file, part, depth - 1) or (content_of(part) and "/" in file.text(part))
        for one in found or ()
        for part in _parts(one)
        if part.id != node.id
    )


def _is_layers(file, call):
    """Whether a call makes what Keras keeps, or what is called at once or added to a model."""
    if call.type != "call":
        return False
    function = call.child_by_field_name("function")
    if is_keras(file.names.resolve(function) or "") or file.text(function) == WEIGHT:
        return True
    outer = call.parent
    if outer.type == "argument_list":
        return file.text(outer.parent.child_by_field_name("function")).endswith(".add")
    return outer.type == "call" and outer.start_byte == call.start_byte
