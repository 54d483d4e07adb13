"""Constructors: every argument of a layer but its initializers."""

from functools import cache
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define, selected
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.activations import HARD_SIGMOID, HARD_SIGMOID_ALONE
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, inserted, replaced
from keras_inits.migrate.source.full_borders import full_border
from keras_inits.migrate.source.inputs import added_to, input_arguments
from keras_inits.migrate.source.recurrent_penalties import is_ignored, recurrent_penalty
from keras_inits.migrate.source.registry import fixer

ABSENT = define(
    "KI201",
    "a layer that Keras 3 lacks",
    "No layer of Keras 3 does the same, so the call was left; the message says what may do.",
    open=True,
)
NO_EQUIVALENT = define(
    "KI202",
    "an argument without an equivalent",
    "Keras 3 has no such argument, or not with this value, so it was left as it is.",
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
DROPPED = define(
    "KI205",
    "an argument was dropped",
    "Keras 3 works out by itself what the argument said, or cannot do it: the message says which.",
)
BY_POSITION = define(
    "KI206",
    "positional arguments that cannot be read",
    "The arguments fit no constructor of the version, so the call was left.",
    open=True,
)

WORD_DROPOUT = define(
    "KI210",
    "the dropout of an Embedding became a layer",
    """Keras 1 dropped words of the vocabulary, for the whole batch; the Dropout layer drops words
    where they stand, each by itself, with the same probability.""",
)

OUTPUT_SHAPE = define(
    "KI212",
    "the output shape of a Deconvolution2D was dropped",
    """Keras 3 works it out from the input: (n - 1) * stride + kernel size with padding='valid',
    n * stride with 'same'. Where output_shape said more, give output_padding the difference.""",
    open=True,
)

#: Settings that Keras 3 has otherwise by default, and Keras 1 had no argument for.
FIXED = {"GRU": {"reset_after": "False"}}
#: Values that Keras 3 spells otherwise.
VALUES = {
    "dim_ordering": {"th": "channels_first", "tf": "channels_last"},
    "activation": {"time_distributed_softmax": "softmax"},
    "W_constraint": {"maxnorm": "max_norm", "nonneg": "non_neg", "unitnorm": "unit_norm"},
}
ACTIVATIONS = ("activation", "inner_activation")
#: Arguments whose words matter.
WORDED = frozenset((*VALUES, *ACTIVATIONS, "border_mode"))
#: Arguments that may go where they say what Keras 3 does anyway.
IDLE = {
    "mode": ("0",),
    "dim_ordering": ("'default'", '"default"'),
    "dropout": ("0", "0.", "0.0"),
    "beta": ("0.1",),
    "truncate_gradient": ("-1",),
    "ignore_border": ("True",),
    "weights": ("None",),
}
#: Where a word of IDLE says something after all.
BUSY = {("LRN2D", "beta")}
#: Arguments that were taken and ignored from a version on.
IGNORED = {("Highway", "transform_bias"): "1.2.0"}
#: Arguments that go though they said something.
MISSED = {"truncate_gradient": "Keras 3 goes back through the whole sequence"}
#: Arguments that follow from the others in Keras 3.
UNTOLD = {"output_shape": "Deconvolution2D"}
#: Arguments that Keras 3 lacks in the layers of Keras 1 that had them, and what to do instead.
GONE = {
    ("BatchNormalization", "mode"): "Keras 3 has mode 0 alone, the statistics of every feature",
    ("Embedding", "dropout"): "put a SpatialDropout1D behind the layer",
    ("*", "weights"): "call set_weights on the built layer",
    ("*", "ignore_border"): "padding='same' keeps the border",
}


class Mode(NamedTuple):
    """A mode of BatchNormalization: its class here, and the arguments that say nothing in it."""

    name: str | None
    without: frozenset


PLAIN_MODE = Mode(None, frozenset())
MODES = {
    "1": Mode("BatchNormalizationMode1", frozenset(["mode", "momentum", "axis"])),
    "2": Mode("BatchNormalizationMode2", frozenset(["mode", "momentum"])),
}
#: The release whose formula of both modes is the last one's.
MODES_SINCE = "1.0.6"


@fixer("KI2")
def constructors(file):
    """Every argument of a layer but its initializers.

    before: Convolution2D(32, 3, 3, border_mode='same', W_regularizer=l2(.01), dim_ordering='th')
    after:  Conv2D(32, (3, 3), padding='same', kernel_regularizer=l2(.01),
                   data_format='channels_first')
    """
    for call in file.layer_calls:
        if file.guess.era == "keras1" or (file.guess.era == "mixed" and call.legacy):
            yield from _layer(file, call)


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
    yield from _own_class(file, call)
    yield from _positions(call)
    ignored = is_ignored(file, call)
    for name, argument in call.bound.items():
        if not ignored or name != "U_regularizer":
            yield from _argument(file, call, name, argument)
    if ignored:
        yield from recurrent_penalty(file, call)
    yield from input_arguments(file, call)
    if file.guess.era == "keras1" and not call.modern:
        yield from _defaults(file, call)


def _positions(call):
    """Names for positional arguments that have another place in Keras 3, parentheses for sizes."""
    if not call.positional or not call.signature or call.modern:
        return
    places, names = list(table.keras3_defaults(call.layer)), call.signature.names
    if names == ("*",):
        yield from _tuple_of(call.positional)
        return
    in_order, place = True, 0
    for name, argument in zip(names, call.positional, strict=False):
        if _vanishes(call, name, argument):
            continue
        first, joined = _joined(name)
        if first is None and joined:
            continue
        became = table.keras3_argument(call.layer, name)
        in_order &= place < len(places) and places[place] == became
        place += 1
        if not in_order:
            yield argument.renamed(became)


def _tuple_of(arguments):
    """Reshape(1, 28, 28) as Reshape((1, 28, 28))."""
    if arguments and arguments[0].value.type != "tuple":
        yield inserted(arguments[0].value.start_byte, "(")
        yield inserted(arguments[-1].value.end_byte, ")" if len(arguments) > 1 else ",)")


def _vanishes(call, name, argument):
    if name in table.INPUT:
        return (name, call.layer) != ("input_dim", "Embedding")
    if name == "forget_bias_init":
        options = call.file.options
        return selected("KI1", options.only, options.skip)
    text = call.file.text(argument.value)
    return name in table.DROPPED or UNTOLD.get(name) == call.layer or _idle(call, name, text)


def _idle(call, name, text):
    if name in _mode(call).without:
        return True
    return text in IDLE.get(name, ()) and (call.layer, name) not in BUSY


def _mode(call):
    """The Mode of a BatchNormalization whose statistics are not Keras 3's, else PLAIN_MODE."""
    argument = call.bound.get("mode") if call.layer == "BatchNormalization" else None
    if argument is None or call.file.options.no_dependency:
        return PLAIN_MODE
    return MODES.get(call.file.text(argument.value), PLAIN_MODE)


def _own_class(file, call):
    """The class of this package that a mode of BatchNormalization became."""
    name = _mode(call).name
    if name is None:
        return
    yield replaced(call.function, f"{table.OURS}.{name}")
    yield Import(table.OURS)
    if not at_least(file.guess.version, MODES_SINCE):
        yield call.appended("version", f'"{file.guess.version}"')


@cache
def _joined(name):
    """The tuple that an argument begins, and whether it is part of one at all."""
    for first, (became, parts) in table.JOINED.items():
        if name in parts:
            return (became, parts) if name == first else (None, parts)
    return None, ()


def _argument(file, call, name, argument):
    """One argument by its Keras 1 name."""
    if name in table.inits(call.layer) or (name in table.INPUT and call.layer != "Embedding"):
        return
    text = file.text(argument.value)
    if name in table.DROPPED or _idle(call, name, text):
        yield argument.removed()
        if name in MISSED and not _idle(call, name, text):
            yield file.finding(DROPPED, argument.element, f"{name}={text[:40]}: {MISSED[name]}")
        return
    if (call.layer, name) == ("Embedding", "dropout") and added_to(file, call.node):
        yield from _word_dropout(file, call, argument)
        return
    gone = GONE.get((call.layer, name)) or GONE.get(("*", name))
    if gone and (name, call.layer) != ("weights", "Embedding"):
        yield file.finding(NO_EQUIVALENT, argument.element, f"{name}={text[:40]}: {gone}")
        return
    if _joined(name)[1]:
        yield from _join(file, call, name, argument)
        return
    if UNTOLD.get(name) == call.layer:
        yield argument.removed()
        words = f"output_shape={text[:40]}: compare the layer's output"
        yield file.finding(OUTPUT_SHAPE, argument.element, words)
        return
    if (call.layer, name) in IGNORED and at_least(file.guess.version, IGNORED[call.layer, name]):
        yield argument.removed()
        yield file.finding(DROPPED, argument.element, f"Keras {file.guess.version} ignored {name}")
        return
    became = table.keras3_name(call.layer, name)
    if argument.name and became != name:
        yield argument.renamed(became)
    if (call.layer, name) in table.CONSTANTS:
        yield from _constant(argument)
        return
    if name in WORDED:
        yield from _value(file, call, name, argument)


def _constant(argument):
    """A number that a weight starts with, as an initializer."""
    yield inserted(argument.value.start_byte, "keras.initializers.Constant(")
    yield inserted(argument.value.end_byte, ")")
    yield Import("keras")


def _word_dropout(file, call, dropout):
    """The Embedding's dropout, of whole words, as a layer behind it."""
    added = added_to(file, call.node)
    keras = file.names.local("keras") or "keras"
    layer = f"{keras}.layers.Dropout({file.text(dropout.value)}, noise_shape=(None, None, 1))"
    yield dropout.removed()
    yield inserted(added.end, f"{added.line_end}{added.receiver}({layer})")
    yield Import("keras")
    words = "words drop out place by place; Keras 1 dropped a word everywhere in the batch"
    yield file.finding(WORD_DROPOUT, dropout.element, words)


def _join(file, call, name, argument):
    """Rows and columns as one size."""
    first, parts = _joined(name)
    given = [call.bound.get(part) for part in parts]
    if not all(given):
        if first:
            yield file.finding(NO_EQUIVALENT, argument.element, f"{name} without the other sizes")
        return
    if all(one.name is None for one in given):
        if first:
            yield inserted(given[0].value.start_byte, "(")
            yield inserted(given[-1].value.end_byte, ")")
        return
    if first is None:
        yield argument.removed()
        return
    size = f"({', '.join(file.text(one.value) for one in given)})"
    yield argument.become(size if argument.name is None else argument.respelled(first, size))


def _value(file, call, name, argument):
    """Words that Keras 3 spells otherwise, wherever the value comes from."""
    for node in file.sources(argument.value) or ():
        content = content_of(node)
        if content is None:
            continue
        word = file.text(content)
        if name == "border_mode" and word == "full":
            padded = full_border(file, call, content) if node == argument.value else None
            words = "border_mode='full': pad the input by ZeroPadding layers, then padding='valid'"
            yield from padded or [file.finding(NO_EQUIVALENT, argument.element, words)]
        new = VALUES.get(name, {}).get(word)
        if new:
            yield replaced(content, new)
        elif word == "hard_sigmoid" and name in ACTIVATIONS:
            text, module = _hard_sigmoid(file)
            yield replaced(node, text)
            yield Import(module)


def _hard_sigmoid(file):
    """Keras 1's function, whose values are not those of Keras 3's string."""
    return HARD_SIGMOID_ALONE if file.options.no_dependency else HARD_SIGMOID


def _defaults(file, call):
    """The old defaults that are not Keras 3's."""
    changed = _changed(call.layer, file.guess.version, _hard_sigmoid(file)[0])
    wanted = {**changed, **FIXED.get(call.layer, {}), **_format(file, call)}
    given = {table.keras3_argument(call.layer, name) for name in call.bound}
    given |= _mode(call).without
    missing = {name: text for name, text in wanted.items() if name not in given}
    if missing and call.splats:
        words = ", ".join(f"{name}={text}" for name, text in missing.items())
        yield file.finding(NOT_ADDED, call.node, f"add {words} unless the other arguments say it")
        return
    for name, text in missing.items():
        yield call.appended(name, text)
        if text == _hard_sigmoid(file)[0]:
            yield Import(_hard_sigmoid(file)[1])
        elif text.startswith("keras."):
            yield Import("keras")
    if missing:
        words = ", ".join(f"{name}={text}" for name, text in missing.items())
        yield file.finding(DEFAULT, call.node, f"added {words}")


@cache
def _changed(layer, version, hard_sigmoid):
    """Keras 3 arguments whose default was another in the version: name -> text."""
    row = table.took(layer, version)
    return dict(
        pair
        for parameter in (row.parameters if row else ())
        for pair in _changed_default(layer, version, hard_sigmoid, parameter)
    )


def _changed_default(layer, version, hard_sigmoid, parameter):
    now = table.keras3_defaults(layer)
    name = table.keras3_argument(layer, parameter.name)
    quiet = parameter.name in table.inits(layer) or parameter.name in table.INPUT
    if quiet or parameter.default is None or name not in now:
        return
    if (layer, parameter.name) in table.CONSTANTS:
        yield from _constant_default(layer, version, name, parameter)
    elif parameter.default == "hard_sigmoid":
        yield name, hard_sigmoid
    elif not _same(parameter.default, now[name]):
        yield name, _literal(parameter.default)


def _constant_default(layer, version, name, parameter):
    ours = table.CONSTANTS[layer, parameter.name][1]
    ignored = IGNORED.get((layer, parameter.name))
    if parameter.default != ours and not (ignored and at_least(version, ignored)):
        yield name, f"keras.initializers.Constant({parameter.default!r})"


def _same(old, new):
    """Whether two defaults say the same; one number may stand for a number along each axis."""
    return old == new or (isinstance(old, tuple) and set(old) == {new})


def _literal(value):
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _format(file, call):
    """The data_format that Keras 1 took for granted."""
    if "data_format" not in table.keras3_defaults(call.layer) or file.guess.dim_ordering == "tf":
        return {}
    flat = call.layer.endswith("1D") or call.layer == "Flatten"
    if file.guess.ordering.is_set:
        return {"data_format": '"channels_last"'} if flat else {}
    return {} if flat else {"data_format": '"channels_first"'}
