"""Standard errors and samples that the tests share; every tolerance comes from a sample's size."""

import json
import math
from pathlib import Path

import keras
import numpy as np

GOLDEN = Path(__file__).parent / "golden"

#: How many standard errors a measured moment may be off.
ERRORS = 5


def golden(name):
    return json.loads((GOLDEN / f"{name}.json").read_text())


def has_seed(initializer):
    return "seed" in initializer.get_config()


def reseeded(initializer, seed):
    """The same initializer with another seed; a deterministic one as it is."""
    if not has_seed(initializer):
        return initializer
    return type(initializer).from_config({**initializer.get_config(), "seed": seed})


def to_float64(tensor):
    return np.asarray(keras.ops.convert_to_numpy(keras.ops.cast(tensor, "float64")))


def draws(initializer, shape, count, dtype="float32", seed=1337):
    """`count` independent kernels, stacked in float64."""
    if not has_seed(initializer):
        return to_float64(initializer(shape, dtype=dtype))[None]
    stream = reseeded(initializer, keras.random.SeedGenerator(seed))
    return np.stack([to_float64(stream(shape, dtype=dtype)) for _ in range(count)])


def mean_and_error(values):
    """Mean of independent values and its standard error."""
    spread = values.std(ddof=1) if len(values) > 1 else 0.0
    return values.mean(), spread / math.sqrt(len(values))


def std_error_of_std(std, count, excess_kurtosis):
    """Standard error of a sample's standard deviation."""
    return std * math.sqrt(max(0.0, excess_kurtosis + 2) / (4 * count))


def excess_kurtosis(values):
    deviations = values - values.mean()
    variance = np.mean(deviations**2)
    return np.mean(deviations**4) / variance**2 - 3 if variance > 0 else 0.0


def agree(values, record, count, kurtosis):
    """Means and standard deviations within five standard errors of both samples together."""
    ours = std_error_of_std(values.std(), values.size, excess_kurtosis(values))
    theirs = std_error_of_std(record["std"], count, kurtosis)
    error = np.hypot(values.std() / values.size**0.5, record["std"] / count**0.5)
    rounding = 2e-6 * max(abs(record["mean"]), record["std"])
    assert abs(values.mean() - record["mean"]) <= ERRORS * error + rounding
    assert abs(values.std() - record["std"]) <= ERRORS * np.hypot(ours, theirs) + rounding
