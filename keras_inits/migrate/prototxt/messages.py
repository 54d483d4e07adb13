"""The part of caffe.proto that says how weights start, built in code for protobuf's text parser.

Everything else of a network description is an unknown field to it, and skipped.
"""

import re

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format

from keras_inits.migrate.errors import MigrationError

#: Messages: field -> (number, type); `[]` behind a type for a repeated field.
#: BVLC/caffe 9b8915401, src/caffe/proto/caffe.proto. Floats are read as doubles, so that 0.01
#: stays what it is written as.
MESSAGES = {
    "FillerParameter": {
        "type": (1, "string"),
        "value": (2, "double"),
        "min": (3, "double"),
        "max": (4, "double"),
        "mean": (5, "double"),
        "std": (6, "double"),
        "sparse": (7, "int32"),
        "variance_norm": (8, "VarianceNorm"),
    },
    "ConvolutionParameter": {
        "num_output": (1, "uint32"),
        "bias_term": (2, "bool"),
        "group": (5, "uint32"),
        "weight_filler": (7, "FillerParameter"),
        "bias_filler": (8, "FillerParameter"),
    },
    "InnerProductParameter": {
        "num_output": (1, "uint32"),
        "bias_term": (2, "bool"),
        "weight_filler": (3, "FillerParameter"),
        "bias_filler": (4, "FillerParameter"),
        "transpose": (6, "bool"),
    },
    "EmbedParameter": {
        "num_output": (1, "uint32"),
        "bias_term": (3, "bool"),
        "weight_filler": (4, "FillerParameter"),
        "bias_filler": (5, "FillerParameter"),
    },
    "PReLUParameter": {"filler": (1, "FillerParameter")},
    "ScaleParameter": {
        "filler": (3, "FillerParameter"),
        "bias_term": (4, "bool"),
        "bias_filler": (5, "FillerParameter"),
    },
    "BiasParameter": {"filler": (3, "FillerParameter")},
    "RecurrentParameter": {
        "num_output": (1, "uint32"),
        "weight_filler": (2, "FillerParameter"),
        "bias_filler": (3, "FillerParameter"),
    },
    "LayerParameter": {
        "name": (1, "string"),
        "type": (2, "string"),
        "bottom": (3, "string[]"),
        "convolution_param": (106, "ConvolutionParameter"),
        "inner_product_param": (117, "InnerProductParameter"),
        "prelu_param": (131, "PReLUParameter"),
        "embed_param": (137, "EmbedParameter"),
        "bias_param": (141, "BiasParameter"),
        "scale_param": (142, "ScaleParameter"),
        "recurrent_param": (146, "RecurrentParameter"),
    },
    # The first releases: one message with the fields of all kinds.
    "V0LayerParameter": {
        "name": (1, "string"),
        "type": (2, "string"),
        "num_output": (3, "uint32"),
        "bias_term": (4, "bool"),
        "weight_filler": (5, "FillerParameter"),
        "bias_filler": (6, "FillerParameter"),
        "group": (9, "uint32"),
    },
    "V1LayerParameter": {
        "layer": (1, "V0LayerParameter"),
        "bottom": (2, "string[]"),
        "name": (4, "string"),
        "type": (5, "LayerType"),
        "convolution_param": (10, "ConvolutionParameter"),
        "inner_product_param": (17, "InnerProductParameter"),
    },
    "NetParameter": {
        "name": (1, "string"),
        "layers": (2, "V1LayerParameter[]"),
        "layer": (100, "LayerParameter[]"),
    },
}

#: V0 spelled one field otherwise.
SPELLED = {("V0LayerParameter", "bias_term"): "biasterm"}

ENUMS = {
    "VarianceNorm": {"FAN_IN": 0, "FAN_OUT": 1, "AVERAGE": 2},
    # Every other type's number; networks of forks have types of their own, see `_layer_types`.
    "LayerType": {"NONE": 0, "CONVOLUTION": 4, "INNER_PRODUCT": 14, "DECONVOLUTION": 39},
}
FILE, PACKAGE = "keras_inits_caffe.proto", "keras_inits_caffe"
FIELD = descriptor_pb2.FieldDescriptorProto
TYPES = {
    "string": FIELD.TYPE_STRING,
    "double": FIELD.TYPE_DOUBLE,
    "int32": FIELD.TYPE_INT32,
    "uint32": FIELD.TYPE_UINT32,
    "bool": FIELD.TYPE_BOOL,
}
#: No network description comes near it; VGG's has 8 kB, ResNet-152's 60.
MAX_CHARACTERS = 16 * 2**20


def parse(text):
    """A NetParameter of a text, as far as MESSAGES tell.

    Raises:
        MigrationError: for a text that is no network description, with line and column.
    """
    if len(text) > MAX_CHARACTERS:
        raise MigrationError(
            f"A network description of {len(text)} characters; at most {MAX_CHARACTERS} are read."
        )
    network = _network_class(text)()
    try:
        return text_format.Parse(
            text, network, allow_unknown_field=True, allow_unknown_extension=True
        )
    except (text_format.ParseError, RecursionError) as error:
        raise MigrationError(f"This is no Caffe network description (prototxt): {error}") from None


def _network_class(text):
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_file({**ENUMS, "LayerType": _layer_types(text)}))
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{PACKAGE}.NetParameter"))


def _layer_types(text):
    """The V1 layer types that a text uses: an enumeration refuses words that it does not have."""
    known = ENUMS["LayerType"]
    words = sorted(set(re.findall(r"\btype\s*:\s*([A-Za-z_]\w*)", text)) - set(known))
    first = 1000
    return known | {word: first + index for index, word in enumerate(words)}


def _file(enums):
    file = descriptor_pb2.FileDescriptorProto(name=FILE, package=PACKAGE, syntax="proto2")
    for name, values in enums.items():
        enum = file.enum_type.add(name=name)
        for word, number in values.items():
            enum.value.add(name=word, number=number)
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind) in fields.items():
            spelled = SPELLED.get((name, field), field)
            message.field.add(name=spelled, number=number, **_field_type(kind, enums))
    return file


def _field_type(kind, enums):
    name = kind.removesuffix("[]")
    label = FIELD.LABEL_OPTIONAL if name == kind else FIELD.LABEL_REPEATED
    if name in TYPES:
        return {"label": label, "type": TYPES[name]}
    reference = FIELD.TYPE_ENUM if name in enums else FIELD.TYPE_MESSAGE
    return {"label": label, "type": reference, "type_name": f".{PACKAGE}.{name}"}
