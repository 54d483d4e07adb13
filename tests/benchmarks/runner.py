"""Times several sides alternately, call by call, and compares the times within each round."""

import gc
import itertools
import statistics
import time
from typing import NamedTuple

#: Seeds of all rounds: none is used twice in a process.
SEEDS = itertools.count(1)


class Budget(NamedTuple):
    """How many rounds: at least `least`, then until `seconds` were timed or `most` were run."""

    least: int
    most: int
    seconds: float

    def left(self, rounds):
        spent = sum(sum(seconds.values()) for seconds in rounds)
        return len(rounds) < self.least or (len(rounds) < self.most and spent < self.seconds)


class Spread(NamedTuple):
    """Quartiles of what was measured, and how often it was."""

    median: float
    low: float
    high: float
    count: int


def rotated(names, number):
    """The names in an order that starts with another one in each round."""
    first = number % len(names)
    return [*names[first:], *names[:first]]


def timed(call, clock=time.perf_counter):
    """Seconds of one call, on a heap without garbage; its result is dropped after the clock."""
    gc.collect()
    start = clock()
    result = call()
    seconds = clock() - start
    del result
    return seconds


def one_round(sides, number, clock=time.perf_counter):
    """Seconds of one call of every side, all with the same new seed, made ready beforehand."""
    seed = next(SEEDS)
    order = rotated(list(sides), number)
    return {name: timed(sides[name](seed), clock) for name in order}


def alternate(sides, budget, check, clock=time.perf_counter):
    """Rounds of seconds by side. A first call of each side is checked, not timed."""
    for name, make in sides.items():
        check(name, make(next(SEEDS))())
    rounds = []
    while budget.left(rounds):
        rounds.append(one_round(sides, len(rounds), clock))
    return rounds


def spread(values):
    """Median and quartiles; of a single value, that value."""
    values = list(values)
    low, median, high = (
        statistics.quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    )
    return Spread(median, low, high, len(values))


def times_as_fast(rounds, against, side="ours"):
    """How many times as fast `side` was as `against`: the spread of the rounds' ratios."""
    return spread(seconds[against] / seconds[side] for seconds in rounds)


def keep_heap():
    """Leave what is alive now out of every later garbage collection, which then takes no time."""
    gc.collect()
    gc.freeze()
