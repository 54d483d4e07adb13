"""Keras 1's wrappers, as scikit-learn uses them."""

import keras
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score

from keras_inits.migrate.keras1.scikit_learn import KerasClassifier, KerasRegressor

X = np.random.default_rng(0).normal(size=(12, 3)).astype("float32")
LABELS = np.arange(12) % 3


def classes(outputs=3, loss="categorical_crossentropy"):
    last = "softmax" if outputs > 1 else "sigmoid"
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(outputs, activation=last)])
    model.compile("sgd", loss, metrics=["accuracy"])
    return model


def line(units=1):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])
    model.compile("sgd", "mse")
    return model


def test_labels_become_columns_and_columns_stay():
    made = KerasClassifier(classes, nb_epoch=2, verbose=0)
    assert len(made.fit(X, LABELS).epoch) == 2
    made.fit(X, keras.utils.to_categorical(LABELS))
    assert made.predict(X, verbose=0).tolist() == made.predict_proba(X).argmax(axis=1).tolist()
    assert made.score(X, LABELS) == pytest.approx(np.mean(made.predict(X) == LABELS))


def test_a_single_output_is_a_class_of_its_own():
    made = KerasClassifier(classes, outputs=1, loss="binary_crossentropy", epochs=1, verbose=0)
    made.fit(X, LABELS > 0)
    p = made.model.predict(X, verbose=0)
    assert made.predict(X).tolist() == (p > 0.5).astype(int).tolist()
    assert made.predict_proba(X).tolist() == np.hstack([1 - p, p]).tolist()
    assert made.classes_.tolist() == [0, 1]


def test_a_regressor_gives_the_loss_and_flat_predictions():
    made = KerasRegressor(line, nb_epoch=1, verbose=0)
    made.fit(X, LABELS)
    assert made.predict(X).shape == (12,)
    assert made.score(X, LABELS) == pytest.approx(np.mean((made.predict(X) - LABELS) ** 2))


def test_epochs_are_those_of_keras_1_and_the_call_wins():
    made = KerasClassifier(classes, verbose=0)
    assert len(made.fit(X, LABELS).epoch) == 10
    assert len(made.fit(X, LABELS, epochs=1).epoch) == 1


def test_a_clone_keeps_what_fit_is_given():
    made = clone(KerasClassifier(classes, nb_epoch=1, batch_size=4))
    assert made.get_params() == {"build_fn": classes, "nb_epoch": 1, "batch_size": 4}
    assert made.set_params(batch_size=2).get_params()["batch_size"] == 2


def test_a_wrapper_may_make_its_own_model():
    class Own(KerasClassifier):
        def __call__(self, outputs=3):
            return classes(outputs)

    made = Own(nb_epoch=1, verbose=0)
    assert len(made.fit(X, LABELS).epoch) == 1


def test_what_nothing_takes_is_refused():
    with pytest.raises(ValueError, match="KerasClassifier got 'nb_epochs'"):
        KerasClassifier(classes, nb_epochs=3)


def test_an_accuracy_that_is_not_measured_is_missed():
    made = KerasClassifier(line, nb_epoch=1, verbose=0, units=3)
    columns = keras.utils.to_categorical(LABELS)
    made.fit(X, columns)
    with pytest.raises(ValueError, match=r'metrics=\["accuracy"\]'):
        made.score(X, columns)


def test_cross_validation_and_grids_of_parameters():
    made = KerasClassifier(classes, nb_epoch=1, verbose=0)
    assert len(cross_val_score(made, X, LABELS, cv=2)) == 2
    grid = GridSearchCV(made, {"nb_epoch": [1, 2]}, cv=2, scoring="neg_log_loss").fit(X, LABELS)
    assert grid.best_params_["nb_epoch"] in (1, 2)
