"""Words of a text: where one stands, before any node of the tree is looked at."""

import string

import numpy as np

#: Bytes that a word is made of; a letter beyond ASCII ends one.
OF_WORDS = frozenset(f"{string.ascii_letters}{string.digits}_".encode())
BYTES = frozenset(bytes([byte]) for byte in OF_WORDS)
BLANK = ord(" ")
#: Blanks for all other bytes.
TO_BLANKS = bytes(byte if byte in OF_WORDS else BLANK for byte in range(256))


def words(data):
    """Every word of a text, once, and every number."""
    return set(data.translate(TO_BLANKS).decode("ascii").split())


def index(data):
    """Where each word begins, in strings and comments too: word -> places in text order.

    To search a text for twenty words costs more than to list them all.
    """
    apart = b" " + data.translate(TO_BLANKS)
    of_words = np.frombuffer(apart, np.uint8) != BLANK
    begins = np.flatnonzero(of_words[1:] > of_words[:-1]).tolist()
    found = {}
    for word, place in zip(apart.decode("ascii").split(), begins, strict=True):
        if word in found:
            found[word].append(place)
        else:
            found[word] = [place]
    return found


def places(data, word):
    """Where one word begins, as `index` tells of all."""
    # A pattern for each word would have to be compiled, which costs more than many searches.
    sought, size, found = word.encode(), len(word), []
    start = data.find(sought)
    while start >= 0:
        end = start + size
        if data[start - 1 : start] not in BYTES and data[end : end + 1] not in BYTES:
            found.append(start)
        start = data.find(sought, end)
    return found
