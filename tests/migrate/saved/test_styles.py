"""The three styles of a configuration are read as one tree, and damaged ones are refused."""

import json
from pathlib import Path

import pytest

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Layer
from keras_inits.migrate.saved.names import renamed
from keras_inits.migrate.saved.styles import described

DATA = Path(__file__).parent / "data"


def tree(name):
    return json.loads((DATA / f"{name}.json").read_text())


def kinds(layer):
    return [inner.kind for inner in layer.inner]


def test_flat_and_listed_styles_of_one_network_are_one_tree():
    early, late = described(tree("k033_mlp")), described(tree("k100_mlp"))
    assert kinds(early) == kinds(late)
    assert early.inner[0].config["init"] == late.inner[0].config["init"] == "he_normal"


def test_names_are_free_once_and_told():
    found = renamed(described(tree("k033_mlp")))
    assert [layer.name for layer in found.inner][:4] == [
        "dense",
        "batchnormalization",
        "dropout",
        "dense_1",
    ]
    assert found.inner[3].original == "dense"


def test_references_follow_a_new_name():
    one = Layer("InputLayer", "in/put", {})
    two = Layer("Dense", "out", {}, inbound=((("in/put", 0, 0),),))
    found = renamed(Layer("Model", "m", {"input_layers": (("in/put", 0, 0),)}, (one, two)))
    assert found.inner[1].inbound == ((("in_put", 0, 0),),)
    assert found.config["input_layers"] == (("in_put", 0, 0),)


def test_wrapped_and_branching_layers_are_within():
    wrapper = described(tree("simplernn_td")).inner[1]
    assert wrapper.kind == "TimeDistributed"
    assert kinds(wrapper) == ["Dense"]
    merge = described(tree("merge_seq")).inner[0]
    assert merge.kind == "Merge"
    assert kinds(merge) == ["Sequential", "Sequential"]


GRAPH = {
    "name": "Graph",
    "input_config": [{"name": "a", "input_shape": [3], "dtype": "float"}],
    "node_config": [
        {"name": "one", "input": "a", "inputs": []},
        {"name": "two", "input": None, "inputs": ["one", "a"], "merge_mode": "sum"},
    ],
    "output_config": [{"name": "out", "input": "two", "inputs": []}],
    "nodes": {
        "one": {"name": "Dense", "output_dim": 3},
        "two": {"name": "Dense", "output_dim": 2},
    },
}


def test_a_graph_is_a_model_whose_merges_are_layers():
    found = described(GRAPH)
    assert kinds(found) == ["InputLayer", "Dense", "Merge", "Dense"]
    assert found.inner[2].inbound == ((("one", 0, 0), ("a", 0, 0)),)
    assert found.inner[2].config["mode"] == "sum"
    assert found.config["output_layers"] == (("two", 0, 0),)


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"class_name": "Sequential", "config": {"name": "s", "layers": []}}, "Keras 2"),
        ({"class_name": "Sequential", "config": [{"class_name": "Dense"}, 7]}, "damaged"),
        ({"class_name": "Dense", "config": {"units": 3}}, "Keras 2"),
        ({"class_name": "Dense", "config": {"output_dim": 3}}, "of a layer"),
        ({"name": 5}, "damaged"),
        ([], "damaged"),
    ],
)
def test_what_is_no_model_of_keras_1_is_refused(config, said):
    with pytest.raises(MigrationError, match=said):
        described(config)


def test_branches_alike_are_one_only_where_names_tell_layers_apart():
    leaf = Layer("Sequential", "sequential", {}, (Layer("Dense", "dense_1", {}),))
    root = Layer("Sequential", "s", {}, (Layer("Merge", "m", {}, (leaf, leaf)),))
    one, other = renamed(root, sharing=True).inner[0].inner
    assert one is other
    one, other = renamed(root, sharing=False).inner[0].inner
    assert one.name != other.name


SHARED = {
    **GRAPH,
    "node_config": [
        {
            "name": "both",
            "layer": {"class_name": "Dense", "config": {"name": "d", "output_dim": 3}},
            "inputs": ["a", "a"],
            "outputs": ["left", "right"],
        },
        {"name": "two", "inputs": ["left", "right"], "merge_mode": "sum"},
    ],
    "nodes": {
        "both": {"class_name": "Dense", "config": {"name": "d", "output_dim": 3}, "shared": True},
        "two": {"class_name": "Dense", "config": {"name": "out", "output_dim": 2}},
    },
}


def test_a_shared_node_of_a_graph_is_one_layer_of_two_calls():
    found = described(SHARED)
    assert kinds(found) == ["InputLayer", "Dense", "Activation", "Activation", "Merge", "Dense"]
    assert found.inner[1].inbound == ((("a", 0, 0),), (("a", 0, 0),))
    assert found.inner[3].inbound == ((("input_for_both", 1, 0),),)


def test_a_node_of_a_graph_keeps_the_name_that_its_weights_have():
    assert [layer.original for layer in renamed(described(SHARED)).inner][-1] == "out"
