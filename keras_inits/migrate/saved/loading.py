"""A legacy model file as a Keras 3 model with its weights."""

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.saved.building import building, check_layers, check_states, entries
from keras_inits.migrate.saved.circumstances import check, circumstances, layers_of
from keras_inits.migrate.saved.description import Circumstances
from keras_inits.migrate.saved.names import renamed
from keras_inits.migrate.saved.network import network
from keras_inits.migrate.saved.setting import Setting
from keras_inits.migrate.saved.stored import read
from keras_inits.migrate.saved.styles import described, is_flat
from keras_inits.migrate.saved.weights import assign
from keras_inits.migrate.saved.weights.candidates import others

__all__ = ["load"]

NOT_CONVERTED = define(
    "KF109",
    "parts of the file that were not converted",
    """The optimizer, its state, the loss and the metrics belong to Keras 1's training: compile
    the model anew.""",
)
RENAMED = define(
    "KF110",
    "a layer under another name",
    "Keras 3 takes no slashes in names, and each name only once in a model.",
)
NO_WEIGHTS = define(
    "KF111",
    "a model without weights",
    "The file holds an architecture alone; the model starts as it did in Keras 1.",
)

#: What an architecture of 0.x says besides the layers.
TRAINING = ("optimizer", "loss", "loss_weights", "sample_weight_mode", "sample_weight_modes")


def load(
    path,
    weights=None,
    *,
    from_keras=None,
    dim_ordering=None,
    backend=None,
    bugs="keep",
    lambdas=None,
    custom_objects=None,
):
    """The Keras 3 model of a file of Keras 0.1.3 to 1.2.2, and the findings.

    The model predicts what the original did, and each layer starts by the law it had there: it
    can be cloned and trained again from its old start. It is not compiled.

    Args:
        path: a file of model.to_json(), model.to_yaml() or model.save().
        weights: the file of model.save_weights(), if the first holds the architecture alone.
        from_keras: the release that wrote the file, such as "1.0.3", if the file does not say it.
        dim_ordering: "th" or "tf", for layers whose configuration does not keep it.
        backend: "theano" or "tensorflow", what the weights were trained on. Needed for
            convolutions whose file does not tell it.
        bugs: "keep" for starts as Keras 1 really drew them, "fix" for what their names say.
        lambdas: functions for Lambda layers and for the modes of Merge, by the layer's name (or
            the function's, where the file has one), and initializers by the name of a function
            of the author's: {"<lambda>": "glorot_uniform"} for one without a name.
        custom_objects: the author's classes of layers, activations and initializations, by name.
            A class is called with its arguments in the file.

    Raises:
        MigrationError: for a file that cannot be converted exactly, or that is not what it says.
        ValueError: for a release, ordering or backend that Keras 1 did not have.
    """
    given = Circumstances(from_keras, dim_ordering, backend, bugs)
    supplied = {**(custom_objects or {}), **(lambdas or {})}
    return converted(read(path, weights), given, supplied)


def converted(stored, given, supplied):
    """The model of a Stored, and the findings.

    Args:
        stored: a Stored.
        given: a Circumstances of what the user said; None where not.
        supplied: what the user gave for names of layers, classes and functions.

    Raises:
        MigrationError: see `load`.
    """
    if stored.tree is None:
        raise MigrationError(
            "The file holds weights alone. Give the architecture first (model.to_json()), or load "
            "them into a model of yours: keras_inits.migrate.saved.load_weights(model, path)."
        )
    check(given)
    with building(entries(stored.groups)):
        root = described(stored.tree)
        check_layers(tuple(layers_of(root)))
        root = renamed(root, sharing=not is_flat(stored.tree))
        check_states(tuple(layers_of(root)))
        found, findings = circumstances(stored, root, given)
        setting = Setting(found, supplied, _shapes(stored), findings, _masks(root))
        model = network(root, setting)
        findings += _told(stored, root)
        if stored.groups is not None:
            findings += assign(model, root, stored.groups, found, others(stored, given, found))
        return model, findings


def _shapes(stored):
    return {
        name.rpartition("/")[2].removesuffix(":0"): array.shape
        for group in stored.groups or ()
        for name, array in group.arrays.items()
    }


def _masks(root):
    layers = tuple(layers_of(root))
    return any(layer.kind == "Masking" or layer.config.get("mask_zero") for layer in layers)


def _told(stored, root):
    """Findings about the file as a whole."""
    for layer in layers_of(root):
        if layer.name != layer.original and layer is not root:
            yield _finding(RENAMED, layer.name, f"was {layer.original!r} in the file.")
    left = [*stored.unread, *(word for word in TRAINING if (stored.tree or {}).get(word))]
    if left:
        yield _finding(NOT_CONVERTED, root.name, f"not converted: {', '.join(left)}.")
    if stored.groups is None:
        yield _finding(NO_WEIGHTS, root.name, "no weights in the file.")


def _finding(code, name, message):
    return Finding(code, 1, 1, f"{name}: {message}")
