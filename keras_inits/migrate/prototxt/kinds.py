"""Caffe's kinds of layers that have fillers: which ones, their defaults and their fans in Keras."""

from typing import NamedTuple

__all__ = ["V0_KINDS", "V1_KINDS", "Kind", "kind_of"]


class Kind(NamedTuple):
    """Where a kind of layer keeps its fillers, and how they count.

    `kernel` and `bias` are fields of the message `parameter`, None where the layer has no such
    weight. `unfilled` is the filler of a kernel that none was given for. `has_bias` is the default
    of `bias_term`. With `learned_of_one`, the weights exist only in a layer of one input.
    `transposed` is the field that says that the blob is (inputs, outputs), True for always.
    """

    parameter: str
    kernel: str | None = "weight_filler"
    bias: str | None = "bias_filler"
    unfilled: dict = {}
    has_bias: bool = True
    learned_of_one: bool = False
    transposed: str | bool = False
    remarks: dict = {}

    def axes(self, parameter):
        """The letters of Keras' kernel where Caffe counts otherwise than Keras does, else None."""
        transposed = self.transposed
        if isinstance(transposed, str):
            transposed = getattr(parameter, transposed, False)
        return "oi" if transposed else None

    def note(self, parameter):
        """What to know when the layer is written in Keras; empty for nothing."""
        group = max(1, getattr(parameter, "group", 1))
        words = self.remarks.get("groups" if group > 1 else "always", "")
        return words.format(group=group)


LAYERS = {
    "Convolution": Kind(
        "convolution_param", remarks={"groups": "groups={group} in Keras' convolution"}
    ),
    "Deconvolution": Kind(
        "convolution_param",
        remarks={
            "groups": "group={group}: Keras' Conv2DTranspose has no groups, and counts the fans "
            "of a kernel without"
        },
    ),
    "InnerProduct": Kind("inner_product_param", transposed="transpose"),
    "Embed": Kind("embed_param", transposed=True),
    "PReLU": Kind("prelu_param", "filler", None, {"type": "constant", "value": 0.25}, False),
    "Scale": Kind(
        "scale_param",
        "filler",
        unfilled={"type": "constant", "value": 1.0},
        has_bias=False,
        learned_of_one=True,
    ),
    "Bias": Kind("bias_param", None, "filler", learned_of_one=True),
    "RNN": Kind(
        "recurrent_param", remarks={"always": "also of the recurrent and the output kernel"}
    ),
    "LSTM": Kind(
        "recurrent_param", remarks={"always": "also of the recurrent kernel; gates i, f, o, c"}
    ),
}

#: The types of the older formats that have weights.
V1_KINDS = {
    "CONVOLUTION": "Convolution",
    "DECONVOLUTION": "Deconvolution",
    "INNER_PRODUCT": "InnerProduct",
}
V0_KINDS = {"conv": "Convolution", "innerproduct": "InnerProduct"}


def kind_of(word):
    """The Kind of a layer type, or None for one without fillers."""
    return LAYERS.get(word)
