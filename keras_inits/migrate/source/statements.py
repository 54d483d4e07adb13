"""Statements: taking one out."""

from keras_inits.migrate.source.edits import Edit, replaced


def without(file, statement):
    """The edit that takes a statement out with its line; where it is not alone it is `pass`.

    before: import theano
            if fast: import theano
    after:  if fast: pass
    """
    start = file.data.rfind(b"\n", 0, statement.start_byte) + 1
    stop = file.data.find(b"\n", statement.end_byte)
    stop = len(file.data) if stop < 0 else stop + 1
    rest = file.data[start : statement.start_byte] + file.data[statement.end_byte : stop]
    only = statement.parent.type == "block" and len(statement.parent.named_children) == 1
    return replaced(statement, "pass") if rest.strip() or only else Edit(start, stop, "")
