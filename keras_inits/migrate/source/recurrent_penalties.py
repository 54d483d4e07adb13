"""The regularizer of recurrent matrices, which Keras 1.2 took from another argument."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.starts import GATED, inner_init_ignored
from keras_inits.migrate.source.edits import Again
from keras_inits.migrate.source.places import places_of

REGULARIZER_IGNORED = define(
    "KI213",
    "Keras 1.2 ignored U_regularizer",
    """In 1.2.0 to 1.2.2, LSTM and GRU regularized the recurrent matrices by W_regularizer, unless
    consume_less='gpu'. --bugs keep writes what they did, --bugs fix what the code says.""",
)

#: The argument that was ignored.
RECURRENT_PENALTY = "U_regularizer"


def is_ignored(file, call):
    """Whether the release regularized the recurrent matrices of a layer by W_regularizer.

    The same lines of keras/layers/recurrent.py, 1.2.2, drew them with `init`.
    """
    if call.layer not in GATED:
        return False
    old = file.guess.era == "keras1" and not call.modern
    return old and inner_init_ignored(places_of(file, call)["inner_init"])


def recurrent_penalty(file, call):
    """Edits that regularize the recurrent matrices as the old layer did.

    before: LSTM(8, W_regularizer=l2(0.1), U_regularizer=l2(0.2))
    after:  LSTM(8, W_regularizer=l2(0.1), recurrent_regularizer=l2(0.1))
    """
    said, done = call.bound.get(RECURRENT_PENALTY), call.bound.get("W_regularizer")
    if not said and not done:
        return
    text = file.text(done.value) if done else None
    if text is None:
        yield said.removed()
    elif said:
        yield said.renamed("recurrent_regularizer")
        yield said.valued(text)
    else:
        yield call.appended("recurrent_regularizer", text)
    words = f"recurrent matrices were regularized by W_regularizer={text}"
    yield file.finding(REGULARIZER_IGNORED, call.node, words)
    yield Again(everyone=True)
