"""The calls of a functional model's layers, in the order in which they can be made."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import MODELS
from keras_inits.migrate.saved.inputs import said_shape, sizes
from keras_inits.migrate.saved.layers import merged

__all__ = ["Calls", "merge"]


def merge(layer, setting, tensors):
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


class Calls:
    """The calls of a functional model's layers, each made once, what it needs first.

    Args:
        layer: a Layer of kind Model or Graph.
        setting: a Setting.
        parts: what makes the layers of Keras 3 of a Layer, as `network` does.
    """

    def __init__(self, layer, setting, parts):
        self.layer, self.setting, self.make = layer, setting, parts
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
            return merge(inner, self.setting, tensors)
        if name not in self.parts:
            shape = tuple(tensors[0].shape) if len(tensors) == 1 else None
            self.parts[name] = self.make(inner, self.setting, shape)
        end = tensors[0] if len(tensors) == 1 else tensors
        for part in self.parts[name]:
            end = part(end)
        return list(end) if isinstance(end, list | tuple) else [end]

    def _start(self, inner):
        shape = said_shape(inner)
        if shape is None:
            raise MigrationError(f"{inner.name} (InputLayer): says no shape. The file is damaged.")
        dtype = inner.config.get("input_dtype") or "float32"
        return keras.Input(batch_shape=sizes(inner, shape), dtype=dtype, name=inner.name)
