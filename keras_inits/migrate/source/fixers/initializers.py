"""Initializers, written and implied, as Keras 3 expressions of the same law."""

from keras_inits.migrate.findings import define, selected
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.signatures import signatures
from keras_inits.migrate.keras1.starts import (
    inner_init_ignored,
)
from keras_inits.migrate.source.callables import Drawn, drawn_by
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.guess import undecided
from keras_inits.migrate.source.handed_on import handed_on
from keras_inits.migrate.source.merge_modes import is_function
from keras_inits.migrate.source.outcomes import NOTHING, changed_at, outcome
from keras_inits.migrate.source.places import places_of
from keras_inits.migrate.source.registry import fixer

NOT_FOLLOWED = define(
    "KI101",
    "an initializer that cannot be followed",
    """The value comes from elsewhere: another file, a computation, a function with a body of its
    own. The argument was renamed and the value left; Keras 3 takes a name, an initializer or a
    function `f(shape, dtype=None)`.""",
    open=True,
)
MADE_EXPLICIT = define(
    "KI104",
    "a default that changed was made explicit",
    "The old layer's default is not Keras 3's, so the argument was added.",
)
INNER_INIT_IGNORED = define(
    "KI105",
    "Keras 1.2 ignored inner_init",
    """In 1.2.0 to 1.2.2, LSTM and GRU drew the recurrent matrices with `init`, unless
    consume_less='gpu'. --bugs keep writes what they drew, --bugs fix what the code says.""",
)
NOT_ADDED = define(
    "KI107",
    "a default that changed may be missing",
    """The call has arguments that cannot be followed (`*args`, `**kwargs`), so a default that
    changed was not added.""",
    open=True,
)

NOT_IN_VERSION = define(
    "KI108",
    "a layer that the version did not have",
    "The version given, or guessed from other lines, had no such layer; the call was left.",
    open=True,
)

#: What Keras 3 has for the bias of the forget gate.
SWITCH = "unit_forget_bias"
UNIT_FORGET_BIAS = {"zero": "False", "one": "True"}


@fixer("KI1")
def initializers(file):
    """Initializers, written and implied.

    before: LSTM(64, init='he_normal')
    after:  LSTM(64, kernel_initializer='keras1_he_normal', recurrent_initializer=...)
    """
    treat = BY_ERA.get(file.guess.era)
    for call in [*file.layer_calls, *file.partials] if treat else ():
        if not table.absent(call.layer, file.options.no_dependency):
            yield from treat(file, call)


def _undecided(file, call):
    if call.layer in table.RECURRENT and not call.modern:
        yield undecided(file, call)


def _renamed(file, call):
    """Names alone: Keras 2 took the old ones, and its laws have kept theirs.

    What cannot be read may be what a run before this one left of Keras 1.
    """
    if not call.modern and not call.readable:
        return
    for argument, became in table.inits(call.layer).items():
        given = call.keywords.get(argument)
        if given and argument != "forget_bias_init":
            yield given.renamed(became[0])
            yield from (call.appended(name, file.text(given.value)) for name in became[1:])


def _converted(file, call):
    if call.signature is None and call.layer in signatures():
        words = f"Keras {file.guess.version} had no {call.layer}; give --from-keras"
        yield file.finding(NOT_IN_VERSION, call.node, words)
        return
    if call.modern or not table.inits(call.layer) or not call.readable:
        return
    for argument, place in places_of(file, call).items():
        became = table.inits(call.layer)[argument]
        if call.keywords.keys().isdisjoint((*became, SWITCH)):
            yield from _weight(file, call, place, became)
    if call.positional and not selected("KI2", file.options.only, file.options.skip):
        yield from _behind(call)
    for one in handed_on(file, call):
        yield from _handed(file, one)


def _weight(file, call, place, became):
    """One initialization of a call."""
    deciding = given = call.bound.get(place.argument)
    if inner_init_ignored(place):
        deciding = call.bound.get("init")
        words = "recurrent matrices were drawn with init, not inner_init"
        yield file.finding(INNER_INIT_IGNORED, call.node, words)
    if place.argument == "forget_bias_init":
        yield from _forget_bias(file, call, given, place)
    elif deciding is None:
        yield from _by_default(file, call, given, place, became)
    elif deciding is given:
        yield from _written(file, call, given, place, became)
    else:
        yield from _decided_by(file, call, given, deciding, place, became)


def _handed(file, call):
    """The initializations among arguments that are handed on to a layer."""
    for argument, place in places_of(file, call).items():
        given = call.bound.get(argument)
        if given and call.layer in table.RECURRENT:
            words = f"{file.text(given.element)[:60]}: handed on to {call.layer}"
            yield file.finding(NOT_FOLLOWED, given.element, words)
        elif given:
            yield from _written(file, call, given, place, table.inits(call.layer)[argument])


def _behind(call):
    """Names for the positional arguments behind an initialization, which has one now."""
    inits, named = table.inits(call.layer), False
    for name, argument in zip(call.signature.names, call.positional, strict=False):
        if named and name not in inits:
            yield argument.renamed(table.keras3_argument(call.layer, name))
        named |= name in inits


def _by_default(file, call, given, place, became):
    """What the old default drew, where it is not Keras 3's default."""
    found, changed = changed_at(place, file.options.no_dependency)
    if found.code:
        yield file.finding(found.code, call.node, found.words)
    if given and found.made:
        yield given.renamed(became[0])
        yield given.valued(found.made.text)
        yield from map(Import, found.made.imports)
    elif changed:
        yield from _added(file, call, changed, found.made.text, found.made.imports)


def _start(file, call, place, drawn):
    """The Start of a weight, None where there is none, after what there is to tell of it."""
    found = outcome(place, drawn, file.options.no_dependency)
    if found.code:
        yield file.finding(found.code, call.node, found.words)
    return found.made


def _added(file, call, names, text, imports):
    said = ", ".join(f"{name}={text}" for name in names)
    if call.splats:
        words = f"add {said} unless the call's other arguments say it"
        yield file.finding(NOT_ADDED, call.node, words)
        return
    yield from (call.appended(name, text) for name in names)
    yield from map(Import, imports)
    yield file.finding(MADE_EXPLICIT, call.node, f"added {said}")


def _written(file, call, given, place, became):
    """What the argument says, wherever in the file it says it."""
    yield given.renamed(became[0])
    texts = set()
    for node, drawn in _draws(file, given):
        found = outcome(place, drawn, file.options.no_dependency) if drawn else NOTHING
        if found.code:
            yield file.finding(found.code, call.node, found.words)
        if not found.made:
            if drawn is None and not _is_keras3(file, node):
                yield file.finding(NOT_FOLLOWED, node, _unfollowed(file, node, became[0], given))
            continue
        texts.add(found.made.text)
        yield replaced(node, _quoted_as(file.text(node), found.made.text))
        yield from map(Import, found.made.imports)
    for name in became[1:]:
        yield call.appended(name, texts.pop() if len(texts) == 1 else file.text(given.value))


def _unfollowed(file, node, argument, given):
    advice = ": Keras 3 calls it as f(shape, dtype=...)" if is_function(file, node) else ""
    return f"{argument}={file.text(given.value)[:60]}{advice}"


def _decided_by(file, call, given, deciding, place, became):
    """What another argument says: `init`, where Keras 1.2 ignored `inner_init`."""
    drawn = {found for _, found in _draws(file, deciding)}
    made = None
    if len(drawn) == 1 and None not in drawn:
        made = yield from _start(file, call, place, drawn.pop())
    text = made.text if made else file.text(deciding.value)
    yield from map(Import, made.imports if made else ())
    if given:
        yield given.renamed(became[0])
        yield given.valued(text)
    else:
        yield call.appended(became[0], text)
    if made is None:
        yield file.finding(NOT_FOLLOWED, deciding.value, f"{became[0]}={text}")


def _forget_bias(file, call, given, place):
    """The bias of the forget gate: a switch in Keras 3, or the biases of all gates."""
    if given is None:
        if call.signature.default(place.argument) is None:
            yield from _added(file, call, [SWITCH], "False", ())
        return
    drawn = {found for _, found in _draws(file, given)}
    found = drawn.pop() if len(drawn) == 1 else None
    if found and found.init in UNIT_FORGET_BIAS:
        yield given.become(given.respelled(SWITCH, UNIT_FORGET_BIAS[found.init]))
        return
    made = found and (yield from _start(file, call, place, found))
    if not made:
        yield given.renamed("bias_initializer")
        yield file.finding(NOT_FOLLOWED, given.value, "the bias of the forget gate alone")
        return
    off = given.respelled(SWITCH, "False")
    yield given.become(f"{given.respelled('bias_initializer', made.text)}, {off}")
    yield from map(Import, made.imports)


def _draws(file, given):
    """Each node that a value may come from, with what it draws; None for what is not followed."""
    nodes = file.sources(given.value)
    return [(node, _drawn(file, node)) for node in ([given.value] if nodes is None else nodes)]


def _drawn(file, node):
    content = content_of(node)
    return drawn_by(file, node) if content is None else Drawn(file.text(content))


def _is_keras3(file, node):
    """Whether it is an initializer of Keras 3 already."""
    function = node.child_by_field_name("function") if node.type == "call" else node
    resolved = file.names.resolve(function) or ""
    return resolved.startswith("keras.initializers") or file.text(function).startswith(
        "keras_inits."
    )


def _quoted_as(old, new):
    """A new string in the old one's quotes; what is no string stays."""
    quote = old[-1:]
    plain = new[:1] == '"' and old.strip("uU")[:1] in "\"'" and not old.endswith(quote * 3)
    return old[: old.index(quote) + 1] + new[1:-1] + quote if plain else new


#: What is done to the calls of a file that was taken for something.
BY_ERA = {"keras1": _converted, "mixed": _renamed, "unknown": _undecided}
