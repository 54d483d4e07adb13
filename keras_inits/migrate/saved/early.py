"""Releases before 0.3.1, whose files name none and whose layers were not yet what they are."""

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.errors import MigrationError

__all__ = ["check_early"]

#: Written of nearly every layer from 0.3.1 on.
SINCE_0_3_1 = "cache_enabled"
#: What these layers gave in 0.3.0 and, if otherwise, before.
ONLY_IN_0_3_0 = {
    "SimpleRNN": "multiplied its input by its state",
    "MaxPooling2D": "took the average on Theano",
    "GRU": "used inner_activation where activation belongs",
}
UNLIKE_0_3_1 = {"Dropout", "Graph", *ONLY_IN_0_3_0}


def check_early(stored, layers, version, given):
    """Refuses weights of a release whose layers are not converted, or may be another's.

    Until 0.2.0 Dropout multiplied by 1 - p when it predicted, and a Graph kept its nodes in no
    order; in 0.3.0 three layers had faults.

    Args:
        stored: a Stored.
        layers: its Layers.
        version: the release, as given or assumed.
        given: whether the user said it.

    Raises:
        MigrationError: where the release must be said, or Keras 3 has no such layer.
    """
    deciding = [layer for layer in layers if layer.kind in UNLIKE_0_3_1]
    if stored.groups is None or not deciding:
        return
    if not given and not at_least(version, "1.0.0") and not _since_0_3_1(layers):
        names = ", ".join(layer.name for layer in deciding)
        raise MigrationError(
            f"{names}: predicted something else before 0.3.1, and the file, which is of 0.1.3 to "
            "0.3.0 by its style, does not name its release. Give from_keras, such as "
            "from_keras='0.2.0' (--from-keras)."
        )
    for layer in deciding:
        if version == "0.3.0" and layer.kind in ONLY_IN_0_3_0:
            fault = ONLY_IN_0_3_0[layer.kind]
            raise MigrationError(f"{layer.name} ({layer.kind}): {fault} in 0.3.0, by mistake.")
        if layer.kind == "Graph" and not at_least(version, "0.3.0"):
            raise MigrationError(f"{layer.name}: a Graph kept its nodes in no order until 0.2.0.")


def _since_0_3_1(layers):
    return any(SINCE_0_3_1 in layer.config for layer in layers)
