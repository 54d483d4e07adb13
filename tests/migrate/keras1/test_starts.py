"""Starts: every expression has the old weight's law, on shapes that it was not chosen by."""

import keras
import pytest

import keras_inits as ki
from keras_inits.dialects.keras1.layers import WEIGHTS, weight_of
from keras_inits.dialects.keras1.versions import VERSIONS, default_ordering
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.equality import law_of, same_law
from keras_inits.migrate.keras1.starts import GATES, NAMES, inner_init_ignored, start, where

SIZES = {"i": 12, "o": 10, "h": 2, "w": 5, "l": 7, "x": 3, "y": 4, "z": 2, "p": 13, "f": 6}
SOME_VERSIONS = ("0.1.0", "0.1.2", "0.2.0", "0.3.3", "1.0.3", "1.0.4", "1.1.2", "1.2.0", "1.2.2")


def places():
    for version in SOME_VERSIONS:
        for layer in WEIGHTS:
            for argument in table.inits(layer) if table.keras3_class(layer) else ():
                for ordering in ("th", "tf"):
                    for mode in ("cpu", "gpu") if layer in ("LSTM", "GRU") else ("cpu",):
                        if had(layer, argument, version, ordering):
                            yield where(layer, argument, version, ordering, mode)


def had(layer, argument, version, ordering):
    row = table.took(layer, version)
    try:
        weight_of("test", layer, version, ordering)
    except ValueError:
        return False
    return row is not None and argument in row.names and argument != "forget_bias_init"


PLACES = sorted(set(places()))


def evaluated(text):
    """The initializer that an expression of Keras 3 gives."""
    made = eval(text, {"keras": keras, "keras_inits": ki})
    return ki.get(made)


def matrix(place, init):
    """The shape of one matrix that Keras 1 drew, as Keras 3 keeps it."""
    sizes = dict(SIZES)
    if place.argument == "inner_init" or init == "identity":
        sizes["i"] = sizes["o"]
    letters = weight_of("test", place.layer, place.version, place.dim_ordering).keras3
    return tuple(sizes[letter] for letter in letters) if letters else (12,)


def test_every_layer_with_initializations_has_places():
    kept = {layer for layer in WEIGHTS if table.keras3_class(layer)}
    assert {place.layer for place in PLACES} == kept
    assert len(PLACES) > 200


@pytest.mark.parametrize("no_dependency", [False, True])
@pytest.mark.parametrize("init", NAMES)
def test_every_expression_has_the_law_of_the_old_weight(init, no_dependency):
    compared = 0
    for place in PLACES:
        if init in ("one", "identity") and place.version == "0.1.0":
            continue
        gates = 1 if place.fused else GATES.get(place.layer, 1)
        shape = matrix(place, init)
        fused = (*shape[:-1], shape[-1] * gates)
        old = ki.get(
            f"keras1_{init}",
            layer=place.layer,
            version=place.version,
            dim_ordering=place.dim_ordering,
        )
        made = start(place, init, no_dependency=no_dependency)
        if law_of(old, shape) is None:
            continue
        if made is None:
            assert no_dependency, place
            continue
        new = evaluated(made.text)
        blocks = getattr(new, "blocks", [new])
        pairs = [(shape if len(blocks) > 1 else fused, shape)]
        assert all(same_law(block, old, pairs) for block in blocks), (place, made)
        assert len(blocks) in (1, gates)
        compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    ("layer", "init", "version", "text"),
    [
        ("Dense", "glorot_uniform", "1.2.2", '"glorot_uniform"'),
        ("Dense", "he_normal", "1.2.2", '"keras1_he_normal"'),
        ("Dense", "glorot_uniform", "0.1.1", 'keras_inits.Keras1GlorotUniform(version="0.1.1")'),
        ("LSTM", "glorot_uniform", "1.1.2", 'keras_inits.PerGate("glorot_uniform", gates=4)'),
        ("LSTM", "uniform", "1.1.2", '"uniform"'),
        # Nothing but fan_in is looked at, which the gates share.
        ("GRU", "he_uniform", "1.1.2", '"he_uniform"'),
        ("Deconvolution2D", "glorot_uniform", "1.2.2", '"glorot_uniform"'),
        (
            "Convolution2D",
            "glorot_uniform",
            "1.2.0",
            'keras_inits.Keras1GlorotUniform(version="1.2.0", layer="Convolution2D")',
        ),
        ("Convolution2D", "glorot_uniform", "1.2.1", '"glorot_uniform"'),
    ],
)
def test_the_plainest_expression_of_the_law_is_taken(layer, init, version, text):
    assert start(where(layer, "init", version), init).text == text


def test_what_keras_alone_can_say_is_found_by_its_law():
    place = where("Deconvolution2D", "init", "1.2.2")
    text = start(place, "he_uniform", no_dependency=True).text
    # Keras 3 keeps the outputs of a transposed kernel before its inputs.
    assert text == 'keras.initializers.VarianceScaling(2.0, "fan_out", "uniform")'
    assert start(where("LSTM", "init", "1.1.2"), "glorot_uniform", no_dependency=True) is None


def test_fixed_places_have_the_fans_that_the_name_promises():
    place = where("Convolution1D", "init", "1.2.2", bugs="fix")
    assert start(place, "glorot_uniform").text == '"glorot_uniform"'
    assert not inner_init_ignored(where("LSTM", "inner_init", "1.2.2", bugs="fix"))
    assert inner_init_ignored(where("LSTM", "inner_init", "1.2.2"))
    assert not inner_init_ignored(where("LSTM", "inner_init", "1.1.2"))
    assert not inner_init_ignored(where("LSTM", "inner_init", "1.2.2", consume_less="gpu"))


def test_the_table_knows_every_layer_that_drew_weights():
    for layer, rows in WEIGHTS.items():
        assert layer in table.signatures()
        for row in rows:
            assert table.took(layer, row.first), layer
    assert default_ordering(VERSIONS[-1], "Dense") == "tf"


def test_every_argument_of_a_kept_layer_has_a_name_in_keras_3_or_a_reason():
    from keras_inits.migrate.source.arguments import GONE

    for layer, (rows, _) in table.signatures().items():
        now = table.keras3_defaults(layer)
        for name in {name for row in rows for name in row.names} if now else ():
            gone = (layer, name) in GONE or ("*", name) in GONE or name in table.DROPPED
            base = name in (*table.STILL_TAKEN, "*", "beta")
            assert gone or base or table.keras3_argument(layer, name) in now, (layer, name)
