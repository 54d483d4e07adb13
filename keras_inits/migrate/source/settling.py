"""Settling: which of the edits asked for go together, and which must wait."""

from bisect import bisect_left, bisect_right, insort
from operator import itemgetter

#: Start and end of an edit.
_PLACE = itemgetter(0, 1)


def settle(edits):
    """Edits that go together in text order, those that must wait, places about which two disagree.

    Equal edits are one. Of two that overlap the first asked for goes and the other waits;
    different texts for the very same bytes are given up.
    """
    wanted = list(dict.fromkeys(edits))
    ordered = in_order(wanted)
    if _go_together(ordered):
        return ordered, [], []
    texts = {}
    for edit in wanted:
        if edit.end > edit.start:
            texts.setdefault(_PLACE(edit), set()).add(edit.text)
    torn = {place for place, found in texts.items() if len(found) > 1}
    made, waiting, taken = [], [], _Taken()
    for edit in wanted:
        if _PLACE(edit) not in torn:
            (made if taken.takes(edit) else waiting).append(edit)
    return in_order(made), waiting, sorted(torn)


def in_order(edits):
    """Edits in text order; insertions at one place stay in the order asked for.

    What is inserted where a removed span ends comes after it, where one begins before it.
    """
    return sorted(edits, key=_PLACE)


def _go_together(ordered):
    reached = 0
    for start, end, _ in ordered:
        if start < reached:
            return False
        reached = end
    return True


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
