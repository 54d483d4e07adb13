"""A tree of Keras 1 layers as a Keras 3 model: Sequential, functional, nested, shared."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.layers import made, merged
from keras_inits.migrate.saved.names import begins_with_merge
from keras_inits.migrate.saved.styles import MODELS

__all__ = ["network"]

WRAPPERS = {"TimeDistributed", "Bidirectional"}
RECURRENT = {"SimpleRNN", "GRU", "LSTM"}


def network(layer, setting, input_shape=None):
    """The Keras 3 model of a Layer that is a model.

    Args:
        layer: a Layer of kind Sequential, Model or Graph.
        setting: a Setting.
        input_shape: what it is given where it stands within another model, batch axis included.

    Raises:
        MigrationError: for layers that cannot be converted, and for graphs that do not join.
    """
    if layer.kind != "Sequential":
        return _functional(layer, setting)
    if begins_with_merge(layer):
        inputs, end = Branches(setting).sequential(layer)
        return keras.Model(inputs, end, name=layer.name)
    return _sequential(layer, setting, input_shape)


def _sequential(layer, setting, input_shape):
    start = _input(layer, input_shape)
    shape, layers = tuple(start.shape), [start]
    for inner in layer.inner:
        if inner.kind == "InputLayer":
            continue
        for part in _parts(inner, setting, shape):
            layers.append(part)
            shape = _output_shape(part, shape)
    return keras.Sequential(layers, name=layer.name)


def _output_shape(part, shape):
    """The shape behind a layer; None where the layer cannot tell."""
    if shape is None:
        return None
    try:
        found = part.compute_output_shape(shape)
    except (NotImplementedError, RuntimeError, TypeError, ValueError):
        return None
    return tuple(found) if isinstance(found, list | tuple) and not _nested(found) else None


def _nested(shape):
    return any(isinstance(size, list | tuple) for size in shape)


def _parts(layer, setting, input_shape):
    """The layers, or the one model, that a Keras 1 layer of one input becomes."""
    if layer.kind in MODELS:
        return [network(layer, setting, input_shape)]
    if layer.kind in WRAPPERS:
        return _wrapped(layer, setting, input_shape)
    return made(layer, setting, input_shape)


def _wrapped(layer, setting, input_shape):
    if len(layer.inner) != 1:
        raise MigrationError(f"{layer.name} ({layer.kind}): wraps no layer. The file is damaged.")
    inner = layer.inner[0]
    words = {"trainable": layer.config.get("trainable", True) is not False}
    if layer.kind == "Bidirectional":
        return [_bidirectional(layer, inner, setting, input_shape, words)]
    step = None if input_shape is None else (input_shape[0], *input_shape[2:])
    parts = _parts(inner, setting, step)
    names = {inner.name: layer.name}
    return [
        keras.layers.TimeDistributed(
            part, name=names.get(part.name, f"{layer.name}_{part.name}"), **words
        )
        for part in parts
    ]


def _bidirectional(layer, inner, setting, input_shape, words):
    if inner.kind not in RECURRENT:
        raise MigrationError(
            f"{layer.name} (Bidirectional): wraps {inner.kind}, which is not recurrent. The file "
            "is damaged."
        )
    mode = layer.config.get("merge_mode", "concat")
    if mode not in ("sum", "mul", "ave", "concat", None):
        raise MigrationError(f"{layer.name} (Bidirectional): no Keras knew merge_mode={mode!r}.")
    backwards = not inner.config.get("go_backwards")
    behind = inner._replace(
        name=f"backward_{inner.name}", config={**inner.config, "go_backwards": backwards}
    )
    (ahead,), (behind,) = (made(one, setting, input_shape) for one in (inner, behind))
    words["backward_layer"] = behind
    return keras.layers.Bidirectional(ahead, merge_mode=mode, name=layer.name, **words)


def _input(layer, input_shape=None):
    """The Input of a Sequential, from its first layers or from around it."""
    config = _first(layer).config
    shape = _said_shape(_first(layer)) or input_shape
    if shape is None:
        raise MigrationError(
            f"{_first(layer).name} ({_first(layer).kind}): the first layer of {layer.name} says no "
            "input shape. Give the file of the whole model."
        )
    dtype = config.get("input_dtype") or _dtype(_first(layer))
    return keras.Input(batch_shape=_sizes(layer, shape), dtype=dtype, name=f"{layer.name}_input")


def _first(layer):
    """The first layer of a Sequential that is no container or wrapper itself."""
    while layer.inner and (layer.kind in MODELS or layer.kind in WRAPPERS):
        if layer.kind in WRAPPERS and _said_shape(layer) is not None:
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


def _sizes(layer, shape):
    sizes = tuple(shape)
    if not all(size is None or (type(size) is int and size > 0) for size in sizes):
        raise MigrationError(f"{layer.name}: its input's shape is not understood: {sizes!r}.")
    return sizes


def _said_shape(layer):
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


class Branches:
    """The branches of the Merges at the beginning of a Sequential, each built once.

    A branch that begins with a Merge itself stands in the same model; any other is a model within.
    """

    def __init__(self, setting):
        self.setting, self.made = setting, {}

    def sequential(self, layer):
        """The Inputs of a Sequential that begins with a Merge, and what comes out."""
        merge, *others = layer.inner
        inputs, ends = {}, []
        for branch in merge.inner:
            starts, end = self._branch(branch)
            inputs.update((id(start), start) for start in starts)
            ends.append(end)
        (end,) = _merge(merge, self.setting, ends)
        for inner in others:
            for part in _parts(inner, self.setting, tuple(end.shape)):
                end = part(end)
        return list(inputs.values()), end

    def _branch(self, branch):
        # A branch that is used twice is one object; see `names.renamed`.
        if id(branch) not in self.made:
            self.made[id(branch)] = self._new(branch)
        return self.made[id(branch)]

    def _new(self, branch):
        if begins_with_merge(branch):
            return self.sequential(branch)
        if branch.kind in MODELS:
            model = network(branch, self.setting)
            starts = [_like(start, f"{branch.name}_{start.name}") for start in model.inputs]
            return starts, model(starts[0] if len(starts) == 1 else starts)
        start = end = _input(branch)
        for part in _parts(branch, self.setting, tuple(start.shape)):
            end = part(end)
        return [start], end


def _like(tensor, name):
    return keras.Input(batch_shape=tuple(tensor.shape), dtype=tensor.dtype, name=name)


def _merge(layer, setting, tensors):
    """What a Merge makes of tensors, as a list of one."""
    if len(tensors) < 2:
        raise MigrationError(
            f"{layer.name} (Merge): merges {len(tensors)} tensors. The file is damaged."
        )
    first, *others = merged(layer, setting, [tuple(tensor.shape) for tensor in tensors])
    end = first(tensors)
    for part in others:
        end = part(end)
    return [end]


def _functional(layer, setting):
    graph = Calls(layer, setting)
    inputs = [graph.tensor(found) for found in layer.config.get("input_layers", ())]
    outputs = [graph.tensor(found) for found in layer.config.get("output_layers", ())]
    graph.finish()
    if not inputs or not outputs:
        raise MigrationError(f"{layer.name}: has no inputs or no outputs. The file is damaged.")
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else outputs, name=layer.name)


class Calls:
    """The calls of a functional model's layers, each made once, what it needs first.

    Args:
        layer: a Layer of kind Model or Graph.
        setting: a Setting.
    """

    def __init__(self, layer, setting):
        self.layer, self.setting = layer, setting
        self.layers = {inner.name: inner for inner in layer.inner}
        self.parts, self.made = {}, {}

    def tensor(self, reference):
        """The tensor of a reference (layer name, call, tensor)."""
        name, call, which = self._known(reference)
        self._make(name, call)
        outputs = self.made[name, call]
        if which >= len(outputs):
            raise self._broken(f"tensor {which} of {name}, which has {len(outputs)}")
        return outputs[which]

    def finish(self):
        """Makes the calls that no output needs, so that no weight is left out."""
        for name, inner in self.layers.items():
            for call in range(len(inner.inbound) or 1):
                self._make(name, call)

    def _known(self, reference):
        name, call, which = reference
        inner = self.layers.get(name)
        if inner is None:
            raise self._broken(f"the layer {name}, which is not there")
        # A nested model's own first call counted, as number 0.
        call -= inner.kind in MODELS
        calls = len(inner.inbound) or 1
        if not 0 <= call < calls:
            # Calls outside of the model were counted by some releases.
            call = 0 if calls == 1 else call
        if not 0 <= call < calls:
            raise self._broken(f"call {reference[1]} of {name}, which has {calls}")
        return name, call, which

    def _broken(self, what):
        return MigrationError(f"{self.layer.name}: asks for {what}. The file is damaged.")

    def _make(self, name, call):
        """Makes a call and all that it needs, without recursion: graphs can be deep."""
        waiting, begun = [(name, call)], set()
        while waiting:
            key = waiting[-1]
            missing = [need for need in self._needs(*key) if need not in self.made]
            if key in self.made or not missing:
                waiting.pop()
                if key not in self.made:
                    self.made[key] = self._call(*key)
            elif key in begun:
                raise self._broken(f"the output of {key[0]} to make {key[0]}")
            else:
                begun.add(key)
                waiting += missing

    def _needs(self, name, call):
        inbound = self.layers[name].inbound
        return [self._known(found)[:2] for found in inbound[call]] if inbound else []

    def _call(self, name, call):
        inner = self.layers[name]
        if inner.kind == "InputLayer":
            return [self._start(inner)]
        if not inner.inbound:
            raise self._broken(f"the output of {name}, which is given nothing")
        tensors = [self.tensor(found) for found in inner.inbound[call]]
        if inner.kind == "Merge":
            return _merge(inner, self.setting, tensors)
        if name not in self.parts:
            shape = tuple(tensors[0].shape) if len(tensors) == 1 else None
            self.parts[name] = _parts(inner, self.setting, shape)
        end = tensors[0] if len(tensors) == 1 else tensors
        for part in self.parts[name]:
            end = part(end)
        return list(end) if isinstance(end, list | tuple) else [end]

    def _start(self, inner):
        shape = _said_shape(inner)
        if shape is None:
            raise MigrationError(f"{inner.name} (InputLayer): says no shape. The file is damaged.")
        dtype = inner.config.get("input_dtype") or "float32"
        return keras.Input(batch_shape=_sizes(inner, shape), dtype=dtype, name=inner.name)
