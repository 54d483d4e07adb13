"""A parsed text: its words, the nodes that they are, and places in the text that was given."""

from bisect import bisect_right

from keras_inits.migrate.findings import Finding
from keras_inits.migrate.source import tree, words
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


class ParsedText:
    """One text with its tree; `before` is the one that edits made it of, with their Changes."""

    def __init__(self, data, parsed=None, before=None):
        self.data = data
        self._before = before
        self.tree = parsed or tree.parse(data)
        self.root = self.tree.root_node
        self._nodes, self._around, self._uses = {}, {}, {}

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
