"""A legacy file as one form: `Stored`, of HDF5, JSON or YAML; nothing is built yet."""

import os
import stat

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved import hdf5, text, weight_groups
from keras_inits.migrate.saved.description import Stored
from keras_inits.migrate.saved.limits import MAX_TEXT_BYTES
from keras_inits.migrate.saved.other_files import check_beginning, check_version

BEGINNING_BYTES = 64


def read(path, weights=None):
    """What a model file holds, together with the file of its weights if that is another.

    Args:
        path: what model.to_json, to_yaml, save or save_weights of Keras 0.x or 1.x gave.
        weights: what save_weights or save gave, to use instead of weights that `path` holds.

    Raises:
        MigrationError: if a file is missing, damaged, hostile or another program's.
    """
    found = _one(path)
    if weights is None:
        return found
    if found.tree is None:
        raise MigrationError(f"{path} has no architecture; give the file of to_json or save first.")
    others = _one(weights)
    if others.groups is None:
        raise MigrationError(f"{weights} has no weights; give the file that save_weights wrote.")
    return found._replace(
        version=found.version or others.version, groups=others.groups, unread=others.unread
    )


def _one(path):
    """What one file holds; its errors begin with its name."""
    if not isinstance(path, str | os.PathLike):
        raise MigrationError(f"A model file is given by its path, got {path!r}.")
    try:
        beginning = _beginning(path)
        check_beginning(path, beginning)
        return _from_hdf5(path) if beginning.startswith(hdf5.SIGNATURE) else _from_text(path)
    except MigrationError as error:
        raise MigrationError(f"{path}: {error}") from error.__cause__
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise MigrationError(f"{path}: {reason}") from error


def _beginning(path):
    """The first bytes of a file, if it is one: a pipe or a device might never end."""
    kind = os.stat(path).st_mode
    if stat.S_ISDIR(kind):
        raise MigrationError("It is a folder; tf.saved_model.load opens one with saved_model.pb.")
    if not stat.S_ISREG(kind):
        raise MigrationError("It is no regular file.")
    with open(path, "rb") as file:
        beginning = file.read(BEGINNING_BYTES)
    if not beginning:
        raise MigrationError("The file is empty.")
    return beginning


def _from_text(path):
    if os.path.getsize(path) > MAX_TEXT_BYTES:
        raise MigrationError(f"It is no HDF5 file, and as text larger than {MAX_TEXT_BYTES} bytes.")
    with open(path, "rb") as file:
        data = file.read()
    try:
        tree = text.tree(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise MigrationError("It is neither an HDF5 file nor text in UTF-8.") from None
    return Stored(tree, check_version(tree, "keras.models.model_from_json"))


def _from_hdf5(path):
    contents = hdf5.contents(path)
    root = weight_groups.root_of(contents)
    attributes = contents.groups[""]
    version = check_version(attributes | contents.groups.get(root, {}), _opener(attributes))
    if root is None:
        raise MigrationError(_unknown(contents))
    groups = weight_groups.groups(contents, root)
    tree = _architecture(attributes)
    unread = _unread(contents, weight_groups.accounted(root, groups))
    return Stored(tree, version, groups, unread)


def _opener(attributes):
    whole = "model_config" in attributes
    return "keras.models.load_model" if whole else "load_weights of a model"


def _architecture(attributes):
    """The tree of the attribute model_config, which only model.save writes."""
    config = attributes.get("model_config")
    if config is None:
        return None
    if not isinstance(config, str):
        raise MigrationError("Its model_config is no text.")
    tree = text.tree(config)
    check_version(tree, "keras.models.load_model")
    return tree


def _unread(contents, accounted):
    """What a file holds beside the architecture and the named weights."""
    settings = [name for name in contents.groups[""] if name == "training_config"]
    return (*settings, *contents.skipped, *sorted(set(contents.arrays) - accounted))


def _unknown(contents):
    if {"layers", "_layer_checkpoint_dependencies", "vars"} & set(contents.groups):
        return "It holds weights of Keras 3: load_weights of a model of Keras 3 opens it."
    return "It is an HDF5 file, but not of Keras: it has neither layer_names nor nb_layers."
