"""Output: for a terminal in its width and colours, for a pipe one line an entry."""

import io
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

# Wider than any line, so that nothing is wrapped or cut where nobody sees it.
UNLIMITED = 10_000
# Prose is read better in lines that end.
PAGE = 100


def write(*renderables, page=False):
    """Prints to standard output, without the blanks that rich fills its lines with.

    Args:
        *renderables: what rich can print.
        page: whether it is prose, to be wrapped in a pipe too.
    """
    text = io.StringIO()
    console = Console(
        file=text, force_terminal=sys.stdout.isatty(), highlight=False, width=_width(page)
    )
    console.print(*renderables, sep="\n")
    for line in text.getvalue().splitlines():
        print(line.rstrip())


def _width(page):
    if not sys.stdout.isatty():
        return PAGE if page else UNLIMITED
    return min(Console().width, PAGE) if page else None


def table(headings, rows):
    """A table without lines, its headings first.

    Args:
        headings: strings.
        rows: tuples of as many strings, never read as markup.
    """
    made = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def glossary(entries):
    """A grid of terms, never cut, and what is said of them.

    Args:
        entries: pairs of strings.
    """
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column()
    for entry in entries:
        table.add_row(*entry)
    return table
