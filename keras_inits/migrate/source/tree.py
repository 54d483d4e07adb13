"""Parsing: the only file that imports tree_sitter."""

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
    *("function_definition", "class_definition", "lambda"),
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


@cache
def _query(kinds):
    return tree_sitter.Query(_language(), "\n".join(f"({kind}) @{kind}" for kind in kinds))


def nodes_by_kind(root, kinds):
    """Every node under `root` of some types: a dictionary from type to nodes, in text order."""
    found = tree_sitter.QueryCursor(_query(tuple(kinds))).captures(root)
    return {kind: sorted(found.get(kind, ()), key=_start) for kind in kinds}


def _start(node):
    return node.start_byte
