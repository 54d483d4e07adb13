"""Arguments of layers by position: those that have another place in Keras 3."""

from functools import cache

from keras_inits.migrate.findings import selected
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.arguments import IDLE, UNTOLD, is_idle
from keras_inits.migrate.source.edits import inserted
from keras_inits.migrate.source.normalization_modes import WITHOUT

#: Arguments that go, or may, so that those behind them move up.
GOING = frozenset((*table.INPUT, *table.DROPPED, *IDLE, *UNTOLD, "forget_bias_init"))


def positions(call):
    """Names for positional arguments that have another place in Keras 3, parentheses for sizes."""
    names = call.signature.names
    if names == ("*",):
        return _tuple_of(call.positional)
    return () if _stay(call.layer, names[: len(call.positional)]) else _named(call, names)


def _tuple_of(arguments):
    """Reshape(1, 28, 28) as Reshape((1, 28, 28))."""
    if arguments[0].value.type != "tuple":
        yield inserted(arguments[0].value.start_byte, "(")
        yield inserted(arguments[-1].value.end_byte, ")" if len(arguments) > 1 else ",)")


@cache
def _stay(layer, names):
    """Whether all of some arguments have their places in Keras 3, whatever they say."""
    if any(_may_vanish(layer, name) for name in names):
        return False
    became = [table.keras3_argument(layer, name) for name in names if not _is_inside(name)]
    return became == list(table.keras3_defaults(layer))[: len(became)]


def _may_vanish(layer, name):
    kept = (layer, name) == ("Embedding", "input_dim")
    return not kept and (name in GOING or name in WITHOUT.get(layer, ()))


def _is_inside(name):
    """Whether an argument is part of a tuple that another one begins."""
    size, parts = table.joined(name)
    return size is None and bool(parts)


def _named(call, names):
    places = list(table.keras3_defaults(call.layer))
    in_order, place = True, 0
    for name, argument in zip(names, call.positional, strict=False):
        if _vanishes(call, name, argument) or _is_inside(name):
            continue
        became = table.keras3_argument(call.layer, name)
        in_order &= place < len(places) and places[place] == became
        place += 1
        if not in_order:
            yield argument.renamed(became)


def _vanishes(call, name, argument):
    if name in table.INPUT:
        return (name, call.layer) != ("input_dim", "Embedding")
    if name == "forget_bias_init":
        options = call.file.options
        return selected("KI1", options.only, options.skip)
    dropped = name in table.DROPPED or UNTOLD.get(name) == call.layer
    return dropped or is_idle(call, name, argument)
