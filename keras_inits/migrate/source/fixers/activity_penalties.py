"""Penalties of activities: what Keras 1 summed over the batch, Keras 3 averages."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.registry import fixer

SUMMED = define(
    "KI214",
    "an activity penalty that was summed over the batch",
    """Since 1.0.7, Keras 1 added up the penalties of all samples of a batch; Keras 3 (not yet 3.3)
    divides the sum by their number. Multiply the factor by the batch size to weigh it as before.
    """,
    open=True,
)

#: The release that began to sum; until then the penalty was averaged, as in Keras 3.
SUMMED_SINCE = "1.0.7"
ARGUMENT = "activity_regularizer"
LAYER = "ActivityRegularization"


@fixer("KI2")
def activity_penalties(file):
    """Penalties of activities; nothing changes.

    reported: Dense(8, init="normal", activity_regularizer=activity_l2(0.01))
    """
    if not file.is_original or file.guess.era != "keras1":
        return
    if file.words.isdisjoint((ARGUMENT, LAYER)):
        return
    if not at_least(file.guess.version, SUMMED_SINCE):
        return
    for call in file.layer_calls:
        given = call.bound.get(ARGUMENT)
        if call.layer == LAYER or (given and given.value.type != "none"):
            words = f"Keras {file.guess.version} did not divide it by the batch size"
            yield file.finding(SUMMED, given.element if given else call.node, words)
