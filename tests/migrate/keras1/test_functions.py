"""Functions of Keras 1, against small cases worked out by hand."""

import keras
import numpy as np
import pytest

from keras_inits.migrate.keras1.functions import (
    accuracy,
    categorical_probas_to_classes,
    keras1_cosine_proximity,
    probas_to_classes,
    slice_X,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [((1, 3), [1, 2]), ((3,), [3, 4]), (([0, 2],), [0, 2]), ((np.array([4, 1]),), [4, 1])],
)
def test_slices_of_an_array_and_of_a_list_of_them(given, kept):
    x = np.arange(5)
    assert slice_X(x, *given).tolist() == kept
    assert [part.tolist() for part in slice_X([x, 10 * x], *given)] == [
        kept,
        [10 * number for number in kept],
    ]


def test_classes_of_probabilities():
    assert probas_to_classes(np.array([[0.1, 0.9], [0.8, 0.2]])).tolist() == [1, 0]
    assert probas_to_classes(np.array([[0.5], [0.6]])).tolist() == [0, 1]
    assert categorical_probas_to_classes(np.array([[0.1, 0.9]])).tolist() == [1]


def test_accuracy_is_the_share_of_equal_entries():
    assert accuracy(np.array([[1], [0], [1], [1]]), np.array([1, 1, 1, 1])) == 0.75


def test_cosine_proximity_is_the_mean_where_keras_3_sums():
    y, p = np.random.default_rng(0).normal(size=(2, 6, 5)).astype("float32")
    of_keras3 = np.array(keras.losses.cosine_similarity(y, p))
    np.testing.assert_allclose(keras1_cosine_proximity(y, p), of_keras3 / 5, rtol=1e-5)
