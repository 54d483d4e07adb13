"""Pictures show the values that were drawn, and the law that they should have."""

import sys

import numpy as np
import pytest
from keras import ops

import keras_inits as ki
from keras_inits.core.registry import find
from keras_inits.diagnostics.plots import check_path, figure, save

MAGIC = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}
SHAPES = ((8, 8), (3, 3, 4, 8), (8,))


def values_of(initializer, shape):
    return ops.convert_to_numpy(initializer(shape)).astype("float64")


def images(picture):
    return [np.asarray(axes.images[0].get_array()) for axes in picture.axes if axes.images]


def assert_shows_density(axes, law):
    x, y = axes.lines[0].get_data()
    np.testing.assert_allclose(y, law.density(x))


@pytest.mark.parametrize("name", ki.names())
def test_every_initializer_has_a_picture(name):
    initializer = ki.get(name, **find(name).example_arguments)
    pictures = 0
    for shape in SHAPES:
        try:
            initializer.check_shape(shape)
        except ValueError:
            continue
        pictures += bool(figure(initializer, shape).axes)
    assert pictures


def test_a_histogram_has_the_density_of_the_law_over_it():
    initializer = ki.Keras1GlorotNormal()
    (axes,) = figure(initializer, (64, 64)).axes
    assert_shows_density(axes, initializer.law((64, 64)))
    assert sum(bar.get_height() * bar.get_width() for bar in axes.patches) == pytest.approx(1)


def test_a_distribution_brings_its_own_density():
    initializer = ki.TfpDistribution("Laplace", {"loc": 0.0, "scale": 1.0}, scale=1.0)
    (axes,) = figure(initializer, (64, 64)).axes
    x, y = axes.lines[0].get_data()
    scale = (initializer.variance((64, 64)) / 2) ** 0.5
    np.testing.assert_allclose(y, np.exp(-np.abs(x) / scale) / (2 * scale), rtol=1e-6)


@pytest.mark.parametrize(
    "initializer",
    [ki.Keras1Identity(), ki.CaffeGaussian(sparse=2, seed=1), ki.CaffeConstant(3)],
    ids=repr,
)
def test_structure_is_shown_as_an_image(initializer):
    (image,) = images(figure(initializer, (16, 16)))
    np.testing.assert_array_equal(image, values_of(initializer, (16, 16)))


def test_a_convolution_is_flattened_as_keras_does():
    initializer = ki.ScaledIdentity()
    (image,) = images(figure(initializer, (3, 3, 4, 8)))
    np.testing.assert_array_equal(image, values_of(initializer, (3, 3, 4, 8)).reshape(36, 8))


@pytest.mark.parametrize("shape", [(8, 4), (4, 8), (3, 3, 4, 8)])
def test_an_orthogonal_matrix_is_shown_with_what_makes_it_one(shape):
    matrix, product = images(figure(ki.HaarOrthogonal(seed=1), shape))
    assert matrix.size == np.prod(shape)
    np.testing.assert_allclose(product, np.eye(min(matrix.shape)), atol=1e-5)


def test_groups_of_orthogonal_matrices_show_one_of_them():
    matrix, product = images(figure(ki.HaarOrthogonal(axes="igo", seed=1), (16, 3, 4)))
    assert matrix.shape == (16, 4)
    np.testing.assert_allclose(product, np.eye(4), atol=1e-5)


def test_a_bilinear_filter_is_shown_as_its_receptive_field():
    picture = figure("caffe_bilinear", (4, 4, 3, 3))
    (image,) = images(picture)
    np.testing.assert_array_equal(image, values_of(ki.CaffeBilinear(), (4, 4, 3, 3))[:, :, 0, 0])
    assert [text.get_text() for text in picture.axes[0].texts][:2] == ["0.06", "0.19"]


def test_every_gate_has_a_picture_of_its_own_law():
    picture = figure(ki.PerGate("keras1_glorot_uniform", gates=4), (32, 128))
    assert len(picture.axes) == 4
    for axes in picture.axes:
        assert_shows_density(axes, ki.Keras1GlorotUniform().law((32, 32)))


def test_a_bias_of_constant_gates_is_shown_entry_by_entry():
    (axes,) = figure(ki.PerGate(["zeros", "ones", "zeros", "zeros"]), (8,)).axes
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [0, 0, 1, 1, 0, 0, 0, 0])


def test_the_title_names_the_weight_and_its_moments():
    title = figure(ki.CaffeXavier(seed=5), (12, 10), "bfloat16").get_suptitle()
    for words in ("CaffeXavier(seed=5)", "(12, 10)", "bfloat16", "120 entries", "(law 0.2887)"):
        assert words in title


def test_an_empty_weight_has_no_picture():
    with pytest.raises(ValueError, match="has none"):
        figure("caffe_xavier", (0, 3))


@pytest.mark.parametrize("suffix", [*MAGIC, ".PNG"])
def test_the_suffix_says_the_format(tmp_path, suffix):
    path = tmp_path / f"picture{suffix}"
    save(figure("caffe_xavier", (8, 8)), path)
    assert path.read_bytes().startswith(MAGIC[suffix.lower()])
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_an_unknown_suffix_says_which_are_known(tmp_path):
    with pytest.raises(ValueError, match=r"\.pdf, \.png, \.svg"):
        save(figure("caffe_xavier", (8, 8)), tmp_path / "picture.gif")


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ValueError, match="nowhere"):
        check_path(tmp_path / "nowhere" / "picture.png")


def test_a_save_that_fails_leaves_the_old_picture_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "picture.png"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(type(path), "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save(figure("caffe_xavier", (8, 8)), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.delitem(sys.modules, "keras_inits.diagnostics.plots")
    with pytest.raises(ImportError, match=r"pip install 'keras-inits\[plots\]'"):
        __import__("keras_inits.diagnostics.plots")
