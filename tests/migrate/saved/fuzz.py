"""Mutated model files, and what must hold of each; `python fuzz.py 5000` tries that many.

A case is a real file of Keras 0.3.3 to 1.2.2 with bytes flipped, cut off or put elsewhere, or
whose architecture has values of another type or size, keys missing, parts twice. Each is refused
with a MigrationError or converted and written, within five seconds and without another file.
"""

import collections
import copy
import faulthandler
import functools
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import h5py
import yaml
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

DATA = Path(__file__).parent / "data"
MODELS = {entry["name"]: entry for entry in json.loads((DATA / "MANIFEST.json").read_text())}
# Seconds. A busy machine may need more of the clock on the wall than of computing.
MAX_SECONDS, MAX_WAITING = 5, 60
# Cases for one process of a campaign, which ends if one of them kills it.
BATCH = 250

STRANGE_NUMBERS = (0, -1, 1, 3, 255, 2**16, 2**31 - 1, 2**31, 2**63, -(2**31), 10**30)
STRANGE_VALUES = (
    *(None, True, "", "x", "relu", "\u0000", "../../x", "<lambda>", [], {}, [[]], [None], 1.5),
    *(1e308, -0.0, float("nan"), [0, 0], {"class_name": "Dense"}, {"name": "l2"}, "a" * 10**5),
    *STRANGE_NUMBERS,
)
WORDS = tuple(number % 2**64 for number in STRANGE_NUMBERS)


class Case(NamedTuple):
    """A mutated model file and, if it is an architecture alone, the file of its weights."""

    model: str
    kind: str
    suffix: str
    file: bytes
    weights: bytes | None = None


def _bytes(name):
    return (DATA / name).read_bytes()


@st.composite
def mutated_bytes(draw, data):
    """Bytes, changed in one to three ways."""
    for _ in range(draw(st.integers(1, 3))):
        change = draw(st.sampled_from((_flip, _flip, _flip, _number, _clear, _cut, _splice)))
        start = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 64))
        data = change(data, start, length, draw)
    return data


def _flip(data, start, length, draw):
    found = bytearray(data)
    for _ in range(-(-length // 8)):
        if found:
            position = draw(st.integers(0, len(found) - 1))
            found[position] ^= 1 << draw(st.integers(0, 7))
    return bytes(found)


def _cut(data, start, length, draw):
    return data[:start]


def _splice(data, start, length, draw):
    there = draw(st.integers(0, max(0, len(data) - 1)))
    return data[:there] + data[start : start + 8 * length] + data[there:]


def _clear(data, start, length, draw):
    return data[:start] + bytes(min(8 * length, len(data) - start)) + data[start + 8 * length :]


def _number(data, start, length, draw):
    word = draw(st.sampled_from(WORDS)).to_bytes(8, "little")
    return data[:start] + word + data[start + 8 :]


@st.composite
def mutated_tree(draw, tree):
    """An architecture, changed in one to three places."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(tree))
        if places:
            _change(draw, tree, draw(st.sampled_from(places)), places)
    return tree


def _places(tree):
    """Every container with a key or index of it."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def _change(draw, tree, place, places):
    holder, key = place
    how = draw(st.sampled_from(("value", "value", "delete", "other", "twice", "rename", "wrap")))
    if how == "delete":
        del holder[key]
    elif how == "other":
        other, name = draw(st.sampled_from(places))
        holder[key] = copy.deepcopy(other[name])
    elif how == "twice" and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif how == "rename" and isinstance(holder, dict):
        holder[draw(st.sampled_from(("name", "config", "layers", "class_name", "x")))] = holder[key]
    elif how == "wrap":
        holder[key] = {"class_name": "TimeDistributed", "config": {"layer": holder[key]}}
    else:
        # A copy: the next change may be within it.
        holder[key] = copy.deepcopy(draw(st.sampled_from(STRANGE_VALUES)))


@st.composite
def cases(draw):
    """A Case."""
    name = draw(st.sampled_from(sorted(MODELS)))
    kind = draw(st.sampled_from(("bytes of h5", "bytes of weights", "bytes of json", *TREES)))
    model = MODELS[name]
    if f"{name}.h5" not in model["files"] and kind in ("bytes of h5", "tree in h5"):
        kind = "tree"
    text, weights = _bytes(f"{name}.json"), _bytes(f"{name}_weights.h5")
    if kind in TREES:
        return TREES[kind](name, draw(mutated_tree(json.loads(text))), weights)
    if kind == "bytes of h5":
        return Case(name, kind, ".h5", draw(mutated_bytes(_bytes(f"{name}.h5"))))
    if kind == "bytes of weights":
        return Case(name, kind, ".json", text, draw(mutated_bytes(weights)))
    return Case(name, kind, ".json", draw(mutated_bytes(text)), weights)


def _as_json(name, tree, weights):
    return Case(name, "tree", ".json", json.dumps(tree).encode(), weights)


def _alone(name, tree, weights):
    return Case(name, "tree alone", ".json", json.dumps(tree).encode())


def _as_yaml(name, tree, weights):
    return Case(name, "tree as yaml", ".yaml", yaml.dump(tree).encode(), weights)


def _in_hdf5(name, tree, weights):
    file = io.BytesIO(_bytes(f"{name}.h5"))
    with h5py.File(file, "r+") as opened:
        opened.attrs["model_config"] = json.dumps(tree)
    return Case(name, "tree in h5", ".h5", file.getvalue())


TREES = {
    "tree": _as_json,
    "tree alone": _alone,
    "tree as yaml": _as_yaml,
    "tree in h5": _in_hdf5,
}


def outcome(case, folder):
    """What became of a case, in a word; an error of any kind but one goes through.

    Raises:
        AssertionError: if it took too long or left a file that it should not.
    """
    from keras_inits.migrate.saved import MigrationError

    paths = [folder / f"model{case.suffix}", folder / "weights.h5"]
    for path, data in zip(paths, (case.file, case.weights), strict=True):
        if data is not None:
            path.write_bytes(data)
    before = _listed(folder)
    clock, computing = time.monotonic(), _computed()
    try:
        _convert(paths[0], None if case.weights is None else paths[1], case, folder / "out.keras")
        found = "converted"
    except MigrationError:
        found = "refused"
    seconds = min(time.monotonic() - clock, _computed() - computing)
    assert seconds < MAX_SECONDS, f"{seconds} seconds"
    assert time.monotonic() - clock < MAX_WAITING
    assert _listed(folder) - before == ({"out.keras"} if found == "converted" else set())
    return found


def _convert(path, weights, case, out):
    from keras_inits.migrate.saved import atomic, loading, proof

    model, _ = loading.load(path, weights, backend=MODELS[case.model]["backend"])
    with atomic.replacing(out) as draft:
        proof.saved(model, draft)


def _listed(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def _computed():
    return sum(os.times()[:4])


def _same_as_the_original(case):
    """Whether only numbers of arrays, or nothing, changed, so that the same model is built."""
    from keras_inits.migrate.saved import MigrationError
    from keras_inits.migrate.saved.stored import read

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"model{case.suffix}", Path(folder) / "weights.h5"]
        paths[0].write_bytes(case.file)
        paths[1].write_bytes(case.weights or b"")
        try:
            found = _shapes(read(paths[0], None if case.weights is None else paths[1]))
        except MigrationError:
            return False
    return found == _original(case.model, case.suffix)


@functools.cache
def _original(name, suffix):
    from keras_inits.migrate.saved.stored import read

    files = [f"{name}.h5"] if suffix == ".h5" else [f"{name}.json", f"{name}_weights.h5"]
    return _shapes(read(*(DATA / file for file in files)))


def _shapes(stored):
    groups = [
        (
            group.name,
            [(name, array.shape, str(array.dtype)) for name, array in group.arrays.items()],
        )
        for group in stored.groups or ()
    ]
    return stored.tree, stored.version, groups


def batch(number, count):
    """Tries cases in this process; prints a line for each: kind, outcome, seconds."""
    # Importing is no part of a case. Of files that give the same model, one in ten is converted.
    from keras_inits.migrate.saved import atomic, loading, proof  # noqa: F401

    spared = 10

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(), st.integers(1, spared))
    def run(case, turn):
        faulthandler.dump_traceback_later(2 * MAX_WAITING, exit=True)
        start = time.monotonic()
        same = turn < spared and case.kind not in TREES and _same_as_the_original(case)
        found = "same" if same else _tried(case, number)
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps([case.kind, found, round(time.monotonic() - start, 2)]), flush=True)

    run()


def _tried(case, number):
    """The outcome, or the error's name; a case that fails, or kills the process, is kept."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(tempfile.gettempdir()) / f"fuzz-{number}-{time.monotonic_ns()}.json"
        words = [case.model, case.kind, case.suffix]
        kept.write_text(json.dumps([*words, case.file.hex(), (case.weights or b"").hex()]))
        try:
            found = outcome(case, Path(folder))
        except Exception as error:
            found = f"{type(error).__name__}: {str(error)[:300]}"
            print(f"{found}\n  case {kept}", file=sys.stderr, flush=True)
            return found
        kept.unlink()
        return found


def kept(path):
    """The case that a campaign kept."""
    model, kind, suffix, file, weights = json.loads(Path(path).read_text())
    return Case(model, kind, suffix, bytes.fromhex(file), bytes.fromhex(weights) or None)


def campaign(count, first=0):
    """Tries cases in processes of a batch each; prints how many became what, and the slowest."""
    outcomes, slowest, failed = collections.Counter(), 0.0, 0
    for number in range(first, first + -(-count // BATCH)):
        words = [sys.executable, __file__, "--batch", str(number), str(BATCH)]
        run = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
        lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("[")]
        outcomes.update(found.partition(":")[0] for _, found, _ in lines)
        slowest = max([slowest, *(seconds for *_, seconds in lines)])
        if run.returncode:
            failed += 1
            print(f"batch {number} ended with status {run.returncode}", file=sys.stderr)
        print(sum(outcomes.values()), dict(outcomes), f"slowest {slowest} s", flush=True)
    return failed or any(word not in ("converted", "refused", "same") for word in outcomes)


if __name__ == "__main__":
    if sys.argv[1] == "--batch":
        batch(*map(int, sys.argv[2:]))
    else:
        sys.exit(campaign(*map(int, sys.argv[1:])))
