"""The fixers: registered by decorator, found by being a file in `source/fixers/`."""

import importlib
import pkgutil
from functools import cache
from typing import NamedTuple

from keras_inits.migrate.findings import selected


class Fixer(NamedTuple):
    """A generator of edits and findings, and the family that its codes begin with."""

    family: str
    name: str
    run: object

    @property
    def description(self):
        """Its docstring: what it changes, the line before and after."""
        return self.run.__doc__


_fixers = {}


def fixer(family):
    """Registers a generator function of a SourceFile under a family of codes, such as "KI1"."""

    def register(run):
        _fixers[family, run.__name__] = Fixer(family, run.__name__, run)
        return run

    return register


@cache
def _load():
    from keras_inits.migrate.source import fixers

    for module in sorted(pkgutil.iter_modules(fixers.__path__), key=lambda found: found.name):
        importlib.import_module(f"{fixers.__name__}.{module.name}")


def all_fixers(only=None, skip=None):
    """The fixers that were asked for, in the order in which they have their say.

    Args:
        only: beginnings of codes to keep; None for all.
        skip: beginnings of codes to leave out; None for none.
    """
    _load()
    ordered = [_fixers[key] for key in sorted(_fixers)]
    return [found for found in ordered if selected(found.family, only, skip)]
