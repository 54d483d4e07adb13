"""Values: the literals that a variable, a parameter or an entry may stand for, in this file."""

#: How many names are followed one after the other.
DEPTH = 5
SCOPES = ("function_definition", "lambda", "class_definition", "module")


def sources(file, node, depth=DEPTH):
    """The nodes a value may come from; the node itself where it is no name; None where unknown.

    A name stands for everything assigned to it in its scope; a parameter for its default and for
    what the calls in this file give it; `name["key"]` for that entry of a dictionary literal.
    """
    follow = FOLLOWED.get(node.type)
    if follow is None:
        return [node]
    return follow(file, node, depth - 1) if depth else None


def _inner(file, node, depth):
    return sources(file, node.named_children[0], depth)


def _either(file, node, depth):
    first, _, last = node.named_children
    return _together(file, [first, last], depth)


def _together(file, nodes, depth):
    found = [sources(file, node, depth) for node in nodes]
    if not found or any(part is None for part in found):
        return None
    return [node for part in found for node in part]


def _name(file, node, depth):
    bound = file.bound(file.text(node))
    for scope in _scopes(node) if bound else ():
        given = bound.get(scope.id)
        if given is not None:
            return None if None in given else _together(file, given, depth)
    # Imported, or the file's own function or class: as it stands.
    return [node]


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
    scope = next((s for s in _scopes(node) if s.type == "function_definition"), None)
    if method not in ("setdefault", "get", "pop") or not _collects(file, scope, owner):
        return [node]
    key = file.text(given[0]).strip("\"'")
    values = [_given(call, None, key) for call in _calls_of(file, scope)]
    return _together(file, [given[1], *(found for found in values if found is not None)], depth)


def _collects(file, function, name):
    """Whether a function gathers its other keywords under a name."""
    parameters = function and function.child_by_field_name("parameters")
    return any(
        node.type == "dictionary_splat_pattern" and file.text(node.named_children[0]) == name
        for node in (parameters.named_children if parameters else ())
    )


FOLLOWED = {
    "call": _from_keywords,
    "parenthesized_expression": _inner,
    "conditional_expression": _either,
    "identifier": _name,
    "subscript": _entry,
}


def _scopes(node):
    """The scopes around a node, inner first; a class' own names are seen in its body alone."""
    inner, first = node.parent, True
    while inner is not None:
        if inner.type in SCOPES and (first or inner.type != "class_definition"):
            yield inner
            first = False
        inner = inner.parent


def bindings(file, name):
    """What a name is bound to: scope id -> nodes, None among them for what is not followed."""
    found = {}
    for node in file.bare(name):
        parent = node.parent
        binds = BINDS.get(parent.type)
        for scope, values in binds(file, node, parent) if binds else ():
            found.setdefault(scope.id, []).extend(values)
    return found


def _assigned(file, node, parent):
    """`name = value`."""
    del file
    if parent.start_byte == node.start_byte:
        yield next(_scopes(node)), [parent.child_by_field_name("right")]


def _changed(file, node, parent):
    """`name += value`, `for name in values`."""
    del file
    if parent.child_by_field_name("left") == node:
        yield next(_scopes(node)), [None]


def _part(file, node, parent):
    """`name, other = values`, `for name, other in values`, `name[key] += value`."""
    whole = parent.parent
    if parent.type in PARTS.get(whole.type, ()):
        yield from _changed(file, parent, whole)


def _parameter(file, node, parent):
    """`def function(name)`: the values that the calls of the function give it."""
    yield parent.parent, _arguments(file, node, node, None, parent)


def _with_default(file, node, parent):
    """`def function(name=value)`."""
    if parent.start_byte == node.start_byte:
        default = parent.child_by_field_name("value")
        yield parent.parent.parent, _arguments(file, parent, node, default, parent.parent)


def _arguments(file, parameter, label, default, parameters):
    calls = _calls_of(file, parameters.parent)
    index = parameters.named_children.index(parameter)
    given = [_given(call, index, file.text(label)) for call in calls]
    return [value for value in (default, *given) if value is not None] or [None]


#: What binds a name, by the type of the node around it.
BINDS = {
    "assignment": _assigned,
    "augmented_assignment": _changed,
    "for_statement": _changed,
    **dict.fromkeys(("pattern_list", "tuple_pattern", "list_pattern"), _part),
    "subscript": _part,
    **dict.fromkeys(("parameters", "lambda_parameters"), _parameter),
    **dict.fromkeys(("default_parameter", "typed_default_parameter"), _with_default),
}
#: Of which parts of their left side statements bind the names.
PATTERNS = ("pattern_list", "tuple_pattern", "list_pattern")
PARTS = {
    "assignment": PATTERNS,
    "for_statement": (*PATTERNS, "subscript"),
    "augmented_assignment": ("subscript",),
}


def _calls_of(file, function):
    name = function.child_by_field_name("name")
    return file.called(file.text(name)) if name is not None else []


def _given(call, index, name):
    """What one call gives a parameter, by its place (None for none) or name."""
    listed = [node for node in call.container.named_children if node.type != "comment"]
    for node in listed:
        label = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        if label is not None and call.file.text(label) == name:
            return node.child_by_field_name("value")
    if index is None:
        return None
    plain = [node for node in listed if node.type not in ("keyword_argument", "dictionary_splat")]
    before = plain[: index + 1]
    if len(before) <= index or any(node.type == "list_splat" for node in before):
        return None
    return before[index]
