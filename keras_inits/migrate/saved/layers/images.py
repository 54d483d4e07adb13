"""Layers over rows and columns without weights: pooling, padding, cropping, enlarging."""

import math

import keras

from keras_inits.migrate.saved.layers.words import common

__all__ = ["LAYERS"]

POOLED = {"th": slice(2, None), "tf": slice(1, -1)}


def _rank(given):
    """1, 2 or 3, as the layer's name ends."""
    return int(given.kind[-2])


def _ordering(given):
    return {} if _rank(given) == 1 else {"data_format": given.data_format}


def pooling(given):
    """MaxPooling and AveragePooling."""
    rank = _rank(given)
    size = given.numbers("pool_length" if rank == 1 else "pool_size", rank, least=1)
    said = "stride" if rank == 1 or given.has("stride") else "strides"
    strides = size if given(said) is None else given.numbers(said, rank, least=1)
    given("ignore_border")
    padding = given.choice("border_mode", ("same", "valid")) if _modes(given) else "valid"
    if padding == "same":
        _check_same(given, size, strides)
    made = getattr(keras.layers, given.kind)
    return [made(size, strides=strides, padding=padding, **_ordering(given), **common(given))]


def _modes(given):
    """Whether pooling had a border_mode; until 0.2.0 it had not."""
    return given.peek("border_mode") is not None


def _check_same(given, sizes, strides):
    """Theano's windows began elsewhere than TensorFlow's, depending on the input's size.

    Source: keras/backend/theano_backend.py, pool2d (1.2.2).

    Raises:
        MigrationError: where they did, or where it cannot be told.
    """
    if given.backend == "tensorflow":
        return
    where = POOLED["tf" if _rank(given) == 1 else given.dim_ordering]
    inputs = (given.input_shape or (None,) * 9)[where]
    for size, stride, length in zip(sizes, strides, inputs, strict=False):
        theanos = size - 2 if size > 2 and size % 2 else size - 1
        if length is None or theanos != _tensorflows_front(length, size, stride):
            raise given.refusal(
                f"border_mode='same' of {size} with stride {stride} over {length} began "
                f"{theanos} in front on Theano and elsewhere on TensorFlow. Give "
                "backend='tensorflow' (--backend) if the model ran there."
            )


def _tensorflows_front(length, size, stride):
    return max((math.ceil(length / stride) - 1) * stride + size - length, 0) // 2


def global_pooling(given):
    """GlobalMaxPooling and GlobalAveragePooling."""
    return [getattr(keras.layers, given.kind)(**_ordering(given), **common(given))]


def upsampling(given):
    """UpSampling, by whole factors."""
    rank = _rank(given)
    said = "length" if rank == 1 else "size"
    size = given.numbers(said, rank, least=1)
    size = size[0] if rank == 1 else size
    return [getattr(keras.layers, f"UpSampling{rank}D")(size, **_ordering(given), **common(given))]


#: The words of a dictionary of paddings, in order.
SIDES = {1: ("left_pad", "right_pad"), 2: ("top_pad", "bottom_pad", "left_pad", "right_pad")}


def zero_padding(given):
    """ZeroPadding, the same on both sides or not."""
    rank = _rank(given)
    name = next((name for name in ("pad", "width") if given.has(name)), "padding")
    padding = _sides(given, name, rank)
    made = getattr(keras.layers, f"ZeroPadding{rank}D")
    return [
        made(padding[0] if rank == 1 else padding, **_ordering(given), **common(given)),
    ]


def _sides(given, argument, rank):
    """((front, behind), ...) for each axis."""
    said = given(argument)
    if isinstance(said, dict):
        said = [said.get(side, 0) for side in SIDES.get(rank, ())]
    said = list(said) if isinstance(said, list | tuple) else [said] * rank
    if len(said) == rank and rank > 1:
        said = [size for size in said for _ in range(2)]
    said = said * 2 if len(said) == 1 else said
    if len(said) != 2 * rank or not all(type(n) is int and n >= 0 for n in said):
        raise given.refusal(f"{argument} is not understood: {given(argument)!r}.")
    return tuple((said[n], said[n + 1]) for n in range(0, 2 * rank, 2))


def cropping(given):
    """Cropping."""
    rank = _rank(given)
    said = given("cropping")
    rows = (said,) if rank == 1 else said
    if not all(
        isinstance(row, list | tuple) and [type(n) for n in row] == [int, int] for row in rows
    ):
        raise given.refusal(f"cropping is not understood: {said!r}.")
    rows = tuple(tuple(row) for row in rows)
    made = getattr(keras.layers, f"Cropping{rank}D")
    return [made(rows[0] if rank == 1 else rows, **_ordering(given), **common(given))]


def _ranked(builder, name, ranks=(1, 2, 3)):
    return {f"{name}{rank}D": builder for rank in ranks}


LAYERS = {
    **_ranked(pooling, "MaxPooling"),
    **_ranked(pooling, "AveragePooling"),
    **_ranked(global_pooling, "GlobalMaxPooling"),
    **_ranked(global_pooling, "GlobalAveragePooling"),
    **_ranked(upsampling, "UpSampling"),
    "UpSample1D": upsampling,
    "UpSample2D": upsampling,
    **_ranked(zero_padding, "ZeroPadding"),
    **_ranked(cropping, "Cropping"),
}
