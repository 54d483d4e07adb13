"""Reads an HDF5 file that nobody vouches for, as a process of its own: run, never imported.

    python -I hdf5_child.py REQUEST [FOLDER...]

REQUEST is JSON: the file's path, the `Limits`, the root groups to leave out. The FOLDERs hold h5py
and NumPy. Standard output gets the arrays' bytes, little-endian in C order, then their description
as JSON, then its length in eight bytes; so what ends early is never taken for complete. Nothing
but hard links is followed and nothing is opened beside the file.
"""

import codecs
import json
import math
import sys

# -I hides packages that the user has elsewhere.
sys.path.extend(sys.argv[2:])

import h5py
import numpy as np

# Filters that every HDF5 has: gzip, shuffle, fletcher32.
FILTERS = {1: "gzip", 2: "shuffle", 3: "fletcher32"}
LAYOUTS = (h5py.h5d.COMPACT, h5py.h5d.CONTIGUOUS, h5py.h5d.CHUNKED)
LENGTH_BYTES = 8
MAX_NUMBER_BYTES = 8


class RefusedError(Exception):
    """What the file has that is not read."""


def confine(limits):
    """Takes from this process what reading a file does not need; on Windows there is no such."""
    # h5py decodes texts by it, and later no file can be opened, not Python's own either.
    codecs.lookup("ascii")
    lower("RLIMIT_CORE", 0)
    lower("RLIMIT_FSIZE", 0)
    lower("RLIMIT_CPU", limits["cpu_seconds"])
    lower("RLIMIT_AS", limits["memory_bytes"])


def lower(name, value):
    """Lowers one limit of the process, where the system has it."""
    try:
        import resource

        kind = getattr(resource, name)
        resource.setrlimit(kind, (value, value))
    except (ImportError, AttributeError, ValueError, OSError):
        # The parent's clock still ends a process that this leaves unlimited.
        return


class Reader:
    """Walks a file once: attributes and arrays' shapes first, each checked against the limits."""

    def __init__(self, limits, skip):
        self.limits = limits
        self.skip = skip
        self.groups = {}
        self.arrays = {}
        self.skipped = []
        self.seen = set()
        self.objects = 0
        self.bytes = 0

    def walk(self, group, path=""):
        """Collects a group, and what it links to."""
        self.enter(group, path)
        for name in group:
            inner = f"{path}/{shown(name)}"
            self.count(inner)
            if inner.strip("/") in self.skip:
                self.skipped.append(inner.strip("/"))
                continue
            self.visit(hard_linked(group, name, inner), inner)

    def enter(self, group, path):
        """Refuses a group that was there before, or is too deep."""
        where = h5py.h5o.get_info(group.id)
        if (where.fileno, where.addr) in self.seen:
            raise RefusedError(f"the group {path!r} is linked to twice")
        if path.count("/") > self.limits["depth"]:
            raise RefusedError(f"groups are nested more than {self.limits['depth']} deep")
        self.seen.add((where.fileno, where.addr))
        self.groups[path.strip("/")] = self.attributes(group, path)

    def count(self, path, more=1):
        """Counts objects."""
        self.objects += more
        if self.objects > self.limits["objects"]:
            raise RefusedError(f"more than {self.limits['objects']} objects, at {path!r}")

    def visit(self, found, path):
        """Collects what a link leads to."""
        if isinstance(found, h5py.Group):
            self.walk(found, path)
        elif isinstance(found, h5py.Dataset):
            self.bytes += checked_bytes(found, path, self.limits)
            if self.bytes > self.limits["array_bytes"]:
                raise RefusedError(
                    f"arrays of more than {self.limits['array_bytes']} bytes, at {path!r}"
                )
            self.arrays[path.strip("/")] = found
        else:
            raise RefusedError(f"{path!r} is neither a group nor an array")

    def attributes(self, group, path):
        """The numbers and texts among a group's attributes; others say nothing here."""
        names = list(group.attrs)
        self.count(path, len(names))
        values = {shown(name): self.attribute(group.attrs, name, path) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def attribute(self, attributes, name, path):
        """One attribute as JSON has it, or None if it is neither text nor numbers."""
        identity = attributes.get_id(name)
        dtype, shape = identity.dtype, identity.shape
        if shape is None or not (h5py.check_string_dtype(dtype) or dtype.kind in "iuf"):
            return None
        entries = math.prod(shape)
        if entries * dtype.itemsize > self.limits["text_bytes"]:
            raise RefusedError(f"the attribute {shown(name)!r} of {path!r} is too large")
        self.count(path, entries)
        return plain(attributes[name])


def hard_linked(group, name, path):
    """What a hard link leads to; other links are refused before they are followed."""
    try:
        kind = group.get(name, getclass=True, getlink=True)
    except TypeError:
        kind = None
    if kind is not h5py.HardLink:
        words = {h5py.SoftLink: "a soft", h5py.ExternalLink: "an external"}
        raise RefusedError(f"{path!r} is {words.get(kind, 'a user-defined')} link")
    return group[name]


def checked_bytes(array, path, limits):
    """The bytes of an array of plain numbers that is wholly in this file."""
    check_storage(array, path)
    dtype, shape = array.dtype, array.shape
    if shape is None or dtype.kind not in "fiu" or dtype.itemsize > MAX_NUMBER_BYTES:
        raise RefusedError(f"{path!r} is no array of numbers")
    if len(shape) > limits["rank"]:
        raise RefusedError(f"{path!r} has {len(shape)} axes")
    size, stored = math.prod(shape) * dtype.itemsize, array.id.get_storage_size()
    packed = array.id.get_create_plist().get_nfilters() and stored
    if size > stored and not packed:
        raise RefusedError(f"{path!r} says {size} bytes and has {stored}")
    # HDF5 unpacks whole chunks, which may be larger than the array.
    return max(size, math.prod(array.chunks or ()) * dtype.itemsize)


def check_storage(array, path):
    """Refuses data in other files, virtual data, and filters that HDF5 would have to look for."""
    plan = array.id.get_create_plist()
    if plan.get_layout() not in LAYOUTS:
        raise RefusedError(f"{path!r} is a virtual dataset")
    if plan.get_external_count():
        raise RefusedError(f"{path!r} has its data in another file")
    for number in range(plan.get_nfilters()):
        if (code := plan.get_filter(number)[0]) not in FILTERS:
            raise RefusedError(f"{path!r} needs the filter {code}")


def shown(text):
    """Text that any terminal and JSON can take, of a name that may have any bytes."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return data.decode("utf-8", "backslashreplace")


def plain(value):
    """An attribute's value as JSON has it: a number, a text, or a list of them."""
    if isinstance(value, np.ndarray):
        return [plain(entry) for entry in value.ravel().tolist()]
    if isinstance(value, (bytes, str)):
        return shown(value)
    return value.item() if isinstance(value, np.generic) else value


def write_arrays(arrays, output):
    """Writes the arrays one after the other; gives their description."""
    described = []
    for path, array in arrays.items():
        found = array[()]
        found = np.ascontiguousarray(found, found.dtype.newbyteorder("<"))
        output.write(found.tobytes())
        described.append([path, found.dtype.str, list(array.shape)])
    return described


def answer(request, output):
    """Writes the arrays; gives the description of the file, or of why it is refused."""
    try:
        with h5py.File(request["path"], "r") as file:
            lower("RLIMIT_NOFILE", 0)
            reader = Reader(request["limits"], request["skip"])
            reader.walk(file)
            arrays = write_arrays(reader.arrays, output)
            return {"groups": reader.groups, "arrays": arrays, "skipped": reader.skipped}
    except RefusedError as error:
        return {"refused": str(error)}
    except Exception as error:  # of h5py, whose kinds are many: RuntimeError, OSError, KeyError...
        reason = str(error) or type(error).__name__
        return {"refused": f"HDF5 cannot read it: {shown(reason)}"}


def main():
    """Reads, answers."""
    request = json.loads(sys.argv[1])
    confine(request["limits"])
    output = sys.stdout.buffer
    text = json.dumps(answer(request, output)).encode()
    output.write(text + len(text).to_bytes(LENGTH_BYTES, "little"))
    output.flush()


if __name__ == "__main__":
    main()
