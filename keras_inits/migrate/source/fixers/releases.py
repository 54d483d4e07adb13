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
    """Nothing in the file tells the release of Keras 1, so it was taken for the last one. Until the
    release that the message gives, the layers that it names drew from other laws: 1.1.0 changed
    the fans of Convolution1D and 1.1.2 its default, 1.2.0 began to ignore the inner_init of LSTM
    and GRU, 1.2.1 mended the fans of convolutions in 'tf' ordering. If the file is older, give
    --from-keras.""",
)

#: The last releases before those that changed how layers start, the latest first.
EARLIER = ("1.1.2", "1.1.1", "1.0.8")


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
        if starts and call.signature and not call.modern:
            release = _last_other(file, call)
            found |= {call.layer: (release, call)} if release else {}
    if found:
        until = [_until(release, found) for release in EARLIER]
        words = f"{'; '.join(filter(None, until))}; give --from-keras"
        yield file.finding(DEPENDS, next(iter(found.values()))[1].node, words)


def _until(release, found):
    layers = sorted(layer for layer, (last, _) in found.items() if last == release)
    return layers and f"until {release}, {', '.join(layers)} started otherwise"


def _last_other(file, call):
    """The last release that drew another law for some initialization of a call, or None."""
    drawn = [
        (place, init)
        for argument, place in places_of(file, call).items()
        for init in (_inits(file, call, place) if argument != "forget_bias_init" else ())
        if init is None or init in NAMES
    ]
    changed = (
        release
        for release in EARLIER
        if any(_changed(place, init, release) for place, init in drawn)
    )
    return next(changed, None)


def _inits(file, call, place):
    """The names that an initialization may have, wherever in the file; None for the default."""
    given = call.bound.get(place.argument)
    if given is None:
        return [None]
    contents = map(content_of, file.sources(given.value) or ())
    return [file.text(content) for content in contents if content]


@cache
def _changed(place, init, release):
    earlier = place._replace(version=release)
    if table.took(place.layer, release) is None:
        return False
    now, then = init or default_at(place), init or default_at(earlier)
    if not {now, then} <= set(NAMES):
        return False
    ignored = inner_init_ignored(place) != inner_init_ignored(earlier)
    return ignored or now != then or not starts_alike(place, now, earlier)
