"""Parsing: the only file that imports tree_sitter."""

import re
from bisect import bisect_right
from functools import cache

try:
    import tree_sitter
    import tree_sitter_python
except ImportError as error:
    raise ImportError(
        "Converting source code needs tree-sitter: pip install 'keras-inits[migrate]'"
    ) from error

#: The word that every node of a type begins with, or has in it once: such nodes are found by it.
WORDS_OF = {
    "import_statement": "import",
    "import_from_statement": "import",
    "future_import_statement": "import",
    "function_definition": "def",
    "class_definition": "class",
    "lambda": "lambda",
    "print_statement": "print",
    "except_clause": "except",
    "raise_statement": "raise",
    "exec_statement": "exec",
    "return_statement": "return",
}


@cache
def _language():
    return tree_sitter.Language(tree_sitter_python.language())


@cache
def _parser():
    return tree_sitter.Parser(_language())


def parse(data):
    """The tree of UTF-8 bytes."""
    return _parser().parse(data)


def parse_again(tree, data, edits, new):
    """The tree of a text after edits; what they left alone is not parsed again.

    Args:
        tree: the old text's tree.
        data: the old text.
        edits: (start, end, text) of each edit, in text order.
        new: the new text.
    """
    edited, lines = tree.copy(), _line_starts(data)
    for start, end, text in reversed(edits):
        point, added = _point(lines, start), text.encode()
        new_end = start + len(added)
        edited.edit(start, end, new_end, point, _point(lines, end), _behind(point, added))
    return _parser().parse(new, edited)


def _behind(point, text):
    """The point behind a text that begins at a point."""
    row, column = point
    rows = text.count(b"\n")
    return (row + rows, len(text) - text.rfind(b"\n") - 1) if rows else (row, column + len(text))


def _line_starts(data):
    return [0, *map(re.Match.end, re.finditer(b"\n", data))]


def _point(lines, byte):
    row = bisect_right(lines, byte) - 1
    return row, byte - lines[row]


@cache
def _query(kind):
    return tree_sitter.Query(_language(), f"({kind}) @found")


def nodes_of(root, kind):
    """Every node under `root` of a type, in text order."""
    found = tree_sitter.QueryCursor(_query(kind)).captures(root)
    return sorted(found.get("found", ()), key=_start)


def _start(node):
    return node.start_byte
