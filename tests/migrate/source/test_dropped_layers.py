"""Layers that Keras 3 dropped and this package has: calls, imports, defaults by version."""

import pytest

from keras_inits.migrate.source import convert

ROOM = "keras_inits.migrate.keras1.layers"


def converted(text, version="1.2.2", **options):
    new, findings = convert(text, from_keras=version, **options)
    assert convert(new, from_keras=version, **options)[0] == new
    return new, {found.code for found in findings}


def called(call, version="1.2.2", **options):
    """A call after conversion, its layer imported by name."""
    name = call.partition("(")[0]
    text = f"from keras.layers.core import {name}\nx = {call}\n"
    new, codes = converted(text, version, **options)
    return new.strip().rpartition("\nx = ")[2], codes


def own(init, version, layer):
    return f'keras_inits.Keras1{init}(version="{version}", layer="{layer}")'


UNIFORM = f"kernel_initializer={own('GlorotUniform', '0.3.2', 'MaxoutDense')}"
LOCAL_UNIFORM = 'kernel_initializer="uniform"'
CONSTANT = "keras.initializers.Constant"
CASES = [
    ("MaxoutDense(8)", "1.2.2", "MaxoutDense(8)"),
    ("MaxoutDense(8)", "0.3.3", "MaxoutDense(8)"),
    ("MaxoutDense(8)", "0.3.2", f"MaxoutDense(8, {UNIFORM})"),
    (
        "MaxoutDense(output_dim=8, nb_feature=2, bias=False, W_regularizer='l2')",
        "1.2.2",
        "MaxoutDense(units=8, features=2, use_bias=False, kernel_regularizer='l2')",
    ),
    (
        "MaxoutDense(8, 2, 'he_normal')",
        "1.2.2",
        f"MaxoutDense(8, 2, kernel_initializer={own('HeNormal', '1.2.2', 'MaxoutDense')})",
    ),
    ("Highway()", "1.2.2", "Highway()"),
    ("Highway()", "1.2.0", "Highway()"),
    ("Highway()", "1.1.2", f"Highway(carry_bias_initializer={CONSTANT}(-2))"),
    (
        "Highway(transform_bias=-b, activation='relu')",
        "1.1.2",
        f"Highway(carry_bias_initializer={CONSTANT}(-b), activation='relu')",
    ),
    ("Highway(transform_bias=-3)", "1.2.0", "Highway()"),
    ("SReLU()", "1.2.2", "SReLU()"),
    (
        "SReLU(t_left_init='one', a_left_init='he_uniform', shared_axes=[1, 2])",
        "1.2.2",
        "SReLU(t_left_initializer='one', "
        f"a_left_initializer={own('HeUniform', '1.2.2', 'SReLU')}, shared_axes=[1, 2])",
    ),
    ("ParametricSoftplus()", "1.2.2", "ParametricSoftplus()"),
    (
        "ParametricSoftplus(.3, beta_init=b)",
        "1.2.2",
        f"ParametricSoftplus({CONSTANT}(.3), beta_initializer={CONSTANT}(b))",
    ),
    (
        "LocallyConnected1D(8, 3, subsample_length=2, input_dim=4, input_length=9)",
        "1.2.2",
        "LocallyConnected1D(8, 3, strides=2, input_shape=(9, 4))",
    ),
    ("LocallyConnected1D(8, 3)", "1.1.1", f"LocallyConnected1D(8, 3, {LOCAL_UNIFORM})"),
    (
        "LocallyConnected2D(8, 3, 5, subsample=(2, 2), dim_ordering='th')",
        "1.2.2",
        "LocallyConnected2D(8, (3, 5), strides=(2, 2), data_format='channels_first')",
    ),
    ("TimeDistributedMerge(mode='ave')", "0.3.3", "TimeDistributedMerge(mode='ave')"),
    ("LRN2D(beta=0.1, n=3)", "0.3.0", "LRN2D(beta=0.1, n=3)"),
    ("ThresholdedLinear(.5)", "0.3.3", "ThresholdedLinear(.5)"),
]


MODES = [
    ("mode=2", "1.2.2", "Mode2()"),
    ("mode=2, axis=1", "1.2.2", "Mode2(axis=1)"),
    ("mode=1, axis=-1, epsilon=e", "1.2.2", "Mode1(epsilon=e)"),
    ("1e-4, 2, 1", "1.2.2", "Mode2(epsilon=1e-4, axis=1)"),
    ("mode=2, momentum=.8, gamma_init='normal'", "1.2.2", "Mode2(gamma_initializer='normal')"),
    ("mode=2", "1.1.2", "Mode2(epsilon=1e-05)"),
    ("mode=1", "1.0.5", 'Mode1(version="1.0.5", epsilon=1e-06)'),
    ("mode=1, input_shape=(3,)", "1.2.2", "Mode1(input_shape=(3,))"),
]


@pytest.mark.parametrize(("before", "version", "after"), MODES)
def test_modes_of_normalization(before, version, after):
    after = f"{ROOM}.BatchNormalization{after}"
    assert called(f"BatchNormalization({before})", version)[0] == after


def test_a_mode_is_left_and_told_with_keras_alone():
    after, codes = called("BatchNormalization(mode=2)", no_dependency=True)
    assert after == "BatchNormalization(mode=2)"
    assert "KI202" in codes


@pytest.mark.parametrize(("before", "version", "after"), CASES)
def test_calls_before_and_after(before, version, after):
    assert called(before, version)[0] == after


def test_defaults_that_the_user_did_not_see_are_told():
    assert "KI203" in called("Highway()", "1.1.2")[1]
    assert "KI104" in called("MaxoutDense(8)", "0.3.2")[1]
    assert "KI205" in called("Highway(transform_bias=-3)", "1.2.0")[1]


def test_what_the_name_promised_where_bugs_are_mended():
    after, _ = called("MaxoutDense(8)", bugs="fix")
    assert after == 'MaxoutDense(8, kernel_initializer="glorot_uniform")'


IMPORTS = [
    (
        "from keras.layers.core import Dense, MaxoutDense as Max\nMax(3)\n",
        f"from keras.layers import Dense\nfrom {ROOM} import MaxoutDense as Max\nMax(3)\n",
    ),
    (
        "from keras.layers import *\nfold = TimeDistributedMerge\nHighway()\n",
        f"import {ROOM}\nfrom keras.layers import *\nfold = {ROOM}.TimeDistributedMerge\n"
        f"{ROOM}.Highway(carry_bias_initializer=keras.initializers.Constant(-2))\n",
    ),
    (
        "from keras.layers import core\ncore.MaxoutDense(3)\n",
        f"import {ROOM}\nfrom keras import layers as core\n{ROOM}.MaxoutDense(3)\n",
    ),
    (
        "import keras.layers as layers\nlayers.MaxoutDense(3)\n",
        f"import {ROOM}\nimport keras.layers as layers\n{ROOM}.MaxoutDense(3)\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), IMPORTS)
def test_imports_before_and_after(before, after):
    new, _ = converted(before, "0.3.3")
    assert new.replace("import keras\n", "") == after


def test_with_keras_alone_the_call_is_left_and_told():
    text = "from keras.layers.core import MaxoutDense\nx = MaxoutDense(8, nb_feature=3)\n"
    new, codes = converted(text, no_dependency=True)
    assert new == text
    assert "KI201" in codes
