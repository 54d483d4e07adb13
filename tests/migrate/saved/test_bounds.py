"""What a file describes is built within bounds, or refused with one kind of error."""

import json

import keras
import pytest

from keras_inits.migrate.saved import MigrationError, load
from keras_inits.migrate.saved.building import building

LARGE = 2**31 - 1


def sequential(*layers):
    config = [
        {"class_name": kind, "config": {"name": f"layer_{number}", **config}}
        for number, (kind, config) in enumerate(layers)
    ]
    return {"class_name": "Sequential", "config": config, "keras_version": "1.2.2"}


def dense(inputs, outputs):
    return ("Dense", {"batch_input_shape": [None, inputs], "output_dim": outputs, "init": "zero"})


RECURRENT = {"init": "zero", "inner_init": "zero", "output_dim": 3, "stateful": True}
IMAGE = {"batch_input_shape": [None, 3, 3, 3], "dim_ordering": "tf"}
# An architecture that a file may describe, and what is said of it.
MODELS = {
    "dense": (sequential(dense(LARGE, LARGE)), "layer_0: the model has more than 268435456"),
    "dense, a little": (sequential(dense(2**14 + 1, 2**14)), "layer_0: the model has more than"),
    "wrapped": (
        sequential(
            (
                "TimeDistributed",
                {
                    "batch_input_shape": [None, 3, LARGE],
                    "layer": {"class_name": "Dense", "config": {"name": "a", "output_dim": 99}},
                },
            )
        ),
        "the model has more than",
    ),
    "positions": (
        sequential(
            (
                "LocallyConnected1D",
                {"batch_input_shape": [None, LARGE, 3], "nb_filter": 3, "filter_length": 3},
            )
        ),
        "the model has more than",
    ),
    "states": (
        sequential(("SimpleRNN", {"batch_input_shape": [LARGE, 3, 3], **RECURRENT})),
        "layer_0: states for a batch of 2147483647",
    ),
    "too large": (sequential(dense(3, 2**31)), "2147483648 is too large"),
    "overflow": (
        sequential(
            ("UpSampling2D", {**IMAGE, "size": [LARGE, LARGE]}),
            ("UpSampling2D", {"size": [LARGE, LARGE], "dim_ordering": "tf"}),
            ("Flatten", {}),
            ("Dense", {"output_dim": 3}),
        ),
        "the model has more than",
    ),
    "many layers": (sequential(dense(3, 3), *[("Activation", {})] * 5000), "has 5002 layers"),
    "keras' own error": (
        sequential(("BatchNormalization", {"batch_input_shape": [None, 3], "axis": 7})),
        "layer_0|cannot be built",
    ),
}


def merged(count):
    """A model that merges one tensor with itself."""
    start = {"name": "a", "batch_input_shape": [None, 2]}
    layers = [
        {"class_name": "InputLayer", "name": "a", "config": start, "inbound_nodes": []},
        {
            "class_name": "Merge",
            "name": "b",
            "config": {},
            "inbound_nodes": [[["a", 0, 0]] * count],
        },
    ]
    ends = {"input_layers": [["a", 0, 0]], "output_layers": [["b", 0, 0]]}
    return {"class_name": "Model", "config": {"layers": layers, **ends}, "keras_version": "1.2.2"}


MODELS["many tensors"] = (merged(5001), "b: is given 5001 tensors")


@pytest.mark.parametrize(("tree", "message"), MODELS.values(), ids=MODELS)
def test_what_cannot_be_built_is_refused_before_memory_is_taken(tree, message, tmp_path):
    (tmp_path / "model.json").write_text(json.dumps(tree))
    with pytest.raises(MigrationError, match=message):
        load(tmp_path / "model.json")


# An object of the user's that a file might ask Keras for, where a number is meant.
ASKED = {"class_name": "Asked", "config": {"a": 1}}
VECTORS = {"batch_input_shape": [None, 3]}
NUMBERS = {
    "mask_value": ("Masking", {"batch_input_shape": [None, 3, 3]}),
    "sigma": ("GaussianNoise", VECTORS),
    "epsilon": ("BatchNormalization", VECTORS),
    "momentum": ("BatchNormalization", VECTORS),
    "alpha_init": ("ParametricSoftplus", VECTORS),
    "alpha": ("LeakyReLU", VECTORS),
}


@keras.saving.register_keras_serializable("", "Asked")
class Asked:
    """Tells when an object is made of what a file says."""

    def __init__(self, **config):
        raise AssertionError("made")

    def get_config(self):
        return {}


@pytest.mark.parametrize(("word", "layer"), NUMBERS.items(), ids=NUMBERS)
def test_no_object_is_made_where_a_number_is_meant(word, layer, tmp_path):
    kind, config = layer
    tree = sequential((kind, {**config, word: ASKED}))
    (tmp_path / "model.json").write_text(json.dumps(tree))
    with pytest.raises(MigrationError, match=f"layer_0.*{word} is a number, got"):
        load(tmp_path / "model.json")


@pytest.mark.parametrize("word", ["W_constraint", "b_constraint"])
@pytest.mark.parametrize("wrong", [{"m": ASKED}, {"axis": ASKED}])
def test_a_constraint_has_numbers_alone(wrong, word, tmp_path):
    kind, config = dense(3, 3)
    rule = {"name": "MaxNorm", "m": 2, "axis": 0, **wrong}
    tree = sequential((kind, {**config, word: rule}))
    (tmp_path / "model.json").write_text(json.dumps(tree))
    with pytest.raises(MigrationError, match=r"layer_0 \(Dense\).*number"):
        load(tmp_path / "model.json")


def test_messages_quote_no_more_than_one_reads(tmp_path):
    kind, config = dense(3, 3)
    (tmp_path / "a.json").write_text(json.dumps(sequential((kind, {**config, "init": "a" * 9999}))))
    assert all(len(found.message) < 1100 for found in load(tmp_path / "a.json")[1])
    (tmp_path / "b.json").write_text(json.dumps(sequential(("A" * 9999, config))))
    with pytest.raises(MigrationError, match=r"^layer_0 \(A{900,}\.\.\.$"):
        load(tmp_path / "b.json")


@pytest.mark.parametrize("word", ["module", "registered_name"])
def test_objects_as_keras_3_writes_them_are_refused(word, tmp_path):
    kind, config = dense(3, 3)
    tree = sequential((kind, {**config, "mine": [{**ASKED, word: "os"}]}))
    (tmp_path / "model.json").write_text(json.dumps(tree))
    with pytest.raises(MigrationError, match=f"says '{word}' of an object"):
        load(tmp_path / "model.json", custom_objects={"Dense": Asked})


def test_any_error_within_becomes_one_and_keeps_its_cause():
    with pytest.raises(MigrationError, match="KeyError: 'x'") as caught, building(1):
        {}["x"]
    assert isinstance(caught.value.__cause__, KeyError)


def test_afterwards_layers_are_as_they_were():
    add_weight = keras.layers.Layer.add_weight
    with pytest.raises(MigrationError, match="more than 5"), building(5):
        keras.layers.Dense(3).build((None, 2))
    assert keras.layers.Layer.add_weight is add_weight
    with building(9):
        keras.layers.Dense(3).build((None, 2))
    with pytest.raises(MigrationError, match="more than 9"), building(9):
        [keras.layers.Dense(3).build((None, 2)) for _ in range(2)]


@pytest.mark.parametrize("word", ["from_keras", "dim_ordering", "backend", "bugs"])
def test_what_the_user_says_wrong_is_their_error(word, tmp_path):
    (tmp_path / "model.json").write_text(json.dumps(sequential(dense(3, 3))))
    with pytest.raises(ValueError, match=word.removeprefix("from_")) as caught:
        load(tmp_path / "model.json", **{word: "other"})
    assert not isinstance(caught.value, MigrationError)
