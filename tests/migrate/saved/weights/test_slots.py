"""In which order a file of each release lists the arrays of nested layers."""

import numpy as np
import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Circumstances, Group, Layer
from keras_inits.migrate.saved.weights.groups import arrays_by_layer, units
from keras_inits.migrate.saved.weights.slots import Order, flattened

DENSE = Layer("Dense", "d", {})
NORMALIZED = Layer("BatchNormalization", "n", {})
FROZEN = Layer("Dense", "f", {"trainable": False})


def model(kind, *inner, name="m"):
    return Layer(kind, name, {}, inner)


def listed(layer, version):
    """The arrays of a layer, in short: its name and the array's."""
    found = Order(Circumstances(version)).slots((layer.name,), layer)
    short = {"running_mean": "mean", "running_std": "std"}
    return " ".join(f"{slot.layer.name}.{short.get(slot.role, slot.role)}" for slot in found)


BY_LAYER = "n.gamma n.beta n.mean n.std d.W d.b"
TRAINED_FIRST = "n.gamma n.beta d.W d.b n.mean n.std"
NESTED = [
    ("Sequential", "0.3.3", BY_LAYER),
    ("Graph", "0.3.3", BY_LAYER),
    ("Sequential", "1.0.2", BY_LAYER),
    ("Model", "1.0.2", TRAINED_FIRST),
    ("Sequential", "1.0.3", TRAINED_FIRST),
    ("Model", "1.2.2", TRAINED_FIRST),
]


@pytest.mark.parametrize(("kind", "version", "order"), NESTED)
def test_nested_models_list_their_arrays_as_their_release_did(kind, version, order):
    assert listed(model(kind, NORMALIZED, DENSE), version) == order


def test_what_is_not_trained_stands_last_from_1_0_7_on():
    nested = model("Model", FROZEN, DENSE)
    assert listed(nested, "1.0.6") == "f.W f.b d.W d.b"
    assert listed(nested, "1.0.7") == "d.W d.b f.W f.b"


def test_a_model_within_a_sequential_keeps_its_own_order():
    nested = model("Sequential", model("Model", NORMALIZED, DENSE), DENSE)
    assert listed(nested, "1.0.0") == f"{TRAINED_FIRST} d.W d.b"


def test_a_bidirectional_lists_one_direction_after_the_other():
    layer = Layer("Bidirectional", "b", {}, (Layer("SimpleRNN", "r", {}),))
    found = Order(Circumstances("1.2.2")).slots(("b",), layer)
    assert [slot.role for slot in found] == ["W", "U", "b"] * 2
    assert [slot.path[1] for slot in found] == [".forward_layer"] * 3 + [".backward_layer"] * 3


def test_branches_of_a_first_merge_are_taken_apart():
    left = model("Sequential", DENSE, name="left")
    right = model("Model", NORMALIZED, model("Sequential", DENSE, name="deep"), name="right")
    root = model("Sequential", Layer("Merge", "j", {}, (left, right, FROZEN)), DENSE)
    paths = [path for path, _ in flattened(root, "1.2.2")]
    assert paths == [
        ("left", "d"),
        ("right", "n"),
        ("right", "deep"),
        ("f",),
        ("d",),
    ]
    assert [path for path, _ in flattened(root, "0.3.3")] == [("j",), ("d",)]


def shared_out(root, groups, version="1.2.2"):
    needed = units(root, Order(Circumstances(version)))
    found = arrays_by_layer(root, needed, groups, version)
    return {path[-1]: arrays for path, _, arrays in found}


def group(name, *names):
    return Group(name, {array: np.full(1, index) for index, array in enumerate(names)})


NESTED_NAMES = ("n_gamma", "n_beta", "d_W", "d_b", "n_running_mean", "n_running_std")


def test_the_arrays_of_a_group_go_to_their_layers():
    root = model("Model", model("Sequential", NORMALIZED, DENSE, name="s"))
    found = shared_out(root, [group("x"), group("s", *NESTED_NAMES)])
    assert list(found["n"]) == ["gamma", "beta", "running_mean", "running_std"]
    assert [int(array[0]) for array in found["n"].values()] == [0, 1, 4, 5]
    assert [int(array[0]) for array in found["d"].values()] == [2, 3]


def test_names_that_were_given_in_the_wrong_order_are_not_believed():
    root = model("Model", model("Sequential", NORMALIZED, DENSE, name="s"))
    found = shared_out(root, [group("s", *NESTED_NAMES)], "1.0.0")
    assert [int(array[0]) for array in found["d"].values()] == [4, 5]


def test_a_graph_of_keras0_has_one_group_for_all_its_layers():
    params = group("graph", *(f"param_{index}" for index in range(6)))
    found = shared_out(model("Graph", NORMALIZED, DENSE), [params], "0.3.3")
    assert [int(array[0]) for array in found["d"].values()] == [4, 5]


def test_a_graph_of_keras1_has_its_groups_in_an_order_of_its_own():
    groups = [group("d", "d_W", "d_b"), group("output", "f_W", "f_b")]
    groups[1].arrays["f_W"][:] = 7
    found = shared_out(model("Graph", FROZEN, DENSE), groups, "1.0.3")
    assert int(found["f"]["W"][0]) == 7
    with pytest.raises(MigrationError, match="not named"):
        shared_out(model("Graph", FROZEN, DENSE), [groups[0], group("e", "e_W", "e_b")], "1.0.3")


def test_other_names_for_the_same_layers_are_taken_in_order():
    names = ("dense_7_W:0", "dense_7_b:0")
    assert shared_out(model("Sequential", DENSE), [group("dense_7", *names)])["d"]
    assert shared_out(model("Sequential", DENSE), [group("d", "d_W_1:0", "d_b_1:0")])["d"]
    assert shared_out(model("Sequential", DENSE), [group("d", "Variable:0", "Variable_1:0")])["d"]


REFUSED = {
    "a group too many": (model("Sequential", DENSE), [group("d", "W", "b"), group("e", "W", "b")]),
    "a group too few": (model("Sequential", DENSE, FROZEN), [group("d", "W", "b")]),
    "an array too many": (model("Sequential", DENSE), [group("d", "d_W", "d_b", "d_c")]),
    "arrays exchanged": (model("Sequential", DENSE), [group("d", "d_b:0", "d_W:0")]),
    "layers exchanged": (
        model("Sequential", DENSE, FROZEN),
        [group("f", "f_W", "f_b"), group("d", "d_W", "d_b")],
    ),
    "a name that was given, elsewhere": (
        model("Sequential", DENSE, FROZEN),
        [group("dense_1", "dense_1_W", "dense_1_b"), group("d", "d_W", "d_b")],
    ),
    "nested layers exchanged": (
        model("Model", model("Model", DENSE, FROZEN._replace(config={}), name="s")),
        [group("s", "f_W:0", "f_b:0", "d_W:0", "d_b:0")],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_accounted_for_is_refused(case):
    with pytest.raises(MigrationError):
        shared_out(*REFUSED[case])
