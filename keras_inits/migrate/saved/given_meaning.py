"""Where a Keras 3 model that a user wrote means something else than the old one, shapes or not."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.errors import MigrationError

__all__ = ["check_channels", "check_padding", "is_moved"]

#: The layers that Theano padded in a way of its own.
CONVOLUTIONS = (
    *(keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D),
    *(keras.layers.Conv2DTranspose, keras.layers.ConvLSTM2D),
)

#: The batch, two axes of space and one of channels.
IMAGE_RANK = 4

#: Layers of channels-first models whose meaning depends on where the channels stand.
ORDERED = (keras.layers.Flatten, keras.layers.Reshape, keras.layers.Permute)


def check_channels(model, fitting):
    """Raises MigrationError where a channels-first model would be flattened in another order."""
    layers = list(model._flatten_layers())
    moving = [layer.name for layer in layers if _moves_channels(layer)]
    if moving:
        raise MigrationError(
            f"{', '.join(moving)}: Keras 1's Flatten took entries as they came, this one puts "
            f"channels last before. Say Flatten(data_format='channels_last')."
        )
    if not is_moved(layers, fitting):
        return
    ordered = [one.name for one in layers if isinstance(one, ORDERED) and _sees_images(one)]
    if ordered:
        raise MigrationError(
            f"{', '.join(ordered)}: the file's model had its channels first ('th'), the layers of "
            f"this one have them last, so that entries come in another order. Build the model "
            f"with data_format='channels_first'."
        )


def _sees_images(layer):
    """Whether an image, or what may be one, goes into a layer or comes out of it."""
    if not layer._inbound_nodes:
        return True
    return max(len(layer.input.shape), len(layer.output.shape)) >= IMAGE_RANK


def _moves_channels(layer):
    if not isinstance(layer, keras.layers.Flatten) or layer.data_format != "channels_first":
        return False
    return not layer._inbound_nodes or len(layer.input.shape) > 2


def check_padding(model, fitting):
    """Raises MigrationError where Theano's 'same' padding was another than Keras 3's."""
    if any(one.backend != "theano" for one in fitting):
        return
    # In three dimensions, Keras padded by itself until 1.1.2, as TensorFlow does.
    late = at_least(fitting[-1].version, "1.1.2")
    for layer in model._flatten_layers():
        sides = _theano_sides(layer) if late or not isinstance(layer, keras.layers.Conv3D) else None
        if sides is not None:
            raise MigrationError(
                f"{layer.name}: Theano padded 'same' by {sides} along each axis, before and "
                f"after, whatever the strides; Keras 3 pads otherwise here. Put a ZeroPadding "
                f"layer before it and say padding='valid' (for a transposed one, a Cropping "
                f"layer after it)."
            )


def _theano_sides(layer):
    """How Theano padded a 'same' convolution, if Keras 3 aligns it otherwise; else None."""
    if not isinstance(layer, CONVOLUTIONS) or layer.padding != "same":
        return None
    pairs = zip(layer.kernel_size, layer.dilation_rate, strict=True)
    sizes = [(size - 1) * rate + 1 for size, rate in pairs]
    if all(size % 2 for size in sizes) and all(step == 1 for step in layer.strides):
        return None
    return tuple((size // 2, (size - 1) // 2) for size in sizes)


def is_moved(layers, fitting):
    """Whether the channels were first in the file and are last in these layers."""
    last = [one for one in _spatial(layers) if getattr(one, "data_format", "") == "channels_last"]
    return not all(map(_is_turned_to, last)) and all(one.dim_ordering == "th" for one in fitting)


def _spatial(layers):
    return [layer for layer in layers if len(getattr(layer, "kernel_size", ())) > 1]


def _is_turned_to(layer):
    """Whether a Permute puts the channels last just before a layer, in a channels-first model."""
    tensors = [tensor for node in layer._inbound_nodes for tensor in node.input_tensors]
    before = [tensor._keras_history.operation for tensor in tensors]
    return any(isinstance(one, keras.layers.Permute) and one.dims[-1] == 1 for one in before)
