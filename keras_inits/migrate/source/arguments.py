"""Arguments of layers: what becomes of each in Keras 3, those of the initializers left out."""

from functools import lru_cache
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.argument_words import NO_EQUIVALENT, WORDED, words_of
from keras_inits.migrate.source.edits import Import, inserted
from keras_inits.migrate.source.inputs import added_to
from keras_inits.migrate.source.normalization_modes import WITHOUT, mode_of
from keras_inits.migrate.source.word_dropouts import word_dropout

DROPPED = define(
    "KI205",
    "an argument was dropped",
    "Keras 3 works out by itself what the argument said, or cannot do it: the message says which.",
)
OUTPUT_SHAPE = define(
    "KI212",
    "the output shape of a Deconvolution2D was dropped",
    """Keras 3 works it out from the input: (n - 1) * stride + kernel size with padding='valid',
    n * stride with 'same'. Where output_shape said more, give output_padding the difference.""",
    open=True,
)

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


class Rule(NamedTuple):
    """What becomes of an argument: its name in Keras 3, and who looks at its value, if anyone."""

    became: str
    look: object = None

    def applied(self, file, call, name, argument):
        """What there is to do with an argument."""
        renamed = self.became != name and argument.name
        looked = self.look(file, call, name, argument) if self.look else ()
        return [argument.renamed(self.became), *looked] if renamed else looked


@lru_cache(maxsize=4096)
def rule_of(layer, name, version):
    """The Rule of an argument by the name that Keras 1 gave it."""
    if name in table.inits(layer) or (name in table.INPUT and layer != "Embedding"):
        return Rule(name)
    if name in table.DROPPED:
        return Rule(name, _dropped)
    if name in IDLE or name in WITHOUT.get(layer, ()):
        return Rule(name, _unless_idle)
    return _rule_of_busy(layer, name, version)


@lru_cache(maxsize=4096)
def _rule_of_busy(layer, name, version):
    if (layer, name) == ("Embedding", "dropout"):
        return Rule(name, _of_words)
    if _advice(layer, name) and (name, layer) != ("weights", "Embedding"):
        return Rule(name, _gone)
    if table.joined(name).parts:
        return Rule(name, _join)
    if UNTOLD.get(name) == layer:
        return Rule(name, _untold)
    if (layer, name) in table.IGNORED and at_least(version, table.IGNORED[layer, name]):
        return Rule(name, _ignored)
    became = table.keras3_name(layer, name)
    if (layer, name) in table.CONSTANTS:
        return Rule(became, _constant)
    return Rule(became, words_of if name in WORDED else None)


def is_idle(call, name, argument):
    """Whether an argument may go: it says what Keras 3 does, or nothing in this mode."""
    if name in mode_of(call).without:
        return True
    text = call.file.text(argument.value)
    return text in IDLE.get(name, ()) and (call.layer, name) not in BUSY


def _said(file, name, argument, words):
    return f"{name}={file.text(argument.value)[:40]}: {words}"


def _dropped(file, call, name, argument):
    yield argument.removed()
    if name in MISSED and not is_idle(call, name, argument):
        words = _said(file, name, argument, MISSED[name])
        yield file.finding(DROPPED, argument.element, words)


def _unless_idle(file, call, name, argument):
    if is_idle(call, name, argument):
        yield argument.removed()
    else:
        rule = _rule_of_busy(call.layer, name, file.guess.version)
        yield from rule.applied(file, call, name, argument)


def _advice(layer, name):
    return GONE.get((layer, name)) or GONE.get(("*", name))


def _gone(file, call, name, argument):
    words = _said(file, name, argument, _advice(call.layer, name))
    yield file.finding(NO_EQUIVALENT, argument.element, words)


def _of_words(file, call, name, argument):
    dropout = added_to(file, call.node)
    yield from (
        word_dropout(file, call, argument) if dropout else _gone(file, call, name, argument)
    )


def _untold(file, call, name, argument):
    yield argument.removed()
    words = _said(file, name, argument, "compare the layer's output")
    yield file.finding(OUTPUT_SHAPE, argument.element, words)


def _ignored(file, call, name, argument):
    yield argument.removed()
    yield file.finding(DROPPED, argument.element, f"Keras {file.guess.version} ignored {name}")


def _constant(file, call, name, argument):
    """A number that a weight starts with, as an initializer."""
    yield inserted(argument.value.start_byte, "keras.initializers.Constant(")
    yield inserted(argument.value.end_byte, ")")
    yield Import("keras")


def _join(file, call, name, argument):
    """Rows and columns as one size."""
    size, parts = table.joined(name)
    given = [call.bound.get(part) for part in parts]
    if not all(given):
        if size:
            yield file.finding(NO_EQUIVALENT, argument.element, f"{name} without the other sizes")
    elif all(one.name is None for one in given):
        if size:
            yield inserted(given[0].value.start_byte, "(")
            yield inserted(given[-1].value.end_byte, ")")
    elif size is None:
        yield argument.removed()
    else:
        text = f"({', '.join(file.text(one.value) for one in given)})"
        yield argument.become(text if argument.name is None else argument.respelled(size, text))
