"""Keras at work on what a file describes: weights are counted before they are made, and whatever
goes wrong is one error.
"""

import contextlib
import math
import threading

import keras

from keras_inits.migrate.errors import MigrationError

__all__ = ["building", "check_layers", "check_states", "entries"]

# Numbers in the weights of an architecture without weights: a gigabyte; VGG-16 has half of it.
MOST = 2**28
# What Keras 3 may have beside the weights in a file: statistics, counters.
SPARE = 2**16
# Samples of a batch whose states a layer keeps.
MOST_SAMPLES = 2**16
# Layers of a model, those within models included; ResNet-1001 has 3,400.
MOST_LAYERS = 5000
# Keras' words of an error, without its picture of the call.
SHOWN = 300
_LOCK = threading.RLock()


def entries(groups):
    """How many numbers the weights of a model may be, given those in the file, if any."""
    if groups is None:
        return MOST
    return SPARE + 2 * sum(array.size for group in groups for array in group.arrays.values())


def check_layers(layers):
    """Refuses more layers and calls than any model has: Keras takes milliseconds to make each.

    Args:
        layers: the Layers of a file.

    Raises:
        MigrationError: for more than 5,000 layers, and for as many tensors given to one.
    """
    if len(layers) > MOST_LAYERS:
        raise MigrationError(f"The model has {len(layers)} layers; {MOST_LAYERS} are converted.")
    for layer in layers:
        given = sum(map(len, layer.inbound))
        if given > MOST_LAYERS:
            raise MigrationError(
                f"{layer.name}: is given {given} tensors; {MOST_LAYERS} are converted."
            )


def check_states(layers):
    """Refuses states for more samples than any batch has; they are no weights, but take memory.

    Args:
        layers: the Layers of a file.

    Raises:
        MigrationError: for a stateful layer in a model of such batches.
    """
    batches = [layer.config.get("batch_input_shape") for layer in layers]
    sizes = [batch[0] for batch in batches if isinstance(batch, list) and batch and batch[0]]
    stateful = [layer.name for layer in layers if layer.config.get("stateful")]
    if stateful and max(sizes, default=0) > MOST_SAMPLES:
        raise MigrationError(f"{stateful[0]}: states for a batch of {max(sizes)} samples.")


@contextlib.contextmanager
def building(most):
    """Where layers are made of what a file says.

    A file may say anything, and Keras and TensorFlow have an error of their own for each of it.

    Args:
        most: how many numbers the weights may be together.

    Raises:
        MigrationError: for any error within.
    """
    try:
        with _LOCK, _counted(most):
            yield
    except MigrationError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:SHOWN] or "no reason given"
        raise MigrationError(
            "What the file describes cannot be built; it is damaged, or uses what is not "
            f"supported: {type(error).__name__}: {reason}"
        ) from error


@contextlib.contextmanager
def _counted(most):
    """Counts what layers ask for: memory for it is taken, or not there, before Keras says so."""
    add_weight, left = keras.layers.Layer.add_weight, most

    def counted(layer, shape=None, *arguments, **options):
        nonlocal left
        left -= math.prod(size for size in shape or () if size)
        if left < 0:
            raise MigrationError(
                f"{layer.name}: the model has more than {most} numbers as weights, which the file "
                "does not account for."
            )
        return add_weight(layer, shape, *arguments, **options)

    keras.layers.Layer.add_weight = counted
    try:
        yield
    finally:
        keras.layers.Layer.add_weight = add_weight
