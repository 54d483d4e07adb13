"""Where in Keras 1 the weights of a call were drawn."""

from keras_inits.dialects.keras1.versions import DIM_ORDERINGS, at_least
from keras_inits.migrate.keras1.starts import where
from keras_inits.migrate.source.calls import content_of


def place_of(file, call, argument):
    """Where in Keras 1 the weight of a call's argument was drawn."""
    version = file.guess.version
    ordering = _word(file, call.bound.get("dim_ordering")) or file.guess.dim_ordering
    mode = _word(file, call.keywords.get("consume_less")) or "cpu"
    # Before 0.3.0 there was but one ordering.
    ordering = ordering if ordering in DIM_ORDERINGS and at_least(version, "0.3.0") else None
    return where(call.layer, argument, version, ordering, mode, file.options.bugs)


def _word(file, argument):
    content = argument and content_of(argument.value)
    return file.text(content) if content else None
