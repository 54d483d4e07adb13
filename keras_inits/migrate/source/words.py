"""Words of a text: where one stands, before any node of the tree is looked at."""

import re
import string
from functools import lru_cache

#: Bytes that a word is made of.
OF_WORDS = frozenset(f"{string.ascii_letters}{string.digits}_".encode())


#: Blanks for all other bytes.
TO_BLANKS = bytes(byte if byte in OF_WORDS else ord(" ") for byte in range(256))


def words(data):
    """Every word of a text, once, and every number."""
    return set(data.translate(TO_BLANKS).decode("ascii").split())


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
