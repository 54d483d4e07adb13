"""Sessions of TensorFlow 1 that a program makes only to set up the GPU."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import replaced
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.sessions import set_ups
from keras_inits.migrate.source.statements import without

SET_UP = define(
    "KI315",
    "a session that only set up the GPU was taken out",
    """TensorFlow 2 has no sessions. What was set, such as memory that grows, is set by
    tf.config.experimental.set_memory_growth now, before the first tensor is made.""",
)


@fixer("KI3")
def gpu_sessions(file):
    """Sessions that are made only to set up the GPU.

    before: config = tf.ConfigProto()
            config.gpu_options.allow_growth = True
            K.set_session(tf.Session(config=config))
    after:
    """
    if "ConfigProto" not in file.words or file.guess.era not in ("keras1", "mixed"):
        return
    for setting in set_ups(file):
        yield file.finding(SET_UP, setting[0], file.text(setting[0]))
        yield from _taken_out(file, setting)


def _taken_out(file, statements):
    """The edits that take statements out; one becomes `pass` where its block has no others."""
    blocks = {one.parent.id: one.parent for one in statements}
    for block in blocks.values():
        inside = [one for one in statements if one.parent.id == block.id]
        empty = block.type == "block" and len(inside) == len(block.named_children)
        if empty:
            yield replaced(inside[0], "pass")
        yield from (without(file, one) for one in inside[empty:])
