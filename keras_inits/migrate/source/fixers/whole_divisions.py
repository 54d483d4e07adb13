"""Divisions of whole numbers that count or index, which Python 2 rounded down; with --py3 only."""

from keras_inits.migrate.keras1.signatures import SIZES
from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.layer_calls import LayerCall
from keras_inits.migrate.source.registry import fixer

KEEPING = ("+", "-", "*", "//", "%")
#: Calls that give whole numbers.
GIVERS = ("len", "int", "ord")
#: Calls that take whole numbers; the first have refused all else since Python 2.7.
RANGES = ("range", "xrange")
TAKERS = (*RANGES, "slice_X")
#: Arguments of training that count.
OF_TRAINING = ("samples_per_epoch", "nb_val_samples", "val_samples", "nb_epoch", "batch_size")
#: Arguments of layers that are whole numbers, or hold them.
COUNTED = SIZES | {
    *("n", "dims", "target_shape", "input_shape", "batch_input_shape", "input_length", "shape"),
    *("units", "filters", "pool_length", "pool_size", "batch_shape"),
}
#: What a number stays whole in on its way to where it counts.
CARRIERS = ("parenthesized_expression", "tuple", "list", "unary_operator")


@fixer("KI9")
def whole_divisions(file):
    """Divisions of whole numbers that count or index, with --py3.

    before: half = len(x) / 2; first = x[:half]
            Dense(sizes[0] / 2)
    after:  half = len(x) // 2; first = x[:half]
            Dense(sizes[0] // 2)
    """
    if not file.options.py3 or b"/" not in file.data or _divides_truly(file):
        return
    for node in file.nodes("binary_operator"):
        operator = node.child_by_field_name("operator")
        if operator.type != "/":
            continue
        if (_is_whole(file, node) and _counts(file, node)) or _is_size(file, node):
            yield replaced(operator, "//")


def _is_size(file, node):
    """Whether a division without fractions is what has to be whole: a layer's size, a range."""
    whole = _carried(node)
    return not _has_fraction(whole) and (_is_of_a_layer(file, whole) or _is_of_a_range(file, whole))


def _is_of_a_range(file, value):
    call = value.parent.parent if value.parent.type == "argument_list" else None
    return call is not None and file.text(call.named_children[0]) in RANGES


def _has_fraction(node):
    return node.type == "float" or any(map(_has_fraction, node.named_children))


def _divides_truly(file):
    return any("division" in file.text(node) for node in file.nodes("future_import_statement"))


def _is_whole(file, node):
    """Whether a value can be nothing but a whole number in Python 2.

    That is so if all it is made of are; a number that is made of itself has only its start to tell.
    """
    seen, waiting = set(), [node]
    while waiting:
        part = waiting.pop()
        if part.id not in seen:
            seen.add(part.id)
            made_of = MADE_OF.get(part.type, _unknown)(file, part)
            if made_of is None:
                return False
            waiting += made_of
    return True


def _unknown(file, node):
    return None


def _literal(file, node):
    return ()


def _operation(file, node):
    sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
    return sides if _keeps(node) else None


def _inner(file, node):
    return node.named_children[:1]


def _call(file, node):
    return () if file.text(node.child_by_field_name("function")) in GIVERS else None


def _entry(file, node):
    """`x.shape[0]`."""
    owner = node.child_by_field_name("value")
    shape = owner.type == "attribute" and owner.child_by_field_name("attribute")
    return () if shape and file.text(shape) == "shape" else None


def _name(file, node):
    found = file.sources(node)
    return found if found and all(one.id != node.id for one in found) else None


#: What values of some types are made of, which all has to be whole; None for what may not be.
MADE_OF = {
    "integer": _literal,
    "binary_operator": _operation,
    "parenthesized_expression": _inner,
    "unary_operator": _inner,
    "call": _call,
    "subscript": _entry,
    "identifier": _name,
}


def _counts(file, node, follow=True):
    """Whether a value ends as an index, a size, or the number of turns of a loop."""
    inner = _carried(node)
    outer = inner.parent
    if outer.type == "slice":
        return True
    if outer.type == "subscript":
        return outer.child_by_field_name("value") != inner
    if outer.type in ("argument_list", "keyword_argument"):
        return _is_of_a_layer(file, inner) or _is_taken(file, outer)
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    if not follow or left is None or left.type != "identifier" or left == inner:
        return False
    uses = [use for use in file.uses(file.text(left)) if use != left]
    return any(_counts(file, use, follow=False) for use in uses)


def _keeps(node):
    return node.type == "binary_operator" and (
        node.child_by_field_name("operator").type in (*KEEPING, "/")
    )


def _carried(node):
    """The largest expression that is whole because a number in it is."""
    while node.parent.type in CARRIERS or _keeps(node.parent):
        node = node.parent
    return node


def _call_around(file, outer):
    call = outer.parent if outer.type == "argument_list" else outer.parent.parent
    return file.call(call) if call.type == "call" else None


def _is_of_a_layer(file, value):
    """Whether a value is an argument of a layer that is a whole number, or holds them."""
    given = value.parent.type in ("argument_list", "keyword_argument")
    call = _call_around(file, value.parent) if given else None
    if not isinstance(call, LayerCall):
        return False
    names = {name for name, argument in call.bound.items() if argument.value == value}
    return bool(names & COUNTED)


def _is_taken(file, outer):
    if outer.type == "keyword_argument" and file.text(outer.named_children[0]) in OF_TRAINING:
        return True
    call = _call_around(file, outer)
    return call is not None and file.text(call.function) in TAKERS
