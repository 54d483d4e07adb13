"""Layers without weights that look at no neighbours: activations, noise, masks, shapes."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.saved.layers.words import activation, common

__all__ = ["LAYERS"]


def _activation(given):
    for word in ("beta", "target"):
        given(word)
    return keras.layers.Activation(activation(given), **common(given))


def _activity(given):
    words = {name: float(given(name) or 0.0) for name in ("l1", "l2")}
    return keras.layers.ActivityRegularization(**words, **common(given))


def _dropout(given):
    """Dropout; until 0.2.0 what it kept was not enlarged in training, but all reduced afterwards.

    Source: keras/layers/core.py, Dropout (0.2.0 and 0.3.0).
    """
    shape, seed, rate = given("noise_shape"), given("seed"), given.rate("p")
    made = keras.layers.Dropout(
        rate, noise_shape=tuple(shape) if shape else None, seed=seed, **common(given)
    )
    if at_least(given.version, "0.3.0"):
        return [made]
    return [made, keras.layers.Rescaling(1 - rate, name=f"{given.name}_kept")]


def _spatial_dropout(given):
    words = {} if given.kind == "SpatialDropout1D" else {"data_format": given.data_format}
    # Keras 3's takes no `trainable`; there is nothing to train.
    given("trainable")
    return getattr(keras.layers, given.kind)(given.rate("p"), name=given.name, **words)


def _reshape(given):
    shape = given("dims") if given.has("dims") else given("target_shape")
    if not isinstance(shape, list | tuple):
        raise given.refusal(f"target_shape is not understood: {shape!r}.")
    return keras.layers.Reshape(tuple(shape), **common(given))


def _flatten(given):
    # "channels_last" is the order as it is; Keras 3 turns "channels_first" around.
    return keras.layers.Flatten(data_format="channels_last", **common(given))


#: Layers of one class and one argument: the class, Keras 3's word, Keras 1's, its default.
ONE_ARGUMENT = {
    "GaussianNoise": ("GaussianNoise", "stddev", "sigma", None),
    "Masking": ("Masking", "mask_value", "mask_value", 0.0),
    "RepeatVector": ("RepeatVector", "n", "n", None),
    "LeakyReLU": ("LeakyReLU", "negative_slope", "alpha", 0.3),
    "ELU": ("ELU", "alpha", "alpha", 1.0),
    "ThresholdedReLU": ("ReLU", "threshold", "theta", 1.0),
    "ThresholdedReLu": ("ReLU", "threshold", "theta", 1.0),
}


def _one_argument(given):
    name, new, old, default = ONE_ARGUMENT[given.kind]
    return getattr(keras.layers, name)(**{new: given.real(old, default)}, **common(given))


def _gaussian_dropout(given):
    return keras.layers.GaussianDropout(given.rate("p"), **common(given))


def _permute(given):
    return keras.layers.Permute(tuple(given("dims")), **common(given))


def _alone(build):
    return lambda given: [build(given)]


LAYERS = {
    "Activation": _alone(_activation),
    "ActivityRegularization": _alone(_activity),
    "Dropout": _dropout,
    **{f"SpatialDropout{rank}D": _alone(_spatial_dropout) for rank in (1, 2, 3)},
    "Reshape": _alone(_reshape),
    "Flatten": _alone(_flatten),
    "GaussianDropout": _alone(_gaussian_dropout),
    "Permute": _alone(_permute),
    **{name: _alone(_one_argument) for name in ONE_ARGUMENT},
}
