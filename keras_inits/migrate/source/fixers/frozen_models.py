"""Models that are frozen after they were compiled, as the discriminators of GANs are."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.registry import fixer

FROZEN = define(
    "KI511",
    "a model that is frozen after it was compiled",
    """From 1.1.0 on, a model went on training what it could train when it was compiled. In Keras 3
    the first training step decides, so that the model does not learn at all. Set trainable = True
    before its own first training step, and False before that of the model that holds it.""",
    open=True,
)

#: The first release that took the weights to train when a model was compiled.
COLLECTED_SINCE = "1.1.0"
THAWING = "True"


@fixer("KI5")
def frozen_models(file):
    """Models that are frozen after they were compiled; nothing changes.

    reported: discriminator.compile("adam", "mse")
              discriminator.trainable = False
    """
    if not file.is_original or "trainable" not in file.words or _is_late(file):
        return
    compiled = {}
    for call in file.methods("compile"):
        compiled.setdefault(_owner(file, call.function), []).append(call.start)
    for label in file.uses("trainable") if compiled else ():
        changed = _assignment(label)
        if changed is None or file.text(changed.child_by_field_name("right")) == THAWING:
            continue
        model = _owner(file, label.parent)
        if model in compiled and compiled[model][-1] < label.start_byte:
            words = f"{model} was compiled before, and would not train in Keras 3"
            yield file.finding(FROZEN, changed, words)


def _is_late(file):
    """Whether the release took the weights to train with the first step, or is Keras 3."""
    guess = file.guess
    return guess.era != "keras1" or not at_least(guess.version, COLLECTED_SINCE)


def _owner(file, attribute):
    return file.text(attribute.child_by_field_name("object"))


def _assignment(label):
    """The assignment to the attribute that a name is of, or None."""
    attribute = label.parent
    node = attribute.parent
    is_left = node.type == "assignment" and node.start_byte == attribute.start_byte
    return node if attribute.type == "attribute" and is_left else None
