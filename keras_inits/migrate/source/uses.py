"""Uses of a name in the text: with all that follows behind dots, and the call of it."""

import re
from typing import NamedTuple

from keras_inits.migrate.source.layer_calls import call_of
from keras_inits.migrate.source.words import places

#: What may follow a name: attributes, with or without blanks and line ends, and arguments.
ATTRIBUTES = re.compile(rb"(?:[\s\\]*\.[\s\\]*\w+)*")
GAP = re.compile(rb"[\s\\]+")
#: Bytes behind a name that leave open whether it goes on.
MAY_GO_ON = frozenset((b".", b" ", b"\t", b"\r", b"\n", b"\\", b"\f"))
CALLED = re.compile(rb"[\s\\]*\(")
#: How far before a value its `=` is looked for.
LONGEST_GAP = 8


class Use(NamedTuple):
    """A name with its attributes, what it stands for, and the call of it if it is called."""

    start: int
    dotted: str
    node: object
    call: object


def uses_of(file, name, meaning):
    """The uses of a bare name for a dotted one: those that have attributes, are called or assigned.

    Whether it is one is read off the text first: nodes cost more.
    """
    data = file.data
    for start, end in places(data, name.encode()):
        follows, stop = data[end : end + 1], end
        if follows in MAY_GO_ON:
            stop = ATTRIBUTES.match(data, end).end()
            follows = CALLED.match(data, stop) and b"("
        plain = stop == end and follows != b"(" and not _is_assigned(data, start)
        if plain or data[start - 1 : start] == b".":
            continue
        node = file.node_at(start, stop)
        if (node.start_byte, node.end_byte) != (start, stop) or node.type not in NAMING:
            continue
        dotted = meaning + GAP.sub(b"", data[end:stop]).decode()
        yield Use(start, dotted, node, _call(file, node, dotted) if follows == b"(" else None)


NAMING = ("identifier", "attribute")


def _is_assigned(data, start):
    return data[max(0, start - LONGEST_GAP) : start].rstrip().endswith(b"=")


def _call(file, node, dotted):
    """The call whose function a name is, or None."""
    call = node.parent
    is_function = call.type == "call" and call.start_byte == node.start_byte
    return call_of(file, call, node, dotted) if is_function else None


def second_name(file, node):
    """The name that the module gives what stands here, and nothing else in the file, or None.

    `RNN` for the last name of `RNN = recurrent.LSTM`.
    """
    assignment = node.parent if _is_assigned(file.data, node.start_byte) else None
    if assignment is None or assignment.type != "assignment":
        return None
    left = assignment.child_by_field_name("left")
    if left.type != "identifier" or assignment.parent.parent.type != "module":
        return None
    name = file.text(left)
    given = [found for found in file.uses(name) if _is_target(found)]
    return name if len(given) == 1 else None


def _is_target(node):
    return node.parent.type == "assignment" and node.parent.start_byte == node.start_byte


def is_label(node):
    """Whether an identifier is an argument's or attribute's name, or part of an import."""
    parent = node.parent
    if parent.type in ("dotted_name", "aliased_import"):
        return True
    field = {"keyword_argument": "name", "attribute": "attribute"}.get(parent.type)
    return field is not None and parent.child_by_field_name(field) == node
