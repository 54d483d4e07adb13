"""Regularizers and constraints: functions of Keras 1 that Keras 3 calls otherwise."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer

NO_REGULARIZER = define(
    "KI208",
    "a regularizer that Keras 3 lacks",
    "Write it as a function of the weights that gives the penalty.",
    open=True,
)

#: Function -> Keras 3 class, and the arguments with the defaults that Keras 1 had.
BECAME = {
    "keras.regularizers.WeightRegularizer": ("keras.regularizers.L1L2", {"l1": "0.0", "l2": "0.0"}),
    "keras.regularizers.ActivityRegularizer": (
        "keras.regularizers.L1L2",
        {"l1": "0.0", "l2": "0.0"},
    ),
    "keras.regularizers.l1l2": ("keras.regularizers.L1L2", {"l1": "0.01", "l2": "0.01"}),
    "keras.regularizers.activity_l1": ("keras.regularizers.L1", {"l1": "0.01"}),
    "keras.regularizers.activity_l2": ("keras.regularizers.L2", {"l2": "0.01"}),
    "keras.regularizers.activity_l1l2": ("keras.regularizers.L1L2", {"l1": "0.01", "l2": "0.01"}),
    "keras.constraints.maxnorm": ("keras.constraints.MaxNorm", {"max_value": "2"}),
    "keras.constraints.nonneg": ("keras.constraints.NonNeg", {}),
    "keras.constraints.unitnorm": ("keras.constraints.UnitNorm", {}),
}
#: Keras 1's names of their arguments, in order.
ARGUMENTS = {
    "keras.regularizers.l1": {"l": "l1"},
    "keras.regularizers.l2": {"l": "l2"},
    "keras.regularizers.activity_l1": {"l": "l1", "l1": "l1"},
    "keras.regularizers.activity_l2": {"l": "l2", "l2": "l2"},
    "keras.constraints.maxnorm": {"m": "max_value", "axis": "axis"},
    "keras.constraints.unitnorm": {"axis": "axis"},
}
BOTH = {"l1": "l1", "l2": "l2"}
GONE = ("keras.regularizers.EigenvalueRegularizer",)
KNOWN = frozenset((*BECAME, *ARGUMENTS, *GONE))


@fixer("KI2")
def penalties(file):
    """Regularizers and constraints.

    before: Dense(8, W_regularizer=l1l2(l2=0.1), W_constraint=maxnorm(m=3))
    after:  Dense(8, kernel_regularizer=keras.regularizers.L1L2(l2=0.1, l1=0.01),
                  kernel_constraint=keras.constraints.MaxNorm(max_value=3))
    """
    for call in file.calls_of(KNOWN):
        if call.qualified in GONE:
            yield file.finding(NO_REGULARIZER, call.node, file.text(call.node))
        elif call.qualified in BECAME and not call.splats:
            yield from _converted(file, call)
        elif call.qualified in ARGUMENTS and call.mentions(b"=", b"**"):
            yield from _renamed(call, ARGUMENTS[call.qualified])


def _converted(file, call):
    became, defaults = BECAME[call.qualified]
    names = ARGUMENTS.get(call.qualified, BOTH if defaults else {})
    given = list(names.values())[: len(call.positional)]
    given += [names.get(name) for name in call.keywords]
    yield from _renamed(call, names)
    yield replaced(call.function, became)
    yield Import("keras")
    for name, default in defaults.items():
        if name not in given:
            yield call.appended(name, default)


def _renamed(call, names):
    for name, argument in call.keywords.items():
        if names.get(name, name) != name:
            yield argument.renamed(names[name])
