"""Batches: how many samples a generator gives at once, and how many batches samples are."""

#: What a generator of keras.preprocessing.image gives if it is not told.
BATCH = {"flow": "32", "flow_from_directory": "32"}
NAMES = ("identifier", "attribute")
SCOPES = ("function_definition", "lambda", "class_definition")
ASSIGNING = ("assignment", "augmented_assignment")
SIMPLE = ("identifier", "integer", "attribute", "subscript", "call", "parenthesized_expression")


def divided(file, samples, size):
    """Samples in batches, rounded up, as text; whether it needs `math`."""
    text = file.text(samples)
    if text.isdigit() and size.isdigit():
        return str(-(-int(text) // int(size))), False
    if samples.type not in SIMPLE:
        text = f"({text})"
    return f"math.ceil({text} / {size})", True


def batch_size(file, node):
    """How many samples a generator's batches have, as text; None if one cannot tell."""
    found = file.sources(node) or []
    if len(found) != 1 or found[0].type != "call":
        return None
    call = _maker(file, file.call(found[0]))
    given = call.keywords.get("batch_size")
    value = given.value if given else _by_place(file, call)
    if value is None:
        return BATCH.get(call.method) if not call.splats else None
    near = call.node == node or value.type == "integer"
    if near or (value.type in NAMES and _is_seen(file, value, call.node, node)):
        text = file.text(value)
        return text if value.type in SIMPLE else f"({text})"
    return None


def _maker(file, call):
    """The call that made what a call without arguments starts: `Batches(x, 32)` of `batches()`."""
    if call.arguments or call.splats or call.function.type != "identifier":
        return call
    found = file.sources(call.function) or []
    return file.call(found[0]) if len(found) == 1 and found[0].type == "call" else call


def _by_place(file, call):
    """What a generator function is given as its parameter batch_size."""
    function = file.function(file.text(call.function))
    if call.splats:
        return None
    if function is None:
        return _by_word(file, call)
    listed = function.child_by_field_name("parameters").named_children
    for place, node in enumerate(listed):
        label = node if node.type == "identifier" else node.child_by_field_name("name")
        if label is None or file.text(label) != "batch_size":
            continue
        if place < len(call.positional):
            return call.positional[place].value
        default = node.child_by_field_name("value")
        found = file.sources(default) if default is not None else ()
        return found[0] if found and len(found) == 1 and found[0].type == "integer" else None
    return None


def _by_word(file, call):
    """What a function of another file is given under that name: `batches(x, args.batch_size)`."""
    values = [argument.value for argument in call.positional]
    texts = [file.text(value).lower() for value in values if value.type in NAMES]
    if sum(text.rpartition(".")[2] == "batch_size" for text in texts) != 1:
        return None
    return next(v for v in values if file.text(v).lower().rpartition(".")[2] == "batch_size")


def _is_seen(file, value, given, used):
    """Whether a name means the same where it is given to a generator and where it is used."""
    scope = _scope(given)
    same = scope is None or scope == _scope(used)
    assigned = [node for node in file.uses(file.text(value)) if _is_target(node)]
    return same and len(assigned) <= 1


def _is_target(node):
    parent = node.parent
    return parent.type in ASSIGNING and parent.start_byte == node.start_byte


def _scope(node):
    """The function or class around a node, None for the module."""
    while node is not None and node.type not in SCOPES:
        node = node.parent
    return node
