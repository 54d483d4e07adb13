"""A weight of Keras 3 as the Keras 1 layer held it, and the fans that the layer's law saw."""

import math

from keras_inits.core.fans import Fans
from keras_inits.dialects.keras1.layers import ALIASES, GATED, HEEDED, weight_of
from keras_inits.dialects.keras1.versions import at_least


def keras1_axes(owner, setting, rank):
    """Letters of a weight in Keras 3's layout and in Keras 1's.

    Args:
        owner: who asks, for errors.
        setting: layer, version and dim_ordering, resolved.
        rank: the weight's rank in Keras 3.

    Raises:
        ValueError: for a rank that the layer's weight does not have.
    """
    letters = "abcdefgh"[:rank]
    if setting.layer == "function":
        return letters, letters
    row = weight_of(owner, *setting)
    if not row.keras3 or (rank == 1 and setting.layer in GATED):
        return letters, letters
    if len(row.keras3) != rank:
        raise ValueError(
            f"{owner}: a weight of {setting.layer} has rank {len(row.keras3)}, got one of rank "
            f"{rank}. Give the weight as Keras 3 stores it (as Keras 1 did where Keras 3 lacks "
            "the layer)."
        )
    return row.keras3, row.tf if setting.dim_ordering == "tf" else row.th


def keras1_shape(owner, setting, shape):
    """The shape that the Keras 1 layer handed to its initialization."""
    here, there = keras1_axes(owner, setting, len(shape))
    sizes = {**dict(zip(here, shape, strict=True)), "1": 1}
    return tuple(sizes[letter] for letter in there)


def keras1_fans(owner, setting, shape):
    """The fans that the layer's, or the bare function's, law was scaled by."""
    there = keras1_shape(owner, setting, shape)
    return get_fans(there, setting.version, heeded_ordering(setting))


def heeded_ordering(setting):
    """The dim_ordering that reached get_fans."""
    layer = ALIASES.get(setting.layer, setting.layer)
    heeded = layer == "function" or (layer in HEEDED and at_least(setting.version, "1.2.1"))
    return setting.dim_ordering if heeded else "th"


def get_fans(shape, version, dim_ordering):
    """Fans as keras/initializations.py of that version counted them, for its own layout."""
    if len(shape) == 2:
        return Fans(*shape)
    if not at_least(version, "0.3.3"):
        return Fans(math.prod(shape[1:]), shape[0])
    if len(shape) not in (4, 5):
        return Fans(math.sqrt(math.prod(shape)), math.sqrt(math.prod(shape)))
    if not at_least(version, "1.0.4"):
        # The receptive field of a convolution counted in fan_in only.
        if dim_ordering == "th":
            return Fans(math.prod(shape[1:]), shape[0])
        return Fans(math.prod(shape[:-1]), shape[-1])
    if dim_ordering == "th":
        field = math.prod(shape[2:])
        return Fans(shape[1] * field, shape[0] * field)
    # In a kernel of three dimensions, the third is left out of the receptive field.
    field = math.prod(shape[:2])
    return Fans(shape[-2] * field, shape[-1] * field)
