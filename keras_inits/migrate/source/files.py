"""One file converted: read, changed as a program or a notebook, and written whole or not at all."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.findings import CODES, FAILED, Finding
from keras_inits.migrate.source.encodings import decode, encode
from keras_inits.migrate.source.engine import convert
from keras_inits.migrate.source.folders import pinned_version
from keras_inits.migrate.source.notebooks import convert_notebook


class Result(NamedTuple):
    """What became of a file; `encoding` None where it could not be read."""

    path: str
    old: str
    new: str
    encoding: str | None
    findings: list

    @property
    def changed(self):
        """Whether the text is another one."""
        return self.old != self.new

    @property
    def open(self):
        """Whether something is left for a person."""
        return any(CODES[found.code].open for found in self.findings)


def convert_file(path, options):
    """The Result for a file; whatever goes wrong with it is a finding.

    Args:
        path: the file, Python or a notebook by its suffix.
        options: the keywords of `convert`.
    """
    try:
        text, encoding = decode(Path(path).read_bytes())
        return Result(str(path), text, *_converted(path, text, encoding, options))
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        return Result(str(path), "", "", None, [Finding(FAILED, 1, 1, words)])


def _converted(path, text, encoding, options):
    pinned = pinned_version(path) if options.get("from_keras") is None else None
    if pinned in VERSIONS:
        options = {**options, "from_keras": pinned}
    turn = convert_notebook if Path(path).suffix == ".ipynb" else convert
    new, findings = turn(text, **options)
    return new, encoding, findings


def write(result, backup=True):
    """Replaces the file in one step, its mode kept; the old one stays as .orig unless refused.

    A .orig that is there already stays too: the next free one of .orig1, .orig2 is taken.
    """
    path = Path(result.path).resolve()
    if backup:
        shutil.copy2(path, _free_name(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(encode(result.new, result.encoding))
        shutil.copymode(path, name)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _free_name(path):
    names = (f"{path}.orig{number or ''}" for number in itertools.count())
    return next(name for name in names if not os.path.lexists(name))
