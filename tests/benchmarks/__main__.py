"""`python -m benchmarks`: measures the table and writes docs/benchmarks.md and its plot."""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks import machine, measure, plot, report
from benchmarks.rows import MATMUL_LIMIT, PEAKS, ROWS, capped
from benchmarks.runner import Budget

HERE = Path(__file__).parent
#: Where a run keeps its results and writes its page; a partial one must not stand in for a full.
FULL = HERE / "results.json", HERE.parents[1] / "docs"
PARTIAL = HERE.parents[1] / "build" / "results.json", HERE.parents[1] / "build"

THOROUGH = {"budget": Budget(least=4, most=200, seconds=5.0), "processes": 3}
QUICK = {"budget": Budget(least=2, most=10, seconds=0.2), "processes": 1}
#: Largest size of an axis in a quick run, of draws and of those whose memory is measured.
QUICK_SIZE, QUICK_PEAK_SIZE = 512, 4096


def arguments():
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", default="", metavar="WORDS", help="rows whose title has them")
    parser.add_argument(
        "--again", action="store_true", help="with --only: put the rows into the last full run"
    )
    parser.add_argument("--quick", action="store_true", help="small sizes: to try the program")
    parser.add_argument("--report", action="store_true", help="write again from the last full run")
    return parser.parse_args()


def chosen(table, words, limit):
    """The rows asked for, with their sizes cut down where a limit is given."""
    rows = capped(table, limit) if limit else table
    return [row for row in rows if words in row.title]


def run(options):
    """All results of one run, printed as they come."""
    how = QUICK if options.quick else THOROUGH
    rows = chosen(ROWS, options.only, options.quick and QUICK_SIZE)
    # Each fourth peak is another law in another dtype.
    peaks = PEAKS[::4] if options.quick else PEAKS
    peaks = chosen(peaks, options.only, options.quick and QUICK_PEAK_SIZE)
    matmul = machine.matmul_seconds()
    print(f"A 4096x4096 product takes {matmul:.2f} s; at most {MATMUL_LIMIT} s counts.", flush=True)
    return {
        "machine": machine.describe(),
        "rows": printed(measure.measured_rows(rows, matmul, **how), report.ratios_in_words),
        "peaks": printed(measure.measured_peaks(peaks), report.peaks_in_words),
        "matmul": [matmul, machine.matmul_seconds()],
    }


def merged(known, results):
    """The known results with those of a later run in their places, each row with its product."""
    rows = {part: known.get(part, {}) | results[part] for part in ("rows", "peaks")}
    return results | rows | {"matmul": known.get("matmul", []) + results["matmul"]}


def printed(results, words):
    """The results by title, each told when it is there."""
    kept = {}
    for title, result in results:
        print(f"{title}: {words(result)}", flush=True)
        kept[title] = result
    return kept


def main():
    options = arguments()
    partial = options.quick or (options.only and not options.again)
    path, folder = PARTIAL if partial else FULL
    folder.mkdir(exist_ok=True)
    if not options.report:
        known = json.loads(path.read_text()) if options.again else {}
        path.write_text(json.dumps(merged(known, run(options)), indent=1) + "\n")
    results = json.loads(path.read_text())
    (folder / "benchmarks.md").write_text(report.page(results))
    plot.save(results, folder / "benchmarks.png")
    print(f"Wrote {folder / 'benchmarks.md'} and its plot.")


if __name__ == "__main__":
    main()
