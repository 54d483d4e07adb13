"""Words of a text: where one stands, before any node of the tree is looked at."""

import re
import string
from functools import lru_cache

#: Bytes that a word is made of.
OF_WORDS = frozenset(f"{string.ascii_letters}{string.digits}_".encode())


WORDS = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def words(data):
    """Every word of a text, once."""
    return set(WORDS.findall(data.decode("utf-8", "replace")))


def places(data, word):
    """Begin and end of each place where a word stands by itself, in strings and comments too.

    A pattern with a look-behind would be tried at every byte; without one, the search leaps from
    one occurrence to the next.
    """
    for found in _to_the_end(word).finditer(data):
        start = found.start()
        if start == 0 or data[start - 1] not in OF_WORDS:
            yield start, found.end()


@lru_cache(maxsize=4096)
def _to_the_end(word):
    return re.compile(re.escape(word) + rb"(?!\w)")
