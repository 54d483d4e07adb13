"""The fixers: registered by decorator, found by being a file in `source/fixers/`."""

import importlib
import pkgutil
from functools import cache
from typing import NamedTuple

from keras_inits.migrate.findings import selected


class Fixer(NamedTuple):
    """A generator of edits and findings, and the family that its codes begin with.

    `last` says that it only reports, on the text that all the others have made; `always` that it
    has its say in files that are left to Keras 2 and 3, too.
    """

    family: str
    name: str
    run: object
    last: bool = False
    always: bool = False

    @property
    def description(self):
        """Its docstring: what it changes, the line before and after."""
        return self.run.__doc__


_fixers = {}


def fixer(family, last=False, always=False):
    """Registers a generator function of a SourceFile under a family of codes, such as "KI1".

    Args:
        family: the beginning of its codes.
        last: whether it only reports what is left when the others are done.
        always: whether it has its say in code of Keras 2 and 3, too.
    """

    def register(run):
        _fixers[family, run.__name__] = Fixer(family, run.__name__, run, last, always)
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
    return list(_selected(only, skip))


@cache
def _selected(only, skip):
    _load()
    ordered = [_fixers[key] for key in sorted(_fixers)]
    return tuple(found for found in ordered if selected(found.family, only, skip))
