"""Lambda, and layers that the user supplies."""

import keras

from keras_inits.migrate.saved.layers.given import ASIDE
from keras_inits.migrate.saved.layers.words import common

__all__ = ["function", "supplied"]


def function(given):
    """A Lambda, whose function the user has to supply: byte code is never looked at.

    Raises:
        MigrationError: where it is not supplied.
    """
    for word in ("function_type", "output_shape", "output_shape_type", "arguments"):
        given(word)
    name = given("function")
    found = given.supplied(given.layer.original)
    if found is None and isinstance(name, str):
        found = given.supplied(name)
    if found is None:
        raise given.refusal(
            "its function is its author's: the file holds byte code or a name, neither of which "
            f"is run. Supply it, in Python: lambdas={{{given.layer.original!r}: function}}."
        )
    if isinstance(found, keras.layers.Layer):
        return [found]
    return [keras.layers.Lambda(found, arguments=given("arguments") or {}, **common(given))]


def supplied(given, found):
    """A layer of the user's: an instance as it is, a class made from the configuration."""
    if isinstance(found, keras.layers.Layer):
        return [found]
    left = {key: value for key, value in given.layer.config.items() if key not in ASIDE}
    for word in given.layer.config:
        given(word)
    try:
        return [found(**left, **common(given))]
    except TypeError as error:
        raise given.refusal(f"{found.__name__} does not take its configuration: {error}") from error
