"""The kernels of convolutions in Keras 3's order of axes, and turned round where Theano was.

Theano's convolutions turn the kernel by 180 degrees in space, TensorFlow's and Keras 3's do not
(keras/backend/theano_backend.py: T.nnet.conv2d and conv3d, AbstractConv2d_gradInputs with
filter_flip=True, conv3d2d.conv3d; LocallyConnected is a product of matrices on both).
"""

import numpy as np

from keras_inits.dialects.keras1.layers import weight_of
from keras_inits.dialects.keras1.versions import at_least, default_ordering
from keras_inits.migrate.errors import MigrationError

__all__ = ["CONVOLUTIONS", "TURNED", "kernel", "moved", "ordering"]

#: The layers whose kernels Theano turned round.
TURNED = {
    "Convolution1D",
    "AtrousConvolution1D",
    "Convolution2D",
    "AtrousConvolution2D",
    "Deconvolution2D",
    "Convolution3D",
    "ConvLSTM2D",
}
CONVOLUTIONS = TURNED | {"SeparableConvolution2D"}

#: Axes of a kernel that are no space.
CHANNELS = "io"


def kernel(layer, array, circumstances, shape):
    """A kernel as Keras 3 stores it, in the given shape.

    From 1.1.0 on, a Convolution1D also took kernels in the older order of axes, and so does this.

    Raises:
        MigrationError: if no order gives the shape.
    """
    weights = _weights(layer, circumstances)
    for weight in weights:
        made = moved(array, _stored(weight, layer, circumstances), weight.keras3)
        if made is not None and made.shape == tuple(shape):
            return _turned(made, weight.keras3) if _is_turned(layer, circumstances) else made
    raise MigrationError(
        f"{layer.name}: the {layer.kind} needs a kernel of shape {tuple(shape)}; the file has "
        f"{array.shape} in the order {_stored(weights[0], layer, circumstances)!r} of Keras "
        f"{circumstances.version}. Check the architecture, the version and the dim_ordering."
    )


def moved(array, stored, wanted):
    """An array with axes of some letters in another order; None if it has not those axes.

    Axes of the letter "1" have that size and are left out.
    """
    if array.ndim != len(stored):
        return None
    ones = tuple(axis for axis, letter in enumerate(stored) if letter == "1")
    if any(array.shape[axis] != 1 for axis in ones):
        return None
    letters = stored.replace("1", "")
    return np.squeeze(array, ones).transpose([letters.index(letter) for letter in wanted])


def ordering(layer, circumstances):
    """The dim_ordering of a layer: its own, the user's, or the default of its time."""
    if not at_least(circumstances.version, "0.3.0"):
        return "th"
    stated = layer.config.get("dim_ordering") or circumstances.dim_ordering
    return stated or default_ordering(circumstances.version, layer.kind)


def _weights(layer, circumstances):
    """The rows of the table for a kernel: that of the version, and an older one it took as well."""
    stated = ordering(layer, circumstances)
    try:
        own = weight_of(layer.name, layer.kind, circumstances.version, stated)
    except ValueError as error:
        raise MigrationError(str(error)) from error
    if layer.kind != "Convolution1D" or not at_least(circumstances.version, "1.1.0"):
        return [own]
    return [own, weight_of(layer.name, layer.kind, "1.0.8", stated)]


def _stored(weight, layer, circumstances):
    return getattr(weight, ordering(layer, circumstances))


def _is_turned(layer, circumstances):
    theano = circumstances.backend == "theano" or not at_least(circumstances.version, "0.3.0")
    return theano and layer.kind in TURNED


def _turned(array, letters):
    return np.flip(array, [axis for axis, letter in enumerate(letters) if letter not in CHANNELS])
