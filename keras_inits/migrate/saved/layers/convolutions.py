"""Convolutions of Keras 1, with the padding that their backend did."""

import keras

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.saved.initializers import initializer
from keras_inits.migrate.saved.layers.words import (
    KERNEL,
    activation,
    common,
    constraint,
    penalties,
    regularizer,
)

__all__ = ["LAYERS", "padded"]

THEANOS_AGE = define(
    "KF114",
    "a padding that depended on Theano's release",
    """From Keras 1.1.1 on, border_mode="same" in three dimensions put the odd zero in front on
    Theano 0.9 and later, behind on earlier ones. It is taken for the former; compare predictions
    (--verify).""",
    open=True,
)

PADDINGS = ("same", "valid", "full")
ZERO_PADDING = {
    1: keras.layers.ZeroPadding1D,
    2: keras.layers.ZeroPadding2D,
    3: keras.layers.ZeroPadding3D,
}


def padded(given, kernel, strides, dilation):
    """Keras 3's padding, and the layers of zeros that go before it.

    TensorFlow's "same" puts the odd zero behind and looks at the stride; Theano's "half" puts
    size // 2 zeros in front and (size - 1) // 2 behind, whatever the stride (what stands further
    behind was cut off). "full" is size - 1 on each side. In three dimensions it was TensorFlow's
    on Theano too, until Keras 1.1.1 took Theano's own conv3d where Theano had one, from 0.9 on.

    Source: keras/backend/theano_backend.py, conv2d, conv3d and _old_theano_conv3d (1.2.2).
    """
    mode = given.choice("border_mode", PADDINGS)
    sizes = [(size - 1) * rate + 1 for size, rate in zip(kernel, dilation, strict=True)]
    if mode == "full":
        return "valid", _zeros(given, [(size - 1, size - 1) for size in sizes])
    alike = all(size % 2 for size in sizes) and all(stride == 1 for stride in strides)
    early = len(kernel) == 3 and not at_least(given.version, "1.1.1")
    if mode == "valid" or given.backend == "tensorflow" or alike or early:
        return mode, []
    if len(kernel) == 3:
        given.note(THEANOS_AGE, "padded as by Theano 0.9 and later.")
    return "valid", _zeros(given, [(size // 2, (size - 1) // 2) for size in sizes])


def _zeros(given, sides):
    words = {} if len(sides) == 1 else {"data_format": given.data_format}
    padding = sides[0] if len(sides) == 1 else tuple(sides)
    name = f"{given.name}_zeros"
    return [ZERO_PADDING[len(sides)](padding=padding, name=name, **words)]


#: The class in Keras 3, the arguments with the kernel's sizes, that with the strides, the rates.
CONVOLUTIONS = {
    "Convolution1D": ("Conv1D", ("filter_length",), "subsample_length", None),
    "AtrousConvolution1D": ("Conv1D", ("filter_length",), "subsample_length", "atrous_rate"),
    "Convolution2D": ("Conv2D", ("nb_row", "nb_col"), "subsample", None),
    "AtrousConvolution2D": ("Conv2D", ("nb_row", "nb_col"), "subsample", "atrous_rate"),
    "Convolution3D": (
        "Conv3D",
        ("kernel_dim1", "kernel_dim2", "kernel_dim3"),
        "subsample",
        None,
    ),
}


def convolution(given):
    """The plain convolutions, atrous ones included."""
    name, sizes, strides, rates = CONVOLUTIONS[given.kind]
    kernel = tuple(given.number(size, 1) for size in sizes)
    strides = given.numbers(strides, len(kernel), least=1)
    rates = given.numbers(rates, len(kernel), least=1) if rates else (1,) * len(kernel)
    padding, before = padded(given, kernel, strides, rates)
    words = {
        "filters": given.number("nb_filter", 1),
        "kernel_size": kernel,
        "strides": strides,
        "padding": padding,
        "dilation_rate": rates,
        "activation": activation(given),
        "use_bias": bool(given("bias", True)),
        "kernel_initializer": initializer(given, "init"),
        **penalties(given),
        **common(given),
    }
    if len(kernel) == 1:
        return [*before, keras.layers.Conv1D(**words)]
    return [*before, *_ordered(given, getattr(keras.layers, name), words, before)]


def _ordered(given, layer, words, before=()):
    """A convolution in the layer's own order of axes, or turned to channels_last and back.

    With channels_first, Keras 3 on TensorFlow adds the bias along the last axis if that has as
    many entries as there are filters (keras/src/backend/tensorflow/numpy.py: add).
    """
    made = layer(data_format=given.data_format, **words)
    if given.dim_ordering == "tf" or not words["use_bias"]:
        return [made]
    shape = given.input_shape
    for part in (*before, made):
        shape = shape and part.compute_output_shape(shape)
    if shape and shape[-1] not in (None, words["filters"]):
        return [made]
    rank = len(words["kernel_size"])
    there, back = (*range(2, rank + 2), 1), (rank + 1, *range(1, rank + 1))
    return [
        keras.layers.Permute(there, name=f"{given.name}_channels_last"),
        layer(data_format="channels_last", **words),
        keras.layers.Permute(back, name=f"{given.name}_channels_first"),
    ]


#: Penalties of a separable convolution: each of its kernels has its own.
SPLIT = {
    "depthwise_regularizer": (regularizer, "depthwise_regularizer"),
    "pointwise_regularizer": (regularizer, "pointwise_regularizer"),
    "depthwise_constraint": (constraint, "depthwise_constraint"),
    "pointwise_constraint": (constraint, "pointwise_constraint"),
    **{new: row for new, row in KERNEL.items() if not new.startswith("kernel")},
}


def separable(given):
    """SeparableConvolution2D, which ran on TensorFlow alone."""
    kernel = (given.number("nb_row", 1), given.number("nb_col", 1))
    words = {
        "filters": given.number("nb_filter", 1),
        "kernel_size": kernel,
        "strides": given.numbers("subsample", 2, least=1),
        "padding": given.choice("border_mode", ("same", "valid")),
        "depth_multiplier": given.number("depth_multiplier", 1),
        "activation": activation(given),
        "use_bias": bool(given("bias", True)),
        "depthwise_initializer": initializer(given, "init"),
        "pointwise_initializer": initializer(given, "init"),
        **penalties(given, SPLIT),
        **common(given),
    }
    return _ordered(given, keras.layers.SeparableConv2D, words)


def deconvolution(given):
    """Deconvolution2D, its output as large as it was said to be."""
    kernel = (given.number("nb_row", 1), given.number("nb_col", 1))
    strides = given.numbers("subsample", 2, least=1)
    mode = given.choice("border_mode", ("same", "valid"))
    output_padding = _output_padding(given, kernel, strides, mode)
    cut = _theano_cut(given, kernel, strides) if mode == "same" else None
    words = {
        "filters": given.number("nb_filter", 1),
        "kernel_size": kernel,
        "strides": strides,
        "padding": mode if cut is None else "valid",
        "output_padding": output_padding if cut is None else None,
        "activation": activation(given),
        "use_bias": bool(given("bias", True)),
        "kernel_initializer": initializer(given, "init"),
        **penalties(given),
        **common(given),
    }
    made = _ordered(given, keras.layers.Conv2DTranspose, words)
    return made if cut is None else [*made, _cropping(given, cut)]


def _cropping(given, cut):
    name = f"{given.name}_cut"
    return keras.layers.Cropping2D(cut, data_format=given.data_format, name=name)


def _theano_cut(given, kernel, strides):
    """What Theano's "same" leaves out of "valid" on each side; None where TensorFlow's is the same.

    Theano leaves size // 2 out in front, TensorFlow half of what is too much.

    Source: keras/backend/theano_backend.py, deconv2d (1.2.2).
    """
    here, said = _sizes(given)
    whole = _plain_sizes(here, kernel, strides, "valid")
    fronts = [taps // 2 for taps in kernel]
    least = [(n - 1) * step + taps for n, step, taps in zip(here, strides, kernel, strict=True)]
    surplus = [max(size - out, 0) // 2 for size, out in zip(least, said, strict=True)]
    odd = all(taps % 2 for taps in kernel)
    if given.backend == "tensorflow" or (fronts == surplus and odd):
        return None
    sides = zip(whole, fronts, said, strict=True)
    cut = tuple((front, size - front - out) for size, front, out in sides)
    if given.backend is None or not odd or min(back for _, back in cut) < 0:
        raise given.refusal(
            f"border_mode='same' with kernel {kernel} and strides {strides} was not the same on "
            f"Theano and TensorFlow; Theano's is converted for odd kernels. Give "
            f"backend='tensorflow' (--backend) if that wrote the file."
        )
    return cut


def _sizes(given):
    """The rows and columns of the input, and those that the output was said to have."""
    said, here = given("output_shape"), given.input_shape
    spatial = slice(2, 4) if given.dim_ordering == "th" else slice(1, 3)
    if not said or here is None or None in (*said[spatial], *here[spatial]):
        raise given.refusal("its output_shape and its input's shape must be known.")
    return tuple(here[spatial]), tuple(said[spatial])


def _output_padding(given, kernel, strides, mode):
    """What makes Keras 3's output as large as `output_shape`, None where it is so by itself."""
    here, said = _sizes(given)
    extra = []
    for size, wanted, taps, step in zip(here, said, kernel, strides, strict=True):
        least = (size - 1) * step + taps - (2 * (taps // 2) if mode == "same" else 0)
        extra.append(wanted - least)
    if said == _plain_sizes(here, kernel, strides, mode):
        return None
    if not all(0 <= more < step for more, step in zip(extra, strides, strict=True)):
        raise given.refusal(f"no padding of Keras 3's Conv2DTranspose makes {said} of {here}.")
    return tuple(extra)


def _plain_sizes(sizes, kernel, strides, mode):
    """Keras 3's output without output_padding: keras/src/backend/common/backend_utils.py."""
    if mode == "same":
        return tuple(size * step for size, step in zip(sizes, strides, strict=True))
    return tuple(
        size * step + max(taps - step, 0)
        for size, step, taps in zip(sizes, strides, kernel, strict=True)
    )


LAYERS = {
    **dict.fromkeys(CONVOLUTIONS, convolution),
    "SeparableConvolution2D": separable,
    "Deconvolution2D": deconvolution,
}
