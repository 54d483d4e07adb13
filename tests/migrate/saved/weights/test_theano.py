"""Theano's transposed convolution, whose 'same' leaves out other sides than TensorFlow's.

The file is one of Keras 1.2.2 on Theano, its inputs and predictions in the npz.
"""

from pathlib import Path

import numpy as np
import pytest

from keras_inits.migrate.saved import MigrationError, load

FILE = Path(__file__).parent / "data" / "t122_deconv_th_same_2"


def loaded(backend):
    return load(f"{FILE}.json", f"{FILE}_weights.h5", backend=backend)[0]


def test_a_strided_same_deconvolution_predicts_as_it_did():
    recorded = np.load(f"{FILE}.npz")
    found = loaded("theano").predict_on_batch(recorded["x"])
    np.testing.assert_allclose(found, recorded["y"], rtol=1e-5, atol=1e-5)
    assert np.abs(loaded("tensorflow").predict_on_batch(recorded["x"]) - recorded["y"]).max() > 0.1


def test_without_the_backend_it_is_refused():
    with pytest.raises(MigrationError, match="backend"):
        load(f"{FILE}.json", f"{FILE}_weights.h5")
