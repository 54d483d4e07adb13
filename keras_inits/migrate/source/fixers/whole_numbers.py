"""Sizes that NumPy counted: Keras 3 takes Python's whole numbers only."""

from keras_inits.migrate.keras1.signatures import SIZES
from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.registry import fixer

#: Sizes by the names of Keras 1 and 3. What shapes the input may be NumPy's.
COUNTED = (SIZES - {"input_dim", "stack_size"}) | {"units", "filters"}
COUNTED_WORDS = COUNTED | {"input_dim"}
#: Functions and methods whose numbers are an array's entries, or NumPy's.
OF_ARRAYS = frozenset(
    [
        *("max", "min", "amax", "amin", "sum", "prod", "argmax", "argmin", "mean"),
        *("ceil", "floor", "round", "sqrt", "power", "int32", "int64"),
    ]
)
ARITHMETIC = ("binary_operator", "parenthesized_expression", "unary_operator")


@fixer("KI2")
def whole_numbers(file):
    """Sizes that NumPy counted.

    before: Dense(np.max(labels) + 1)
    after:  Dense(int(np.max(labels) + 1))
    """
    if file.guess.era not in ("keras1", "mixed") or OF_ARRAYS.isdisjoint(file.words):
        return
    for call in file.layer_calls:
        counted = COUNTED_WORDS if call.layer == "Embedding" else COUNTED
        for name in [name for name in call.bound if name in counted]:
            value = call.bound[name].value
            if value.type != "integer" and _by_numpy(file, value):
                yield replaced(value, f"int({file.text(value)})")


def _by_numpy(file, value):
    return any(_counts(file, source) for source in file.sources(value) or ())


def _counts(file, node):
    """Whether an expression has a number of NumPy's in it."""
    if node.type in ARITHMETIC:
        return any(_counts(file, part) for part in node.named_children)
    if node.type == "identifier":
        return any(_counts(file, s) for s in file.sources(node) or () if s.type != "identifier")
    if node.type != "call":
        return False
    function = node.child_by_field_name("function")
    return file.text(function).rpartition(".")[2] in OF_ARRAYS
