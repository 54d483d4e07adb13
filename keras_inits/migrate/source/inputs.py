"""Input shapes: what Keras 1 took in the first layer, as Keras 3 takes it."""

from typing import NamedTuple

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, inserted

BATCH_SHAPE = define(
    "KI207",
    "a batch_input_shape that is not in a Sequential model",
    "Keras 3 takes a batch shape in `keras.Input(batch_shape=...)` only; put one before the layer.",
    open=True,
)

#: Layers over sequences: their input_dim is the last of two sizes.
SEQUENCES = {
    *("SimpleRNN", "GRU", "LSTM", "Convolution1D", "AtrousConvolution1D"),
    *("TimeDistributedDense", "LocallyConnected1D"),
}


WRAPPERS = (b"TimeDistributed", b"Bidirectional")


def input_arguments(file, call):
    """Edits of input_dim, input_length and batch_input_shape; input_shape stays.

    before: model.add(LSTM(8, batch_input_shape=(4, 9, 2)))
            model.add(LSTM(8, input_dim=2, input_length=9))
            model.add(Embedding(100, 8, input_length=9))
    after:  model.add(keras.Input(batch_shape=(4, 9, 2)))
            model.add(LSTM(8))
            model.add(LSTM(8, input_shape=(9, 2)))
            model.add(Embedding(100, 8, input_shape=(9,)))
    """
    shape = call.bound.get("input_shape")
    if shape and shape.name is None:
        yield shape.removed()
    size, length = call.bound.get("input_dim"), call.bound.get("input_length")
    if call.layer == "Embedding":
        if length:
            yield from _shape(file, call, [length], f"({file.text(length.value)},)")
    elif call.layer in SEQUENCES and size:
        steps = file.text(length.value) if length else "None"
        given = [found for found in (size, length) if found]
        yield from _shape(file, call, given, f"({steps}, {file.text(size.value)})")
    elif call.layer in SEQUENCES and length:
        yield length.removed()
    elif size and size.name is None:
        yield size.removed()
        yield call.appended("input_dim", file.text(size.value))
    batch = call.keywords.get("batch_input_shape")
    if batch:
        yield from _batch(file, call, batch)


def _shape(file, call, given, shape):
    """One input_shape in the place of the first of some arguments."""
    if "input_shape" in call.keywords:
        yield from (argument.removed() for argument in given)
        return
    named = [argument for argument in given if argument.name]
    yield from (argument.removed() for argument in given if argument not in named[:1])
    if named:
        yield named[0].become(named[0].respelled("input_shape", shape))
    else:
        yield call.appended("input_shape", shape)


def _batch(file, call, batch):
    """A `keras.Input` before the layer that is added to a model or stands in its list."""
    text = f"{file.keras}.Input(batch_shape={file.text(batch.value)})"
    outer, added = outermost(call.node), added_to(file, call.node)
    if added and _is_later(file, call.node):
        # Keras 1 heeded the first layer's alone.
        yield batch.removed()
        return
    if added:
        yield inserted(added.start, f"{added.receiver}({text}){added.line_end}")
    elif outer.parent.type == "list" and outer.parent.named_children[0] == outer:
        yield inserted(outer.start_byte, f"{text}, ")
    else:
        yield file.finding(BATCH_SHAPE, batch.element, file.text(batch.element))
        return
    yield batch.removed()
    yield Import("keras")


class Added(NamedTuple):
    """A statement `model.add(layer)`: its bytes, `model.add`, and the line end and indentation."""

    start: int
    end: int
    receiver: str
    line_end: str


def added_to(file, node):
    """The statement that adds a layer to a model on a line of its own, or None."""
    outer = outermost(node)
    call = outer.parent.parent if outer.parent.type == "argument_list" else None
    if call is None or not _is_add(file, call) or call.parent.type != "expression_statement":
        return None
    statement = call.parent
    line = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    indent = file.data[line : statement.start_byte].decode()
    if indent.strip():
        return None
    receiver = file.text(call.child_by_field_name("function"))
    return Added(statement.start_byte, statement.end_byte, receiver, file.line_end + indent)


def _is_later(file, node):
    """Whether statements above, of the same block, have added to the model already."""
    statement = outermost(node).parent.parent.parent
    receiver = file.text(statement.named_children[0].child_by_field_name("function"))
    above = statement.prev_named_sibling
    while above is not None:
        first = above.named_children[0] if above.type == "expression_statement" else above
        if first.type == "assignment" and receiver == f"{_left(file, first)}.add":
            return False
        if f"{receiver}(" in file.text(above):
            return True
        above = above.prev_named_sibling
    return False


def _left(file, assignment):
    return file.text(assignment.child_by_field_name("left"))


def outermost(node):
    """The wrapper around a layer, the layer itself without one."""
    while node.parent.type == "argument_list" and node.parent.parent.type == "call":
        function = node.parent.parent.child_by_field_name("function")
        if function.text.rpartition(b".")[2] not in WRAPPERS:
            break
        node = node.parent.parent
    return node


def _is_add(file, call):
    function = call.child_by_field_name("function")
    name = function.child_by_field_name("attribute") if function.type == "attribute" else None
    return name is not None and file.text(name) == "add"
