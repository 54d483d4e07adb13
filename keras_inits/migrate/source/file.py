"""A source file as the fixers see it: text, tree, names, calls, and what it was taken for."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from keras_inits.migrate.findings import Finding
from keras_inits.migrate.source import calls, guess, layer_calls, names, tree, values
from keras_inits.migrate.source.edits import apply, in_order
from keras_inits.migrate.source.words import places


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

    def __init__(self, data, options, taken=None, parsed=None):
        self.data = data
        self.options = options
        self.tree = parsed or tree.parse(data)
        self.root = self.tree.root_node
        self._taken = taken
        self._nodes, self._uses = {}, {}

    def after(self, edits):
        """The file with edits made; it keeps what this one was taken for."""
        ordered = in_order(edits)
        data = apply(self.data, ordered)
        parsed = tree.parse_again(self.tree, self.data, ordered, data)
        return SourceFile(data, self.options, self.guess, parsed)

    def nodes(self, kind):
        """Every node of a tree-sitter type, in text order."""
        if kind not in self._nodes:
            kinds = tree.USUAL if kind in tree.USUAL else (kind,)
            self._nodes |= tree.nodes_by_kind(self.root, kinds)
        return self._nodes[kind]

    def uses(self, name):
        """The identifiers that spell a name, in text order; no node is made for any other."""
        if name not in self._uses:
            self._uses[name] = [
                node
                for start, end in places(self.data, name.encode())
                if (node := self._named_node(start, end)).type == "identifier"
                and node.start_byte == start
            ]
        return self._uses[name]

    def _named_node(self, start, end):
        return self._statement_at(start).named_descendant_for_byte_range(start, end)

    def _statement_at(self, byte):
        """The statement of the module around a byte: from there on, few nodes are passed."""
        starts, statements = self._statements
        return statements[max(0, bisect_right(starts, byte) - 1)]

    @cached_property
    def _statements(self):
        statements = self.root.children
        return [node.start_byte for node in statements], statements

    def text(self, node):
        """The text of a node."""
        return self.data[node.start_byte : node.end_byte].decode()

    def finding(self, code, node, message):
        """A finding at the beginning of a node."""
        row, column = node.start_point
        line = self.data[node.start_byte - column : node.start_byte].decode()
        return Finding(code, row + 1, len(line) + 1, message)

    @cached_property
    def names(self):
        """What names mean here: see `names.Names`."""
        return names.Names(self)

    @cached_property
    def calls(self):
        """Every call, in text order."""
        return [calls.Call(self, node) for node in self.nodes("call")]

    @cached_property
    def calls_by_name(self):
        """The calls of plain names, by name."""
        found = {}
        for call in self.calls:
            if call.function.type == "identifier":
                found.setdefault(self.text(call.function), []).append(call)
        return found

    @cached_property
    def keras_attributes(self):
        """The whole attributes of names imported of Keras: `layers.core.Dense`."""
        found = {}
        for name in {entry.local for entry in self.names.imported if names.is_keras(entry.origin)}:
            for node in self.uses(name):
                while node.parent.type == "attribute" and node.parent.children[0] == node:
                    node = node.parent
                if node.type == "attribute":
                    found[node.start_byte] = node
        return [found[start] for start in sorted(found)]

    @cached_property
    def layer_calls(self):
        """The calls of Keras layers, each with its row of the table of Keras 1 layers."""
        return layer_calls.find(self)

    @cached_property
    def guess(self):
        """Version, dim_ordering and era; kept from the first pass in later ones."""
        return self._taken or guess.guess(self)

    def sources(self, node):
        """The nodes that a value may come from; see `values.sources`."""
        return values.sources(self, node)
