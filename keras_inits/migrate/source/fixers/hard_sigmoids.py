"""The function hard_sigmoid of keras.activations, whose values are others in Keras 3."""

from keras_inits.migrate.keras1.activations import hard_sigmoid
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer

ROOM = "keras.activations"
NAME = "hard_sigmoid"


@fixer("KI2")
def hard_sigmoids(file):
    """The function hard_sigmoid of keras.activations.

    before: Activation(activations.hard_sigmoid)
            self.activation = activations.get("hard_sigmoid")
    after:  Activation(keras_inits.migrate.keras1.keras1_hard_sigmoid)
            self.activation = keras_inits.migrate.keras1.keras1_hard_sigmoid
    """
    if file.guess.era != "keras1" or NAME not in file.words:
        return
    text, module = hard_sigmoid(file.options.no_dependency)
    for node in _mentioned(file):
        # A lambda that is called needs brackets.
        yield replaced(node, f"({text})" if text.startswith("lambda") else text)
        yield Import(module)


def _mentioned(file):
    """What stands for the function: its name, an attribute, a call of `activations.get`."""
    wanted = f"{ROOM}.{NAME}"
    for entry in file.names.imported:
        if entry.origin == wanted and file.names.meaning(entry.local) == wanted:
            yield from file.meant(entry.local)
    yield from (node for node in file.keras_attributes if file.names.resolve(node) == wanted)
    for call in file.calls_of({f"{ROOM}.get"}):
        content = content_of(call.positional[0].value) if call.positional else None
        if content is not None and file.text(content) == NAME:
            yield call.node
