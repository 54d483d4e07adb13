"""Which arrays a layer of Keras 0.x and 1.x stored, and in which order."""

import pytest

from keras_inits.migrate.saved.description import Circumstances, Layer
from keras_inits.migrate.saved.weights import KINDS, roles

CASES = [
    ("Dense", {}, "0.1.3", "W b"),
    ("Dense", {"bias": False}, "1.2.2", "W"),
    ("Highway", {}, "1.1.2", "W b W_carry b_carry"),
    ("Highway", {}, "1.2.0", "W W_carry b b_carry"),
    ("Highway", {"bias": False}, "1.1.2", "W W_carry"),
    ("SeparableConvolution2D", {"bias": False}, "1.2.2", "depthwise_kernel pointwise_kernel"),
    ("BatchNormalization", {}, "0.1.3", "gamma beta"),
    ("BatchNormalization", {}, "0.2.0", "gamma beta running_mean running_std"),
    ("GRU", {"consume_less": "mem"}, "1.2.2", "W_z U_z b_z W_r U_r b_r W_h U_h b_h"),
    ("GRU", {"consume_less": "gpu"}, "1.0.3", "W U b"),
    ("LSTM", {"consume_less": "gpu"}, "1.0.2", "W_i U_i b_i W_c U_c b_c W_f U_f b_f W_o U_o b_o"),
    ("ConvLSTM2D", {}, "1.2.2", "W_i U_i b_i W_c U_c b_c W_f U_f b_f W_o U_o b_o"),
    ("Flatten", {}, "1.2.2", ""),
]


@pytest.mark.parametrize(("kind", "config", "version", "names"), CASES)
def test_arrays_have_the_names_and_the_order_of_the_release(kind, config, version, names):
    layer = Layer(kind, "layer", config)
    assert roles(layer, Circumstances(version)) == tuple(names.split())


def test_every_layer_with_weights_has_names():
    for kind in KINDS:
        assert roles(Layer(kind, "layer", {}), Circumstances("1.2.2"))


def test_a_version_that_never_was_is_refused():
    with pytest.raises(ValueError, match=r"1\.9\.9"):
        roles(Layer("Dense", "layer", {}), Circumstances("1.9.9"))
