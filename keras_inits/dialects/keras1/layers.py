"""The layers of Keras 0.1.0 to 1.2.2 that drew weights: since when, and in which layout.

A layout has one letter for each axis: `i` input, `o` output, `1` an axis of size one that Keras 3
does not have, others as they are. The Keras 3 column is the weight as Keras 3 stores it; layers
that Keras 3 lacks have theirs as Keras 1 stored it.
"""

from typing import NamedTuple

from keras_inits.core.checks import check_choice
from keras_inits.dialects.keras1.versions import (
    DIM_ORDERINGS,
    at_least,
    between,
    check_version,
    default_ordering,
)


class Weight(NamedTuple):
    """A layer's weight in some releases: the first and the last one, and its axes' letters.

    `keras3` "" stands for any rank, kept as it is; `tf` None for no such dim_ordering yet.
    """

    first: str
    last: str
    keras3: str
    th: str
    tf: str | None


def _matrix(first, last="1.2.2"):
    return (Weight(first, last, "io", "io", "io"),)


def _as_stored(first, letters=""):
    return (Weight(first, "1.2.2", letters, letters, letters),)


def _image(first, keras3="hwio"):
    return (Weight(first, "1.2.2", keras3, "oihw", "hwio"),)


WEIGHTS = {
    "Dense": _matrix("0.1.0"),
    "TimeDistributedDense": _matrix("0.1.0"),
    "Highway": _matrix("0.3.1"),
    "Embedding": _matrix("0.1.0"),
    "WordContextProduct": _matrix("0.1.0", "0.2.0"),
    "SimpleRNN": _matrix("0.1.0"),
    "SimpleDeepRNN": _matrix("0.1.0", "0.2.0"),
    "GRU": _matrix("0.1.0"),
    "LSTM": _matrix("0.1.0"),
    "JZS1": _matrix("0.1.2", "0.2.0"),
    "JZS2": _matrix("0.1.2", "0.2.0"),
    "JZS3": _matrix("0.1.2", "0.2.0"),
    "MaxoutDense": _as_stored("0.1.0", "fio"),
    "LocallyConnected1D": _as_stored("1.0.6", "pio"),
    "LocallyConnected2D": _as_stored("1.0.6", "pio"),
    "BatchNormalization": _as_stored("0.1.0"),
    # Until 0.1.2 without an argument: zeros.
    "PReLU": _as_stored("0.1.0"),
    "SReLU": _as_stored("0.3.3"),
    # The kernel of one dimension was one of two, in an order that changed; dim_ordering had no say.
    "Convolution1D": (
        Weight("0.1.0", "0.1.1", "lio", "oi1l", "oi1l"),
        Weight("0.1.2", "1.0.8", "lio", "oil1", "oil1"),
        Weight("1.1.0", "1.2.2", "lio", "l1io", "l1io"),
    ),
    "AtrousConvolution1D": (Weight("1.1.0", "1.2.2", "lio", "l1io", "l1io"),),
    "Convolution2D": (Weight("0.1.0", "0.2.0", "hwio", "oihw", None), *_image("0.3.0")),
    "AtrousConvolution2D": _image("1.0.6"),
    "SeparableConvolution2D": _image("1.0.6"),
    # Keras 3 stores a transposed kernel with its outputs before its inputs.
    "Deconvolution2D": _image("1.0.7", keras3="hwoi"),
    "ConvLSTM2D": _image("1.1.2"),
    "Convolution3D": (Weight("0.3.3", "1.2.2", "xyzio", "oixyz", "xyzio"),),
}

#: Layers whose forget bias was initialized too, as a vector.
GATED = {"LSTM", "ConvLSTM2D"}

#: Names that keras/layers/convolutional.py gave to the same classes, from 1.0.6 on.
ALIASES = {
    "Conv1D": "Convolution1D",
    "Conv2D": "Convolution2D",
    "Conv3D": "Convolution3D",
    "Deconv2D": "Deconvolution2D",
    "AtrousConv1D": "AtrousConvolution1D",
    "AtrousConv2D": "AtrousConvolution2D",
    "SeparableConv2D": "SeparableConvolution2D",
}

#: The layers whose dim_ordering reached the initialization, from 1.2.1 on. Before, and in all
#: others, the look-up by string dropped it (get_from_module used kwargs only to instantiate).
HEEDED = {
    "Convolution2D",
    "AtrousConvolution2D",
    "SeparableConvolution2D",
    "Deconvolution2D",
    "Convolution3D",
}


def weight_of(owner, layer, version, dim_ordering):
    """The row of the table for a layer of a release.

    Raises:
        ValueError: for a layer or a dim_ordering that the release did not have.
    """
    rows = WEIGHTS[ALIASES.get(layer, layer)]
    if layer in ALIASES and not at_least(version, "1.0.6"):
        raise ValueError(
            f"{owner}: Keras {version} had no name {layer}, which came with 1.0.6. Use "
            f"{ALIASES[layer]}."
        )
    for row in rows:
        if between(version, row.first, row.last):
            if dim_ordering == "tf" and row.tf is None:
                raise ValueError(
                    f"{owner}: {layer} of Keras {version} had no dim_ordering; 'tf' came with "
                    f"0.3.0. Leave dim_ordering out."
                )
            return row
    raise ValueError(
        f"{owner}: Keras {version} had no layer {layer}; it was there from {rows[0].first} to "
        f"{rows[-1].last}."
    )


def check_layer(owner, layer, version, dim_ordering):
    """Raises ValueError unless the three belong together; see `weight_of`."""
    check_version(owner, version)
    if dim_ordering is not None:
        check_choice(owner, "dim_ordering", dim_ordering, DIM_ORDERINGS)
    if layer in (None, "function"):
        return
    check_choice(owner, "layer", layer, {"function", *WEIGHTS, *ALIASES})
    weight_of(owner, layer, version, dim_ordering or default_ordering(version, layer))
