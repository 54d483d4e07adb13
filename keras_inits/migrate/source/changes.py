"""Changes: the text that edits make, and which of its bytes were which before."""

from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple


class Change(NamedTuple):
    """The bytes start..end of the old text are begin..stop of the new one."""

    start: int
    end: int
    begin: int
    stop: int


_BEGIN = itemgetter(2)


def changed(data, edits):
    """The bytes with edits made, which are in order, and the Change that each of them is."""
    pieces, changes, position, moved = [], [], 0, 0
    for start, end, text in edits:
        added = text.encode()
        begin = start + moved
        stop = begin + len(added)
        pieces += (data[position:start], added)
        changes.append(Change(start, end, begin, stop))
        position, moved = end, stop - end
    return b"".join((*pieces, data[position:])), changes


def place_before(changes, byte):
    """Where a byte of the new text was in the old one; inside a change, its start."""
    at = bisect_right(changes, byte, key=_BEGIN) - 1
    if at < 0:
        return byte
    last = changes[at]
    return last.start if byte < last.stop else byte - last.stop + last.end
