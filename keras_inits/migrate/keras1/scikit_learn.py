"""Keras 1's wrappers for scikit-learn, around Keras 3 models.

Keras 3's own `SKLearnClassifier` makes columns of every label, which a model with one output
cannot be fitted to, refuses labels that are columns already, calls the function with the data,
and loses what `fit` is given when it is cloned.
"""

import inspect

import keras
import numpy as np

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
except ImportError as error:
    raise ImportError("KerasClassifier needs scikit-learn: pip install scikit-learn") from error

__all__ = ["KerasClassifier", "KerasRegressor"]

#: The epochs of Keras 1's fit, where nobody gives them.
EPOCHS = 10
#: Keras 1's names of arguments of fit, which grids of parameters hold as strings.
RENAMED = {"nb_epoch": "epochs"}
METHODS = ("fit", "predict", "evaluate")


class _Wrapper(BaseEstimator):
    """What both wrappers are: a function that makes a compiled model, and arguments.

    Args:
        build_fn: the function; None for the wrapper's own `__call__`.
        **sk_params: arguments of the function, and of the model's fit, predict and evaluate.

    Raises:
        ValueError: for an argument that none of them takes.

    Source: keras/wrappers/scikit_learn.py, BaseWrapper, 1.2.2.
    """

    def __init__(self, build_fn=None, **sk_params):
        self.build_fn = build_fn
        self.sk_params = sk_params
        self._check(sk_params)

    def get_params(self, deep=True):
        """The function and the arguments by name; `deep` is scikit-learn's and changes nothing."""
        return {**self.sk_params, "build_fn": self.build_fn}

    def set_params(self, **params):
        """Other arguments, or another function; gives the wrapper itself."""
        self.build_fn = params.pop("build_fn", self.build_fn)
        self._check(params)
        self.sk_params.update(params)
        return self

    def fit(self, x, y, **kwargs):
        """Makes the model anew and fits it; gives the history, as Keras 1 did."""
        self.model = self._build(**self._of(_names(self._build)))
        arguments = {"epochs": EPOCHS, **self._given("fit", kwargs)}
        return self.model.fit(x, self._targets(y), **arguments)

    @property
    def _build(self):
        return self.__call__ if self.build_fn is None else self.build_fn

    def _check(self, params):
        legal = {*_names(self._build), *RENAMED}
        legal.update(*(_names(getattr(keras.Model, method)) for method in METHODS))
        for name in sorted(set(params) - legal):
            raise ValueError(
                f"{type(self).__name__} got {name!r}, which neither the function that makes the "
                "model nor fit, predict or evaluate takes. Leave it out."
            )

    def _of(self, names):
        return {name: value for name, value in self.sk_params.items() if name in names}

    def _given(self, method, kwargs):
        """What a method of the model is given: by the call, else by the wrapper."""
        names = {*_names(getattr(keras.Model, method)), *(RENAMED if method == "fit" else ())}
        found = {**self._renamed(self._of(names)), **self._renamed(kwargs)}
        return found

    @staticmethod
    def _renamed(arguments):
        return {RENAMED.get(name, name): value for name, value in arguments.items()}

    def _targets(self, y):
        """Labels as columns where the loss is categorical_crossentropy."""
        loss = getattr(self.model.loss, "__name__", self.model.loss)
        columns = loss == "categorical_crossentropy" and np.ndim(y) != 2
        return keras.utils.to_categorical(y) if columns else y


def _names(function):
    return inspect.signature(function).parameters


class KerasClassifier(ClassifierMixin, _Wrapper):
    """A classifier: Keras 1's `keras.wrappers.scikit_learn.KerasClassifier`."""

    @property
    def classes_(self):
        """The numbers of the classes, two for a single output."""
        return np.arange(max(2, self.model.output_shape[-1]))

    def predict(self, x, **kwargs):
        """The number of the class of each sample; (n, 1) zeros and ones for a single output."""
        p = self.model.predict(x, **self._given("predict", kwargs))
        return p.argmax(axis=-1) if p.shape[-1] > 1 else (p > 0.5).astype("int32")

    def predict_proba(self, x, **kwargs):
        """A column of probabilities for each class."""
        p = self.model.predict(x, **self._given("predict", kwargs))
        return np.hstack([1 - p, p]) if p.shape[1] == 1 else p

    def score(self, x, y, **kwargs):
        """The accuracy, as the model measures it.

        Raises:
            ValueError: where the model was compiled without an accuracy.
        """
        logs = self.model.evaluate(
            x, self._targets(y), return_dict=True, **self._given("evaluate", kwargs)
        )
        for name in ("accuracy", "acc"):
            if name in logs:
                return logs[name]
        raise ValueError(
            "KerasClassifier needs a model that measures its accuracy for `score`. "
            'Give compile metrics=["accuracy"].'
        )


class KerasRegressor(RegressorMixin, _Wrapper):
    """A regressor: Keras 1's `keras.wrappers.scikit_learn.KerasRegressor`."""

    def predict(self, x, **kwargs):
        """The predictions, (n,) where the model has one output."""
        return np.squeeze(self.model.predict(x, **self._given("predict", kwargs)))

    def score(self, x, y, **kwargs):
        """The loss, as in Keras 1, where a larger one is worse."""
        return self.model.evaluate(x, y, return_dict=True, **self._given("evaluate", kwargs))[
            "loss"
        ]
