"""What the layers of Keras 1 share: arguments kept under their names, and written back."""

import inspect

import keras

#: How an argument is read and written, by the last word of its name.
KINDS = {
    "activation": keras.activations,
    "constraint": keras.constraints,
    "initializer": keras.initializers,
    "regularizer": keras.regularizers,
}


class Keras1Layer(keras.layers.Layer):
    """A layer whose constructor's arguments are its attributes and its configuration."""

    def _keep(self, **arguments):
        """Keeps arguments as attributes: initializers, activations and the like as objects."""
        for name, value in arguments.items():
            setattr(self, name, _read(name, value))

    def get_config(self):
        """The constructor's arguments, beside those of every layer."""
        own = {name: _written(name, getattr(self, name)) for name in sorted(_arguments(type(self)))}
        return {**super().get_config(), **own}

    def _weight(self, name, shape, kind=None):
        """A weight that the arguments of its kind ("kernel_initializer", ...) describe.

        Args:
            name: the weight's name.
            shape: its shape.
            kind: the first word of its arguments; None for the name.
        """
        rules = ("initializer", "regularizer", "constraint")
        found = {rule: getattr(self, f"{kind or name}_{rule}", None) for rule in rules}
        return self.add_weight(name=name, shape=shape, **found)


def _arguments(cls):
    """The names of the arguments of a class and of its bases, down to this one."""
    constructors = [vars(base)["__init__"] for base in cls.__mro__ if _has_own(base)]
    found = [p for made in constructors for p in inspect.signature(made).parameters.values()]
    return {p.name for p in found if p.name != "self" and p.kind is not p.VAR_KEYWORD}


def _has_own(cls):
    return issubclass(cls, Keras1Layer) and "__init__" in vars(cls)


def _kind(name):
    return KINDS.get(name.rpartition("_")[2])


def _read(name, value):
    return value if _kind(name) is None or value is None else _kind(name).get(value)


def _written(name, value):
    if _kind(name) is not None:
        return None if value is None else _kind(name).serialize(value)
    return list(value) if isinstance(value, tuple) else value
