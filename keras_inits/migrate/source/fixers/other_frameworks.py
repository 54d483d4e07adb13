"""Theano and TensorFlow 1 beside Keras: reported; what Keras 1 needed of them taken out."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Deletion
from keras_inits.migrate.source.guess import PATCHED
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.sessions import without_set_ups
from keras_inits.migrate.source.uses import uses_of

THEANO = define(
    "KI311",
    "Theano code",
    "Keras 3 does not run on Theano. Write what uses it with keras.ops.",
    open=True,
)
TENSORFLOW1 = define(
    "KI312",
    "TensorFlow 1 code",
    """TensorFlow 2 has no sessions, placeholders or tf.contrib, calls some functions otherwise, and
    Keras 3 makes no graph to look into. Write what uses them with keras.ops, or a training loop
    with tf.GradientTape.""",
    open=True,
)
CHOICE = define(
    "KI313",
    "the choice of a backend that Keras 3 lacks was taken out",
    "KERAS_BACKEND was set to Theano or CNTK, with which Keras 3 does not start.",
)
PATCH = define(
    "KI314",
    "a patch of TensorFlow for Keras 1 was taken out",
    "Keras 1 looked for tf.python.control_flow_ops, which TensorFlow 1.0 had moved.",
)

GONE = ("theano", "cntk")
OF_TENSORFLOW1 = frozenset(
    [
        *("placeholder", "Session", "InteractiveSession", "contrib", "initialize_all_variables"),
        *("global_variables_initializer", "get_default_graph", "reset_default_graph", "gradients"),
        *("ConfigProto", "GPUOptions", "variable_scope", "get_variable", "app", "scalar_summary"),
        *("resize_images", "resize_bilinear", "to_float", "to_int32", "to_int64", "log", "div"),
        *("mul", "sub", "neg"),
        *("random_uniform", "random_normal", "truncated_normal", "set_random_seed", "pack"),
        *("image_summary", "histogram_summary", "merge_summary", "merge_all_summaries"),
        *("SummaryWriter", "Saver", "random_shuffle", "all_variables", "variables_initializer"),
    ]
)
#: The nodes around the key of `os.environ["KERAS_BACKEND"] = "theano"`.
CHOOSING = ("subscript", "assignment", "expression_statement")


@fixer("KI3")
def other_frameworks(file):
    """Theano and TensorFlow 1 beside Keras; only what Keras 1 needed of them goes.

    before: os.environ['KERAS_BACKEND'] = 'theano'
            tf.python.control_flow_ops = tf
    after:
    """
    if file.guess.era not in ("keras1", "mixed"):
        return
    for entry in file.names.imported if "theano" in file.words else ():
        if entry.origin.partition(".")[0] == "theano":
            yield file.finding(THEANO, entry.node, f"{entry.origin} is imported")
    if "tensorflow" in file.words and not OF_TENSORFLOW1.isdisjoint(file.words):
        yield from _tensorflow1(file)
    for key in file.literals("KERAS_BACKEND"):
        yield from _choice(file, key.parent)
    for label in file.uses("control_flow_ops"):
        yield from _patch(file, label.parent)


def _patch(file, left):
    node = left.parent
    is_set = node.type == "assignment" and node.start_byte == left.start_byte
    if is_set and file.text(left) == PATCHED and node.parent.type == "expression_statement":
        yield file.finding(PATCH, node, file.text(node))
        yield Deletion(node.parent)


def _tensorflow1(file):
    for local in {entry.local for entry in file.names.imported if entry.origin == "tensorflow"}:
        used = {use.node: use.dotted for use in uses_of(file, local, local) if _is_of_old(use)}
        for node in without_set_ups(file, used):
            yield file.finding(TENSORFLOW1, node, used[node])


def _is_of_old(use):
    names = use.dotted.split(".")[1:] if use.call else ()
    return not OF_TENSORFLOW1.isdisjoint((*names[:1], *names[-1:]))


def _choice(file, left):
    node = left.parent
    if (left.type, node.type, node.parent.type) != CHOOSING or node.start_byte != left.start_byte:
        return
    right = node.child_by_field_name("right")
    value = content_of(right) if right is not None else None
    if value is not None and file.text(value) in GONE:
        yield file.finding(CHOICE, node, file.text(node))
        yield Deletion(node.parent)
