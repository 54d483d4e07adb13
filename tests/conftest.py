"""Settings for every test: a quiet TensorFlow and the tests' own helpers on the path."""

import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
sys.path.insert(0, str(Path(__file__).parent))

import keras
import pytest


@pytest.fixture(autouse=True)
def _seeded():
    """Unseeded initializers draw the same in every run, so that no tolerance ever flakes."""
    keras.utils.set_random_seed(20161)


def pytest_report_header():
    """Which Keras and TensorFlow the tests ran with."""
    import tensorflow

    return f"keras {keras.__version__}, tensorflow {tensorflow.__version__}"
