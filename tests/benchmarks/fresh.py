"""Measurements that need a process of their own: first calls, first draws, peak memory."""

import multiprocessing
import re
from pathlib import Path

from benchmarks.rows import WARM_UPS
from benchmarks.runner import keep_heap, rotated, timed

STATUS = Path("/proc/self/status")
CLEAR_REFS = Path("/proc/self/clear_refs")


def in_fresh_process(function, *arguments):
    """What the function returns in a new interpreter, which then ends."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def first_call(work, side, seed):
    """Seconds of a call in the process it is in; its result is checked afterwards."""
    keep_heap()
    call, kept = work.make(side, seed), []
    seconds = timed(lambda: kept.append(call()))
    work.check(side, kept.pop())
    return seconds


def first_draw_rounds(work, sides, count):
    """Rounds of first draws, each in a process of its own, after one that is discarded."""
    in_fresh_process(first_call, work, sides[0], 0)
    return [
        {
            side: in_fresh_process(first_call, work, side, number + 1)
            for side in rotated(sides, number)
        }
        for number in range(count)
    ]


def first_calls(works, sides, number):
    """Seconds by work and side, each for the first call of its shape, in one warmed process."""
    # Twice, since a second call may still trace or allocate what later ones do not.
    for warm_up in WARM_UPS * 2:
        for side in sides:
            warm_up.make(side, number)()
    return [
        {side: first_call(work, side, number + 1) for side in rotated(sides, number)}
        for work in works
    ]


def first_call_rounds(works, sides, count):
    """For each work its rounds, one from each process."""
    runs = [in_fresh_process(first_calls, works, sides, number) for number in range(count)]
    return [list(rounds) for rounds in zip(*runs, strict=True)]


def peak_above_start(work, side, seed=1):
    """The peak of a draw above the memory held before, in results; something was drawn before.

    TensorFlow's operations on a CPU are done when they return: there is nothing to wait for.
    """
    work.capped(64).prepare(side, seed)()
    draw = work.prepare(side, seed)
    CLEAR_REFS.write_text("5")
    start = kibibytes("VmRSS")
    tensor = draw()
    peak = (kibibytes("VmHWM") - start) * 1024
    if side == "ours" or work.dtype == "float32":
        work.check(side, tensor)
    return peak / (work.size * tensor.dtype.size)


def kibibytes(field):
    """A line of this process' status: VmRSS is the memory held, VmHWM its peak."""
    return int(re.search(rf"{field}:\s*(\d+) kB", STATUS.read_text())[1])


def peaks_can_be_measured():
    """Only Linux tells them."""
    return STATUS.exists() and CLEAR_REFS.exists()
