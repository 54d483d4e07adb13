"""Legacy code and files over to Keras 3: Keras 0.x and 1.x source, their model files, Caffe nets.

Its rooms are imported when they are first asked for: `keras_inits.migrate.prototxt`.
"""

from importlib import import_module

ROOMS = ("keras1", "prototxt", "saved", "source")


def __getattr__(name):
    """A room, imported at its first use."""
    if name not in ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
