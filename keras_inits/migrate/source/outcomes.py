"""What Keras 3 writes for a start of Keras 1, and what there is to tell of it."""

from functools import cache, lru_cache
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.starts import NAMES, inner_init_ignored, start, starts_alike
from keras_inits.migrate.source.callables import Drawn

NO_SUCH_NAME = define(
    "KI102",
    "an initialization that Keras 1 did not have",
    "Keras 1 would have refused the name. It was left as it is; Keras 3 may know it.",
    open=True,
)
NO_EXPRESSION = define(
    "KI103",
    "a law that Keras 3 cannot express",
    """No initializer gives what the old layer drew, or, with --no-dependency, none of Keras' own
    does. Leave --no-dependency out, or choose one.""",
    open=True,
)
ODD_FANS = define(
    "KI106",
    "the old layer counted other fans",
    """The layer's weights were not what its initialization's name promises, since Keras 1 handed
    it other fans (a dropped dim_ordering, a kernel of another layout). --bugs keep writes what it
    drew, --bugs fix what the name says.""",
)

#: Initializations that were fixed in the layer's code before it took an argument for them.
HARD_CODED = {"gamma_init": "uniform", "beta_init": "zero", "init": "zero"}
#: Names of this package that a second run meets.
ALREADY = frozenset(f"keras1_{name}" for name in NAMES)
#: What Keras 3 calls otherwise where it tells a default.
ALIASES = {"zero": "zeros", "one": "ones"}


class Outcome(NamedTuple):
    """The Start in Keras 3, None where there is none; the code and words of a finding."""

    made: object
    code: str | None = None
    words: str | None = None


#: The Outcome of what nobody can tell.
NOTHING = Outcome(None)


@lru_cache(maxsize=4096)
def outcome(place, drawn, no_dependency):
    """The Outcome of what was drawn somewhere.

    Args:
        place: a Where.
        drawn: a Drawn.
        no_dependency: whether Keras alone has to say it.
    """
    if drawn.init in ALREADY:
        return NOTHING
    if drawn.init not in NAMES:
        words = f"Keras 1 had no initialization {drawn.init!r}"
        return Outcome(None, NO_SUCH_NAME, words)
    try:
        made = start(place, *drawn, no_dependency=no_dependency)
    except ValueError as error:
        return Outcome(None, NO_SUCH_NAME, str(error))
    if made is None:
        words = f"{place.argument} of {place.layer}: {drawn.init} of Keras {place.version}"
        return Outcome(None, NO_EXPRESSION, words)
    promised = start(place._replace(fixed=True), *drawn)
    odd = promised is None or made.text != promised.text
    if odd and not place.fixed and not no_dependency:
        words = f"{drawn.init} of {place.layer} had other fans in Keras {place.version}"
        return Outcome(made, ODD_FANS, words)
    return Outcome(made)


@cache
def default_at(place):
    """What is drawn somewhere if a call does not say it."""
    argument = "init" if inner_init_ignored(place) else place.argument
    return table.took(place.layer, place.version).default(argument) or HARD_CODED[argument]


@cache
def changed_at(place, no_dependency):
    """The Outcome of a default, and the Keras 3 arguments that say another one if left out."""
    found = outcome(place, Drawn(default_at(place)), no_dependency)
    became = table.inits(place.layer)[place.argument] if found.made else ()
    return found, [name for name in became if not _is_default(place, name, found.made.text)]


def _is_default(place, name, text):
    default = table.keras3_defaults(place.layer)[name]
    if default is None:
        return _is_latest(place)
    word = text.strip('"').lower()
    return default.lower() == ALIASES.get(word, word)


def _is_latest(place):
    """Whether a layer of this package starts so by itself: as in the last release of Keras 1."""
    latest = place._replace(version=VERSIONS[-1], fixed=False)
    init = default_at(place)
    last = table.took(place.layer, latest.version).default(place.argument)
    return init == last and starts_alike(place, init, latest)
