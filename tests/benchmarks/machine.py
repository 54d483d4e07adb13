"""What a run was made on, and how fast that was at the time."""

import os
import platform
import re
import statistics
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import tensorflow as tf

from benchmarks.runner import timed

PACKAGES = ("tensorflow", "keras", "torch", "jax", "numpy")
CPU_INFO = Path("/proc/cpuinfo")


def matmul_seconds(size=4096, repeats=3):
    """Median time of a float32 matrix product in TensorFlow, the measure of an idle machine."""
    matrix = tf.random.stateless_normal((size, size), (1, 2))
    return statistics.median(timed(lambda: memoryview(matrix @ matrix)) for _ in range(repeats))


def processor():
    """Its name, where Linux tells it."""
    text = CPU_INFO.read_text() if CPU_INFO.exists() else ""
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1] if found else platform.processor() or platform.machine()


def installed_version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def describe():
    """Names and values, in the order of the page."""
    limited = hasattr(os, "sched_getaffinity")
    versions = {package: installed_version(package) for package in PACKAGES}
    return {
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)) if limited else os.cpu_count(),
        "python": platform.python_version(),
        **{package: number for package, number in versions.items() if number},
    }
