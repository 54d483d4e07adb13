"""Arguments that many layers share: activations, regularizers, constraints, the name."""

import keras

from keras_inits.dialects.keras1.layers import WEIGHTS, weight_of
from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.activations import keras1_hard_sigmoid

__all__ = ["activation", "common", "constraint", "penalties", "regularizer"]

LEFT_OUT = define(
    "KF104",
    "a penalty or constraint that was left out",
    """Keras 3 has no penalty or constraint of the same meaning. Predictions are not affected;
    training is.""",
    open=True,
)
OTHER_SCALE = define(
    "KF105",
    "an activity penalty on another scale",
    """From 1.2.0 on Keras 1 added the penalty of a whole batch, where Keras 3 divides by the
    batch's size. Multiply it by the batch size that the model was trained with.""",
    open=True,
)

#: Keras 1's activations, by what Keras 3 takes for the same function.
ACTIVATIONS = {
    **{name: name for name in ("linear", "relu", "sigmoid", "tanh", "softplus", "softsign", "elu")},
    **{"softmax": "softmax", "time_distributed_softmax": "softmax"},
    "hard_sigmoid": keras1_hard_sigmoid,
}

#: Keras 1's regularizers of two numbers.
L1L2 = {"WeightRegularizer", "ActivityRegularizer", "L1L2Regularizer"}

#: Keras 1's constraints: Keras 3's class, and its arguments by their old names.
CONSTRAINTS = {
    "MaxNorm": ("MaxNorm", {"m": ("max_value", 2), "axis": ("axis", 0)}),
    "NonNeg": ("NonNeg", {}),
    "UnitNorm": ("UnitNorm", {"axis": ("axis", 0)}),
    "MinMaxNorm": (
        "MinMaxNorm",
        {
            "low": ("min_value", 0.0),
            "high": ("max_value", 1.0),
            "rate": ("rate", 1.0),
            "axis": ("axis", 0),
        },
    ),
}


def common(given):
    """The arguments of every layer."""
    return {"name": given.name, "trainable": given("trainable", True) is not False}


def activation(given, argument="activation"):
    """The activation that an argument names, as Keras 3 takes it."""
    name = given(argument)
    if name is None:
        return "linear"
    if not isinstance(name, str):
        raise given.refusal(f"{argument} is the name of a function, got {name!r}.")
    supplied = given.supplied(name)
    if supplied is None and name not in ACTIVATIONS:
        raise given.refusal(
            f"{argument}={name!r} is a function of its author's. Supply it: "
            f"custom_objects={{{name!r}: function}}."
        )
    return ACTIVATIONS[name] if supplied is None else supplied


def regularizer(given, argument):
    """The regularizer of an argument; None, with a finding, where Keras 3 has none like it."""
    said = given(argument)
    if not said:
        return None
    kind = said.get("name") if isinstance(said, dict) else said
    if kind not in L1L2:
        given.note(LEFT_OUT, f"{argument}={kind!r}.")
        return None
    l1, l2 = (float(said.get(name) or 0.0) for name in ("l1", "l2"))
    if argument == "activity_regularizer" and at_least(given.version, "1.2.0") and (l1 or l2):
        given.note(OTHER_SCALE, f"l1={l1}, l2={l2} of the whole batch.")
    return keras.regularizers.L1L2(l1=l1, l2=l2) if l1 or l2 else None


def constraint(given, argument):
    """The constraint of an argument, its axes those of the kernel in Keras 3."""
    said = given(argument)
    if not said:
        return None
    kind = said.get("name") if isinstance(said, dict) else said
    if kind not in CONSTRAINTS or not isinstance(said, dict):
        given.note(LEFT_OUT, f"{argument}={kind!r}.")
        return None
    name, words = CONSTRAINTS[kind]
    found = {new: said.get(old, default) for old, (new, default) in words.items()}
    axis = found.pop("axis", None)
    found = {new: float(value) for new, value in found.items()}
    if axis is not None:
        _check_axes(given, axis)
        found["axis"] = axis if argument == "b_constraint" else _axes(given, axis)
    return getattr(keras.constraints, name)(**found)


def _check_axes(given, axis):
    axes = axis if isinstance(axis, list | tuple) else (axis,)
    if not all(type(number) is int for number in axes):
        raise given.refusal(f"the axes of a constraint are whole numbers, got {axis!r}.")


def _axes(given, axis):
    """Axes of a stored kernel, as axes of Keras 3's; axes of size one do not matter."""
    axes = tuple(axis) if isinstance(axis, list | tuple) else (axis,)
    if given.kind not in WEIGHTS:
        return axis
    row = weight_of("load", given.kind, given.version, given.dim_ordering)
    stored = row.th if given.dim_ordering == "th" else row.tf
    if not row.keras3 or stored == row.keras3:
        return axis
    letters = [stored[number] for number in axes]
    return sorted(row.keras3.index(letter) for letter in letters if letter in row.keras3)


#: Keras 1's arguments of a layer with a kernel and a bias, in Keras 3's words.
KERNEL = {
    "kernel_regularizer": (regularizer, "W_regularizer"),
    "bias_regularizer": (regularizer, "b_regularizer"),
    "activity_regularizer": (regularizer, "activity_regularizer"),
    "kernel_constraint": (constraint, "W_constraint"),
    "bias_constraint": (constraint, "b_constraint"),
}


def penalties(given, table=KERNEL):
    """Regularizers and constraints of a layer, by a table of Keras 3's and Keras 1's words."""
    found = {new: read(given, old) for new, (read, old) in table.items()}
    return {new: value for new, value in found.items() if value is not None}
