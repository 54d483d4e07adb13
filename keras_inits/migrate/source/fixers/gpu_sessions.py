"""Sessions of TensorFlow 1 that a program makes only to set up the GPU."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Deletion
from keras_inits.migrate.source.registry import fixer
from keras_inits.migrate.source.sessions import set_ups

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
        yield from map(Deletion, setting)
