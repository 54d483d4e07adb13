"""Constructors: every argument of a layer but its initializers."""

from functools import cache

from keras_inits.dialects.keras1.versions import DATA_FORMATS, at_least
from keras_inits.migrate.findings import define, selected
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.activations import hard_sigmoid
from keras_inits.migrate.keras1.defaults import changed_defaults
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, inserted, replaced
from keras_inits.migrate.source.full_borders import full_border
from keras_inits.migrate.source.inputs import added_to, input_arguments
from keras_inits.migrate.source.normalization_modes import mode_of, own_class
from keras_inits.migrate.source.recurrent_penalties import is_ignored, recurrent_penalty
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.word_dropouts import word_dropout

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

OUTPUT_SHAPE = define(
    "KI212",
    "the output shape of a Deconvolution2D was dropped",
    """Keras 3 works it out from the input: (n - 1) * stride + kernel size with padding='valid',
    n * stride with 'same'. Where output_shape said more, give output_padding the difference.""",
    open=True,
)

#: Values that Keras 3 spells otherwise.
VALUES = {
    "dim_ordering": DATA_FORMATS,
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
    yield from own_class(file, call)
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
    if name in mode_of(call).without:
        return True
    return text in IDLE.get(name, ()) and (call.layer, name) not in BUSY


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
        yield from word_dropout(file, call, argument)
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
    if _is_ignored(file, call, name):
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


def _is_ignored(file, call, name):
    since = table.IGNORED.get((call.layer, name))
    return since is not None and at_least(file.guess.version, since)


def _constant(argument):
    """A number that a weight starts with, as an initializer."""
    yield inserted(argument.value.start_byte, "keras.initializers.Constant(")
    yield inserted(argument.value.end_byte, ")")
    yield Import("keras")


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
            text, module = hard_sigmoid(file.options.no_dependency)
            yield replaced(node, text)
            yield Import(module)


def _defaults(file, call):
    """The old defaults that are not Keras 3's."""
    function, module = hard_sigmoid(file.options.no_dependency)
    changed = changed_defaults(call.layer, file.guess.version, function)
    wanted = {**changed, **_format(file, call)}
    given = {table.keras3_argument(call.layer, name) for name in call.bound}
    given |= mode_of(call).without
    missing = {name: text for name, text in wanted.items() if name not in given}
    if missing and call.splats:
        words = ", ".join(f"{name}={text}" for name, text in missing.items())
        yield file.finding(NOT_ADDED, call.node, f"add {words} unless the other arguments say it")
        return
    for name, text in missing.items():
        yield call.appended(name, text)
        if text == function:
            yield Import(module)
        elif text.startswith("keras."):
            yield Import("keras")
    if missing:
        words = ", ".join(f"{name}={text}" for name, text in missing.items())
        yield file.finding(DEFAULT, call.node, f"added {words}")


def _format(file, call):
    """The data_format that Keras 1 took for granted."""
    if "data_format" not in table.keras3_defaults(call.layer) or file.guess.dim_ordering == "tf":
        return {}
    flat = call.layer.endswith("1D") or call.layer == "Flatten"
    if file.guess.ordering.is_set:
        return {"data_format": '"channels_last"'} if flat else {}
    return {} if flat else {"data_format": '"channels_first"'}
