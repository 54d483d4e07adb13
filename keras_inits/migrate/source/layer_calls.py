"""Calls of Keras layers, bound to the arguments that Keras 1 gave them."""

from functools import lru_cache

from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.signatures import SIZES
from keras_inits.migrate.keras1.starts import NAMES
from keras_inits.migrate.source.calls import Call, content_of
from keras_inits.migrate.source.once import Once

#: Modules that layers were imported from.
ROOMS = ("keras.layers", "keras.legacy", "keras.engine")

NUMBERS = ("integer", "float")
NO_SIZES = ("string", "none", "tuple", "lambda")
#: Arguments that are never a number; SIZES are never a word.
WORDS = frozenset(
    ["init", "inner_init", "activation", "inner_activation", "border_mode", "weights"]
)


def call_of(file, node, qualified):
    """The call of a Keras name, as a LayerCall if it is a layer's."""
    layer = layer_of(qualified)
    if layer is None:
        return Call(file, node, qualified)
    return LayerCall(file, node, qualified, layer)


@lru_cache(maxsize=4096)
def layer_of(qualified):
    """The layer of Keras 1 that a dotted name stands for, or None."""
    room, _, name = (qualified or "").rpartition(".")
    if not room.startswith(ROOMS):
        return None
    return table.canonical(name)


class LayerCall(Call):
    """A call of a layer."""

    def __init__(self, file, node, qualified, layer):
        super().__init__(file, node, qualified)
        self.layer = layer
        self._kinds, self._fits = {}, {}

    @Once
    def modern(self):
        """Whether it is written for Keras 2 or 3: an argument says so, or a kernel size."""
        kernel = len(self.positional) > 1 and self.positional[1].value.type in ("tuple", "list")
        if self.qualified.rpartition(".")[2] in table.LATER_NAMES:
            return True
        convolution = "Conv" in self.layer or "Deconv" in self.layer
        named = self.keywords.keys() & table.only_keras3(self.layer)
        return bool(named) or (convolution and kernel)

    @Once
    def legacy(self):
        """Whether only Keras 1 reads it: an argument says so, or rows and columns by position."""
        if self.keywords.keys() & table.only_keras1(self.layer) or self._draws_by_position():
            return True
        kinds = [argument.value.type for argument in self.positional]
        return "Convolution" in self.layer and kinds[1:3] == ["integer", "integer"]

    def _draws_by_position(self):
        """Whether an initialization stands where later releases have an activation."""
        places = self.positional[1:3] if table.inits(self.layer) else ()
        contents = [content_of(argument.value) for argument in places]
        return any(self.file.text(content) in NAMES for content in contents if content)

    def fits(self, version):
        """Whether a version's constructor takes these arguments."""
        row = table.took(self.layer, version)
        if row is None:
            return self.layer in table.PLAIN or self.layer in table.GLOBAL_POOLING
        refused = table.refused(self.layer, version)
        return refused.isdisjoint(self.keywords) and self._positions_fit(row)

    def _positions_fit(self, row):
        if row.first not in self._fits:
            self._fits[row.first] = self._as_in(row)
        return self._fits[row.first]

    def _as_in(self, row):
        if len(self.positional) > len(row.names) and row.names != ("*",):
            return False
        pairs = zip(row.names, self.positional, strict=False)
        if any(not self._may_be(name, argument.value) for name, argument in pairs):
            return False
        given = (*row.names[: len(self.positional)], *self.keywords)
        return bool(self.splats) or row.needed.issubset(given)

    def _may_be(self, name, value):
        """Whether a value, as far as the file tells, may be an argument's."""
        if name not in WORDS and name not in SIZES:
            return True
        if value.id not in self._kinds:
            found = self.file.sources(value) or [value]
            self._kinds[value.id] = {node.type for node in found}
        return self._kinds[value.id].isdisjoint(NUMBERS if name in WORDS else NO_SIZES)

    @Once
    def signature(self):
        """The constructor in the version that the file was taken for, or None."""
        return table.took(self.layer, self.file.guess.version)

    @property
    def readable(self):
        """Whether the positional arguments fit the constructor of the version."""
        return self._positions_fit(self.signature)

    @Once
    def bound(self):
        """Each argument by the name that Keras 1 gave it."""
        names = self.signature.names if self.signature and not self.modern else ()
        by_position = dict(zip(names, self.positional, strict=False))
        return {**by_position, **self.keywords}
