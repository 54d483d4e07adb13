"""Keras 3 as it is installed: which dotted names it has, and which arguments they take."""

import importlib
import inspect
from functools import cache

#: What Keras promises nothing about.
PRIVATE = "keras.src."
BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
#: What a model takes that is made of its inputs and outputs, or of layers: no signature tells.
MODEL = frozenset(("inputs", "outputs", "layers", "name", "trainable", "dtype"))


@cache
def named(dotted):
    """What a dotted name of Keras stands for, or None where Keras 3 has nothing."""
    room, _, name = dotted.rpartition(".")
    if not room:
        return _module(dotted) if dotted == "keras" else None
    owner = named(room)
    # Other objects may do anything when asked: Keras' lazy modules import what is not installed.
    if not inspect.ismodule(owner) and not inspect.isclass(owner):
        return None
    if hasattr(owner, name):
        return getattr(owner, name)
    return _module(dotted) if inspect.ismodule(owner) else None


def _module(dotted):
    try:
        return importlib.import_module(dotted)
    except ImportError:
        return None


def exists(dotted):
    """Whether Keras 3 has a dotted name."""
    return named(dotted) is not None


@cache
def missing(dotted):
    """The first part of a dotted name that Keras 3 lacks: "keras.engine"; None for none.

    What a class, a function or a value has is not looked at, nor what is not public.
    """
    if dotted.startswith(PRIVATE):
        return None
    parts = dotted.split(".")
    for count in range(1, len(parts) + 1):
        head = ".".join(parts[:count])
        found = named(head)
        if found is None:
            return head
        if not inspect.ismodule(found):
            return None
    return None


def declares(made, keyword):
    """Whether the signature of a function, or of a class' constructor, names an argument."""
    return any(keyword in _parameters(run) for run in _runs(made)[:1])


@cache
def takes(made, keyword):
    """Whether a function or class takes a named argument.

    Where the constructor of a layer or optimizer ends in `**kwargs`, its code is searched for the
    word, and so are the constructors of the classes above, to which it may go. Everything else
    that ends so takes any.
    """
    if _is_model(made) and keyword in MODEL:
        return True
    for run in _runs(made):
        parameters = _parameters(run)
        if keyword in parameters or keyword in _words(run):
            return True
        if not any(found.kind is found.VAR_KEYWORD for found in parameters.values()):
            return False
        if not _hands_on(made):
            return True
    return not _hands_on(made)


@cache
def places(made):
    """How many arguments a function or class takes by position; None for any number."""
    runs = _runs(made)
    if _is_model(made) or not runs:
        return None
    kinds = [found.kind for found in _parameters(runs[0]).values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return None
    count = sum(kind in BY_POSITION for kind in kinds)
    return count - inspect.isclass(made)


def _is_model(made):
    return inspect.isclass(made) and issubclass(made, named("keras.Model"))


def _hands_on(made):
    """Whether a class' constructor gives what it does not know to the one above."""
    handing = (named("keras.layers.Layer"), named("keras.optimizers.Optimizer"))
    return inspect.isclass(made) and issubclass(made, handing)


def _runs(made):
    """The functions that a call runs: itself, or the constructors of a class and those above."""
    if inspect.isfunction(made):
        return [made]
    if not inspect.isclass(made):
        return []
    above = [one for one in made.__mro__ if "__init__" in vars(one) and one is not object]
    return [vars(one)["__init__"] for one in above]


@cache
def _parameters(run):
    return inspect.signature(run).parameters


@cache
def _words(run):
    code = getattr(inspect.unwrap(run), "__code__", None)
    return frozenset(one for one in code.co_consts if isinstance(one, str)) if code else frozenset()
