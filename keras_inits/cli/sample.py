"""keras-inits sample: the moments of a draw against the stated law."""

import math

from rich.table import Table
from rich.text import Text

from keras_inits.cli.arguments import add_weight, initializer
from keras_inits.cli.console import write
from keras_inits.diagnostics.moments import STANDARD_ERRORS, measure

COLUMNS = ("", "measured", "law", "difference", "standard error", "")
DESCRIPTION = f"""\
Draws a weight and compares its mean and variance with those its law states.
They agree if they differ by no more than {STANDARD_ERRORS} standard errors and the rounding
of the dtype; else the exit status is 1.
"""
EPILOG = """\
examples:
  keras-inits sample keras1_glorot_normal 3,3,64,128 --seed 7
  keras-inits sample theano_pooled_conv_glorot 5,5,3,32 --arg pool_size=2,2
  keras-inits sample per_gate 256 --arg initializers=zeros,ones,zeros,zeros
"""


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "sample",
        help="draw a weight and hold it to its law",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_weight(command)
    command.set_defaults(run=run)


def run(options):
    """Prints the table; 1 where the draw disagrees with the law."""
    drawn = initializer(options)
    moments = measure(drawn, options.shape, options.dtype)
    write(Text(repr(drawn), "bold"), _facts(options, moments), "", _table(moments))
    return 0 if moments.agrees else 1


def _facts(options, moments):
    dtype = f", {options.dtype}" if options.dtype else ""
    entries = f"{moments.count:,} {'entry' if moments.count == 1 else 'entries'}"
    bounds = f"from {moments.minimum:.6g} to {moments.maximum:.6g}"
    return Text(f"shape {options.shape}{dtype}: {entries} {bounds}")


def _table(moments):
    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, title in enumerate(COLUMNS):
        inner = 0 < number < len(COLUMNS) - 1
        table.add_column(title, justify="right" if inner else "left", no_wrap=True)
    table.add_row("mean", *_cells(moments.mean))
    table.add_row("variance", *_cells(moments.variance))
    std = [math.sqrt(max(0.0, x)) for x in (moments.variance.measured, moments.variance.stated)]
    table.add_row("std", *(f"{number:.6g}" for number in std))
    return table


def _cells(quantity):
    difference = quantity.measured - quantity.stated
    numbers = (quantity.measured, quantity.stated, difference, quantity.standard_error)
    verdict = Text("agrees", "green") if quantity.agrees else Text("DISAGREES", "bold red")
    return *(f"{number:.6g}" for number in numbers), verdict
