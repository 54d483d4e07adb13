"""Measured moments agree with true laws, and with no others."""

import keras
import numpy as np
import pytest
from keras import ops

import keras_inits as ki
from keras_inits.core.checks import FLOAT_DTYPES
from keras_inits.core.registry import find
from keras_inits.diagnostics.moments import Quantity, compare, measure

SHAPES = ((64, 64), (5, 5, 16, 16))


class TwiceTheVariance(ki.CaffeXavier):
    def variance(self, shape):
        return 2 * super().variance(shape)


class OffCentre(ki.CaffeXavier):
    def mean(self, shape):
        return 0.01


class AlmostIdentity(ki.ScaledIdentity):
    def draw(self, shape, dtype):
        return super().draw(shape, dtype) * 1.001


def weights():
    """Every registered initializer with a shape that it can make."""
    for name in ki.names():
        initializer = ki.get(name, **find(name).example_arguments)
        yield pytest.param(initializer, next(filter(makes(initializer), SHAPES)), id=name)


def makes(initializer):
    def accepts(shape):
        try:
            return bool(initializer.check_shape(shape))
        except ValueError:
            return False

    return accepts


@pytest.mark.parametrize(("initializer", "shape"), list(weights()))
def test_every_initializer_agrees_with_its_law(initializer, shape):
    assert measure(initializer, shape).agrees


@pytest.mark.parametrize("dtype", FLOAT_DTYPES)
@pytest.mark.parametrize("name", ["caffe_uniform", "keras1_he_normal", "caffe_bilinear"])
def test_every_dtype_agrees_within_its_resolution(name, dtype):
    assert measure(name, (8, 8, 16, 16), dtype).agrees


@pytest.mark.parametrize("dtype", FLOAT_DTYPES)
def test_a_constant_agrees_as_far_as_its_dtype_can_hold_it(dtype):
    assert measure(ki.CaffeConstant(0.1), (7,), dtype).agrees


def test_a_wrong_variance_is_found():
    moments = measure(TwiceTheVariance(seed=1), (64, 64))
    assert not moments.agrees
    assert not moments.variance.agrees
    assert moments.mean.agrees


def test_a_wrong_mean_is_found():
    assert not measure(OffCentre(seed=1), (256, 256)).mean.agrees


def test_chance_is_no_excuse_for_a_kernel_without_any():
    assert measure(ki.ScaledIdentity(), (16, 16)).agrees
    assert not measure(AlmostIdentity(), (16, 16)).agrees


def test_a_bias_that_rounding_does_not_explain_is_found_in_bfloat16():
    values = ops.convert_to_numpy(ki.CaffeXavier(seed=1)((1000, 1000), "bfloat16"))
    assert compare(ki.CaffeXavier(), values).agrees
    assert not compare(ki.CaffeXavier(), np.abs(values)).agrees


@pytest.mark.parametrize("initializer", ["glorot_normal", "zeros", "identity", "orthogonal"])
def test_initializers_of_keras_are_measured_too(initializer):
    assert measure(initializer, (64, 64)).agrees


def test_standard_errors_are_those_of_independent_entries():
    moments = measure(ki.NielsenLargeWeight(seed=1), (100, 100))
    assert moments.mean.standard_error == pytest.approx(1 / 100)
    assert moments.variance.standard_error == pytest.approx(2**0.5 / 100)


def test_the_numbers_are_those_of_the_tensor():
    initializer = ki.CaffeXavier(seed=3)
    values = ops.convert_to_numpy(initializer((16, 8))).astype("float64")
    moments = measure(initializer, (16, 8))
    assert moments.count == 128
    assert moments.mean.measured == values.mean()
    assert moments.variance.measured == values.var()
    assert (moments.minimum, moments.maximum) == (values.min(), values.max())


def test_five_standard_errors_and_the_resolution_are_allowed():
    assert Quantity(6.0, 0.0, standard_error=1.0, resolution=1.0).agrees
    assert not Quantity(6.1, 0.0, standard_error=1.0, resolution=1.0).agrees


def test_nan_never_agrees():
    values = np.full((4, 4), np.nan, "float32")
    assert not compare(ki.CaffeXavier(), values).agrees


def test_an_empty_weight_has_no_moments():
    with pytest.raises(ValueError, match="has none"):
        measure("caffe_xavier", (0, 3))


def test_a_law_that_nobody_states_is_refused():
    class Unknown(keras.initializers.Initializer):
        def __call__(self, shape, dtype=None):
            return ops.ones(shape, dtype)

    with pytest.raises(ValueError, match="not stated"):
        measure(Unknown(), (3,))
