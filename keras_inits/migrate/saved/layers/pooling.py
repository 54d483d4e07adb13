"""MaxPooling and AveragePooling of Keras 1, their windows where the backend had them."""

import math

import keras

from keras_inits.migrate.keras1.layers import PaddedPooling
from keras_inits.migrate.keras1.layers.pooling import border_kept, same_of_theano
from keras_inits.migrate.saved.layers.words import common

__all__ = ["LAYERS"]

#: The positions in a shape, by dim_ordering.
POSITIONS = {"th": slice(2, None), "tf": slice(1, -1)}
KINDS = {"MaxPooling": "max", "AveragePooling": "average"}


def pooling(given):
    """A layer of Keras, or of this package where Keras cannot begin or end its windows so."""
    rank, kind = int(given.kind[-2]), given.kind[:-2]
    size = given.numbers("pool_length" if rank == 1 else "pool_size", rank, least=1)
    said = "stride" if rank == 1 or given.has("stride") else "strides"
    strides = size if given(said) is None else given.numbers(said, rank, least=1)
    mode = given.choice("border_mode", ("same", "valid")) if _modes(given) else "valid"
    ordering = "tf" if rank == 1 else given.dim_ordering
    words = {"data_format": given.data_format} if rank > 1 else {"data_format": "channels_last"}
    padding = _padding(given, size, strides, mode, ordering)
    if padding is not None:
        words |= {"padding": padding, "mode": KINDS[kind]}
        return [PaddedPooling(size, strides, **words, **common(given))]
    made = getattr(keras.layers, given.kind)
    return [made(size, strides=strides, padding=mode, **words, **common(given))]


def _modes(given):
    """Whether pooling had a border_mode; until 0.2.0 it had not."""
    return given.peek("border_mode") is not None


def _padding(given, size, strides, mode, ordering):
    """What no pooling of Keras 3 does: (front, behind) for each axis; None where it does."""
    if given("ignore_border") is False:
        return border_kept(size, strides)
    if mode == "valid" or given.backend == "tensorflow":
        return None
    lengths = (given.input_shape or (None,) * (len(size) + 2))[POSITIONS[ordering]]
    if _alike(size, strides, lengths):
        return None
    if given.backend == "theano":
        return same_of_theano(size)
    raise given.refusal(
        f"border_mode='same' of windows {size} with strides {strides} over {lengths} began "
        "elsewhere on Theano than on TensorFlow. Give backend='theano' or backend='tensorflow' "
        "(--backend)."
    )


def _alike(sizes, strides, lengths):
    """Whether Theano's windows began where TensorFlow's do, which depends on the input's size."""
    fronts = [front for front, _ in same_of_theano(sizes)]
    axes = zip(fronts, sizes, strides, lengths, strict=True)
    return all(
        length is not None and front == _tensorflows_front(length, size, stride)
        for front, size, stride, length in axes
    )


def _tensorflows_front(length, size, stride):
    return max((math.ceil(length / stride) - 1) * stride + size - length, 0) // 2


LAYERS = {f"{kind}{rank}D": pooling for kind in KINDS for rank in (1, 2, 3)}
