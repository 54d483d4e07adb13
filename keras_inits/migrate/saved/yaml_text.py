"""YAML as Keras 0.x and 1.x wrote it, Python's tags included, without constructing an object."""

import math

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved import yaml_numbers
from keras_inits.migrate.saved.limits import MAX_DEPTH, MAX_NODES, MAX_YAML_BYTES

# What a tag may begin with; Python's own have YAML's names, and a few more.
PREFIXES = ("tag:yaml.org,2002:", "python/")
# What a number of NumPy asks for.
NUMBERS = tuple("object/apply:" + name for name in (yaml_numbers.SCALAR, yaml_numbers.ARRAY))
BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
# No size, rate or seed is beyond 64 bits.
LARGEST = 2**64
# Characters of a wrong value that a message shows.
SHOWN = 20


def value(text):
    """The value of a YAML text: dictionaries, lists (tuples too), numbers, words.

    Raises:
        MigrationError: if it is no YAML, has a tag of a Python object (named in the message), a
            key twice, or grows by its aliases.
    """
    if len(text) > MAX_YAML_BYTES:
        raise MigrationError(f"The text is no JSON, and for YAML longer than {MAX_YAML_BYTES}.")
    node = _composed(text)
    if node is None:
        raise MigrationError("The text is empty.")
    return _Values().of(node)


def _composed(text):
    """The node of a text: tags and words only, nothing made of them."""
    try:
        import yaml
    except ImportError:
        raise MigrationError("YAML needs PyYAML: pip install 'keras-inits[migrate]'.") from None
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise MigrationError(f"The text is neither JSON nor YAML: {reason}.") from None
    except RecursionError:
        raise MigrationError(f"The text is nested more than {MAX_DEPTH} deep.") from None


class _Values:
    """Nodes to values; counts them, as an alias makes one node many."""

    def __init__(self):
        self.nodes = 0

    def of(self, node, depth=0):
        """The value of a node."""
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise MigrationError(
                f"The YAML text, its aliases counted, has more than {MAX_NODES} values, or more "
                f"than {MAX_DEPTH} levels."
            )
        if _bare(node.tag) in NUMBERS:
            return self._of_numpy(node)
        kinds = {"scalar": self._scalar, "sequence": self._sequence, "mapping": self._mapping}
        return kinds[node.id](node, depth)

    def _of_numpy(self, node):
        try:
            return yaml_numbers.number(node)
        except ValueError as error:
            place = node.start_mark.line + 1
            raise MigrationError(f"A number of NumPy, YAML line {place}: {error}.") from None

    def _scalar(self, node, _):
        convert = _known(SCALARS, node)
        try:
            return convert(node.value)
        except (ValueError, KeyError):
            place, shown = node.start_mark.line + 1, node.value[:SHOWN]
            raise MigrationError(f"{shown!r} is no {node.tag!r}, YAML line {place}.") from None

    def _sequence(self, node, depth):
        _known(SEQUENCES, node)
        return [self.of(inner, depth + 1) for inner in node.value]

    def _mapping(self, node, depth):
        _known(MAPPINGS, node)
        found = {}
        for key, inner in node.value:
            name = self.of(key, depth + 1)
            if not isinstance(name, str) or name in found:
                raise MigrationError(f"The YAML text has the key {name!r} twice, or it is no word.")
            found[name] = self.of(inner, depth + 1)
        return found


def _bare(tag):
    """A tag without what all tags begin with."""
    for prefix in PREFIXES:
        tag = tag.removeprefix(prefix)
    return tag


def _known(table, node):
    """What a table has for a node's tag; a tag that it lacks asks for an object."""
    tag = _bare(node.tag)
    if tag not in table:
        raise MigrationError(
            f"Line {node.start_mark.line + 1} of the YAML text asks for {node.tag!r}; no object is "
            "ever made of a file. Write the plain value there."
        )
    return table[tag]


def _nothing(_):
    return None


def _boolean(text):
    return BOOLEANS[text.lower()]


def _integer(text):
    number = int(text)
    if abs(number) >= LARGEST:
        raise ValueError(text)
    return number


def _number(text):
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


SCALARS = {
    "null": _nothing,
    "none": _nothing,
    "bool": _boolean,
    "int": _integer,
    "long": _integer,
    "float": _number,
    "str": str,
    "unicode": str,
    "timestamp": str,
    # Marshalled code, as Python 2 wrote it; stays as it is.
    "binary": str,
}
SEQUENCES = dict.fromkeys(("seq", "list", "tuple"), list)
MAPPINGS = dict.fromkeys(("map", "dict"), dict)
