"""Whatever a model has of keras_inits, replaced by Keras' own, or refused by the layer's name."""

import keras

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.saved.portable.sigmoid import rescale
from keras_inits.migrate.saved.portable.starts import builtin, forget_bias

__all__ = ["portable"]

OTHER_START = define(
    "KF151",
    "a start that Keras alone cannot express",
    """The file is to open without keras_inits, so that an initializer of Keras stands there, with
    the same mean and variance. Weights and predictions are the same; a model that is rebuilt from
    the configuration starts otherwise. Convert without --portable to keep the law.""",
)
RESCALED = define(
    "KF152",
    "weights times 1.2, for Keras' own hard_sigmoid",
    """Keras 1's hard_sigmoid of z is that of Keras 3 of 1.2 * z, so that the weights that make z
    were multiplied. Predictions are the same; regularizers and constraints see larger weights.""",
)
SUFFIX = "_initializer"
#: What an initializer of this stem starts: an attribute of the layer under one of these names.
WEIGHTS = ("{}", "{}_kernel")
OWN = "keras_inits"


def portable(model):
    """The model without anything of keras_inits, and the findings; changes the one given.

    Raises:
        MigrationError: if it has a layer or a function that Keras lacks.
    """
    layers = _layers(model)
    # A cell goes by its layer's name, which is the one in the file.
    names = {id(layer.cell): layer.name for layer in layers if hasattr(layer, "cell")}
    findings = [
        found for layer in layers for found in _replaced(layer, names.get(id(layer), layer.name))
    ]
    foreign = _foreign(keras.saving.serialize_keras_object(model), model.name)
    if foreign is not None:
        name, what = foreign
        raise MigrationError(
            f"{name}: {what} is none of Keras' own. Convert without --portable, and import "
            "keras_inits where the model is used."
        )
    return model, findings


def _layers(model):
    # A model that is given as part of another one occurs once.
    return {id(layer): layer for layer in model._flatten_layers()}.values()


def _replaced(layer, owner):
    """Replaces initializers and hard_sigmoid; tells what is no longer the same."""
    names = [name for name, value in vars(layer).items() if _is_ours(name, value)]
    for name in names:
        exact = _replace(layer, name)
        if not exact:
            found = _shown(getattr(layer, name))
            yield Finding(OTHER_START, 1, 1, f"{owner}: {found} stands in as {name}.")
    if rescale(layer, owner):
        yield Finding(RESCALED, 1, 1, f"{owner}: the weights before hard_sigmoid times 1.2.")


def _shown(initializer):
    given = {name: value for name, value in initializer.get_config().items() if name != "seed"}
    words = ", ".join(f"{name}={value:.6g}" for name, value in given.items())
    return f"keras.initializers.{type(initializer).__name__}({words})"


def _is_ours(name, value):
    return name.endswith(SUFFIX) and type(value).__module__.partition(".")[0] == OWN


def _replace(layer, name):
    """Sets an initializer of Keras; whether a rebuilt layer starts as before."""
    shape = _shape(layer, name.removesuffix(SUFFIX))
    if shape is None:
        setattr(layer, name, keras.initializers.Zeros())
        return True
    given = getattr(layer, name)
    if hasattr(layer, "unit_forget_bias") and forget_bias(given, shape):
        layer.unit_forget_bias = True
        setattr(layer, name, keras.initializers.Zeros())
        return True
    found, exact = builtin(given, shape)
    setattr(layer, name, found)
    return exact


def _shape(layer, stem):
    """The shape of the weight that an initializer starts, or None if the layer has no such."""
    found = (getattr(layer, name.format(stem), None) for name in WEIGHTS)
    return next((tuple(weight.shape) for weight in found if weight is not None), None)


def _foreign(tree, owner):
    """The layer's name and the class or function of the first that is not Keras', or None."""
    if isinstance(tree, (list, tuple)):
        return next(filter(None, (_foreign(entry, owner) for entry in tree)), None)
    if not isinstance(tree, dict):
        return None
    if "class_name" in tree and not _of_keras(tree):
        return _named(tree, owner), tree["class_name"]
    inner = _named(tree, owner) if "class_name" in tree else owner
    return next(filter(None, (_foreign(entry, inner) for entry in tree.values())), None)


def _named(tree, owner):
    config = tree.get("config")
    return config.get("name", owner) if isinstance(config, dict) else owner


def _of_keras(tree):
    """Whether a class is Keras'; functions of Keras are written as words, others as trees."""
    return str(tree.get("module")).partition(".")[0] == "keras"
