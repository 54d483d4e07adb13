"""Python 2 to Python 3, with --py3 only: statements and names that Python 3 lacks."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Again, Edit, Import, inserted, replaced
from keras_inits.migrate.source.registry import fixer

NOT_CONVERTED = define(
    "KI901",
    "Python 2 that needs a person",
    "Python 3 has no one line for it; the message says what to look at.",
    open=True,
)

NAMES = {
    "xrange": "range",
    "unicode": "str",
    "basestring": "str",
    "raw_input": "input",
    "unichr": "chr",
    "long": "int",
    "reduce": "functools.reduce",
}
METHODS = {"iteritems": "items", "itervalues": "values", "iterkeys": "keys"}
MODULES = {"cPickle": "pickle", "Queue": "queue", "ConfigParser": "configparser"}
GONE = ("urllib2", "urlparse", "StringIO", "cStringIO", "commands")
TAB = 8


@fixer("KI9", always=True)
def python2(file):
    """Statements and names of Python 2, with --py3.

    before: print "loss", xrange(3), except IOError, error:
    after:  print("loss"), range(3), except IOError as error:
    """
    if not file.options.py3:
        return
    yield from _prints(file)
    yield from _excepts(file)
    yield from _raises(file)
    yield from _operators(file)
    yield from _names(file)
    yield from _calls(file)
    yield from _imports(file)
    yield from _tabs(file)


def _prints(file):
    if any("print_function" in file.text(node) for node in file.nodes("future_import_statement")):
        return
    for node in file.nodes("print_statement"):
        yield from _print(file, node)
    for node in file.nodes("expression_statement"):
        first = node
        while first.children:
            first = first.children[0]
        if first.type != "identifier" or file.text(first) != "print":
            continue
        if first.parent == node:
            yield inserted(first.end_byte, "()")
        elif len(node.children) > 1 or node.children[0] != first.parent:
            yield from _wrapped(file, first, node)


def _wrapped(file, word, statement):
    """Of `print (a)[0], b`, what stands behind the word is one expression, or several."""
    if word.parent.type != "call":
        return
    yield Edit(word.end_byte, word.parent.child_by_field_name("arguments").start_byte, "(")
    if statement.children[-1].type == ",":
        comma = statement.children[-1]
        yield replaced(comma, ', end=" ")')
    else:
        yield inserted(statement.end_byte, ")")


def _print(file, node):
    arguments = [child for child in node.named_children if child.type not in ("chevron", "comment")]
    stream = next((child for child in node.named_children if child.type == "chevron"), None)
    ending = [f"file={file.text(stream.named_children[0])}"] if stream else []
    trailing = node.children[-1] if node.children[-1].type == "," else None
    if trailing:
        ending.insert(0, 'end=" "')
    if not arguments:
        yield replaced(node, f"print({', '.join(ending)})")
        return
    yield Edit(node.start_byte, arguments[0].start_byte, "print(")
    text = "".join(f", {word}" for word in ending) + ")"
    if trailing:
        yield Edit(arguments[-1].end_byte, trailing.end_byte, text)
    else:
        yield inserted(arguments[-1].end_byte, text)


def _excepts(file):
    for node in file.nodes("except_clause"):
        for child in node.children:
            if child.type == ",":
                yield replaced(child, " as")


def _raises(file):
    for node in file.nodes("raise_statement"):
        listed = node.named_children[0] if node.named_children else None
        if listed is None or listed.type != "expression_list":
            continue
        parts = listed.named_children
        if len(parts) == 2:
            yield Edit(parts[0].end_byte, parts[1].start_byte, "(")
            yield inserted(parts[1].end_byte, ")")
        else:
            yield file.finding(NOT_CONVERTED, node, "raise with a traceback")


def _operators(file):
    for node in file.nodes("comparison_operator"):
        for child in node.children:
            if child.type == "<>":
                yield replaced(child, "!=")
    for node in file.nodes("integer"):
        text = file.text(node)
        plain = text.rstrip("lL")
        if len(plain) > 1 and plain.isdigit() and plain.strip("0") and plain[0] == "0":
            plain = f"0o{plain.lstrip('0')}"
        if plain != text:
            yield replaced(node, plain)
    for node in file.nodes("exec_statement"):
        parts = node.named_children
        yield Edit(node.start_byte, parts[0].start_byte, "exec(")
        if len(parts) > 1:
            yield Edit(parts[0].end_byte, parts[1].start_byte, ", ")
        yield inserted(parts[-1].end_byte, ")")


def _names(file):
    taken = {entry.local for entry in file.names.imported} | file.names.defined
    taken |= {name for name in NAMES if file.bound(name)}
    wanted = {name: text for name, text in NAMES.items() if name not in taken}
    for node in file.nodes("identifier"):
        became = wanted.get(file.text(node))
        if not became or _is_label(node):
            continue
        yield replaced(node, became)
        if "." in became:
            yield Import(became.partition(".")[0])


def _is_label(node):
    """Whether an identifier names an argument, an attribute, or part of an import."""
    if node.parent.type in ("dotted_name", "aliased_import", "parameters"):
        return True
    field = {"keyword_argument": "name", "attribute": "attribute", "default_parameter": "name"}
    field = field.get(node.parent.type)
    return field is not None and node.parent.child_by_field_name(field) == node


def _calls(file):
    for call in file.methods(*METHODS, "next", "has_key"):
        if call.method in METHODS and not call.arguments:
            yield replaced(call.function.child_by_field_name("attribute"), METHODS[call.method])
        elif call.method == "next" and not call.arguments and not call.splats:
            owner = call.function.child_by_field_name("object")
            yield replaced(call.node, f"next({file.text(owner)})")
        elif call.method == "has_key" and len(call.positional) == 1:
            owner = file.text(call.function.child_by_field_name("object"))
            yield replaced(call.node, f"({file.text(call.positional[0].value)} in {owner})")
    for label in file.uses("next"):
        if _is_method(label.parent) and label.parent.child_by_field_name("name") == label:
            yield replaced(label, "__next__")


def _is_method(node):
    """Whether a function of a class takes nothing but the object itself."""
    if node.type != "function_definition" or node.parent.parent is None:
        return False
    inside = node.parent.parent.type == "class_definition"
    return inside and len(node.child_by_field_name("parameters").named_children) == 1


def _imports(file):
    for entry in file.names.imported:
        statement = entry.statement.type == "import_statement"
        name = file.text(entry.node)
        if not statement:
            continue
        if name in GONE and entry.statement.parent.type == "module":
            yield file.finding(NOT_CONVERTED, entry.node, f"Python 3 has no module {name}")
        elif name in MODULES and entry.statement.parent.type == "module":
            yield _renamed(entry, name, MODULES[name])


def _renamed(entry, old, new):
    """`import pickle as cPickle`, the name kept; `import pickle` where it was pickle already."""
    if entry.aliased and entry.local == new:
        return replaced(entry.node.parent, new)
    return replaced(entry.node, new if entry.aliased else f"{new} as {old}")


def _tabs(file):
    """Tabs before statements as blanks, where Python 3 would find them inconsistent."""
    blocks = file.nodes("block")
    if not any(_mixed(file, block) for block in blocks):
        return
    for start in sorted({_line(file, node) for block in blocks for node in block.named_children}):
        indent = _indent(file, start)
        if "\t" in indent:
            yield Edit(start, start + len(indent), indent.expandtabs(TAB))
    # Lines that other fixers put in are indented as those beside them were.
    yield Again()


def _line(file, node):
    return file.data.rfind(b"\n", 0, node.start_byte) + 1


def _indent(file, start):
    rest = file.data[start : start + 400]
    return rest[: len(rest) - len(rest.lstrip(b" \t"))].decode()


def _mixed(file, block):
    outer = _indent(file, _line(file, block.parent))
    statements = [node for node in block.named_children if node.type != "comment"]
    indents = {_indent(file, _line(file, node)) for node in statements}
    return len(indents) > 1 or not all(indent.startswith(outer) for indent in indents)
