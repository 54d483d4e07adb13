"""What an HDF5 file holds, read by a process that may do nothing else: `hdf5_child`."""

import json
import math
import os
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.limits import limits_of

CHILD = Path(__file__).with_name("hdf5_child.py")
# The first bytes of every HDF5 file.
SIGNATURE = b"\x89HDF\r\n\x1a\n"
# Groups whose arrays are of no use for predictions.
SKIPPED = ("optimizer_weights",)
LENGTH_BYTES = 8
# What is read of the process at a time.
BLOCK = 2**20
# No plugins are looked for, a file on a read-only disk needs no lock, and NumPy no threads.
ENVIRONMENT = {
    "HDF5_PLUGIN_PRELOAD": "::",
    "HDF5_USE_FILE_LOCKING": "FALSE",
    "OPENBLAS_NUM_THREADS": "1",
}


class Contents(NamedTuple):
    """The attributes of each group, the arrays, and the root's groups that were left out.

    Paths are relative to the root, whose own is "".
    """

    groups: dict
    arrays: dict
    skipped: tuple


def contents(path):
    """Reads an HDF5 file.

    Raises:
        MigrationError: if the file is damaged, refers to anything outside of itself, holds what
            no Keras file holds, or takes more time or memory than its size explains.
    """
    limits = limits_of(os.path.getsize(path))
    request = {"path": os.path.abspath(path), "limits": limits._asdict(), "skip": SKIPPED}
    output, status = _run([json.dumps(request), *_folders()], limits)
    if status:
        raise MigrationError(_death(status, limits))
    try:
        return _contents(output)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        if isinstance(error, MigrationError):
            raise
        raise MigrationError("The process that reads HDF5 files gave no clear answer.") from error


def _folders():
    """Where NumPy and h5py are, which the process could not find by itself."""
    specs = {name: find_spec(name) for name in ("numpy", "h5py")}
    if specs["h5py"] is None:
        raise MigrationError("HDF5 files need h5py: pip install 'keras-inits[migrate]'.")
    return dict.fromkeys(str(Path(spec.origin).parents[1]) for spec in specs.values())


def _run(words, limits):
    """The standard output of the process, if not too long, and its exit status."""
    command = [sys.executable, "-I", str(CHILD), *words]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | ENVIRONMENT,
    ) as child:
        clock = threading.Timer(limits.wall_seconds, child.kill)
        clock.start()
        try:
            output = _bounded(child.stdout, limits.array_bytes + limits.text_bytes)
            child.wait()
        finally:
            clock.cancel()
            child.kill()
    return output, child.returncode


def _bounded(stream, most):
    """All that a stream gives.

    Raises:
        MigrationError: if it is more than `most` bytes.
    """
    output = bytearray()
    while block := stream.read(BLOCK):
        output += block
        if len(output) > most:
            raise MigrationError(f"The file holds more than {most} bytes.")
    return output


def _death(status, limits):
    took_long = f"more than {limits.cpu_seconds} seconds, or {limits.wall_seconds} with waiting"
    return (
        f"Reading it as HDF5 ended with status {status} (a negative one is a signal): the file is "
        f"damaged, or made to do harm, or took {took_long}."
    )


def _contents(output):
    """The Contents that the process described."""
    end = len(output) - LENGTH_BYTES
    start = end - int.from_bytes(output[end:], "little")
    described = json.loads(output[start:end])
    if "refused" in described:
        raise MigrationError(f"The file is refused: {described['refused']}.")
    arrays = _arrays(described["arrays"], memoryview(output)[:start])
    return Contents(described["groups"], arrays, tuple(described["skipped"]))


def _arrays(described, data):
    """The arrays, in the order in which their bytes follow each other."""
    arrays, start = {}, 0
    for path, dtype, shape in described:
        count = math.prod(shape)
        arrays[path] = np.frombuffer(data, dtype, count, start).reshape(shape)
        start += arrays[path].nbytes
    if start != len(data):
        raise ValueError(f"{len(data)} bytes for arrays of {start}")
    return arrays
