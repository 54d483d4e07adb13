"""BatchNormalization's `running_std` as the variance that Keras 3 wants.

Its name never changed, its meaning did: a standard deviation, used as (x - mean) / (std + epsilon),
up to Keras 1.0.5, and under Theano in 1.0.6; a variance, used as (x - mean) / sqrt(var + epsilon),
from then on (keras/layers/normalization.py, keras/backend/*_backend.py: batch_normalization).
"""

import numpy as np

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.errors import MigrationError

__all__ = ["default_epsilon", "holds_variance", "variance"]


def variance(layer, stored, circumstances, epsilon):
    """The moving variance that gives the old output in a Keras 3 layer of the given epsilon.

    From a standard deviation: (std + old epsilon)**2 - epsilon, so that Keras 3's
    sqrt(variance + epsilon) is std + old epsilon; from a variance, what keeps the sum with epsilon.

    Raises:
        MigrationError: if it cannot be told what the file holds, or if it is negative.
    """
    if not (stored >= 0).all():
        raise MigrationError(
            f"{layer.name}: neither a running variance nor a standard deviation is negative; the "
            f"file has {stored.min()} as its running_std. The file is damaged."
        )
    old = layer.config.get("epsilon", default_epsilon(circumstances.version))
    exact = stored.astype("float64")
    if holds_variance(layer, circumstances):
        return (exact + (old - epsilon)).astype(stored.dtype)
    return ((exact + old) ** 2 - epsilon).astype(np.promote_types(stored.dtype, "float32"))


def holds_variance(layer, circumstances):
    """Whether the `running_std` of these circumstances is a variance."""
    if circumstances.version == "1.0.6":
        return _backend_of_1_0_6(layer, circumstances.backend) == "tensorflow"
    return at_least(circumstances.version, "1.0.7")


def default_epsilon(version):
    """The epsilon of layers that do not say theirs."""
    for first, epsilon in (("1.2.0", 1e-3), ("1.1.0", 1e-5)):
        if at_least(version, first):
            return epsilon
    return 1e-6


def _backend_of_1_0_6(layer, backend):
    if backend is None:
        raise MigrationError(
            f"{layer.name}: the running_std of Keras 1.0.6 is a variance under TensorFlow and a "
            f"standard deviation under Theano. Say which wrote the file: --backend."
        )
    return backend
