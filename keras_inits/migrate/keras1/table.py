"""The layers of Keras 0.1.0 to 1.2.2: what each, and each of its arguments, is in Keras 3."""

import importlib
import inspect
from functools import cache
from typing import NamedTuple

import keras

from keras_inits.dialects.keras1.layers import ALIASES
from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.late_names import LATE
from keras_inits.migrate.keras1.signatures import signature, signatures

#: Keras 3's name of a layer, where it is another one.
KERAS3_CLASS = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "SeparableConvolution2D": "SeparableConv2D",
    "TimeDistributedDense": "Dense",
    "ThresholdedReLU": "ReLU",
    "ThresholdedReLu": "ReLU",
    "UpSample1D": "UpSampling1D",
    "UpSample2D": "UpSampling2D",
}

#: The room of the layers that Keras 3 lacks and this package has.
OURS = "keras_inits.migrate.keras1.layers"

#: Layers that Keras 3 lacks, and what to do instead where OURS lacks them too, or may not be used.
ABSENT = {
    "DenoisingAutoEncoder": "build the encoder and decoder as one model",
    "Highway": "write it as a layer of your own: two Dense layers and a gate",
    "JZS1": "no layer of Keras 3 has these gates",
    "JZS2": "no layer of Keras 3 has these gates",
    "JZS3": "no layer of Keras 3 has these gates",
    "LRN2D": "use keras.ops or tf.nn.local_response_normalization in a Lambda",
    "LocallyConnected1D": "tf_keras has it",
    "LocallyConnected2D": "tf_keras has it",
    "MaxoutDense": "use Dense(units * features), Reshape and a maximum over the features",
    "ParametricSoftplus": "write it as a layer of your own",
    "SReLU": "write it as a layer of your own",
    "SimpleDeepRNN": "no layer of Keras 3 looks several steps back",
    "ThresholdedLinear": "write it as a layer of your own",
    "TimeDistributedMerge": "use a GlobalPooling1D layer or a Lambda",
    "WordContextProduct": "write it with two Embedding layers and a Dot",
}

#: Layers that Keras 3 lacks and OURS has, under their old names.
PROVIDED = frozenset(ABSENT) & frozenset(LATE[OURS])

#: Arguments that Keras 3 calls otherwise, in any layer that has them.
RENAMES = {
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "atrous_rate": "dilation_rate",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "bias": "use_bias",
    "border_mode": "padding",
    "dim_ordering": "data_format",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "filter_length": "kernel_size",
    "inner_activation": "recurrent_activation",
    "length": "size",
    "nb_filter": "filters",
    "output_dim": "units",
    "p": "rate",
    "pad": "padding",
    "pool_length": "pool_size",
    "poolsize": "pool_size",
    "sigma": "stddev",
    "stride": "strides",
    "subsample": "strides",
    "subsample_length": "strides",
    "width": "padding",
}

#: Where a layer has names of its own.
LAYER_RENAMES = {
    "Embedding": {
        "W_constraint": "embeddings_constraint",
        "W_regularizer": "embeddings_regularizer",
        "output_dim": "output_dim",
    },
    "LeakyReLU": {"alpha": "negative_slope"},
    "MaxoutDense": {"nb_feature": "features"},
    "Reshape": {"dims": "target_shape"},
    "ThresholdedReLU": {"theta": "threshold"},
    "ThresholdedReLu": {"theta": "threshold"},
}

#: Numbers that Keras 3 takes as one tuple.
JOINED = {
    "nb_row": ("kernel_size", ("nb_row", "nb_col")),
    "kernel_dim1": ("kernel_size", ("kernel_dim1", "kernel_dim2", "kernel_dim3")),
}


class Joined(NamedTuple):
    """The tuple that an argument begins, None for another part of one; and all of its parts."""

    size: str | None = None
    parts: tuple = ()


@cache
def joined(argument):
    """The Joined that an argument is part of, without parts for one that stays by itself."""
    for first, (size, parts) in JOINED.items():
        if argument in parts:
            return Joined(size if argument == first else None, parts)
    return Joined()


#: Arguments that say nothing any more.
DROPPED = frozenset(
    [
        "cache_enabled",
        "consume_less",
        "image_shape",
        "input_dtype",
        "stack_size",
        "target",
        "truncate_gradient",
    ]
)

#: Numbers that a weight starts with everywhere: the argument that takes an initializer now, and the
#: number that OURS starts with.
CONSTANTS = {
    ("Highway", "transform_bias"): ("carry_bias_initializer", 1.0),
    ("ParametricSoftplus", "alpha_init"): ("alpha_initializer", 0.2),
    ("ParametricSoftplus", "beta_init"): ("beta_initializer", 5.0),
}

#: Arguments that were taken and ignored from a version on.
IGNORED = {("Highway", "transform_bias"): "1.2.0"}

#: What shapes the input; Keras 3 takes `input_shape`.
INPUT = ("input_dim", "input_length", "input_shape", "batch_input_shape")

#: Keywords that every layer took (keras/engine/topology.py, Layer), and recurrent ones.
BASE = ("input_shape", "batch_input_shape", "input_dtype", "name", "trainable", "cache_enabled")
#: The release since which every layer takes the arguments of their base class.
EARLY = "0.2.0"
RECURRENT_BASE = (
    *("weights", "return_sequences", "go_backwards", "stateful", "unroll", "consume_less"),
    *("input_dim", "input_length"),
)
RECURRENT = {"SimpleRNN", "GRU", "LSTM", "ConvLSTM2D"}

#: Each argument that takes an initialization, and the Keras 3 arguments that it became.
INITS = {
    "init": ("kernel_initializer",),
    "inner_init": ("recurrent_initializer",),
    "forget_bias_init": ("bias_initializer",),
    "beta_init": ("beta_initializer",),
    "gamma_init": ("gamma_initializer",),
}
LAYER_INITS = {
    "Embedding": {"init": ("embeddings_initializer",)},
    "PReLU": {"init": ("alpha_initializer",)},
    "ParametricSoftplus": {},
    "SReLU": {
        f"{weight}_init": (f"{weight}_initializer",)
        for weight in ("t_left", "a_left", "t_right", "a_right")
    },
    "SeparableConvolution2D": {"init": ("depthwise_initializer", "pointwise_initializer")},
}


#: Names that only later releases had, for files that give them Keras 1's arguments.
LATER_NAMES = {"Conv2DTranspose": "Deconvolution2D"}


def canonical(name):
    """The name under which the tables hold a layer of Keras 1, or None if they do not."""
    return _held_under().get(name)


@cache
def _held_under():
    held = {name: name for name in (*signatures(), *GLOBAL_POOLING, *PLAIN)}
    other = {**ALIASES, **LATER_NAMES}
    return held | {name: held[layer] for name, layer in other.items() if layer in held}


GLOBAL_POOLING = {
    f"Global{kind}Pooling{rank}D" for kind in ("Average", "Max") for rank in (1, 2, 3)
}
#: Layers without arguments of their own.
PLAIN = {"Flatten"}


def keras3_class(layer):
    """The name of the Keras 3 layer, of Keras or of OURS, or None where there is none."""
    return None if absent(layer) else KERAS3_CLASS.get(layer, layer)


@cache
def absent(layer, no_dependency=False):
    """What to do without a layer that cannot be had, or None for one that can.

    Args:
        layer: a layer of the tables.
        no_dependency: whether Keras alone has to have it.
    """
    return None if layer in PROVIDED and not no_dependency else ABSENT.get(layer)


def keras3_name(layer, argument):
    """The Keras 3 argument that a plain argument of a Keras 1 layer became."""
    if (layer, argument) in CONSTANTS:
        return CONSTANTS[layer, argument][0]
    return LAYER_RENAMES.get(layer, {}).get(argument) or RENAMES.get(argument, argument)


@cache
def keras3_argument(layer, argument):
    """The Keras 3 argument that any argument became: the first, of an initialization's."""
    became = inits(layer).get(argument)
    joined = [name for name, parts in JOINED.values() if argument in parts]
    return (became or joined or [keras3_name(layer, argument)])[0]


@cache
def inits(layer):
    """The arguments of a layer that take an initialization: name -> Keras 3 arguments."""
    own = LAYER_INITS.get(layer, INITS)
    rows = signatures().get(layer, ((), None))[0]
    had = {name for row in rows for name in row.names}
    return {name: became for name, became in own.items() if name in had}


@cache
def keras3_defaults(layer):
    """The arguments of the Keras 3 layer with their defaults, in order."""
    room = importlib.import_module(OURS) if layer in PROVIDED else keras.layers
    made = getattr(room, keras3_class(layer) or "", None)
    if made is None:
        return {}
    parameters = inspect.signature(made).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is not p.VAR_KEYWORD}


@cache
def only_keras1(layer):
    """The argument names of a layer that only Keras 1 knew."""
    rows = signatures().get(layer, ((), None))[0]
    had = {name for row in rows for name in row.names} | set(BASE)
    had |= set(RECURRENT_BASE) if layer in RECURRENT else set()
    return frozenset(had - set(keras3_defaults(layer)) - set(STILL_TAKEN))


#: Names that Keras 2 or 3 took too, though no signature shows them.
STILL_TAKEN = (
    *(*INPUT, "weights", "name", "trainable", "input_dtype", "alpha", "output_shape"),
    "activity_regularizer",
)


@cache
def refused(layer, version):
    """The argument names of Keras 1 that a layer did not take in a version that had it."""
    own = took(layer, version).names
    known = own if version < EARLY else (*own, *BASE, *RECURRENT_BASE)
    return only_keras1(layer).union(INPUT).difference(known)


@cache
def only_keras3(layer):
    """The argument names of a layer that Keras 1 did not know."""
    rows = signatures().get(layer, ((), None))[0]
    had = {name for row in rows for name in row.names} | set(BASE) | set(RECURRENT_BASE)
    return frozenset(set(keras3_defaults(layer)) - had - {"dtype", "seed", "noise_shape"})


@cache
def took(layer, version):
    """The signature of a layer in a version, empty for layers without arguments of their own."""
    return signature(layer, version) if layer in signatures() else None


@cache
def had(layer, version):
    """Whether a version had a layer of the table."""
    return layer not in signatures() or signature(layer, version) is not None


@cache
def last_with(layer):
    """The last version with a layer, None where that is the last one of all."""
    versions = [version for version in VERSIONS if had(layer, version)]
    return versions[-1] if versions and versions[-1] != VERSIONS[-1] else None
