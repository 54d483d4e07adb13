"""Training or not: what Keras 1 asked of the backend, and what a call is told in Keras 3."""

from keras_inits.migrate.source.edits import Edit, inserted

CALL = "call"
SPLATS = ("list_splat_pattern", "dictionary_splat_pattern")
IN_TRAIN_PHASE = frozenset(("keras.backend.in_train_phase",))


def method_around(node):
    """The function around a node, lambdas included; None at the module's level."""
    while node is not None and node.type not in ("function_definition", "lambda"):
        node = node.parent
    return node


def by_training(file, call):
    """The edits of K.in_train_phase in a layer's call; none where one cannot be sure.

    before: def call(self, x, mask=None):
                return K.in_train_phase(noisy, x)
    after:  def call(self, x, mask=None, training=None):
                return (noisy if training else x)
    """
    method = method_around(call.node)
    values = [argument.value for argument in call.positional]
    plain = len(values) == 2 and not call.keywords and not call.splats
    if not plain or not _is_call(file, method) or any(_is_function(file, v) for v in values):
        return
    last = _last(method.child_by_field_name("parameters"))
    if last is None:
        return
    yield Edit(call.start, values[0].start_byte, "(")
    yield Edit(values[0].end_byte, values[1].start_byte, " if training else ")
    first = next(c for c in file.calls_of(IN_TRAIN_PHASE) if method_around(c.node) == method)
    if first.start == call.start:
        yield from _told(file, last)


def _is_call(file, method):
    named = method is not None and method.type == "function_definition"
    return named and file.text(method.child_by_field_name("name")) == CALL


def _is_function(file, node):
    """Whether a value is called by the backend instead of being one of two tensors."""
    return node.type == "lambda" or file.function(file.text(node)) is not None


def _last(parameters):
    """The last parameter that is no splat, or None."""
    return next((node for node in parameters.named_children[::-1] if node.type not in SPLATS), None)


def _told(file, last):
    """`training=None` behind the last parameter."""
    listed = last.parent.named_children
    names = [file.text(node.child_by_field_name("name") or node) for node in listed]
    if "training" not in names:
        yield inserted(last.end_byte, ", training=None")
