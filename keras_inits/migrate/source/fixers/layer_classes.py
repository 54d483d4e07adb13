"""Classes of layers that are handed on instead of called: calls by another name stay old."""

from functools import lru_cache

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.source.calls import Call
from keras_inits.migrate.source.layer_calls import layer_of
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.uses import is_label

HANDED_ON = define(
    "KI110",
    "a class of layers that is not called where it stands",
    """The class is put into a list or dictionary, given to a function, derived from, or imported
    under a name that others have, too, so the calls that make its layers are not seen: their
    arguments were not converted, and defaults that changed were not added. Call the class by its
    own name, or write what Keras 3 takes at those calls. `functools.partial` is followed if it is
    given keywords alone.""",
    open=True,
)

#: Last names of functions that only ask what class something has, or tell it.
ASKING = ("isinstance", "issubclass", "type", "print", "str", "repr", "format")
#: What hands a class on, by the type of the node around it.
HANDING = frozenset(
    (
        *("argument_list", "keyword_argument", "list", "tuple", "pair", "expression_list"),
        *("assignment", "conditional_expression", "return_statement", "default_parameter"),
    )
)


@fixer("KI1")
def layer_classes(file):
    """Classes of layers that are not called where they stand; nothing changes.

    reported: conv = partial(Convolution2D, 32, init="he_normal")
              for RNN in [LSTM, GRU]:
              class Peephole(LSTM):
              if deep: from keras.layers import LSTM as RNN
              else: from keras.layers import GRU as RNN
    """
    if not file.is_original or file.guess.era not in ("keras1", "unknown"):
        return
    for entry in file.names.imported if file.names.unsettled else ():
        layer = layer_of(entry.origin) if file.guess.era == "keras1" else None
        if entry.local in file.names.unsettled and layer and table.inits(layer):
            words = f"{entry.local}: {layer} or another layer, so no call of it was converted"
            yield file.finding(HANDED_ON, entry.node, words)
    followed = {call.node.id for call in file.partials}
    for node, layer in _mentioned(file):
        starts = node.parent.parent.id not in followed and _is_handed_on(file, node)
        if starts and (file.guess.era == "keras1" or _given_old(file, node, layer)):
            words = f"{file.text(node)}: what is made of it was not converted"
            yield file.finding(HANDED_ON, node, words)


def _mentioned(file):
    """Names and whole attributes that mean a layer that starts and are not called, with both."""
    imported = {entry.node.start_byte for entry in file.names.imported}
    for name, meaning in file.names.meanings.items():
        layer = _starting(meaning)
        if layer and not imported.issuperset(file.apart(name)):
            yield from ((node, layer) for node in file.bare(name) if not is_label(node))
    for use in file.names.uses:
        if use.has_attributes and use.call is None and _starting(use.dotted):
            yield use.node, _starting(use.dotted)


@lru_cache(maxsize=4096)
def _starting(qualified):
    """The layer that a dotted name stands for if it draws weights; else None."""
    layer = layer_of(qualified)
    return layer if layer and table.inits(layer) else None


def _is_handed_on(file, node):
    """Whether a class leaves its name here; a second name that is all it gets is followed."""
    around = node.parent
    if around.type not in HANDING:
        return False
    if around.type == "assignment":
        return around.child_by_field_name("right") == node and not _followed(file, around)
    call = around.parent
    asked = around.type in ("argument_list", "tuple") and call.type in ("call", "argument_list")
    while asked and call.type != "call":
        call = call.parent
    name = file.text(call.child_by_field_name("function")).rpartition(".")[2] if asked else ""
    return name not in ASKING


def _followed(file, assignment):
    """Whether the name that is assigned stands for the class wherever it is called."""
    left = assignment.child_by_field_name("left")
    return left.type == "identifier" and file.names.resolve(left) is not None


def _given_old(file, node, layer):
    """Whether a call that takes the class gives it an argument of Keras 1, or a derived class."""
    outer = node.parent.parent
    if node.parent.type != "argument_list" or outer.type not in ("call", "class_definition"):
        return False
    calls = [Call(file, outer)] if outer.type == "call" else file.methods("__init__")
    old = table.only_keras1(layer)
    return any(
        call.keywords.keys() & old
        for call in calls
        if outer.start_byte <= call.start < outer.end_byte
    )
