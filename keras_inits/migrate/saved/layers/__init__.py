"""Layers of Keras 0.1.3 to 1.2.2 as layers of Keras 3, by the name of their class."""

from keras_inits.migrate.saved.layers import (
    absent,
    convolutions,
    dense,
    images,
    plain,
    pooling,
    recurrent,
)
from keras_inits.migrate.saved.layers.given import Given
from keras_inits.migrate.saved.layers.merging import merge
from keras_inits.migrate.saved.layers.others import function, supplied

__all__ = ["made", "merged"]

LAYERS = {
    **absent.LAYERS,
    **convolutions.LAYERS,
    **dense.LAYERS,
    **images.LAYERS,
    **plain.LAYERS,
    **pooling.LAYERS,
    **recurrent.LAYERS,
    "Lambda": function,
}


def made(layer, setting, input_shape):
    """The layers of Keras 3 that do what one of Keras 1 did, one after the other.

    Args:
        layer: a Layer without others within.
        setting: a Setting.
        input_shape: the shape of its input, batch axis included; None if not known.

    Raises:
        MigrationError: for a layer that is not known, or does what nothing in Keras 3 does.
    """
    given = Given(layer, setting, input_shape)
    found = given.supplied(layer.original if layer.kind not in LAYERS else "") or given.supplied(
        layer.kind
    )
    if found is not None:
        return supplied(given, found)
    if layer.kind not in LAYERS:
        raise given.refusal(
            "no layer of Keras 0.1.3 to 1.2.2, but its author's. Supply it: "
            f"custom_objects={{{layer.kind!r}: class}}."
        )
    try:
        layers = LAYERS[layer.kind](given)
    except (TypeError, ValueError) as error:
        raise _refused(given, error) from error
    given.check_read()
    return layers


def merged(layer, setting, shapes):
    """The layers that do what a Merge of tensors of these shapes did."""
    given = Given(layer, setting)
    try:
        layers = merge(given, shapes)
    except (TypeError, ValueError) as error:
        raise _refused(given, error) from error
    given.check_read()
    return layers


def _refused(given, error):
    """The error itself, if it says who; else as the layer's."""
    if given.name in str(error):
        return type(given.refusal(""))(str(error))
    return given.refusal(f"its configuration is not taken: {error}")
