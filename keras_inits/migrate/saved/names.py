"""Names of layers that Keras 3 takes: without slashes, and each only once in a model."""

import re

__all__ = ["renamed"]

#: Keras 3 takes no slash, TensorFlow's scopes no other signs than these.
NOT_TAKEN = re.compile(r"[^A-Za-z0-9_.\-]")
MODELS = ("Model", "Graph", "Container")


def renamed(layer, taken=None):
    """A layer, and all within, under names for Keras 3; `original` keeps the file's.

    Args:
        layer: a Layer.
        taken: names that the model around it has already; added to.
    """
    name = _free(valid(layer.name), set() if taken is None else taken)
    inner = _inner(layer, taken)
    names = {old.name: new.name for old, new in zip(layer.inner, inner, strict=True)}
    if layer.kind in MODELS:
        inner = tuple(found._replace(inbound=_calls(found.inbound, names)) for found in inner)
    config = {**layer.config, **_ends(layer.config, names)}
    return layer._replace(name=name, config=config, inner=inner, original=layer.name)


def _inner(layer, taken):
    """The layers within: a model's have a set of names of their own, Merge's share the outer's."""
    shared = layer.kind == "Merge" and taken is not None
    names = taken if shared else set()
    return tuple(renamed(inner, names) for inner in layer.inner)


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
