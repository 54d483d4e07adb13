"""The order in which a group of a file lists the arrays of the layers within it.

- 0.x: layer by layer, each with all of its arrays (keras/layers/containers.py: get_weights).
- 1.0.0 to 1.0.2: so in a Sequential; in a Model, first what is trained, of all layers, then what
  is not. Names were given in the second order to either, so those of a Sequential may be wrong.
- from 1.0.3 on: in both, first what is trained; from 1.0.7 on, a layer of `trainable=False`
  is not (keras/engine/topology.py: weights).
"""

from typing import NamedTuple

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.saved.description import FUNCTIONAL, MODELS, Layer
from keras_inits.migrate.saved.weights.names import KINDS, roles, untrained

__all__ = ["Order", "Slot", "flattened", "names_lie"]

#: Where Keras 3's wrappers keep the layers that they wrap.
WRAPPED = {"Bidirectional": (".forward_layer", ".backward_layer")}
OTHERS_WRAPPED = (".layer",)


class Slot(NamedTuple):
    """One array of a group: of which layer, under which name, and where Keras 3 has that layer.

    `path` goes down from the model: names of layers, and attributes of wrappers (".layer").
    """

    path: tuple
    layer: Layer
    role: str


def flattened(root, version, seen=None):
    """The layers of a model that have a group each, in order.

    The branches of a Merge at the beginning of a Sequential are taken apart from 1.0.0 on
    (keras/models.py: flattened_layers).
    """
    first, *others = root.inner or [None]
    if first is None:
        return []
    if root.kind != "Sequential" or first.kind != "Merge" or not at_least(version, "1.0.0"):
        return [((layer.name,), layer) for layer in root.inner]
    seen = set() if seen is None else seen
    return [*_branches(first, version, seen), *(((layer.name,), layer) for layer in others)]


class Order:
    """The order of the arrays of a group, under the circumstances of its file.

    Args:
        circumstances: the `Circumstances` of the file.
        count: a function of the path of a layer that Keras 1 did not have, and of the layer,
            that gives the number of its arrays.
    """

    def __init__(self, circumstances, count=lambda path, layer: 0):
        self.circumstances, self.count = circumstances, count

    def slots(self, path, layer):
        """The Slots of the arrays of a layer, or of all layers within it, in the file's order."""
        if not self._from("1.0.0"):
            return self._one_by_one(path, layer)
        if not self._from("1.0.3"):
            return self._values(path, layer)
        return self._trained_first(path, layer)

    def _from(self, version):
        return at_least(self.circumstances.version, version)

    def _trained_first(self, path, layer):
        return self._trained(path, layer) + self._not_trained(path, layer)

    def _one_by_one(self, path, layer):
        if layer.inner:
            return _gathered(self._one_by_one, path, layer)
        return _of(path, layer, self._roles(path, layer))

    def _values(self, path, layer):
        if layer.kind in FUNCTIONAL:
            return self._trained_first(path, layer)
        if layer.inner:
            return _gathered(self._values, path, layer)
        return _of(path, layer, self._roles(path, layer))

    def _trained(self, path, layer):
        if layer.inner:
            return _gathered(self._trained, path, layer)
        if self._is_frozen(layer):
            return []
        left_out = untrained(layer, self.circumstances)
        names = self._roles(path, layer)
        return _of(path, layer, [name for name in names if name not in left_out])

    def _not_trained(self, path, layer):
        if layer.inner:
            return _gathered(self._not_trained, path, layer)
        frozen = self._is_frozen(layer)
        names = self._roles(path, layer) if frozen else untrained(layer, self.circumstances)
        return _of(path, layer, names)

    def _roles(self, path, layer):
        if layer.kind in KINDS or layer.kind == "InputLayer":
            return roles(layer, self.circumstances)
        return tuple(f"param_{index}" for index in range(self.count(path, layer)))

    def _is_frozen(self, layer):
        return self._from("1.0.7") and layer.config.get("trainable") is False


def _of(path, layer, names):
    return [Slot(path, layer, name) for name in names]


def _gathered(part, path, layer):
    found = [part(*inner) for inner in _within(path, layer)]
    return [slot for slots_within in found for slot in slots_within]


def names_lie(layer, version):
    """Whether the names of a group may stand at other arrays than their own."""
    innermost = layer
    while innermost.inner and innermost.kind not in MODELS:
        innermost = innermost.inner[0]
    return innermost.kind == "Sequential" and not at_least(version, "1.0.3")


def _branches(merge, version, seen):
    for branch in merge.inner:
        # A branch that is used twice is one object, and has its groups once.
        if id(branch) in seen:
            continue
        seen.add(id(branch))
        path = (branch.name,)
        if branch.kind == "Sequential":
            yield from (
                ((*path, *below), layer) for below, layer in flattened(branch, version, seen)
            )
        elif branch.kind in MODELS:
            yield from (((*path, layer.name), layer) for layer in branch.inner)
        else:
            yield path, branch


def _within(path, layer):
    """The layers within one, with their paths: a Bidirectional's stands for two."""
    if layer.kind in MODELS or layer.kind == "Merge":
        # The branches of a Merge stand beside it in the Keras 3 model.
        path = path[:-1] if layer.kind == "Merge" else path
        return [((*path, inner.name), inner) for inner in layer.inner]
    steps = WRAPPED.get(layer.kind, OTHERS_WRAPPED)
    return [((*path, step), inner) for inner in layer.inner for step in steps]
