"""What each layer's arrays become: the arrays of the Keras 3 layer, in the order of its weights."""

import numpy as np

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.weights.kernels import kernel
from keras_inits.migrate.saved.weights.names import GATES, KINDS, roles
from keras_inits.migrate.saved.weights.statistics import default_epsilon, variance

__all__ = ["converted"]

#: The gates of Keras 3's layers, in the order in which their arrays stand side by side.
KERAS3_GATES = {"LSTM": "ifco", "ConvLSTM2D": "ifco", "GRU": "zrh"}

#: BatchNormalization's modes that take the batch's own statistics, never the stored ones.
OWN_STATISTICS = (1, 2)


def converted(layer, arrays, circumstances, shapes, epsilon=None):
    """The arrays of the Keras 3 layer, in the order of its weights, of exactly its shapes.

    Args:
        layer: a `Layer` of Keras 1; arrays of a user's layer are kept as stored.
        arrays: what the file holds for it, in the order of `roles`.
        circumstances: the `Circumstances` of the file.
        shapes: the shapes of the Keras 3 layer's weights, in order.
        epsilon: the Keras 3 BatchNormalization's; None for the same as in Keras 1.

    Raises:
        MigrationError: if the number of arrays or a shape is not what the layer needs.
    """
    names = roles(layer, circumstances) if layer.kind in KINDS else range(len(arrays))
    if len(arrays) != len(names):
        raise MigrationError(
            f"{layer.name}: a {layer.kind} of Keras {circumstances.version} stored {len(names)} "
            f"arrays {names}; the file has {len(arrays)}. Check the version: --from-keras."
        )
    stored = dict(zip(names, arrays, strict=True))
    needed = Needed(layer, circumstances, [tuple(shape) for shape in shapes], epsilon)
    made = CONVERSIONS.get(layer.kind, _as_stored)(needed, stored)
    _check_shapes(needed, made)
    return made


class Needed:
    """What one conversion goes by: the layer of Keras 1, the shapes and epsilon of Keras 3's."""

    def __init__(self, layer, circumstances, shapes, epsilon):
        self.layer, self.circumstances, self.shapes = layer, circumstances, shapes
        old = layer.config.get("epsilon", default_epsilon(circumstances.version))
        self.epsilon = old if epsilon is None else epsilon

    def shape(self, index):
        """The shape of a weight of the Keras 3 layer."""
        if index < len(self.shapes):
            return self.shapes[index]
        raise MigrationError(
            f"{self.layer.name}: the Keras 3 layer has {len(self.shapes)} weights, of shapes "
            f"{self.shapes}, too few for a {self.layer.kind}. Check the architecture."
        )

    def kernel(self, array, index=0, shape=None):
        """A kernel for the weight of that index, or for a part of it of the given shape."""
        return kernel(self.layer, array, self.circumstances, shape or self.shape(index))


def _as_stored(needed, stored):
    return list(stored.values())


def _convolution(needed, stored):
    return [needed.kernel(stored.pop("W")), *stored.values()]


def _separable(needed, stored):
    if needed.circumstances.backend == "theano":
        raise MigrationError(
            f"{needed.layer.name}: Keras under Theano had no SeparableConvolution2D, so TensorFlow "
            f"wrote the file. Say --backend tensorflow."
        )
    depthwise = needed.kernel(stored.pop("depthwise_kernel"))
    pointwise = needed.kernel(stored.pop("pointwise_kernel"), 1)
    return [depthwise, pointwise, *stored.values()]


def _highway(needed, stored):
    return [stored[name] for name in ("W", "W_carry", "b", "b_carry") if name in stored]


def _normalization(needed, stored):
    names = ["gamma", "beta", "running_mean", "running_std"]
    if needed.layer.config.get("mode") in OWN_STATISTICS and len(needed.shapes) == 2:
        _check_alike(needed.layer, list(stored.values()))
        names = names[:2]
    # Keras 0.1.3 and older, which stored no statistics, went on from these.
    fresh = {"running_mean": np.zeros_like, "running_std": np.ones_like}
    stored = {name: make(stored["gamma"]) for name, make in fresh.items()} | stored
    held = stored["running_std"], needed.circumstances, needed.epsilon
    stored["running_std"] = variance(needed.layer, *held)
    return [_flat(stored[name], needed.shape(i)) for i, name in enumerate(names)]


def _flat(array, shape):
    """An array in one axis, if Keras 3 normalizes one: until 0.3.1 every entry had its own."""
    return array.reshape(-1) if len(shape) == 1 else array


def _gated(needed, stored):
    """The arrays of all gates side by side; those that are so already have one order, Keras 3's."""
    if "W" in stored:
        return list(stored.values())
    kind = needed.layer.kind
    if kind == "ConvLSTM2D":
        stored = {name: _gate_kernel(needed, name, array) for name, array in stored.items()}
    parts = [[stored[f"{array}_{gate}"] for gate in KERAS3_GATES[kind]] for array in "WUb"]
    return [_side_by_side(needed.layer, arrays) for arrays in parts]


def _gate_kernel(needed, name, array):
    if name.startswith("b"):
        return array
    *front, last = needed.shape("WU".index(name[0]))
    if needed.circumstances.backend == "theano" and any(size % 2 == 0 for size in front[:-1]):
        raise MigrationError(
            f"{needed.layer.name}: Theano aligned the 'same' convolution of a state with an even "
            f"kernel, here {tuple(front[:-1])}, in a way that Keras 3's ConvLSTM2D has not."
        )
    return needed.kernel(array, shape=(*front, last // len(GATES["ConvLSTM2D"])))


def _side_by_side(layer, arrays):
    _check_alike(layer, arrays)
    return np.concatenate(arrays, axis=-1)


def _check_alike(layer, arrays):
    if len({array.shape for array in arrays}) != 1 or arrays[0].ndim == 0:
        raise MigrationError(
            f"{layer.name}: these arrays of one {layer.kind} have one shape; the file has "
            f"{[array.shape for array in arrays]}. Check that the file belongs to the architecture."
        )


#: What becomes of the arrays of a layer; of all others, they are kept as stored.
CONVERSIONS = {
    "Convolution1D": _convolution,
    "AtrousConvolution1D": _convolution,
    "Convolution2D": _convolution,
    "AtrousConvolution2D": _convolution,
    "Deconvolution2D": _convolution,
    "Convolution3D": _convolution,
    "SeparableConvolution2D": _separable,
    "Highway": _highway,
    "BatchNormalization": _normalization,
    "LSTM": _gated,
    "GRU": _gated,
    "ConvLSTM2D": _gated,
}


def _check_shapes(needed, made):
    came = [array.shape for array in made]
    if came != needed.shapes:
        raise MigrationError(
            f"{needed.layer.name}: the Keras 3 layer has weights of shapes {needed.shapes}; the "
            f"{needed.layer.kind} of the file gives {came}. Check that the weights belong to this "
            f"architecture, and the version and dim_ordering."
        )
