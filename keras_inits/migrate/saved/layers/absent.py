"""Layers that Keras 3 lacks, from keras1.layers."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.keras1 import layers as keras1
from keras_inits.migrate.saved.initializers import initializer
from keras_inits.migrate.saved.layers.dense import shared_axes
from keras_inits.migrate.saved.layers.words import activation, common, penalties

__all__ = ["LAYERS"]


def maxout(given):
    """MaxoutDense."""
    return [
        keras1.MaxoutDense(
            given.number("output_dim", 1),
            features=given.number("nb_feature", 1),
            use_bias=bool(given("bias", True)),
            kernel_initializer=initializer(given, "init"),
            **penalties(given),
            **common(given),
        )
    ]


def highway(given):
    """Highway; until 1.1.2 its gate's bias began at `transform_bias`, from 1.2.0 on at one."""
    bias = -2 if given.peek("transform_bias") is None else given("transform_bias")
    start = 1.0 if at_least(given.version, "1.2.0") else float(bias)
    return [
        keras1.Highway(
            activation=activation(given),
            use_bias=bool(given("bias", True)),
            kernel_initializer=initializer(given, "init"),
            carry_kernel_initializer=initializer(given, "init"),
            carry_bias_initializer=keras.initializers.Constant(start),
            **penalties(given),
            **common(given),
        )
    ]


def locally(given):
    """LocallyConnected1D and LocallyConnected2D."""
    flat = given.kind == "LocallyConnected1D"
    sizes = ("filter_length",) if flat else ("nb_row", "nb_col")
    strides = given.numbers("subsample_length" if flat else "subsample", len(sizes), least=1)
    made = getattr(keras1, given.kind)
    return [
        made(
            given.number("nb_filter", 1),
            tuple(given.number(size, 1) for size in sizes),
            strides=strides,
            padding=given.choice("border_mode", ("valid",)),
            data_format="channels_last" if flat else given.data_format,
            activation=activation(given),
            use_bias=bool(given("bias", True)),
            kernel_initializer=initializer(given, "init"),
            **penalties(given),
            **common(given),
        )
    ]


STARTS = {
    "t_left_initializer": "t_left_init",
    "a_left_initializer": "a_left_init",
    "t_right_initializer": "t_right_init",
    "a_right_initializer": "a_right_init",
}


def srelu(given):
    """SReLU."""
    starts = {new: initializer(given, old) for new, old in STARTS.items()}
    words = {"shared_axes": shared_axes(given, "t_left"), "backend": given.backend or "tensorflow"}
    return [keras1.SReLU(**starts, **words, **common(given))]


def softplus(given):
    """ParametricSoftplus, whose starts are numbers."""
    starts = {
        "alpha_initializer": keras.initializers.Constant(given.real("alpha_init", 0.2)),
        "beta_initializer": keras.initializers.Constant(given.real("beta_init", 5.0)),
    }
    made = keras1.ParametricSoftplus(shared_axes=shared_axes(given), **starts, **common(given))
    return [made]


#: The arguments of layers without weights, by the same names as in Keras 1.
PLAIN = {
    "LRN2D": ("alpha", "k", "beta", "n"),
    "ThresholdedLinear": ("theta",),
    "TimeDistributedMerge": ("mode",),
}


def plain(given):
    """Layers of Keras 0.x without weights."""
    words = {name: given(name) for name in PLAIN[given.kind]}
    return [getattr(keras1, given.kind)(**words, **common(given))]


LAYERS = {
    **dict.fromkeys(PLAIN, plain),
    "MaxoutDense": maxout,
    "Highway": highway,
    "LocallyConnected1D": locally,
    "LocallyConnected2D": locally,
    "SReLU": srelu,
    "ParametricSoftplus": softplus,
}
