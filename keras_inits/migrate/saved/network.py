"""A tree of Keras 1 layers as a Keras 3 model: Sequential, functional, nested, shared."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.calls import Calls, merge
from keras_inits.migrate.saved.description import MODELS
from keras_inits.migrate.saved.inputs import RECURRENT, WRAPPERS, input_of
from keras_inits.migrate.saved.layers import made
from keras_inits.migrate.saved.names import begins_with_merge

__all__ = ["network"]


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
    start = input_of(layer, input_shape)
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


class Branches:
    """The branches of the Merges at the beginning of a Sequential, each built once.

    A branch that begins with a Merge itself stands in the same model; any other is a model within.
    """

    def __init__(self, setting):
        self.setting, self.made = setting, {}

    def sequential(self, layer):
        """The Inputs of a Sequential that begins with a Merge, and what comes out."""
        merging, *others = layer.inner
        inputs, ends = {}, []
        for branch in merging.inner:
            starts, end = self._branch(branch)
            inputs.update((id(start), start) for start in starts)
            ends.append(end)
        (end,) = merge(merging, self.setting, ends)
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
        start = end = input_of(branch)
        for part in _parts(branch, self.setting, tuple(start.shape)):
            end = part(end)
        return [start], end


def _like(tensor, name):
    return keras.Input(batch_shape=tuple(tensor.shape), dtype=tensor.dtype, name=name)


def _functional(layer, setting):
    graph = Calls(layer, setting, _parts)
    inputs = [graph.tensor(found) for found in layer.config.get("input_layers", ())]
    outputs = [graph.tensor(found) for found in layer.config.get("output_layers", ())]
    graph.finish()
    if not inputs or not outputs:
        raise MigrationError(f"{layer.name}: has no inputs or no outputs. The file is damaged.")
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else outputs, name=layer.name)
