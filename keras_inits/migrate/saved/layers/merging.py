"""Merge: several tensors to one."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.keras1 import layers as keras1
from keras_inits.migrate.saved.layers.words import common

__all__ = ["merge"]

#: Keras 1's K.epsilon(), under which the cosine of matrices let no denominator fall.
EPSILON = 1e-7

#: Keras 3's layers, and for models with masks those that merge the masks, too, as Keras 1 did.
MODES = {
    "sum": (keras.layers.Add, keras1.MaskedAdd),
    "mul": (keras.layers.Multiply, keras1.MaskedMultiply),
    "ave": (keras.layers.Average, keras1.MaskedAverage),
    "max": (keras.layers.Maximum, keras.layers.Maximum),
    "concat": (keras.layers.Concatenate, keras1.MaskedConcatenate),
}


def merge(given, shapes):
    """The layers that do what a Merge did, the first of them of several tensors.

    Args:
        given: a Given.
        shapes: the shapes of what is merged.
    """
    for word in ("mode_type", "output_shape", "output_shape_type", "output_mask"):
        given(word)
    for word in ("output_mask_type", "arguments", "node_indices", "tensor_indices"):
        given(word)
    mode, concat_axis, dot_axes = given("mode"), given("concat_axis"), given("dot_axes")
    supplied = given.supplied(given.layer.original) or given.supplied(str(mode))
    if supplied is not None:
        words = {"arguments": given("arguments") or {}}
        return [keras.layers.Lambda(supplied, **words, **common(given))]
    if mode in MODES:
        words = {"axis": concat_axis} if mode == "concat" else {}
        return [MODES[mode][given.setting.masks](**words, **common(given))]
    if mode in ("dot", "cos"):
        return _products(given, mode, _axes(given, dot_axes, shapes), shapes)
    raise given.refusal(
        "its mode is a function of its author's, of which the file holds byte code or a name. "
        f"Supply it, in Python: lambdas={{{given.layer.original!r}: function}}."
    )


def _products(given, mode, axes, shapes):
    if mode == "cos" and any(len(shape) != 2 for shape in shapes):
        epsilon = EPSILON if at_least(given.version, "1.0.4") else 0.0
        return [keras1.CosineMerge(axes, epsilon=epsilon, **common(given))]
    made = keras.layers.Dot(axes, normalize=mode == "cos", **common(given))
    if mode == "dot":
        return [made]
    return [made, keras.layers.Reshape((1, 1), name=f"{given.name}_expanded")]


def _axes(given, said, shapes):
    """Two axes, from one number for both, from two, or from two lists of one."""
    if len(shapes) != 2:
        raise given.refusal(f"a product is of two tensors, got {len(shapes)}.")
    if type(said) is int:
        said = [said % len(shape) for shape in shapes] if said < 0 else [said, said]
    axes = [axis[0] if isinstance(axis, list | tuple) and len(axis) == 1 else axis for axis in said]
    if len(axes) != 2 or not all(type(axis) is int for axis in axes):
        raise given.refusal(f"dot_axes is not understood: {said!r}.")
    return tuple(axes)
