"""Initializers, written and implied, as Keras 3 expressions of the same law."""

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.findings import define, selected
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.signatures import signatures
from keras_inits.migrate.keras1.starts import (
    NAMES,
    inner_init_ignored,
    start,
    starts_alike,
)
from keras_inits.migrate.source.callables import Drawn, drawn_by
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.guess import undecided
from keras_inits.migrate.source.merge_modes import is_function
from keras_inits.migrate.source.places import place_of
from keras_inits.migrate.source.registry import fixer

NOT_FOLLOWED = define(
    "KI101",
    "an initializer that cannot be followed",
    """The value comes from elsewhere: another file, a computation, a function with a body of its
    own. The argument was renamed and the value left; Keras 3 takes a name, an initializer or a
    function `f(shape, dtype=None)`.""",
    open=True,
)
NO_SUCH_NAME = define(
    "KI102",
    "an initialization that Keras 1 did not have",
    "Keras 1 would have refused the name. It was left as it is; Keras 3 may know it.",
    open=True,
)
NO_EXPRESSION = define(
    "KI103",
    "a law that Keras 3 cannot express",
    """No initializer gives what the old layer drew, or, with --no-dependency, none of Keras' own
    does. Leave --no-dependency out, or choose one.""",
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
ODD_FANS = define(
    "KI106",
    "the old layer counted other fans",
    """The layer's weights were not what its initialization's name promises, since Keras 1 handed
    it other fans (a dropped dim_ordering, a kernel of another layout). --bugs keep writes what it
    drew, --bugs fix what the name says.""",
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

#: Initializations that were fixed in the layer's code before it took an argument for them.
HARD_CODED = {"gamma_init": "uniform", "beta_init": "zero", "init": "zero"}
UNIT_FORGET_BIAS = {"zero": "False", "one": "True"}
ALIASES = {"zero": "zeros", "one": "ones"}


@fixer("KI1")
def initializers(file):
    """Initializers, written and implied.

    before: LSTM(64, init='he_normal')
    after:  LSTM(64, kernel_initializer='keras1_he_normal', recurrent_initializer=...)
    """
    for call in file.layer_calls:
        if table.absent(call.layer, file.options.no_dependency):
            continue
        if file.guess.era == "mixed":
            yield from _renamed(call)
        elif file.guess.era == "unknown" and call.layer in table.RECURRENT and not call.modern:
            yield undecided(file, call)
        elif file.guess.era == "keras1":
            yield from _converted(file, call)


def _renamed(call):
    """Names alone: Keras 2 took the old ones, and its laws have kept theirs."""
    for argument, became in table.inits(call.layer).items():
        given = call.keywords.get(argument)
        if given and argument != "forget_bias_init":
            yield given.renamed(became[0])
            yield from (call.appended(name, call.file.text(given.value)) for name in became[1:])


def _converted(file, call):
    if call.signature is None and call.layer in signatures():
        words = f"Keras {file.guess.version} had no {call.layer}; give --from-keras"
        yield file.finding(NOT_IN_VERSION, call.node, words)
        return
    if call.signature and not call.modern and not call.readable:
        return
    for argument, became in table.inits(call.layer).items():
        if {*became, "unit_forget_bias"} & set(call.keywords) or call.modern:
            continue
        place = place_of(file, call, argument)
        given = call.bound.get(argument)
        deciding = call.bound.get("init") if inner_init_ignored(place) else given
        if inner_init_ignored(place):
            words = "recurrent matrices were drawn with init, not inner_init"
            yield file.finding(INNER_INIT_IGNORED, call.node, words)
        if argument == "forget_bias_init":
            yield from _forget_bias(file, call, given, place)
        elif deciding is None:
            yield from _by_default(file, call, given, place, became)
        elif deciding is given:
            yield from _written(file, call, given, place, became)
        else:
            yield from _decided_by(file, call, given, deciding, place, became)
    if not selected("KI2", file.options.only, file.options.skip):
        yield from _behind(call)


def _behind(call):
    """Names for the positional arguments behind an initialization, which has one now."""
    inits, named = table.inits(call.layer), False
    names = call.signature.names if call.signature and not call.modern else ()
    for name, argument in zip(names, call.positional, strict=False):
        if named and name not in inits:
            yield argument.renamed(table.keras3_argument(call.layer, name))
        named |= name in inits


def _by_default(file, call, given, place, became):
    """What the old default drew, where it is not Keras 3's default."""
    made = yield from _start(file, call, place, Drawn(_default(call, place)))
    if made is None:
        return
    if given:
        yield given.renamed(became[0])
        yield given.valued(made.text)
        yield from map(Import, made.imports)
        return
    changed = [name for name in became if not _is_default(call, place, name, made.text)]
    if not changed:
        return
    yield from _added(file, call, changed, made.text, made.imports)


def _added(file, call, names, text, imports):
    said = ", ".join(f"{name}={text}" for name in names)
    if call.splats:
        words = f"add {said} unless the call's other arguments say it"
        yield file.finding(NOT_ADDED, call.node, words)
        return
    yield from (call.appended(name, text) for name in names)
    yield from map(Import, imports)
    yield file.finding(MADE_EXPLICIT, call.node, f"added {said}")


def _default(call, place):
    argument = "init" if inner_init_ignored(place) else place.argument
    return call.signature.default(argument) or HARD_CODED[argument]


def _is_default(call, place, name, text):
    default = table.keras3_defaults(call.layer)[name]
    if default is None:
        return _is_latest(call, place)
    word = text.strip('"').lower()
    return default.lower() == ALIASES.get(word, word)


def _is_latest(call, place):
    """Whether a layer of this package starts so by itself: as in the last release of Keras 1."""
    latest = place._replace(version=VERSIONS[-1], fixed=False)
    init = _default(call, place)
    last = table.took(call.layer, latest.version).default(place.argument)
    return init == last and starts_alike(place, init, latest)


def _written(file, call, given, place, became):
    """What the argument says, wherever in the file it says it."""
    yield given.renamed(became[0])
    texts = set()
    for node, drawn in _draws(file, given):
        made = drawn and (yield from _start(file, call, place, drawn))
        if not made:
            if drawn is None and not _is_keras3(file, node):
                yield file.finding(NOT_FOLLOWED, node, _unfollowed(file, node, became[0], given))
            continue
        texts.add(made.text)
        yield replaced(node, _quoted_as(file.text(node), made.text))
        yield from map(Import, made.imports)
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
            yield from _added(file, call, ["unit_forget_bias"], "False", ())
        return
    drawn = {found for _, found in _draws(file, given)}
    found = drawn.pop() if len(drawn) == 1 else None
    if found and found.init in UNIT_FORGET_BIAS:
        yield given.become(given.respelled("unit_forget_bias", UNIT_FORGET_BIAS[found.init]))
        return
    made = found and (yield from _start(file, call, place, found))
    if not made:
        yield given.renamed("bias_initializer")
        yield file.finding(NOT_FOLLOWED, given.value, "the bias of the forget gate alone")
        return
    off = given.respelled("unit_forget_bias", "False")
    yield given.become(f"{given.respelled('bias_initializer', made.text)}, {off}")
    yield from map(Import, made.imports)


def _draws(file, given):
    """Each node that a value may come from, with what it draws; None for what is not followed."""
    nodes = file.sources(given.value)
    for node in [given.value] if nodes is None else nodes:
        content = content_of(node)
        yield node, Drawn(file.text(content)) if content else drawn_by(file, node)


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


def _start(file, call, place, drawn):
    """The Start of a weight; None with a finding where there is none."""
    if drawn.init not in NAMES:
        if drawn.init not in ALREADY:
            words = f"Keras 1 had no initialization {drawn.init!r}"
            yield file.finding(NO_SUCH_NAME, call.node, words)
        return None
    try:
        made = start(place, *drawn, no_dependency=file.options.no_dependency)
    except ValueError as error:
        yield file.finding(NO_SUCH_NAME, call.node, str(error))
        return None
    if made is None:
        words = f"{place.argument} of {call.layer}: {drawn.init} of Keras {place.version}"
        yield file.finding(NO_EXPRESSION, call.node, words)
        return None
    promised = start(place._replace(fixed=True), *drawn)
    odd = promised is None or made.text != promised.text
    if odd and not place.fixed and not file.options.no_dependency:
        words = f"{drawn.init} of {call.layer} had other fans in Keras {place.version}"
        yield file.finding(ODD_FANS, call.node, words)
    return made


#: Names of this package that a second run meets.
ALREADY = frozenset(f"keras1_{name}" for name in NAMES)
