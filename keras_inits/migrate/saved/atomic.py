"""A file that is there whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

__all__ = ["check_free", "replacing"]


def check_free(path, force=False):
    """Refuses a path that cannot be written, or is there already, unless `force`.

    Raises:
        ValueError: with what to do instead.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise ValueError(f"{path}: there is no folder {path.parent}.")
    if path.is_dir():
        raise ValueError(f"{path} is a folder; name a file.")
    if os.path.lexists(path) and not force:
        raise ValueError(f"{path} is there already; --force replaces it.")


@contextlib.contextmanager
def replacing(path, force=False):
    """A path to write to, of the same name; what is written there becomes `path` at the end.

    It is in a folder of its own beside `path`, which is gone afterwards, whatever happens.

    Raises:
        ValueError: see `check_free`.
    """
    path = Path(path)
    check_free(path, force)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".keras-inits-") as folder:
        draft = Path(folder) / path.name
        yield draft
        check_free(path, force)
        os.replace(draft, path)
