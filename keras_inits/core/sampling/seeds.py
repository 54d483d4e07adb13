"""Seeds: one out of Python's generator, others out of one, and all as TensorFlow takes them."""

import hashlib
import random

import keras
from keras import ops

from keras_inits.core.checks import SEED_LIMIT


def default_seed():
    """An integer from Python's `random`, so that keras.utils.set_random_seed governs it."""
    return random.randint(1, 10**9)


def fold_seed(seed, *numbers):
    """A seed of its own for each tuple of numbers: independent streams out of one seed.

    A SeedGenerator is returned as it is, since every draw advances it.
    """
    if isinstance(seed, keras.random.SeedGenerator):
        return seed
    digest = hashlib.blake2b(repr((seed, *numbers)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") % SEED_LIMIT


def tensorflow_seed(seed):
    """A seed as TensorFlow's stateless operations take it: two int32 numbers in a tensor.

    Keras makes the same two numbers, so that the same seed gives the bits that Keras gives.
    """
    if isinstance(seed, keras.random.SeedGenerator):
        return ops.cast(seed.next() % SEED_LIMIT, "int32")
    return ops.convert_to_tensor([seed, 0], dtype="int32")
