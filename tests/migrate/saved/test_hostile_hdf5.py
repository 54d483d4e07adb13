"""HDF5 files that were made to do harm, or damaged, or another program's, are refused."""

import re
import signal
from pathlib import Path

import h5py
import numpy as np
import pytest

from keras_inits.migrate.saved import MigrationError, hdf5
from keras_inits.migrate.saved.stored import read

DATA = Path(__file__).parent / "data"
FLOATS = np.ones((2, 3), "f4")


def named(value):
    """The id of a case that a function makes."""
    return getattr(value, "__name__", "")


def layer(file, name="dense_1", weights=("W",)):
    """A layer as save_weights of Keras 1 writes it, its arrays still missing."""
    file.attrs["layer_names"] = np.array([name.encode()])
    group = file.create_group(name)
    group.attrs["weight_names"] = np.array([weight.encode() for weight in weights])
    return group


def external_link(file):
    layer(file)["W"] = h5py.ExternalLink("/etc/hosts", "/W")


def soft_link(file):
    layer(file)["W"] = h5py.SoftLink("/elsewhere")


def external_storage(file):
    layer(file).create_dataset("W", (4,), "u1", external=[("/etc/hosts", 0, 4)])


def virtual(file):
    layout = h5py.VirtualLayout((2, 3), "f4")
    layout[:] = h5py.VirtualSource("elsewhere.h5", "W", (2, 3))
    layer(file).create_virtual_dataset("W", layout)


def filtered(file):
    layer(file).create_dataset("W", data=FLOATS, compression="lzf")


def references(file):
    group = layer(file)
    group.create_dataset("W", data=np.array([group.ref], h5py.ref_dtype))


def compound(file):
    layer(file).create_dataset("W", data=np.zeros(3, [("a", "f4"), ("b", "i4")]))


def ragged(file):
    layer(file).create_dataset("W", (3,), h5py.vlen_dtype("f4"))


def texts(file):
    layer(file).create_dataset("W", data=np.array([b"abc"]))


def long_doubles(file):
    layer(file).create_dataset("W", data=np.zeros(3, np.longdouble))


def no_space(file):
    layer(file).create_dataset("W", data=h5py.Empty("f4"))


def many_axes(file):
    layer(file).create_dataset("W", data=np.zeros((1,) * 9, "f4"))


def cycle(file):
    layer(file)["again"] = file["/"]


def linked_twice(file):
    file["again"] = layer(file)


def deep(file):
    file.create_group("/".join("a" * 40))


def a_named_type(file):
    layer(file)["W"] = np.dtype("f4")


def never_written(file):
    layer(file).create_dataset("W", (10**9,), "f4")


def never_written_chunks(file):
    layer(file).create_dataset("W", (10**9,), "f4", chunks=(10**6,), compression="gzip")


def bomb(file):
    array = layer(file).create_dataset("W", (2**25,), "f4", chunks=(2**20,), compression="gzip")
    array[:] = 0


def bomb_of_one_chunk(file):
    options = {"chunks": (2**25,), "maxshape": (None,), "compression": "gzip"}
    layer(file).create_dataset("W", (8,), "f4", **options)[:] = 1


# What makes the file, and what the message says of it.
HARM = {
    external_link: "'/dense_1/W' is an external link",
    soft_link: "'/dense_1/W' is a soft link",
    external_storage: "has its data in another file",
    virtual: "is a virtual dataset",
    filtered: "needs the filter 32000",
    references: "no array of numbers",
    compound: "no array of numbers",
    ragged: "no array of numbers",
    texts: "no array of numbers",
    long_doubles: "no array of numbers",
    no_space: "no array of numbers",
    many_axes: "has 9 axes",
    cycle: "linked to twice",
    linked_twice: "linked to twice",
    deep: "nested more than 32 deep",
    a_named_type: "neither a group nor an array",
    never_written: "says 4000000000 bytes and has 0",
    never_written_chunks: "says 4000000000 bytes and has 0",
    bomb: "arrays of more than",
    bomb_of_one_chunk: "arrays of more than",
}


def refused(make, folder):
    """The message of the refusal of a file that a function makes."""
    with h5py.File(folder / "model.h5", "w") as file:
        make(file)
    with pytest.raises(MigrationError) as told:
        read(folder / "model.h5")
    return str(told.value)


@pytest.mark.parametrize(("make", "message"), HARM.items(), ids=named)
def test_what_reaches_out_or_blows_up_is_refused(make, message, tmp_path):
    assert re.search(message, refused(make, tmp_path))


def test_optimizer_weights_are_not_even_looked_at(tmp_path):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        layer(file)["W"] = FLOATS
        file["optimizer_weights"] = h5py.ExternalLink("/etc/hosts", "/")
    stored = read(tmp_path / "model.h5")
    assert stored.unread == ("optimizer_weights",)


@pytest.mark.parametrize("options", [{"compression": "gzip"}, {"shuffle": True}, {"dtype": ">f4"}])
def test_repacked_arrays_are_the_same_arrays(options, tmp_path):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        layer(file).create_dataset("W", data=FLOATS, **options)
    (group,) = read(tmp_path / "model.h5").groups
    assert group.arrays["W"].dtype == np.dtype("<f4")
    np.testing.assert_array_equal(group.arrays["W"], FLOATS)


def test_texts_of_any_length_and_names_with_slashes(tmp_path):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file.attrs["layer_names"] = ["block/dense"]
        group = file.create_group("block/dense")
        group.attrs["weight_names"] = ["scope/W:0", "b"]
        group["scope/W:0"] = FLOATS
        group["b"] = np.float32(2.5)
    (group,) = read(tmp_path / "model.h5").groups
    assert group.name == "block/dense"
    assert [array.shape for array in group.arrays.values()] == [(2, 3), ()]


def test_names_beyond_one_attribute_s_64_kilobytes_go_on_in_the_next(tmp_path):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        for number, name in enumerate(("a", "b", "c")):
            file.attrs[f"layer_names{number}"] = np.array([name.encode()])
            file.create_group(name).attrs["weight_names"] = np.zeros(0)
    assert [group.name for group in read(tmp_path / "model.h5").groups] == ["a", "b", "c"]


def missing_group(file):
    layer(file)
    del file["dense_1"]


def name_twice(file):
    layer(file, weights=("W", "W"))["W"] = FLOATS


def no_names(file):
    del layer(file).attrs["weight_names"]


def numbers_as_names(file):
    layer(file).attrs["weight_names"] = np.array([1, 2])


def too_many_layers(file):
    file.attrs["nb_layers"] = 10**9


def negative_layers(file):
    file.attrs["nb_layers"] = -1


def keras_2(file):
    file.attrs["backend"] = "tensorflow"
    file.attrs["keras_version"] = "2.2.4"
    layer(file)["W"] = FLOATS


def keras_2_model(file):
    group = file.create_group("model_weights")
    group.attrs.update(keras_version="2.1.6", backend="theano", layer_names=np.zeros(0))
    file.attrs["model_config"] = "{}"


def keras_3(file):
    file.create_group("layers/dense/vars")


def no_keras(file):
    file["x"] = FLOATS


def no_version(file):
    layer(file)["W"] = FLOATS
    file.attrs["keras_version"] = "latest"


WRONG = {
    missing_group: "names a layer 'dense_1' and has no group",
    layer: "'dense_1' has no array for its weight 'W'",
    name_twice: "has 'W' twice",
    no_names: "has no weight_names",
    numbers_as_names: "they are no texts",
    too_many_layers: "nb_layers is 1000000000",
    negative_layers: "nb_layers is -1",
    keras_2: "written by Keras 2.2.4.*load_weights of a model of Keras 3 opens it.*tf_keras",
    keras_2_model: "written by Keras 2.1.6.*keras.models.load_model",
    keras_3: "weights of Keras 3",
    no_keras: "not of Keras",
    no_version: "keras_version is 'latest'",
}


@pytest.mark.parametrize(("make", "message"), WRONG.items(), ids=named)
def test_what_is_no_legacy_file_is_refused(make, message, tmp_path):
    assert re.search(message, refused(make, tmp_path))


@pytest.mark.parametrize("end", [9, 100, 5000, -1])
def test_a_file_that_was_cut_is_refused(end, tmp_path):
    (tmp_path / "model.h5").write_bytes((DATA / "mlp.h5").read_bytes()[:end])
    with pytest.raises(MigrationError, match=r"model\.h5: The file is refused: HDF5 cannot"):
        read(tmp_path / "model.h5")


# A process that does not what it should, and what is said of it.
DEATHS = {
    f"import os; os.kill(os.getpid(), {signal.SIGSEGV:d})": f"status -{signal.SIGSEGV:d}",
    "raise SystemExit(3)": "status 3",
    "import sys\nwhile True: sys.stdout.write('a' * 2**20)": "holds more than",
    "print('nonsense')": "no clear answer",
    "": "no clear answer",
}


@pytest.mark.parametrize(("script", "message"), DEATHS.items(), ids=lambda text: repr(text[:20]))
def test_a_process_that_dies_floods_or_lies_is_an_error(script, message, tmp_path, monkeypatch):
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(hdf5, "CHILD", tmp_path / "child.py")
    with pytest.raises(MigrationError, match=message):
        read(DATA / "mlp.h5")


# One that was not stopped would end well, with an answer that is none.
@pytest.mark.parametrize(
    "script",
    ["import time; time.sleep(60)", "import time\nwhile time.process_time() < 60: pass"],
    ids=["waits", "computes"],
)
def test_a_process_that_hangs_is_killed(script, tmp_path, monkeypatch):
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(hdf5, "CHILD", tmp_path / "child.py")
    limits = hdf5.limits_of(0)._replace(wall_seconds=0.3)
    monkeypatch.setattr(hdf5, "limits_of", lambda size: limits)
    with pytest.raises(MigrationError, match=f"status -{signal.SIGKILL:d}"):
        read(DATA / "mlp.h5")


def test_a_process_that_computes_for_too_long_is_stopped_by_the_system(tmp_path, monkeypatch):
    script = hdf5.CHILD.read_text().replace("Reader(request", "spin() or Reader(request")
    (tmp_path / "child.py").write_text("def spin():\n    while True: pass\n\n" + script)
    monkeypatch.setattr(hdf5, "CHILD", tmp_path / "child.py")
    limits = hdf5.limits_of(0)._replace(cpu_seconds=1)
    monkeypatch.setattr(hdf5, "limits_of", lambda size: limits)
    with pytest.raises(MigrationError, match=f"status -{signal.SIGXCPU:d}|status -9"):
        read(DATA / "mlp.h5")


def test_the_process_can_open_and_write_nothing_once_it_has_the_file(tmp_path, monkeypatch):
    script = hdf5.CHILD.read_text().replace(
        "Reader(request", "open('/etc/hosts') or Reader(request"
    )
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(hdf5, "CHILD", tmp_path / "child.py")
    with pytest.raises(MigrationError, match="Too many open files"):
        read(DATA / "mlp.h5")


def test_the_process_imports_neither_keras_nor_this_package(tmp_path, monkeypatch):
    foreign = "{'keras', 'keras_inits', 'tensorflow', 'yaml'} & set(sys.modules)"
    script = hdf5.CHILD.read_text() + f"\n    sys.exit(len({foreign}))\n"
    (tmp_path / "child.py").write_text(script)
    monkeypatch.setattr(hdf5, "CHILD", tmp_path / "child.py")
    assert read(DATA / "mlp.h5").tree


def test_what_h5py_and_numpy_are_is_told_if_they_are_missing(monkeypatch):
    monkeypatch.setattr(hdf5, "find_spec", lambda name: None)
    with pytest.raises(MigrationError, match=r"pip install 'keras-inits\[migrate\]'"):
        read(DATA / "mlp.h5")
