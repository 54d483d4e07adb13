"""Layers without weights that Keras 3 lacks, from configurations of Keras 0.x and 1.x."""

import json

import keras
import numpy as np

from keras_inits.migrate.saved import load

RNG = np.random.default_rng(2015)


def flat(kind, shape, **config):
    """A Sequential of one layer in the style of 0.1.3 to 0.3.3."""
    layer = {"name": kind, "input_shape": list(shape), **config}
    return {"name": "Sequential", "layers": [layer]}


def listed(kind, shape, **config):
    """A Sequential of one layer in the style of 1.0.0 to 1.2.2."""
    config = {"name": "one", "batch_input_shape": [None, *shape], **config}
    layers = [{"class_name": kind, "config": config}]
    return {"class_name": "Sequential", "config": layers, "keras_version": "1.2.2"}


def loaded(tmp_path, tree, **options):
    (tmp_path / "model.json").write_text(json.dumps(tree))
    return load(tmp_path / "model.json", **options)[0]


def predicts(model, x, expected):
    np.testing.assert_allclose(model.predict(x, verbose=0), expected, rtol=1e-5, atol=1e-5)


def test_the_steps_of_a_sequence_are_merged(tmp_path):
    model = loaded(tmp_path, flat("TimeDistributedMerge", (4, 3), mode="ave"))
    x = RNG.normal(size=(2, 4, 3))
    predicts(model, x, x.mean(1))


def test_small_entries_go(tmp_path):
    model = loaded(tmp_path, flat("ThresholdedLinear", (3,), theta=0.5))
    predicts(model, np.array([[-0.6, 0.4, 0.5]]), [[-0.6, 0.0, 0.5]])


def test_responses_are_normalized_along_the_channels(tmp_path):
    words = {"alpha": 0.5, "k": 2, "beta": 1.0, "n": 3}
    model = loaded(tmp_path, flat("LRN2D", (3, 1, 1), **words), from_keras="0.2.0")
    expected = [1 / (2 + 0.5 * 5), 2 / (2 + 0.5 * 14), 3 / (2 + 0.5 * 13)]
    predicts(model, np.reshape([1.0, 2.0, 3.0], (1, 3, 1, 1)), np.reshape(expected, (1, 3, 1, 1)))


def pooled(tmp_path, backend, size=(2, 2), strides=(2, 2), shape=(1, 4, 5)):
    words = {"pool_size": size, "strides": strides, "border_mode": "same", "dim_ordering": "th"}
    return loaded(tmp_path, listed("MaxPooling2D", shape, **words), backend=backend)


def test_windows_begin_where_the_backend_had_them(tmp_path):
    x = np.arange(20.0).reshape(1, 1, 4, 5)
    tensorflow = [[[[6, 8, 9], [16, 18, 19]]]]
    theano = [[[[0, 2, 4], [10, 12, 14]]]]
    predicts(pooled(tmp_path, "tensorflow"), x, tensorflow)
    predicts(pooled(tmp_path, "theano"), x, theano)
    # An architecture alone is taken for TensorFlow's.
    predicts(pooled(tmp_path, None), x, tensorflow)


def test_windows_that_begin_alike_need_no_backend(tmp_path):
    model = pooled(tmp_path, None, size=(3, 3), strides=(1, 1))
    assert type(model.layers[-1]) is keras.layers.MaxPooling2D


def test_a_border_that_was_not_ignored_has_windows_of_its_own(tmp_path):
    words = {"pool_length": 2, "stride": 2, "ignore_border": False}
    model = loaded(tmp_path, flat("MaxPooling1D", (5, 1), **words), from_keras="0.2.0")
    predicts(model, np.reshape([1.0, 2, 5, 4, 3], (1, 5, 1)), np.reshape([2.0, 5, 3], (1, 3, 1)))


def test_matrices_are_merged_by_what_keras_1_took_for_a_cosine(tmp_path):
    def branch(name):
        config = {"name": name, "batch_input_shape": [None, 2, 3], "activation": "linear"}
        inner = [{"class_name": "Activation", "config": config}]
        return {"class_name": "Sequential", "config": inner}

    words = {"mode": "cos", "mode_type": "raw", "dot_axes": 2, "concat_axis": -1}
    merge = {"class_name": "Merge", "config": {**words, "layers": [branch("one"), branch("other")]}}
    tree = {"class_name": "Sequential", "config": [merge], "keras_version": "1.2.2"}
    model = loaded(tmp_path, tree)
    a, b = RNG.uniform(1, 2, size=(2, 1, 2, 3)).astype("float32")
    expected = (a[0] @ b[0].T) / np.sqrt((a[0] @ a[0].T) * (b[0] @ b[0].T))
    predicts(model, [a, b], expected[None, None])
