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
    """Begin and end of each place where a word stands by itself, in strings and comments too."""
    return map(re.Match.span, _by_itself(word).finditer(data))


@lru_cache(maxsize=4096)
def _by_itself(word):
    # With the look-behind in front, it would be tried at every byte; behind, the search leaps
    # from one occurrence to the next.
    word = re.escape(word)
    return re.compile(rb"%b(?!\w)(?<!\w%b)" % (word, word))
