"""The weights of a file into a Keras 3 model: all of them, or an error and none."""

import keras
import numpy as np

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.saved.weights.candidates import agreed
from keras_inits.migrate.saved.weights.conversions import OWN_STATISTICS, converted
from keras_inits.migrate.saved.weights.groups import arrays_by_layer, units
from keras_inits.migrate.saved.weights.names import roles
from keras_inits.migrate.saved.weights.slots import Order

__all__ = ["assign", "at", "findings_of", "made_for", "own_weights", "set_all"]

NO_STATISTICS = define(
    "KF120",
    "a BatchNormalization without its running statistics",
    """Up to Keras 0.1.3, and in a Graph up to 0.2.0, they were not among the weights that were
    saved. The layer got a mean of 0 and a deviation of 1, as Keras itself gave it on loading:
    predictions are not those of the model that was saved, until it has been trained a little.""",
    open=True,
)
UNUSED_STATISTICS = define(
    "KF121",
    "running statistics that the layer never used",
    """A BatchNormalization of mode 1 or 2 kept running statistics, but never read them; they were
    left out.""",
)
CAST = define(
    "KF122",
    "weights of another precision",
    """The file holds the weights in another precision than the layer, to which they were
    rounded. keras.config.set_dtype_policy or set_floatx makes layers of the file's precision.""",
)


def assign(model, description, groups, circumstances, others=()):
    """Gives a Keras 3 model the weights of a file of Keras 0.x or 1.x; the findings about them.

    Every count and every shape is checked before the first weight is set.

    Args:
        model: the built Keras 3 model, its layers named as in the description.
        description: the `Layer` of the whole model.
        groups: the `Group`s of the file.
        circumstances: its `Circumstances`.
        others: Circumstances that it may have been written in just as well.

    Raises:
        MigrationError: if an array of the file or a weight of the model is left over, one does
            not fit, or it cannot be told which of several meanings the arrays have.
    """

    def made(one):
        found = _parts(model, description, groups, one)
        return [(part[1].name, made_for(*part, _as_stored(description, one))) for part in found]

    arrays, fitting = agreed([circumstances, *others], made)
    parts = _parts(model, description, groups, fitting[0])
    set_all(model, [layer for layer, *_ in parts], [held for _, held in arrays])
    there = _as_stored(description, fitting[0])
    return [finding for part in parts for finding in findings_of(*part, there)]


def _parts(model, description, groups, circumstances):
    """The Keras 3 layers that take the file's arrays: (layer, `Layer`, arrays by role)."""
    circumstances = _as_stored(description, circumstances)
    order = Order(circumstances, lambda path, layer: len(own_weights(at(model, path, layer))))
    needed = units(description, order)
    found = arrays_by_layer(description, needed, groups, circumstances.version)
    return [(at(model, path, layer), layer, arrays) for path, layer, arrays in found]


def set_all(model, layers, made):
    """Sets the weights of layers to the arrays made for each, if no weight of the model is left."""
    _check_all_given(model, layers)
    for layer, arrays in zip(layers, made, strict=True):
        for weight, array in zip(own_weights(layer), arrays, strict=True):
            weight.assign(array)


def own_weights(layer):
    """The weights of a Keras 3 layer, without the states of a stateful one."""
    layer = getattr(layer, "cell", layer)
    return list(layer.weights)


def _as_stored(description, circumstances):
    # A Graph of 0.2.0 stored its layers' parameters alone, as all models of 0.1.3 did.
    early = description.kind == "Graph" and circumstances.version == "0.2.0"
    return circumstances._replace(version="0.1.3") if early else circumstances


def made_for(layer, stored, arrays, circumstances):
    """The arrays of a Keras 3 layer, from those of a `Layer` by role."""
    for role, array in arrays.items():
        if not np.issubdtype(array.dtype, np.floating):
            raise MigrationError(
                f"{stored.name}: weights are floating-point numbers; the file's {role} is "
                f"{array.dtype}. The file is damaged."
            )
    shapes = [tuple(weight.shape) for weight in own_weights(layer)]
    epsilon = getattr(layer, "epsilon", None)
    return converted(stored, list(arrays.values()), circumstances, shapes, epsilon)


def at(model, path, layer):
    """The Keras 3 layer at a path of a `Slot`; models taken apart into the one around are passed.

    Raises:
        MigrationError: if there is none.
    """
    here = model
    for step in path:
        found = getattr(here, step[1:], None) if step.startswith(".") else _named(here, step)
        here = here if found is None else found
    if here is model or (path[-1][0] != "." and here.name != path[-1]):
        raise MigrationError(
            f"{layer.name}: the Keras 3 model has no layer of that name for the {layer.kind} of "
            f"the file."
        )
    return here


def _named(model, name):
    return next((layer for layer in getattr(model, "layers", ()) if layer.name == name), None)


def _check_all_given(model, layers):
    given = {id(weight) for layer in layers for weight in own_weights(layer)}
    states = {id(state) for layer in _all_layers(model) for state in _states(layer)}
    left = [weight.path for weight in model.weights if id(weight) not in given | states]
    if left:
        raise MigrationError(
            f"{model.name}: the file has nothing for the weights {', '.join(left)}. Check that it "
            f"belongs to this architecture."
        )


def _all_layers(model):
    return model._flatten_layers()


def _states(layer):
    return keras.tree.flatten(getattr(layer, "states", None))


def findings_of(layer, stored, arrays, circumstances):
    """What to tell of a layer's weights."""
    told = []
    if stored.kind == "BatchNormalization" and stored.config.get("mode") in OWN_STATISTICS:
        if len(own_weights(layer)) < len(arrays):
            told.append((UNUSED_STATISTICS, "running_mean and running_std were left out."))
    elif stored.kind == "BatchNormalization" and "running_std" not in roles(stored, circumstances):
        told.append((NO_STATISTICS, "a mean of 0 and a deviation of 1."))
    precisions = {array.dtype.name for array in arrays.values()} - {layer.variable_dtype}
    if precisions:
        told.append((CAST, f"{', '.join(sorted(precisions))} became {layer.variable_dtype}."))
    return [Finding(code, 1, 1, f"{stored.name}: {message}") for code, message in told]
