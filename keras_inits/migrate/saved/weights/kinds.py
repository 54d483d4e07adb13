"""What a Keras 3 model would have been in Keras 1: the `Layer`s that its weights came from."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Layer
from keras_inits.migrate.saved.weights.names import GATES, KINDS

__all__ = ["described", "fused", "taken_apart"]

#: The layers of Keras 1, by the name of Keras 3's class, or of this package's.
KIND_OF = {
    **{kind: kind for kind in KINDS},
    "Conv1D": "Convolution1D",
    "Conv2D": "Convolution2D",
    "Conv3D": "Convolution3D",
    "Conv2DTranspose": "Deconvolution2D",
    "SeparableConv2D": "SeparableConvolution2D",
    "BatchNormalizationMode1": "BatchNormalization",
    "BatchNormalizationMode2": "BatchNormalization",
}
MODES = {"BatchNormalizationMode1": 1, "BatchNormalizationMode2": 2}
PACKAGES = ("keras", "keras_inits")

ADVICE = {"GRU": "Keras 1 reset the state before the product: GRU(reset_after=False)."}


def described(layer):
    """The `Layer` of Keras 1 that a Keras 3 layer, or model, stands for.

    Raises:
        MigrationError: for a layer of Keras that Keras 1 had nothing like.
    """
    if isinstance(layer, keras.Model):
        kind = "Sequential" if isinstance(layer, keras.Sequential) else "Model"
        inner = tuple(described(found) for found in layer.layers if found.weights)
        return Layer(kind, layer.name, {}, inner)
    if isinstance(layer, keras.layers.Bidirectional):
        return Layer("Bidirectional", layer.name, {}, (described(layer.forward_layer),))
    if isinstance(layer, keras.layers.TimeDistributed):
        return Layer("TimeDistributed", layer.name, {}, (described(layer.layer),))
    return Layer(_kind(layer), layer.name, _config(layer))


def taken_apart(root, path=()):
    """The layers of a model with their paths, those of models within it in their place."""
    for layer in root.inner:
        if layer.kind in ("Sequential", "Model"):
            yield from taken_apart(layer, (*path, layer.name))
        else:
            yield (*path, layer.name), layer


def fused(layer):
    """A layer with the gates of all recurrent layers within it stored as one array."""
    if layer.inner:
        return layer._replace(inner=tuple(fused(inner) for inner in layer.inner))
    if layer.kind not in GATES:
        return layer
    return layer._replace(config={**layer.config, "consume_less": "gpu"})


def _kind(layer):
    name = _class_name(layer)
    if name is None:
        return type(layer).__name__
    if name not in KIND_OF:
        raise MigrationError(f"{layer.name}: Keras 1 had no layer like {name}.")
    if getattr(layer, "reset_after", False):
        raise MigrationError(f"{layer.name}: {ADVICE[name]}")
    return KIND_OF[name]


def _class_name(layer):
    """The name of the class of Keras or of this package that a layer is of; None for a user's."""
    found = [cls for cls in type(layer).__mro__ if cls.__module__.split(".")[0] in PACKAGES]
    named = [cls.__name__ for cls in found if cls.__name__ in KIND_OF]
    own = type(layer).__module__.split(".")[0] in PACKAGES
    return named[0] if named else type(layer).__name__ if own else None


def _config(layer):
    config = {"trainable": layer.trainable, "bias": getattr(layer, "use_bias", True)}
    if (epsilon := getattr(layer, "epsilon", None)) is not None:
        config["epsilon"] = epsilon
    if (mode := MODES.get(type(layer).__name__)) is not None:
        config["mode"] = mode
    return config
