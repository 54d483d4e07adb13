"""The epsilon of optimizers, whose default changed."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.fixers.optimizers import PLACES
from keras_inits.migrate.source.registry import fixer

EPSILON = define(
    "KI606",
    "an optimizer's epsilon that changed",
    """Keras 3 adds 1e-7 to what it divides by, RMSprop and Adagrad below the root; Keras 1 added
    what the message says, outside of it. Gradients as small as that are followed otherwise: give
    epsilon= where it matters.""",
)

#: The epsilon since 1.0.3, and the one that some optimizers had before.
LATER, EARLIER, CHANGED = "1e-8", "1e-6", "1.0.3"
OPTIMIZERS = {
    "RMSprop": EARLIER,
    "Adagrad": EARLIER,
    "Adadelta": EARLIER,
    "Adam": LATER,
    "Adamax": LATER,
    "Nadam": LATER,
}
BY_NAME = {name.lower(): name for name in OPTIMIZERS}


@fixer("KI6")
def epsilons(file):
    """The epsilon of optimizers; nothing changes.

    reported: model.compile("adam", "mse")
    """
    if not file.is_original or file.guess.era != "keras1":
        return
    found = {}
    for name, node in (*_made(file), *_named(file)):
        found.setdefault(name, node)
    if found:
        words = ", ".join(f"{name} {_epsilon(file, name)}" for name in sorted(found))
        first = min(found.values(), key=lambda node: node.start_byte)
        yield file.finding(EPSILON, first, f"epsilon of {words}; 1e-7 in Keras 3")


def _made(file):
    """The optimizers that the file makes without giving an epsilon."""
    for call in file.calls_in("keras.optimizers"):
        name = BY_NAME.get(call.qualified.rpartition(".")[2].lower())
        if name and not (_is_given(call, name) or call.splats):
            yield name, call.node


def _is_given(call, name):
    return "epsilon" in call.keywords or len(call.positional) > PLACES[name].index("epsilon")


def _named(file):
    """Those that models are compiled with by name."""
    for call in file.methods("compile"):
        given = call.keywords.get("optimizer") or next(iter(call.positional), None)
        for node in (file.sources(given.value) if given else None) or ():
            content = content_of(node)
            name = BY_NAME.get(file.text(content).lower()) if content else None
            if name:
                yield name, node


def _epsilon(file, name):
    return LATER if at_least(file.guess.version, CHANGED) else OPTIMIZERS[name]
