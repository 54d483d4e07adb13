"""Writes docs/initializers.md, the page of every initializer, from the registry's descriptions.

Run `python docs/reference.py` after a docstring has changed.
"""

from pathlib import Path

import keras_inits as ki
from keras_inits.core.registry import dialects

PAGE = Path(__file__).with_name("initializers.md")
HEAD = """# Initializers

Every name, with its law and source: made from the docstrings by `python docs/reference.py`.
`keras-inits show NAME` prints one of these, and `keras-inits plot NAME SHAPE -o FILE.png` draws it.
"""


def page():
    """The page as text."""
    return "\n".join([HEAD, *(chapter(dialect) for dialect in dialects())])


def chapter(dialect):
    """One dialect's initializers."""
    entries = (entry(ki.describe(name)) for name in ki.names(dialect))
    return "\n".join([f"## {dialect}\n", *entries])


def entry(description):
    """One initializer: its law as it can be pasted, and where it comes from."""
    arguments = ", ".join(
        f"{argument.name}={argument.default}" if argument.default else argument.name
        for argument in description.arguments
    )
    parts = [
        f"### `{description.name}`",
        description.summary,
        description.notes,
        f"```\n{description.law}\n```",
        f"`keras_inits.{description.class_name}({arguments})`",
        f"Source: {' '.join(description.source.split())}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page())
