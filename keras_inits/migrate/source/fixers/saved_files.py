"""Names of files that Keras 3 refuses: what ModelCheckpoint and save_weights write."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Edit
from keras_inits.migrate.source.registry import fixer

RENAMED = define(
    "KI551",
    "a file that is written under another name",
    """Keras 3 takes only .weights.h5 for weights and .keras for what ModelCheckpoint saves whole;
    whatever else reads the file needs the new name.""",
)
NOT_FOLLOWED = define(
    "KI552",
    "the name of a file that cannot be read",
    "Keras 3 takes only names that end in .weights.h5 for weights, and .keras for checkpoints.",
    open=True,
)

ENDINGS = (".hdf5", ".h5", ".hdf", ".weights", ".model", ".dat")
WEIGHTS, WHOLE = ".weights.h5", ".keras"
CHECKPOINTS = frozenset(("keras.callbacks.ModelCheckpoint",))
LOADERS = frozenset(("keras.models.load_model",))
#: The release whose ModelCheckpoint saves whole models; until then it saved weights.
WHOLE_SINCE = "1.0.7"


@fixer("KI5")
def saved_files(file):
    """Names of files that Keras 3 refuses.

    before: model.save_weights('net.hdf5', overwrite=True)
            ModelCheckpoint('best.hdf5', save_best_only=True)
    after:  model.save_weights('net.weights.h5', overwrite=True)
            ModelCheckpoint('best.keras', save_best_only=True)
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    written = {}
    for call in file.methods("save_weights"):
        for path in _paths(call):
            yield from _path(file, call, path, WEIGHTS, written)
    for call in file.calls_of(CHECKPOINTS):
        for path in _paths(call):
            yield from _checkpoint(file, call, path, written)
    for call in _readers(file) if written else ():
        for argument in call.arguments[:1]:
            yield from _read(file, argument, written)


def _readers(file):
    return *file.methods("load_weights", "load_model"), *file.calls_of(LOADERS)


def _paths(call):
    """The argument that names the file, if any."""
    given = call.keywords.get("filepath")
    return [given] if given else call.positional[:1]


def _checkpoint(file, call, path, written):
    only = call.keywords.get("save_weights_only")
    early = file.guess.era == "keras1" and not at_least(file.guess.version, WHOLE_SINCE)
    if early and only is None:
        yield call.appended("save_weights_only", "True")
    whole = not early if only is None else file.text(only.value) == "False"
    yield from _path(file, call, path, WHOLE if whole else WEIGHTS, written)


def _path(file, call, path, ending, written):
    """The ending of the name, wherever in the expression it stands."""
    parts = _strings(file, path.value)
    ends = [part for part in parts if _ending(file, part)]
    if any(file.text(part).endswith(ending) for part in parts):
        return
    if not ends:
        yield file.finding(NOT_FOLLOWED, path.value, file.text(path.value)[:60])
        return
    for part in ends:
        old = file.text(part)
        written[old] = ending
        new = old.removesuffix(_ending(file, part)) + ending
        yield _ended(file, part, ending)
        yield file.finding(RENAMED, call.node, f"{old} became {new}")


def _ended(file, part, ending):
    """The edit of the ending alone; what else the name holds may change at the same time."""
    return Edit(part.end_byte - len(_ending(file, part)), part.end_byte, ending)


def _read(file, argument, written):
    """A name that is read is the one that the file writes."""
    for part in _strings(file, argument.value):
        ending = written.get(file.text(part))
        if ending:
            yield _ended(file, part, ending)


def _strings(file, value):
    """The contents of all literals in the expressions that a value may come from."""
    found = []
    for node in file.sources(value) or [value]:
        waiting = [node]
        while waiting:
            one = waiting.pop()
            content = content_of(one)
            if content is not None:
                found.append(content)
            elif one.type == "string":
                found += [part for part in one.named_children if part.type == "string_content"]
            else:
                waiting += one.named_children
    return found


def _ending(file, content):
    text = file.text(content)
    return next((ending for ending in ENDINGS if text.endswith(ending)), None)
