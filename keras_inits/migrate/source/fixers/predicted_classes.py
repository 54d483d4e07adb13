"""predict_classes, which Keras 3's models lack."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.losses import losses_of
from keras_inits.migrate.source.registry import fixer

CLASSES = define(
    "KI505",
    "predict_classes of a model whose loss cannot be read",
    """Write model.predict(x).argmax(axis=-1) for one output for each class, and
    (model.predict(x) > 0.5).astype("int32") for a single output.""",
    open=True,
)

#: Losses of models that give one number for each class.
OF_CLASSES = frozenset(("categorical_crossentropy", "sparse_categorical_crossentropy"))
OF_ONE = {"binary_crossentropy"}


@fixer("KI5")
def predicted_classes(file):
    """predict_classes, by the loss of the model.

    before: labels = model.predict_classes(x)
    after:  labels = model.predict(x).argmax(axis=-1)
    """
    if file.guess.era == "keras2":
        return
    for call in file.methods("predict_classes"):
        yield _classes(file, call)


def _classes(file, call):
    owner = call.function.child_by_field_name("object")
    losses = set(losses_of(file, owner))
    predicted = f"{file.text(owner)}.predict{file.text(call.container)}"
    if losses and losses <= OF_CLASSES:
        return replaced(call.node, f"{predicted}.argmax(axis=-1)")
    if losses == OF_ONE:
        return replaced(call.node, f'({predicted} > 0.5).astype("int32")')
    return file.finding(CLASSES, call.node, file.text(call.node)[:60])
