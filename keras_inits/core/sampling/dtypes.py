"""Floating dtypes: which to draw in, and the last value of each inside a bound."""

import functools

import ml_dtypes
import numpy as np

HALF_DTYPES = ("bfloat16", "float16")


def draw_dtype(dtype):
    """The dtype to draw in: bfloat16 uniforms drawn natively have 128 values and a biased mean."""
    return "float64" if dtype == "float64" else "float32"


@functools.lru_cache(maxsize=1024)
def last_inside(low, high, dtype):
    """The outermost values of `dtype` that lie in [low, high], as Python floats."""
    return -_last_below(-low, dtype), _last_below(high, dtype)


def _last_below(bound, dtype):
    kind = np.dtype(getattr(ml_dtypes, dtype, dtype))
    value = np.array(bound, kind)
    if float(value) > bound:
        value = np.nextafter(value, np.array(-np.inf, kind))
    return float(value)
