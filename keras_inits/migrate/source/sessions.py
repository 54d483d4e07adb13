"""Sessions of TensorFlow 1 that set up the GPU and do nothing else: the statements of them."""

from keras_inits.migrate.source.bindings import bound_at

OPTIONS, SESSION, SETTER = ".ConfigProto", ".Session", "set_session"


def set_ups(file):
    """For each session that only sets up the GPU, its statements in text order."""
    for label in file.uses("ConfigProto"):
        setting = _setting_up(file, _statement(label))
        if setting:
            yield setting


def without_set_ups(file, nodes):
    """Those of some nodes that are in none of them."""
    gone = {one.id for setting in (set_ups(file) if nodes else ()) for one in setting}
    return [node for node in nodes if _statement(node).id not in gone]


def _setting_up(file, statement):
    """All statements that a session's options are for, in text order; none if it does more."""
    options = _assigned(file, statement, OPTIONS)
    if options is None:
        return []
    found = {statement.start_byte: statement}
    for use in _later(file, options):
        node = _statement(use)
        session = _assigned(file, node, SESSION)
        others = _later(file, session) if session else []
        sets = [_statement(other) for other in others]
        if not (_is_option(node, use) or session or _is_set(file, node)):
            return []
        if not all(_is_set(file, other) for other in sets):
            return []
        found |= {one.start_byte: one for one in (node, *sets)}
    return [found[start] for start in sorted(found)]


def _statement(node):
    while node.parent is not None and node.parent.type not in ("block", "module"):
        node = node.parent
    return node


def _assigned(file, statement, made):
    """The name that a statement gives the result of a call of something, or None."""
    node = statement.named_children[0] if statement.named_children else statement
    right = node.child_by_field_name("right") if node.type == "assignment" else None
    if right is None or right.type != "call":
        return None
    left, function = node.named_children[0], right.child_by_field_name("function")
    return left if left.type == "identifier" and file.text(function).endswith(made) else None


def _later(file, name):
    """The other uses of a name that mean the same, in functions inside its scope, too."""
    text = file.text(name)
    bound = bound_at(file, text, name)
    uses = [use for use in file.meant(text) if use.id != name.id]
    return [use for use in uses if bound_at(file, text, use) is bound]


def _is_option(statement, use):
    """`config.gpu_options.allow_growth = True`."""
    node = statement.named_children[0]
    is_set = node.type == "assignment" and node.start_byte == use.start_byte
    return is_set and node.named_children[0].type == "attribute"


def _is_set(file, statement):
    """`K.set_session(session)`."""
    node = statement.named_children[0]
    function = node.child_by_field_name("function") if node.type == "call" else None
    return function is not None and file.text(function).endswith(SETTER)
