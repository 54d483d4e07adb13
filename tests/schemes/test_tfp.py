"""Distributions of TensorFlow Probability: their laws, and what is refused."""

import pytest
import scipy.stats
from sampling_statistics import draws

import keras_inits as ki

LAWS = [
    ("Laplace", {"loc": 0.1, "scale": 0.2}, scipy.stats.laplace(0.1, 0.2)),
    ("Logistic", {"loc": 0.0, "scale": 0.5}, scipy.stats.logistic(0, 0.5)),
    ("StudentT", {"df": 5.0, "loc": 0.0, "scale": 1.0}, scipy.stats.t(5)),
    ("Gamma", {"concentration": 2.0, "rate": 4.0}, scipy.stats.gamma(2, scale=0.25)),
    ("TruncatedNormal", {"loc": 0.0, "scale": 1.0, "low": -1, "high": 1},
     scipy.stats.truncnorm(-1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameters", "law"), LAWS)
def test_entries_follow_the_distribution(name, parameters, law):
    initializer = ki.TfpDistribution(name, parameters)
    sample = draws(initializer, (100, 100), 1).ravel()
    assert scipy.stats.kstest(sample, law.cdf).pvalue > 1e-6
    assert initializer.mean((4, 4)) == pytest.approx(law.mean(), abs=1e-9)
    assert initializer.variance((4, 4)) == pytest.approx(law.var(), rel=1e-9)


def test_a_scaled_one_has_the_variance_of_its_fan():
    initializer = ki.TfpDistribution(
        "Laplace", {"loc": 0, "scale": 7}, scale=2.0, mode="fan_out", gain="tanh"
    )
    assert initializer.variance((64, 50)) == pytest.approx((5 / 3) ** 2 * 2 / 50)
    sample = draws(initializer, (100, 50), 1).ravel() / initializer.variance((100, 50)) ** 0.5
    assert scipy.stats.kstest(sample, scipy.stats.laplace(scale=0.5**0.5).cdf).pvalue > 1e-6


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("Laplacian", {}, "Laplace"),
        ("__builtins__", {}, "name of a distribution"),
        ("FULLY_REPARAMETERIZED", {}, "name of a distribution"),
        ("kl_divergence", {}, "name of a distribution"),
        ("Distribution", {}, "cannot make"),
        (3, {}, "name of a distribution"),
        ("Laplace", {"loc": 0}, "cannot make"),
        ("Laplace", {"loc": 0, "scale": float("nan")}, "scale"),
        ("Laplace", {"loc": 0, "scale": [1.0, 2.0]}, "scale"),
        ("Laplace", {"loc": 0, "scale": 1, "name": "x"}, "name"),
        ("Laplace", {"loc": 0, "scale": -1.0}, "cannot make"),
        ("Laplace", [0, 1], "dict"),
        ("Cauchy", {"loc": 0, "scale": 1}, "finite"),
        ("StudentT", {"df": 2, "loc": 0, "scale": 1}, "finite"),
        ("Bernoulli", {"probs": 0.5}, "floating"),
        ("Deterministic", {"loc": 1}, "positive"),
        ("VonMises", {"loc": 0.0, "concentration": 1.0}, "circular"),
        ("SphericalUniform", {"dimension": 3}, "cannot make|single"),
    ],
)
def test_what_is_no_law_for_weights_is_refused(name, parameters, said):
    with pytest.raises(ValueError, match=said):
        ki.TfpDistribution(name, parameters)
