"""Optimizers: the learning rate, its decay, and clipping."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.paths import moved
from keras_inits.migrate.source.registry import fixer

DECAY = define(
    "KI601",
    "decay became a schedule",
    """The learning rate is lr / (1 + decay * updates), as before, by
    keras.optimizers.schedules.InverseTimeDecay; a scheduled rate cannot be set any more.""",
)
DECAY_AND_CALLBACK = define(
    "KI602",
    "a decay beside a callback that sets the learning rate",
    """Keras 3 ignores decay=, and a rate that follows a schedule cannot be set by
    LearningRateScheduler or ReduceLROnPlateau. Leave one of the two out.""",
    open=True,
)
DEFAULT = define(
    "KI603",
    "an optimizer's default that changed was made explicit",
    "The old default is not Keras 3's, so the argument was added.",
)
NO_EQUIVALENT = define(
    "KI604",
    "an argument of an optimizer without an equivalent",
    "Keras 3 has no such argument, so it was left as it is.",
    open=True,
)
IGNORED = define(
    "KI605",
    "an argument that an old optimizer ignored was dropped",
    "Until 1.0.2, optimizers took any argument and did nothing with those that they did not know.",
)

#: The first release whose optimizers refused what they did not know.
REFUSED_SINCE = "1.0.3"
#: What every optimizer took, and what it may have become already.
OF_ALL = ("clipnorm", "clipvalue", "name", "global_clipnorm")
#: Arguments in the order of Keras 1.
PLACES = {
    "SGD": ("lr", "momentum", "decay", "nesterov"),
    "RMSprop": ("lr", "rho", "epsilon", "decay"),
    "Adagrad": ("lr", "epsilon", "decay"),
    "Adadelta": ("lr", "rho", "epsilon", "decay"),
    "Adam": ("lr", "beta_1", "beta_2", "epsilon", "decay"),
    "Adamax": ("lr", "beta_1", "beta_2", "epsilon", "decay"),
    "Nadam": ("lr", "beta_1", "beta_2", "epsilon", "schedule_decay"),
}
RATES = {"SGD": "0.01", "RMSprop": "0.001", "Adam": "0.001"}
#: Defaults that Keras 3 has otherwise, under its own names.
DEFAULTS = {
    "Adagrad": {"learning_rate": "0.01", "initial_accumulator_value": "0.0"},
    "Adadelta": {"learning_rate": "1.0"},
    "Adamax": {"learning_rate": "0.002"},
    "Nadam": {"learning_rate": "0.002"},
}
# Keras 1 and 2 clipped the norm of all gradients together, which Keras 3 calls global.
RENAMED = {"lr": "learning_rate", "clipnorm": "global_clipnorm"}
GONE = {
    "kappa": "beta_1 does not decay any more",
    "schedule_decay": "it is always 0.004",
}
IDLE = {"schedule_decay": ("0.004",)}
ZERO = ("0", "0.", "0.0", ".0")
SETTERS = ("LearningRateScheduler", "ReduceLROnPlateau")


@fixer("KI6")
def optimizers(file):
    """The learning rate, its decay, and clipping.

    before: SGD(lr=0.1, decay=1e-6, clipnorm=5)
            model.compile('adadelta', 'mse')
            model.optimizer.lr.set_value(0.01)
    after:  SGD(learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.1, 1, 1e-6),
                global_clipnorm=5)
            model.compile(keras.optimizers.Adadelta(learning_rate=1.0), 'mse')
            model.optimizer.learning_rate.assign(0.01)
    """
    if file.guess.era == "keras2":
        return
    for call in file.calls_in("keras.optimizers"):
        name = _class_of(call.qualified)
        if name in PLACES:
            yield from _optimizer(file, call, name)
    for call, name in _called_after_star(file):
        yield replaced(call.function, f"{file.keras}.optimizers.{name}")
        yield Import("keras")
        yield from _optimizer(file, call, name)
    for call in file.methods("compile") if file.guess.era != "unknown" else ():
        yield from _by_name(file, call)
    yield from _attributes(file)


def _optimizer(file, call, name):
    if "learning_rate" in call.keywords:
        return
    given = {**dict(zip(PLACES[name], call.positional, strict=False)), **call.keywords}
    decay = given.get("decay")
    if decay and file.text(decay.value) not in ZERO:
        if _rate_is_set(file):
            words = f"decay={file.text(decay.value)} and a callback that sets the rate"
            yield file.finding(DECAY_AND_CALLBACK, decay.element, words)
            if decay.name is None:
                yield decay.renamed("decay")
        else:
            yield from _scheduled(file, call, name, given)
    in_order = True
    for key, argument in given.items():
        text = file.text(argument.value)
        if (key == "decay" and text in ZERO) or text in IDLE.get(key, ()):
            yield argument.removed()
            in_order = False
        elif key in GONE:
            yield file.finding(NO_EQUIVALENT, argument.element, f"{key}={text}: {GONE[key]}")
        elif argument.name in RENAMED:
            yield argument.renamed(RENAMED[key])
        elif key not in (*PLACES[name], *OF_ALL) and _ignored(file):
            yield argument.removed()
            yield file.finding(IGNORED, argument.element, f"{name} ignored {key}={text}")
        elif argument.name is None and key != "decay":
            in_order &= key in ("lr", "momentum", "rho", "beta_1", "beta_2")
            if not in_order:
                yield argument.renamed(key)
        elif key == "decay":
            in_order = False
    if file.guess.era in ("keras1", "mixed"):
        yield from _defaults(file, call, name, given)


def _ignored(file):
    return file.guess.era == "keras1" and not at_least(file.guess.version, REFUSED_SINCE)


def _rate_is_set(file):
    by_name = any(file.called(name) or file.methods(name) for name in SETTERS)
    return by_name or any(call.qualified.endswith(SETTERS) for call in file.keras_calls)


def _scheduled(file, call, name, given):
    """The rate as lr / (1 + decay * updates)."""
    rate, decay = given.get("lr"), given["decay"]
    start = file.text(rate.value) if rate else _rate(name)
    schedule = f"{file.keras}.optimizers.schedules.InverseTimeDecay"
    text = f"{schedule}({start}, 1, {file.text(decay.value)})"
    yield decay.removed()
    yield rate.valued(text) if rate else call.appended("learning_rate", text)
    yield Import("keras")
    words = f"the rate falls as {start} / (1 + {file.text(decay.value)} * updates)"
    yield file.finding(DECAY, call.node, words)


def _rate(name):
    return RATES.get(name) or DEFAULTS[name]["learning_rate"]


def _defaults(file, call, name, given):
    wanted = dict(DEFAULTS.get(name, {}))
    decayed = "decay" in given and file.text(given["decay"].value) not in ZERO
    if "lr" in given or decayed:
        wanted.pop("learning_rate", None)
    if not wanted or call.splats:
        return
    for key, text in wanted.items():
        yield call.appended(key, text)
    words = ", ".join(f"{key}={text}" for key, text in wanted.items())
    yield file.finding(DEFAULT, call.node, f"added {words}")


def _by_name(file, call):
    """Optimizers given by name whose defaults changed."""
    argument = call.keywords.get("optimizer") or next(iter(call.positional), None)
    if argument is None or not (
        call.keywords.keys() & {"loss", "optimizer"} or call.positional[1:]
    ):
        return
    for node in file.sources(argument.value) or ():
        content = content_of(node)
        word = file.text(content).lower() if content else None
        name = next((found for found in DEFAULTS if found.lower() == word), None)
        if name:
            given = ", ".join(f"{key}={text}" for key, text in DEFAULTS[name].items())
            yield replaced(node, f"{file.keras}.optimizers.{name}({given})")
            yield Import("keras")
            yield file.finding(DEFAULT, node, f"added {given}")


def _attributes(file):
    """`optimizer.lr`, and Theano's get_value and set_value of it."""
    for node in file.attributes("lr"):
        if not _is_optimizer(file, node.child_by_field_name("object")):
            continue
        yield replaced(node.child_by_field_name("attribute"), "learning_rate")
        outer = node.parent
        if outer.type == "attribute" and outer.parent.type == "call":
            method = outer.child_by_field_name("attribute")
            became = {"get_value": "numpy", "set_value": "assign"}.get(file.text(method))
            if became:
                yield replaced(method, became)


def _is_optimizer(file, node):
    if node.type == "attribute":
        return file.text(node.child_by_field_name("attribute")) == "optimizer"
    found = file.sources(node) or []
    made = [one.child_by_field_name("function") for one in found if one.type == "call"]
    names = [file.names.resolve(function) or "" for function in made]
    return bool(found) and len(names) == len(found) and all(map(_of_keras, names))


def _called_after_star(file):
    """The calls of `adam` and kin that came with `import *`, unless the file gives the name."""
    names = PLACES if "keras.optimizers" in file.names.stars else ()
    short = {name.lower(): name for name in names}
    for name in short.keys() & file.words:
        if not file.bound(name) and name not in file.names.defined:
            yield from ((call, short[name]) for call in file.called(name))


def _class_of(dotted):
    """The class by its name or by its second one in small letters."""
    return (moved(dotted) or dotted).rpartition(".")[2]


def _of_keras(dotted):
    return dotted.startswith("keras.optimizers.") and _class_of(dotted) in PLACES
