"""How much a legacy file may ask for before it is refused: honest files stay far below."""

from typing import NamedTuple

__all__ = ["MAX_DEPTH", "MAX_NODES", "MAX_TEXT_BYTES", "MAX_YAML_BYTES", "Limits", "limits_of"]

# Bytes of a JSON text; ResNet-50 has 60,000. YAML is parsed in Python, 200,000 bytes a second.
MAX_TEXT_BYTES = 32 * 2**20
MAX_YAML_BYTES = 2**19
# Values in an architecture, and levels of them; a model within a model takes three or four.
MAX_NODES = 10**6
MAX_DEPTH = 100

# Bytes of arrays beyond the file's own, for compressed files; zeros compress to a thousandth.
EXPANSION = 20
ALLOWANCE = 64 * 2**20
# What Python, NumPy and HDF5 take themselves (0.2 GB is used), and the copies of an array.
PROCESS_BYTES = 2**30
COPIES = 3
# Seconds of computing; reading goes on at 100 to 1,000 megabytes a second.
SECONDS = 3
BYTES_A_SECOND = 50 * 2**20
# The clock on the wall goes on while a busy machine computes something else.
PATIENCE = 10


class Limits(NamedTuple):
    """What the process that reads an HDF5 file may take.

    `array_bytes` bounds all arrays together, `text_bytes` one attribute, `objects` groups, arrays
    and attributes together, `rank` an array's axes, `depth` groups within groups.
    """

    array_bytes: int
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: int
    text_bytes: int = MAX_TEXT_BYTES
    objects: int = 200_000
    rank: int = 8
    depth: int = 32


def limits_of(file_bytes):
    """The limits for a file of this size; a big file may take more of everything."""
    array_bytes = ALLOWANCE + EXPANSION * file_bytes
    seconds = SECONDS + file_bytes // BYTES_A_SECOND
    return Limits(
        array_bytes=array_bytes,
        memory_bytes=PROCESS_BYTES + COPIES * array_bytes,
        cpu_seconds=seconds,
        wall_seconds=PATIENCE * seconds,
    )
