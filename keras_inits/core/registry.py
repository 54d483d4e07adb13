"""The registry: every initializer by its string name and by its dialect."""

import difflib
import inspect
import re
import warnings

import keras

__all__ = ["get", "names"]

PACKAGE = "keras_inits"

_classes = {}


def register(cls):
    """Makes a class known to Keras, for strings and for saved models, and to this package.

    Both registrations are needed: Keras finds a saved `keras_inits>Class` through the first, and
    a bare string through the second. A name that somebody else has taken there stays theirs.
    """
    name = string_name(cls)
    _classes[name] = cls
    keras.saving.register_keras_serializable(PACKAGE)(cls)
    taken = keras.saving.get_custom_objects().setdefault(name, cls)
    if taken is not cls:
        warnings.warn(
            f"The Keras string {name!r} already means {taken!r}, registered before keras_inits "
            f"was imported; it stays so. keras_inits.get({name!r}) gives the one of keras_inits.",
            stacklevel=2,
        )
    return cls


def string_name(cls):
    """The class' name in Keras' snake case: CaffeXavier is "caffe_xavier"."""
    words = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", cls.__name__)
    return re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()


def dialect_of(cls):
    """The dialect a class belongs to: its room under `dialects`, "schemes" for all others."""
    rooms = cls.__module__.split(".")
    return rooms[2] if rooms[:2] == [PACKAGE, "dialects"] else "schemes"


def dialects():
    """The dialects that have initializers, sorted."""
    return sorted({dialect_of(cls) for cls in _classes.values()})


def names(dialect=None):
    """The string names of all initializers, or of one dialect's, sorted.

    Args:
        dialect: "caffe", "folklore", "keras1", ..., "schemes" for those without a brand; None
            for all.

    Raises:
        ValueError: for an unknown dialect.
    """
    if dialect is not None and dialect not in dialects():
        raise ValueError(_unknown("dialect", dialect, dialects()))
    return sorted(name for name, cls in _classes.items() if dialect in (None, dialect_of(cls)))


def find(name):
    """The class of a string name or class name.

    Raises:
        ValueError: for a name that is not registered, saying which was probably meant.
    """
    known = _classes | _by_class_name()
    if name not in known:
        raise ValueError(_unknown("initializer", name, known, _classes))
    return known[name]


def _by_class_name():
    return {cls.__name__: cls for cls in _classes.values()}


def _unknown(kind, name, known, listed=None):
    candidates = [*known, *dir(keras.initializers)] if listed else known
    for word in (str(name), str(name).lower()):
        close = difflib.get_close_matches(word, candidates, n=1)
        if close:
            return f"Unknown {kind} {name!r}. Did you mean {close[0]!r}?"
    return f"Unknown {kind} {name!r}. There are {', '.join(sorted(listed or known))}."


def get(identifier, **arguments):
    """An initializer from its name, class, configuration or instance.

    Names of this package are found even where Keras' custom objects were cleared; then come
    Keras' own.

    Args:
        identifier: a string such as "caffe_xavier" or "zeros", a class, a dict as
            `keras.saving.serialize_keras_object` gives it, or an initializer.
        **arguments: arguments of the constructor, for a string or class.

    Raises:
        ValueError: for an unknown name, for arguments that the initializer does not take or
            lacks, and for arguments to a dict or an instance.
    """
    if isinstance(identifier, str):
        identifier = _named(identifier)
    if isinstance(identifier, type):
        return _make(identifier, arguments)
    if arguments:
        raise ValueError(
            f"Arguments go with a name or a class: got {sorted(arguments)} with {identifier!r}."
        )
    if isinstance(identifier, dict):
        return _from_config(identifier)
    if not callable(identifier):
        raise ValueError(_no_initializer(identifier))
    return identifier


def _no_initializer(identifier):
    return f"No initializer can be made of {identifier!r}. Give a name like 'zeros'."


def _named(name):
    """What a name stands for: a class of this package or of Keras, or a function known to Keras."""
    try:
        return find(name)
    except ValueError:
        found = _keras_object(name)
        if found is None:
            raise
    return found


def _keras_object(name):
    exported = getattr(keras.initializers, name, None)
    if isinstance(exported, type):
        return exported
    try:
        found = keras.initializers.get(name)
    except (ValueError, TypeError):
        return None
    return type(found) if isinstance(found, keras.initializers.Initializer) else found


def _make(cls, arguments):
    if not issubclass(cls, keras.initializers.Initializer):
        raise ValueError(_no_initializer(cls))
    try:
        inspect.signature(cls).bind(**arguments)
    except TypeError as error:
        takes = ", ".join(inspect.signature(cls).parameters)
        raise ValueError(f"{cls.__name__}: {error}. It takes {takes}.") from error
    return cls(**arguments)


def _from_config(config):
    """Ours without asking Keras, whose custom objects may have been cleared; others by Keras."""
    cls = _by_class_name().get(str(config.get("class_name")))
    ours = str(config.get("module") or PACKAGE).partition(".")[0] == PACKAGE
    if cls is None or not ours:
        return keras.initializers.get(config)
    return cls.from_config(config.get("config") or {})
