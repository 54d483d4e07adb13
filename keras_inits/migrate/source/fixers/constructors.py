"""Constructors: every argument of a layer but its initializers."""

from functools import cache

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.activations import hard_sigmoid
from keras_inits.migrate.keras1.defaults import changed_defaults
from keras_inits.migrate.source.arguments import rule_of
from keras_inits.migrate.source.edits import Import
from keras_inits.migrate.source.handed_on import handed_on
from keras_inits.migrate.source.inputs import input_arguments
from keras_inits.migrate.source.normalization_modes import mode_of, own_class
from keras_inits.migrate.source.positions import positions
from keras_inits.migrate.source.recurrent_penalties import (
    RECURRENT_PENALTY,
    is_ignored,
    recurrent_penalty,
)
from keras_inits.migrate.source.registry import fixer

ABSENT = define(
    "KI201",
    "a layer that Keras 3 lacks",
    "No layer of Keras 3 does the same, so the call was left; the message says what may do.",
    open=True,
)
DEFAULT = define(
    "KI203",
    "a default that changed was made explicit",
    "The old layer's default is not Keras 3's, so the argument was added.",
)
NOT_ADDED = define(
    "KI204",
    "a default that changed may be missing",
    """The call has arguments that cannot be followed (`*args`, `**kwargs`), so a default that
    changed was not added.""",
    open=True,
)
BY_POSITION = define(
    "KI206",
    "positional arguments that cannot be read",
    "The arguments fit no constructor of the version, so the call was left.",
    open=True,
)


@fixer("KI2")
def constructors(file):
    """Every argument of a layer but its initializers.

    before: Convolution2D(32, 3, 3, border_mode='same', W_regularizer=l2(.01), dim_ordering='th')
    after:  Conv2D(32, (3, 3), padding='same', kernel_regularizer=l2(.01),
                   data_format='channels_first')
    """
    era = file.guess.era
    for call in [*file.layer_calls, *file.partials] if era != "keras2" else ():
        if era == "keras1" or (era == "mixed" and call.legacy):
            yield from _layer(file, call)
        elif era == "unknown" and not call.keywords.keys().isdisjoint(table.INPUT):
            # What Keras 2 took as Keras 1 did, and Keras 3 refuses.
            yield from input_arguments(file, call)


def _layer(file, call):
    instead = table.absent(call.layer, file.options.no_dependency)
    if instead:
        words = f"Keras 3 has no {call.layer}: {instead}"
        yield file.finding(ABSENT, call.node, words)
        return
    if call.layer == "Merge" or (call.signature is None and call.layer not in table.PLAIN):
        return
    if call.signature and not call.modern and not call.readable:
        if file.is_original:
            yield file.finding(BY_POSITION, call.node, f"positional arguments of {call.layer}")
        return
    if mode_of(call).name:
        yield from own_class(file, call)
    for one in [call, *handed_on(file, call)]:
        if one.positional and one.signature and not one.modern and one.readable:
            yield from positions(one)
        yield from _arguments(file, one)
    wanted = _wanted(file, call) if file.guess.era == "keras1" and not call.modern else ()
    if wanted:
        yield from _defaults(file, call, wanted)


def _arguments(file, call):
    ignored, version = is_ignored(file, call), file.guess.version
    for name, argument in call.bound.items():
        rule = rule_of(call.layer, name, version)
        if (rule.look or rule.became != name) and not (ignored and name == RECURRENT_PENALTY):
            yield from rule.applied(file, call, name, argument)
    if ignored:
        yield from recurrent_penalty(file, call)
    if not call.bound.keys().isdisjoint(table.INPUT):
        yield from input_arguments(file, call)


def _wanted(file, call):
    """What Keras 1 took for granted and Keras 3 does not: name -> text."""
    ordering, no_dependency = file.guess.ordering, file.options.no_dependency
    taken = (ordering.word, ordering.is_set)
    return _granted(call.layer, file.guess.version, no_dependency, *taken)


@cache
def _granted(layer, version, no_dependency, ordering, is_set):
    changed = changed_defaults(layer, version, hard_sigmoid(no_dependency)[0])
    return {**changed, **_format(layer, ordering, is_set)}


def _defaults(file, call, wanted):
    """The old defaults that are not Keras 3's."""
    given = {table.keras3_argument(call.layer, name) for name in call.bound}
    given |= mode_of(call).without
    missing = {name: text for name, text in wanted.items() if name not in given}
    words = ", ".join(f"{name}={text}" for name, text in missing.items())
    if missing and call.splats:
        yield file.finding(NOT_ADDED, call.node, f"add {words} unless the other arguments say it")
        return
    for name, text in missing.items():
        yield call.appended(name, text)
        yield from map(Import, _imports(text, file.options.no_dependency))
    if missing:
        yield file.finding(DEFAULT, call.node, f"added {words}")


def _imports(text, no_dependency):
    function, module = hard_sigmoid(no_dependency)
    if text == function:
        return [module]
    return ["keras"] if text.startswith("keras.") else []


def _format(layer, ordering, is_set):
    if "data_format" not in table.keras3_defaults(layer) or ordering == "tf":
        return {}
    flat = layer.endswith("1D") or layer == "Flatten"
    if is_set:
        return {"data_format": '"channels_last"'} if flat else {}
    return {} if flat else {"data_format": '"channels_first"'}
