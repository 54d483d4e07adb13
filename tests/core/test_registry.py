"""Names: what is registered, where, and what a misspelt one is told."""

import keras
import pytest
from keras.src.initializers import ALL_OBJECTS_DICT

import keras_inits as ki
from keras_inits.core import registry
from keras_inits.core.describe import sections

PROMISED = [
    "keras1_uniform",
    "keras1_normal",
    "keras1_lecun_uniform",
    "keras1_glorot_normal",
    "keras1_glorot_uniform",
    "keras1_he_normal",
    "keras1_he_uniform",
    "keras1_orthogonal",
    "keras1_identity",
    "keras1_zero",
    "keras1_one",
    "theano_tanh_glorot",
    "theano_sigmoid_glorot",
    "theano_pooled_conv_glorot",
    "nielsen_large_weight",
    "nielsen_default_weight",
    "nielsen_network3_weight",
    "nielsen_bias",
    "caffe_constant",
    "caffe_gaussian",
    "caffe_positive_unitball",
    "caffe_uniform",
    "caffe_xavier",
    "caffe_msra",
    "caffe_bilinear",
    "glorot_unnormal",
    "he_unnormal",
    "xavier_uniform",
    "xavier_normal",
    "kaiming_uniform",
    "kaiming_normal",
    "msra",
    "gaussian",
    "bilinear",
    "haar_orthogonal",
    "scaled_identity",
    "variance_scaled",
    "per_gate",
    "tfp_distribution",
]


def test_every_promised_name_is_there():
    assert set(PROMISED) <= set(ki.names())


def test_no_name_is_one_of_keras():
    taken = set(ALL_OBJECTS_DICT)
    for name in ki.names():
        assert name not in taken
        assert registry.find(name).__name__ not in taken


def test_both_registrations_are_in_keras():
    for name in ki.names():
        cls = registry.find(name)
        assert keras.saving.get_custom_objects()[name] is cls
        assert keras.saving.get_registered_object(f"keras_inits>{cls.__name__}") is cls


def test_a_string_is_keras_snake_case_of_the_class():
    for name in ki.names():
        assert keras.src.utils.naming.to_snake_case(registry.find(name).__name__) == name


def test_every_public_class_is_exported():
    for name in ki.names():
        cls = registry.find(name)
        assert getattr(ki, cls.__name__) is cls
        assert cls.__name__ in ki.__all__


def test_names_by_dialect():
    assert ki.names("nielsen") == sorted(name for name in PROMISED if name.startswith("nielsen"))
    assert registry.dialects() == ["caffe", "folklore", "keras1", "nielsen", "schemes", "theano"]
    by_dialect = [name for dialect in registry.dialects() for name in ki.names(dialect)]
    assert sorted(by_dialect) == ki.names()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("cafe_xavier", "caffe_xavier"),
        ("keras1_glorot_unifrom", "keras1_glorot_uniform"),
        ("CafeXavier", "CaffeXavier"),
        ("CAFFE_XAVIER", "caffe_xavier"),
        ("glorot_unifrom", "glorot_uniform"),
    ],
)
def test_a_misspelt_name_is_told_what_was_probably_meant(name, meant):
    for function in (ki.get, ki.describe):
        with pytest.raises(ValueError, match=f"Did you mean '{meant}'"):
            function(name)


def test_a_name_like_no_other_is_told_all_of_them():
    with pytest.raises(ValueError, match=r"There are .*caffe_xavier"):
        ki.get("zzz")
    with pytest.raises(ValueError, match="Did you mean 'caffe'"):
        ki.names("cafe")


def test_get_takes_names_classes_configurations_and_instances():
    instance = ki.CaffeXavier(seed=1)
    assert ki.get(instance) is instance
    assert ki.get("CaffeXavier", seed=1).get_config() == instance.get_config()
    assert ki.get(ki.CaffeXavier, seed=1).get_config() == instance.get_config()
    config = keras.saving.serialize_keras_object(instance)
    assert ki.get(config).get_config() == instance.get_config()
    assert type(ki.get("zeros")) is keras.initializers.Zeros
    assert ki.get("orthogonal", gain=2.0).gain == 2.0
    assert ki.get("constant", value=3.0).value == 3.0
    assert type(ki.get("normal")) is keras.initializers.RandomNormal
    assert type(ki.get({"class_name": "CaffeXavier"})) is ki.CaffeXavier


def test_get_finds_functions_that_were_given_to_keras():
    def halves(shape, dtype=None):
        return keras.ops.full(shape, 0.5, dtype=dtype)

    with keras.saving.custom_object_scope({"halves": halves}):
        assert ki.get("halves") is halves


def test_a_foreign_configuration_of_the_same_class_name_is_not_ours():
    with pytest.raises((TypeError, ValueError)):
        ki.get({"module": "elsewhere", "class_name": "Gaussian", "config": {}})


def test_get_refuses_arguments_that_go_nowhere():
    with pytest.raises(ValueError, match="Arguments go with a name"):
        ki.get(ki.CaffeXavier(), seed=1)
    with pytest.raises(ValueError, match="flavour"):
        ki.get("caffe_xavier", flavour="vanilla")
    for nothing in (None, 3, int, dict, keras.layers.Dense):
        with pytest.raises(ValueError, match="No initializer"):
            ki.get(nothing)


def test_every_class_says_its_law_and_source():
    for name in ki.names():
        parts = sections(registry.find(name))
        assert parts["Law"], name
        assert parts["Source"], name
        assert parts[""].isascii(), name
        description = ki.describe(name)
        assert description.law in str(description).replace("\n  ", "\n")
        assert len(description.summary) <= 110, name


def test_a_name_that_somebody_has_taken_in_keras_stays_theirs():
    custom = keras.saving.get_custom_objects()
    custom["zz_taken"] = keras.initializers.Zeros
    ours = type("ZzTaken", (keras.initializers.Zeros,), {"__module__": "keras_inits.schemes.zz"})
    with pytest.warns(UserWarning, match="'zz_taken' already means"):
        registry.register(ours)
    assert custom.pop("zz_taken") is keras.initializers.Zeros
    custom.pop("keras_inits>ZzTaken")
    registry._classes.pop("zz_taken")
