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

#: What the fixers ask for in nearly every file; everything else is searched when first asked for.
USUAL = (
    *("call", "import_statement", "import_from_statement", "assignment"),
    *("function_definition", "class_definition", "lambda", "keyword_argument"),
    *("for_statement", "augmented_assignment"),
)


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
        row, column = _point(lines, start)
        rows = text.count("\n")
        tail = len(text.rpartition("\n")[2].encode())
        edited.edit(
            start_byte=start,
            old_end_byte=end,
            new_end_byte=start + len(text.encode()),
            start_point=(row, column),
            old_end_point=_point(lines, end),
            new_end_point=(row + rows, tail if rows else column + tail),
        )
    return _parser().parse(new, edited)


def _line_starts(data):
    return [0, *(found.end() for found in re.finditer(b"\n", data))]


def _point(lines, byte):
    row = bisect_right(lines, byte) - 1
    return row, byte - lines[row]


@cache
def _query(kinds):
    return tree_sitter.Query(_language(), "\n".join(f"({kind}) @{kind}" for kind in kinds))


def nodes_by_kind(root, kinds):
    """Every node under `root` of some types: a dictionary from type to nodes, in text order."""
    found = tree_sitter.QueryCursor(_query(tuple(kinds))).captures(root)
    return {kind: sorted(found.get(kind, ()), key=_start) for kind in kinds}


def _start(node):
    return node.start_byte
