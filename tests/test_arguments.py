"""Every argument of every initializer changes something: what it draws, or what it accepts."""

import pytest
from sampling_statistics import has_seed, to_float64

import keras_inits as ki
from keras_inits.core.registry import find

MATRIX, KERNEL, LINE = (24, 32), (4, 4, 6, 8), (5, 6, 8)

#: For an argument: arguments, others that differ in it, a shape; the draws must differ.
LAYER = {"layer": "Convolution2D", "version": "1.0.4"}
AXES = ({"input_axes": [0], "output_axes": [1]}, {"input_axes": [2], "output_axes": [3]}, KERNEL)
WITNESSES = {
    "axes": ({}, {"axes": "oihw"}, KERNEL),
    # A law of fan_in does not see output_axes, nor one of fan_out input_axes: both move.
    "input_axes": AXES,
    "output_axes": AXES,
    "dim_ordering": (LAYER | {"dim_ordering": "th"}, LAYER | {"dim_ordering": "tf"}, KERNEL),
    "distribution": ({}, {"distribution": "uniform"}, MATRIX),
    "gain": ({}, {"gain": 2.0}, MATRIX),
    "gates": ({}, {"gates": 2}, MATRIX),
    "initializers": ({}, {"initializers": "he_uniform"}, MATRIX),
    "layer": ({}, {"layer": "Convolution1D"}, LINE),
    "max": ({}, {"max": 2.0}, MATRIX),
    "mean": ({}, {"mean": 0.5}, MATRIX),
    "min": ({}, {"min": -1.0}, MATRIX),
    "mode": ({}, {"mode": "fan_out"}, MATRIX),
    "parameters": ({}, {"parameters": {"loc": 0.0, "scale": 0.2}}, MATRIX),
    "pool_size": ({}, {"pool_size": (4, 4)}, KERNEL),
    "scale": ({}, {"scale": 0.5}, (24, 24)),
    "seed": ({"seed": 1}, {"seed": 2}, KERNEL),
    "sparse": ({}, {"sparse": 8}, MATRIX),
    "std": ({}, {"std": 0.5}, MATRIX),
    "value": ({}, {"value": 0.5}, MATRIX),
    "variance_norm": ({}, {"variance_norm": "fan_out"}, MATRIX),
    "version": ({"layer": "Convolution1D"}, {"layer": "Convolution1D", "version": "1.0.3"}, LINE),
}

#: Where the usual witness sees nothing: sparse for the axes of its outputs, a scale for a fan's.
EXTRA = {"caffe_gaussian": {"sparse": 3}, "tfp_distribution": {"scale": 1.0}}
EXTRA_FOR = ("axes", "input_axes", "output_axes", "gain", "mode")
SPECIAL = {
    ("haar_orthogonal", "axes"): ({}, {"axes": "hwgo"}, KERNEL),
    ("tfp_distribution", "distribution"): ({}, {"distribution": "Logistic"}, MATRIX),
    # he_* and lecun_* of a one-dimensional convolution count fan_in alone, which 1.1.0 changed.
    **{
        (f"keras1_{name}", "version"): (
            {"layer": "Convolution1D", "version": "1.0.8"},
            {"layer": "Convolution1D", "version": "1.1.0"},
            LINE,
        )
        for name in ("he_normal", "he_uniform", "lecun_uniform", "orthogonal")
    },
}

#: Arguments that some names only check: a combination that the other value makes an error.
CHECKED = {
    "version": ({"layer": "ConvLSTM2D"}, {"layer": "ConvLSTM2D", "version": "1.1.1"}),
    "layer": ({"version": "1.1.1"}, {"version": "1.1.1", "layer": "ConvLSTM2D"}),
    "dim_ordering": (
        {"layer": "Convolution2D", "version": "0.2.0"},
        {"layer": "Convolution2D", "version": "0.2.0", "dim_ordering": "tf"},
    ),
}
ONLY_CHECK = {f"keras1_{name}" for name in ("uniform", "normal", "zero", "one", "identity")}

ARGUMENTS = [
    (name, argument)
    for name in ki.names()
    for argument in ki.get(name, **find(name).example_arguments).get_config()
]
DRAWN = [pair for pair in ARGUMENTS if not (pair[0] in ONLY_CHECK and pair[1] in CHECKED)]


@pytest.mark.parametrize(("name", "argument"), DRAWN)
def test_every_argument_changes_what_is_drawn(name, argument):
    base, other, shape = SPECIAL.get((name, argument), WITNESSES[argument])
    extra = EXTRA.get(name, {}) if argument in EXTRA_FOR else {}
    assert (kernel(name, base | extra, shape) != kernel(name, other | extra, shape)).any()


def kernel(name, arguments, shape):
    given = find(name).example_arguments | arguments
    made = ki.get(name, **given)
    if has_seed(made) and "seed" not in given:
        made = ki.get(name, **given, seed=11)
    return to_float64(made(shape))


@pytest.mark.parametrize("name", sorted(ONLY_CHECK))
@pytest.mark.parametrize("argument", CHECKED)
def test_what_a_law_does_not_need_is_checked_all_the_same(name, argument):
    right, wrong = CHECKED[argument]
    ki.get(name, **right)
    with pytest.raises(ValueError, match="Keras"):
        ki.get(name, **wrong)


def test_every_argument_is_documented():
    for name in ki.names():
        for argument in ki.describe(name).arguments:
            assert argument.text, (name, argument.name)
