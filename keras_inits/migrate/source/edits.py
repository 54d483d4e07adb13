"""Edits: what fixers ask for."""

from typing import NamedTuple


class Edit(NamedTuple):
    """The bytes from start to end become `text`."""

    start: int
    end: int
    text: str


class Removal(NamedTuple):
    """An element of a list (arguments, dictionary, imported names) goes, with its comma."""

    container: object
    element: object


class Append(NamedTuple):
    """An element more at the end of a list of arguments or entries."""

    container: object
    text: str


class Deletion(NamedTuple):
    """A statement goes, with its line; see `statements.deletions`."""

    statement: object


class Import(NamedTuple):
    """`import module`, once, unless the file has it."""

    module: str


class Later(NamedTuple):
    """What depends on the other fixers' edits: `run(left)` yields edits and findings after them.

    `left(name, uses)` gives those of some identifiers that mean a name that stay in the text.
    """

    run: object


class Again(NamedTuple):
    """One more pass: what there is to do depends on what the other fixers do in this one.

    `everyone` asks all fixers again, for what they do with the text that this one makes.
    """

    everyone: bool = False


def replaced(node, text):
    """The edit that gives a node another text."""
    return Edit(node.start_byte, node.end_byte, text)


def inserted(position, text):
    """The edit that puts text before a byte."""
    return Edit(position, position, text)
