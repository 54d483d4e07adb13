"""Lists of Python 2 that are none in Python 3, where only a list will do; with --py3 only."""

from keras_inits.migrate.source.edits import inserted
from keras_inits.migrate.source.registry import fixer

#: What gave a list, and gives something to go through once, or a range.
ONCE = ("zip", "map", "filter")
RANGES = ("range", "xrange")
VIEWS = ("keys", "values", "items")
#: Methods of lists alone.
OF_LISTS = ("append", "extend", "insert", "pop", "remove", "reverse", "sort")
#: Functions, by their last names, that need what can be counted, changed or made an array of.
TAKERS = {
    "len": ONCE,
    "shuffle": (*ONCE, *RANGES, *VIEWS),
    **dict.fromkeys(("choice", "sample", "array", "asarray", "vstack"), (*ONCE, *VIEWS)),
}


@fixer("KI9", always=True)
def python2_lists(file):
    """Lists of Python 2 that are none in Python 3, with --py3.

    before: both = train.values() + test.values()
            pairs = zip(x, y)
            np.random.shuffle(pairs)
    after:  both = list(train.values()) + list(test.values())
            pairs = list(zip(x, y))
            np.random.shuffle(pairs)
    """
    if not file.options.py3:
        return
    given = [(name, call) for name in (*ONCE, *RANGES) for call in _plain(file, name)]
    given += [(call.method, call) for call in file.methods(*VIEWS) if not call.arguments]
    for name, call in given:
        if any(_needs_list(file, name, node) for node in (call.node, *_named(file, call.node))):
            yield inserted(call.node.start_byte, "list(")
            yield inserted(call.node.end_byte, ")")


def _plain(file, name):
    """The calls of a name that the file gives no other meaning."""
    imported = any(entry.local == name for entry in file.names.imported)
    return [] if imported or name in file.names.defined or file.bound(name) else file.called(name)


def _named(file, node):
    """The uses of the one name that a value is assigned to."""
    outer = node.parent
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    if left is None or left.type != "identifier" or left.start_byte != outer.start_byte:
        return []
    return [use for use in file.meant(file.text(left)) if use.start_byte > outer.end_byte]


def _needs_list(file, name, node):
    outer = node.parent
    if outer.type == "binary_operator":
        return outer.child_by_field_name("operator").type == "+"
    if outer.type == "subscript":
        return name not in RANGES
    if outer.type == "attribute":
        return file.text(outer.child_by_field_name("attribute")) in OF_LISTS
    if outer.type != "argument_list" or outer.parent.type != "call":
        return False
    function = file.text(outer.parent.child_by_field_name("function"))
    return name in TAKERS.get(function.rpartition(".")[2], ())
