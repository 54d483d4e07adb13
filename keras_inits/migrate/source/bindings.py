"""Bindings: what a name is bound to in each scope of a file."""

from keras_inits.migrate.source.classes import PATTERNS, calls_of_method, class_of

SCOPES = ("function_definition", "lambda", "class_definition", "module")


def scopes(node):
    """The scopes around a node, inner first; a class' own names are seen in its body alone."""
    inner, first = node.parent, True
    while inner is not None:
        if inner.type in SCOPES and (first or inner.type != "class_definition"):
            yield inner
            first = False
        inner = inner.parent


def bindings(file, name):
    """The scopes that bind a name, those that begin last first, each with what it is bound to.

    That is a list of nodes, None among them for what is not followed.
    """
    found = {}
    for start, around in _around(file, name):
        for scope, values in BINDS[around.type](file, start, around):
            found.setdefault(scope.id, (scope, []))[1].extend(values)
    return sorted(found.values(), key=_inner_first)


def _around(file, name):
    """Where a name stands in a node that may bind it, with that node."""
    size = len(name)
    for start in file.apart(name):
        # The innermost node that has the byte behind the name, too.
        node = file.node_at(start, start + size + 1)
        if node.type in BEHIND_PARTS and node.start_byte < start:
            node = file.node_at(start, start + size).parent
        if node.type in BINDS:
            yield start, node


def _inner_first(found):
    scope, _ = found
    return -scope.start_byte, scope.end_byte


def bound_at(file, name, node):
    """What a name is bound to where some node stands; None where nothing binds it."""
    place = node.start_byte
    for scope, values in file.bound(name):
        if scope.start_byte <= place < scope.end_byte and _is_seen(scope, node):
            return values
    return None


def _is_seen(scope, node):
    """Whether what a scope around a node binds is seen at the node."""
    return scope.type != "class_definition" or next(scopes(node)) == scope


def _assigned(file, start, around):
    """`name = value`."""
    del file
    if around.start_byte == start:
        yield next(scopes(around)), [around.child_by_field_name("right")]


def _changed(file, start, around):
    """`name += value`, `for name in values`."""
    del file
    if around.child_by_field_name("left").start_byte == start:
        yield next(scopes(around)), [None]


def _part(file, start, around):
    """`name, other = values`, `for name, other in values`."""
    if _index(around, start) is not None:
        yield from _with_part(file, around)


def _entry(file, start, around):
    """`name[key] += value`, `for name[key] in values`."""
    if around.start_byte == start:
        yield from _with_part(file, around)


def _with_part(file, part):
    whole = part.parent
    if part.type in PARTS.get(whole.type, ()):
        yield from _changed(file, part.start_byte, whole)


def _parameter(file, start, around):
    """`def function(name)`: the values that the calls of the function give it."""
    index = _index(around, start)
    if index is not None:
        function, name = around.parent, around.named_children[index]
        yield function, _given_by_calls(file, function, index, file.text(name)) or [None]


def _with_default(file, start, around):
    """`def function(name=value)`."""
    if around.start_byte == start:
        parameters = around.parent
        function, label = parameters.parent, around.child_by_field_name("name")
        index = _index(parameters, start)
        given = _given_by_calls(file, function, index, file.text(label))
        yield function, [around.child_by_field_name("value"), *given]


def _index(container, start):
    """The place of the node in another that begins at some byte, or None."""
    begins = [node.start_byte for node in container.named_children]
    return begins.index(start) if start in begins else None


#: What binds a name, by the type of the node around it.
BINDS = {
    "assignment": _assigned,
    "augmented_assignment": _changed,
    "for_statement": _changed,
    **dict.fromkeys(PATTERNS, _part),
    "subscript": _entry,
    **dict.fromkeys(("parameters", "lambda_parameters"), _parameter),
    **dict.fromkeys(("default_parameter", "typed_default_parameter"), _with_default),
}
#: Of which parts of their left side statements bind the names.
PARTS = {
    "assignment": PATTERNS,
    "for_statement": (*PATTERNS, "subscript"),
    "augmented_assignment": ("subscript",),
}
#: What goes on behind such a part, or behind the parameters of a lambda.
BEHIND_PARTS = ("assignment", "for_statement", "lambda")


def _given_by_calls(file, function, index, name):
    """What the calls of a function in this file give a parameter."""
    calls, bound = calls_of(file, function)
    if index is not None:
        index -= bound
    given = [given_to(call, index, name) for call in calls if index is None or index >= 0]
    return [value for value in given if value is not None]


def calls_of(file, function):
    """The calls of a function in the file, and how many of its parameters they leave out."""
    if function.id not in file.calls_of_functions:
        file.calls_of_functions[function.id] = _calls_of(file, function)
    return file.calls_of_functions[function.id]


def _calls_of(file, function):
    name, owner = function.child_by_field_name("name"), class_of(function)
    if owner is not None:
        return calls_of_method(file, function, owner)
    return file.called(file.text(name)) if name is not None else [], 0


def collecting(file, node, name):
    """The function around a node if it gathers its other keywords under a name; else None."""
    function = next((one for one in scopes(node) if one.type == "function_definition"), None)
    parameters = function and function.child_by_field_name("parameters")
    gathers = any(
        node.type == "dictionary_splat_pattern" and file.text(node.named_children[0]) == name
        for node in (parameters.named_children if parameters else ())
    )
    return function if gathers else None


def given_to(call, index, name):
    """What one call gives a parameter, by its place (None for none) or name."""
    positional = []
    for node in call.container.named_children:
        if node.type == "keyword_argument":
            if call.file.text(node.child_by_field_name("name")) == name:
                return node.child_by_field_name("value")
        elif node.type not in ("dictionary_splat", "comment"):
            positional.append(node)
    before = [] if index is None else positional[: index + 1]
    known = len(before) == (index or 0) + 1 and all(node.type != "list_splat" for node in before)
    return before[-1] if known else None
