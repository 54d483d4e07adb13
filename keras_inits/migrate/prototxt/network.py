"""From a network description to the initializers of its layers."""

import os
from pathlib import Path
from typing import NamedTuple

from keras_inits.dialects.caffe import caffe_filler
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.prototxt.kinds import V0_KINDS, V1_KINDS, kind_of
from keras_inits.migrate.prototxt.messages import MESSAGES, SPELLED, parse

__all__ = ["CaffeLayer", "CaffeStart", "initializers", "layers"]


class CaffeStart(NamedTuple):
    """The initializers of a layer's kernel (scale, slope, embeddings) and bias; None for none."""

    kernel: object
    bias: object


class CaffeLayer(NamedTuple):
    """A layer with weights: its name, Caffe's type, its start, and what Keras has otherwise."""

    name: str
    type: str
    start: CaffeStart
    note: str = ""


def initializers(path_or_text):
    """How each layer of a Caffe network starts: a dictionary from its name to a CaffeStart.

    The initializers have Caffe's fans on the kernel of the Keras layer that does the same:
    InnerProduct on Dense, Convolution (of any rank) on Conv1D to Conv3D with groups=group,
    Deconvolution on Conv2DTranspose, Embed on Embedding, PReLU on PReLU with shared spatial axes,
    Scale and Bias on a vector, LSTM on both kernels of LSTM. A weight without a filler is constant
    0, of Scale 1 and of PReLU 0.25, as in Caffe.

    Args:
        path_or_text: a file in protobuf's text format, of any release of Caffe, or its text.
            Fields, layer types and extensions that it does not know are passed over.

    Raises:
        MigrationError: for a file that cannot be read, a text that is no network description, a
            filler that Caffe does not have (naming the layer), and two layers of one name that
            start differently.

    Source:
        BVLC/caffe 9b8915401, src/caffe/proto/caffe.proto and src/caffe/layers/.
    """
    found = {}
    for layer in layers(path_or_text):
        if layer.name in found and not _same(found[layer.name], layer.start):
            raise MigrationError(
                f"Two layers are called {layer.name!r} and start differently. Rename one of them, "
                "or take keras_inits.migrate.prototxt.layers, which lists both."
            )
        found[layer.name] = layer.start
    return found


def layers(path_or_text):
    """The layers with weights of a Caffe network, in its order: a list of CaffeLayer.

    Args:
        path_or_text: as in `initializers`.

    Raises:
        MigrationError: as in `initializers`, except for names that occur twice.
    """
    network = parse(_text(path_or_text))
    if not (network.layer or network.layers):
        raise MigrationError(
            "This network description has no layers. A solver's file names the network's in `net`."
        )
    described = [*map(_described, network.layer), *map(_described_v1, network.layers)]
    return [found for layer in described if (found := _layer(*layer)) is not None]


def _text(path_or_text):
    if not isinstance(path_or_text, (str, os.PathLike)):
        raise MigrationError(f"A network description is a path or a text, got {path_or_text!r}.")
    if isinstance(path_or_text, str) and ("{" in path_or_text or "\n" in path_or_text):
        return path_or_text
    try:
        return Path(path_or_text).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise MigrationError(f"{path_or_text} cannot be read: {error}.") from None


def _described(layer):
    kind = kind_of(layer.type)
    return layer, layer.type, kind, kind and getattr(layer, kind.parameter)


def _described_v1(layer):
    if layer.HasField("layer"):  # V0 within V1's list
        inner = layer.layer
        return inner, inner.type, kind_of(V0_KINDS.get(inner.type)), inner
    word = V1_KINDS.get(_word(layer))
    kind = kind_of(word)
    return layer, word, kind, kind and getattr(layer, kind.parameter)


def _word(layer):
    return layer.DESCRIPTOR.fields_by_name["type"].enum_type.values_by_number[layer.type].name


def _layer(layer, type_, kind, parameter):
    if kind is None or (len(getattr(layer, "bottom", ())) > 1 and kind.learned_of_one):
        return None
    try:
        start = CaffeStart(
            _filled(parameter, kind.kernel, kind.unfilled, kind.axes(parameter)),
            _filled(parameter, kind.bias, {}, None) if _has_bias(parameter, kind) else None,
        )
    except ValueError as error:
        raise MigrationError(f"The layer {layer.name!r} ({type_}): {error}") from None
    return CaffeLayer(layer.name, type_, start, kind.note(parameter))


def _has_bias(parameter, kind):
    spelled = SPELLED.get((parameter.DESCRIPTOR.name, "bias_term"), "bias_term")
    if spelled in parameter.DESCRIPTOR.fields_by_name and parameter.HasField(spelled):
        return getattr(parameter, spelled)
    return kind.has_bias


def _filled(parameter, field, unfilled, axes):
    if field is None:
        return None
    given = _fields(getattr(parameter, field)) if parameter.HasField(field) else unfilled
    return caffe_filler(given, **({"axes": axes} if axes else {}))


def _fields(filler):
    names = [name for name in MESSAGES["FillerParameter"] if filler.HasField(name)]
    return {name: getattr(filler, name) for name in names}


def _same(one, other):
    return [_config(value) for value in one] == [_config(value) for value in other]


def _config(initializer):
    return initializer and (type(initializer), initializer.get_config())
