"""Haar's law: by factorization and by blocked reflections, on small matrices and on large ones."""

import keras
import numpy as np
import pytest
import scipy.stats
import tensorflow as tf
from sampling_statistics import ERRORS, to_float64

import keras_inits as ki
from keras_inits.core.sampling import householder
from keras_inits.core.sampling.orthogonal import haar

COUNT = 1000


@pytest.fixture(params=["factored", "one block", "blocks of two"])
def matrices(request, monkeypatch):
    """A function that draws many small matrices, by each of the ways."""
    if request.param != "factored":
        monkeypatch.setattr("keras_inits.core.sampling.orthogonal.FACTORED_UP_TO", 0)
    if request.param == "blocks of two":
        monkeypatch.setattr(householder, "SMALLEST_BLOCK", 2)
        monkeypatch.setattr(householder, "LARGEST_BLOCK", 2)
    return lambda rows, columns: to_float64(haar(COUNT, rows, columns, "float32", 77))


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_moments(matrices, size):
    q = matrices(size, size)
    traces = np.trace(q, axis1=1, axis2=2)
    for values, expected in [
        ((q**2).mean((1, 2)), 1 / size),
        (q[:, 0, 0] ** 4, 3 / (size * (size + 2))),
        (q[:, -1, -1] ** 4, 3 / (size * (size + 2))),
        (q[:, 0, -1], 0.0),
        (traces, 0.0),
        (traces**2, 1.0),
        (np.linalg.det(q), 0.0),
        (np.sign(q[:, 0, 0]), 0.0),
    ]:
        error = values.std(ddof=1) / len(values) ** 0.5
        assert abs(values.mean() - expected) <= ERRORS * error + 1e-6


@pytest.mark.parametrize("size", [2, 3, 4])
def test_traces_entries_and_angles_are_those_of_scipy(matrices, size):
    reference = scipy.stats.ortho_group.rvs(size, COUNT, random_state=size)
    ours = matrices(size, size)
    for statistic in (trace, spacing, lambda q: q[:, 0, -1], lambda q: q[:, 1, 0]):
        # Rounded, since reflections of the plane have trace zero up to rounding.
        pair = [np.round(statistic(q), 5) for q in (ours, reference)]
        assert scipy.stats.ks_2samp(*pair).pvalue > 1e-6


def trace(matrices):
    return np.trace(matrices, axis1=1, axis2=2)


def spacing(matrices):
    """The smallest distance between neighbouring eigenvalue angles."""
    angles = np.sort(np.angle(np.linalg.eigvals(matrices)), axis=1)
    around = np.concatenate([angles, angles[:, :1] + 2 * np.pi], axis=1)
    return np.diff(around, axis=1).min(axis=1)


@pytest.mark.parametrize("shape", [(5, 2), (2, 5), (4, 1), (1, 4)])
def test_columns_or_rows_of_rectangles_are_uniform_on_the_sphere(matrices, shape):
    q = matrices(*shape)
    longer = max(shape)
    vector = q[:, :, 0] if shape[0] >= shape[1] else q[:, 0]
    # The square of a coordinate of a uniform unit vector is Beta(1/2, (n - 1)/2).
    law = scipy.stats.beta(0.5, (longer - 1) / 2)
    for coordinate in (0, longer - 1):
        assert scipy.stats.kstest(vector[:, coordinate] ** 2, law.cdf).pvalue > 1e-6


SIZES = [(64, 64), (97, 97), (256, 256), (640, 500), (500, 640), (1024, 1024), (3000, 130)]


@pytest.mark.parametrize("shape", SIZES, ids=str)
@pytest.mark.parametrize(("dtype", "unit"), [("float32", 2e-6), ("float64", 1e-14)])
def test_gram_matrices(shape, dtype, unit):
    (q,) = to_float64(haar(1, *shape, dtype, 5))
    gram = q.T @ q if shape[0] >= shape[1] else q @ q.T
    assert abs(gram - np.eye(len(gram))).max() <= unit * len(gram) ** 0.5


def test_gram_matrix_at_4096():
    kernel = ki.HaarOrthogonal(seed=1)((4096, 4096))
    gram = keras.ops.matmul(keras.ops.transpose(kernel), kernel)
    assert abs(to_float64(gram) - np.eye(4096)).max() <= 2e-6 * 64


@pytest.mark.parametrize("shape", [(128, 128), (700, 300), (300, 700)], ids=str)
def test_eager_equals_graph_with_constant_and_tensor_seeds(shape):
    eager = haar(1, *shape, "float32", 9)
    np.testing.assert_array_equal(tf.function(lambda: haar(1, *shape, "float32", 9))(), eager)
    by_tensor = tf.function(
        lambda seed: householder.reflected(1, max(shape), min(shape), "float32", seed)
    )(tf.constant([9, 0]))
    tall = eager if shape[0] >= shape[1] else tf.linalg.matrix_transpose(eager)
    np.testing.assert_array_equal(by_tensor, tall)


def test_one_trace_serves_every_shape():
    for shape in [(200, 200), (301, 207), (1000, 150)]:
        haar(1, *shape, "float32", 1)
    assert householder._looped("float32").experimental_get_tracing_count() == 1


def test_xla_keeps_orthogonality_and_law():
    for shape in [(200, 200), (500, 300)]:
        compiled = tf.function(lambda shape=shape: haar(1, *shape, "float32", 3), jit_compile=True)
        (q,) = to_float64(compiled())
        assert abs(q.T @ q - np.eye(shape[1])).max() <= 2e-6 * shape[1] ** 0.5
        # A column is uniform on the sphere: n times its fourth moments have mean 3 n / (n + 2).
        fourth = (q**4).sum(0) * shape[0]
        error = fourth.std(ddof=1) / len(fourth) ** 0.5
        assert abs(fourth.mean() - 3 * shape[0] / (shape[0] + 2)) <= ERRORS * error


def test_products_in_tensor_float_32_are_avoided(monkeypatch):
    # TensorFloat-32 is on by default; only GPUs have it.
    assert tf.config.experimental.tensor_float_32_execution_enabled()
    assert householder.working_dtype("float32") == "float32"
    monkeypatch.setattr(tf.config, "list_physical_devices", lambda kind: ["a GPU"])
    assert householder.working_dtype("float32") == "float64"
    (q,) = to_float64(householder.reflected(1, 300, 200, "float32", tf.constant([1, 2])))
    assert abs(q.T @ q - np.eye(200)).max() <= 1e-6


def test_matrices_of_a_batch_are_independent():
    first, second = to_float64(haar(2, 128, 128, "float32", 1))
    # The trace of Q1'Q2 is that of a Haar matrix: of variance 1.
    assert abs(np.trace(first.T @ second)) <= ERRORS
