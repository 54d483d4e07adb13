"""Changes: the text that edits make, and which of its bytes were which before."""

from bisect import bisect_right
from operator import itemgetter

_BEGIN = itemgetter(2)


def changed(data, edits):
    """The bytes with edits made, which are in order, and the change that each of them is.

    Of a change (start, end, begin, stop), bytes start..end of the old text are begin..stop now.
    """
    pieces, changes, position, moved = [], [], 0, 0
    for start, end, text in edits:
        added = text.encode()
        begin = start + moved
        stop = begin + len(added)
        pieces += (data[position:start], added)
        changes.append((start, end, begin, stop))
        position, moved = end, stop - end
    return b"".join((*pieces, data[position:])), changes


def place_before(changes, byte):
    """Where a byte of the new text was in the old one; inside a change, its start."""
    at = bisect_right(changes, byte, key=_BEGIN) - 1
    if at < 0:
        return byte
    start, end, _, stop = changes[at]
    return start if byte < stop else byte - stop + end
