"""Runs the table: each row in its way, with the time of a matrix product beside it."""

from benchmarks import machine
from benchmarks.fresh import (
    first_call_rounds,
    first_draw_rounds,
    in_fresh_process,
    peak_above_start,
    peaks_can_be_measured,
)
from benchmarks.rows import FIRST, FRESH, SECOND
from benchmarks.runner import alternate, keep_heap, spread, times_as_fast
from benchmarks.sides import installed


def with_installed(row):
    """The row without the sides that are not installed."""
    targets = {side: target for side, target in row.targets.items() if installed(side)}
    return row._replace(targets=targets)


def result(row, rounds, matmul, unit):
    """What the report needs: ratios, and medians in matrix products, but no time by itself."""
    return {
        "law": row.work.law,
        "shape": getattr(row.work, "shape", ()),
        "way": row.way,
        "targets": row.targets,
        "needs_idle_machine": row.needs_idle_machine,
        "matmul": matmul,
        "ratios": {side: times_as_fast(rounds, side) for side in row.targets},
        "matmuls": {
            side: spread(seconds[side] for seconds in rounds).median / unit for side in row.sides
        },
    }


def second_calls(rows, budget):
    """Rounds of every row in this process, and the slower matrix product before and after."""
    matmul = machine.matmul_seconds()
    for row in rows:
        sides = {side: make_with(row.work, side) for side in row.sides}
        rounds = alternate(sides, budget, row.work.check)
        before, matmul = matmul, machine.matmul_seconds() if row.needs_idle_machine else matmul
        yield row, rounds, max(before, matmul)


def make_with(work, side):
    return lambda seed: work.make(side, seed)


def first_calls(rows, processes):
    """The same with all rows in each process, since each has a shape of its own."""
    matmul = machine.matmul_seconds()
    rounds = first_call_rounds([row.work for row in rows], ("ours", "keras"), processes)
    matmul = max(matmul, machine.matmul_seconds())
    for row, of_row in zip(rows, rounds, strict=True):
        yield row, of_row, matmul


def first_draws(rows, processes):
    """The same with every draw in a process of its own."""
    matmul = machine.matmul_seconds()
    for row in rows:
        yield row, first_draw_rounds(row.work, row.sides, processes), matmul


WAYS = {SECOND: second_calls, FIRST: first_calls, FRESH: first_draws}


def measured_rows(rows, unit, budget, processes):
    """Results by title, as they come; times in the matrix product of the run's start.

    One unit for all rows, so that a busy moment in one does not bend the slopes.
    """
    keep_heap()
    for way, measure in WAYS.items():
        of_way = [with_installed(row) for row in rows if row.way == way]
        amount = budget if way == SECOND else processes
        for row, rounds, matmul in measure(of_way, amount) if of_way else ():
            yield row.title, result(row, rounds, matmul, unit)


def measured_peaks(peaks):
    """Peaks by title and side, in results; none where the system does not tell."""
    for peak in peaks if peaks_can_be_measured() else ():
        sides = {side: in_fresh_process(peak_above_start, peak.work, side) for side in peak.sides}
        yield peak.title, {**sides, "limit": peak.limit}
