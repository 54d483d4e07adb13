"""What a legacy file says, in one form: its weights as stored, its layers, its circumstances."""

from typing import NamedTuple

__all__ = ["FUNCTIONAL", "MODELS", "Circumstances", "Group", "Layer", "Stored"]

#: The kinds of a Layer that are models, those of calls and all.
FUNCTIONAL = frozenset(("Model", "Graph", "Container"))
MODELS = FUNCTIONAL | {"Sequential"}


class Group(NamedTuple):
    """The weights of one layer, or of one nested model, in the file's order.

    `arrays` maps the names in the file ("dense_1_W:0"; "param_0" in 0.x) to NumPy arrays.
    """

    name: str
    arrays: dict


class Stored(NamedTuple):
    """What a file, or an architecture and its weights file together, holds.

    `tree` is the architecture as a tree of dictionaries and lists, `version` the Keras release if
    the file says it, `groups` the weights; None where the file holds none of it. `unread` names
    what else it holds ("optimizer_weights", "training_config").
    """

    tree: dict | None = None
    version: str | None = None
    groups: tuple | None = None
    unread: tuple = ()


class Circumstances(NamedTuple):
    """What decides how a layer's arguments and arrays are meant."""

    version: str
    dim_ordering: str | None = None
    backend: str | None = None
    bugs: str = "keep"


class Layer(NamedTuple):
    """One layer of any of the three styles of configuration.

    `kind` is Keras 1's class under its canonical name ("Convolution2D"), `config` its arguments
    without name and inner layers. `inner` are the layers within: the one of a wrapper, those of a
    nested model (kinds Sequential, Model, Graph), the branches of a Merge. `inbound` lists, for
    each call, the (layer name, call, tensor) that it was given.

    `name` is the one in Keras 3: whichever layers a Keras 1 layer becomes, the one that holds its
    weights has this name, in the Keras 3 model of the same place. It is `original`, the name in the
    file, unless Keras 3 does not take that or another layer of the model has it.
    """

    kind: str
    name: str
    config: dict
    inner: tuple = ()
    inbound: tuple = ()
    original: str = ""
