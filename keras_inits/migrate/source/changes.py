"""Changes: the text that edits make, and which of its bytes were which before."""

from bisect import bisect_right

from keras_inits.migrate.source import words
from keras_inits.migrate.source.once import Once

#: What stands before the first change.
NO_CHANGE = (-1, -1, -1, -1)


class Changes:
    """Edits made in a text.

    Args:
        old: the text.
        edits: (start, end, text) of each, in text order.

    Attributes:
        new: the text with the edits made.
        spans: (start, end, begin, stop) of each: bytes start..end of the old text are begin..stop
            of the new one.
    """

    def __init__(self, old, edits):
        pieces, self.spans, position, moved = [], [], 0, 0
        for start, end, text in edits:
            added = text.encode()
            begin = start + moved
            stop = begin + len(added)
            pieces += (old[position:start], added)
            self.spans.append((start, end, begin, stop))
            position, moved = end, stop - end
        self.new = b"".join((*pieces, old[position:]))

    @Once
    def _starts(self):
        return [start for start, _, _, _ in self.spans]

    @Once
    def _begins(self):
        return [begin for _, _, begin, _ in self.spans]

    def before(self, byte):
        """Where a byte of the new text was in the old one; inside a change, its start."""
        at = bisect_right(self._begins, byte) - 1
        if at < 0:
            return byte
        start, end, _, stop = self.spans[at]
        return start if byte < stop else byte - stop + end

    def after(self, word, places):
        """Where a word is in the new text that began at some places of the old one.

        What touches a change is left out: `words` may have it.
        """
        found, size = [], len(word)
        for place in places:
            at = bisect_right(self._starts, place + size) - 1
            _, end, _, stop = self.spans[at] if at >= 0 else NO_CHANGE
            if end < place:
                found.append(place - end + stop)
        return found

    @Once
    def words(self):
        """The words of the new text that are not whole in what was left alone."""
        texts = [self._whole(begin, stop) for _, _, begin, stop in self.spans]
        return words.words(b" ".join(texts))

    def _whole(self, begin, stop):
        """The new text of a change with what belongs to its first and last word."""
        while begin and self.new[begin - 1] in words.OF_WORDS:
            begin -= 1
        while self.new[stop : stop + 1] and self.new[stop] in words.OF_WORDS:
            stop += 1
        return self.new[begin:stop]
