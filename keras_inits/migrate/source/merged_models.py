"""Sequential models that begin with merged models, as models of the functional kind."""

from typing import NamedTuple

from keras_inits.migrate.source.edits import Deletion, Edit, Import, inserted
from keras_inits.migrate.source.models import SEQUENTIAL

PLAIN = ("identifier", "attribute", "subscript", "call")
#: What puts statements of its own among those that add layers, which has to come first.
FIRST = ("batch_input_shape", "border_mode")
SCOPES = ("function_definition", "lambda", "class_definition")


class Merged(NamedTuple):
    """A model's name, the statement that makes it, and its `add` calls, the merging one first."""

    name: str
    made: object
    adds: list


def merged(file, node):
    """The Merged of a `Merge(...)`; None where the model is used otherwise in between.

    before: model = Sequential()
            model.add(Merge([left, right], mode='sum'))
            model.add(Dense(3))
    after:  model = keras.layers.Add()([left.outputs[0], right.outputs[0]])
            model = Dense(3)(model)
            model = keras.Model(keras.utils.get_source_inputs(model), model)
    """
    add = node.parent.parent
    owner = _owner(file, add)
    made = _made(file, add.parent, owner) if owner else None
    if made is None:
        return None
    uses = _until_made_anew(file, owner, made)
    calls = [_call_around(use) for use in uses]
    adds = [call for call in calls if call is not None and _adds(file, call)]
    one_scope = all(_owner(file, call) and _scope(call) == _scope(made) for call in adds)
    come_first = adds[:1] == [add] and calls[: len(adds)] == adds
    return Merged(owner, made, adds) if come_first and one_scope else None


def _until_made_anew(file, owner, made):
    """The uses of a name below a statement of a block, up to where it means something else."""
    found = []
    for use in file.uses(owner):
        if made.end_byte <= use.start_byte and use.end_byte <= made.parent.end_byte:
            parent = use.parent
            if parent.type == "assignment" and parent.child_by_field_name("left") == use:
                break
            found.append(use)
    return found


def _scope(node):
    while node.parent is not None and node.type not in SCOPES:
        node = node.parent
    return node


def has_to_wait(file, found):
    """Whether other fixers will put statements among those of a model."""
    inside = [
        call
        for call in file.layer_calls
        if any(add.start_byte <= call.node.start_byte < add.end_byte for add in found.adds)
    ]
    return any(_is_first(call) for call in inside if call.signature and call.readable)


def _is_first(call):
    words = call.layer == "Embedding" and "dropout" in call.keywords
    return words or bool(set(FIRST) & set(call.keywords))


def functional(file, found, tensor):
    """Edits that make a model of layers called one on the other.

    Args:
        file: the file.
        found: a Merged.
        tensor: what the merged models give, as text.
    """
    first, *others = found.adds
    yield Deletion(found.made)
    yield Edit(first.start_byte, first.end_byte, f"{found.name} = {tensor}")
    for call in others:
        layer = call.child_by_field_name("arguments").named_children[0]
        yield Edit(call.start_byte, layer.start_byte, f"{found.name} = ")
        yield Edit(layer.end_byte, call.end_byte, f"({found.name})")
    yield from _model(file, found)


def _model(file, found):
    """The model of all that was called, below the last call."""
    last = found.adds[-1].parent
    while last.parent != found.made.parent:
        last = last.parent
    line = file.data.rfind(b"\n", 0, found.made.start_byte) + 1
    indent = file.data[line : found.made.start_byte].decode()
    stop = file.data.find(b"\n", last.end_byte)
    inputs = f"{file.keras}.utils.get_source_inputs({found.name})"
    text = f"{indent}{found.name} = {file.keras}.Model({inputs}, {found.name}){file.line_end}"
    is_last = stop < 0
    yield inserted(len(file.data), file.line_end + text) if is_last else inserted(stop + 1, text)
    yield Import("keras")


def outputs(file, container):
    """The outputs of a list of models, as text."""
    return f"[{', '.join(_output(file, node) for node in container.named_children)}]"


def _output(file, node):
    text = file.text(node)
    return f"{text if node.type in PLAIN else f'({text})'}.outputs[0]"


def _owner(file, call):
    """The plain name of a model that a statement `model.add(layer)` adds to, or None."""
    if call.type != "call" or call.parent.type != "expression_statement":
        return None
    function = call.child_by_field_name("function")
    given = call.child_by_field_name("arguments").named_children
    owner = function.child_by_field_name("object") if function.type == "attribute" else None
    if owner is None or owner.type != "identifier" or len(given) != 1:
        return None
    plain = given[0].type in PLAIN and _alone(file, call.parent)
    return file.text(owner) if plain and _adds(file, call) else None


def _adds(file, call):
    """Whether the call of an attribute is that of `add`."""
    return file.text(call.child_by_field_name("function")).endswith(".add")


def _alone(file, statement):
    """Whether nothing but a comment shares a statement's lines."""
    line = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    stop = file.data.find(b"\n", statement.end_byte)
    rest = file.data[statement.end_byte : stop if stop >= 0 else None].strip()
    before = file.data[line : statement.start_byte].strip()
    return not before and (not rest or rest.startswith(b"#"))


def _made(file, statement, owner):
    """The statement above, of the same block, that makes an empty Sequential model."""
    above = statement.prev_named_sibling
    while above is not None:
        first = above.named_children[0] if above.type == "expression_statement" else above
        if first.type == "assignment" and file.text(first.child_by_field_name("left")) == owner:
            return above if _empty(file, first) and _alone(file, above) else None
        above = above.prev_named_sibling
    return None


def _empty(file, assignment):
    made = assignment.child_by_field_name("right")
    if made is None or made.type != "call":
        return False
    known = file.names.resolve(made.child_by_field_name("function")) in SEQUENTIAL
    return known and not made.child_by_field_name("arguments").named_children


def _call_around(use):
    """The call of a method of what a name stands for, or None."""
    attribute = use.parent
    call = attribute.parent if attribute.type == "attribute" else None
    return call if call is not None and call.type == "call" else None
