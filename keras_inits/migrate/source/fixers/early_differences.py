"""Layers of 0.x that did otherwise than their later releases, and than Keras 3's."""

from keras_inits.dialects.keras1.versions import VERSIONS
from keras_inits.migrate.findings import define
from keras_inits.migrate.source.registry import fixer

DID_OTHERWISE = define(
    "KI223",
    "a layer that did otherwise in the release",
    """The release had a mistake that later ones mended: MaxPooling1D until 0.1.2 took the largest
    of neighbouring features of one step, not of neighbouring steps of one feature; the noise of
    GaussianDropout in 0.3.0 and 0.3.1 had the standard deviation p / (1 - p), not its square root.
    What Keras 3 does was left.""",
    open=True,
)

#: The first and the last release in which a layer did otherwise, and what it did.
DIFFERENCES = {
    "MaxPooling1D": (
        ("0.1.0", "0.1.2"),
        "it pooled the features of each step: put a Permute((2, 1)) before and behind it",
    ),
    "GaussianDropout": (
        ("0.3.0", "0.3.1"),
        "its noise had s = p / (1 - p): give it the rate s**2 / (1 + s**2)",
    ),
}


@fixer("KI2")
def early_differences(file):
    """Layers that did otherwise in the release; nothing changes.

    reported: MaxPooling1D(pool_length=2)

    Source: keras/layers/convolutional.py (0.1.2, 0.1.3), keras/layers/noise.py (0.3.1, 0.3.2).
    """
    if not file.is_original or file.guess.era != "keras1":
        return
    release = VERSIONS.index(file.guess.version)
    for call in file.layer_calls if not file.words.isdisjoint(DIFFERENCES) else ():
        releases, words = DIFFERENCES.get(call.layer, ((), None))
        first, last = map(VERSIONS.index, releases) if releases else (0, -1)
        if first <= release <= last:
            words = f"in Keras {file.guess.version} {words}"
            yield file.finding(DID_OTHERWISE, call.node, words)
