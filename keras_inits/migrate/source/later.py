"""What is left of a name when the edits of a pass are made, told from the edits alone."""

from bisect import bisect_right
from operator import attrgetter

from keras_inits.migrate.source import words
from keras_inits.migrate.source.once import Once

_START = attrgetter("start")


class Left:
    """The identifiers that stay in a file; `unsure` once one was asked for that edits write anew.

    Args:
        file: the SourceFile.
        edits: those that are made in it, in text order, none inside another.
    """

    def __init__(self, file, edits):
        self._file = file
        self._edits = edits
        self.unsure = False

    def __call__(self, name):
        """The identifiers that mean a name, as `SourceFile.meant`, and that no edit takes out."""
        found = self._file.meant(name)
        if not found or name in self._written:
            self.unsure |= bool(found)
            return found
        return [node for node in found if not self._goes(node)]

    @Once
    def _written(self):
        return words.words(" ".join([edit.text for edit in self._edits]).encode())

    def _goes(self, node):
        at = bisect_right(self._edits, node.start_byte, key=_START) - 1
        return at >= 0 and self._edits[at].end >= node.end_byte
