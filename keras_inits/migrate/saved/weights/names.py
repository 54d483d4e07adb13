"""The arrays that each layer of Keras 0.x and 1.x stored, by name and in order.

A file lists the arrays of a layer in the order of its `params` (0.x) or of its `trainable_weights`
and then its `non_trainable_weights`: the names are keras/layers/*.py's attributes.
"""

from keras_inits.dialects.keras1.versions import at_least, check_version

__all__ = ["KINDS", "fused", "roles", "untrained"]

KERNEL = ("W", "b")

#: The arrays of the layers that have some, in order. Those of GATES follow their own rule.
NAMES = {
    "Dense": KERNEL,
    "TimeDistributedDense": KERNEL,
    "MaxoutDense": KERNEL,
    "Highway": ("W", "W_carry", "b", "b_carry"),
    "Embedding": ("W",),
    "SimpleRNN": ("W", "U", "b"),
    "Convolution1D": KERNEL,
    "AtrousConvolution1D": KERNEL,
    "Convolution2D": KERNEL,
    "AtrousConvolution2D": KERNEL,
    "Deconvolution2D": KERNEL,
    "SeparableConvolution2D": ("depthwise_kernel", "pointwise_kernel", "b"),
    "Convolution3D": KERNEL,
    "LocallyConnected1D": KERNEL,
    "LocallyConnected2D": KERNEL,
    "BatchNormalization": ("gamma", "beta", "running_mean", "running_std"),
    "PReLU": ("alphas",),
    "ParametricSoftplus": ("alphas", "betas"),
    "SReLU": ("t_left", "a_left", "t_right", "a_right"),
}

#: The gates of recurrent layers in the order in which their arrays are stored one by one.
GATES = {"LSTM": "icfo", "ConvLSTM2D": "icfo", "GRU": "zrh"}

#: Every layer of Keras 1 that stored arrays.
KINDS = frozenset([*NAMES, *GATES])

#: What `bias=False` leaves out.
BIASES = {"b", "b_carry"}

#: What `trainable_weights` never held.
UNTRAINED = {"BatchNormalization": ("running_mean", "running_std")}


def roles(layer, circumstances):
    """The names of the arrays that a layer stored, in the file's order; () if it had none.

    Raises:
        ValueError: for a version that is no release of Keras 0.x or 1.x.
    """
    check_version(layer.name, circumstances.version)
    if layer.kind in GATES:
        return _gated(layer, circumstances.version)
    names = ORDERS.get(layer.kind, _plain)(layer.kind, circumstances.version)
    return names if layer.config.get("bias", True) else _without(names, BIASES)


def untrained(layer, circumstances):
    """The names among `roles` that never were among a layer's `trainable_weights`."""
    names = roles(layer, circumstances)
    return tuple(name for name in names if name in UNTRAINED.get(layer.kind, ()))


def fused(layer, version):
    """Whether a gated layer stored one array for all of its gates: `consume_less="gpu"`.

    Keras 1.0.0 to 1.0.2 took the argument, but stored one array per gate all the same.
    """
    return (
        layer.kind != "ConvLSTM2D"
        and layer.config.get("consume_less") == "gpu"
        and at_least(version, "1.0.3")
    )


def _gated(layer, version):
    if fused(layer, version):
        return ("W", "U", "b")
    return tuple(f"{array}_{gate}" for gate in GATES[layer.kind] for array in ("W", "U", "b"))


def _plain(kind, version):
    return NAMES.get(kind, ())


def _highway(kind, version):
    # Keras 1.2.0 began to make the weights by add_weight, in another order.
    return NAMES[kind] if at_least(version, "1.2.0") else ("W", "b", "W_carry", "b_carry")


def _normalization(kind, version):
    # Until 0.1.3 the running statistics were no parameters and went into no file.
    return NAMES[kind] if at_least(version, "0.2.0") else _without(NAMES[kind], UNTRAINED[kind])


def _without(names, left_out):
    return tuple(name for name in names if name not in left_out)


#: Layers whose order depends on the version.
ORDERS = {"Highway": _highway, "BatchNormalization": _normalization}
