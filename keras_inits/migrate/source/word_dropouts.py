"""The Embedding's dropout, of whole words, as a layer behind it."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, inserted
from keras_inits.migrate.source.inputs import added_to

WORD_DROPOUT = define(
    "KI210",
    "the dropout of an Embedding became a layer",
    """Keras 1 dropped words of the vocabulary, for the whole batch; the Dropout layer drops words
    where they stand, each by itself, with the same probability.""",
)


def word_dropout(file, call, dropout):
    """Edits that drop words in a layer behind the Embedding.

    before: model.add(Embedding(100, 8, dropout=0.2))
    after:  model.add(Embedding(100, 8))
            model.add(keras.layers.Dropout(0.2, noise_shape=(None, None, 1)))
    """
    added = added_to(file, call.node)
    layer = f"{file.keras}.layers.Dropout({file.text(dropout.value)}, noise_shape=(None, None, 1))"
    yield dropout.removed()
    yield inserted(added.end, f"{added.line_end}{added.receiver}({layer})")
    yield Import("keras")
    words = "words drop out place by place; Keras 1 dropped a word everywhere in the batch"
    yield file.finding(WORD_DROPOUT, dropout.element, words)
