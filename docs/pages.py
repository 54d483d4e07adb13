"""Writes the pages that are made of the code: docs/initializers.md and docs/migrating.md.

Run `python docs/pages.py` after a docstring, a finding's code or a conversion has changed.
"""

import difflib
from pathlib import Path

import keras_inits as ki
from keras_inits.core.registry import dialects
from keras_inits.migrate.findings import CODES
from keras_inits.migrate.source import convert

DOCS = Path(__file__).parent

INITIALIZERS = """# Initializers

Every name, with its law and source: made from the docstrings by `python docs/pages.py`.
`keras-inits show NAME` prints one of these, and `keras-inits plot NAME SHAPE -o FILE.png` draws it.
"""

MIGRATING = """# Migrating from Keras 1

`keras-inits migrate PATH...` turns source code for Keras 0.1 to 1.2 into code for Keras 3 whose
layers start with the same law. It needs `pip install 'keras-inits[migrate]'`; made by `python
docs/pages.py`.

It prints a diff; `--write` changes the files and leaves a `.orig` beside each, `--check` only
says by its exit status whether something would change (1) or needs a person (2). `--from-keras`
and `--dim-ordering` say what the file was written for, where it does not show; `--bugs fix` gives
what the code says instead of what the old layer really did; `--no-dependency` writes laws with
Keras alone.

Layers that Keras 3 dropped (MaxoutDense, Highway, SReLU, LocallyConnected, ...) become those of
`keras_inits.migrate.keras1.layers`. What it did not convert (`weights=[...]`, Graph models, ...) it
lists: at the end the converted text is held against the installed Keras 3, and every name,
argument, method and word in it that Keras 3 lacks is a finding (KI95x).

Code whose layers have Keras 2's arguments (`units`, `kernel_initializer`, kernel sizes as tuples)
is left as it is, old words of training (`nb_epoch`, `lr`) included: its layers start in Keras 3 as
they did. So is a file that makes and defines no layers, since nothing starts in it and which Keras
it ran on does not show. One finding says so; `--from-keras` converts such files, too.

## Before and after

A file for Keras 1.1.2:

```diff
{diff}
```

and what it says:

```
{findings}
```

An LSTM drew a matrix for each gate, a one-dimensional convolution counted its fans as if it were
of two dimensions, `he_normal` was not truncated, `hard_sigmoid` was another function, and `decay`
was an argument.

## Codes

A person has something to do where the last column says so.

| code | what it tells | | |
|---|---|---|---|
{codes}
"""

LEGACY = """\
from keras.models import Sequential
from keras.layers.core import Dense
from keras.layers.convolutional import Convolution1D
from keras.layers.recurrent import LSTM
from keras.optimizers import SGD

model = Sequential()
model.add(Convolution1D(32, 5, init="he_normal", input_shape=(100, 16)))
model.add(LSTM(64))
model.add(Dense(10, init="uniform", activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=SGD(lr=0.1, decay=1e-4))
model.fit(x, y, nb_epoch=5)
"""


def initializers():
    """The page of every initializer."""
    return "\n".join([INITIALIZERS, *(chapter(dialect) for dialect in dialects())])


def chapter(dialect):
    """One dialect's initializers."""
    entries = (entry(ki.describe(name)) for name in ki.names(dialect))
    return "\n".join([f"## {dialect}\n", *entries])


def entry(description):
    """One initializer: its law as it can be pasted, and where it comes from."""
    arguments = ", ".join(
        f"{argument.name}={argument.default}" if argument.default else argument.name
        for argument in description.arguments
    )
    parts = [
        f"### `{description.name}`",
        description.summary,
        description.notes,
        f"```\n{description.law}\n```",
        f"`keras_inits.{description.class_name}({arguments})`",
        f"Source: {' '.join(description.source.split())}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def migrating():
    """The page of the migration: a real conversion, and every code."""
    new, findings = convert(LEGACY, from_keras="1.1.2")
    diff = difflib.unified_diff(LEGACY.splitlines(), new.splitlines(), lineterm="", n=1)
    said = (f"{found.line}:{found.column} {found.code} {found.message}" for found in findings)
    return MIGRATING.format(
        diff="\n".join(list(diff)[3:]), findings="\n".join(said), codes="\n".join(code_rows())
    )


def code_rows():
    """A row for each code."""
    for name, code in sorted(CODES.items()):
        yield f"| {name} | {code.title} | {code.explanation} | {'yes' if code.open else ''} |"


PAGES = {DOCS / "initializers.md": initializers, DOCS / "migrating.md": migrating}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page())
