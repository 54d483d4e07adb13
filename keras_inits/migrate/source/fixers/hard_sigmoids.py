"""The function hard_sigmoid of keras.activations, whose values are others in Keras 3."""

from itertools import chain

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.activations import hard_sigmoid
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer

GIVEN = define(
    "KI216",
    "an activation that a function or layer of the file is given",
    """The name may come from another file. In Keras 3, 'hard_sigmoid' is another function: give
    keras_inits.migrate.keras1.keras1_hard_sigmoid.""",
)

ROOM = "keras.activations"
NAME = "hard_sigmoid"


@fixer("KI2")
def hard_sigmoids(file):
    """The function hard_sigmoid of keras.activations.

    before: Activation(activations.hard_sigmoid)
            self.activation = activations.get("hard_sigmoid")
            def __init__(self, gate="hard_sigmoid"):
                self.gate = activations.get(gate)
    after:  Activation(keras_inits.migrate.keras1.keras1_hard_sigmoid)
            self.activation = keras_inits.migrate.keras1.keras1_hard_sigmoid
            def __init__(self, gate=keras_inits.migrate.keras1.keras1_hard_sigmoid):
                self.gate = activations.get(gate)
    """
    if file.guess.era != "keras1" or NAME not in file.words:
        return
    text, module = hard_sigmoid(file.options.no_dependency)
    got = [call.positional[0].value for call in file.calls_of({f"{ROOM}.get"}) if call.positional]
    followed = {value: _named(file, value) for value in got}
    for node in [*_mentioned(file), *chain.from_iterable(followed.values())]:
        # A lambda that is called needs brackets.
        yield replaced(node, f"({text})" if text.startswith("lambda") else text)
        yield Import(module)
    for value, found in followed.items():
        if found and value.type == "identifier":
            yield file.finding(GIVEN, value, f"activations.get({file.text(value)})")


def _mentioned(file):
    """What stands for the function by itself: its name, an attribute."""
    wanted = f"{ROOM}.{NAME}"
    for entry in file.names.imported:
        if entry.origin == wanted and file.names.meaning(entry.local) == wanted:
            yield from file.meant(entry.local)
    yield from (node for node in file.keras_attributes if file.names.resolve(node) == wanted)


def _named(file, value):
    """The literals that name the function for `activations.get`; its call, if it has the name."""
    contents = [(node, content_of(node)) for node in file.sources(value) or ()]
    found = [node for node, content in contents if content and file.text(content) == NAME]
    return [value.parent.parent] if found == [value] else found
