"""keras-inits show: one initializer's law, source and arguments."""

import re

from rich.padding import Padding
from rich.text import Text

from keras_inits.cli.console import glossary, write
from keras_inits.core.describe import describe


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "show",
        help="describe an initializer: law, arguments, source",
        description="Describes an initializer: what it gives, its law, arguments and source.",
    )
    command.add_argument("name", metavar="NAME", help="initializer, as `keras-inits list` names it")
    command.set_defaults(run=run)


def run(options):
    """Prints the page."""
    page = describe(options.name)
    write(Text(f"{page.name} (keras_inits.{page.class_name}, {page.dialect})", "bold"), page=True)
    write("", Text(page.summary), page=True)
    for paragraph in re.split(r"\n\s*\n", page.notes) if page.notes else ():
        write("", Text(" ".join(paragraph.split())), page=True)
    _section("Law", Text(page.law))
    _section("Arguments", page.arguments and glossary(map(_entry, page.arguments)))
    _section("Raises", Text(" ".join(page.raises.split())))
    _section("Source", Text(" ".join(page.source.split())))
    return 0


def _section(title, content):
    if content:
        write("", Text(title, "bold"), Padding(content, (0, 0, 0, 2)), page=True)


def _entry(argument):
    if argument.default:
        return Text(f"{argument.name}={argument.default}"), Text(argument.text)
    return Text(argument.name), Text(f"{argument.text} Needed.".strip())
