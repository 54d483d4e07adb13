"""keras-inits list: the names, by dialect."""

from rich.padding import Padding
from rich.text import Text

from keras_inits.cli.console import glossary, write
from keras_inits.core.describe import describe
from keras_inits.core.registry import dialects, names


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "list",
        help="list the initializers, by dialect",
        description="Lists the initializers with what each gives, grouped by dialect.",
    )
    command.add_argument(
        "dialect", metavar="DIALECT", nargs="?", help=f"only one of {', '.join(dialects())}"
    )
    command.set_defaults(run=run)


def run(options):
    """Prints one dialect, or all."""
    names(options.dialect)
    for dialect in [options.dialect] if options.dialect else dialects():
        entries = [(name, Text(describe(name).summary)) for name in names(dialect)]
        write(Text(dialect, "bold"), Padding(glossary(entries), (0, 0, 1, 2)))
    return 0
