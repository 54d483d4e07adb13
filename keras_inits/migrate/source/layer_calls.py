"""Calls of Keras layers, bound to the arguments that Keras 1 gave them."""

from functools import lru_cache

from keras_inits.migrate.keras1 import fitting, table
from keras_inits.migrate.keras1.starts import NAMES
from keras_inits.migrate.source.calls import Call, content_of
from keras_inits.migrate.source.once import Once

#: Modules that layers were imported from.
ROOMS = ("keras.layers", "keras.legacy", "keras.engine")

#: What the node of a value shows that it is not, of what `fitting.asking` tells.
IS_NO = {
    **dict.fromkeys(("integer", "float"), fitting.WORD),
    **dict.fromkeys(("string", "none", "tuple", "lambda"), fitting.SIZE),
}


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

    @Once
    def releases(self):
        """The releases whose constructors take these arguments, as bits: see `fitting`."""
        found, refusing = self._placed, fitting.refusing(self.layer)
        for name in self.keywords:
            found &= ~refusing.get(name, 0)
        return found

    @Once
    def _placed(self):
        """The releases that the positional arguments fit, and that need no other."""
        count = len(self.positional)
        found = fitting.placing(self.layer, count)
        for asking, argument in zip(fitting.asking(self.layer), self.positional, strict=False):
            value = argument.value
            for node in self.file.sources(value) or (value,) if asking != fitting.NOTHING else ():
                if node.type in IS_NO:
                    found &= ~asking[IS_NO[node.type]]
        for name, releases in () if self.splats else fitting.lacking(self.layer, count):
            if name not in self.keywords:
                found &= ~releases
        return found

    @Once
    def signature(self):
        """The constructor in the version that the file was taken for, or None."""
        return table.took(self.layer, self.file.guess.version)

    @property
    def readable(self):
        """Whether the positional arguments fit the constructor of the version."""
        return bool(self._placed & fitting.BITS[self.file.guess.version])

    @Once
    def bound(self):
        """Each argument by the name that Keras 1 gave it."""
        names = self.signature.names if self.signature and not self.modern else ()
        by_position = dict(zip(names, self.positional, strict=False))
        return {**by_position, **self.keywords}
