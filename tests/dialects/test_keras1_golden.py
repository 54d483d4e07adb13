"""Keras 1's functions and layers against the numbers of the real releases."""

import re

import numpy as np
import pytest
from sampling_statistics import ERRORS, agree, draws, golden

import keras_inits as ki

VERSIONS = ("0.1.0", "0.3.3", "1.0.4", "1.2.2")
DRAWS = 24

RECORDS = [
    (version, record)
    for version in VERSIONS
    for record in golden(f"keras1_{version}_theano")["records"]
]
MEASURED = [(version, record) for version, record in RECORDS if "std" in record]
REFUSED = [(version, record) for version, record in RECORDS if "error" in record]


def label(value):
    return value if isinstance(value, str) else f"{value['name']}-{value['args']}-{value['shape']}"


def function(version, record, **arguments):
    """What the bare function of that version gave."""
    return ki.get(
        f"keras1_{record['name']}",
        version=version,
        layer="function",
        **record["args"],
        **arguments,
    )


@pytest.mark.parametrize(("version", "record"), MEASURED, ids=label)
def test_moments_of_the_functions(version, record):
    values = draws(function(version, record), record["shape"], DRAWS)
    agree(values, record, record["n"], record.get("excess_kurtosis") or 0.0)


SCALED = [
    (version, record)
    for version, record in MEASURED
    if re.match("glorot|he_|lecun", record["name"])
]


@pytest.mark.parametrize(("version", "record"), SCALED, ids=label)
def test_fans_are_exactly_those_of_get_fans(version, record):
    initializer = function(version, record)
    np.testing.assert_allclose(
        initializer.fans(tuple(record["shape"])), record["get_fans"], rtol=1e-12
    )


BOUNDED = [(version, record) for version, record in MEASURED if record["name"].endswith("uniform")]


@pytest.mark.parametrize(("version", "record"), BOUNDED, ids=label)
def test_bounds_of_the_functions(version, record):
    _, limit = function(version, record).law(tuple(record["shape"])).support
    within_reach_of(limit, max(-record["min"], record["max"]), record["n"])


def within_reach_of(limit, largest, count):
    """The largest absolute value of `count` draws of U(-limit, limit) is just below the limit."""
    shortfall = (1 + ERRORS) * limit / count
    assert limit - shortfall <= largest <= limit * (1 + 1e-6)


@pytest.mark.parametrize(("version", "record"), REFUSED, ids=label)
def test_what_the_functions_refused_is_refused(version, record):
    with pytest.raises(ValueError, match="Keras1"):
        function(version, record)(record["shape"])
