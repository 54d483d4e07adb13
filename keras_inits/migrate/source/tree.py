"""Parsing: the only file that imports tree_sitter."""

import io
from bisect import bisect_right
from functools import cache
from itertools import accumulate

try:
    import tree_sitter
    import tree_sitter_python
except ImportError as error:
    raise ImportError(
        "Converting source code needs tree-sitter: pip install 'keras-inits[migrate]'"
    ) from error

#: Changes less than so many bytes apart are one to the parser; about a line.
NEAR = 40
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


def parse_again(tree, lines, changes, new):
    """The tree of a text after edits; what they left alone is not parsed again.

    Args:
        tree: the old text's tree.
        lines: where the lines of the old text start, see `line_starts`.
        changes: (start, end, begin, stop) of each, in text order, see `changed`.
        new: the new text.
    """
    edited = tree.copy()
    for start, end, begin, stop in reversed(_joined(changes)):
        row = bisect_right(lines, start) - 1
        column = start - lines[row]
        within = end < lines[row + 1]
        old_end = (row, end - lines[row]) if within else _point(lines, end)
        added = new[begin:stop]
        new_end = _behind(row, column, added)
        edited.edit(start, end, start + len(added), (row, column), old_end, new_end)
    return _parser().parse(new, edited)


def _joined(changes):
    """Changes near each other as one: the parser takes longer for each than for a few bytes."""
    joined, reached = [], -NEAR
    for change in changes:
        if change[0] - reached < NEAR:
            start, _, begin, _ = joined[-1]
            joined[-1] = (start, change[1], begin, change[3])
        else:
            joined.append(change)
        reached = change[1]
    return joined


def _behind(row, column, text):
    """The point behind a text that begins at a point."""
    rows = text.count(b"\n")
    return (row + rows, len(text) - text.rfind(b"\n") - 1) if rows else (row, column + len(text))


def line_starts(data):
    """Where each line begins; at the end, where one behind the last would."""
    return [*accumulate(map(len, io.BytesIO(data + b"\n")), initial=0)]


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
