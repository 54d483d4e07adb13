"""What every initializer promises: laws, seeds, dtypes, shapes and errors."""

import keras
import ml_dtypes
import numpy as np
import pytest
import scipy.stats
import tensorflow as tf
from cases import ALL, PLAIN, Case
from sampling_statistics import ERRORS, draws, has_seed, mean_and_error, reseeded, to_float64

import keras_inits as ki

DTYPES = ("float32", "float64", "float16", "bfloat16")
each = pytest.mark.parametrize("case", ALL, ids=str)
each_plain = pytest.mark.parametrize("case", PLAIN, ids=str)
RANDOM = [case for case in ALL if has_seed(case.make())]
each_random = pytest.mark.parametrize("case", RANDOM, ids=str)


def resolution(dtype):
    return float(ml_dtypes.finfo(dtype).eps) / 2


@each
@pytest.mark.parametrize("dtype", DTYPES)
def test_the_stated_mean_and_variance_hold(case, dtype):
    initializer = case.make()
    mean, variance = initializer.mean(case.shape), initializer.variance(case.shape)
    kernels = draws(initializer, case.shape, 48, dtype)
    axes = tuple(range(1, kernels.ndim))
    measured, error = mean_and_error(kernels.mean(axes))
    measured_variance, variance_error = mean_and_error(((kernels - mean) ** 2).mean(axes))
    # The dtype's own rounding, and that of sums in float64.
    unit = resolution(dtype) + 1e-13
    assert abs(measured - mean) <= ERRORS * error + unit * abs(mean) + 1e-7 * variance**0.5
    assert abs(measured_variance - variance) <= (
        ERRORS * variance_error + unit * (variance + mean**2) + 1e-12
    )


def exact_law(case):
    """The SciPy distribution of independent continuous entries, or None."""
    law = case.make().law(case.shape)
    kind = type(law).__name__
    if kind == "Uniform":
        return scipy.stats.uniform(law.low, law.high - law.low)
    if kind == "Normal":
        return scipy.stats.norm(law.mean, law.std)
    if kind == "TruncatedNormal":
        return scipy.stats.truncnorm(-law.cut, law.cut, scale=law.scale)
    return None


CONTINUOUS = [case for case in ALL if exact_law(case) is not None]


def test_most_laws_have_independent_continuous_entries():
    assert len(CONTINUOUS) > 30


@pytest.mark.parametrize("case", CONTINUOUS, ids=str)
def test_entries_follow_the_exact_law(case):
    sample = draws(case.make(), case.shape, 1 + 20_000 // np.prod(case.shape)).ravel()
    assert scipy.stats.kstest(sample, exact_law(case).cdf).pvalue > 1e-6


@pytest.mark.parametrize("case", CONTINUOUS, ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
def test_no_value_is_outside_the_bounds_and_few_are_the_same(case, dtype):
    low, high = case.make().law(case.shape).support
    sample = draws(case.make(), case.shape, 1 + 10_000 // np.prod(case.shape), dtype).ravel()
    assert low <= sample.min()
    assert sample.max() <= high
    if np.isfinite(low) and low == -high:
        assert len(np.unique(sample[:10_000])) > 1_000


@each
@pytest.mark.parametrize("dtype", DTYPES)
def test_shape_and_dtype_are_those_asked_for(case, dtype):
    value = case.make()(case.shape, dtype=dtype)
    assert tuple(value.shape) == case.shape
    assert keras.backend.standardize_dtype(value.dtype) == dtype
    assert bool(keras.ops.all(keras.ops.isfinite(value)))


@each_plain
def test_floatx_is_the_default_dtype_and_shapes_come_in_every_form(case):
    initializer = case.make()
    value = initializer(list(case.shape))
    assert keras.backend.standardize_dtype(value.dtype) == keras.config.floatx()
    for shape in (tf.TensorShape(case.shape), np.array(case.shape)):
        np.testing.assert_array_equal(initializer(shape), value)


@each_random
def test_same_instance_repeats_itself(case):
    initializer = case.make()
    np.testing.assert_array_equal(initializer(case.shape), initializer(case.shape))


@each_random
def test_integer_seeds_repeat_across_instances(case):
    first, again = case.make(seed=np.int64(42)), case.make(seed=42)
    np.testing.assert_array_equal(first(case.shape), again(case.shape))
    other = to_float64(case.make(seed=43)(case.shape))
    assert (other != to_float64(first(case.shape))).any() or is_constant(case)


@each_random
def test_seed_zero_is_a_seed(case):
    np.testing.assert_array_equal(case.make(seed=0)(case.shape), case.make(seed=0)(case.shape))


@each_random
def test_a_seed_generator_advances(case):
    initializer = reseeded(case.make(), keras.random.SeedGenerator(7))
    first = to_float64(initializer(case.shape))
    assert (first != to_float64(initializer(case.shape))).any() or is_constant(case)


def is_constant(case):
    return case.make().variance(case.shape) == 0 or case.arguments.get("initializers") == [
        *("zeros", "ones", "zeros", "zeros")
    ]


@each_random
def test_an_unseeded_clone_differs_and_a_seeded_one_does_not(case):
    initializer, seeded = case.make(), case.make(seed=5)
    other, same = initializer.clone(), seeded.clone()
    assert (to_float64(other(case.shape)) != to_float64(initializer(case.shape))).any() or (
        is_constant(case)
    )
    np.testing.assert_array_equal(same(case.shape), seeded(case.shape))


@each_random
def test_set_random_seed_makes_unseeded_ones_repeat(case):
    keras.utils.set_random_seed(3)
    first = case.make()(case.shape)
    keras.utils.set_random_seed(3)
    np.testing.assert_array_equal(case.make()(case.shape), first)


@each
def test_eager_equals_graph(case):
    initializer = case.make()
    graph = tf.function(lambda: initializer(case.shape))
    np.testing.assert_array_equal(graph(), initializer(case.shape))


@each
def test_a_zero_dimension_gives_an_empty_tensor(case):
    shape, taken = case.shape, 0
    for axis in range(len(shape)):
        empty = tuple(0 if index == axis else size for index, size in enumerate(shape))
        if accepts(case, empty):
            taken += 1
            assert tuple(case.make()(empty).shape) == empty
    # Square matrices and filters take none, and sparse=12 wants outputs; the last axis is split.
    assert taken or case.name in ("keras1_identity",)


def accepts(case, shape):
    try:
        case.make().check_shape(shape)
    except ValueError:
        return False
    return True


BAD_SHAPES = [(-1, 4), (2.5, 4), (None, 4), ("a", 4), (True, 4), 5, None, "ab", b"ab", {4: 4}]


@each_plain
@pytest.mark.parametrize("shape", BAD_SHAPES, ids=str)
def test_bad_shapes_are_refused(case, shape):
    with pytest.raises(ValueError, match="shape"):
        case.make()(shape)


@each_plain
@pytest.mark.parametrize("dtype", ["int32", "uint8", "bool", "complex64", "string", "flaot32"])
def test_dtypes_that_are_not_floating_are_refused(case, dtype):
    with pytest.raises(ValueError, match="float32"):
        case.make()(case.shape, dtype=dtype)


@pytest.mark.parametrize("case", [case for case in PLAIN if has_seed(case.make())], ids=str)
@pytest.mark.parametrize("seed", [-1, 2**31 - 2, 2**40, 1.5, True, "7", float("nan")], ids=str)
def test_bad_seeds_are_refused(case, seed):
    with pytest.raises(ValueError, match="seed"):
        case.make(seed=seed)


NUMBERS = [
    (case, name)
    for case in PLAIN
    for name in ("scale", "gain", "std", "mean", "value", "min", "max")
    if name in case.make().get_config()
]


@pytest.mark.parametrize(("case", "name"), NUMBERS, ids=str)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, [1.0]], ids=str)
def test_numbers_that_are_none_are_refused(case, name, value):
    with pytest.raises(ValueError, match=name):
        case.make(**{name: value})


SCALES = [
    (case, name)
    for case, name in NUMBERS
    if name in ("scale", "std", "gain") and "identity" not in case.name
]


@pytest.mark.parametrize(("case", "name"), SCALES, ids=str)
def test_negative_scales_are_refused(case, name):
    with pytest.raises(ValueError, match=name):
        case.make(**{name: -0.1})


WORDS = [
    (case, name)
    for case in PLAIN
    for name in ("mode", "distribution", "variance_norm", "version", "layer", "dim_ordering")
    if name in case.make().get_config()
]


@pytest.mark.parametrize(("case", "name"), WORDS, ids=str)
def test_misspelt_options_are_refused(case, name):
    with pytest.raises(ValueError, match=name):
        case.make(**{name: "fan_inn"})


@each_plain
def test_unknown_arguments_are_refused(case):
    with pytest.raises(ValueError, match="flavour"):
        case.make(flavour="vanilla")


@pytest.mark.parametrize("axes", ["io1", "IO", "", 3, ["i", "o"]], ids=str)
def test_bad_axes_are_refused(axes):
    for name in ("caffe_msra", "haar_orthogonal"):
        with pytest.raises(ValueError, match="axes"):
            ki.get(name, axes=axes)


@pytest.mark.parametrize("lists", [(None, [1]), ([0], None), ("0", "1"), ([0.5], [1])], ids=str)
def test_bad_axis_lists_are_refused(lists):
    with pytest.raises(ValueError, match="input_axes"):
        ki.CaffeXavier(input_axes=lists[0], output_axes=lists[1])


def test_axes_must_fit_the_shape():
    for case in (
        Case("caffe_msra", {"axes": "hwio"}, ()),
        Case("xavier_normal", {"axes": "o"}, ()),
    ):
        with pytest.raises(ValueError, match="one letter for each axis"):
            case.make()((4, 4))
    with pytest.raises(ValueError, match="axis 2"):
        ki.CaffeXavier(input_axes=[0], output_axes=[2])((4, 4))
