"""What is left: arguments that Keras 3's functions, layers and models do not take, or ignore."""

import re
from functools import cache
from itertools import repeat

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.arguments import GONE
from keras_inits.migrate.source.fixers import optimizers, training
from keras_inits.migrate.source.keras3 import PRIVATE, declares, named, places, takes
from keras_inits.migrate.source.models import is_model
from keras_inits.migrate.source.registry import fixer

REFUSED = define(
    "KI952",
    "an argument that Keras 3 refuses",
    "The call fails in Keras 3, and nothing here knows what to write instead.",
    open=True,
)
IGNORED = define(
    "KI953",
    "an argument that Keras 3 takes and ignores",
    "The call goes through, with a warning at most, and does not do what the argument says.",
    open=True,
)

#: What the optimizers of Keras 3 take, warn of and do not do.
DECAY = "decay"
#: What may be the name of an argument in the text of a call, those of calls inside it too.
NAMES = re.compile(rb"[(,]\s*(\w+)\s*=(?!=)")
#: Where a text does not tell: dictionaries that are given, comments, lines that go on.
UNTOLD = (b"**", b"#", b"\\")
#: Arguments of Keras 1's models that the models of Keras 3 do not take.
OLD = (*training.IDLE, *training.SAMPLES, *training.RENAMED)


@fixer("KI9", last=True)
def left_arguments(file):
    """Arguments that Keras 3 refuses or ignores; nothing changes.

    reported: Dense(8, weights=[w, b])
              model.fit(x, y, nb_worker=2)
              Adam(decay=1e-6)
    """
    for call in file.keras_calls:
        made = None if call.qualified.startswith(PRIVATE) else named(call.qualified)
        if callable(made) and not _plainly_taken(file, call, made, places(made)):
            yield from _of_keras(file, call, made)
    for call in file.methods(*training.METHODS):
        method = getattr(named("keras.Model"), training.METHODS[call.method])
        if call.qualified is None and not _plainly_taken(file, call, method, None):
            yield from _of_models(file, call, method)


def _plainly_taken(file, call, made, most):
    """Whether the text alone tells that a call is one of Keras 3: nodes cost more."""
    text = file.data[call.start : call.node.end_byte]
    if most is not None and text.count(b",") >= most:
        return False
    if b"=" not in text:
        return b"**" not in text
    untold = any(sign in text for sign in UNTOLD)
    return not untold and all(map(_takes, repeat(made), NAMES.findall(text)))


@cache
def _takes(made, word):
    return word != DECAY.encode() and takes(made, word.decode())


def _of_keras(file, call, made):
    name = call.qualified.rpartition(".")[2]
    for keyword, argument in call.keywords.items():
        if not takes(made, keyword):
            advice = GONE.get((name, keyword)) or GONE.get(("*", keyword))
            words = f"{name} does not take {keyword}=" + (f": {advice}" if advice else "")
            yield file.finding(REFUSED, argument.element, words)
        elif name in optimizers.PLACES and keyword == DECAY and not declares(made, keyword):
            yield file.finding(IGNORED, argument.element, f"{name} ignores decay=")
    most = places(made)
    if most is not None and len(call.positional) > most and not call.splats:
        words = f"{name} takes {most} arguments by position, not {len(call.positional)}"
        yield file.finding(REFUSED, call.node, words)


def _of_models(file, call, method):
    """Arguments of fit and kin: all that Keras 3 lacks if it is a model, else Keras 1's own."""
    refused = {name: one for name, one in call.keywords.items() if not takes(method, name)}
    if refused and not is_model(file, call.function.child_by_field_name("object")):
        refused = {name: one for name, one in refused.items() if name in OLD}
    for name, argument in refused.items():
        yield file.finding(REFUSED, argument.element, f"{call.method} has no {name}=")
