"""Initializations of a configuration as Keras 3 initializers of the same law."""

import keras

from keras_inits.core.registry import get
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.starts import NAMES, inner_init_ignored, start, where
from keras_inits.schemes.per_gate import PerGate

__all__ = ["initializer"]

STANDS_IN = define(
    "KF102",
    "an initialization that the file does not hold",
    """The model was made with a function of its author's; the file keeps its name at most
    ("<lambda>"). The layer's default stands in: the converted weights are right, but a model that
    is rebuilt starts otherwise. Supply it: lambdas={name: initializer} (--lambda-init).""",
    open=True,
)
IGNORED = define(
    "KF103",
    "a recurrent initialization that Keras never used",
    """LSTM and GRU of 1.2.0 to 1.2.2 drew their recurrent matrices with `init`, whatever
    `inner_init` said. So does the converted layer; bugs="fix" (--bugs fix) does what it said.""",
)

#: What stands in for a function that is not supplied: the layers' own defaults.
DEFAULTS = {"init": "glorot_uniform", "inner_init": "orthogonal", "forget_bias_init": "one"}
LAYER_DEFAULTS = {("PReLU", "init"): "zero", ("Embedding", "init"): "uniform"}


def initializer(given, argument, name=None):
    """The initializer that an argument of a Keras 1 layer names, with the law that it had there.

    Args:
        given: a Given.
        argument: "init", "inner_init", "forget_bias_init", "gamma_init", ...
        name: the initialization's name, if it is not the argument's value.

    Raises:
        MigrationError: for a start that Keras 3 and this package have not.
    """
    place = where(
        given.kind,
        argument,
        given.version,
        given.dim_ordering,
        given.peek("consume_less") or "cpu",
        given.bugs,
    )
    name = given(argument) if name is None else name
    if inner_init_ignored(place):
        if name != given.peek("init"):
            given.note(IGNORED, f"drawn by init={given.peek('init')!r}, not inner_init={name!r}.")
        name = given.peek("init")
    if name not in NAMES:
        return _supplied(given, argument, name, place)
    return _start(given, place, name)


def _start(given, place, name):
    try:
        found = start(place, name)
    except ValueError as error:
        raise given.refusal(f"{place.argument}={name!r}: {error}") from error
    if found is None:
        raise given.refusal(f"nothing in Keras 3 starts like {place.argument}={name!r}.")
    made = _initializer(found.make())
    return made if _can_be_stored(made) else _ours(made, name)


def _ours(made, name):
    """An initializer of this package with the same law, for all gates where `made` is."""
    initializer = get(f"keras1_{name}")
    return PerGate(initializer, gates=made.gates) if isinstance(made, PerGate) else initializer


def _can_be_stored(made):
    """Whether Keras reads what it writes of an initializer: not so with Identity in 3.3.3."""
    try:
        keras.initializers.get(keras.initializers.serialize(made))
    except ValueError:
        return False
    return True


def _initializer(value):
    return keras.initializers.get(value) if isinstance(value, str) else value


def _supplied(given, argument, name, place):
    """What the user gave for a function of their own, or the layer's default."""
    value = given.supplied(str(name))
    if value is None:
        default = LAYER_DEFAULTS.get((given.kind, argument)) or DEFAULTS.get(argument, "zero")
        given.note(STANDS_IN, f"{argument}={name!r} is not in the file; {default!r} stands in.")
        return _start(given, place, default)
    if isinstance(value, str) and value in NAMES:
        return _start(given, place, value)
    try:
        return get(value) if isinstance(value, str) else keras.initializers.get(value)
    except ValueError as error:
        raise MigrationError(f"{given.name}: {error}") from error
