"""Draws of independent entries: exact laws in every dtype, small, large, and in every mode."""

import threading

import keras
import numpy as np
import pytest
import scipy.stats
import tensorflow as tf
import tensorflow_probability as tfp
from sampling_statistics import ERRORS, to_float64

import keras_inits as ki
from keras_inits.core.sampling import bernoulli, entries, normal, truncated_normal, uniform
from keras_inits.core.sampling.dtypes import last_inside
from keras_inits.core.sampling.seeds import fold_seed

#: Below and above the size from which draws are compiled.
SMALL, LARGE = (100, 150), (300, 500)
BOTH = pytest.mark.parametrize("shape", [SMALL, LARGE], ids=["small", "large"])


def test_the_sizes_are_on_both_sides():
    assert np.prod(SMALL) < entries.COMPILED_FROM < np.prod(LARGE)


@BOTH
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cut", [0.1, 1.0, 2.0, 4.0, 12.0])
def test_truncated_normals_follow_the_law_to_the_bounds(shape, dtype, cut):
    values = to_float64(truncated_normal(shape, 0.3, cut, dtype, 5)).ravel()
    law = scipy.stats.truncnorm(-cut, cut, scale=0.3)
    assert scipy.stats.kstest(values, law.cdf).pvalue > 1e-6
    assert abs(values).max() <= 0.3 * cut
    # No mass at the bounds: of the 2**23 values that a float32 draw has, one may fall on it.
    assert (abs(values) >= 0.3 * cut * (1 - 1e-7)).mean() <= 5 / len(values)


@BOTH
def test_truncated_normals_are_those_of_tensorflow_probability(shape):
    values = truncated_normal(shape, 0.3, 2.0, "float32", 5)
    law = tfp.distributions.TruncatedNormal(0.0, 0.3, -0.6, 0.6)
    # The distribution function of the draws must be uniform.
    uniform_values = np.sort(np.asarray(law.cdf(tf.reshape(values, [-1]))))
    assert scipy.stats.kstest(uniform_values, "uniform").pvalue > 1e-6


@BOTH
@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize("bound", [0.05, 0.1, 1 / 3, 1.0, 0.0612])
def test_half_precisions_stay_inside(shape, dtype, bound):
    for values in (
        to_float64(uniform(shape, -bound, bound, dtype, 3)),
        to_float64(truncated_normal(shape, bound / 2, 2.0, dtype, 3)),
    ):
        assert abs(values).max() <= bound


@pytest.mark.parametrize("dtype", ["bfloat16", "float16", "float32", "float64"])
def test_the_last_value_inside(dtype):
    for bound in (0.05, 0.1, 1 / 3, 1.0):
        low, high = last_inside(-bound, bound, dtype)
        assert -bound <= low < 0 < high <= bound
        beyond = (
            tf.math.nextafter(tf.constant(high, "float64"), 1e9) if dtype == "float64" else None
        )
        next_value = float(beyond) if beyond is not None else high * (1 + 2 * resolution(dtype))
        assert next_value > bound


def resolution(dtype):
    return {"bfloat16": 2.0**-7, "float16": 2.0**-10, "float32": 2.0**-23}[dtype]


@BOTH
@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16"])
def test_the_same_seed_draws_the_same_in_every_mode(shape, dtype):
    for draw in (
        lambda: uniform(shape, -0.1, 0.3, dtype, 8),
        lambda: normal(shape, 0.1, 0.3, dtype, 8),
        lambda: truncated_normal(shape, 0.3, 2.0, dtype, 8),
    ):
        np.testing.assert_array_equal(to_float64(draw()), to_float64(tf.function(draw)()))


def test_normals_are_those_of_keras():
    for shape in (SMALL, LARGE):
        theirs = keras.initializers.RandomNormal(0.1, 0.3, seed=4)(shape)
        np.testing.assert_array_equal(normal(shape, 0.1, 0.3, "float32", 4), theirs)


def test_large_half_precisions_are_drawn_in_blocks_with_streams_of_their_own(monkeypatch):
    monkeypatch.setattr(entries, "BLOCK", 2**14)
    shape = (5, 2**12 + 3)
    values = to_float64(uniform(shape, -1, 1, "bfloat16", 3)).ravel()
    assert values.shape == (5 * (2**12 + 3),)
    first, second = values[: 2**13], values[2**14 : 2**14 + 2**12]
    assert (first[: 2**12] != second).any()
    assert abs(np.corrcoef(first[: 2**12], second)[0, 1]) <= ERRORS / 2**6
    graph = tf.function(lambda: uniform(shape, -1, 1, "bfloat16", 3))()
    np.testing.assert_array_equal(to_float64(graph).ravel(), values)


def test_one_trace_serves_every_shape_seed_and_parameter():
    entries._compiled.cache_clear()
    for seed, shape in enumerate([(300, 300), (70000,), (3, 3, 128, 128)]):
        ki.XavierUniform(seed=seed)(shape)
        ki.CaffeUniform(seed=seed)(shape)
    assert entries._compiled.cache_info().currsize == 1


def test_small_draws_trace_nothing():
    entries._compiled.cache_clear()
    ki.XavierUniform(seed=1)((64, 64))
    assert entries._compiled.cache_info().currsize == 0


def test_a_seed_generator_advances_for_large_draws():
    generator = keras.random.SeedGenerator(3)
    first, second = (to_float64(uniform(LARGE, 0, 1, "float32", generator)) for _ in range(2))
    assert abs(np.corrcoef(first.ravel(), second.ravel())[0, 1]) <= ERRORS / first.size**0.5


def test_threads_draw_what_one_thread_draws():
    entries._compiled.cache_clear()
    expected = to_float64(ki.Msra(seed=1)(LARGE))
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(to_float64(ki.Msra(seed=1)(LARGE))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for values in found:
        np.testing.assert_array_equal(values, expected)


def test_bernoulli():
    values = to_float64(bernoulli((200, 200), 0.3, "float32", 1))
    assert set(np.unique(values)) == {0.0, 1.0}
    assert abs(values.mean() - 0.3) <= ERRORS * (0.3 * 0.7 / values.size) ** 0.5


def test_folded_seeds_differ_and_are_seeds():
    folded = {fold_seed(seed, number) for seed in range(50) for number in range(50)}
    assert len(folded) == 2500
    assert all(0 <= seed < 2**31 - 2 for seed in folded)
