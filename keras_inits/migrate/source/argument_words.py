"""Words of arguments: those that Keras 3 spells otherwise, or means otherwise."""

from keras_inits.dialects.keras1.versions import DATA_FORMATS
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.activations import hard_sigmoid
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.full_borders import full_border

NO_EQUIVALENT = define(
    "KI202",
    "an argument without an equivalent",
    "Keras 3 has no such argument, or not with this value, so it was left as it is.",
    open=True,
)
#: Values that Keras 3 spells otherwise.
VALUES = {
    "dim_ordering": DATA_FORMATS,
    "activation": {"time_distributed_softmax": "softmax"},
    "W_constraint": {"maxnorm": "max_norm", "nonneg": "non_neg", "unitnorm": "unit_norm"},
}
#: The activation of Keras 1 that is another function in Keras 3, and the arguments that take it.
HARD_SIGMOID = "hard_sigmoid"
ACTIVATIONS = ("activation", "inner_activation")
#: Arguments whose words matter, with the words that do.
WORDED = {
    **{name: frozenset(words) for name, words in VALUES.items()},
    **{name: frozenset((HARD_SIGMOID, *VALUES.get(name, ()))) for name in ACTIVATIONS},
    "border_mode": frozenset(("full",)),
}


def words_of(file, call, name, argument):
    """Words that Keras 3 spells otherwise, wherever the value comes from."""
    is_other = _is_other(file, argument.value, WORDED[name])
    return () if is_other else _respelled(file, call, name, argument)


def _respelled(file, call, name, argument):
    for node in file.sources(argument.value) or ():
        content = content_of(node)
        word = file.text(content) if content is not None else None
        if word in VALUES.get(name, ()):
            yield replaced(content, VALUES[name][word])
        elif word == HARD_SIGMOID and name in ACTIVATIONS:
            text, module = hard_sigmoid(file.options.no_dependency)
            yield replaced(node, text)
            yield Import(module)
        elif word in WORDED[name]:
            yield from _full(file, call, argument, node, content)


def _is_other(file, value, words):
    """Whether a value is a string of no prefix and not one of some words, as its text tells."""
    if value.type != "string":
        return False
    text = file.text(value)
    return text[0] in "\"'" and text.strip("\"'") not in words


def _full(file, call, argument, node, content):
    padded = full_border(file, call, content) if node == argument.value else None
    words = "border_mode='full': pad the input by ZeroPadding layers, then padding='valid'"
    yield from padded or [file.finding(NO_EQUIVALENT, argument.element, words)]
