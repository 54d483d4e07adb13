"""A source file as the fixers see it: names, calls, and what it was taken for."""

import re
from typing import NamedTuple

from keras_inits.migrate.source import bindings, guess, names, tree, values
from keras_inits.migrate.source.calls import Call
from keras_inits.migrate.source.changes import Changes
from keras_inits.migrate.source.handed_on import partials
from keras_inits.migrate.source.layer_calls import LayerCall
from keras_inits.migrate.source.once import Once
from keras_inits.migrate.source.parsed_text import ParsedText

#: Blanks, line ends and the bracket that opens arguments.
OPENING = re.compile(rb"[\s\\]*\(")


class Options(NamedTuple):
    """What `convert` was given."""

    from_keras: str | None = None
    dim_ordering: str | None = None
    bugs: str = "keep"
    py3: bool = False
    no_dependency: bool = False
    only: tuple | None = None
    skip: tuple | None = None


class SourceFile(ParsedText):
    """One parsed text; everything beyond the tree is worked out when first asked for."""

    def __init__(self, data, options, parsed=None, before=None):
        super().__init__(data, parsed, before)
        self.options = options
        self._bound, self._called = {}, {}
        # What `bindings` and `values` have followed already, by the ids of nodes.
        self.calls_of_functions, self.known_sources = {}, {}

    @property
    def is_original(self):
        """Whether no edit has been made yet: later, calls are not all what the version took."""
        return self._before is None

    def after(self, edits):
        """The file with edits made, which are in text order; it keeps what this was taken for."""
        changes = Changes(self.data, edits)
        parsed = tree.parse_again(self.tree, self.line_starts, changes)
        new = SourceFile(changes.new, self.options, parsed, (self, changes))
        # Asked for again, they would cost more than the few edits are worth.
        new.guess = self.guess
        new.words = self.words | changes.words
        return new

    def forget(self):
        """Lets go of everything at once.

        A file and what is known of it hold each other: the garbage collector would have to find
        out, and for that looks at all that the process holds.
        """
        vars(self).clear()

    @Once
    def keras(self):
        """What Keras is called here, or will be once it is imported."""
        return self.names.local("keras") or "keras"

    def function(self, name):
        """The node of the one function of that name, or None if there are none or several."""
        found = [
            node
            for node in self.nodes("function_definition")
            if self.text(node.child_by_field_name("name")) == name
        ]
        return found[0] if len(found) == 1 else None

    @Once
    def names(self):
        """What names mean here: see `names.Names`."""
        return names.Names(self)

    @Once
    def calls(self):
        """Every call, in text order; `keras_calls`, `methods` and `called` make fewer."""
        return [self.call(node) for node in self.nodes("call")]

    @Once
    def keras_calls(self):
        """The calls of what the file has of Keras, in text order."""
        return [use.call for use in self.names.uses if use.call is not None]

    def calls_of(self, names):
        """The calls of some dotted names of Keras, in text order."""
        called = self._by_name.keys() & names
        found = [call for name in called for call in self._by_name[name]]
        return sorted(found, key=_start) if len(called) > 1 else found

    def calls_in(self, room):
        """The calls of what the file has of one module of Keras, in text order."""
        return self.calls_of(self._by_room.get(room, ()))

    @Once
    def _by_name(self):
        found = {}
        for call in self.keras_calls:
            found.setdefault(call.qualified, []).append(call)
        return found

    @Once
    def _by_room(self):
        found = {}
        for name in self._by_name:
            found.setdefault(name.rpartition(".")[0], set()).add(name)
        return found

    @Once
    def layer_calls(self):
        """Those of layers, each with its row of the table of Keras 1 layers."""
        return [call for call in self.keras_calls if isinstance(call, LayerCall)]

    @Once
    def partials(self):
        """`functools.partial` of layers, each as a call of the layer."""
        return list(partials(self))

    @Once
    def keras_attributes(self):
        """The whole attributes of what the file has of Keras: `layers.core.Dense`."""
        return [use.node for use in self.names.uses if use.has_attributes]

    def methods(self, *names):
        """The calls of methods by their names, in text order: "fit" for `model.fit(...)`."""
        found = [
            self.call(node)
            for name in names
            if name in self.words
            for start, node in self._calls_by(name)
            if node.start_byte < start
        ]
        return sorted(found, key=_start) if len(names) > 1 else found

    def called(self, name):
        """The calls of a plain name, in text order."""
        return [self.call(node) for start, node in self._calls_by(name) if node.start_byte == start]

    def _calls_by(self, name):
        """The nodes of the calls of what ends with a name, each with the place of the name."""
        if name not in self._called:
            size = len(name)
            opened = [(at, OPENING.match(self.data, at + size)) for at in self.places(name)]
            # The innermost node around the name and the bracket is the call.
            found = [(at, self.node_at(at, end.end())) for at, end in opened if end]
            self._called[name] = [(at, node) for at, node in found if node.type == "call"]
        return self._called[name]

    def call(self, node):
        """The Call of a node, the same one whenever it is asked for."""
        known = self.names.calls
        if node.id not in known:
            known[node.id] = Call(self, node)
        return known[node.id]

    @Once
    def guess(self):
        """Version, dim_ordering and era; kept from the first pass in later ones."""
        return guess.guess(self)

    def bound(self, name):
        """What a name is bound to in each scope; see `bindings.bindings`."""
        if name not in self._bound:
            self._bound[name] = bindings.bindings(self, name)
        return self._bound[name]

    def sources(self, node):
        """The nodes that a value may come from; see `values.sources`."""
        return values.sources(self, node)


def _start(call):
    return call.start
