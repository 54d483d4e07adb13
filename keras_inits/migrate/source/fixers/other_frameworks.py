"""Theano and TensorFlow 1 beside Keras: reported, and the choice of Theano taken out."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.statements import without

THEANO = define(
    "KI311",
    "Theano code",
    "Keras 3 does not run on Theano. Write what uses it with keras.ops.",
    open=True,
)
TENSORFLOW1 = define(
    "KI312",
    "TensorFlow 1 code",
    """TensorFlow 2 has no sessions, placeholders or tf.contrib, and Keras 3 makes no graph to look
    into. Write what uses them with keras.ops, or a training loop with tf.GradientTape.""",
    open=True,
)
CHOICE = define(
    "KI313",
    "the choice of a backend that Keras 3 lacks was taken out",
    "KERAS_BACKEND was set to Theano or CNTK, with which Keras 3 does not start.",
)

GONE = ("theano", "cntk")
OF_TENSORFLOW1 = (
    *("placeholder", "Session", "InteractiveSession", "contrib", "initialize_all_variables"),
    *("global_variables_initializer", "get_default_graph", "reset_default_graph", "gradients"),
    *("ConfigProto", "GPUOptions", "variable_scope", "get_variable", "app", "scalar_summary"),
)


@fixer("KI3")
def other_frameworks(file):
    """Theano and TensorFlow 1 beside Keras; only the choice of a backend changes.

    before: os.environ['KERAS_BACKEND'] = 'theano'
    after:
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for entry in file.names.imported:
        if entry.origin.partition(".")[0] == "theano":
            yield file.finding(THEANO, entry.node, f"{entry.origin} is imported")
    tensorflow = {entry.local for entry in file.names.imported if entry.origin == "tensorflow"}
    for call in file.calls if tensorflow else ():
        local, _, path = file.text(call.function).partition(".")
        if local in tensorflow and path.partition(".")[0] in OF_TENSORFLOW1:
            yield file.finding(TENSORFLOW1, call.node, f"{local}.{path}")
    for node in file.nodes("assignment") if "KERAS_BACKEND" in file.words else ():
        yield from _choice(file, node)


def _choice(file, node):
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left.type != "subscript" or right is None or node.parent.type != "expression_statement":
        return
    key = content_of(left.child_by_field_name("subscript"))
    value = content_of(right)
    if key is None or value is None or file.text(key) != "KERAS_BACKEND":
        return
    if file.text(value) in GONE:
        yield file.finding(CHOICE, node, file.text(node))
        yield without(file, node.parent)
