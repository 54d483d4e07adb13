"""The arrays of Keras 1 as those of Keras 3: where every entry goes, exactly."""

import numpy as np
import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Circumstances, Layer
from keras_inits.migrate.saved.weights import converted

TH = {"dim_ordering": "th"}
TF = {"dim_ordering": "tf"}


def counted(*shape):
    """An array without two equal entries."""
    return np.arange(np.prod(shape), dtype="float32").reshape(shape)


def one(kind, array, shape, version="1.2.2", config=None, backend=None):
    """The converted kernel of a layer without a bias."""
    layer = Layer(kind, "layer", {"bias": False, **(config or {})})
    return converted(layer, [array], Circumstances(version, backend=backend), [shape])[0]


KERNELS = [
    ("Convolution2D", TH, "1.2.2", "oihw", "hwio"),
    ("Convolution2D", TF, "1.2.2", "hwio", "hwio"),
    ("AtrousConvolution2D", TH, "1.2.2", "oihw", "hwio"),
    ("Deconvolution2D", TH, "1.2.2", "oihw", "hwoi"),
    ("Deconvolution2D", TF, "1.2.2", "hwio", "hwoi"),
    ("Convolution3D", TH, "1.2.2", "oixyz", "xyzio"),
    ("Convolution3D", TF, "1.2.2", "xyzio", "xyzio"),
    ("Convolution1D", {}, "0.3.3", "oil1", "lio"),
    ("Convolution1D", {}, "1.0.8", "oil1", "lio"),
    ("Convolution1D", {}, "1.1.0", "l1io", "lio"),
    ("AtrousConvolution1D", {}, "1.2.2", "l1io", "lio"),
]
SIZES = dict(zip("iohwlxyz1", (2, 3, 4, 5, 6, 4, 5, 6, 1), strict=True))


@pytest.mark.parametrize(("kind", "config", "version", "stored", "wanted"), KERNELS)
def test_kernels_are_moved_into_the_axes_of_keras3(kind, config, version, stored, wanted):
    array = counted(*(SIZES[letter] for letter in stored))
    shape = tuple(SIZES[letter] for letter in wanted)
    made = one(kind, array, shape, version, config)
    assert np.array_equal(made, np.einsum(f"{stored}->{wanted}".replace("1", "a"), array))


@pytest.mark.parametrize(("kind", "config", "version", "stored", "wanted"), KERNELS)
def test_kernels_of_theano_are_turned_in_space_alone(kind, config, version, stored, wanted):
    array = counted(*(SIZES[letter] for letter in stored))
    shape = tuple(SIZES[letter] for letter in wanted)
    kept = one(kind, array, shape, version, config, "tensorflow")
    space = [axis for axis, letter in enumerate(wanted) if letter not in "io"]
    turned = one(kind, array, shape, version, config, "theano")
    assert np.array_equal(turned, np.flip(kept, space))


def test_before_there_was_tensorflow_every_kernel_is_turned_and_th():
    array = counted(3, 2, 4, 5)
    made = one("Convolution2D", array, (4, 5, 2, 3), "0.2.0")
    assert np.array_equal(made, array[:, :, ::-1, ::-1].transpose(2, 3, 1, 0))


def test_a_later_release_still_takes_the_older_conv1d_kernels():
    array = counted(3, 2, 6, 1)
    made = one("Convolution1D", array, (6, 2, 3))
    assert np.array_equal(made, array[:, :, :, 0].transpose(2, 1, 0))


def test_separable_kernels_are_moved_and_never_turned():
    depthwise, pointwise = counted(2, 3, 4, 5), counted(7, 6, 1, 1)
    layer = Layer("SeparableConvolution2D", "layer", {"bias": False, **TH})
    shapes = [(4, 5, 3, 2), (1, 1, 6, 7)]
    made = converted(layer, [depthwise, pointwise], Circumstances("1.2.2"), shapes)
    assert np.array_equal(made[0], depthwise.transpose(2, 3, 1, 0))
    assert np.array_equal(made[1], pointwise.transpose(2, 3, 1, 0))
    with pytest.raises(MigrationError, match="TensorFlow wrote"):
        converted(layer, [depthwise, pointwise], Circumstances("1.2.2", backend="theano"), shapes)


def lstm(config=None, kind="LSTM", shapes=((2, 12), (3, 12), (12,))):
    """Twelve arrays, each full of a number of its own, converted; the blocks of each result."""
    gate = {"W": (2, 3), "U": (3, 3), "b": (3,)}
    gates = "zrh" if kind == "GRU" else "icfo"
    names = [(array, letter) for letter in gates for array in "WUb"]
    arrays = [np.full(gate[array], ord(letter), "float32") for array, letter in names]
    made = converted(Layer(kind, "layer", config or {}), arrays, Circumstances("1.2.2"), shapes)
    return [
        "".join(chr(int(row)) for row in array.reshape(-1, len(gates), 3)[0, :, 0])
        for array in made
    ]


def test_gates_stand_in_the_order_of_keras3():
    assert lstm() == ["ifco"] * 3
    assert lstm(kind="GRU", shapes=((2, 9), (3, 9), (9,))) == ["zrh"] * 3


def test_gates_stored_as_one_array_are_kept():
    arrays = [counted(2, 12), counted(3, 12), counted(12)]
    layer = Layer("LSTM", "layer", {"consume_less": "gpu"})
    made = converted(layer, arrays, Circumstances("1.2.2"), [array.shape for array in arrays])
    assert all(map(np.array_equal, made, arrays))


@pytest.mark.parametrize("backend", ["tensorflow", "theano"])
def test_kernels_of_convlstm_are_moved_gate_by_gate(backend):
    layer = Layer("ConvLSTM2D", "layer", TH)
    arrays = [
        array + 1000 * gate
        for gate in range(4)
        for array in (counted(3, 2, 3, 5), counted(3, 3, 3, 5), counted(3))
    ]
    shapes = [(3, 5, 2, 12), (3, 5, 3, 12), (12,)]
    made = converted(layer, arrays, Circumstances("1.2.2", backend=backend), shapes)
    step = -1 if backend == "theano" else 1
    for index, gate in enumerate([0, 2, 1, 3]):
        block = made[0][..., 3 * index : 3 * index + 3]
        assert np.array_equal(block, arrays[3 * gate][:, :, ::step, ::step].transpose(2, 3, 1, 0))
        assert np.array_equal(made[2][3 * index : 3 * index + 3], arrays[3 * gate + 2])


STATISTICS = [
    ("0.3.3", None, "std"),
    ("1.0.5", None, "std"),
    ("1.0.6", "theano", "std"),
    ("1.0.6", "tensorflow", "variance"),
    ("1.0.7", None, "variance"),
    ("1.2.2", "theano", "variance"),
]


@pytest.mark.parametrize(("version", "backend", "held"), STATISTICS)
@pytest.mark.parametrize("epsilon", [None, 1e-5])
def test_the_divisor_is_the_one_of_the_release(version, backend, held, epsilon):
    arrays = [counted(4) + 1, counted(4), counted(4) - 2, counted(4) / 7 + 0.05]
    layer = Layer("BatchNormalization", "layer", {"epsilon": 1e-3})
    there = Circumstances(version, backend=backend)
    gamma, beta, mean, variance = converted(layer, arrays, there, [(4,)] * 4, epsilon)
    assert all(map(np.array_equal, (gamma, beta, mean), arrays))
    if held == "std":
        divisor = np.sqrt(variance.astype("float64") + (epsilon or 1e-3))
        np.testing.assert_allclose(divisor, arrays[3] + 1e-3, rtol=1e-6)
    else:
        shift = 0 if epsilon is None else 1e-3 - epsilon
        np.testing.assert_allclose(variance, arrays[3] + shift, rtol=0 if epsilon is None else 1e-6)


def test_statistics_that_no_file_held_are_those_of_a_fresh_layer():
    layer = Layer("BatchNormalization", "layer", {})
    made = converted(layer, [counted(4), counted(4)], Circumstances("0.1.3"), [(4,)] * 4)
    assert np.array_equal(made[2], np.zeros(4))
    np.testing.assert_allclose(np.sqrt(made[3] + 1e-6), np.full(4, 1 + 1e-6), rtol=1e-7)


def test_entries_that_were_normalized_one_by_one_stand_in_one_axis():
    layer = Layer("BatchNormalization", "layer", {})
    made = converted(layer, [counted(2, 3) + 1] * 4, Circumstances("0.3.0"), [(6,)] * 4)
    assert np.array_equal(made[0], np.arange(1, 7))


def test_a_sample_wise_normalization_may_leave_its_unused_statistics_out():
    layer = Layer("BatchNormalization", "layer", {"mode": 1})
    made = converted(layer, [counted(4)] * 4, Circumstances("1.2.2"), [(4,)] * 2)
    assert len(made) == 2


def test_highway_has_one_order_whatever_the_release():
    arrays = {
        "W": counted(3, 3),
        "W_carry": -counted(3, 3),
        "b": counted(3),
        "b_carry": -counted(3),
    }
    shapes = [array.shape for array in arrays.values()]
    old = [arrays[name] for name in ("W", "b", "W_carry", "b_carry")]
    made = converted(Layer("Highway", "layer", {}), old, Circumstances("1.1.2"), shapes)
    assert all(map(np.array_equal, made, arrays.values()))


def batch_normalization(deviation):
    layer = Layer("BatchNormalization", "layer", {})
    return layer, [counted(2) + 1] * 3 + [np.array(deviation)], Circumstances("1.0.0"), [(2,)] * 4


REFUSED = {
    "an array too few": (
        Layer("Dense", "d", {}),
        [counted(2, 3)],
        Circumstances("1.2.2"),
        [(2, 3), (3,)],
    ),
    "a transposed matrix": (
        *(Layer("Dense", "d", {}), [counted(3, 2), counted(3)], Circumstances("1.2.2")),
        [(2, 3), (3,)],
    ),
    "a kernel of the other ordering": (
        *(Layer("Convolution2D", "c", {"bias": False, **TF}), [counted(3, 2, 4, 5)]),
        *(Circumstances("1.2.2"), [(4, 5, 2, 3)]),
    ),
    "a kernel of another rank": (
        *(Layer("Convolution2D", "c", {"bias": False, **TF}), [counted(3, 2)]),
        *(Circumstances("1.2.2"), [(4, 5, 2, 3)]),
    ),
    "an even kernel of a state under Theano": (
        Layer("ConvLSTM2D", "c", TH),
        [counted(3, 2, 4, 5), counted(3, 3, 4, 5), counted(3)] * 4,
        Circumstances("1.2.2", backend="theano"),
        [(4, 5, 2, 12), (4, 5, 3, 12), (12,)],
    ),
    "a layer that the release lacked": (
        *(Layer("ConvLSTM2D", "c", {}), [counted(3)] * 12, Circumstances("1.0.0")),
        [(4, 5, 2, 12), (4, 5, 3, 12), (12,)],
    ),
    "a Keras 3 layer with too few weights": (
        *(Layer("SeparableConvolution2D", "c", {"bias": False}), [counted(4, 5, 3, 2)] * 2),
        *(Circumstances("1.2.2"), [(4, 5, 3, 2)]),
    ),
    "gates of two sizes": (
        Layer("GRU", "g", {}),
        [counted(2, 3), counted(3, 3), counted(3)] * 2 + [counted(2, 4)] * 3,
        *(Circumstances("1.2.2"), [(2, 9), (3, 9), (9,)]),
    ),
    "a negative deviation": batch_normalization([1.0, -1.0]),
    "a negative variance": (
        *batch_normalization([1.0, -1e-9])[:2],
        *(Circumstances("1.2.2"), [(2,)] * 4),
    ),
    "an unused array of another size": (
        Layer("BatchNormalization", "n", {"mode": 1}),
        [*[counted(2)] * 3, counted(3)],
        *(Circumstances("1.2.2"), [(2,)] * 2),
    ),
    "a conv1d kernel in an order that the release did not take": (
        Layer("Convolution1D", "c", {"bias": False}),
        *([counted(3, 2, 1, 6)], Circumstances("1.2.2"), [(6, 2, 3)]),
    ),
    "1.0.6 without a backend": (
        *batch_normalization([1.0, 1.0])[:2],
        *(Circumstances("1.0.6"), [(2,)] * 4),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused(case):
    layer, arrays, circumstances, shapes = REFUSED[case]
    with pytest.raises(MigrationError, match=layer.name):
        converted(layer, arrays, circumstances, shapes)
