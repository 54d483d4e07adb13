"""SimpleRNN, GRU, LSTM and ConvLSTM2D."""

import keras

from keras_inits.migrate.findings import define
from keras_inits.migrate.saved.initializers import initializer
from keras_inits.migrate.saved.layers.words import activation, common, penalties, regularizer

__all__ = ["LAYERS"]

TRUNCATED = define(
    "KF108",
    "gradients were cut after some steps",
    """`truncate_gradient` of Keras 0.1 and 0.2 has no like in Keras 3. Predictions are not
    affected; training is.""",
    open=True,
)

STRIDES_UNKNOWN = define(
    "KF113",
    "the strides of a ConvLSTM2D are not in the file",
    """Its configuration does not keep `subsample`. Strides of (1, 1) are taken; if the model had
    others, its predictions are not those of the converted one.""",
    open=True,
)

PENALTIES = {
    "kernel_regularizer": (regularizer, "W_regularizer"),
    "recurrent_regularizer": (regularizer, "U_regularizer"),
    "bias_regularizer": (regularizer, "b_regularizer"),
}


def _words(given):
    """The arguments of all of them."""
    if given("truncate_gradient", -1) not in (-1, None):
        given.note(TRUNCATED, f"truncate_gradient={given('truncate_gradient')}.")
    return {
        "activation": activation(given),
        "kernel_initializer": initializer(given, "init"),
        "recurrent_initializer": initializer(given, "inner_init"),
        "return_sequences": bool(given("return_sequences", False)),
        "go_backwards": bool(given("go_backwards", False)),
        "stateful": bool(given("stateful", False)),
        "dropout": given.rate("dropout_W"),
        "recurrent_dropout": given.rate("dropout_U"),
        **penalties(given, PENALTIES),
        **common(given),
    }


def simple(given):
    """SimpleRNN."""
    words = {**_words(given), "unroll": bool(given("unroll", False))}
    return [keras.layers.SimpleRNN(given.number("output_dim", 1), **words)]


def gru(given):
    """GRU: Keras 1 reset the state before the matrix, as reset_after=False does."""
    words = {**_words(given), "unroll": bool(given("unroll", False))}
    inner = activation(given, "inner_activation")
    units = given.number("output_dim", 1)
    return [
        keras.layers.GRU(units, recurrent_activation=inner, reset_after=False, **words),
    ]


def _gates(given):
    """The arguments of what has a forget gate."""
    return {
        "recurrent_activation": activation(given, "inner_activation"),
        "bias_initializer": initializer(given, "forget_bias_init"),
        "unit_forget_bias": False,
    }


def lstm(given):
    """LSTM."""
    words = {**_words(given), **_gates(given), "unroll": bool(given("unroll", False))}
    return [keras.layers.LSTM(given.number("output_dim", 1), **words)]


def conv_lstm(given):
    """ConvLSTM2D; its strides are not in the configuration."""
    kernel = (given.number("nb_row", 1), given.number("nb_col", 1))
    padding = given.choice("border_mode", ("same", "valid"))
    strides = given.numbers("subsample", 2, least=1)
    if not given.has("subsample"):
        given.note(STRIDES_UNKNOWN, "strides of (1, 1), whatever its subsample was.")
    # The states are convolved with border_mode='same', whatever the input's border_mode.
    even = any(size % 2 == 0 for size in kernel)
    turned = even or (padding == "same" and strides != (1, 1))
    if given.backend != "tensorflow" and turned:
        raise given.refusal(
            f"a convolution with border_mode='same', kernel {kernel} and strides {strides} began "
            "elsewhere on Theano than on TensorFlow. Give backend='tensorflow' (--backend) if the "
            "model ran there."
        )
    return [
        keras.layers.ConvLSTM2D(
            given.number("nb_filter", 1),
            kernel,
            strides=strides,
            padding=padding,
            data_format=given.data_format,
            **_words(given),
            **_gates(given),
        )
    ]


LAYERS = {"SimpleRNN": simple, "GRU": gru, "LSTM": lstm, "ConvLSTM2D": conv_lstm}
