"""The modes of BatchNormalization that Keras 3 lacks, as layers of this package."""

from typing import NamedTuple

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.edits import Import, replaced


class Mode(NamedTuple):
    """A mode of BatchNormalization: its class here, and the arguments that say nothing in it."""

    name: str | None
    without: frozenset


PLAIN_MODE = Mode(None, frozenset())
MODES = {
    "1": Mode("BatchNormalizationMode1", frozenset(["mode", "momentum", "axis"])),
    "2": Mode("BatchNormalizationMode2", frozenset(["mode", "momentum"])),
}
#: The arguments of layers that say nothing in some mode.
WITHOUT = {"BatchNormalization": frozenset().union(*(mode.without for mode in MODES.values()))}
#: The release whose formula of both modes is the last one's.
MODES_SINCE = "1.0.6"


def mode_of(call):
    """The Mode of a BatchNormalization whose statistics are not Keras 3's, else PLAIN_MODE."""
    argument = call.bound.get("mode") if call.layer == "BatchNormalization" else None
    if argument is None or call.file.options.no_dependency:
        return PLAIN_MODE
    return MODES.get(call.file.text(argument.value), PLAIN_MODE)


def own_class(file, call):
    """The class of this package that a mode of BatchNormalization became."""
    name = mode_of(call).name
    if name is None:
        return
    yield replaced(call.function, f"{table.OURS}.{name}")
    yield Import(table.OURS)
    if not at_least(file.guess.version, MODES_SINCE):
        yield call.appended("version", f'"{file.guess.version}"')
