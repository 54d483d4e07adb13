"""Which circumstances a file of weights alone may have been written in, and whether it matters.

A file of `save_weights` says neither its release nor its backend nor its dim_ordering. All that it
may be are tried: what fits must be the same in every array, or the user has to say more.
"""

from itertools import product

import numpy as np

from keras_inits.core.checks import check_choice
from keras_inits.dialects.keras1.versions import BACKENDS, DIM_ORDERINGS, at_least, check_version
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Circumstances

__all__ = ["agreed", "candidates", "others"]

#: One release for each meaning that stored arrays had: of the files that number their arrays
#: (0.x), and of those that name them (1.x).
NUMBERED = ("0.1.3", "0.2.0", "0.3.3")
NAMED = ("1.0.0", "1.0.3", "1.0.6", "1.0.7", "1.2.0")

#: Those of NAMED that did not name themselves in an architecture.
UNNAMED = ("1.0.0", "1.0.3")

#: The argument that says each of the circumstances.
ARGUMENTS = {"version": "from_keras", "dim_ordering": "dim_ordering", "backend": "backend"}


def candidates(groups, version=None, dim_ordering=None, backend=None):
    """Every Circumstances that groups may have been written in; None stands for not known.

    Raises:
        ValueError: for a version, ordering or backend that there was not.
    """
    names = [name for group in groups for name in group.arrays]
    versions = [check_version("load_weights", version)] if version else _versions(names)
    orderings = _one("dim_ordering", dim_ordering, DIM_ORDERINGS) or DIM_ORDERINGS
    backends = _one("backend", backend, BACKENDS) or _backends(names)
    found = product(versions, orderings, backends)
    return [Circumstances(*one) for one in found if _there_was(*one)]


def _one(argument, value, choices):
    return () if value is None else (check_choice("load_weights", argument, value, choices),)


def _versions(names):
    return NUMBERED if all(name.startswith("param_") for name in names) else NAMED


def _backends(names):
    return BACKENDS[:1] if any(name.endswith(":0") for name in names) else BACKENDS


def _there_was(version, dim_ordering, backend):
    """Whether a release had the two: TensorFlow, and its ordering, came with 0.3.0."""
    return at_least(version, "0.3.0") or (dim_ordering == "th" and backend == "theano")


def others(stored, given, found):
    """What a file with an architecture may have been written in besides what it was taken for.

    An architecture names its release from 1.0.4 on. Before, its style says 0.x or 1.0.

    Args:
        stored: a `Stored`.
        given: the `Circumstances` that the user gave.
        found: those that the file was taken for.
    """
    if given.version or stored.version or (stored.tree or {}).get("keras_version"):
        return []
    versions = UNNAMED if at_least(found.version, "1.0.0") else NUMBERED
    possible = [found._replace(version=version) for version in versions]
    return [one for one in possible if one != found and _there_was(*_known(one))]


def _known(circumstances):
    """The release, ordering and backend; where the last two are not known, those of all times."""
    version, dim_ordering, backend, _ = circumstances
    return version, dim_ordering or "th", backend or "theano"


def agreed(tried, convert):
    """The arrays that all circumstances that fit agree on, and the circumstances that fit.

    Args:
        tried: Circumstances.
        convert: a function that gives the arrays of each layer, as pairs of its name and a list,
            or raises MigrationError.

    Raises:
        MigrationError: the first candidate's, if none fits; else one that names what decides.
    """
    classes, refusals = [], []
    for one in tried:
        try:
            _put(classes, one, convert(one))
        except MigrationError as error:
            refusals.append(error)
    if not classes:
        raise refusals[0]
    if len(classes) > 1:
        raise _undecided(*classes[:2])
    [(made, fitting)] = classes
    return made, fitting


def _put(classes, circumstances, made):
    """Adds circumstances to the class of those that give the same arrays."""
    for known, members in classes:
        if _differing(known, made) is None:
            members.append(circumstances)
            return
    classes.append((made, [circumstances]))


def _differing(made, others_made):
    """The name of the first layer of which two conversions differ."""
    pairs = zip(made, others_made, strict=True)
    differ = (
        name
        for (name, arrays), (_, others) in pairs
        if not all(map(np.array_equal, arrays, others))
    )
    return next(differ, None)


def _undecided(one, other):
    name = _differing(one[0], other[0])
    pairs = product(one[1], other[1])
    fields, first, second = min(((_fields(*pair), *pair) for pair in pairs), key=_number)
    return MigrationError(
        f"{name}: its weights mean one thing with {_said(first, fields)} and another with "
        f"{_said(second, fields)}, and the file does not say which it is. Give "
        f"{' and '.join(ARGUMENTS[field] for field in fields)}."
    )


def _fields(one, other):
    return [field for field in ARGUMENTS if getattr(one, field) != getattr(other, field)]


def _number(pair):
    return len(pair[0])


def _said(circumstances, fields):
    return ", ".join(f"{ARGUMENTS[field]}={getattr(circumstances, field)!r}" for field in fields)
