"""Layers that did otherwise in early releases."""

import numpy as np
import pytest

from keras_inits.migrate.source import convert

POOLING = "from keras.layers.convolutional import MaxPooling1D\nMaxPooling1D(pool_length=2)\n"
NOISE = "from keras.layers.core import Dropout\nfrom keras.layers.noise import GaussianDropout\n"
NOISE += "GaussianDropout(0.5)\n"


@pytest.mark.parametrize(
    ("text", "version", "told"),
    [
        (POOLING, "0.1.2", True),
        (POOLING, "0.1.3", False),
        (NOISE, "0.2.0", False),
        (NOISE, "0.3.0", True),
        (NOISE, "0.3.1", True),
        (NOISE, "0.3.2", False),
        (NOISE, "1.2.2", False),
    ],
)
def test_it_is_told_of_the_releases_that_did(text, version, told):
    codes = [found.code for found in convert(text, from_keras=version)[1]]
    assert ("KI223" in codes) == told


def test_the_advice_pools_the_features_of_each_step():
    from keras import layers

    x = np.arange(24.0).reshape(1, 4, 6)[:, :, ::-1]
    permuted = layers.Permute((2, 1))
    pooled = permuted(layers.MaxPooling1D(2)(permuted(x)))
    np.testing.assert_array_equal(pooled, x.reshape(1, 4, 3, 2).max(axis=-1))


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_the_advised_rate_has_the_old_noise(p):
    s = p / (1 - p)
    rate = s**2 / (1 + s**2)
    assert np.sqrt(rate / (1 - rate)) == pytest.approx(s, rel=1e-12)
