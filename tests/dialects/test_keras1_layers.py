"""Keras 1's layers: every weight of the real releases, and the tables of what they drew."""

import math
import re

import pytest
from sampling_statistics import agree, draws, golden
from test_keras1_golden import within_reach_of

import keras_inits as ki

#: How Keras 3 orders the axes of a Keras 1 weight: transposition of the weight's shape.
TO_KERAS3 = {
    ("Convolution1D", "old"): (2, 1, 0),  # (out, in, length[, 1])
    ("Convolution1D", "new"): (0, 2, 3),  # (length, 1, in, out)
    ("image", "th"): (2, 3, 1, 0),
    ("image", "tf"): (0, 1, 2, 3),
    ("transposed", "th"): (2, 3, 0, 1),
    ("transposed", "tf"): (0, 1, 3, 2),
    ("volume", "th"): (2, 3, 4, 1, 0),
    ("volume", "tf"): (0, 1, 2, 3, 4),
}
KIND = {
    "Convolution2D": "image",
    "AtrousConvolution2D": "image",
    "ConvLSTM2D": "image",
    "Deconvolution2D": "transposed",
    "Convolution3D": "volume",
}


def keras3_shape(layer, version, ordering, shape):
    if layer.endswith("Convolution1D"):
        layout = "new" if version >= "1.1.0" else "old"
        return tuple(shape[axis] for axis in TO_KERAS3["Convolution1D", layout])
    if layer not in KIND:
        return tuple(shape)
    return tuple(shape[axis] for axis in TO_KERAS3[KIND[layer], ordering])


def default_init(layer, weight, version, mode):
    """The initialization that the layer used for a weight when nobody said otherwise."""
    ignored_inner = version >= "1.2.0" and mode in ("cpu", "mem")
    if weight.startswith("U") and not ignored_inner:
        return "orthogonal"
    if layer == "Embedding" or (layer.endswith("1D") and "Conv" in layer and version < "1.1.2"):
        return "uniform"
    return "glorot_uniform"


def probes():
    for version in ("0.3.3", "1.0.4", "1.1.2", "1.2.2"):
        for ordering in ("th", "tf"):
            for key, weights in golden(f"probe_{version}_{ordering}").items():
                layer, _, mode = key.partition("_")
                for weight in weights if isinstance(weights, list) else ():
                    name = re.sub(r"^[a-z0-9]+_(\d+_)?", "", weight["name"])
                    # Biases mix constants, and parametric softplus takes numbers.
                    if weight["std"] > 0 and not name.startswith("b"):
                        yield version, ordering, layer, mode, name, weight


PROBES = list(probes())


def test_the_probes_hold_every_layer_that_drew():
    layers = {layer for _, _, layer, _, _, _ in PROBES}
    assert {"Dense", "MaxoutDense", "Highway", "LSTM", "GRU", "SReLU", *KIND} <= layers
    assert len(PROBES) > 200


@pytest.mark.parametrize(
    ("version", "ordering", "layer", "mode", "name", "weight"),
    PROBES,
    ids=lambda value: value["name"] if isinstance(value, dict) else value,
)
def test_weights_of_the_real_layers(version, ordering, layer, mode, name, weight):
    init = default_init(layer, name, version, mode)
    initializer = ki.get(
        f"keras1_{init}", layer=layer, version=version, dim_ordering=ordering, seed=3
    )
    shape = keras3_shape(layer, version, ordering, weight["shape"])
    count = math.prod(shape)
    # A uniform law's excess kurtosis is -1.2; an orthogonal matrix' entries have a smaller one
    # than the normal's 0, and their squares a fixed sum.
    agree(draws(initializer, shape, 20), weight, count, -1.2 if "uniform" in init else 0.0)
    if "uniform" in init:
        within_reach_of(initializer.law(shape).support[1], weight["absmax"], count)


#: Limits of glorot_uniform that the layers really had: facts of legacy Keras, section 1.2.
LIMITS = [
    ("Convolution2D", "1.0.3", "th", (3, 3, 64, 128), math.sqrt(6 / (9 * 64 + 128))),
    ("Convolution2D", "1.0.4", "th", (3, 3, 64, 128), math.sqrt(6 / (9 * 64 + 9 * 128))),
    ("Convolution2D", "0.1.0", "th", (3, 3, 64, 128), math.sqrt(2 / (9 * 64 + 128))),
    ("Convolution2D", "0.3.0", "tf", (3, 3, 64, 128), math.sqrt(6 / (3 * 64 * 128 + 3))),
    ("Convolution2D", "1.2.0", "tf", (3, 3, 64, 128), math.sqrt(6 / (6 * 64 * 128))),
    ("Convolution2D", "1.2.1", "tf", (3, 3, 64, 128), math.sqrt(6 / (9 * 64 + 9 * 128))),
    ("Conv2D", "1.2.0", None, (3, 3, 64, 128), math.sqrt(6 / (6 * 64 * 128))),
    ("Conv2D", "1.0.8", None, (3, 3, 64, 128), math.sqrt(6 / (9 * 64 + 9 * 128))),
    ("Convolution1D", "1.0.3", None, (5, 16, 32), math.sqrt(6 / (80 + 32))),
    ("Convolution1D", "1.0.8", None, (5, 16, 32), math.sqrt(6 / (80 + 160))),
    ("Convolution1D", "1.2.2", None, (5, 16, 32), math.sqrt(6 / (16 * 32 * 6))),
    ("AtrousConvolution1D", "1.1.0", None, (5, 16, 32), math.sqrt(6 / (16 * 32 * 6))),
    ("Convolution3D", "0.3.3", "tf", (2, 3, 5, 4, 32), math.sqrt(6 / (15 * 128 + 2))),
    ("Convolution3D", "1.2.0", "tf", (2, 3, 5, 4, 32), math.sqrt(6 / (15 * 128 + 10 * 128))),
    ("Convolution3D", "1.2.2", "tf", (2, 3, 5, 4, 32), math.sqrt(6 / (6 * 36))),
    ("Convolution3D", "1.2.2", "th", (2, 3, 5, 4, 32), math.sqrt(6 / (30 * 36))),
    ("SeparableConvolution2D", "1.0.6", "tf", (1, 1, 64, 64), math.sqrt(6 / (2 * 64 * 64))),
    ("SeparableConvolution2D", "1.0.6", "th", (1, 1, 64, 64), math.sqrt(6 / 128)),
    ("SeparableConvolution2D", "1.2.1", "tf", (3, 3, 64, 2), math.sqrt(6 / (9 * 66))),
    ("Deconvolution2D", "1.2.2", "tf", (3, 5, 32, 16), math.sqrt(6 / (15 * 48))),
    ("LocallyConnected1D", "1.0.6", None, (16, 80, 32), math.sqrt(3 / math.sqrt(16 * 80 * 32))),
    ("MaxoutDense", "0.3.2", None, (4, 16, 24), math.sqrt(6 / (16 * 24 + 4))),
    ("MaxoutDense", "0.3.3", None, (4, 16, 24), math.sqrt(3 / math.sqrt(4 * 16 * 24))),
    ("ConvLSTM2D", "1.2.2", "th", (3, 3, 16, 24), math.sqrt(6 / (9 * 16 + 9 * 24))),
    ("ConvLSTM2D", "1.2.2", "tf", (3, 3, 16, 24), math.sqrt(6 / (6 * 16 * 24))),
    ("SReLU", "0.3.3", None, (64,), math.sqrt(3 / 8)),
    ("SReLU", "1.2.2", None, (6, 6, 16), math.sqrt(3 / 24)),
    ("SReLU", "1.2.2", None, (5, 6, 7, 8), math.sqrt(6 / (6 * 56 + 5 * 56))),
    ("Dense", "0.1.1", None, (64, 128), math.sqrt(2 / 192)),
    ("LSTM", "1.2.2", None, (16, 96), math.sqrt(6 / 112)),
]


@pytest.mark.parametrize(("layer", "version", "ordering", "shape", "limit"), LIMITS)
def test_limits_of_glorot_uniform_by_layer(layer, version, ordering, shape, limit):
    initializer = ki.Keras1GlorotUniform(version=version, layer=layer, dim_ordering=ordering)
    assert initializer.law(shape).support[1] == pytest.approx(limit, rel=1e-12)


def test_he_uniform_of_a_deconvolution_counts_its_inputs():
    # The real Keras 1.2.2 gave .1581, where Keras 3's he_uniform gives .1118.
    initializer = ki.Keras1HeUniform(layer="Deconvolution2D", dim_ordering="th")
    assert initializer.law((3, 5, 32, 16)).support[1] == pytest.approx(0.1581, abs=5e-5)


ORTHOGONAL = [
    ("Convolution2D", "1.2.2", "tf", (3, 3, 16, 32), 1.1 / math.sqrt(3 * 16 * 32)),
    ("Convolution2D", "1.2.2", "th", (3, 3, 16, 32), 1.1 / math.sqrt(144)),
    ("Convolution1D", "1.2.2", None, (5, 16, 32), 1.1 / math.sqrt(16 * 32)),
    ("Convolution1D", "1.0.8", None, (5, 16, 32), 1.1 / math.sqrt(80)),
    ("Deconvolution2D", "1.2.2", "th", (3, 3, 32, 16), 1.1 / math.sqrt(144)),
    ("LSTM", "1.2.2", None, (24, 96), 1.1 / math.sqrt(96)),
    ("function", "1.2.2", None, (4, 16, 32), 1.1 / math.sqrt(512)),
    (None, "1.2.2", None, (3, 3, 16, 32), 1.1 / math.sqrt(144)),
]


@pytest.mark.parametrize(("layer", "version", "ordering", "shape", "std"), ORTHOGONAL)
def test_orthogonal_is_flattened_as_the_layer_did(layer, version, ordering, shape, std):
    initializer = ki.Keras1Orthogonal(version=version, layer=layer, dim_ordering=ordering)
    assert math.sqrt(initializer.variance(shape)) == pytest.approx(std, rel=1e-12)
    # All squares sum to scale**2 times the number of orthonormal rows or columns: exact.
    kernel = draws(initializer, shape, 1)
    assert math.sqrt((kernel**2).mean()) == pytest.approx(std, rel=1e-5)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"version": "1.3.0"}, "1.2.2"),
        ({"version": 1.2}, "version"),
        ({"layer": "Convolution4D"}, "Convolution2D"),
        ({"dim_ordering": "channels_last"}, "'tf', 'th'"),
        ({"layer": "ConvLSTM2D", "version": "1.1.1"}, "from 1.1.2"),
        ({"layer": "Highway", "version": "0.3.0"}, "from 0.3.1"),
        ({"layer": "JZS1", "version": "0.3.0"}, "to 0.2.0"),
        ({"layer": "Convolution2D", "version": "0.2.0", "dim_ordering": "tf"}, "0.3.0"),
        ({"layer": "Dense", "axes": "io"}, "not by both"),
        ({"layer": "Conv2D", "version": "1.0.5"}, "Use Convolution2D"),
    ],
)
def test_what_keras_1_did_not_have_is_refused(arguments, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        ki.Keras1GlorotUniform(**arguments)


@pytest.mark.parametrize("name", ["keras1_identity", "keras1_one"])
def test_names_that_came_later_are_refused(name):
    with pytest.raises(ValueError, match=r"came with 0\.1\.2"):
        ki.get(name, version="0.1.1")


def test_a_forget_bias_is_a_vector():
    for layer in ("LSTM", "ConvLSTM2D"):
        assert draws(ki.Keras1One(layer=layer), (8,), 1).tolist() == [[1.0] * 8]
    assert ki.Keras1HeNormal(layer="LSTM").fans((16,)) == (4, 4)
    assert ki.Keras1HeNormal(layer="LSTM", version="0.2.0").fans((16,)) == (1, 16)


def test_a_weight_of_another_rank_is_refused():
    with pytest.raises(ValueError, match="rank 4, got one of rank 2"):
        ki.Keras1HeNormal(layer="Convolution2D")((64, 64))


def test_uniform_laws_were_narrow_until_0_1_1_without_a_layer_too():
    old, new = ki.Keras1HeUniform(version="0.1.1"), ki.Keras1HeUniform(version="0.1.2")
    assert new.variance((64, 64)) == pytest.approx(3 * old.variance((64, 64)))
    old, new = ki.Keras1HeNormal(version="0.1.1"), ki.Keras1HeNormal(version="0.1.2")
    assert new.variance((64, 64)) == old.variance((64, 64))
