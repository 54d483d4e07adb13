"""Numbers of NumPy as PyYAML wrote them: a type's code and bytes, read without making a type."""

import base64
import binascii
import math
import struct

# tag:yaml.org,2002:python/object/apply: stands before each.
SCALAR = "numpy.core.multiarray.scalar"
ARRAY = "numpy.core.multiarray._reconstruct"
BINARY = ":binary"
# NumPy's code of a type to struct's.
CODES = {
    **{"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q"},
    **{"u1": "B", "u2": "H", "u4": "I", "u8": "Q", "f2": "e", "f4": "f", "f8": "d"},
}
# A byte order in NumPy's state of a type ("|": of one byte) to struct's.
ORDERS = {"<": "<", ">": ">", "|": "<"}
# Where the parts stand: of a scalar; of a type's state; of an array's state.
TYPE, BYTES = 0, 1
ORDER = 1
SHAPE, ARRAY_TYPE, ARRAY_BYTES = 1, 2, 4


def number(node):
    """The number of a node that applies one of NumPy's two functions to parts of a number.

    Args:
        node: a node of yaml.compose, of a tag that ends in SCALAR or ARRAY.

    Raises:
        ValueError: for anything but one finite number.
    """
    try:
        return _scalar(node) if node.tag.endswith(SCALAR) else _array(node)
    except (AttributeError, IndexError, KeyError, TypeError, binascii.Error, struct.error):
        raise ValueError("not the parts of one number") from None


def _scalar(node):
    parts = node.value
    return _of_bytes(parts[TYPE], parts[BYTES])


def _array(node):
    """An array of no axes, as Keras 1.0 made of an activation's alpha."""
    state = _named(node)["state"].value
    if state[SHAPE].value:
        raise ValueError("an array with axes")
    return _of_bytes(state[ARRAY_TYPE], state[ARRAY_BYTES])


def _of_bytes(kind, data):
    """The number of a node's bytes, of the type of another."""
    parts = _named(kind)
    code = CODES[parts["args"].value[0].value]
    order = ORDERS[parts["state"].value[ORDER].value]
    (found,) = struct.unpack(order + code, _bytes(data))
    if not math.isfinite(found):
        raise ValueError("no finite number")
    return found


def _bytes(node):
    """The bytes of a node: base 64 where it says so, else the text that they were to Python 2."""
    if node.tag.endswith(BINARY):
        return base64.b64decode(node.value)
    return node.value.encode()


def _named(node):
    """The nodes of a mapping by their keys' words."""
    return {key.value: inner for key, inner in node.value}
