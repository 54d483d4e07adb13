"""Where in Keras 1 the weights of a call were drawn."""

from functools import lru_cache

from keras_inits.dialects.keras1.versions import DIM_ORDERINGS, at_least
from keras_inits.migrate.keras1 import table
from keras_inits.migrate.keras1.starts import where
from keras_inits.migrate.source.calls import content_of


def places_of(file, call):
    """Where each initialization of a call was drawn: the argument that takes it -> Where."""
    ordering = _word(file, call.bound.get("dim_ordering")) or file.guess.ordering.word
    mode = _word(file, call.keywords.get("consume_less")) or "cpu"
    return _places(call.layer, file.guess.version, ordering, mode, file.options.bugs)


@lru_cache(maxsize=4096)
def _places(layer, version, ordering, mode, bugs):
    # Before 0.3.0 there was but one ordering.
    known = ordering in DIM_ORDERINGS and at_least(version, "0.3.0")
    of_layer = (version, ordering if known else None, mode, bugs)
    return {argument: where(layer, argument, *of_layer) for argument in table.inits(layer)}


def _word(file, argument):
    content = argument and content_of(argument.value)
    return file.text(content) if content else None
