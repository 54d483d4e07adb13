"""Initializers that tutorials take from TensorFlow, which never had them."""

from keras_inits.dialects.folklore import GlorotUnnormal, HeUnnormal
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.registry import fixer

NEVER = define(
    "KI321",
    "an initializer that TensorFlow never had",
    """The name is written in tutorials only. It is taken as what it says: the law of He or Glorot
    with a normal distribution that is not truncated.""",
)

CLASSES = {"glorot_unnormal": GlorotUnnormal.__name__, "he_unnormal": HeUnnormal.__name__}
ROOMS = ("initializers", "keras.initializers")


@fixer("KI3", always=True)
def folklore_initializers(file):
    """Initializers that TensorFlow never had.

    before: Dense(8, kernel_initializer=tf.initializers.he_unnormal())
    after:  Dense(8, kernel_initializer="he_unnormal")
    """
    tensorflow = {entry.local for entry in file.names.imported if entry.origin == "tensorflow"}
    for name in CLASSES:
        for node in file.attributes(name):
            if _room(file, node, tensorflow) in ROOMS:
                yield from _named(file, node, name)


def _room(file, node, tensorflow):
    """What stands before the name, without TensorFlow's own; None where it is not TensorFlow's."""
    resolved = file.names.resolve(node)
    if resolved:
        return resolved.rpartition(".")[0]
    local, _, room = file.text(node.child_by_field_name("object")).partition(".")
    return room if local in tensorflow else None


def _named(file, node, name):
    """The name as a string where nothing is given to it, else the class with the arguments."""
    call = node.parent if node.parent.type == "call" else None
    called = call is not None and call.child_by_field_name("function") == node
    plain = not called or not call.child_by_field_name("arguments").named_children
    whole = call if called else node
    yield Import("keras_inits")
    yield file.finding(NEVER, whole, f"{file.text(node)} is not in TensorFlow")
    if plain and whole.parent.type == "keyword_argument":
        yield replaced(whole, f'"{name}"')
    else:
        yield replaced(node, f"keras_inits.{CLASSES[name]}")
