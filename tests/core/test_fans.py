"""Fans: Keras' convention, axes in letters and in lists."""

import keras
import pytest

from keras_inits.core.fans import MODES, Fans, fans, fans_of_axes


@pytest.mark.parametrize("shape", [(), (7,), (3, 4), (5, 3, 4), (2, 3, 4, 5), (2, 3, 4, 5, 6)])
def test_without_axes_fans_are_those_of_keras(shape):
    # Keras' own law tells its fans: variance = 1 / fan.
    for mode in ("fan_in", "fan_out", "fan_avg"):
        scaled = keras.initializers.VarianceScaling(1.0, mode, "uniform", seed=1)
        largest = abs(keras.ops.convert_to_numpy(scaled(shape))).max()
        limit = (3 / max(1, MODES[mode](fans(shape)))) ** 0.5
        assert limit * 0.2 < largest <= limit


@pytest.mark.parametrize(
    ("axes", "shape", "expected"),
    [
        ("io", (3, 4), (3, 4)),
        ("oi", (3, 4), (4, 3)),
        ("hwio", (2, 3, 4, 5), (24, 30)),
        ("hwoi", (2, 3, 4, 5), (30, 24)),
        ("hwgo", (3, 3, 64, 2), (9, 18)),
        ("ioo", (24, 4, 6), (24, 24)),
        ("iio", (4, 6, 24), (24, 24)),
        ("gio", (8, 5, 7), (5, 7)),
    ],
)
def test_letters_say_what_an_axis_means(axes, shape, expected):
    assert fans(shape, axes) == Fans(*expected)


def test_lists_leave_other_axes_out():
    assert fans_of_axes((8, 5, 7), [1], [2]) == Fans(5, 7)
    assert fans_of_axes((8, 5, 7), [-2], [-1]) == Fans(5, 7)


def test_modes():
    counted = Fans(4, 9)
    assert {mode: count(counted) for mode, count in MODES.items()} == {
        "fan_in": 4,
        "fan_out": 9,
        "fan_avg": 6.5,
        "fan_geo_avg": 6.0,
    }


def test_a_letter_too_few_is_refused():
    with pytest.raises(ValueError, match="one letter for each axis"):
        fans((3, 3, 4, 5), "io")
