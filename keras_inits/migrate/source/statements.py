"""Statements that are taken out, and what stays where one is needed."""

from keras_inits.migrate.source.edits import Edit, replaced


def deletions(statements, data):
    """The edits that take statements out with their lines; where one is needed, it is `pass`.

    before: import theano
            if fast: import theano
    after:  if fast: pass
    """
    gone = {statement.id for statement in statements}
    return [_deletion(statement, gone, data) for statement in statements]


def _deletion(statement, gone, data):
    start = data.rfind(b"\n", 0, statement.start_byte) + 1
    stop = data.find(b"\n", statement.end_byte)
    stop = len(data) if stop < 0 else stop + 1
    rest = data[start : statement.start_byte] + data[statement.end_byte : stop]
    needed = rest.strip() or _holds_a_block(statement, gone)
    return replaced(statement, "pass") if needed else Edit(start, stop, "")


def _holds_a_block(statement, gone):
    """Whether a statement is the first of a block that loses all it has."""
    if statement.parent.type != "block":
        return False
    inside = [node for node in statement.parent.named_children if node.type != "comment"]
    return inside[0] == statement and all(node.id in gone for node in inside)
