"""Calls: a function and its arguments, dictionaries that are splatted into it included."""

from typing import NamedTuple

from keras_inits.migrate.source.edits import Append, Edit, Removal, replaced
from keras_inits.migrate.source.once import Once


class Argument(NamedTuple):
    """One argument, or an entry of a dictionary that is given as `**dictionary`.

    `name` is None for a positional one; `label` is the node (or part of one) that spells it.
    """

    name: str | None
    value: object
    label: object
    element: object
    container: object
    in_dictionary: bool = False

    def renamed(self, name):
        """The edit that changes its name, or that names a positional one."""
        if self.label is None:
            return Edit(self.value.start_byte, self.value.start_byte, f"{name}=")
        return replaced(self.label, name)

    def removed(self):
        """The removal of the whole argument."""
        return Removal(self.container, self.element)

    def become(self, text):
        """The edit that replaces the whole argument."""
        return replaced(self.element, text)

    def valued(self, text):
        """The edit that replaces its value."""
        return replaced(self.value, text)

    def respelled(self, name, value):
        """The text of this argument under another name and value."""
        return f'"{name}": {value}' if self.in_dictionary else f"{name}={value}"


class Given(NamedTuple):
    """The arguments of a call, sorted."""

    arguments: list
    splats: list
    positional: list
    keywords: dict

    def add(self, argument):
        """Adds an argument where it belongs."""
        self.arguments.append(argument)
        if argument.name is None:
            self.positional.append(argument)
        else:
            self.keywords[argument.name] = argument


class Call:
    """A call in the text; `qualified` is the dotted Keras name of the function, or None."""

    def __init__(self, file, node, qualified=None):
        self.file = file
        self.node = node
        self.qualified = qualified
        self.start = node.start_byte

    @Once
    def function(self):
        """The node of what is called."""
        return self.node.child_by_field_name("function")

    @Once
    def container(self):
        """The node of the arguments with their brackets."""
        return self.node.child_by_field_name("arguments")

    @Once
    def method(self):
        """The last name of an attribute call: "fit" of `model.fit(...)`; else None."""
        if self.function.type != "attribute":
            return None
        return self.file.text(self.function.child_by_field_name("attribute"))

    @Once
    def arguments(self):
        """The arguments in text order; unknown splats are in `splats` instead."""
        return self._given.arguments

    @Once
    def splats(self):
        """Nodes of `*values` and of `**dictionary` that the file does not spell out."""
        return self._given.splats

    @Once
    def positional(self):
        """The positional arguments, in order."""
        return self._given.positional

    @Once
    def keywords(self):
        """The named arguments by name."""
        return self._given.keywords

    @Once
    def _given(self):
        arguments, splats, positional, keywords = given = Given([], [], [], {})
        # To ask for one is to know them all.
        self.arguments, self.splats, self.positional, self.keywords = given
        container = self.container
        if container.type != "argument_list":
            splats.append(container)
            return given
        for node in container.named_children:
            kind = node.type
            if kind == "keyword_argument":
                argument = _named(self.file, node, container)
                keywords[argument.name] = argument
                arguments.append(argument)
            elif kind == "dictionary_splat":
                self._add_entries(given, node)
            elif kind == "list_splat":
                splats.append(node)
            elif kind != "comment":
                argument = Argument(None, node, None, node, container)
                positional.append(argument)
                arguments.append(argument)
        return given

    def mentions(self, *parts):
        """Whether the text of the call has one of some parts, a question cheaper than arguments."""
        text = self.file.data[self.start : self.node.end_byte]
        return any(map(text.__contains__, parts))

    def appended(self, name, value):
        """The edit that adds a named argument."""
        return Append(self.container, f"{name}={value}")

    def _add_entries(self, given, splat):
        """The entries of a dictionary, or the splat of one that the file does not spell out."""
        entries = self._spelled_out(splat)
        if entries is None:
            given.splats.append(splat)
        for entry in entries or ():
            given.add(entry)

    def _spelled_out(self, splat):
        found = self.file.sources(splat.named_children[0])
        listed = [_dictionary(self.file, node) for node in found or ()]
        if not listed or any(node is None for node in listed):
            return None
        entries = [_entry(self.file, pair) for node in listed for pair in _elements(node)]
        return entries if all(entries) else None


def _named(file, node, container):
    parts = node.children
    label = parts[0]
    return Argument(file.text(label), parts[-1], label, node, container)


def _dictionary(file, node):
    """What holds the entries of `{"init": "normal"}` or `dict(init="normal")`; else None."""
    if node.type == "dictionary":
        return node
    made = node.type == "call" and file.text(node.child_by_field_name("function")) == "dict"
    return node.child_by_field_name("arguments") if made else None


def _elements(container):
    return [node for node in container.named_children if node.type != "comment"]


def _entry(file, pair):
    if pair.type == "keyword_argument":
        return _named(file, pair, pair.parent)
    key = pair.child_by_field_name("key") if pair.type == "pair" else None
    content = key and content_of(key)
    if not content:
        return None
    value = pair.child_by_field_name("value")
    return Argument(file.text(content), value, content, pair, pair.parent, in_dictionary=True)


def content_of(string):
    """The content node of a plain string literal, without quotes and prefix; else None."""
    # Its children are the opening quote, the content and the closing one.
    if string.type != "string" or string.named_child_count != 3:
        return None
    content = string.named_child(1)
    plain = content.type == "string_content" and not content.named_child_count
    return content if plain else None
