"""Batches: how many samples a generator gives at once, and how many batches samples are."""

#: What a generator of keras.preprocessing.image gives if it is not told.
BATCH = {"flow": "32", "flow_from_directory": "32"}
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
    call = file.call(found[0])
    given = call.keywords.get("batch_size")
    value = given.value if given else _by_place(file, call)
    if value is None:
        return BATCH.get(call.method) if not call.splats else None
    near = call.node == node or value.type == "integer"
    if near or (value.type == "identifier" and _at_top(call.node)):
        text = file.text(value)
        return text if value.type in SIMPLE else f"({text})"
    return None


def _by_place(file, call):
    """What a generator function of this file is given as its parameter batch_size."""
    function = file.function(file.text(call.function))
    if function is None or call.splats:
        return None
    listed = function.child_by_field_name("parameters").named_children
    for place, node in enumerate(listed):
        label = node if node.type == "identifier" else node.child_by_field_name("name")
        if label is None or file.text(label) != "batch_size":
            continue
        if place < len(call.positional):
            return call.positional[place].value
        default = node.child_by_field_name("value")
        return default if default is not None and default.type == "integer" else None
    return None


def _at_top(node):
    while node is not None and node.type != "module":
        if node.type in ("function_definition", "lambda", "class_definition"):
            return False
        node = node.parent
    return True
