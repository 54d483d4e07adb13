"""Calls of Keras layers, bound to the arguments that Keras 1 gave them."""

from functools import cache, lru_cache
from typing import NamedTuple

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
    return (LayerCall if layer_of(qualified) else Call)(file, node, qualified)


@lru_cache(maxsize=4096)
def layer_of(qualified):
    """The layer of Keras 1 that a dotted name stands for, or None."""
    room, _, name = (qualified or "").rpartition(".")
    if not room.startswith(ROOMS):
        return None
    return table.canonical(name)


class Kind(NamedTuple):
    """What tells calls of a layer that were written for Keras 1 from others."""

    only_keras1: frozenset
    only_keras3: frozenset
    is_convolution: bool
    counts_sizes: bool
    draws: bool


@cache
def kind_of(layer):
    """The Kind of a layer."""
    return Kind(
        table.only_keras1(layer),
        table.only_keras3(layer),
        is_convolution="Conv" in layer or "Deconv" in layer,
        counts_sizes="Convolution" in layer,
        draws=bool(table.inits(layer)),
    )


class LayerCall(Call):
    """A call of a layer."""

    @Once
    def layer(self):
        """The layer of Keras 1."""
        return layer_of(self.qualified)

    @Once
    def modern(self):
        """Whether it is written for Keras 2 or 3: an argument says so, or a kernel size."""
        kind = kind_of(self.layer)
        if not kind.only_keras3.isdisjoint(self.keywords) or _is_later(self.qualified):
            return True
        sized = kind.is_convolution and len(self.positional) > 1
        return sized and self.positional[1].value.type in ("tuple", "list")

    @Once
    def legacy(self):
        """Whether only Keras 1 reads it: an argument says so, or rows and columns by position."""
        kind = kind_of(self.layer)
        if not kind.only_keras1.isdisjoint(self.keywords):
            return True
        values = [argument.value for argument in self.positional[1:3]]
        if kind.draws and any(map(self._draws, values)):
            return True
        return kind.counts_sizes and [value.type for value in values] == ["integer", "integer"]

    def _draws(self, value):
        """Whether an initialization stands where later releases have an activation."""
        content = content_of(value)
        return content is not None and self.file.text(content) in NAMES

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
            for shown in self._is_no(argument.value) if asking != fitting.NOTHING else ():
                found &= ~asking[shown]
        for name, releases in () if self.splats else fitting.lacking(self.layer, count):
            if name not in self.keywords:
                found &= ~releases
        return found

    def _is_no(self, value):
        """What a value is not, of what `fitting.asking` tells, as far as the file shows."""
        if value.type in IS_NO:
            return (IS_NO[value.type],)
        found = [node.type for node in self.file.sources(value) or ()]
        return [IS_NO[kind] for kind in found if kind in IS_NO]

    @Once
    def signature(self):
        """The constructor in the version that the file was taken for, or None."""
        return table.took(self.layer, self.file.guess.version)

    @Once
    def readable(self):
        """Whether the positional arguments fit the constructor of the version."""
        return bool(self._placed & fitting.BITS[self.file.guess.version])

    @Once
    def bound(self):
        """Each argument by the name that Keras 1 gave it."""
        if not self.positional or self.modern or not self.signature:
            return self.keywords
        by_position = dict(zip(self.signature.names, self.positional, strict=False))
        return {**by_position, **self.keywords}


@lru_cache(maxsize=4096)
def _is_later(qualified):
    return qualified.rpartition(".")[2] in table.LATER_NAMES
