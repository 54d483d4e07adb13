"""The release that a file does not tell, where its layers' start depends on it."""

from functools import cache

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.starts import NAMES, inner_init_ignored, starts_alike
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.outcomes import default_at
from keras_inits.migrate.source.places import places_of
from keras_inits.migrate.source.registry import fixer

DEPENDS = define(
    "KI109",
    "a start that depends on a release which the file does not tell",
    """Nothing in the file tells the release of Keras 1, so it was taken for the last one. Until
    1.1.2 the layers that the message names drew from other laws: 1.2.0 began to ignore the
    inner_init of LSTM and GRU, 1.2.1 mended the fans of convolutions in 'tf' ordering. If the file
    is older, give --from-keras.""",
)

#: The last release before those that changed how layers start.
EARLIER = "1.1.2"


@fixer("KI1")
def releases(file):
    """Layers that started otherwise in an earlier release; nothing changes.

    reported: LSTM(64)
    """
    if file.guess.era != "keras1" or not file.guess.by_default:
        return
    found = {}
    for call in file.layer_calls:
        starts = call.layer not in found and table.inits(call.layer)
        if starts and call.signature and not call.modern and any(_differs(file, call)):
            found[call.layer] = call
    if found:
        words = f"until {EARLIER}, {', '.join(sorted(found))} started otherwise; give --from-keras"
        yield file.finding(DEPENDS, next(iter(found.values())).node, words)


def _differs(file, call):
    """For each initialization of a call, whether the earlier release drew another law."""
    for argument, place in places_of(file, call).items():
        for init in _inits(file, call, place) if argument != "forget_bias_init" else ():
            if init in NAMES:
                yield _changed(place, init)


def _inits(file, call, place):
    """The names that an initialization may have, wherever in the file they stand."""
    given = call.bound.get(place.argument)
    if given is None:
        return [default_at(place)]
    contents = map(content_of, file.sources(given.value) or ())
    return [file.text(content) for content in contents if content]


@cache
def _changed(place, init):
    earlier = place._replace(version=EARLIER)
    ignored = inner_init_ignored(place) != inner_init_ignored(earlier)
    return ignored or not starts_alike(place, init, earlier)
