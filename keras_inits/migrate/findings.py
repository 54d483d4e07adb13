"""Findings: what a conversion has to tell a person, each under a stable code."""

from typing import NamedTuple

__all__ = ["CODES", "Code", "Finding"]


class Finding(NamedTuple):
    """One thing to know about one place of a file; line and column count from 1.

    In a notebook they count within a cell, and `cell` counts the code cells from 1.
    """

    code: str
    line: int
    column: int
    message: str
    cell: int | None = None


class Code(NamedTuple):
    """What a code stands for.

    `open` says that a person has to do something; the others only tell what was done.
    """

    title: str
    explanation: str
    open: bool


#: Every code, by family: of source code KI0 the file, KI1 initializers, KI2 constructors, ...; of
#: model files KF1. Once released, a code is permanent.
CODES = {}


def define(code, title, explanation, open=False):
    """Adds a code to the table; gives the code back, for a constant.

    Raises:
        ValueError: for a code that is there already.
    """
    if code in CODES:
        raise ValueError(f"The code {code} is already {CODES[code].title!r}. Take a free one.")
    CODES[code] = Code(title, " ".join(explanation.split()), open)
    return code


def selected(code, only=None, skip=None):
    """Whether a code, or a family such as "KI1", is among the ones asked for.

    Args:
        code: a code or the beginning of one.
        only: beginnings of codes to keep; None for all.
        skip: beginnings of codes to leave out; None for none.
    """
    wanted = only is None or any(_related(code, prefix) for prefix in only)
    return wanted and not any(code.startswith(prefix) for prefix in skip or ())


def _related(code, prefix):
    return code.startswith(prefix) or prefix.startswith(code)


NOT_PARSED = define(
    "KI001",
    "the file did not parse",
    "Neither Python 2 nor Python 3 reads the file, so nothing in it was changed.",
    open=True,
)
DISAGREEMENT = define(
    "KI002",
    "two conversions disagree about one place",
    """One piece of text (a constant, a dictionary) serves several layers that need it changed in
    different ways. Give each layer one of its own; the text was left as it was.""",
    open=True,
)
WOULD_BREAK = define(
    "KI003",
    "the conversion would not parse",
    "The converted file was not valid Python, so nothing was changed. Please report it.",
    open=True,
)
TAKEN_AS = define(
    "KI004",
    "the version that the file was taken for",
    """The Keras version and the dim ordering decide what its layers drew. They were guessed from
    what the file uses; --from-keras and --dim-ordering say better.""",
)
MIXED = define(
    "KI005",
    "arguments of Keras 1 and of Keras 2 in one file",
    """The file ran on Keras 2, which still took the old argument names: names were changed, laws
    and defaults are Keras 2's and stay. If it ran on Keras 1, give --from-keras.""",
)
UNDECIDED = define(
    "KI006",
    "Keras 1 or Keras 2, one cannot tell",
    """Nothing in the file is of one version only, yet some of its layers started differently in
    Keras 1. Give --from-keras if it ran on Keras 1.""",
)
KEPT = define(
    "KI007",
    "code of Keras 2, left as it is",
    """The arguments of its layers are those of Keras 2, so they started then as they start in
    Keras 3, and nothing in the file was changed. The message names the lines that use what Keras 3
    lacks. If the file ran on Keras 1, give --from-keras.""",
)
NO_LAYERS = define(
    "KI008",
    "a file without layers, left as it is",
    """The file makes no layer and defines none, so nothing starts in it, and which Keras it ran on
    does not show: nothing was changed, and what Keras 3 lacks is listed. With --from-keras, or a
    requirements file that names a release, it is converted.""",
)
FAILED = define(
    "KI009",
    "the file could not be converted",
    "Reading, converting or writing it failed, as the message says; the other files were done.",
    open=True,
)
