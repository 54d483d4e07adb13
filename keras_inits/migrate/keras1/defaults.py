"""Defaults of Keras 1 that are not Keras 3's, by layer and release."""

from functools import cache

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.keras1 import table

#: Settings that Keras 3 has otherwise by default, and Keras 1 had no argument for.
FIXED = {"GRU": {"reset_after": "False"}}


@cache
def changed_defaults(layer, version, hard_sigmoid):
    """Keras 3 arguments whose default was another in the version: name -> text.

    Args:
        layer: a layer of Keras 1.
        version: the release.
        hard_sigmoid: the text that stands for Keras 1's function.
    """
    row = table.took(layer, version)
    changed = dict(
        pair
        for parameter in (row.parameters if row else ())
        for pair in _changed(layer, version, hard_sigmoid, parameter)
    )
    return {**changed, **FIXED.get(layer, {})}


def _changed(layer, version, hard_sigmoid, parameter):
    now = table.keras3_defaults(layer)
    name = table.keras3_argument(layer, parameter.name)
    quiet = parameter.name in table.inits(layer) or parameter.name in table.INPUT
    if quiet or parameter.default is None or name not in now:
        return
    if (layer, parameter.name) in table.CONSTANTS:
        yield from _constant(layer, version, name, parameter)
    elif parameter.default == "hard_sigmoid":
        yield name, hard_sigmoid
    elif not _same(parameter.default, now[name]):
        yield name, _literal(parameter.default)


def _constant(layer, version, name, parameter):
    ours = table.CONSTANTS[layer, parameter.name][1]
    ignored = table.IGNORED.get((layer, parameter.name))
    if parameter.default != ours and not (ignored and at_least(version, ignored)):
        yield name, f"keras.initializers.Constant({parameter.default!r})"


def _same(old, new):
    """Whether two defaults say the same; one number may stand for a number along each axis."""
    return old == new or (isinstance(old, tuple) and set(old) == {new})


def _literal(value):
    return f'"{value}"' if isinstance(value, str) else repr(value)
