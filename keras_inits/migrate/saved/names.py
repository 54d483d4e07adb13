"""Names of layers that Keras 3 takes: without slashes, and each only once in a model."""

import re

from keras_inits.migrate.saved.description import FUNCTIONAL

__all__ = ["begins_with_merge", "renamed"]

#: Keras 3 takes no slash, TensorFlow's scopes no other signs than these.
NOT_TAKEN = re.compile(r"[^A-Za-z0-9_.\-]")


def renamed(layer, sharing=False):
    """A layer, and all within, under names for Keras 3; `original` keeps the file's.

    Args:
        layer: a Layer.
        sharing: whether names tell layers apart in the file, so that two branches alike, names
            included, are one branch that is used twice. They become one object.
    """
    return Names(sharing).layer(layer, set())


class Names:
    """The names given in one file."""

    def __init__(self, sharing):
        self.sharing, self.branches = sharing, []

    def layer(self, layer, taken, branch=False):
        """A Layer renamed, its name added to those `taken` in the model around it."""
        name = _free(valid(layer.name), taken)
        inner = self._inner(layer, taken if branch and begins_with_merge(layer) else set(), taken)
        names = {old.name: new.name for old, new in zip(layer.inner, inner, strict=True)}
        if layer.kind in FUNCTIONAL:
            inner = tuple(found._replace(inbound=_calls(found.inbound, names)) for found in inner)
        config = {**layer.config, **_ends(layer.config, names)}
        original = layer.original or layer.name
        return layer._replace(name=name, config=config, inner=inner, original=original)

    def _inner(self, layer, own, outer):
        """The layers within. The branches of a Merge stand beside it; see `network.Branches`."""
        if layer.kind == "Merge":
            return tuple(self._branch(inner, outer) for inner in layer.inner)
        return tuple(self.layer(inner, own) for inner in layer.inner)

    def _branch(self, layer, taken):
        for old, new in self.branches if self.sharing else ():
            if old == layer:
                return new
        found = self.layer(layer, taken, branch=True)
        self.branches.append((layer, found))
        return found


def begins_with_merge(layer):
    """Whether a layer is a Sequential that begins with a Merge of others."""
    return layer.kind == "Sequential" and bool(layer.inner) and layer.inner[0].kind == "Merge"


def _ends(config, names):
    ends = ("input_layers", "output_layers")
    return {end: _call(config[end], names) for end in ends if end in config}


def _calls(calls, names):
    return tuple(_call(call, names) for call in calls)


def _call(references, names):
    return tuple((names.get(name, name), *rest) for name, *rest in references)


def valid(name):
    """A name without what Keras 3 and TensorFlow refuse, its first sign a letter or a digit."""
    found = NOT_TAKEN.sub("_", name)
    return found if found[0].isalnum() and found[0].isascii() else f"layer{found}"


def _free(name, taken):
    """The name, or the first of name_1, name_2, ... that is not taken; added to `taken`."""
    found, count = name, 0
    while found in taken:
        count += 1
        found = f"{name}_{count}"
    taken.add(found)
    return found
