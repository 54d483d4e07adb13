"""Models: whether a value is a model that the file makes, itself or in a function of its own."""

#: How many functions are followed one into the other.
DEPTH = 3
MODELS = frozenset(
    [
        *("keras.models.Model", "keras.Model", "keras.engine.Model"),
        *("keras.engine.training.Model", "keras.engine.topology.Container"),
    ]
)
SEQUENTIAL = frozenset(["keras.models.Sequential", "keras.Sequential"])


def is_model(file, node, depth=DEPTH):
    """Whether a value can be nothing but a model, as far as the file tells."""
    found = [source for source in file.sources(node) or () if source.type != "none"]
    return bool(found) and all(_makes_one(file, source, depth) for source in found)


def _makes_one(file, node, depth):
    if node.type != "call":
        return False
    function = node.child_by_field_name("function")
    if file.names.resolve(function) in MODELS | SEQUENTIAL:
        return True
    named = depth and function.type == "identifier"
    own = file.function(file.text(function)) if named else None
    values = _returned(file, own) if own is not None else []
    return bool(values) and all(is_model(file, value, depth - 1) for value in values)


def _returned(file, function):
    """The values that a function returns, those of functions inside it left out."""
    return [
        value
        for node in file.nodes("return_statement")
        if function.start_byte < node.start_byte < function.end_byte
        and _function_around(node) == function
        for value in node.named_children
    ]


def _function_around(node):
    while node.type not in ("function_definition", "class_definition", "module"):
        node = node.parent
    return node
