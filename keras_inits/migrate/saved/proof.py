"""Whether a converted model gives what the old one gave: predictions recorded in an .npz file."""

import re
import zipfile
import zlib

import keras
import numpy as np

from keras_inits.migrate.errors import MigrationError

__all__ = ["NotProvedError", "prove", "recorded", "saved"]

# Of float32, over a few layers: the converted models here differ by 1e-8 to 1e-6.
TOLERANCE = 1e-5
# What NumPy says of a file that is none of its own, or damaged.
_UNREADABLE = (ValueError, TypeError, AttributeError, EOFError, zipfile.BadZipFile, zlib.error)
_NAMES = re.compile(r"(x|y)(\d*)\Z")


class NotProvedError(MigrationError):
    """A model that was converted and predicts something else than what was recorded."""


def recorded(path):
    """Inputs and outputs, in order: x and y, or x0, x1, ... and y0, y1, ...

    Raises:
        MigrationError: if the file is no .npz of numbers with such names.
    """
    try:
        with open(path, "rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files if _NAMES.match(name)}
    except OSError as error:
        raise MigrationError(f"{path}: {error.strerror or error}") from error
    except _UNREADABLE as error:
        raise MigrationError(f"{path}: it is no .npz file of numbers: {error}") from error
    wrong = [
        name for name, array in arrays.items() if array.dtype.kind not in "biuf" or not array.ndim
    ]
    if wrong:
        raise MigrationError(f"{path}: {wrong[0]} is no array of numbers, one row for each sample.")
    inputs, outputs = (_in_order(arrays, letter) for letter in "xy")
    if not (inputs and outputs):
        raise MigrationError(f"{path}: it needs arrays x and y, or x0, x1, ... and y0, y1, ...")
    return inputs, outputs


def _in_order(arrays, letter):
    names = [name for name in arrays if name.startswith(letter)]
    return [arrays[name] for name in sorted(names, key=lambda name: int(name[1:] or 0))]


def saved(model, path):
    """Saves a model and gives the one that was saved.

    Raises:
        MigrationError: if it cannot be loaded, or with other weights.
    """
    model.save(path)
    try:
        found = keras.saving.load_model(path, compile=False)
    except (TypeError, ValueError) as error:
        raise MigrationError(
            f"Keras {keras.__version__} does not open what it wrote of the model: {error}"
        ) from error
    same = [np.array_equal(one, other) for one, other in zip(*_weights(model, found), strict=True)]
    if not all(same):
        raise MigrationError("The file that was written holds other weights than the model.")
    return found


def _weights(*models):
    return ([weight.numpy() for weight in model.weights] for model in models)


def prove(model, inputs, outputs):
    """The largest difference, for each output, of what a model predicts to what was recorded.

    It is relative to the largest number of an output if that is beyond 1.

    Raises:
        MigrationError: if the model has other inputs or outputs.
        NotProvedError: for a difference beyond 1e-5.
    """
    if len(inputs) != len(model.inputs) or len(outputs) != len(model.outputs):
        raise MigrationError(
            f"The model has {len(model.inputs)} inputs and {len(model.outputs)} outputs, recorded "
            f"are {len(inputs)} and {len(outputs)}."
        )
    for number, (array, tensor) in enumerate(zip(inputs, model.inputs, strict=True)):
        _check_input(number, array.shape, (len(inputs[0]), *tensor.shape[1:]))
    given = inputs[0] if len(inputs) == 1 else list(inputs)
    predicted = model.predict(given, batch_size=len(inputs[0]), verbose=0)
    predicted = [predicted] if len(outputs) == 1 else list(predicted)
    differences = list(map(_difference, predicted, outputs))
    # A difference that is no number proves nothing.
    if not all(found <= TOLERANCE for found in differences):
        raise NotProvedError(
            f"The converted model predicts something else: the outputs differ by {differences}, "
            f"{TOLERANCE} is allowed. Nothing was written. Try --backend, --dim-ordering and "
            "--from-keras."
        )
    return differences


def _check_input(number, shape, wanted):
    """Refuses a recorded input of a shape, None for any size, that the model does not take."""
    fits = len(shape) == len(wanted) and all(
        size in (None, found) for size, found in zip(wanted, shape, strict=True)
    )
    if not fits:
        raise MigrationError(
            f"The model takes an input {number} of shape {wanted}, recorded is one of {shape}."
        )


def _difference(predicted, expected):
    """The largest difference, relative to the largest output if that is beyond 1."""
    if np.shape(predicted) != expected.shape:
        raise MigrationError(
            f"The model predicts an output of shape {np.shape(predicted)}, recorded is one of "
            f"{expected.shape}."
        )
    if not expected.size:
        return 0.0
    difference = np.max(np.abs(predicted - expected))
    largest = np.max(np.abs(expected), where=np.isfinite(expected), initial=1.0)
    return float(difference / largest)
