"""What a file was written for: Keras version, dim ordering, and whether it is Keras 1 at all."""

from collections import Counter
from functools import lru_cache, reduce
from operator import and_
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.findings import KEPT, MIXED, NO_LAYERS, TAKEN_AS, UNDECIDED
from keras_inits.migrate.keras1 import fitting, table
from keras_inits.migrate.keras1.fitting import BITS
from keras_inits.migrate.source.callables import takes_no_ordering
from keras_inits.migrate.source.names import is_keras
from keras_inits.migrate.source.ordering import Ordering, ordering

#: Names of Keras that only 0.x and 1.x had, with the last version that had them.
ONLY_KERAS1 = {
    **{f"keras.layers.{name}": "1.2.2" for name in ("merge", "Merge")},
    **{f"keras.layers.core.{name}": "1.2.2" for name in ("Merge", "TimeDistributedDense")},
    **{f"keras.regularizers.{name}": "1.2.2" for name in ("WeightRegularizer", "l1l2")},
    **{"keras.initializations": "1.2.2", "keras.engine.merge": "1.2.2"},
    **{"keras.utils.visualize_util": "1.2.2", "keras.layers.containers": "0.3.3"},
    **{"keras.layers.core.AutoEncoder": "0.3.3", "keras.layers.core.Siamese": "0.3.3"},
    **{"keras.layers.core.LambdaMerge": "0.3.3", "keras.models.Graph": "1.1.1"},
    **{"keras.legacy.models": "1.1.1", "keras.datasets.data_utils": "1.2.0"},
    **{"keras.utils.theano_utils": "0.2.0", "keras.layers.core.MaskedLayer": "0.3.3"},
}
#: Methods of custom layers that only Keras 0.x and 1.x called, with the last version that did.
OLD_METHODS = {"get_output_shape_for": "1.2.2", "get_output": "0.3.3"}
#: What their parameters were called where others may use the method's name.
OLD_PARAMETERS = {"get_output": b"train"}
#: Arguments of any call that only Keras 0.x and 1.x took, with the last version that did.
OLD_ARGUMENTS = {
    **{"nb_epoch": "1.2.2", "samples_per_epoch": "1.2.2", "nb_val_samples": "1.2.2"},
    **{"nb_worker": "1.2.2", "show_accuracy": "0.3.3", "class_mode": None},
}
#: What programs gave TensorFlow 0.12 and 1.0 that Keras 1 looked for.
PATCHED = "tf.python.control_flow_ops"
#: Methods whose argument it has to be; generators of images have a class_mode still.
OWNERS = {"class_mode": ".compile"}
#: What Keras 2 took as well, so that it does not tell that a file is older.
TAKEN_BY_KERAS2 = frozenset(
    (
        *("nb_epoch", "samples_per_epoch", "nb_val_samples", "nb_worker"),
        *("Merge", "keras.layers.Merge", "keras.layers.merge", PATCHED),
    )
)
#: Layers that since 1.2.1 call a function given as init with dim_ordering=, and the last before.
GIVING_ORDERING = frozenset(
    (
        *("Convolution1D", "Convolution2D", "Convolution3D", "SeparableConvolution2D"),
        *("AtrousConvolution1D", "AtrousConvolution2D", "Deconvolution2D"),
    )
)
BEFORE_GIVING = "1.2.0"
#: Modules that layers, and what they start with, are imported from.
OF_LAYERS = ("keras.layers", "keras.initializations", "keras.engine.topology")
#: Modules that only Keras 2 and 3 have, and names in others.
LATER_MODULES = ("keras.initializers", "keras.layers.merge", "keras.ops", "keras.saving")
LATER_ROOMS = ("tensorflow.keras", "tensorflow.python.keras", "keras.src")
LATER_NAMES = (
    *("keras.initializers", "keras.ops", "keras.saving", "keras.Input", "keras.layers.Concatenate"),
    *("keras.layers.concatenate", "keras.layers.add", "keras.layers.Add", "keras.layers.Multiply"),
    *("keras.layers.CuDNNLSTM", "keras.layers.CuDNNGRU"),
)
LATER_ARGUMENTS = frozenset(("epochs", "steps_per_epoch"))
#: How many lines of a file of Keras 2 are named.
LISTED = 12
#: Why a file is taken for the last release.
LAST = "the last one, nothing speaks for an earlier one"


class Guess(NamedTuple):
    """What the file was taken for.

    `era` is "keras1", "keras2" (2 or 3), "mixed" for old arguments given to Keras 2, or "unknown".
    A file that neither makes nor defines a layer (`layers`) has nothing that starts: unless a
    version was given it is left as "keras2" is. `ordering` tells of the dim ordering, whose word
    is `dim_ordering`.
    """

    version: str
    era: str
    because: str
    ordering: Ordering
    layers: bool

    @property
    def by_default(self):
        """Whether the version is the last one because nothing tells another."""
        return self.because == LAST

    @property
    def dim_ordering(self):
        """The word, "th" or "tf"."""
        return self.ordering.word


def guess(file):
    """The Guess for a file."""
    legacy, later, modern = _evidence(file)
    layers = _has_layers(file)
    era = _era(file.options, legacy, later, modern) if layers else _era_without(file.options)
    if era == "keras2":
        return Guess(VERSIONS[-1], era, LAST, Ordering("tf", LAST, False), layers)
    version, because = _version(file, legacy)
    return Guess(version, era, because, ordering(file, version, era == "keras1"), layers)


def _has_layers(file):
    """Whether a file makes layers or defines them: whether anything in it starts."""
    if file.layer_calls or any(room.encode() in file.data for room in OF_LAYERS):
        return True
    return any(entry.origin.startswith(OF_LAYERS) for entry in file.names.imported)


def _era(options, legacy, later, modern):
    if options.from_keras is not None:
        return "keras1" if legacy or not later else "keras2"
    if modern and not legacy.keys() - TAKEN_BY_KERAS2:
        return "keras2"
    if legacy:
        return "mixed" if later else "keras1"
    return "keras2" if later else "unknown"


def _era_without(options):
    return "keras2" if options.from_keras is None else "keras1"


def _evidence(file):
    """What speaks for Keras 1, with the last version that had it; what for a later one.

    The second tells whether anything speaks for a later one, the third whether an argument does.
    """
    legacy, later, modern = {}, False, False
    for call in [*file.layer_calls, *file.partials]:
        if call.legacy or call.layer in table.ABSENT:
            legacy[call.layer] = table.last_with(call.layer)
        if call.layer in GIVING_ORDERING and _draws_without_ordering(file, call):
            legacy["an init without dim_ordering"] = BEFORE_GIVING
        modern |= call.modern
    for entry in file.names.imported:
        old, is_later = _told_by(entry.origin)
        legacy |= old
        later |= is_later
    legacy |= {name: last for name, last in OLD_ARGUMENTS.items() if _is_given(file, name)}
    if any(file.text(label.parent) == PATCHED for label in file.uses(PATCHED.rpartition(".")[2])):
        legacy[PATCHED] = None
    legacy |= {name: last for name, last in OLD_METHODS.items() if _is_of_a_layer(file, name)}
    modern |= any(_is_given(file, name) for name in LATER_ARGUMENTS)
    return legacy, later or modern, modern


def _draws_without_ordering(file, call):
    given = call.keywords.get("init")
    found = file.sources(given.value) if given else None
    return any(takes_no_ordering(file, node) for node in found or ())


@lru_cache(maxsize=4096)
def _told_by(origin):
    """What an imported name says, as `_evidence` does: for Keras 1, and whether for a later one."""
    room, first = origin.rpartition(".")[0], origin.partition(".")[0]
    old = {name: ONLY_KERAS1[name] for name in (origin, room) if name in ONLY_KERAS1}
    later = origin in LATER_NAMES or room in LATER_MODULES or first == "keras_inits"
    return old, later or origin.startswith(LATER_ROOMS)


def _is_given(file, name):
    """Whether any call of the file gives an argument of a name, `compile` where it has to."""
    owner = OWNERS.get(name, "")
    return any(
        file.text(node.parent.parent).partition("(")[0].endswith(owner) if owner else True
        for node in file.arguments(name)
    )


def _is_of_a_layer(file, name):
    """Whether a class made of one of Keras' defines a method of that name."""
    return name in file.words and any(
        node.parent.type == "function_definition"
        and OLD_PARAMETERS.get(name, b"") in node.parent.child_by_field_name("parameters").text
        and _is_made_of_keras(file, node.parent)
        for node in file.uses(name)
    )


def _is_made_of_keras(file, method):
    owner = method.parent.parent
    if method.parent.type == "decorated_definition":
        owner = owner.parent
    bases = owner and owner.child_by_field_name("superclasses")
    return bases is not None and any(map(file.names.resolve, bases.named_children))


def _version(file, legacy):
    if file.options.from_keras:
        return file.options.from_keras, "given"
    latest = min((last for last in legacy.values() if last), key=BITS.get, default="1.2.2")
    calls = [call for call in file.layer_calls if call.legacy or call.positional]
    best = _best(fitting.until(latest), [call.releases for call in calls])
    if best == "1.2.2":
        return best, LAST
    only = BITS[best], BITS["1.2.2"]
    misfit = next((c for c in calls if c.releases & only[0] and not c.releases & only[1]), None)
    reason = file.text(misfit.node)[:40].split("\n")[0] if misfit else ""
    named = [name for name, last in legacy.items() if last == latest]
    return best, reason or ", ".join(sorted(named)) or "the arguments"


def _best(allowed, taking):
    """The latest of some releases that take the most of the calls."""
    common = reduce(and_, taking, allowed)
    if common:
        return fitting.latest(common)
    counted = Counter(taking).items()
    latest_first = [version for version in reversed(VERSIONS) if BITS[version] & allowed]
    return max(
        latest_first,
        key=lambda version: sum(calls for bits, calls in counted if bits & BITS[version]),
    )


def report(file):
    """The findings that say what the file was taken for, at its first import of Keras."""
    taken, place = file.guess, _first_import(file)
    if taken.era == "keras1":
        words = (
            f"taken as Keras {taken.version} ({taken.because}), dim_ordering "
            f"'{taken.dim_ordering}' ({taken.ordering.because})"
        )
        return [file.finding(TAKEN_AS, place, words)]
    if taken.era == "mixed":
        return [file.finding(MIXED, place, "arguments of Keras 1 and 2: taken as Keras 2")]
    return []


def _was_converted(file):
    return any(entry.origin.startswith("keras_inits") for entry in file.names.imported)


def _first_import(file):
    return next((e.statement for e in file.names.imported if is_keras(e.origin)), file.root)


def left_alone(file, left):
    """The findings for what is left in a file: one in all where its code is that of Keras 2."""
    if file.guess.era != "keras2" or not left or _was_converted(file):
        return left
    place = _first_import(file)
    if not file.guess.layers:
        words = "no layer is made or defined here, so nothing was changed; --from-keras converts it"
        return [file.finding(NO_LAYERS, place, words), *left]
    lines = sorted({found.line for found in left})
    named = ", ".join(map(str, lines[:LISTED])) + (", ..." if len(lines) > LISTED else "")
    words = (
        f"code of Keras 2, left as it is, with {len(lines)} lines that Keras 3 does not run "
        f"({named}); --from-keras converts it as Keras 1"
    )
    return [file.finding(KEPT, place, words)]


def undecided(file, call):
    """The finding of a layer whose start depends on a version that the file does not tell."""
    words = f"{call.layer} started differently in Keras 1; give --from-keras if this is Keras 1"
    return file.finding(UNDECIDED, call.node, words)
