"""Constructors and initializers: what is left alone, then each line before and after."""

import ast

import pytest

from keras_inits.migrate.source import convert

IMPORTS = """\
import keras
import sklearn
from keras.models import Sequential
from keras.layers import *
from keras.regularizers import *
from keras.constraints import *
from keras.engine.merge import x  # of Keras 1 alone
from keras import initializations
from functools import partial
import keras.backend as K
"""


def changed(text, **options):
    """The text after conversion, without its imports, and the codes of the findings."""
    options["only"] = ("KI0", "KI1", "KI2")
    new, findings = convert(IMPORTS + text, **options)
    assert convert(new, **options)[0] == new
    _, _, tail = new.partition("import keras.backend as K\n")
    return tail.strip(), {found.code for found in findings} - {"KI004"}


LEFT = [
    "Dense(8, activation='relu')",
    "Dense(8, input_dim=3)",
    "Conv2D(8, (3, 3), strides=(2, 2), padding='same')",
    "Conv2D(8, kernel_size=3)",
    "LSTM(8, kernel_initializer='he_normal')",
    "GRU(8, recurrent_initializer='orthogonal')",
    "sklearn.KMeans(init='he_normal', bias=True, p=3)",
    "f(nb_filter=3, border_mode='same')",
    "Dropout(0.5)",
    "MaxPooling2D((2, 2), strides=(1, 1))",
    "Flatten()",
    "Embedding(100, 8)",
    "BatchNormalization()",
    "Bidirectional(GRU(8, units=3), merge_mode='sum')",
]


@pytest.mark.parametrize("line", LEFT)
def test_what_is_not_of_keras_1_stays(line):
    assert changed(line, from_keras="1.2.2", dim_ordering="tf")[0] == line


GATED = 'kernel_initializer=keras_inits.PerGate("glorot_uniform", gates=4)'
ORTHOGONAL = 'recurrent_initializer=keras_inits.PerGate("keras1_orthogonal", gates=4)'
SIGMOID = "recurrent_activation=keras_inits.migrate.keras1.keras1_hard_sigmoid"
CASES = [
    # Names, and the built-in string where it has the law.
    ("Dense(output_dim=8, init='uniform')", "Dense(units=8, kernel_initializer='uniform')"),
    ('Dense(8, init="he_normal")', 'Dense(8, kernel_initializer="keras1_he_normal")'),
    ("Dense(8, init=u'zero')", "Dense(8, kernel_initializer=u'zero')"),
    ("Dense(8, 'normal', 'relu')", "Dense(8, kernel_initializer='normal', activation='relu')"),
    (
        "Dense(8, bias=False, W_regularizer=l2(.1), b_constraint='nonneg')",
        "Dense(8, use_bias=False, kernel_regularizer=l2(.1), bias_constraint='nonneg')",
    ),
    # Kernels.
    (
        "Convolution2D(8, 3, 5, border_mode='same', subsample=(2, 2))",
        "Conv2D(8, (3, 5), padding='same', strides=(2, 2))",
    ),
    (
        "Convolution2D(8, 3, 3, 'he_normal', 'relu')",
        "Conv2D(8, (3, 3), kernel_initializer='keras1_he_normal', activation='relu')",
    ),
    ("Convolution2D(8, nb_row=3, nb_col=a)", "Conv2D(8, kernel_size=(3, a))"),
    ("Convolution2D(8, 3, nb_col=5)", "Conv2D(8, (3, 5))"),
    ("Convolution2D(8, 3, 3, dim_ordering='tf')", 'Conv2D(8, (3, 3), data_format="channels_last")'),
    ("AtrousConvolution2D(8, 3, 3, atrous_rate=(2, 2))", "Conv2D(8, (3, 3), dilation_rate=(2, 2))"),
    ("Deconvolution2D(8, 3, 3, (None, 9, 9, 8))", "Conv2DTranspose(8, (3, 3))"),
    ("Convolution1D(8, 3, init='uniform')", "Conv1D(8, 3, kernel_initializer='uniform')"),
    ("Convolution3D(8, 2, 3, 4, init='zero')", "Conv3D(8, (2, 3, 4), kernel_initializer='zero')"),
    (
        "SeparableConvolution2D(8, 3, 3, init='he_normal')",
        "SeparableConv2D(8, (3, 3), depthwise_initializer='keras1_he_normal', "
        'pointwise_initializer="keras1_he_normal")',
    ),
    # Recurrent layers.
    ("TimeDistributedDense(8)", "Dense(8)"),
    (
        "LSTM(8, forget_bias_init='zero')",
        f"LSTM(8, unit_forget_bias=False, {GATED}, {ORTHOGONAL}, {SIGMOID})",
    ),
    (
        "LSTM(8, consume_less='gpu', dropout_W=.1, dropout_U=.2)",
        'LSTM(8, dropout=.1, recurrent_dropout=.2, recurrent_initializer="keras1_orthogonal", '
        f"{SIGMOID})",
    ),
    (
        "LSTM(8, init='uniform', inner_init='uniform', inner_activation='sigmoid')",
        "LSTM(8, kernel_initializer='uniform', recurrent_initializer='uniform', "
        "recurrent_activation='sigmoid')",
    ),
    (
        "SimpleRNN(8, input_dim=2, input_length=9)",
        'SimpleRNN(8, input_shape=(9, 2), recurrent_initializer="keras1_orthogonal")',
    ),
    # Inputs.
    (
        "model.add(SimpleRNN(8, inner_init='zero', batch_input_shape=(4, 9, 2)))",
        "model.add(keras.Input(batch_shape=(4, 9, 2)))\n"
        "model.add(SimpleRNN(8, recurrent_initializer='zero'))",
    ),
    ("Embedding(100, 8, input_length=9)", "Embedding(100, 8, input_shape=(9,))"),
    (
        "if x:\n    m.add(Embedding(100, 8, dropout=.2))",
        "if x:\n    m.add(Embedding(100, 8))\n"
        "    m.add(keras.layers.Dropout(.2, noise_shape=(None, None, 1)))",
    ),
    # The others.
    ("Dropout(p=0.5)", "Dropout(rate=0.5)"),
    ("GaussianNoise(sigma=1.)", "GaussianNoise(stddev=1.)"),
    ("MaxPooling1D(pool_length=3, stride=2)", "MaxPooling1D(pool_size=3, strides=2)"),
    ("BatchNormalization(1e-3, 0, 1)", "BatchNormalization(epsilon=1e-3, axis=1)"),
    ("LeakyReLU(alpha=.1)", "LeakyReLU(negative_slope=.1)"),
    ("ThresholdedReLU()", "ReLU(threshold=1.0)"),
    ("UpSampling1D(length=3)", "UpSampling1D(size=3)"),
    ("Activation('hard_sigmoid')", "Activation(keras_inits.migrate.keras1.keras1_hard_sigmoid)"),
    ("Merge(mode='concat', concat_axis=1)([a, b])", "keras.layers.Concatenate(axis=1)([a, b])"),
    ("Merge()([a, b])", "keras.layers.Add()([a, b])"),
    (
        "Dense(8, W_regularizer=l1l2(l2=.1), W_constraint=maxnorm(m=3))",
        "Dense(8, kernel_regularizer=keras.regularizers.L1L2(l2=.1, l1=0.01), "
        "kernel_constraint=keras.constraints.MaxNorm(max_value=3))",
    ),
    ("Dense(8, W_regularizer=l2(l=.1))", "Dense(8, kernel_regularizer=l2(l2=.1))"),
    ("Dense(8, b_regularizer=l1(l=.1))", "Dense(8, bias_regularizer=l1(l1=.1))"),
    # Values from elsewhere in the file.
    ("I = 'he_normal'\nDense(8, init=I)", "I = 'keras1_he_normal'\nDense(8, kernel_initializer=I)"),
    (
        "def f(n, init='he_normal'):\n    Dense(n, init=init)\nf(3, 'normal')",
        "def f(n, init='keras1_he_normal'):\n    Dense(n, kernel_initializer=init)\nf(3, 'normal')",
    ),
    (
        "def f(**kw):\n    i = kw.setdefault('init', 'he_normal')\n    Dense(3, init=i)",
        "def f(**kw):\n    i = kw.setdefault('init', 'keras1_he_normal')\n"
        "    Dense(3, kernel_initializer=i)",
    ),
    (
        "c = {'init': 'he_normal', 'bias': True}\nDense(8, **c)",
        "c = {'kernel_initializer': 'keras1_he_normal', 'use_bias': True}\nDense(8, **c)",
    ),
    (
        "c = dict(init='he_normal', bias=True)\nDense(8, **c)",
        "c = dict(kernel_initializer='keras1_he_normal', use_bias=True)\nDense(8, **c)",
    ),
    ("LSTM(8, **dict(c, init='zero'))", "LSTM(8, **dict(c, init='zero'))"),
    (
        "RNN = SimpleRNN\nRNN(8, inner_init='zero')",
        "RNN = SimpleRNN\nRNN(8, recurrent_initializer='zero')",
    ),
    (
        "Dense(8, init=lambda shape, name: initializations.normal(shape, scale=.01, name=name))",
        "Dense(8, kernel_initializer=keras.initializers.RandomNormal(stddev=0.01))",
    ),
    (
        "def mine(shape, name=None):\n    return initializations.uniform(shape, .2)\n"
        "Dense(8, init=mine)",
        "def mine(shape, name=None):\n    return initializations.uniform(shape, .2)\n"
        "Dense(8, kernel_initializer=keras.initializers.RandomUniform(minval=-0.2, maxval=0.2))",
    ),
    (
        "Dense(8, init=initializations.get('he_normal'))",
        'Dense(8, kernel_initializer="keras1_he_normal")',
    ),
    (
        "Dense(8, init=partial(initializations.normal, scale=.5))",
        "Dense(8, kernel_initializer=keras.initializers.RandomNormal(stddev=0.5))",
    ),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_lines_before_and_after(before, after):
    # 1.1.2 drew the recurrent matrices with inner_init; 'th' kernels had Keras 3's fans.
    version = "1.1.2" if "LSTM" in before else "1.2.2"
    new, _ = changed(before, from_keras=version, dim_ordering="tf")
    assert new == after.replace('"channels_last"', "'channels_last'")


REPORTED = [
    ("Convolution2D(8, 3, 3, border_mode='full')", "KI202"),
    ("Dense(8, weights=[w, b])", "KI202"),
    ("BatchNormalization(mode=m)", "KI202"),
    ("Embedding(9, 8, dropout=.2)", "KI202"),
    ("SimpleDeepRNN(8)", "KI201"),
    ("Dense(8, init=elsewhere.f)", "KI101"),
    ("Dense(8, init='zeros')", "KI102"),
    ("LSTM(8, **anything)", "KI107"),
    ("Dense(8, init='zero', activity_regularizer=activity_l2(.1))", "KI214"),
    ("ActivityRegularization(l1=.1)", "KI214"),
    ("model.add(Merge([left, right], mode='concat'))", "KI209"),
    ("x = SimpleRNN(8, batch_input_shape=(4, 9, 2))(y)", "KI207"),
    ("Dense(8, W_regularizer=EigenvalueRegularizer(3))", "KI208"),
    ("LSTM(8, inner_init='identity')", "KI105"),
    ("Convolution1D(8, 3)", "KI106"),
    ("LSTM(8)", "KI104"),
    ("i = 'he_normal'\nDense(3, init=i)\nConvolution1D(3, 3, init=i)", "KI002"),
]


@pytest.mark.parametrize(("line", "code"), REPORTED)
def test_what_needs_a_person_or_changed_is_reported(line, code):
    assert code in changed(line, from_keras="1.2.2", dim_ordering="tf")[1]


@pytest.mark.parametrize("line", ["Dense(8, init='he_normal')", "Dense(8)", "LSTM(8)"])
def test_fans_that_were_right_are_not_reported(line):
    assert "KI106" not in changed(line, from_keras="1.1.2")[1]


def test_no_dependency_writes_laws_with_keras_alone():
    new, codes = changed("Dense(8, init='he_normal')", from_keras="1.2.2", no_dependency=True)
    law = 'keras.initializers.VarianceScaling(2.0, "fan_in", "untruncated_normal")'
    assert new == f"Dense(8, kernel_initializer={law})"
    _, codes = changed("LSTM(8)", from_keras="1.1.2", no_dependency=True)
    assert "KI103" in codes


@pytest.mark.parametrize(
    ("line", "keep", "fix"),
    [
        ("Convolution1D(8, 3)", 'Keras1GlorotUniform(version="1.2.2", layer="Convolution1D")', ""),
        (
            "LSTM(8, inner_init='identity')",
            'recurrent_initializer=keras_inits.PerGate("glorot_uniform", gates=4)',
            'recurrent_initializer=keras_inits.PerGate("identity", gates=4)',
        ),
    ],
)
def test_bugs_are_kept_or_fixed(line, keep, fix):
    assert keep in changed(line, from_keras="1.2.2")[0]
    fixed = changed(line, from_keras="1.2.2", bugs="fix")[0]
    assert keep not in fixed
    assert fix in fixed


def test_the_ordering_that_keras_1_took_for_granted_is_said():
    new, _ = changed("Convolution2D(8, 3, 3, input_shape=(3, 32, 32))")
    assert new == 'Conv2D(8, (3, 3), input_shape=(3, 32, 32), data_format="channels_first")'
    # Where the file sets it for all layers, those of one dimension never followed.
    new, _ = changed("K.set_image_dim_ordering('th')\nMaxPooling1D(border_mode='same')")
    assert new.endswith("MaxPooling1D(padding='same', data_format=\"channels_last\")")


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Dense(784, 500)", "0.1.3"),
        ("Convolution2D(32, 3, 3, 3)", "0.1.3"),
        ("Dense(n, k)\nn, k = 3, 4\nm = 3\nDense(m, m)", "0.1.3"),
        ("LSTM(8, truncate_gradient=5)", "0.2.0"),
        ("LSTM(8)\nmodel.fit(x, y, show_accuracy=True)", "0.3.3"),
        ("Highway(transform_bias=-2)", "1.2.0"),
        ("Dense(8, bias=True)", "1.2.2"),
    ],
)
def test_the_version_is_guessed_from_what_its_constructors_took(text, version):
    _, findings = convert(IMPORTS + text)
    said = next(found.message for found in findings if found.code == "KI004")
    assert f"Keras {version} " in said


def test_old_names_given_to_keras_2_keep_their_laws():
    text = "from keras.layers import Dense\nDense(units=8, init='he_normal')\n"
    new, findings = convert(text)
    assert new == text.replace("init=", "kernel_initializer=")
    assert {found.code for found in findings} == {"KI005"}


def test_a_layer_that_the_version_did_not_have_keeps_its_name():
    text = "from keras.layers import AtrousConvolution2D\nAtrousConvolution2D(8, 3, 3)\n"
    new, findings = convert(text, from_keras="0.3.3")
    assert new == text
    assert "KI108" in {found.code for found in findings}


@pytest.mark.parametrize("only", [["KI1"], ["KI2"], None])
@pytest.mark.parametrize(
    "line",
    [
        "Dense(8, 'he_normal', 'relu')",
        "Embedding(8, 9, 'uniform', 5)",
        "Convolution2D(8, 3, 3, 'he_normal', 'relu')",
        "LSTM(8, 'he_normal', 'orthogonal', 'one', 'tanh', 'sigmoid')",
    ],
)
def test_no_positional_argument_is_left_behind_a_named_one(line, only):
    new, findings = convert(IMPORTS + line, from_keras="1.1.2", only=only)
    ast.parse(new)
    assert new != IMPORTS + line
    assert "KI003" not in [found.code for found in findings]


def test_a_forget_bias_by_position_becomes_the_switch():
    line = "LSTM(8, 'normal', 'normal', 'one', 'tanh', 'sigmoid')"
    new = convert(IMPORTS + line, from_keras="1.1.2")[0].splitlines()[-1]
    assert new.endswith("unit_forget_bias=True, activation='tanh', recurrent_activation='sigmoid')")


def test_a_call_that_was_converted_is_not_reported_when_it_is_seen_again():
    text = (
        "from keras.layers.core import Dense, initializations\n"
        "model.add(Dense(784, 128))\nx = initializations.get('one')\n"
    )
    new, findings = convert(text, from_keras="0.1.2")
    assert "Dense(128, input_dim=784" in new
    assert "KI206" not in [found.code for found in findings]


def test_a_module_that_most_versions_had_says_little():
    text = "from keras.datasets.data_utils import get_file\nDense(3, init='uniform')\n"
    _, findings = convert(f"from keras.layers.core import Dense\n{text}")
    assert "taken as Keras 1.2." in findings[0].message


def test_activity_penalties_were_averaged_before_they_were_summed():
    line = "Dense(8, init='zero', activity_regularizer=activity_l2(.1))"
    assert "KI214" not in changed(line, from_keras="1.0.6")[1]
    assert "KI214" not in changed("Dense(8, activity_regularizer=None)", from_keras="1.2.2")[1]


def test_a_truncated_gradient_goes_and_is_told():
    new, codes = changed("SimpleRNN(8, truncate_gradient=9, inner_init='zero')", from_keras="0.3.3")
    assert "truncate_gradient" not in new
    assert "KI205" in codes
    _, codes = changed("SimpleRNN(8, truncate_gradient=-1, inner_init='zero')", from_keras="0.3.3")
    assert "KI205" not in codes


@pytest.mark.parametrize("value", ["lambda shape, name=None: f(shape)", "mine"])
def test_functions_that_cannot_be_followed_are_told_with_what_keras_3_calls(value):
    text = f"{IMPORTS}def mine(shape, name=None):\n    return f(shape)\nDense(3, init={value})\n"
    (found,) = [one for one in convert(text)[1] if one.code == "KI101"]
    assert found.message.endswith(": Keras 3 calls it as f(shape, dtype=...)")


def test_messages_are_single_lines():
    _, findings = convert(f"{IMPORTS}Dense(3, init=f(3,\n  4), weights=[w,\n  b])\n")
    assert {found.code for found in findings} >= {"KI101", "KI202"}
    assert not [found for found in findings if "\n" in found.message]


def test_what_shapes_the_input_changes_where_the_release_does_not_tell():
    head = "from keras.layers import Dense, LSTM, Embedding\n"
    old = "m.add(LSTM(8, batch_input_shape=(4, 9, 2)))\nEmbedding(9, 8, input_length=3)\n"
    new = "m.add(keras.Input(batch_shape=(4, 9, 2)))\nm.add(LSTM(8))\n"
    new += "Embedding(9, 8, input_shape=(3,))\n"
    after = convert(f"{head}{old}Dense(3, input_dim=2)\n", only=["KI2"])[0]
    assert after == f"import keras\n{head}{new}Dense(3, input_dim=2)\n"


def test_what_could_not_be_read_keeps_its_start_the_second_time():
    """By then the rest of the file is Keras 3's, where `he_normal` is another law."""
    text = (
        "from keras.layers import Dense, Convolution2D\nDense(3, init='uniform')\n"
        "Convolution2D(32, border_mode='same', init='he_normal')\n"
    )
    new, _ = convert(text)
    assert new.endswith("Conv2D(32, border_mode='same', init='he_normal')\n")
    assert convert(new)[0] == new
