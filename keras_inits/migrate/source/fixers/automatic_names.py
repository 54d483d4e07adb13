"""Names that Keras gave layers by itself: Keras 3 counts from none where Keras 1 counted from 1."""

import re

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.signatures import signatures
from keras_inits.migrate.keras1.table import GLOBAL_POOLING, PLAIN
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.registry import fixer

COUNTED = define(
    "KI215",
    "a layer by the name that Keras 1 gave it",
    """Keras 1 called the first Dense layer dense_1 and the second dense_2; Keras 3 calls them dense
    and dense_1, so the name may find another layer. Give the layer a name= of its own.""",
    open=True,
)

#: Methods that are given the names of layers, in dictionaries or as they are.
NAMING = (
    *("get_layer", "compile", "fit", "fit_generator", "evaluate", "train_on_batch", "predict"),
    *("test_on_batch", "predict_on_batch"),
)
PARTS = ("argument_list", "keyword_argument", "dictionary", "pair", "list")
#: What each such name has in it.
NUMBERED = re.compile(rb"_[0-9]")
AUTOMATIC = re.compile(
    "(?:{})_[0-9]+".format(
        "|".join(sorted(map(str.lower, {*signatures(), *GLOBAL_POOLING, *PLAIN, "Input"})))
    )
)


@fixer("KI2")
def automatic_names(file):
    """Names that Keras gave layers by itself; nothing changes.

    reported: model.get_layer("dense_2")
              model.compile("sgd", loss={"dense_1": "mse"})
    """
    if not file.is_original or file.guess.era != "keras1":
        return
    for call in file.methods(*NAMING):
        numbered = NUMBERED.search(file.data, call.start, call.node.end_byte)
        for node in _strings(call.container) if numbered else ():
            name = file.text(content_of(node))
            if AUTOMATIC.fullmatch(name) and not _is_given(file, name):
                yield file.finding(COUNTED, node, f"{name}: Keras 3 counts from none")


def _strings(node):
    """The string literals that stand in arguments and dictionaries, values of pairs left out."""
    for part in node.named_children:
        if content_of(part) is not None:
            yield part
        elif part.type == "pair":
            yield from [part.named_children[0]] if content_of(part.named_children[0]) else []
        elif part.type in PARTS:
            yield from _strings(part)


def _is_given(file, name):
    """Whether a layer is given the name in the file: `name=` of any call but get_layer's."""
    keywords = [node.parent for node in file.literals(name)]
    return any(
        keyword.type == "keyword_argument"
        and file.text(keyword.child_by_field_name("name")) == "name"
        and file.call(keyword.parent.parent).method != "get_layer"
        for keyword in keywords
    )
