"""What a run's results say: rows reached or not, sweeps over sizes, exponents."""

import itertools
import math

import numpy as np

from benchmarks.notes import NOTES
from benchmarks.rows import MATMUL_LIMIT, SECOND
from benchmarks.runner import Spread

#: From this many rows on, arithmetic and memory rather than the call itself set the time.
SLOPE_FROM = 1024

YES, NO, NOT_COUNTED = "yes", "no", "not counted"


def aims(rows):
    """(title, side, target, spread of the ratio, verdict) of every figure that has a target."""
    return [
        (title, side, target, Spread(*row["ratios"][side]), verdict(row, side))
        for title, row in rows.items()
        for side, target in row["targets"].items()
        if target is not None
    ]


def counts(row):
    """Whether the machine was idle enough for the row."""
    return not row["needs_idle_machine"] or row["matmul"] <= MATMUL_LIMIT


def verdict(row, side):
    """Whether the median reaches the target, where the row counts."""
    if not counts(row):
        return NOT_COUNTED
    return YES if Spread(*row["ratios"][side]).median >= row["targets"][side] else NO


def peak_verdict(peak):
    return YES if peak["ours"] <= peak["limit"] else NO


def notes(results):
    """The notes of what was not reached, by (title, side), in the order of the page."""
    keys = [(title, side) for title, side, _, _, said in aims(results["rows"]) if said == NO]
    keys += [(title, "") for title, peak in results["peaks"].items() if peak_verdict(peak) == NO]
    return {key: NOTES[key] for key in keys if key in NOTES}


def sweep(rows, law):
    """Results of the square matrices of a law, by their number of rows, in rising order."""
    squares = {
        row["shape"][0]: row
        for row in rows.values()
        if row["law"] == law and row["way"] == SECOND and len(row["shape"]) == 2
        if row["shape"][0] == row["shape"][1]
    }
    return dict(sorted(squares.items()))


def times(squares, side):
    """(rows, time in matrix products) wherever the side was measured."""
    return [(size, row["matmuls"][side]) for size, row in squares.items() if side in row["matmuls"]]


def exponents(points):
    """By size, the exponent with which the time grew from the size before."""
    return {
        size: math.log(time / before) / math.log(size / smaller)
        for (smaller, before), (size, time) in itertools.pairwise(points)
    }


def fitted_exponent(points):
    """The slope of log(time) in log(rows) over the large sizes; None without two of them."""
    large = [point for point in points if point[0] >= SLOPE_FROM]
    if len(large) < 2:
        return None
    sizes, seconds = np.log(np.transpose(large))
    return float(np.polyfit(sizes, seconds, 1)[0])
