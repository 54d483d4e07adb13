"""Caffe's fillers against the numbers of Caffe's own code."""

import numpy as np
import pytest
from sampling_statistics import (
    ERRORS,
    draws,
    excess_kurtosis,
    golden,
    std_error_of_std,
    to_float64,
)

import keras_inits as ki

CAFFE = golden("caffe_filler_9b8915401")
DRAWS = 30


def keras_shape(blob):
    """The Keras kernel of a blob (out, in, *receptive field)."""
    return tuple(blob) if len(blob) == 1 else (*blob[2:], blob[1], blob[0])


def filler(record):
    return ki.caffe_filler({"type": record["name"], **record["args"]}, **seed_of(record))


def seed_of(record):
    return {} if record["name"] in ("constant", "bilinear") else {"seed": 5}


def label(record):
    return f"{record['name']}-{record.get('args', '')}-{record['shape']}"


@pytest.mark.parametrize("record", CAFFE["records"], ids=label)
def test_moments_are_those_of_caffe(record):
    values = draws(filler(record), keras_shape(record["shape"]), DRAWS)
    kurtosis = record["excess_kurtosis"] or 0.0
    ours = std_error_of_std(values.std(), values.size, excess_kurtosis(values))
    theirs = std_error_of_std(record["std"], record["n"], kurtosis)
    mean_error = np.hypot(values.std() / values.size**0.5, record["std"] / record["n"] ** 0.5)
    rounding = 1e-6 * abs(record["mean"])
    assert abs(values.mean() - record["mean"]) <= ERRORS * mean_error + rounding
    assert abs(values.std() - record["std"]) <= ERRORS * np.hypot(ours, theirs) + rounding


UNIFORM = [record for record in CAFFE["records"] if record["name"] in ("uniform", "xavier")]


@pytest.mark.parametrize("record", UNIFORM, ids=label)
def test_bounds_are_those_of_caffe(record):
    shape = keras_shape(record["shape"])
    low, high = filler(record).law(shape).support
    # The largest of n uniform draws falls short of the bound by range / n on average, and with
    # the same standard deviation.
    shortfall = (1 + ERRORS) * (high - low) / record["n"]
    rounding = 1e-7 * max(abs(low), abs(high))
    assert high - shortfall <= record["max"] <= high + rounding
    assert low - rounding <= record["min"] <= low + shortfall


SQUARE = [record for record in CAFFE["exact"] if record["shape"][2] == record["shape"][3]]


@pytest.mark.parametrize("record", SQUARE, ids=label)
def test_bilinear_filter_is_that_of_caffe(record):
    blob = np.array(record["values"]).reshape(record["shape"])
    ours = to_float64(ki.CaffeBilinear()(keras_shape(record["shape"])))
    # Caffe works in float32: three roundings of half a unit in the last place.
    np.testing.assert_allclose(ours, blob.transpose(2, 3, 1, 0), rtol=0, atol=1.8e-7)


def test_bilinear_refuses_what_caffe_refuses():
    oblong = [r for r in CAFFE["exact"] if r["shape"][2] != r["shape"][3]]
    assert oblong
    for record in oblong:
        with pytest.raises(ValueError, match="square"):
            ki.CaffeBilinear()(keras_shape(record["shape"]))
