"""Architectures as text: what Keras wrote is understood, what it never wrote is refused."""

import json
from pathlib import Path

import pytest
import yaml

from keras_inits.migrate.saved import MigrationError
from keras_inits.migrate.saved.stored import read
from keras_inits.migrate.saved.text import tree

TREE = json.loads((Path(__file__).parent / "data" / "nested.json").read_text())


def with_tuples(value):
    """Lists as the tuples that they were in the process that wrote YAML."""
    if isinstance(value, list):
        return tuple(with_tuples(entry) for entry in value)
    if isinstance(value, dict):
        return {key: with_tuples(entry) for key, entry in value.items()}
    return value


SAME = {
    "json": json.dumps(TREE),
    "indented": "\n  " + json.dumps(TREE, indent=2),
    "encoded twice": json.dumps(json.dumps(TREE)),
    "yaml": yaml.dump(TREE),
    "yaml with tuples": yaml.dump(with_tuples(TREE)),
    "yaml with aliases": yaml.dump({**TREE, "config": TREE["config"]}),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_every_form_holds_the_same_tree(text):
    assert tree(text) == TREE


def test_tags_of_plain_python_values_are_understood():
    text = """
    a: !!python/unicode 'relu'
    b: !!python/tuple [1, null, !!python/long '3']
    c: !!python/str ok
    d: &again {x: 1.0e-06, y: yes, z: !!binary aGVsbG8=}
    e: *again
    """
    inner = {"x": 1e-6, "y": True, "z": "aGVsbG8="}
    assert tree(text) == {"a": "relu", "b": [1, None, 3], "c": "ok", "d": inner, "e": inner}


def of_numpy(code, order, data):
    """A scalar of NumPy 1, as PyYAML wrote the input_dim of a Dense after a Flatten."""
    return f"""
a: !!python/object/apply:numpy.core.multiarray.scalar
- !!python/object/apply:numpy.dtype
  args: [{code}, 0, 1]
  state: !!python/tuple [3, {order}, null, null, null, -1, -1, 0]
- {data}
"""


def array_of_numpy(shape):
    """An array of NumPy 1 with the bytes of one float32, as the alpha of an ELU in Keras 1.0."""
    return f"""
a: !!python/object/apply:numpy.core.multiarray._reconstruct
  args: [!!python/name:numpy.ndarray '', !!python/tuple [0], b]
  state: !!python/tuple
  - 1
  - !!python/tuple {shape}
  - !!python/object/apply:numpy.dtype
    args: [f4, 0, 1]
    state: !!python/tuple [3, <, null, null, null, -1, -1, 0]
  - false
  - !!binary |
    AAAAPw==
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (of_numpy("i8", "<", "!!binary eAAAAAAAAAA="), 120),
        (of_numpy("i8", "'>'", "!!binary AAAAAAAAAHg="), 120),
        (of_numpy("f8", "<", "!!binary AAAAAAAA4D8="), 0.5),
        (of_numpy("i8", "<", r'"x\0\0\0\0\0\0\0"'), 120),
        (of_numpy("i8", "<", r'!!python/str "\xE9\x01\0\0\0\0\0"'), 0x1A9C3),
        (array_of_numpy([]), 0.5),
    ],
)
def test_numbers_of_numpy_are_read_from_their_bytes(text, number):
    assert tree(text) == {"a": number}


LAUGHS = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 8)}]\n" for n in range(8)
)
# A text, and what is said of it.
REFUSED = {
    'a: !!python/object/apply:os.system ["id"]': "python/object/apply:os.system",
    "a: !!python/name:os.system ''": "python/name:os.system",
    "a: !!python/module:os ''": "python/module:os",
    "a: !!python/object/new:subprocess.Popen [[id]]": "python/object/new:subprocess.Popen",
    "a: !mine 1": "'!mine'",
    of_numpy("i8", "<", "!!binary eAAAAA=="): "YAML line 2: not the parts of one number",
    of_numpy("O8", "<", "!!binary eAAAAAAAAAA="): "YAML line 2: not the parts of one number",
    of_numpy("[i8]", "<", "!!binary eAAAAAAAAAA="): "YAML line 2: not the parts of one number",
    of_numpy("f8", "<", "!!binary AAAAAAAA8H8="): "YAML line 2: no finite number",
    array_of_numpy([1]): "YAML line 2: an array with axes",
    "a: !!python/object/apply:numpy.core.multiarray.scalar 5": "not the parts of one number",
    "a: !!python/object/apply:numpy.dtype [i8]": "numpy.dtype",
    "a: &a [*a]": "100 levels",
    LAUGHS: "its aliases counted",
    "a: 1\na: 2": "the key 'a' twice",
    "1: a": "is no word",
    "? [a]\n: b": "is no word",
    "<<: {a: 1}": "merge",
    "a: .inf": "'.inf' is no",
    "a: .nan": "'.nan' is no",
    f"a: {'9' * 30}": "is no 'tag:yaml.org,2002:int'",
    "a: [1": "neither JSON nor YAML",
    "a: 1\n---\nb: 2": "neither JSON nor YAML",
    "a: \x00": "neither JSON nor YAML",
    "a: " + "[" * 5000: "nested more than 100 deep",
    "# nothing": "empty",
    "just words": "a dictionary is needed, it is str",
    "a" * 2**20: "longer than",
    "[1]": "a dictionary is needed, it is list",
    "{": "JSON text is damaged",
    '"{"': "JSON text is damaged",
    '{"a": NaN}': "NaN is no finite number",
    '{"a": -Infinity}': "-Infinity is no finite number",
    '{"a": 1e999}': "1e999 is no finite number",
    '{"a": ' + "9" * 9999 + "}": "is too large",
    '{"a": 1, "a": 2}': "'a' stands twice",
    '{"a": "\\ud800"}': "is no text",
    '{"\\udcff": 1}': "is no text",
    '{"a": ' + "[" * 101 + "]" * 101 + "}": "nested more than 100 deep",
    '{"a": ' + "[" * 10**5 + "]" * 10**5 + "}": "nested more than 100 deep",
    '{"a": [' + "1," * 10**6 + "1]}": "more than 1000000 values",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items(), ids=lambda text: repr(text[:20]))
def test_what_keras_never_wrote_is_refused(text, message):
    with pytest.raises(MigrationError, match=message):
        tree(text)


# The bytes of a file, its name, and what is said of it.
OTHERS = [
    (b"", "model.h5", "is empty"),
    (b"PK\x03\x04...", "model.keras", "a ZIP archive.*keras.models.load_model"),
    (b"version https://git-lfs.github.com/spec/v1\n", "model.h5", "git lfs pull"),
    (b"\x80\x02ctheano\n", "model.pkl", "a Python pickle"),
    (b"\x80\x04\x95", "model.h5", "a Python pickle"),
    (b"\x93NUMPY\x01", "weights.npy", "numpy.load"),
    (b"\x1f\x8b\x08", "model.json.gz", "unpack it"),
    (b'model_checkpoint_path: "a"', "checkpoint", "TensorFlow"),
    (b"\x00\x00", "model.ckpt.data-00000-of-00001", "TensorFlow"),
    (b"\x0a\x07", "net.caffemodel", "Caffe"),
    (b"name: 'x'", "net.prototxt", "keras-inits caffe"),
    (b"\n<!DOCTYPE html>", "model.h5", "download the file itself"),
    (b"\xff\xfe\x00", "model.json", "neither an HDF5 file nor text"),
    (b'{"class_name": "Sequential", "keras_version": "2.1.6"}', "m.json", "model_from_json"),
    (b'{"class_name": "Sequential", "backend": "tensorflow"}', "m.json", "Keras 2 or 3"),
    (b'{"class_name": "Sequential", "keras_version": 1.2}', "m.json", "keras_version is 1.2"),
]


@pytest.mark.parametrize(("data", "name", "message"), OTHERS)
def test_other_programs_files_are_known_and_the_user_told_what_opens_them(
    data, name, message, tmp_path
):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MigrationError, match=message) as caught:
        read(tmp_path / name)
    assert name in str(caught.value)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.json", "/dev/zero", "a\0b"):
        with pytest.raises(MigrationError):
            read(path)


def test_a_weights_file_comes_second(tmp_path):
    data = Path(__file__).parent / "data"
    with pytest.raises(MigrationError, match="has no architecture"):
        read(data / "mlp_weights.h5", data / "mlp.json")
    with pytest.raises(MigrationError, match="has no weights"):
        read(data / "mlp.json", data / "mlp.json")


def test_a_key_that_stands_twice_is_found_among_many():
    pairs = [f'"{number}": 0' for number in (*range(200_000), 199_999)]
    with pytest.raises(MigrationError, match="'199999' stands twice"):
        tree("{" + ", ".join(pairs) + "}")
