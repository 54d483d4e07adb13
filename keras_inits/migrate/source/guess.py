"""What a file was written for: Keras version, dim ordering, and whether it is Keras 1 at all."""

from typing import NamedTuple

from keras_inits.dialects.keras1.versions import VERSIONS, at_least
from keras_inits.migrate.findings import MIXED, TAKEN_AS, UNDECIDED
from keras_inits.migrate.keras1 import table
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
    **{"keras.legacy.models": "1.1.1", "keras.datasets.data_utils": "0.1.3"},
}
#: Arguments of any call that only Keras 0.x and 1.x took, with the last version that did.
OLD_ARGUMENTS = {
    **{"nb_epoch": "1.2.2", "samples_per_epoch": "1.2.2", "nb_val_samples": "1.2.2"},
    **{"nb_worker": "1.2.2", "show_accuracy": "0.3.3", "class_mode": None},
}
#: Modules that only Keras 2 and 3 have, and names in others.
LATER_MODULES = ("keras.initializers", "keras.layers.merge", "keras.ops", "keras.saving")
LATER_NAMES = (
    *("keras.initializers", "keras.ops", "keras.saving", "keras.Input", "keras.layers.Concatenate"),
    *("keras.layers.concatenate", "keras.layers.add", "keras.layers.Add", "keras.layers.Multiply"),
    *("keras.layers.CuDNNLSTM", "keras.layers.CuDNNGRU"),
)
LATER_ARGUMENTS = frozenset(("epochs", "steps_per_epoch"))


class Guess(NamedTuple):
    """What the file was taken for.

    `era` is "keras1", "keras2" (2 or 3), "mixed" for old arguments given to Keras 2, or "unknown".
    `ordering` tells of the dim ordering, whose word is `dim_ordering`.
    """

    version: str
    era: str
    because: str
    ordering: Ordering

    @property
    def dim_ordering(self):
        """The word, "th" or "tf"."""
        return self.ordering.word


def guess(file):
    """The Guess for a file."""
    legacy, later = _evidence(file)
    era = _era(file.options, legacy, later)
    version, because = _version(file, legacy)
    return Guess(version, era, because, ordering(file, version, era == "keras1"))


def _era(options, legacy, later):
    if options.from_keras is not None:
        return "keras1" if legacy or not later else "keras2"
    if legacy:
        return "mixed" if later else "keras1"
    return "keras2" if later else "unknown"


def _evidence(file):
    """What speaks for Keras 1, with the last version that had it, and whether for a later one."""
    legacy, later = {}, False
    for call in file.layer_calls:
        if call.legacy or call.layer in table.ABSENT:
            legacy[call.layer] = None
        later |= call.modern
    for entry in file.names.imported:
        for origin in (entry.origin, entry.origin.rpartition(".")[0]):
            if origin in ONLY_KERAS1:
                legacy[origin] = ONLY_KERAS1[origin]
        later |= entry.origin.startswith(("tensorflow.keras", "tensorflow.python.keras"))
        later |= entry.origin in LATER_NAMES or entry.origin.rpartition(".")[0] in LATER_MODULES
        later |= entry.origin.partition(".")[0] == "keras_inits"
    legacy |= {name: last for name, last in OLD_ARGUMENTS.items() if _is_given(file, name)}
    return legacy, later or any(_is_given(file, name) for name in LATER_ARGUMENTS)


def _is_given(file, name):
    """Whether any call of the file gives an argument of a name."""
    return any(
        node.parent.type == "keyword_argument" and node.parent.start_byte == node.start_byte
        for node in file.uses(name)
    )


def _version(file, legacy):
    if file.options.from_keras:
        return file.options.from_keras, "given"
    latest = min((last for last in legacy.values() if last), key=VERSIONS.index, default="1.2.2")
    calls = [call for call in file.layer_calls if call.legacy or call.positional]
    allowed = [version for version in VERSIONS if at_least(latest, version)]
    best = _best(allowed, calls)
    if best == "1.2.2":
        return best, "the last one, nothing speaks for an earlier one"
    misfit = next((c for c in calls if c.fits(best) and not c.fits("1.2.2")), None)
    reason = file.text(misfit.node)[:40].split("\n")[0] if misfit else ""
    named = [name for name, last in legacy.items() if last == latest]
    return best, reason or ", ".join(sorted(named)) or "the arguments"


def _best(versions, calls):
    """The latest of the versions whose constructors take the most of the calls."""
    if all(call.fits(versions[-1]) for call in calls):
        return versions[-1]
    return max(reversed(versions), key=lambda version: sum(call.fits(version) for call in calls))


def report(file):
    """The findings that say what the file was taken for, at its first import of Keras."""
    taken = file.guess
    place = next((e.statement for e in file.names.imported if is_keras(e.origin)), file.root)
    if taken.era == "keras1":
        words = (
            f"taken as Keras {taken.version} ({taken.because}), dim_ordering "
            f"'{taken.dim_ordering}' ({taken.ordering.because})"
        )
        return [file.finding(TAKEN_AS, place, words)]
    if taken.era == "mixed":
        return [file.finding(MIXED, place, "arguments of Keras 1 and 2: taken as Keras 2")]
    return []


def undecided(file, call):
    """The finding of a layer whose start depends on a version that the file does not tell."""
    words = f"{call.layer} started differently in Keras 1; give --from-keras if this is Keras 1"
    return file.finding(UNDECIDED, call.node, words)
