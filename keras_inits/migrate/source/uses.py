"""Uses of a name in the text: with all that follows behind dots, and the call of it."""

import re
from typing import NamedTuple

from keras_inits.migrate.source.layer_calls import call_of

#: What may follow a name: attributes, with or without blanks and line ends, and arguments.
BEHIND = re.compile(rb"((?:[\s\\]*\.[\s\\]*\w+)*)(?:[\s\\]*(\())?")
GAP = re.compile(rb"[\s\\]+")
#: Bytes behind a name that leave open whether it goes on.
MAY_GO_ON = frozenset((b".", b" ", b"\t", b"\r", b"\n", b"\\", b"\f"))
#: How far before a value its `=` is looked for.
LONGEST_GAP = 8


NAMING = ("identifier", "attribute")


class Use(NamedTuple):
    """A name with its attributes, what it stands for, and the call of it if it is called."""

    start: int
    dotted: str
    call: object
    alone: object
    has_attributes: bool

    @property
    def node(self):
        """The name with its attributes."""
        return self.alone or self.call.function


def uses_of(file, name, meaning):
    """The uses of a bare name for a dotted one: those that have attributes, are called or assigned.

    Whether it is one is read off the text first: nodes cost more.
    """
    data = file.data
    for start in file.places(name):
        end = start + len(name)
        stop, opening = _extent(data, end)
        plain = stop == end and not opening and not _is_assigned(data, start)
        if plain or data[start - 1 : start] == b".":
            continue
        dotted = meaning + GAP.sub(b"", data[end:stop]).decode() if stop > end else meaning
        call = _call(file, start, opening, dotted) if opening else None
        alone = None if call else _name(file, start, stop)
        if call or alone:
            yield Use(start, dotted, call, alone, stop > end)


def _extent(data, end):
    """Where a name that ends here ends with its attributes, and behind their ( if one follows."""
    follows = data[end : end + 1]
    if follows == b"(":
        return end, end + 1
    if follows not in MAY_GO_ON:
        return end, None
    behind = BEHIND.match(data, end)
    return behind.end(1), behind.end(2) if behind[2] else None


def _call(file, start, opening, dotted):
    """The call that begins with a name; the innermost node around the name and its ( is it."""
    node = file.node_at(start, opening)
    is_call = node.start_byte == start and node.type == "call"
    return call_of(file, node, dotted) if is_call else None


def _name(file, start, stop):
    node = file.node_at(start, stop)
    whole = (node.start_byte, node.end_byte) == (start, stop) and node.type in NAMING
    return node if whole else None


def _is_assigned(data, start):
    return data[max(0, start - LONGEST_GAP) : start].rstrip().endswith(b"=")


def second_name(file, use):
    """The name that the module gives what stands here, and nothing else in the file, or None.

    `RNN` for the last name of `RNN = recurrent.LSTM`.
    """
    assigned = use.alone and _is_assigned(file.data, use.start)
    assignment = use.alone.parent if assigned else None
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
