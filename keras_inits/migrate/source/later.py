"""What is left of a name when the edits of a pass are made, told from the edits alone."""

from bisect import bisect_right
from operator import attrgetter

from keras_inits.migrate.source import words
from keras_inits.migrate.source.once import Once

_START = attrgetter("start")


class Left:
    """What edits leave of identifiers; `unsure` once a name was asked for that they write anew.

    Args:
        edits: those that are made in the file, in text order, none inside another.
    """

    def __init__(self, edits):
        self._edits = edits
        self.unsure = False

    def __call__(self, name, uses):
        """Those of the identifiers that mean a name, see `SourceFile.meant`, that no edit takes."""
        if uses and name in self._written:
            self.unsure = True
            return uses
        return [node for node in uses if not self._goes(node)]

    @Once
    def _written(self):
        return words.words(" ".join([edit.text for edit in self._edits]).encode())

    def _goes(self, node):
        at = bisect_right(self._edits, node.start_byte, key=_START) - 1
        return at >= 0 and self._edits[at].end >= node.end_byte
