"""Layers over rows and columns without weights: padding, cropping, enlarging, global pooling."""

import keras

from keras_inits.migrate.saved.layers.words import common

__all__ = ["LAYERS"]


def _rank(given):
    """1, 2 or 3, as the layer's name ends."""
    return int(given.kind[-2])


def _ordering(given):
    return {} if _rank(given) == 1 else {"data_format": given.data_format}


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
    **_ranked(global_pooling, "GlobalMaxPooling"),
    **_ranked(global_pooling, "GlobalAveragePooling"),
    **_ranked(upsampling, "UpSampling"),
    "UpSample1D": upsampling,
    "UpSample2D": upsampling,
    **_ranked(zero_padding, "ZeroPadding"),
    **_ranked(cropping, "Cropping"),
}
