"""The runner's own laws, on a clock that only the calls advance."""

from types import SimpleNamespace

import pytest

from benchmarks import figures, migration, report
from benchmarks.rows import PEAKS, ROWS, SECOND, capped
from benchmarks.runner import Budget, Spread, alternate, rotated, spread, times_as_fast
from benchmarks.works import Draw

COSTS = {"ours": 2.0, "keras": 6.0, "torch": 1.0}


@pytest.fixture
def bench():
    """Sides that cost what the table says, and a list of their calls."""
    state = SimpleNamespace(now=0.0, calls=[], checked=[])

    def maker(name):
        def make(seed):
            def call():
                state.now += COSTS[name]
                state.calls.append((name, seed))

            return call

        return make

    state.sides = {name: maker(name) for name in COSTS}
    state.run = lambda budget: alternate(
        state.sides, budget, lambda name, _: state.checked.append(name), lambda: state.now
    )
    return state


def test_every_round_calls_every_side_once_and_starts_with_another(bench):
    bench.run(Budget(least=4, most=4, seconds=0))
    names = [name for name, _ in bench.calls[3:]]
    firsts = names[::3]
    assert firsts == ["ours", "keras", "torch", "ours"]
    assert all(set(names[start : start + 3]) == set(COSTS) for start in range(0, 12, 3))


def test_a_round_shares_a_seed_that_no_other_has(bench):
    bench.run(Budget(least=4, most=4, seconds=0))
    seeds = [seed for _, seed in bench.calls[3:]]
    rounds = [set(seeds[start : start + 3]) for start in range(0, 12, 3)]
    assert all(len(seeds) == 1 for seeds in rounds)
    assert len(set.union(*rounds)) == 4


def test_the_first_call_of_each_side_is_checked_and_not_timed(bench):
    rounds = bench.run(Budget(least=2, most=2, seconds=0))
    assert bench.checked == list(COSTS)
    assert len(bench.calls) == 3 * (1 + len(rounds))


def test_a_slower_side_has_a_ratio_above_one(bench):
    rounds = bench.run(Budget(least=3, most=3, seconds=0))
    assert times_as_fast(rounds, "keras") == Spread(3.0, 3.0, 3.0, 3)
    assert times_as_fast(rounds, "torch").median == 0.5


def test_making_a_call_ready_is_not_timed(bench):
    make = bench.sides["ours"]

    def slow_to_make(seed):
        bench.now += 100
        return make(seed)

    bench.sides["ours"] = slow_to_make
    assert bench.run(Budget(least=1, most=1, seconds=0)) == [COSTS]


@pytest.mark.parametrize(
    ("budget", "count"),
    [(Budget(2, 9, 0), 2), (Budget(1, 9, 20), 3), (Budget(1, 2, 1000), 2)],
)
def test_a_budget_ends_by_rounds_or_by_timed_seconds(bench, budget, count):
    assert len(bench.run(budget)) == count


def test_the_spread_is_the_median_and_the_quartiles():
    assert spread([5, 1, 3, 2, 4]) == Spread(3, 2, 4, 5)
    assert spread([7]) == Spread(7, 7, 7, 1)


def test_rotating_by_a_whole_turn_changes_nothing():
    assert rotated("abc", 3) == rotated("abc", 0) == ["a", "b", "c"]


def test_titles_are_unique():
    titles = [row.title for row in [*ROWS, *PEAKS]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("law", ["uniform", "normal", "truncated normal", "orthogonal"])
@pytest.mark.parametrize("side", ["ours", "keras"])
def test_each_draw_follows_its_law_on_both_sides(law, side):
    work = Draw(law, (3, 3, 16, 32))
    work.check(side, work.make(side, 1)())


def test_a_wrong_law_is_noticed():
    uniform = Draw("uniform", (64, 64)).make("keras", 1)()
    with pytest.raises(AssertionError, match="fourth moment"):
        Draw("normal", (64, 64)).check("ours", uniform)
    with pytest.raises(AssertionError, match="variance"):
        Draw("truncated normal", (64, 64)).check("ours", uniform)
    with pytest.raises(AssertionError, match="Gram"):
        Draw("orthogonal", (64, 64)).check("ours", uniform)


def result(median, matmul=0.1):
    """A row of orthogonal matrices that must be twice as fast as Keras."""
    return {
        "law": "orthogonal", "shape": [64, 64], "way": SECOND, "targets": {"keras": 2},
        "needs_idle_machine": True, "matmul": matmul, "ratios": {"keras": [median, 1, 3, 5]},
        "matmuls": {"ours": 0.1, "keras": 0.2},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (result(2.0), figures.YES),
        (result(1.9), figures.NO),
        (result(9.0, matmul=0.5), figures.NOT_COUNTED),
    ],
)
def test_a_row_is_reached_by_its_median_on_an_idle_machine(row, said):
    assert figures.verdict(row, "keras") == said


def test_an_exponent_is_the_slope_between_logarithms():
    cubes = [(1024, 1.0), (2048, 8.0), (4096, 64.0)]
    assert figures.exponents(cubes) == pytest.approx({2048: 3, 4096: 3})
    assert figures.fitted_exponent(cubes) == pytest.approx(3)


def test_the_page_shows_an_unreached_row_with_its_note(monkeypatch):
    title = "orthogonal, 64x64, second call"
    monkeypatch.setattr(figures, "NOTES", {(title, "keras"): "Bound by the bus."})
    peaks = {"uniform, float32": {"ours": 1.1, "keras": 3.0, "limit": 1.3}}
    machine = {"cores": 2, "torch": "1"}
    results = {"machine": machine, "matmul": [0.1, 0.2], "rows": {title: result(1.5)}}
    page = report.page({**results, "peaks": peaks})
    assert f"| {title} | Keras | 2.00 | 1.50 | 1.00 to 3.00 | 5 | no (note 1) |" in page
    assert "1. Bound by the bus." in page
    assert "| uniform, float32 | 1.3 | 1.10 | 3.00 | yes |" in page
    assert "left out: jax." in page


def test_a_quick_run_measures_no_row_twice():
    rows = capped(ROWS, 128)
    assert len({row.title for row in rows}) == len(rows) < len(ROWS)


def test_a_conversion_takes_longer_than_a_parse():
    found = migration.measured(Budget(least=2, most=2, seconds=0))
    assert found.count == 2
    assert found.median > 1
