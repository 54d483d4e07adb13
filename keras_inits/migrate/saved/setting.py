"""What the conversion of one file goes by."""

from typing import NamedTuple

from keras_inits.migrate.saved.description import Circumstances

__all__ = ["Setting"]


class Setting(NamedTuple):
    """What the layers of one file share.

    `supplied` maps names of layers, classes and functions to what the user gave for them, `shapes`
    names of arrays ("prelu_1_alphas") to their shapes; `findings` is added to. `masks` says
    whether any layer of the file makes masks.
    """

    circumstances: Circumstances
    supplied: dict
    shapes: dict
    findings: list
    masks: bool = False
