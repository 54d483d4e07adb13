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


def parse_again(tree, lines, changes):
    """The tree of a text after edits; what they left alone is not parsed again.

    Args:
        tree: the old text's tree.
        lines: where the lines of the old text start, see `line_starts`.
        changes: the Changes that were made in it.
    """
    edited, new = tree.copy(), changes.new
    for start, end, begin, stop in reversed(changes.spans):
        row = bisect_right(lines, start) - 1
        column, size, added = start - lines[row], stop - begin, new[begin:stop]
        on_line = end < lines[row + 1]
        old_end = (row, column + end - start) if on_line else _point(lines, end)
        new_end = _behind(row, added) if b"\n" in added else (row, column + size)
        edited.edit(start, end, start + size, (row, column), old_end, new_end)
    return _parser().parse(new, edited)


def _behind(row, text):
    """The point behind a text with line ends that begins in a row."""
    return row + text.count(b"\n"), len(text) - text.rfind(b"\n") - 1


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
