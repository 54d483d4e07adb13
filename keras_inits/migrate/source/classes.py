"""Classes of a file: the calls of their methods, and what they give their attributes."""

#: What a method calls its object, or its class.
OWN = ("self", "cls")
#: What binds several names at once.
PATTERNS = ("pattern_list", "tuple_pattern", "list_pattern")


def class_of(function):
    """The class whose method a function is, or None."""
    body = _decorated(function).parent
    around = body.parent if body.type == "block" else None
    return around if around is not None and around.type == "class_definition" else None


def calls_of_method(file, function, owner):
    """The calls of a class' method, and how many parameters they leave out: `self` is bound.

    Those of `__init__` make an object of the class; those of others are the class' own,
    `self.method(...)` or `Class.method(...)`.
    """
    name, own = (file.text(node.child_by_field_name("name")) for node in (function, owner))
    if name == "__init__":
        return file.called(own), 1
    calls = [call for call in file.methods(name) if _owner(call) in (*OWN, own)]
    return calls, 0 if _is_static(file, function) else 1


def _decorated(function):
    return function.parent if function.parent.type == "decorated_definition" else function


def _is_static(file, function):
    decorators = _decorated(function).named_children[:-1]
    return any(file.text(node) == "@staticmethod" for node in decorators)


def _owner(call):
    return call.file.text(call.function.child_by_field_name("object"))


def given_by_class(file, node):
    """What the class around `self.name` gives that attribute; None where that is not known.

    Args:
        file: the file.
        node: the attribute.
    """
    owner, label = (node.child_by_field_name(field) for field in ("object", "attribute"))
    around = _class_around(node) if file.text(owner) in OWN else None
    if around is None:
        return None
    given = [
        *_in_body(file, around, file.text(label)),
        *_in_methods(file, around, file.text(label)),
    ]
    return given if given and None not in given else None


def _class_around(node):
    while node is not None and node.type != "class_definition":
        node = node.parent
    return node


def _in_body(file, around, name):
    """What the body of a class itself gives a name."""
    return [value for scope, values in file.bound(name) if scope == around for value in values]


def _in_methods(file, around, name):
    """What the methods of a class give `self.name`; None for a change or a part of something."""
    for target in file.attributes(name):
        inside = around.start_byte < target.start_byte < around.end_byte
        if inside and file.text(target) in [f"{owner}.{name}" for owner in OWN]:
            statement = target.parent
            left = statement.child_by_field_name("left") == target
            if left and statement.type == "assignment":
                yield statement.child_by_field_name("right")
            elif left or statement.type in PATTERNS:
                yield None
