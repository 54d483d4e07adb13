"""Layers of Keras 1: how they start, what they refuse, and that they come back from a file."""

import json
import subprocess
import sys

import keras
import numpy as np
import pytest
from sampling_statistics import agree, golden, to_float64

import keras_inits as ki
from keras_inits import late_names
from keras_inits.migrate.keras1 import keras1_hard_sigmoid, layers

#: For each layer, how it is made, a sample's shape, and the shape the real Keras was probed with.
CASES = {
    "MaxoutDense": (lambda **given: layers.MaxoutDense(24, **given), (5,), (16,)),
    "Highway": (layers.Highway, (5,), (32,)),
    "SReLU_1d": (layers.SReLU, (5,), (64,)),
    "SReLU_3d": (layers.SReLU, (5, 4, 3), (6, 6, 16)),
    "ParametricSoftplus": (layers.ParametricSoftplus, (5,), (64,)),
    "LocallyConnected1D": (
        lambda **given: layers.LocallyConnected1D(32, 5, **given),
        (9, 4),
        (20, 16),
    ),
    "LocallyConnected2D": (
        lambda **given: layers.LocallyConnected2D(
            32, (3, 5), **{"data_format": "channels_last", **given}
        ),
        (5, 7, 2),
        (12, 12, 16),
    ),
    "BatchNormalizationMode1": (layers.BatchNormalizationMode1, (5,), None),
    "BatchNormalizationMode2": (layers.BatchNormalizationMode2, (5,), None),
    "LRN2D": (layers.LRN2D, (3, 4, 5), None),
    "PaddedPooling": (
        lambda **given: layers.PaddedPooling((2, 3), **{"data_format": "channels_last", **given}),
        (6, 7, 2),
        None,
    ),
    "ThresholdedLinear": (layers.ThresholdedLinear, (5,), None),
    "TimeDistributedMerge": (layers.TimeDistributedMerge, (4, 5), None),
    "CosineMerge": (layers.CosineMerge, None, None),
    "MaskedAdd": (layers.MaskedAdd, None, None),
    "MaskedAverage": (layers.MaskedAverage, None, None),
    "MaskedConcatenate": (layers.MaskedConcatenate, None, None),
    "MaskedMultiply": (layers.MaskedMultiply, None, None),
}
#: The layers of one tensor.
SINGLE = [name for name, (_, shape, _) in CASES.items() if shape]
EVERY = pytest.mark.parametrize("name", CASES)


def test_the_cases_and_the_late_names_are_all_the_layers():
    tested = {name.partition("_")[0] for name in CASES}
    assert tested == set(layers.__all__) == set(late_names.LATE[layers.__name__])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case[2]])
def test_a_start_is_that_of_the_real_layer(name):
    probe = golden("probe_1.2.2_tf")[name]
    make, _, shape = CASES[name]
    layer = make()
    layer.build((None, *shape))
    assert len(layer.weights) == len(probe)
    for weight, real in zip(layer.weights, probe, strict=True):
        values = to_float64(weight)
        assert list(values.shape) == real["shape"]
        agree(values, real, values.size, -1.2)


@EVERY
def test_a_layer_comes_back_from_its_configuration(name):
    make, shape, _ = CASES[name]
    layer = make(name="one", kernel_regularizer="l2") if "Dense" in name else make(name="one")
    again = type(layer).from_config(json.loads(json.dumps(layer.get_config())))
    assert again.get_config() == layer.get_config()
    inputs = (None, *shape) if shape else [(None, 3), (None, 3)]
    again.build(inputs)
    layer.build(inputs)
    assert [tuple(w.shape) for w in again.weights] == [tuple(w.shape) for w in layer.weights]


#: Arguments that are not the default, one case for each argument of each layer.
OTHERS = {
    "MaxoutDense": {"features": 3, "use_bias": False, "kernel_constraint": "max_norm"},
    "Highway": {
        "activation": "tanh",
        "use_bias": False,
        "carry_bias_initializer": "zeros",
        "carry_kernel_initializer": "zeros",
    },
    "SReLU_1d": {"shared_axes": (1,), "backend": "theano", "t_left_initializer": "ones"},
    "LocallyConnected1D": {"strides": (2,), "activation": "relu", "bias_regularizer": "l1"},
    "LocallyConnected2D": {"strides": (2, 1), "data_format": "channels_first"},
    "BatchNormalizationMode1": {"epsilon": 0.1, "version": "1.0.5", "gamma_initializer": "zeros"},
    "BatchNormalizationMode2": {"axis": 1, "epsilon": 0.1, "version": "1.0.5"},
    "LRN2D": {"alpha": 1.0, "k": 3, "beta": 0.5, "n": 3, "axis": -1},
    "PaddedPooling": {
        "strides": (1, 1),
        "padding": ((1, 0), (1, 2)),
        "mode": "average",
        "data_format": "channels_first",
    },
    "ThresholdedLinear": {"theta": 0.5},
    "TimeDistributedMerge": {"mode": "ave"},
    "CosineMerge": {"axes": (1, 1), "epsilon": 0.0},
}


@pytest.mark.parametrize("name", OTHERS)
def test_every_argument_comes_back(name):
    make, _, _ = CASES[name]
    for argument, value in OTHERS[name].items():
        config = make(**{argument: value}).get_config()
        assert config[argument] != make().get_config()[argument]
        assert type(make()).from_config(config).get_config()[argument] == config[argument]


def test_both_kernels_of_a_highway_are_draws_of_their_own():
    for initializer in (None, "glorot_uniform", keras.initializers.HeNormal(seed=3)):
        layer = layers.Highway(kernel_initializer=initializer)
        layer.build((None, 8))
        kernel, carry_kernel = map(keras.ops.convert_to_numpy, layer.weights[:2])
        assert np.abs(kernel - carry_kernel).max() > 0.1
        assert 0.5 < kernel.std() / carry_kernel.std() < 2


def test_a_seeded_highway_repeats_itself():
    def made():
        layer = layers.Highway(kernel_initializer=ki.get("keras1_he_normal", seed=7))
        layer.build((None, 8))
        return layer.get_weights()

    for one, other in zip(made(), made(), strict=True):
        np.testing.assert_array_equal(one, other)


BAD = {
    "units": lambda: layers.MaxoutDense(0),
    "features": lambda: layers.MaxoutDense(3, features="4"),
    "2 numbers|1 numbers": lambda: layers.LocallyConnected1D(3, (2, 2)),
    "padding": lambda: layers.LocallyConnected1D(3, 2, padding="same"),
    "data_format": lambda: layers.LocallyConnected2D(3, 2, data_format="th"),
    "'channels_last', got": lambda: layers.LocallyConnected1D(3, 2, data_format="channels_first"),
    "every size": lambda: layers.LocallyConnected2D(3, 2).build((None, None, 5, 1)),
    "does not fit": lambda: layers.LocallyConnected2D(3, 4).build((None, 3, 5, 1)),
    "backend": lambda: layers.SReLU(backend="cntk"),
    "shared_axes": lambda: layers.SReLU().build((None, None)),
    "version": lambda: layers.BatchNormalizationMode1(version="2.0.0"),
    "epsilon": lambda: layers.BatchNormalizationMode2(epsilon=-1),
    "expected ndim=2": lambda: layers.MaxoutDense(3)(np.zeros((2, 3, 4))),
    "ndim=2": lambda: layers.Highway()(np.zeros((2, 3, 4))),
    "odd n": lambda: layers.LRN2D(n=4),
    "theta": lambda: layers.ThresholdedLinear(float("nan")),
    "mode": lambda: layers.TimeDistributedMerge("max"),
    "'average', 'max'": lambda: layers.PaddedPooling((2, 2), mode="sum"),
    "2 strides": lambda: layers.PaddedPooling((2, 2), (2,)),
    "smaller than the window": lambda: layers.PaddedPooling((2,), padding=((2, 0),)),
    "one for each|each axis": lambda: layers.PaddedPooling((2, 2), padding=((1, 0),)),
    "rank 2 or 3": lambda: layers.CosineMerge()([np.zeros((2, 3, 4, 5))] * 2),
    "two tensors": lambda: layers.CosineMerge()([np.zeros((2, 3))] * 3),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_is_refused(message):
    with pytest.raises(ValueError, match=message):
        BAD[message]()


@pytest.mark.parametrize("name", ["SReLU_1d", "ParametricSoftplus", "BatchNormalizationMode1"])
def test_masks_pass(name):
    make, _, _ = CASES[name]
    inputs, layer, reader = keras.Input((4, 3)), make(), keras.layers.LSTM(2)
    model = keras.Model(inputs, reader(layer(keras.layers.Masking()(inputs))))
    x = np.random.default_rng(3).normal(size=(2, 4, 3)).astype("float32")
    x[:, 2:] = 0
    np.testing.assert_allclose(model(x), reader(layer(x)[:, :2]), atol=1e-6)


def test_a_cosine_takes_masks_and_gives_none(recwarn):
    inputs = keras.Input((4, 3))
    masked = keras.layers.Masking()(inputs)
    merged = layers.CosineMerge(axes=2)([masked, masked])
    assert getattr(merged, "_keras_mask", None) is None
    assert not [str(found.message) for found in recwarn if "mask" in str(found.message)]


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float64"])
@pytest.mark.parametrize("name", SINGLE)
def test_precisions(name, policy):
    make, shape, _ = CASES[name]
    layer, exact = make(dtype=policy), make(dtype="float64")
    x = np.random.default_rng(3).normal(size=(8, *shape))
    exact.build(x.shape)
    layer.build(x.shape)
    layer.set_weights(exact.get_weights())
    given = layer(x)
    assert keras.backend.standardize_dtype(given.dtype) == layer.compute_dtype
    difference = np.asarray(keras.ops.cast(given, "float64")) - np.asarray(exact(x))
    assert np.abs(difference).max() < 0.1


def model_of_all():
    """A model with every layer of one tensor, and one that merges two."""
    inputs = keras.Input((6, 5, 3))
    one, other = stack()(inputs), stack()(inputs)
    both = keras.layers.Flatten()(layers.CosineMerge()([one, other]))
    return keras.Model(inputs, keras.layers.Concatenate()([one, both]))


def stack():
    return keras.Sequential(
        [
            keras.Input((6, 5, 3)),
            layers.LRN2D(n=3),
            layers.PaddedPooling((2, 1), (1, 1), ((0, 1), (0, 0)), data_format="channels_last"),
            layers.LocallyConnected2D(4, (3, 2), data_format="channels_last"),
            layers.SReLU(shared_axes=[1, 2], a_right_initializer="zeros"),
            keras.layers.Reshape((16, 4)),
            layers.LocallyConnected1D(8, 3),
            layers.ThresholdedLinear(0.01),
            layers.TimeDistributedMerge("ave"),
            layers.BatchNormalizationMode2(),
            layers.MaxoutDense(6, kernel_regularizer="l2"),
            layers.Highway("relu"),
            layers.ParametricSoftplus(),
            layers.BatchNormalizationMode1(),
            keras.layers.Dense(2, activation=keras1_hard_sigmoid),
        ]
    )


@pytest.mark.parametrize("compiled", [False, True])
def test_a_model_trains(compiled):
    model = model_of_all()
    model.compile("sgd", "mse", jit_compile=compiled)
    before = [np.copy(weight) for weight in model.get_weights()]
    x = np.random.default_rng(3).normal(size=(8, 6, 5, 3))
    model.fit(x, np.ones((8, 3)), verbose=0)
    moved = [np.abs(a - b).max() > 0 for a, b in zip(before, model.get_weights(), strict=True)]
    assert all(moved)


LOAD = """
import sys
import keras
import keras_inits
import numpy as np
assert not [name for name in sys.modules if name.startswith("keras_inits.migrate")]
model = keras.models.load_model(sys.argv[1])
data = np.load(sys.argv[2])
np.testing.assert_array_equal(model.predict(data["x"], verbose=0), data["y"])
keras.saving.load_model(model.save(sys.argv[3]) or sys.argv[3])
"""


def test_a_file_loads_where_only_keras_inits_was_imported(tmp_path):
    model = model_of_all()
    x = np.random.default_rng(3).normal(size=(4, 6, 5, 3)).astype("float32")
    model.save(tmp_path / "model.keras")
    np.savez(tmp_path / "data.npz", x=x, y=model.predict(x, verbose=0))
    files = [tmp_path / name for name in ("model.keras", "data.npz", "again.keras")]
    subprocess.run([sys.executable, "-c", LOAD, *map(str, files)], check=True)


def test_a_late_name_gives_way_to_its_class():
    for name in layers.__all__:
        registered = keras.saving.get_registered_object(f"keras_inits>{name}")
        assert registered is getattr(layers, name)
    late_names.register()
    assert keras.saving.get_registered_object("keras_inits>SReLU") is layers.SReLU


def test_no_layer_has_a_name_of_keras():
    assert not set(layers.__all__) & set(dir(keras.layers))
