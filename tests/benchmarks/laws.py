"""The laws that are drawn: what each side calls them, and how a draw is held to them."""

import math
from typing import NamedTuple

import numpy as np

import keras_inits as ki

#: How many standard errors a measured moment may be off.
ERRORS = 5
#: Standard deviation of a standard normal cut at two of its own.
TRUNCATED_STD = 0.87962566103423978
#: Its fourth moment over the variance squared: 3 + scipy.stats.truncnorm.stats(-2, 2, "k").
TRUNCATED_FOURTH_MOMENT = 2.3655367171296495
#: Entries whose moments are summed at once.
BLOCK = 2**20
#: Largest error of an entry of Q'Q in float32, over the square root of its size.
GRAM_ERROR = 2e-6


def _truncate_in_torch(init, tensor):
    std = math.sqrt(2 / tensor.shape[0]) / TRUNCATED_STD
    return init.trunc_normal_(tensor, std=std, a=-2 * std, b=2 * std)


class Law(NamedTuple):
    """One law by four names, and what is checked of it, in standard deviations.

    torch fills an empty tensor, jax has a function that makes an initializer.
    """

    ours: tuple
    keras: tuple
    torch: object = None
    jax: object = None
    bound: float = math.inf
    fourth_moment: float = 3.0
    gates: int = 0


ENTRIES = {
    "uniform": Law(
        ours=("keras1_glorot_uniform", {}),
        keras=("GlorotUniform", {}),
        torch=lambda init, tensor: init.xavier_uniform_(tensor),
        jax=lambda init: init.glorot_uniform(),
        bound=math.sqrt(3),
        fourth_moment=9 / 5,
    ),
    "normal": Law(
        ours=("variance_scaled", {"distribution": "normal"}),
        keras=("VarianceScaling", {"distribution": "untruncated_normal"}),
        torch=lambda init, tensor: init.normal_(tensor, std=math.sqrt(1 / tensor.shape[0])),
        jax=lambda init: init.variance_scaling(1.0, "fan_in", "normal"),
    ),
    "truncated normal": Law(
        ours=("variance_scaled", {"scale": 2.0}),
        keras=("HeNormal", {}),
        torch=_truncate_in_torch,
        jax=lambda init: init.he_normal(),
        bound=2 / TRUNCATED_STD,
        fourth_moment=TRUNCATED_FOURTH_MOMENT,
    ),
}

ORTHOGONAL = {
    "orthogonal": Law(
        ours=("haar_orthogonal", {}),
        keras=("Orthogonal", {}),
        torch=lambda init, tensor: init.orthogonal_(tensor),
        jax=lambda init: init.orthogonal(),
        gates=1,
    ),
    "orthogonal per gate": Law(
        ours=("per_gate", {"initializers": "haar_orthogonal", "gates": 4}),
        keras=("Orthogonal", {}),
        gates=4,
    ),
}

LAWS = {**ENTRIES, **ORTHOGONAL}


def check_law(law, side, values):
    """Whether the values follow the law, which all sides share; an error says what does not."""
    if not law.gates:
        return check_entries(law, values)
    # Keras knows no gates: it draws one wide matrix.
    gates = law.gates if side == "ours" else 1
    for matrix in np.split(values.reshape(-1, values.shape[-1]), gates, axis=-1):
        check_gram(matrix)
    return None


def check_entries(law, values):
    """Moments and bounds, of the variance that the initializer of ours states for this shape."""
    name, arguments = law.ours
    std = math.sqrt(ki.get(name, **arguments).variance(values.shape))
    mean, second, fourth = moments(values, std)
    hold("mean", abs(mean), ERRORS / math.sqrt(values.size))
    # Of these laws, the normal has the largest errors of the moments.
    hold("variance", abs(second - 1), ERRORS * math.sqrt(2 / values.size))
    hold("fourth moment", abs(fourth - law.fourth_moment), ERRORS * math.sqrt(96 / values.size))
    hold("largest entry", max(-values.min(), values.max()), law.bound * std * (1 + 1e-6))


def moments(values, std):
    """Mean, second and fourth moment in units of `std`, in blocks: float32 sums lose nothing."""
    blocks = np.array_split(values.ravel(), values.size // BLOCK + 1)
    sums = sum(np.array(block_sums(block / np.float32(std)), "float64") for block in blocks)
    return sums / values.size


def block_sums(block):
    squares = block * block
    return block.sum(), squares.sum(), np.vdot(squares, squares)


def check_gram(matrix):
    """Whether the rows or the columns, the fewer of them, are orthonormal."""
    tall = matrix if matrix.shape[0] >= matrix.shape[1] else matrix.T
    error = np.abs(tall.T @ tall - np.eye(tall.shape[1], dtype=tall.dtype)).max()
    hold("Gram error", error, GRAM_ERROR * math.sqrt(tall.shape[0]))


def hold(what, value, limit):
    """A measured value to its limit, also under `python -O`."""
    if not value <= limit:
        raise AssertionError(f"{what}: {value}, which may be at most {limit}.")
