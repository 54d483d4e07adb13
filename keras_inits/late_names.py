"""Names that a saved model may hold, whose room is imported only when a file asks for one."""

import importlib

import keras

from keras_inits.core.registry import PACKAGE

#: The rooms that stay closed until then, and the classes of each that a model can be saved with.
LATE = {
    "keras_inits.migrate.keras1.layers": (
        "BatchNormalizationMode1",
        "BatchNormalizationMode2",
        "CosineMerge",
        "Highway",
        "LRN2D",
        "LocallyConnected1D",
        "LocallyConnected2D",
        "MaskedAdd",
        "MaskedAverage",
        "MaskedConcatenate",
        "MaskedMultiply",
        "MaxoutDense",
        "PaddedPooling",
        "ParametricSoftplus",
        "SReLU",
        "ThresholdedLinear",
        "TimeDistributedMerge",
    ),
}


class LateClass:
    """Stands for a class until its room is imported, which registers the class itself.

    Keras finds it under the registered name of a saved object, and asks it for no more than
    `from_config`.
    """

    def __init__(self, room, name):
        self.room = room
        self.name = name

    def from_config(self, config):
        """The object of the class itself; the import is the room's registration."""
        return getattr(importlib.import_module(self.room), self.name).from_config(config)

    def __repr__(self):
        return f"<{self.room}.{self.name}, not imported yet>"


def register():
    """Makes the names known to Keras, leaving alone those whose class is registered already."""
    for room, names in LATE.items():
        for name in names:
            registered = f"{PACKAGE}>{name}"
            keras.saving.get_custom_objects().setdefault(registered, LateClass(room, name))
