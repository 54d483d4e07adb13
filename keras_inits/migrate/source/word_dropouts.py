"""The Embedding's dropout, of whole words, as a layer behind it."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, inserted
from keras_inits.migrate.source.inputs import added_to

WORD_DROPOUT = define(
    "KI210",
    "the dropout of an Embedding became a layer",
    """Keras 1 dropped words of the vocabulary, for the whole batch; the Dropout layer drops words
    where they stand, each by itself, with the same probability. Until 0.3.3 the words that stayed
    were not enlarged in training, and all were reduced when it predicted: the Rescaling layer
    does that.""",
)

#: The first release whose Embedding enlarged the words that stayed.
ENLARGED_SINCE = "1.0.0"
#: What can stand behind a minus as it is.
OPERANDS = ("integer", "float", "identifier", "attribute", "call", "subscript")


def word_dropout(file, call, dropout):
    """Edits that drop words in a layer behind the Embedding.

    before: model.add(Embedding(100, 8, dropout=0.2))
    after:  model.add(Embedding(100, 8))
            model.add(keras.layers.Dropout(0.2, noise_shape=(None, None, 1)))
    """
    added = added_to(file, call.node)
    layer = f"{file.keras}.layers.Dropout({file.text(dropout.value)}, noise_shape=(None, None, 1))"
    early = not at_least(file.guess.version, ENLARGED_SINCE)
    behind = rescaling(file, added, dropout.value) if early else ""
    yield dropout.removed()
    yield inserted(added.end, f"{added.line_end}{added.receiver}({layer}){behind}")
    yield Import("keras")
    words = "words drop out place by place; Keras 1 dropped a word everywhere in the batch"
    yield file.finding(WORD_DROPOUT, dropout.element, words)


def rescaling(file, added, rate):
    """The line that multiplies by 1 - rate behind what is added to a model."""
    text = file.text(rate)
    kept = text if rate.type in OPERANDS else f"({text})"
    return f"{added.line_end}{added.receiver}({file.keras}.layers.Rescaling(1 - {kept}))"
