"""Writes the pages that are made of the code: initializers.md, migrating.md and model-files.md.

Run `python docs/pages.py` after a docstring, a finding's code or a conversion has changed.
"""

import difflib
import importlib
import pkgutil
from pathlib import Path

import keras_inits as ki
from keras_inits.core.registry import dialects
from keras_inits.migrate import saved
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import CODES
from keras_inits.migrate.keras1.signatures import signatures
from keras_inits.migrate.keras1.table import took
from keras_inits.migrate.saved import layers
from keras_inits.migrate.saved.description import Circumstances, Layer
from keras_inits.migrate.saved.setting import Setting
from keras_inits.migrate.source import convert

DOCS = Path(__file__).parent

INITIALIZERS = """# Initializers

Every name, with its law and source: made from the docstrings by `python docs/pages.py`.
`keras-inits show NAME` prints one of these, and `keras-inits plot NAME SHAPE -o FILE.png` draws it.
"""

MIGRATING = """# Migrating from Keras 1

`keras-inits migrate PATH...` turns source code for Keras 0.1 to 1.2 into code for Keras 3 whose
layers start with the same law. It needs `pip install 'keras-inits[migrate]'`. (`python
docs/pages.py` writes this page.)

It prints a diff; `--write` changes the files and leaves a `.orig` beside each, `--check` only
says by its exit status whether something would change (1) or needs a person (2). `--from-keras`
and `--dim-ordering` say what the file was written for, where it does not show; `--bugs fix` gives
what the code says instead of what the old layer really did; `--no-dependency` writes laws with
Keras alone; `--py3` makes Python 3 of Python 2 as well.

A value is followed through the file it stands in: variables, parameters and their callers,
attributes of `self`, entries of dictionaries, `**kwargs`, `functools.partial`. It is changed where
it is written if all that it may be is known, and a finding otherwise. Read the findings first: the
release and the dim ordering that the file was taken for (KI004), then what needs you.

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

MODEL_FILES = """# Opening old model files

`keras-inits convert FILE [WEIGHTS] -o OUT.keras` turns a model of Keras 0.1.3 to 1.2.2 into a
`.keras` file of Keras 3 that predicts the same and, rebuilt, starts by the same laws. It needs
`pip install 'keras-inits[migrate]'`; made by `python docs/pages.py`.

```sh
keras-inits convert model.h5 -o new.keras                   # of model.save()
keras-inits convert model.json weights.h5 -o new.keras      # of to_json, to_yaml, save_weights
keras-inits convert model.h5 -o new.keras --verify old.npz  # unless it predicts other numbers
keras-inits convert model.h5 -o new.keras --portable        # opens without keras_inits
```

```python
from keras_inits.migrate import saved

model, findings = saved.load("model.json", "weights.h5", backend="theano")
findings = saved.load_weights(model_of_mine, "weights.h5")  # the architecture is in your code
```

The model is not compiled: the optimizer's state and the loss are told of, not converted. Import
`keras_inits` before you load the `.keras` file, unless it was made with `--portable`.

## What a file does not say

- **The backend.** Theano turned its convolution kernels by 180 degrees, and nothing in the file
  tells who wrote it, except for names that end in `:0`, which TensorFlow's do from 1.0.0 on.
  Where it matters and does not show, the file is refused until you give `--backend`.
- **The release**, before 1.0.4 and in every file of `save_weights`. `running_std` is a standard
  deviation up to 1.0.5 and a variance from 1.0.7 on; in 1.0.6 it was the one under Theano and the
  other under TensorFlow. Give `--from-keras` if you know better than the finding that tells what
  was assumed.
- **The dim ordering** of padding, cropping and enlarging layers. It is taken from the other
  layers; where none tells it, the file is refused until you give `--dim-ordering`. Models with
  `dim_ordering="th"` keep inputs of shape (channels, rows, columns).
- **Functions.** A Lambda's is marshalled byte code in the file, which is never looked at; give
  yours: `saved.load(path, lambdas={{"lambda_1": function}})`. An initialization without a name is
  `"<lambda>"`: `--lambda-init glorot_uniform`.

Every weight's shape and number is checked before one is set; a file with anything that is not
accounted for is refused. So is a file that reaches out of itself: HDF5 is read by a process of
its own, limited in time and memory, that follows no links; YAML is read without making objects;
nothing in a file is ever run.

## Layers

The weights of each are converted with it: gates from i, c, f, o to i, f, c, o, kernels from `th`
to Keras' order, Conv1D's from four axes to three, BatchNormalization's statistics to what its
release meant. `keras1.layers` is `keras_inits.migrate.keras1.layers`: what Keras 3 lacks.

| Keras 1 | Keras 3 | what to know |
|---|---|---|
{layers}

A class of the author's own is refused by its name, and converted with
`saved.load(path, custom_objects={{"Attention": Attention}})`.

## Codes

A person has something to do where the last column says so.

| code | what it tells | | |
|---|---|---|---|
{codes}
"""

# Files that are run, never imported.
PROGRAMS = {"hdf5_child"}
OF_FILES = "KF"
#: Arguments that a layer cannot do without, for examples.
NEEDED = {
    **dict.fromkeys(("nb_row", "nb_col", "filter_length", "output_dim", "nb_filter", "n"), 2),
    **dict.fromkeys(("kernel_dim1", "kernel_dim2", "kernel_dim3"), 2),
    **{"input_dim": 4, "p": 0.5, "sigma": 0.1, "dims": (1,), "target_shape": (2, 2)},
    "activation": "linear",
}
PARTICULAR = {"Deconvolution2D": {"output_shape": (None, 7, 7, 2)}}
SEQUENCES = {"LSTM", "GRU", "SimpleRNN", "TimeDistributedDense", "TimeDistributedMerge"}
#: What no example shows.
BECOMES = {
    "Bidirectional": "`Bidirectional`",
    "Graph": "`Model`",
    "Lambda": "`Lambda`, with your function",
    "Merge": "`Add`, `Multiply`, `Average`, `Maximum`, `Concatenate`, `Dot`",
    "Model": "`Model`",
    "Sequential": "`Sequential`; `Model` if it begins with a Merge",
    "TimeDistributed": "`TimeDistributed`",
}
REMARKS = {
    "Activation": "`hard_sigmoid` is Keras 1's, clip(0.2 * x + 0.5, 0, 1)",
    "AutoEncoder": "build its encoder and decoder as one model and use `load_weights`",
    "BatchNormalization": "modes 1 and 2 become layers of this package",
    "Bidirectional": "either direction first; `merge_mode=None` gives two tensors",
    "Convolution1D": '`border_mode="full"` by zeros around the input',
    "Embedding": "its dropout of whole words is left out and told of",
    "Graph": "shared nodes are layers called several times",
    "GRU": "with `reset_after=False`",
    **dict.fromkeys(("JZS1", "JZS2", "JZS3"), "no layer of Keras 3 has these gates"),
    "LSTM": 'from 1.2.0 on `inner_init` was ignored, unless `consume_less="gpu"`: told, and kept',
    "Lambda": "byte code is never looked at; without your function the file is refused",
    "Merge": "cosines by layers of this package; functions as modes have to be supplied",
    "Model": "nested and shared models as they were",
    "PReLU": "`shared_axes` is not in the file, and is read off the weights",
    "Sequential": "",
    "SimpleDeepRNN": "no layer of Keras 3 looks several steps back",
    "TimeDistributed": "",
}

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


def code_rows(of_files=False):
    """A row for each code, of source code or of model files."""
    for name, code in sorted(CODES.items()):
        if name.startswith(OF_FILES) == of_files:
            yield f"| {name} | {code.title} | {code.explanation} | {'yes' if code.open else ''} |"


def model_files():
    """The page of the model files: every layer, and every code."""
    rows = [layer_row(kind) for kind in sorted({*layers.LAYERS, *REMARKS})]
    return MODEL_FILES.format(layers="\n".join(rows), codes="\n".join(code_rows(of_files=True)))


def layer_row(kind):
    """What a layer of Keras 1 becomes, and what to know of it."""
    became = BECOMES.get(kind) or becomes(kind)
    return f"| {kind} | {became} | {REMARKS.get(kind, '')} |"


def becomes(kind):
    """The layers that the converter makes of an example, or that it refuses it."""
    version = signatures()[kind][1] if kind in signatures() else "1.2.2"
    setting = Setting(Circumstances(version, "tf", "tensorflow"), {}, {}, [])
    row = took(kind, version)
    defaults = {name: row.default(name) for name in row.names} if row else {}
    given = {name: NEEDED[name] for name in NEEDED if defaults.get(name, "none") is None}
    layer = Layer(kind, "example", {**defaults, **given, **PARTICULAR.get(kind, {})})
    try:
        made = layers.made(layer, setting, input_shape(kind))
    except MigrationError:
        if kind in layers.LAYERS:
            raise
        return "refused"
    return " and ".join(map(shown, made))


def shown(layer):
    """A layer's class, with the package where it is not Keras'."""
    name = type(layer).__name__
    of_keras = type(layer).__module__.startswith("keras.")
    return f"`{name}`" if of_keras else f"`keras1.layers.{name}`"


def input_shape(kind):
    """An input's shape of the rank that a layer takes."""
    ranks = (rank for rank in (1, 2, 3) if kind.endswith(f"{rank}D"))
    rank = {"ConvLSTM2D": 3}.get(kind, next(ranks, kind in SEQUENCES))
    return (None, *(6,) * rank, 4)


def import_all(package):
    """Imports what a package has, so that all codes are defined."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name.rpartition(".")[2] not in PROGRAMS:
            importlib.import_module(module.name)


import_all(saved)

PAGES = {
    DOCS / "initializers.md": initializers,
    DOCS / "migrating.md": migrating,
    DOCS / "model-files.md": model_files,
}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page())
