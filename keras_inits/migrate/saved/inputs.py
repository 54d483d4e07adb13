"""The inputs of a model, as its first layers' configurations give them."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import MODELS

__all__ = ["RECURRENT", "WRAPPERS", "input_of", "said_shape", "sizes"]

WRAPPERS = {"TimeDistributed", "Bidirectional"}
RECURRENT = {"SimpleRNN", "GRU", "LSTM"}


def input_of(layer, input_shape=None):
    """The Input of a Sequential, from its first layers or from around it."""
    config = _first(layer).config
    shape = said_shape(_first(layer)) or input_shape
    if shape is None:
        raise MigrationError(
            f"{_first(layer).name} ({_first(layer).kind}): the first layer of {layer.name} says no "
            "input shape. Give the file of the whole model."
        )
    dtype = config.get("input_dtype") or _dtype(_first(layer))
    return keras.Input(batch_shape=sizes(layer, shape), dtype=dtype, name=f"{layer.name}_input")


def _first(layer):
    """The first layer of a Sequential that is no container or wrapper itself."""
    while layer.inner and (layer.kind in MODELS or layer.kind in WRAPPERS):
        if layer.kind in WRAPPERS and said_shape(layer) is not None:
            return layer
        layer = _start_of(layer)
    return layer


def _start_of(layer):
    """The first of the layers within one: of a functional model, its first input."""
    starts = [reference[0] for reference in layer.config.get("input_layers", ())]
    named = {inner.name: inner for inner in layer.inner}
    return named.get(starts[0], layer.inner[0]) if starts else layer.inner[0]


def _dtype(layer):
    return "int32" if layer.kind == "Embedding" else "float32"


def sizes(layer, shape):
    """A shape of positive whole numbers and None, as a tuple; MigrationError for anything else."""
    found = tuple(shape)
    if not all(size is None or (type(size) is int and size > 0) for size in found):
        raise MigrationError(f"{layer.name}: its input's shape is not understood: {found!r}.")
    return found


def said_shape(layer):
    """The input's shape as a layer's configuration gives it, batch axis included, or None."""
    config = layer.config
    if config.get("batch_input_shape"):
        return tuple(config["batch_input_shape"])
    if config.get("input_shape"):
        return (None, *config["input_shape"])
    if layer.kind == "Embedding":
        return (None, config.get("input_length"))
    if config.get("input_dim") is None:
        return None
    if layer.kind in RECURRENT or layer.kind in ("Convolution1D", "TimeDistributedDense"):
        return (None, config.get("input_length"), config["input_dim"])
    return (None, config["input_dim"])
