"""Edits: what fixers ask for, and how all of it becomes one new text."""

from bisect import bisect_left, bisect_right, insort
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple


class Edit(NamedTuple):
    """The bytes from start to end become `text`."""

    start: int
    end: int
    text: str


class Removal(NamedTuple):
    """An element of a list (arguments, dictionary, imported names) goes, with its comma."""

    container: object
    element: object


class Append(NamedTuple):
    """An element more at the end of a list of arguments or entries."""

    container: object
    text: str


class Import(NamedTuple):
    """`import module`, once, unless the file has it."""

    module: str


class Again(NamedTuple):
    """One more pass: what there is to do depends on what the other fixers do in this one.

    `everyone` asks all fixers again, for what they do with the text that this one makes.
    """

    everyone: bool = False


KINDS = (Edit, Removal, Append, Import, Again)


def replaced(node, text):
    """The edit that gives a node another text."""
    return Edit(node.start_byte, node.end_byte, text)


def inserted(position, text):
    """The edit that puts text before a byte."""
    return Edit(position, position, text)


def elements(container):
    """The elements of a list, without brackets, commas and comments."""
    first = _first_element(container)
    return [
        child
        for child in container.children
        if child.is_named and child.type != "comment" and child.start_byte >= first
    ]


def _first_element(container):
    # In `from keras.layers import (A, B)`, only what follows `import` is a list.
    for child in container.children:
        if child.type == "import":
            return child.end_byte
    return container.start_byte


def list_edits(removals, appends, data):
    """Removals and Appends as Edits, list by list."""
    containers = {item.container.id: item.container for item in (*removals, *appends)}
    for key, container in containers.items():
        gone = {item.element.id for item in removals if item.container.id == key}
        added = list(dict.fromkeys(item.text for item in appends if item.container.id == key))
        yield from _one_list(container, gone, added, data)


def _one_list(container, gone, added, data):
    listed = elements(container)
    kept = [element for element in listed if element.id not in gone]
    yield from _removed(listed, gone)
    if not added:
        return
    if not listed:
        yield inserted(container.start_byte + 1, ", ".join(added))
        return
    between = _separator(listed, data)
    text = between.join(added)
    yield inserted(listed[-1].end_byte, between + text if kept else text)


def _removed(listed, gone):
    """One edit for each run of removed elements; the first kept one tells which comma goes."""
    start, kept_before = None, None
    for element in listed:
        if element.id in gone:
            start = element if start is None else start
            last = element
            continue
        if start is not None and kept_before is None:
            yield Edit(start.start_byte, element.start_byte, "")
        elif start is not None:
            yield Edit(kept_before.end_byte, last.end_byte, "")
        start, kept_before = None, element
    if start is None:
        return
    begin = start.start_byte if kept_before is None else kept_before.end_byte
    yield Edit(begin, last.end_byte, "")


def _separator(listed, data):
    """A comma and a blank, or a new line where every element has its own."""
    last = listed[-1]
    if len(listed) < 2 or listed[-2].end_point[0] == last.start_point[0]:
        return ", "
    line_start = data.rfind(b"\n", 0, last.start_byte) + 1
    indent = data[line_start : last.start_byte]
    if indent.strip():
        return ", "
    end = "\r\n" if data[line_start - 2 : line_start] == b"\r\n" else "\n"
    return f",{end}{indent.decode()}"


def settle(edits):
    """Edits that go together, those that must wait, and places about which two disagree.

    Equal edits are one. Of two that overlap the first asked for goes and the other waits;
    different texts for the very same bytes are given up.
    """
    wanted = list(dict.fromkeys(edits))
    ordered = in_order(wanted)
    if all(later.start >= earlier.end for earlier, later in pairwise(ordered)):
        return ordered, [], []
    texts = {}
    for edit in wanted:
        if edit.end > edit.start:
            texts.setdefault((edit.start, edit.end), set()).add(edit.text)
    torn = {place for place, found in texts.items() if len(found) > 1}
    made, waiting, taken = [], [], _Taken()
    for edit in wanted:
        if edit[:2] not in torn:
            (made if taken.takes(edit) else waiting).append(edit)
    return made, waiting, sorted(torn)


class _Taken:
    """The spans and places of edits that were taken, none inside another, in text order."""

    def __init__(self):
        self.spans = []
        self.places = []

    def takes(self, edit):
        """Whether an edit overlaps none of those before; then it is one of them."""
        if edit.start == edit.end:
            free = not any(start < edit.start < end for start, end in self._near(edit))
            kept, entry = self.places, edit.start
        else:
            first_inside = bisect_right(self.places, edit.start)
            inside = self.places[first_inside : first_inside + 1]
            free = not any(place < edit.end for place in inside) and not any(
                start < edit.end and edit.start < end for start, end in self._near(edit)
            )
            kept, entry = self.spans, (edit.start, edit.end)
        if free:
            insort(kept, entry)
        return free

    def _near(self, edit):
        at = bisect_left(self.spans, (edit.start, edit.start))
        return self.spans[max(0, at - 1) : at + 1]


def in_order(edits):
    """Edits in text order; insertions at one place stay in the order asked for.

    What is inserted where a removed span ends comes after it, where one begins before it.
    """
    return sorted(edits, key=attrgetter("start", "end"))


def place_before(edits, byte):
    """Where a byte of the text that edits made was before them; inside a new text, its start.

    Args:
        edits: (start, end, text) of each edit, in text order.
        byte: a place in the text after them.
    """
    moved = 0
    for start, end, text in edits:
        size = len(text.encode())
        if byte < start + moved:
            break
        if byte < start + moved + size:
            return start
        moved += size - (end - start)
    return byte - moved


def apply(data, edits):
    """The bytes with edits made, which are in order."""
    pieces, position = [], 0
    for edit in edits:
        pieces += [data[position : edit.start], edit.text.encode()]
        position = edit.end
    return b"".join([*pieces, data[position:]])
