"""Dropout of Keras 0.1 and 0.2, which reduced what it gave when it predicted."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, inserted
from keras_inits.migrate.source.inputs import added_to
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.word_dropouts import rescaling

RESCALED = define(
    "KI221",
    "a Dropout that reduced what it gave",
    """Until 0.2.0, Dropout did not enlarge what it kept in training, and multiplied everything by
    1 - p when it predicted. Keras 3's enlarges instead; the Rescaling layer behind it makes both
    what they were, so that the layers above start with what they were given then.""",
)
NOT_RESCALED = define(
    "KI222",
    "a Dropout that reduced what it gave, which was left",
    """Until 0.2.0, Dropout did not enlarge what it kept in training, and multiplied everything by
    1 - p when it predicted. Put keras.layers.Rescaling(1 - p) behind it to have both again.""",
    open=True,
)

#: The first release whose Dropout enlarged what it kept.
ENLARGED_SINCE = "0.3.0"


@fixer("KI2")
def early_dropouts(file):
    """Dropout until 0.2.0, with what it multiplied by.

    before: model.add(Dropout(0.2))
    after:  model.add(Dropout(0.2))
            model.add(keras.layers.Rescaling(1 - 0.2))

    Source: keras/layers/core.py, Dropout (0.2.0 and 0.3.0).
    """
    if not file.is_original or file.guess.era != "keras1":
        return
    if at_least(file.guess.version, ENLARGED_SINCE):
        return
    for call in file.layer_calls:
        if call.layer == "Dropout" and "p" in call.bound:
            yield from _rescaled(file, call, call.bound["p"])


def _rescaled(file, call, rate):
    added = added_to(file, call.node)
    words = f"Keras {file.guess.version} multiplied by 1 - {file.text(rate.value)} to predict"
    if added is None:
        yield file.finding(NOT_RESCALED, call.node, words)
        return
    line = rescaling(file, added, rate.value)
    if not file.data.startswith(line.encode(), added.end):
        yield inserted(added.end, line)
        yield Import("keras")
        yield file.finding(RESCALED, call.node, words)
