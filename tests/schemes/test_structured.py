"""Schemes with structure: orthogonal, identity, bilinear, unit sums, gates."""

import itertools

import keras
import numpy as np
import pytest
from sampling_statistics import ERRORS, draws, to_float64

import keras_inits as ki
from keras_inits.schemes.sparse import second_moment_of_share

MATRICES = [(64, 64), (128, 32), (32, 128), (1, 40), (40, 1), (5, 16, 32), (3, 3, 8, 64)]


@pytest.mark.parametrize("shape", MATRICES, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_orthogonal_kernels_are_orthonormal_when_flattened_as_keras_does(shape, dtype):
    matrix = to_float64(ki.HaarOrthogonal(seed=1)(shape, dtype)).reshape(-1, shape[-1])
    assert_orthonormal(matrix, dtype)


def assert_orthonormal(matrix, dtype="float32", gain=1.0):
    rows, columns = matrix.shape
    gram = matrix.T @ matrix if rows >= columns else matrix @ matrix.T
    unit = 2e-6 if dtype == "float32" else 1e-14
    assert abs(gram - gain**2 * np.eye(len(gram))).max() <= unit * max(rows, columns) ** 0.5


def test_a_group_is_a_matrix_of_its_own():
    heads = to_float64(ki.HaarOrthogonal(axes="igo", gain=2.0, seed=1)((24, 4, 6)))
    for head in range(4):
        assert_orthonormal(heads[:, head], gain=2.0)
    channels = to_float64(ki.HaarOrthogonal(axes="hwgo", seed=1)((3, 3, 5, 2)))
    for channel in range(5):
        assert_orthonormal(channels[:, :, channel].reshape(9, 2))
    experts = to_float64(ki.HaarOrthogonal(axes="gio", seed=1)((3, 8, 8)))
    for first, second in itertools.combinations(experts, 2):
        assert abs(first - second).max() > 0.1


def test_axes_of_groups_alone_are_refused():
    with pytest.raises(ValueError, match="not all of them 'g'"):
        ki.HaarOrthogonal(axes="gg")((4, 4))


def test_an_identity_convolution_gives_its_input_back():
    random = np.random.default_rng(0)
    for size in (1, 2, 3, 4, 5):
        image = random.normal(size=(2, 7, 6, 3)).astype("float32")
        layer = keras.layers.Conv2D(
            3, size, padding="same", kernel_initializer=ki.ScaledIdentity(gain=2.0)
        )
        np.testing.assert_allclose(layer(image), 2 * image, rtol=1e-6)


def test_a_rectangular_identity():
    np.testing.assert_array_equal(ki.ScaledIdentity(3.0)((2, 3)), [[3, 0, 0], [0, 3, 0]])
    assert ki.ScaledIdentity(3.0).get_config() == {"gain": 3.0}


def test_keras1_identity_wants_a_square_matrix():
    for shape in ((2, 3), (3, 3, 2, 2), (3,)):
        with pytest.raises(ValueError, match="Keras1Identity"):
            ki.Keras1Identity()(shape)


@pytest.mark.parametrize(
    ("arguments", "shape", "summed"),
    [
        ({}, (6, 4), 0),
        ({}, (3, 3, 6, 4), (0, 1, 2)),
        ({"axes": "oi"}, (6, 4), 1),
        ({"axes": "ioo"}, (6, 2, 4), 0),
        ({"input_axes": [0], "output_axes": [1, 2]}, (6, 2, 4), 0),
    ],
)
def test_the_weights_of_an_output_sum_to_one(arguments, shape, summed):
    weights = to_float64(ki.CaffePositiveUnitball(seed=1, **arguments)(shape))
    np.testing.assert_allclose(weights.sum(summed), 1.0, rtol=1e-6)
    assert weights.min() > 0


def test_second_moment_of_a_share():
    assert second_moment_of_share(1) == 1.0
    # Two uniform numbers: E[u**2 / (u + v)**2] is 3/2 - 2 * log(2) + ... by hand, numerically:
    grid = (np.arange(4000) + 0.5) / 4000
    share = grid[:, None] / (grid[:, None] + grid)
    assert second_moment_of_share(2) == pytest.approx((share**2).mean(), rel=1e-6)


def test_a_sparse_gaussian_keeps_the_expected_number():
    kernels = draws(ki.CaffeGaussian(sparse=5), (200, 50), 40)
    kept = (kernels != 0).mean(axis=(1, 2))
    assert abs(kept.mean() - 0.1) <= ERRORS * kept.std(ddof=1) / len(kept) ** 0.5
    with pytest.raises(ValueError, match="sparse=51 for 50 outputs"):
        ki.CaffeGaussian(sparse=51)((200, 50))
    with pytest.raises(ValueError, match="sparse"):
        ki.CaffeGaussian(sparse=-2)


def test_caffe_filler_reads_the_message():
    assert isinstance(ki.caffe_filler({}), ki.CaffeConstant)
    made = ki.caffe_filler({"type": "xavier", "variance_norm": "AVERAGE", "std": 3.0}, seed=2)
    assert made.get_config() == ki.CaffeXavier(variance_norm="average", seed=2).get_config()
    assert ki.caffe_filler({"type": "msra", "variance_norm": 1}).variance_norm == "fan_out"


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ({"type": "glorot"}, "'bilinear', 'constant', 'gaussian', 'msra'"),
        ({"type": "xavier", "flavour": 1}, "flavour"),
        ({"type": "xavier", "variance_norm": "BOTH"}, "AVERAGE"),
        ({"type": "msra", "sparse": 3}, "takes no sparse"),
        ({"type": "constant", "sparse": 3}, "takes no sparse"),
        (None, "dict"),
    ],
)
def test_caffe_filler_refuses_what_caffe_refuses(parameter, said):
    with pytest.raises(ValueError, match=said):
        ki.caffe_filler(parameter)


def test_a_seed_may_go_with_every_filler():
    for kind in ("constant", "bilinear", "xavier"):
        ki.caffe_filler({"type": kind}, seed=3)


@pytest.mark.parametrize("pool_size", [0, False, "", (), (0, 2), (2.0, 2), 2], ids=str)
def test_pools_that_are_none_are_refused(pool_size):
    for name in ("theano_pooled_conv_glorot", "nielsen_network3_weight"):
        with pytest.raises(ValueError, match="pool_size"):
            ki.get(name, pool_size=pool_size)


def test_pooled_fans_round_down_even_to_nothing():
    law = ki.TheanoPooledConvGlorot().law((1, 1, 1, 2))
    assert law.support[1] == pytest.approx(6**0.5)
    with pytest.raises(ValueError, match="no outputs left"):
        ki.NielsenNetwork3Weight(pool_size=(2, 2))((1, 1, 1, 2))


def test_lists_that_were_given_may_change_afterwards():
    given = ["zeros", "ones"]
    gates = ki.PerGate(given)
    given.append("no such name")
    assert gates.clone().gates == 2


def test_every_gate_has_its_law_and_a_stream_of_its_own():
    kernel = to_float64(ki.PerGate("keras1_glorot_uniform", gates=4, seed=1)((16, 96)))
    gates = np.split(kernel, 4, axis=1)
    limit = ki.Keras1GlorotUniform().law((16, 24)).support[1]
    for gate in gates:
        # The largest of 384 uniform entries is within 15 / 384 of the bound but once in 3e6.
        assert limit * (1 - 15 / gate.size) < abs(gate).max() <= limit
    for first, second in itertools.combinations(gates, 2):
        assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) <= ERRORS / first.size**0.5


@pytest.mark.parametrize(
    "seeds",
    [{"seed": 1}, {}, {"seed": "generator"}, {"inner": 1}, {"inner": 1, "seed": 2}],
    ids=str,
)
def test_gates_differ_however_they_are_seeded(seeds):
    seed = keras.random.SeedGenerator(1) if seeds.get("seed") == "generator" else seeds.get("seed")
    inner = ki.CaffeXavier(seed=seeds.get("inner"))
    for gates in (ki.PerGate(inner, gates=3, seed=seed), ki.PerGate([inner] * 3, seed=seed)):
        blocks = np.split(to_float64(gates((8, 24))), 3, axis=1)
        for first, second in itertools.combinations(blocks, 2):
            assert (first != second).any()


def test_seeds_of_the_inner_initializers_count():
    def kernel(first, second, seed=None):
        return to_float64(
            ki.PerGate([ki.Msra(seed=first), ki.Msra(seed=second)], seed=seed)((4, 8))
        )

    np.testing.assert_array_equal(kernel(1, 2), kernel(1, 2))
    assert (kernel(1, 2) != kernel(1, 3)).any()
    assert (kernel(1, 2, seed=1) != kernel(1, 2, seed=2)).any()


def test_orthogonal_gates_are_orthogonal_each():
    kernel = to_float64(ki.PerGate("haar_orthogonal", gates=4, seed=1)((24, 96)))
    for gate in np.split(kernel, 4, axis=1):
        assert_orthonormal(gate)


@pytest.mark.parametrize(
    "arguments",
    [
        {"initializers": "zeros"},
        {"initializers": []},
        {"initializers": ["zeros", "ones"], "gates": 3},
        {"initializers": "zeros", "gates": 0},
        {"initializers": "zeros", "gates": 2.0},
        {"initializers": "zeross", "gates": 2},
    ],
    ids=str,
)
def test_gates_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ValueError, match=r"gates|Unknown"):
        ki.PerGate(**arguments)


def test_a_last_axis_that_the_gates_do_not_divide_is_refused():
    with pytest.raises(ValueError, match="4 gates for a last axis of 30"):
        ki.PerGate("zeros", gates=4)((8, 30))
    with pytest.raises(ValueError, match="Keras1Identity needs a square matrix"):
        ki.PerGate("keras1_identity", gates=4)((8, 64))


def test_float64_keeps_every_digit_of_a_gain():
    assert float(ki.ScaledIdentity(0.1)((2, 2), "float64")[0, 0]) == 0.1
    assert float(ki.CaffeConstant(0.1)((2, 2), "float64")[0, 0]) == 0.1
    matrix = to_float64(ki.HaarOrthogonal(0.1, seed=1)((4, 4), "float64"))
    np.testing.assert_allclose(matrix.T @ matrix, 0.01 * np.eye(4), rtol=0, atol=1e-16)
