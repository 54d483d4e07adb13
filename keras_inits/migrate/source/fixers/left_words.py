"""What is left: strings that name a loss, a metric, an activation... which Keras 3 lacks."""

import re
from functools import cache

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.keras3 import named
from keras_inits.migrate.source.registry import fixer

UNKNOWN = define(
    "KI956",
    "a word that Keras 3 does not know",
    """No loss, metric, optimizer, activation, initializer, regularizer or constraint of Keras 3 has
    the name, nor has keras_inits an initializer of it.""",
    open=True,
)

#: The module whose `get` reads an argument's word, by the end of the argument's name.
READERS = {
    "activation": "activations",
    "_initializer": "initializers",
    "_regularizer": "regularizers",
    "_constraint": "constraints",
}
#: A word given to one of these, as its text tells; empty for the first of a list.
GIVEN = re.compile(rf"({'|'.join(READERS)})\s*=\s*u?[\"'\[(]([^\"']*)".encode())
COMPILE = {"loss": "losses", "optimizer": "optimizers", "metrics": "metrics"}
#: Metrics that `compile` itself makes of what the loss is.
BY_LOSS = ("accuracy", "acc", "crossentropy", "ce")
#: Where a file teaches Keras words of its own.
TAUGHT = (b"custom_object", b"register_keras_serializable")


@fixer("KI9", last=True)
def left_words(file):
    """Words that Keras 3 does not know; nothing changes.

    reported: model.compile(loss="cosine_proximity", metrics=["fmeasure"])
              Dense(8, activation="my_relu")
    """
    if any(word in file.data for word in TAUGHT):
        return
    for call in file.keras_calls:
        if not _all_known(file.data[call.start : call.node.end_byte]):
            for name, argument in call.keywords.items():
                module = next((READERS[end] for end in READERS if name.endswith(end)), None)
                yield from _argument(file, name, argument, module)
    for call in file.methods("compile"):
        for name, argument in call.keywords.items():
            yield from _argument(file, name, argument, COMPILE.get(name))


def _all_known(text):
    """Whether a call gives no words but known ones, as far as its text tells."""
    given = GIVEN.findall(text) if b"=" in text else ()
    return all(known(READERS[end.decode()], word.decode()) for end, word in given)


def _argument(file, name, argument, module):
    for node in _listed(argument.value) if module else ():
        content = content_of(node)
        if content and not known(module, file.text(content)):
            words = f"{name}={file.text(node)}: keras.{module} has none of the name"
            yield file.finding(UNKNOWN, node, words)


def _listed(value):
    return value.named_children if value.type in ("list", "tuple") else [value]


@cache
def known(module, word):
    """Whether a module of Keras 3, or keras_inits, knows a word."""
    if word in BY_LOSS and module == "metrics":
        return True
    try:
        return named(f"keras.{module}.get")(word) is not None
    except (ValueError, TypeError):
        return False
