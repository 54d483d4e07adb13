"""Writes the page of a run: what was reached, time against size, peak memory."""

from benchmarks import figures
from benchmarks.rows import MATMUL_LIMIT, SWEEPS
from benchmarks.runner import Spread
from benchmarks.sides import PACKAGES

NAMES = {"ours": "ours", "keras": "Keras", "torch": "torch", "jax": "jax"}

PAGE = """\
# Benchmarks

Written by `make bench`; the notes come from `tests/benchmarks/notes.py`. Only ratios within one
run are given: a time by itself means nothing on a shared machine.

{machine}

Ours and the others are called alternately in one process, every call with a new seed and a new
initializer, and timed until the tensor is there. Garbage is collected before each call. One call
of each is not timed but held to its law. A ratio is the other's time over ours in the same round:
above 1, ours is faster. jax is compiled and warm. For a "first call", each round is a fresh process
warmed by other shapes; for a "first draw", each figure is the first operation of a fresh process.

A product of two 4096x4096 float32 matrices took {matmul} s. Orthogonal rows count only
where it takes at most {matmul_limit} s, both before and after the row.
Single rows may have been measured again by themselves (`--only WORDS --again`).
{missing}
## What it must reach

{aims}

{notes}## Time against size

![Time against size, in matrix products](benchmarks.png)

How many times as fast ours is, and the exponent of the time in the number of rows n, from one
size to the next. An orthogonal matrix is n^3 in arithmetic, one of independent entries n^2. A star
marks orthogonal sizes that do not count, since the matrix product was slow.

{sweeps}

## Peak memory

The peak of one draw of 16384x16384 above the memory held before it, over the size of the result,
in a fresh process that had drawn something small.

{peaks}
"""


def page(results):
    """The whole page."""
    notes = figures.notes(results)
    return PAGE.format(
        machine=table(["", ""], results["machine"].items()),
        matmul=f"{min(results['matmul']):.2f} to {max(results['matmul']):.2f}",
        matmul_limit=MATMUL_LIMIT,
        missing=missing(results["machine"]),
        aims=aims_table(results["rows"], list(notes)),
        notes=numbered(notes.values()),
        sweeps="\n\n".join(sweep_section(results["rows"], law) for law in SWEEPS),
        peaks=peak_table(results["peaks"], list(notes)),
    )


def table(header, rows):
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def missing(machine):
    """A sentence on the sides that were left out."""
    absent = [NAMES[side] for side, package in PACKAGES.items() if package not in machine]
    return f"\nNot installed, and left out: {', '.join(absent)}.\n" if absent else ""


def numbered(texts):
    """A list, and the empty line after it."""
    return "".join(f"{place}. {text}\n" for place, text in enumerate(texts, 1)) + "\n" * bool(texts)


def aims_table(rows, noted):
    """Every figure that has a target."""
    header = ["work", "against", "at least", "times as fast", "quartiles", "rounds", "reached"]
    return table(header, (aim_cells(*aim, noted) for aim in figures.aims(rows)))


def aim_cells(title, side, target, ratio, said, noted):
    return (
        title,
        NAMES[side],
        number(target),
        number(ratio.median),
        f"{number(ratio.low)} to {number(ratio.high)}",
        ratio.count,
        with_note(said, (title, side), noted),
    )


def with_note(said, key, noted):
    """The verdict, with the number of the note that explains it."""
    return f"{said} (note {noted.index(key) + 1})" if key in noted else said


def number(value):
    """Two decimals below ten, then one: 0.95, 12.3."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def sweep_section(rows, law):
    """A law's ratios and exponents by size, and the exponents over the large sizes."""
    squares = figures.sweep(rows, law)
    sides = [side for side in NAMES if any(side in row["matmuls"] for row in squares.values())]
    parts = [
        f"### {law.capitalize()}",
        sweep_table(squares, sides),
        slopes_in_words(squares, sides),
    ]
    return "\n\n".join(filter(None, parts))


def sweep_table(squares, sides):
    others = [side for side in sides if side != "ours"]
    slopes = {side: figures.exponents(figures.times(squares, side)) for side in sides}
    header = ["n", "bytes", *(f"vs {NAMES[side]}" for side in others)]
    header += [f"exponent, {NAMES[side]}" for side in sides]
    return table(header, (sweep_cells(n, squares[n], others, slopes) for n in squares))


def sweep_cells(size, row, others, slopes):
    ratios = [row["ratios"].get(side) for side in others]
    return (
        f"{size}" if figures.counts(row) else f"{size} *",
        bytes_in_words(4 * size**2),
        *(number(Spread(*ratio).median) if ratio else "" for ratio in ratios),
        *(f"{slopes[side][size]:.2f}" if size in slopes[side] else "" for side in slopes),
    )


def bytes_in_words(count):
    """4096 as 4 KiB."""
    step = (count.bit_length() - 1) // 10
    return f"{count >> 10 * step} {['B', 'KiB', 'MiB', 'GiB'][step]}"


def slopes_in_words(squares, sides):
    """The exponent of each side over the large sizes."""
    fitted = {side: figures.fitted_exponent(figures.times(squares, side)) for side in sides}
    words = [f"{NAMES[side]} {slope:.2f}" for side, slope in fitted.items() if slope]
    return f"Exponent from n = {figures.SLOPE_FROM}: {', '.join(words)}." if words else ""


def peak_table(peaks, noted):
    """Peaks in results, with their limits."""
    header = ["law and dtype", "at most", "ours", "Keras", "reached"]
    if not peaks:
        return "Not measured in this run. Only Linux tells the peak of a process."
    return table(header, (peak_cells(title, peak, noted) for title, peak in peaks.items()))


def peak_cells(title, peak, noted):
    said = with_note(figures.peak_verdict(peak), (title, ""), noted)
    keras = number(peak["keras"]) if "keras" in peak else ""
    return title, peak["limit"], number(peak["ours"]), keras, said


def ratios_in_words(row):
    """A row as it is told while measuring."""
    words = [
        f"{number(ratio[0])} ({number(ratio[1])} to {number(ratio[2])}) vs {NAMES[side]}"
        for side, ratio in row["ratios"].items()
    ]
    return f"{', '.join(words) or 'measured'}; product {row['matmul']:.2f} s"


def peaks_in_words(peak):
    """A peak as it is told while measuring."""
    words = [f"{number(peak[side])} {NAMES[side]}" for side in NAMES if side in peak]
    return f"{', '.join(words)}; at most {peak['limit']}"
