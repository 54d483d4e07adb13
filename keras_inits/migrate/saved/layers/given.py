"""What a configuration says of one layer, its defaults included, and what was read of it."""

import math

from keras_inits.core.checks import check_choice
from keras_inits.dialects.keras1.layers import ALIASES
from keras_inits.dialects.keras1.versions import DATA_FORMATS, DIM_ORDERINGS
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.keras1.signatures import signatures
from keras_inits.migrate.keras1.table import BASE, RECURRENT_BASE, took

__all__ = ["DATA_FORMATS", "Given"]

NOTHING_DROPPED = define(
    "KF112",
    "a dropout that dropped nothing",
    """Keras 1 dropped only for a number between 0 and 1; at any other, and at text such as "0.5"
    in Python 2, it passed its input on. The converted layer has a rate of 0.""",
)

#: What shapes the input, or says nothing of the layer: read elsewhere, or not at all.
ASIDE = {*BASE, "input_dim", "input_length", "weights", "cache_enabled", "create_input_layer"}
ASIDE |= {"sparse", "consume_less", "truncate_gradient", "stack_size", "image_shape", "target"}


# Characters of a message, which may quote what the file holds.
SHOWN = 1000


class Given:
    """The arguments of one Layer, under the circumstances of its file.

    Args:
        layer: a Layer.
        setting: a Setting.
        input_shape: the shape of what it is given first, batch axis included; None if not known.
    """

    def __init__(self, layer, setting, input_shape=None):
        self.layer, self.setting, self.input_shape = layer, setting, input_shape
        self.kind, self.name = layer.kind, layer.name
        self.version = setting.circumstances.version
        self.bugs = setting.circumstances.bugs
        self.backend = setting.circumstances.backend
        self._read = set()

    def __call__(self, argument, default=None):
        """The value of an argument; what Keras of that version took where the file is silent."""
        self._read.add(argument)
        return self.peek(argument, default)

    def peek(self, argument, default=None):
        """The value of an argument that is somebody else's to read."""
        if argument in self.layer.config:
            return self.layer.config[argument]
        signature = took(ALIASES.get(self.kind, self.kind), self.version)
        known = signature is not None and argument in signature.names
        return signature.default(argument) if known else default

    def has(self, argument):
        """Whether the configuration itself has the argument."""
        return argument in self.layer.config

    def number(self, argument, least=0):
        """An argument that is a whole number of at least `least`."""
        value = self(argument)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is not int or value < least:
            raise self.refusal(f"{argument} is a whole number from {least} on, got {value!r}.")
        return value

    def real(self, argument, default=None):
        """An argument that is a finite number; Keras would make an object of a dictionary."""
        value = self(argument, default)
        if type(value) not in (int, float) or not math.isfinite(value):
            raise self.refusal(f"{argument} is a number, got {value!r}.")
        return value

    def rate(self, argument):
        """The share that a layer drops while training; 0 where Keras 1 compared and dropped none.

        Source: keras/layers/core.py (1.2.2), `if 0. < self.p < 1.`; in Python 2 no text is below 1.
        """
        value = self(argument)
        if isinstance(value, int | float) and 0 < value < 1:
            return float(value)
        if value not in (0, None):
            self.note(NOTHING_DROPPED, f"{argument}={value!r} dropped nothing in Keras 1.")
        return 0.0

    def numbers(self, argument, count, least=0):
        """An argument that is a tuple of `count` whole numbers, or one number for all."""
        value = self(argument)
        values = tuple(value) if isinstance(value, list | tuple) else (value,) * count
        if len(values) != count or not all(type(n) is int and n >= least for n in values):
            raise self.refusal(
                f"{argument} is {count} whole numbers from {least} on, got {value!r}."
            )
        return values

    def choice(self, argument, choices):
        """An argument that is one of some words."""
        try:
            return check_choice(self.name, argument, self(argument), choices)
        except ValueError as error:
            raise MigrationError(str(error)) from error

    @property
    def dim_ordering(self):
        """The layer's own dim_ordering, else the file's."""
        self._read.add("dim_ordering")
        said = self.layer.config.get("dim_ordering")
        if said in (None, "default"):
            return self.setting.circumstances.dim_ordering
        return self.choice("dim_ordering", DIM_ORDERINGS)

    @property
    def data_format(self):
        """Keras 3's word for the dim_ordering."""
        return DATA_FORMATS[self.dim_ordering]

    def stored_shape(self, role):
        """The shape of an array of the layer in the file; None where it is not to be found."""
        return self.setting.shapes.get(f"{self.layer.original}_{role}")

    def supplied(self, name):
        """What the user gave for a function or class of theirs, by its name."""
        return self.setting.supplied.get(name)

    def note(self, code, message):
        """Adds a finding about the layer."""
        self.setting.findings.append(Finding(code, 1, 1, _cut(f"{self.name}: {message}")))

    def refusal(self, reason):
        """The error of a layer that cannot be converted."""
        return MigrationError(_cut(f"{self.name} ({self.kind}): {reason}"))

    def check_read(self):
        """Raises MigrationError for arguments that no Keras 1 layer of this kind had."""
        left = set(self.layer.config) - self._read - ASIDE - set(RECURRENT_BASE)
        rows = signatures().get(self.kind, ((), None))[0]
        left -= {name for row in rows for name in row.names}
        if left:
            raise self.refusal(
                f"its configuration has {', '.join(sorted(left))}, which no Keras before 2.0 knew "
                "there. Supply the class that has it: custom_objects={...}."
            )


def _cut(text):
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
