"""A source file as the fixers see it: text, tree, names, calls, and what it was taken for."""

import re
from bisect import bisect_right
from typing import NamedTuple

from keras_inits.migrate.findings import Finding
from keras_inits.migrate.source import bindings, guess, names, tree, values, words
from keras_inits.migrate.source.calls import Call
from keras_inits.migrate.source.changes import Changes
from keras_inits.migrate.source.handed_on import partials
from keras_inits.migrate.source.layer_calls import LayerCall
from keras_inits.migrate.source.once import Once
from keras_inits.migrate.source.uses import is_label

#: What stands behind a name that has attributes or is called.
GOES_ON = (b".", b"(")
QUOTES = (b"'", b'"')
#: What stands behind the name of an argument.
BEFORE_VALUE = frozenset((b"=", b" ", b"\t", b"\r", b"\n", b"\f", b"\\"))
#: What may stand between a dot and a name, and how much of it is looked at.
GAPS = b" \t\r\n\f\\"
LONGEST_GAP = 8
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


class SourceFile:
    """One parsed text; everything beyond the tree is worked out when first asked for."""

    def __init__(self, data, options, parsed=None, before=None):
        self.data = data
        self.options = options
        self._before = before
        self.tree = parsed or tree.parse(data)
        self.root = self.tree.root_node
        self._nodes, self._around, self._uses, self._bound, self._called = {}, {}, {}, {}, {}

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
    def words(self):
        """Every word of the text, whatever it is there; after edits some that are gone, too."""
        return self._index.keys()

    @Once
    def _index(self):
        return words.index(self.data)

    def places(self, word):
        """Where a word begins, in strings and comments too, in text order."""
        if word not in self.words:
            return []
        if self._before is None:
            return self._index[word]
        old, changes = self._before
        if word in changes.words:
            return words.places(self.data, word)
        return changes.after(word, old.places(word))

    def nodes(self, kind):
        """Every node of a tree-sitter type, in text order."""
        if kind not in self._nodes:
            word = tree.WORDS_OF.get(kind)
            found = self._nodes_around(word) if word else tree.nodes_of(self.root, kind)
            self._nodes[kind] = [node for node in found if node.type == kind]
        return self._nodes[kind]

    def _nodes_around(self, word):
        """The nodes around each place of a word; a word of the language has no node of its own."""
        if word not in self._around:
            size = len(word)
            self._around[word] = [self.node_at(at, at + size) for at in self.places(word)]
        return self._around[word]

    @Once
    def node_at(self):
        """Called with two places, it gives the innermost named node around the bytes between."""
        return self.root.named_descendant_for_byte_range

    def uses(self, name):
        """The identifiers that spell a name, in text order; no node is made for any other."""
        if name not in self.words:
            return []
        if name not in self._uses:
            self._uses[name] = self._beginning(self.places(name), len(name), "identifier")
        return self._uses[name]

    def meant(self, name):
        """Those that mean what the name means: no argument's or attribute's name, no import."""
        return [node for node in self.uses(name) if not is_label(node)]

    def bare(self, name):
        """Those that have no dot before or behind them and are not called, as the text tells."""
        return self._beginning(self.apart(name), len(name), "identifier")

    def apart(self, name):
        """Where such names begin, in strings and comments too."""
        data, size = self.data, len(name)
        return [
            start
            for start in self.places(name)
            if data[start - 1 : start] != b"."
            and data[start + size : start + size + 1] not in GOES_ON
        ]

    def arguments(self, name):
        """The nodes of the arguments that are given by a name, each looked for when it is asked."""
        data, size = self.data, len(name)
        for start in self.places(name):
            end = start + size
            if data[end : end + 1] in BEFORE_VALUE and data[start - 1 : start] != b".":
                node = self.node_at(start, end + 1)
                if node.start_byte == start and node.type == "keyword_argument":
                    yield node

    def attributes(self, name):
        """The nodes of the attributes of a name, `owner.name`; each is looked for when asked."""
        data, size = self.data, len(name)
        for start in self.places(name):
            if data[max(0, start - LONGEST_GAP) : start].rstrip(GAPS).endswith(b"."):
                # The innermost node that has the byte before the name, too.
                node = self.node_at(start - 1, start + size)
                if node.end_byte == start + size and node.type == "attribute":
                    yield node

    def literals(self, word):
        """The string literals that hold nothing but a word."""
        data, size = self.data, len(word)
        quoted = [
            start
            for start in self.places(word)
            if data[start - 1 : start] in QUOTES and data[start + size : start + size + 1] in QUOTES
        ]
        return [node.parent for node in self._beginning(quoted, size, "string_content")]

    def _beginning(self, places, size, kind):
        """The nodes of a type that begin where some words of a size do."""
        nodes = [(start, self.node_at(start, start + size)) for start in places]
        return [node for start, node in nodes if node.start_byte == start and node.type == kind]

    def text(self, node):
        """The text of a node."""
        return self.data[node.start_byte : node.end_byte].decode()

    def finding(self, code, node, message):
        """A finding at the beginning of a node, by its line in the text that was given.

        The message is one line, whatever text of the file it repeats.
        """
        first, byte = self, node.start_byte
        while first._before:
            first, changes = first._before
            byte = changes.before(byte)
        line = bisect_right(first.line_starts, byte)
        column = len(first.data[first.line_starts[line - 1] : byte].decode()) + 1
        return Finding(code, line, column, " ".join(message.split()))

    @Once
    def line_starts(self):
        """Where each line begins, and where one behind the last would."""
        return tree.line_starts(self.data)

    @Once
    def line_end(self):
        """What the file's lines end with."""
        return "\r\n" if b"\r\n" in self.data else "\n"

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

    @Once
    def calls_of_functions(self):
        """The calls of the file's own functions, by the id of their nodes; see `bindings`."""
        return {}

    @Once
    def known_sources(self):
        """What `values.sources` has followed already."""
        return {}

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
