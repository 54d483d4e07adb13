"""Descriptions: what a class' docstring says of its law, source and arguments, as data."""

import inspect
import re
from dataclasses import dataclass

from keras_inits.core.initializer import signature
from keras_inits.core.registry import dialect_of, find, string_name

__all__ = ["Description", "describe"]

SECTIONS = ("Args", "Law", "Raises", "Source")


@dataclass(frozen=True)
class Argument:
    """One argument of a constructor."""

    name: str
    default: str
    text: str


@dataclass(frozen=True)
class Description:
    """An initializer in words: printed, it is a page; its fields are for programs."""

    name: str
    class_name: str
    dialect: str
    summary: str
    notes: str
    law: str
    source: str
    raises: str
    arguments: tuple

    def __str__(self):
        parts = [
            f"{self.name} (keras_inits.{self.class_name}, {self.dialect})",
            self.summary,
            self.notes,
            _block("Law", self.law),
            _block("Arguments", "\n".join(_line(argument) for argument in self.arguments)),
            _block("Raises", self.raises),
            _block("Source", self.source),
        ]
        return "\n\n".join(part for part in parts if part)

    __repr__ = __str__


def _line(argument):
    head = f"{argument.name}={argument.default}" if argument.default else argument.name
    return f"{head}: {argument.text}" if argument.text else head


def _block(title, text):
    indented = "\n".join(f"  {line}" for line in text.splitlines())
    return f"{title}:\n{indented}" if text else ""


def describe(name):
    """What an initializer does: law, formula, source and arguments.

    Args:
        name: its string ("caffe_xavier") or class name.

    Returns:
        A `Description`; `print(describe(name))` gives a page.

    Raises:
        ValueError: for a name that is not registered, saying which was probably meant.
    """
    cls = find(name)
    parts = sections(cls)
    summary, _, notes = parts[""].partition("\n\n")
    return Description(
        name=string_name(cls),
        class_name=cls.__name__,
        dialect=dialect_of(cls),
        summary=" ".join(summary.split()),
        notes=notes,
        law=parts["Law"],
        source=parts["Source"],
        raises=parts["Raises"],
        arguments=tuple(_arguments(cls)),
    )


def sections(cls):
    """The docstring's parts by title; what comes before the first title is under ""."""
    found = dict.fromkeys(("", *SECTIONS), "")
    pattern = rf"^({'|'.join(SECTIONS)}):[ \t]*$"
    head, *rest = re.split(pattern, inspect.cleandoc(cls.__doc__ or ""), flags=re.MULTILINE)
    found[""] = head.strip()
    for title, text in zip(rest[::2], rest[1::2], strict=True):
        found[title] = inspect.cleandoc("\n" + text)
    return found


def _arguments(cls):
    texts = {}
    for ancestor in reversed(cls.__mro__):
        if ancestor.__module__.startswith("keras_inits"):
            texts |= _argument_texts(ancestor)
    for name, parameter in signature(cls).items():
        required = parameter.default is inspect.Parameter.empty
        yield Argument(name, "" if required else repr(parameter.default), texts.get(name, ""))


def _argument_texts(cls):
    entries = re.split(r"^(\w+): ", sections(cls)["Args"], flags=re.MULTILINE)
    return {
        name: " ".join(text.split())
        for name, text in zip(entries[1::2], entries[2::2], strict=True)
    }
