"""Functions given as an initialization: which of Keras 1's they call, and with which scale."""

import ast
from typing import NamedTuple

from keras_inits.migrate.keras1.starts import NAMES

#: Where Keras 1 had its initializations.
MODULE = "keras.initializations"


class Drawn(NamedTuple):
    """A function of keras/initializations.py and its scale, None for its own default."""

    init: str
    scale: float | None = None


def drawn_by(file, node):
    """What a callable draws, or None where it is not one call of an initialization.

    It reads `initializations.normal`, `initializations.get("normal")`, functools.partial of one,
    a lambda, and a function of the file that only returns such a call.
    """
    read = READERS.get(node.type)
    return read(file, node) if read else None


def takes_no_ordering(file, node):
    """Whether a value is a function of the file that cannot be called with dim_ordering=."""
    function = file.function(file.text(node)) if node.type == "identifier" else node
    if function is None or function.type not in ("function_definition", "lambda"):
        return False
    parameters = function.child_by_field_name("parameters")
    text = file.text(parameters) if parameters is not None else ""
    return "**" not in text and "dim_ordering" not in text


def _reference(file, node):
    init = _init(file, node)
    if init in NAMES:
        return Drawn(init)
    return _function(file, file.text(node)) if node.type == "identifier" else None


def _init(file, node):
    room, _, name = (file.names.resolve(node) or "").rpartition(".")
    return name if room == MODULE and name in (*NAMES, "get") else None


def _lambda(file, node):
    return _returned(file, node.child_by_field_name("body"), _first_parameter(file, node))


def _function(file, name):
    function = file.function(name)
    if function is None:
        return None
    body = function.child_by_field_name("body").named_children
    statements = [child for child in body if not _is_prose(child)]
    if len(statements) != 1 or statements[0].type != "return_statement":
        return None
    value = statements[0].named_children
    return _returned(file, value[0], _first_parameter(file, function)) if value else None


def _is_prose(node):
    string = node.type == "expression_statement" and node.named_children[0].type == "string"
    return node.type == "comment" or string


def _first_parameter(file, function):
    parameters = function.child_by_field_name("parameters")
    listed = parameters.named_children if parameters is not None else []
    return file.text(listed[0]) if listed and listed[0].type == "identifier" else None


def _returned(file, node, shape):
    """What `normal(shape, scale=0.01, name=name)` draws."""
    if node.type != "call":
        return None
    function = node.child_by_field_name("function")
    init = _init(file, function)
    positional, keywords = _given(file, node)
    first = positional.pop(0) if positional else keywords.pop("shape", None)
    if init is None or first is None or file.text(first) != shape:
        return None
    return _scaled(file, init, positional, keywords)


def _scaled(file, init, positional, keywords):
    for passed_on in ("name", "dim_ordering"):
        keywords.pop(passed_on, None)
    scales = [*positional, *([keywords.pop("scale")] if "scale" in keywords else [])]
    if keywords or len(scales) > 1:
        return None
    if not scales:
        return Drawn(init)
    number = _number(file.text(scales[0]))
    return None if number is None else Drawn(init, number)


def _number(text):
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _given(file, call):
    positional, keywords = [], {}
    for node in call.child_by_field_name("arguments").named_children:
        if node.type == "keyword_argument":
            name = file.text(node.child_by_field_name("name"))
            keywords[name] = node.child_by_field_name("value")
        elif node.type != "comment":
            positional.append(node)
    return positional, keywords


def _call(file, node):
    """`initializations.get("normal")`, and `functools.partial(initializations.normal, ...)`."""
    function = node.child_by_field_name("function")
    positional, keywords = _given(file, node)
    if _init(file, function) == "get" and len(positional) == 1 and not keywords:
        return _named(file, positional[0])
    if file.text(function) not in ("partial", "functools.partial") or not positional:
        return None
    init = _init(file, positional[0])
    return _scaled(file, init, positional[1:], keywords) if init else None


def _named(file, node):
    text = file.text(node)
    return Drawn(text.strip("\"'")) if node.type == "string" else None


READERS = {"identifier": _reference, "attribute": _reference, "lambda": _lambda, "call": _call}
