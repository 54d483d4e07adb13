"""Which releases had a constructor that takes some arguments: sets of releases, as bits.

Bit n stands for the release `VERSIONS[n]`, so that what several arguments leave is one `&`.
"""

from functools import cache

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.signatures import SIZES

#: The bit of each release, and all of them.
BITS = {version: 1 << place for place, version in enumerate(VERSIONS)}
ALL = sum(BITS.values())
#: Arguments that are never a number; SIZES are never a word.
WORDS = frozenset(
    ["init", "inner_init", "activation", "inner_activation", "border_mode", "weights"]
)
#: What a place may ask for, and what it tells where any value may stand.
WORD, SIZE = 0, 1
NOTHING = (0, 0)
#: What takes any number of arguments by position.
ANY = ("*",)


def until(version):
    """The releases up to one."""
    return 2 * BITS[version] - 1


def latest(releases):
    """The last of some releases."""
    return VERSIONS[releases.bit_length() - 1]


@cache
def _rows(layer):
    """The constructor of a layer in each release that had it: (bit, release, signature)."""
    rows = ((bit, version, table.took(layer, version)) for version, bit in BITS.items())
    return tuple(found for found in rows if found[2] is not None)


@cache
def refusing(layer):
    """The releases that did not take a named argument: name -> releases."""
    found = {}
    for bit, version, _ in _rows(layer):
        for name in table.refused(layer, version):
            found[name] = found.get(name, 0) | bit
    return found


@cache
def placing(layer, count):
    """The releases that take a number of arguments by position; all, of a layer without a row."""
    rows = _rows(layer)
    taken = sum(bit for bit, _, row in rows if count <= len(row.names) or row.names == ANY)
    return taken if rows else ALL


@cache
def asking(layer):
    """For each place, the releases that ask for a WORD there, and those that ask for a SIZE."""
    most = max((len(row.names) for _, _, row in _rows(layer)), default=0)
    return tuple(
        (_named(layer, place, WORDS), _named(layer, place, SIZES)) for place in range(most)
    )


def _named(layer, place, names):
    return sum(
        bit for bit, _, row in _rows(layer) if place < len(row.names) and row.names[place] in names
    )


@cache
def lacking(layer, count):
    """What has no default and is not among the first arguments: (name, releases) of each."""
    found = {}
    for bit, _, row in _rows(layer):
        for name in row.needed.difference(row.names[:count]):
            found[name] = found.get(name, 0) | bit
    return tuple(found.items())
