"""The weights of an old file in a Keras 3 model that the user wrote: the architecture is code."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.keras1.activations import keras1_hard_sigmoid
from keras_inits.migrate.saved import stored
from keras_inits.migrate.saved.given_meaning import check_channels, check_padding, is_moved
from keras_inits.migrate.saved.weights import assigning, candidates, kinds
from keras_inits.migrate.saved.weights.groups import arrays_by_layer, units
from keras_inits.migrate.saved.weights.slots import Order
from keras_inits.migrate.saved.weights.statistics import default_epsilon

__all__ = ["load_weights"]

TAKEN_AS = define(
    "KF123",
    "what a file of weights was taken for",
    """The release, dim_ordering and backend that wrote the file, as it or the user says, or as
    the shapes show. Where several are named, the weights are the same in all of them.""",
)
OTHER_GATE = define(
    "KF124",
    "a recurrent activation that is not Keras 1's default",
    """Gates of Keras 1 had `hard_sigmoid`, clip(0.2 * x + 0.5, 0, 1), unless the model said
    otherwise. Keras 3's default is sigmoid, and its hard_sigmoid is another function; the old one
    is keras_inits.migrate.keras1.keras1_hard_sigmoid.""",
    open=True,
)
OTHER_EPSILON = define(
    "KF125",
    "an epsilon that is not the old default",
    """BatchNormalization's epsilon was taken for that of the old model. If that model left it
    out, give the layer the default of its release.""",
    open=True,
)
OTHER_PLACE = define(
    "KF126",
    "channels first in the file, last in the model",
    """The kernels of the file were converted. Inputs have to be transposed, and axes that the
    model counts are other ones than they were.""",
    open=True,
)


def load_weights(model, path, *, from_keras=None, dim_ordering=None, backend=None):
    """Gives a built Keras 3 model the weights of a file of Keras 0.x or 1.x; the findings.

    Layers with weights are taken in order, as Keras 1 did, whatever their names. Every shape and
    count is checked before the first weight is set. A file of weights says little of itself: if
    the weights would be others under another release, ordering or backend, it is refused, with
    the argument that decides.

    Args:
        model: the model, of the same architecture as the old one.
        path: a file of `save_weights` or `model.save`.
        from_keras: the release that wrote it, "0.1.0" to "1.2.2".
        dim_ordering: "th" or "tf", of all convolutions.
        backend: "theano" or "tensorflow"; Theano turned its kernels by 180 degrees.

    Raises:
        MigrationError: if something does not fit, is left over, or cannot be told.
        ValueError: for a version, ordering or backend that there was not.
    """
    _check_model(model)
    held = stored.read(path)
    groups = [group for group in held.groups or () if group.arrays]
    if not groups:
        raise MigrationError(f"{path}: the file has no weights. Give one of save_weights or save.")
    described = kinds.described(model)
    tried = candidates.candidates(
        groups, from_keras or held.version, dim_ordering or _ordering(held.tree), backend
    )
    made, fitting = candidates.agreed(tried, lambda one: _made(model, described, groups, one))
    check_channels(model, fitting)
    check_padding(model, fitting)
    parts = _parts(model, described, groups, fitting[0])
    assigning.set_all(model, [layer for layer, *_ in parts], [arrays for _, arrays in made])
    found = [note for part in parts for note in assigning.findings_of(*part, fitting[0])]
    return [*found, *_findings(model, fitting)]


def _check_model(model):
    if not isinstance(model, keras.Model):
        raise MigrationError(f"load_weights needs a keras.Model first, got {model!r}.")
    if not model.built:
        raise MigrationError(
            f"{model.name}: the model has no weights before it is built. Let it begin with a "
            "keras.Input, or call it or model.build(input_shape) first."
        )


def _ordering(tree):
    """The dim_ordering that an architecture names, if it names one for all of its layers."""
    named = set(_named(tree, "dim_ordering"))
    return named.pop() if len(named) == 1 and named <= {"th", "tf"} else None


def _named(tree, key):
    if isinstance(tree, dict):
        yield from (value for name, value in tree.items() if name == key)
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    for value in inner:
        yield from _named(value, key)


def _made(model, root, groups, circumstances):
    """The name and the converted arrays of each layer."""
    parts = _parts(model, root, groups, circumstances)
    return [(part[1].name, assigning.made_for(*part, circumstances)) for part in parts]


def _parts(model, root, groups, circumstances):
    """The Keras 3 layers that take the file's arrays: (layer, `Layer`, arrays by role)."""

    def count(path, layer):
        return len(assigning.own_weights(assigning.at(model, path, layer)))

    order = Order(circumstances, count)
    needed = units(root, order, [((layer.name,), layer) for layer in root.inner])
    if len(needed) != len(groups):
        apart = units(root, order, kinds.taken_apart(root))
        needed = apart if len(apart) == len(groups) else needed
    pairs = zip(needed, [*groups, *[None] * len(needed)], strict=False)
    needed = [_as_in_the_file(*one, group, order) for one, group in pairs]
    found = arrays_by_layer(root, needed, groups, circumstances.version)
    return [(assigning.at(model, path, layer), layer, arrays) for path, layer, arrays in found]


def _as_in_the_file(layer, slots, group, order):
    """A layer and its slots, the gates of one array each or all in one, as the group has it."""
    one_array = kinds.fused(layer)
    fewer = order.slots(slots[0].path[: _depth(slots, layer)], one_array)
    fits = group is not None and len(fewer) == len(group.arrays)
    return (one_array, fewer) if fits else (layer, slots)


def _depth(slots, layer):
    """How much of a slot's path leads to the layer of the group."""
    return slots[0].path.index(layer.name) + 1


def _findings(model, fitting):
    layers = list(model._flatten_layers())
    told = [(TAKEN_AS, model.name, _taken_as(fitting))]
    if is_moved(layers, fitting):
        told.append((OTHER_PLACE, model.name, "'th' in the file, channels_last in the model."))
    told += [
        (OTHER_GATE, layer.name, f"recurrent_activation is {_gate(layer).__name__}.")
        for layer in layers
        if isinstance(layer, keras.layers.RNN) and _gate(layer) not in (None, keras1_hard_sigmoid)
    ]
    old = default_epsilon(fitting[0].version)
    told += [
        (OTHER_EPSILON, layer.name, f"epsilon is {layer.epsilon}; the default was {old}.")
        for layer in layers
        if isinstance(layer, keras.layers.BatchNormalization) and layer.epsilon != old
    ]
    return [Finding(code, 1, 1, f"{name}: {message}") for code, name, message in told]


def _gate(layer):
    return getattr(layer, "recurrent_activation", None)


def _taken_as(fitting):
    words = {
        "Keras": [one.version for one in fitting],
        "dim_ordering": [one.dim_ordering for one in fitting],
        "backend": [one.backend for one in fitting],
    }
    said = [f"{word} {' or '.join(dict.fromkeys(values))}" for word, values in words.items()]
    return f"written by {', '.join(said)}."
