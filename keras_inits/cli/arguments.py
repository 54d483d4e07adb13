"""What the subcommands share: names, shapes and initializer arguments on a command line."""

import argparse
import ast
import re

from keras_inits.core.checks import FLOAT_DTYPES
from keras_inits.core.registry import get
from keras_inits.dialects.keras1.versions import DIM_ORDERINGS, VERSIONS


class Parser(argparse.ArgumentParser):
    """An argument parser that raises ValueError, and keeps the lines of its texts."""

    def __init__(self, **options):
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False, **options
        )

    def error(self, message):
        """Raises; argparse would print the usage and exit."""
        raise ValueError(f"{message}. See '{self.prog} --help'.")


def add_weight(command):
    """Adds the arguments that say which weight to draw."""
    command.add_argument("name", metavar="NAME", help="initializer, as `keras-inits list` names it")
    command.add_argument(
        "shape",
        metavar="SHAPE",
        type=shape,
        help="the weight's shape: 3,3,64,128, 3x3x64x128 or 64",
    )
    command.add_argument(
        "--dtype", choices=FLOAT_DTYPES, help="dtype of the weight (default: Keras' floatx)"
    )
    command.add_argument("--seed", type=int, help="seed of the draw (default: a new one each time)")
    command.add_argument(
        "--arg",
        metavar="KEY=VALUE",
        type=argument,
        action="append",
        default=[],
        help="an argument of the initializer, as `keras-inits show NAME` lists them; may be given "
        "again: --arg gain=relu --arg pool_size=2,2",
    )


def add_release(command):
    """Adds the arguments that say what Keras 1 the input is of, and which start to keep."""
    command.add_argument("--from-keras", metavar="VERSION", choices=VERSIONS, help="old release")
    command.add_argument(
        "--dim-ordering", choices=DIM_ORDERINGS, help="where the layers do not say it"
    )
    command.add_argument(
        "--bugs",
        choices=("keep", "fix"),
        default="keep",
        help="start as the old layers did (keep), or as their arguments say (fix)",
    )


def initializer(options):
    """The initializer that the arguments of `add_weight` ask for."""
    seed = [] if options.seed is None else [("seed", options.seed)]
    given = [*options.arg, *seed]
    arguments = dict(given)
    if len(arguments) < len(given):
        raise ValueError(f"An argument was given twice: {', '.join(key for key, _ in given)}.")
    return get(options.name, **arguments)


def shape(text):
    """`3,3,64,128`, `3x3x64x128` or `64` as a tuple."""
    sizes = re.split(r"\s*[,x]\s*", text.strip("()[], "))
    if not all(size.isdecimal() for size in sizes):
        raise argparse.ArgumentTypeError(f"{text!r} is no shape like 3,3,64,128, 3x3x64x128 or 64")
    return tuple(int(size) for size in sizes)


def argument(text):
    """`key=value` as a pair; see `value`."""
    key, equals, words = text.partition("=")
    if not equals or not key.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form key=value")
    return key, value(words)


def value(text):
    """A Python literal where it is one; else words with commas as a list, else the word."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        words = [word.strip() for word in text.split(",")]
    return [word for word in words if word] if len(words) > 1 else text
