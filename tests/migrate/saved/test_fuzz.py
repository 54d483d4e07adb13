"""Mutated model files are refused or converted, quickly, and nothing else happens."""

import tempfile
from pathlib import Path

from fuzz import cases, outcome
from hypothesis import HealthCheck, Phase, given, settings


@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(cases())
def test_a_mutated_file_is_refused_or_converted(case):
    with tempfile.TemporaryDirectory() as folder:
        assert outcome(case, Path(folder)) in ("refused", "converted")
