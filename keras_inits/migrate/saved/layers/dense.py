"""Layers of one kernel and a bias, embeddings, and activations with weights."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import layers as keras1
from keras_inits.migrate.saved.initializers import initializer
from keras_inits.migrate.saved.layers.words import (
    activation,
    common,
    constraint,
    penalties,
    regularizer,
)

__all__ = ["LAYERS", "shared_axes"]

WORDS_DROPPED = define(
    "KF106",
    "the Embedding's dropout was left out",
    """Keras 1's Embedding dropped whole words of a batch while training; Keras 3's does not.
    Predictions are not affected.""",
    open=True,
)
NO_SHARED_AXES = define(
    "KF107",
    "the shared axes of an activation are not in the file",
    """Its configuration does not keep `shared_axes`, and there are no weights to tell them by:
    none are taken to be shared.""",
    open=True,
)


def dense(given):
    """Dense, and TimeDistributedDense, which is the same of a sequence."""
    return [
        keras.layers.Dense(
            given.number("output_dim", 1),
            activation=activation(given),
            use_bias=bool(given("bias", True)),
            kernel_initializer=initializer(given, "init"),
            **penalties(given),
            **common(given),
        )
    ]


EMBEDDED = {
    "embeddings_regularizer": (regularizer, "W_regularizer"),
    "activity_regularizer": (regularizer, "activity_regularizer"),
    "embeddings_constraint": (constraint, "W_constraint"),
}


def embedding(given):
    """Embedding; its dropout of words is told of."""
    if given("dropout"):
        given.note(WORDS_DROPPED, f"dropout={given('dropout')} of its words while training.")
    words = penalties(given, EMBEDDED)
    activity = words.pop("activity_regularizer", None)
    made = keras.layers.Embedding(
        given.number("input_dim", 1),
        given.number("output_dim", 1),
        mask_zero=bool(given("mask_zero", False)),
        embeddings_initializer=initializer(given, "init"),
        **words,
        **common(given),
    )
    made.activity_regularizer = activity
    return [made]


NORMALIZED = {
    "gamma_regularizer": (regularizer, "gamma_regularizer"),
    "beta_regularizer": (regularizer, "beta_regularizer"),
}


def normalization(given):
    """BatchNormalization of mode 0; of modes 1 and 2, which Keras 3 lacks."""
    mode, axis, momentum = given("mode", 0), given("axis", -1), given.real("momentum")
    # Until 0.3.2 gamma started uniform; the configuration does not say so.
    told = at_least(given.version, "0.3.3")
    words = {
        "epsilon": given.real("epsilon"),
        "beta_initializer": initializer(given, "beta_init", None if told else "zero"),
        "gamma_initializer": initializer(given, "gamma_init", None if told else "uniform"),
        **penalties(given, NORMALIZED),
        **common(given),
    }
    if mode == 1:
        return [keras1.BatchNormalizationMode1(version=given.version, **words)]
    if mode == 2:
        return [keras1.BatchNormalizationMode2(axis=axis, version=given.version, **words)]
    if mode != 0:
        raise given.refusal(f"mode={mode!r}, which no Keras knew.")
    words["momentum"] = momentum
    if not at_least(given.version, "0.3.2"):
        return _each_entry(given, words)
    return [keras.layers.BatchNormalization(axis=axis, **words)]


def _each_entry(given, words):
    """Until 0.3.1 every entry of a sample was normalized by itself: flat, and back again."""
    made = keras.layers.BatchNormalization(**words)
    shape = given.input_shape
    if shape is None or None in shape[1:]:
        raise given.refusal("the shape of its input must be known.")
    if len(shape) == 2:
        return [made]
    flat = keras.layers.Flatten(data_format="channels_last", name=f"{given.name}_flat")
    return [flat, made, keras.layers.Reshape(shape[1:], name=f"{given.name}_shaped")]


def shared_axes(given, role="alphas"):
    """The axes of size one in a weight of the layer: those that it shares."""
    shared, shape = given("shared_axes"), given.stored_shape(role)
    if shared is None and shape is not None:
        shared = [axis for axis, size in enumerate(shape, 1) if size == 1]
    if shared is None and at_least(given.version, "1.2.0"):
        given.note(NO_SHARED_AXES, "no axes are taken to be shared.")
    return list(shared) if shared else None


def prelu(given):
    """PReLU."""
    start, shared = initializer(given, "init"), shared_axes(given)
    return [keras.layers.PReLU(alpha_initializer=start, shared_axes=shared, **common(given))]


LAYERS = {
    "Dense": dense,
    "TimeDistributedDense": dense,
    "Embedding": embedding,
    "BatchNormalization": normalization,
    "PReLU": prelu,
}
