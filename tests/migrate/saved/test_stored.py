"""What `read` gives of the files that real Keras 0.3.3 to 1.2.2 wrote, and what it refuses."""

import json
from pathlib import Path

import numpy as np
import pytest

from keras_inits.migrate.saved.stored import read
from keras_inits.migrate.saved.text import tree

DATA = Path(__file__).parent / "data"
MANIFEST = json.loads((DATA / "MANIFEST.json").read_text())


@pytest.mark.parametrize("model", MANIFEST, ids=lambda model: model["name"])
def test_every_real_file_is_read_whole(model):
    for name in model["files"]:
        if name.endswith("weights.h5"):
            stored = read(DATA / f"{model['name']}.json", DATA / name)
        elif name.endswith(".h5"):
            stored = read(DATA / name)
        else:
            continue
        assert sum(len(group.arrays) for group in stored.groups) == model["weights"]
        assert stored.tree
        if stored.version:
            assert stored.version == model["keras_version"]


TEXTS = [model["name"] for model in MANIFEST if f"{model['name']}.yaml" in model["files"]]


@pytest.mark.parametrize("name", TEXTS)
def test_both_texts_of_a_model_hold_the_same_tree(name):
    text, json_text = ((DATA / f"{name}.{kind}").read_text() for kind in ("yaml", "json"))
    assert tree(text) == json.loads(json_text)


def test_model_and_weights_files_hold_the_same_numbers_in_the_same_order():
    whole, parts = read(DATA / "gru.h5"), read(DATA / "gru.json", DATA / "gru_weights.h5")
    assert [group.name for group in whole.groups] == [group.name for group in parts.groups]
    for one, other in zip(whole.groups, parts.groups, strict=True):
        assert list(one.arrays) == list(other.arrays)
        for name, array in one.arrays.items():
            np.testing.assert_array_equal(array, other.arrays[name])


def test_arrays_are_little_endian_float32_of_the_recorded_shape():
    dense = read(DATA / "mlp_weights.h5").groups[0]
    assert {name: array.shape for name, array in dense.arrays.items()} == {
        "dense_1_W:0": (10, 12),
        "dense_1_b:0": (12,),
    }
    assert all(array.dtype == np.dtype("<f4") for array in dense.arrays.values())
