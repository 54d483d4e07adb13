"""How a weight of a Keras 1 layer starts, as the Keras 3 expression of the same law."""

from functools import cache, partial
from typing import NamedTuple

import keras

from keras_inits.core.registry import find, get
from keras_inits.dialects.keras1.layers import weight_of
from keras_inits.dialects.keras1.versions import at_least, default_ordering
from keras_inits.migrate.keras1.equality import same_law
from keras_inits.schemes.per_gate import PerGate

#: The gates whose matrices Keras 3 keeps side by side.
GATES = {"LSTM": 4, "GRU": 3, "ConvLSTM2D": 4}
#: Those whose matrices Keras 1 kept side by side, too, with consume_less="gpu".
GATED = ("LSTM", "GRU")

#: The functions of keras/initializations.py that Keras 3 has under a name of its own or the same.
BUILTIN = {
    **{name: name for name in ("uniform", "normal", "lecun_uniform", "glorot_uniform")},
    **{name: name for name in ("glorot_normal", "he_uniform", "he_normal", "orthogonal")},
    **{"identity": "identity", "zero": "zero", "one": "one"},
}
NAMES = tuple(BUILTIN)

#: What Keras alone can say of a scale: its class and the arguments.
ALONE = {
    "uniform": ("RandomUniform", lambda scale: {"minval": -scale, "maxval": scale}),
    "normal": ("RandomNormal", lambda scale: {"stddev": scale}),
    "orthogonal": ("Orthogonal", lambda scale: {"gain": scale}),
    "identity": ("Identity", lambda scale: {"gain": scale}),
}
SCALES = {"uniform": 0.05, "normal": 0.05, "orthogonal": 1.1, "identity": 1.0}
VARIANCE_SCALES = {
    "lecun_uniform": (1.0, "uniform"),
    "glorot_uniform": (1.0, "uniform"),
    "he_uniform": (2.0, "uniform"),
    "glorot_normal": (1.0, "untruncated_normal"),
    "he_normal": (2.0, "untruncated_normal"),
}

#: Sizes that tell every axis from every other, and one without a receptive field.
SIZES = (
    {"i": 5, "o": 7, "h": 3, "w": 2, "l": 3, "x": 2, "y": 3, "z": 4, "f": 6, "p": 11},
    {"i": 8, "o": 3, "h": 5, "w": 7, "l": 4, "x": 5, "y": 2, "z": 3, "f": 4, "p": 9},
    {"i": 64, "o": 9, "h": 1, "w": 1, "l": 1, "x": 1, "y": 1, "z": 1, "f": 2, "p": 3},
)


class Where(NamedTuple):
    """Where in Keras 1 a weight was drawn.

    `fused` for the one matrix of consume_less="gpu"; `fixed` for what the name promises, with the
    right fans of the weight, instead of what the layer drew.
    """

    layer: str
    argument: str
    version: str
    dim_ordering: str | None = None
    fused: bool = False
    fixed: bool = False


class Start(NamedTuple):
    """A Keras 3 expression, what makes its value, its imports, the gates it counts separately."""

    text: str
    make: object
    imports: tuple = ()
    gates: int = 1


@cache
def where(layer, argument, version, dim_ordering=None, consume_less="cpu", bugs="keep"):
    """A place in Keras 1, told by the words of its constructor and of the command line."""
    # 1.0.0 to 1.0.2 took consume_less="gpu" and built one matrix for each gate all the same.
    fused = consume_less == "gpu" and at_least(version, "1.0.3") and layer in GATED
    return Where(layer, argument, version, dim_ordering, fused, bugs == "fix")


@cache
def inner_init_ignored(place):
    """Whether the release drew the recurrent matrices with `init` and ignored `inner_init`."""
    bug = at_least(place.version, "1.2.0") and place.layer in GATED
    return bug and place.argument == "inner_init" and not place.fused and not place.fixed


@cache
def start(place, init, scale=None, no_dependency=False):
    """The Keras 3 expression of what Keras 1 drew, or None where there is none.

    Args:
        place: a Where.
        init: a name of keras/initializations.py.
        scale: the function's scale, where it was given one.
        no_dependency: whether to write it with Keras alone.

    Raises:
        ValueError: for an initialization, layer or version that Keras 1 did not have.
    """
    if place.argument == "forget_bias_init":
        return _forget_bias(place, init, scale, no_dependency)
    drawn = _drawn(place, init, scale)
    gates = 1 if place.fused else GATES.get(place.layer, 1)
    whole = _first(
        _candidates(place, init, scale, no_dependency), drawn, _shapes(place, init, gates)
    )
    if whole or gates == 1:
        return whole
    gate = _first(_candidates(place, init, scale, no_dependency), drawn, _shapes(place, init, 1))
    if gate is None or no_dependency:
        return None
    text = f"keras_inits.PerGate({gate.text}, gates={gates})"
    return Start(text, partial(_per_gate, gate.make, gates), ("keras_inits",), gates)


def _per_gate(make, gates):
    return PerGate(make(), gates=gates)


def _forget_bias(place, init, scale, no_dependency):
    """The bias of four gates, i f c o, of which only the second has an initialization."""
    drawn = get(f"keras1_{init}", version=place.version, layer="function", **_scaled(scale))
    shapes = [((n,), (n,)) for n in (5, 8, 64)]
    function = place._replace(layer="function")
    gate = _first(_candidates(function, init, scale, no_dependency), drawn, shapes)
    if gate is None or no_dependency:
        return None
    text = f'keras_inits.PerGate(["zeros", {gate.text}, "zeros", "zeros"])'
    return Start(text, partial(_second_of_four, gate.make), ("keras_inits",), 4)


def _second_of_four(make):
    return PerGate(["zeros", make(), "zeros", "zeros"])


def _scaled(scale):
    return {} if scale is None else {"scale": scale}


def _drawn(place, init, scale):
    """What the old layer drew, one gate's matrix or the whole one."""
    if place.fixed:
        return get(f"keras1_{init}", **_scaled(scale), **_right_axes(place, init))
    return get(
        f"keras1_{init}",
        version=place.version,
        layer=place.layer,
        dim_ordering=place.dim_ordering,
        **_scaled(scale),
    )


def _candidates(place, init, scale, no_dependency):
    """Expressions from the plainest on, each with what makes it; the first that fits is taken."""
    if scale is None:
        yield f'"{BUILTIN[init]}"', partial(get, BUILTIN[init]), ()
    if no_dependency or scale is not None:
        yield from _alone(init, scale)
    if not no_dependency:
        yield from _with_dependency(place, init, scale)


def _with_dependency(place, init, scale):
    name = f"keras1_{init}"
    if scale is None:
        yield f'"{name}"', partial(get, name), ("keras_inits",)
    for words in _words(place, init):
        given = {**_scaled(scale), **words}
        text = f"keras_inits.{find(name).__name__}({_spelled(given)})"
        yield text, partial(get, name, **given), ("keras_inits",)


def _spelled(arguments):
    return ", ".join(f"{name}={_literal(value)}" for name, value in arguments.items())


def _literal(value):
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _right_axes(place, init):
    letters = weight_of("starts", *_row(place)).keras3
    return {"axes": letters} if letters and init in VARIANCE_SCALES else {}


def _words(place, init):
    """Arguments of a keras1 initializer, from few to all."""
    if place.fixed:
        return {}, _right_axes(place, init)
    version = {"version": place.version}
    layer = {**version, "layer": place.layer}
    ordering = place.dim_ordering or default_ordering(place.version, place.layer)
    return ({}, version, layer, {**layer, "dim_ordering": ordering})


def _alone(init, scale):
    if init in ALONE:
        name, arguments = ALONE[init]
        given = arguments(SCALES[init] if scale is None else scale)
        text = f"keras.initializers.{name}({_spelled(given)})"
        yield text, partial(getattr(keras.initializers, name), **given), ("keras",)
    if init in VARIANCE_SCALES:
        yield from _variance_scalings(*VARIANCE_SCALES[init])


def _variance_scalings(scale, distribution):
    # The uniform laws of 0.1.0 and 0.1.1 had a third of the variance.
    for words, number in ((f"{scale}", scale), (f"{scale} / 3", scale / 3)):
        for mode in ("fan_in", "fan_avg", "fan_out"):
            text = f'keras.initializers.VarianceScaling({words}, "{mode}", "{distribution}")'
            make = partial(keras.initializers.VarianceScaling, number, mode, distribution)
            yield text, make, ("keras",)


def _first(candidates, drawn, shapes):
    for text, make, imports in candidates:
        if _fits(make, drawn, shapes):
            return Start(text, make, imports)
    return None


def _fits(make, drawn, shapes):
    try:
        return same_law(make(), drawn, shapes)
    except ValueError:
        return False


def _shapes(place, init, gates):
    """Pairs: the whole weight in Keras 3, and the matrix that Keras 1 drew."""
    return [(_fused(shape, gates), shape) for shape in _matrices(place, init)]


def _fused(shape, gates):
    return (*shape[:-1], shape[-1] * gates)


def _matrices(place, init):
    row = weight_of("starts", *_row(place))
    if not row.keras3:
        return [(5,), (8,), (64,)]
    sizes = [dict(found) for found in SIZES]
    if place.argument == "inner_init" or init == "identity":
        sizes = [{**found, "i": found["o"]} for found in sizes]
    return [tuple(found[letter] for letter in row.keras3) for found in sizes]


def _row(place):
    return (
        place.layer,
        place.version,
        place.dim_ordering or default_ordering(place.version, place.layer),
    )


def starts_alike(place, init, other):
    """Whether an initialization drew the same law in two places, of one layer and argument."""
    here, there = _drawn(place, init, None), _drawn(other, init, None)
    return same_law(here, there, [(shape, shape) for shape in _matrices(place, init)])
