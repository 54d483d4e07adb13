"""Values: the literals that a variable, a parameter or an entry may stand for, in this file."""

from keras_inits.migrate.source.bindings import bound_at, calls_of, collecting, given_to
from keras_inits.migrate.source.classes import given_by_class

#: How many names are followed one after the other.
DEPTH = 5
LITERALS = (
    *("string", "integer", "float", "unary_operator", "true", "false", "none"),
    *("tuple", "list", "dictionary"),
)


def sources(file, node, depth=DEPTH):
    """The nodes a value may come from; the node itself where it is no name; None where unknown.

    A name stands for everything assigned to it in its scope; a parameter for its default and for
    what the calls in this file give it; `name["key"]` for that entry of a dictionary literal;
    `self.name` for the literals that its class gives it, if it gives it nothing else.
    """
    follow = FOLLOWED.get(node.type)
    if follow is None:
        return [node]
    # Methods of many classes that call one another by the same names would be asked over and over.
    known, place = file.known_sources, (node.id, depth)
    if place not in known:
        known[place] = follow(file, node, depth - 1) if depth else None
    return known[place]


def _inner(file, node, depth):
    return sources(file, node.named_children[0], depth)


def _assigned(file, node, depth):
    """`name = value` in `other = name = value`."""
    right = node.child_by_field_name("right")
    return sources(file, right, depth) if right is not None else None


def _either(file, node, depth):
    first, _, last = node.named_children
    return _together(file, [first, last], depth)


def _together(file, nodes, depth):
    found = {}
    for node in nodes:
        part = sources(file, node, depth)
        if part is None:
            return None
        found |= {one.id: one for one in part}
    return [*found.values()] or None


def _name(file, node, depth):
    given = bound_at(file, file.text(node), node)
    if given is None:
        # Imported, or the file's own function or class: as it stands.
        return [node]
    return None if None in given else _together(file, given, depth)


def _entry(file, node, depth):
    key = node.child_by_field_name("subscript")
    owners = sources(file, node.child_by_field_name("value"), depth)
    if key is None or not owners or any(owner.type != "dictionary" for owner in owners):
        return None
    wanted = file.text(key).strip("\"'")
    found = [
        pair.child_by_field_name("value")
        for owner in owners
        for pair in owner.named_children
        if pair.type == "pair" and file.text(pair.child_by_field_name("key")).strip("\"'") == wanted
    ]
    return _together(file, found, depth)


def _from_keywords(file, node, depth):
    """`kwargs.setdefault("init", "normal")` of a function's own `**kwargs`; other calls as is."""
    function = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments").named_children
    if function.type != "attribute" or len(given) != 2 or given[0].type != "string":
        return [node]
    owner, method = (file.text(function.child_by_field_name(f)) for f in ("object", "attribute"))
    scope = collecting(file, node, owner)
    if method not in ("setdefault", "get", "pop") or scope is None:
        return [node]
    key = file.text(given[0]).strip("\"'")
    values = [given_to(call, None, key) for call in calls_of(file, scope)[0]]
    return _together(file, [given[1], *(found for found in values if found is not None)], depth)


def _attribute(file, node, depth):
    given = given_by_class(file, node)
    found = _together(file, given, depth) if given else None
    return found if found and all(_is_literal(file, one) for one in found) else [node]


def _is_literal(file, node):
    made = node.type == "call" and file.text(node.child_by_field_name("function")) == "dict"
    return made or node.type in LITERALS


FOLLOWED = {
    "assignment": _assigned,
    "attribute": _attribute,
    "call": _from_keywords,
    "parenthesized_expression": _inner,
    "conditional_expression": _either,
    "identifier": _name,
    "subscript": _entry,
}
