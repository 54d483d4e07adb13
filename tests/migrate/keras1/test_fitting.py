"""Sets of releases: what each argument leaves of them, held against the constructors themselves."""

import pytest

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.keras1 import fitting, table
from keras_inits.migrate.keras1.signatures import SIZES, signatures

LAYERS = sorted(signatures())
COUNTS = range(5)


def releases(bits):
    return {version for version in VERSIONS if bits & fitting.BITS[version]}


def rows(layer):
    found = {version: table.took(layer, version) for version in VERSIONS}
    return {version: row for version, row in found.items() if row}


def test_bits_are_in_the_order_of_the_releases():
    assert releases(fitting.ALL) == set(VERSIONS)
    for place, version in enumerate(VERSIONS):
        assert releases(fitting.until(version)) == set(VERSIONS[: place + 1])
        assert fitting.latest(fitting.until(version)) == version


@pytest.mark.parametrize("layer", LAYERS)
def test_a_release_refuses_the_names_that_its_constructor_lacks(layer):
    for name, bits in fitting.refusing(layer).items():
        refusing = {v for v in rows(layer) if name in table.refused(layer, v)}
        assert releases(bits) == refusing


@pytest.mark.parametrize("layer", LAYERS)
def test_places_are_those_of_the_constructor(layer):
    asking = fitting.asking(layer)
    for version, row in rows(layer).items():
        for count in COUNTS:
            room = count <= len(row.names) or row.names == fitting.ANY
            assert (version in releases(fitting.placing(layer, count))) == room
        for name, asked in zip(row.names, asking, strict=False):
            assert (version in releases(asked[fitting.WORD])) == (name in fitting.WORDS)
            assert (version in releases(asked[fitting.SIZE])) == (name in SIZES)


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_needed_is_lacking_until_it_has_a_place(layer):
    for count in COUNTS:
        lacking = dict(fitting.lacking(layer, count))
        for version, row in rows(layer).items():
            names = {name for name, bits in lacking.items() if version in releases(bits)}
            assert names == row.needed - set(row.names[:count])


def test_a_layer_without_a_row_takes_everything():
    assert fitting.placing("GlobalMaxPooling2D", 3) == fitting.ALL
    assert fitting.asking("GlobalMaxPooling2D") == ()
    assert fitting.refusing("GlobalMaxPooling2D") == {}
