"""The ways to show a weight's values in a matplotlib figure, and which of them says most."""

import math

import keras
import numpy as np

from keras_inits.schemes.filters import BilinearKernel
from keras_inits.schemes.orthogonal import OrthogonalKernel
from keras_inits.schemes.per_gate import PerGate
from keras_inits.schemes.tfp import TfpDistribution, make_distribution

GATES_IN_A_ROW = 4
# Beyond this size, the numbers of a receptive field no longer fit their pixels.
LARGEST_FIELD_WITH_NUMBERS = 12
LONGEST_WITH_SQUARE_PIXELS = 2
# Of the axis of an unbounded law, in standard deviations.
USUAL_REACH = 3.5


def grid(view, initializer):
    """Columns and rows of panels."""
    if view is _gates:
        rows = math.ceil(initializer.gates / GATES_IN_A_ROW)
        return min(initializer.gates, GATES_IN_A_ROW), rows
    return (2, 1) if view is _orthogonal else (1, 1)


def choose(initializer, values):
    """The function that draws what says most about these values."""
    if values.size in (1, *values.shape) and _has_atom(values):
        return _vector
    for kind, view in VIEWS:
        if isinstance(initializer, kind):
            return view
    return _matrix if _has_atom(values) else _histogram


def _has_atom(values):
    """Whether one value takes a twentieth of the entries: a histogram would show little else."""
    _, counts = np.unique(values, return_counts=True)
    return len(counts) == 1 or counts.max() > max(2, values.size / 20)


def _histogram(figure, initializer, values):
    axes = figure.subplots()
    law = initializer.law(values.shape) if hasattr(initializer, "law") else None
    low, high = _range(law, values)
    bins = int(np.clip(2 * values.size ** (1 / 3), 10, 100))
    axes.hist(values.ravel(), bins, range=(low, high), density=True, color="#9ecae1", label="drawn")
    margin = 0.06 * (high - low)
    x = np.linspace(low - margin, high + margin, 1001)
    density = _density(initializer, law, values.shape, x)
    if density is not None:
        axes.plot(x, density, color="#d94801", label="density of the law")
        axes.legend(loc="lower center", fontsize="small")
    axes.set(xlabel="weight", ylabel="density", xlim=(x[0], x[-1]))


def _range(law, values):
    """The law's bounds; where it has none, as far as most draws go and this one went."""
    if law is None:
        return values.min(), values.max()
    bounds, reach = law.support, USUAL_REACH * math.sqrt(law.variance)
    low = bounds[0] if math.isfinite(bounds[0]) else min(law.mean - reach, values.min())
    high = bounds[1] if math.isfinite(bounds[1]) else max(law.mean + reach, values.max())
    return low, high


def _density(initializer, law, shape, x):
    if law is not None:
        return law.density(x)
    if isinstance(initializer, TfpDistribution):
        return _distribution_density(initializer, shape, x)
    return None


def _distribution_density(initializer, shape, x):
    parameters = initializer.parameters or {}
    distribution = make_distribution("figure", initializer.distribution, parameters, "float64")
    factor = math.sqrt(initializer.variance(shape) / float(distribution.variance()))
    try:
        return np.asarray(distribution.prob(x / factor)) / factor
    except NotImplementedError:
        return None


def _vector(figure, initializer, values):
    axes = figure.subplots()
    axes.plot(np.ravel(values), ".", color="#08519c")
    axes.set(xlabel="entry", ylabel="weight")
    axes.xaxis.get_major_locator().set_params(integer=True)
    gates = getattr(initializer, "gates", 1)
    for gate in range(1, gates):
        axes.axvline(gate * values.size / gates - 0.5, color="grey", linestyle=":")


def _matrix(figure, initializer, values):
    del initializer
    axes = figure.subplots()
    _image(figure, axes, values.reshape(-1, values.shape[-1]))
    axes.set(xlabel="last axis", ylabel="first axis" if values.ndim == 2 else "all other axes")


def _orthogonal(figure, initializer, values):
    """The matrix and, since it looks like noise, what shows that it is none."""
    left, right = figure.subplots(1, 2)
    kernel = _first_matrix(initializer, values)
    _image(figure, left, kernel)
    left.set_title("W", fontsize="medium")
    left.set(xlabel="column", ylabel="row")
    _product(figure, right, kernel)


def _orthogonal_gate(figure, initializer, values):
    _product(figure, figure.subplots(), _first_matrix(initializer, values))


def _product(figure, axes, kernel):
    tall = kernel.shape[0] >= kernel.shape[1]
    _image(figure, axes, kernel.T @ kernel if tall else kernel @ kernel.T)
    side = "column" if tall else "row"
    axes.set_title("W'W" if tall else "WW'", fontsize="medium")
    axes.set(xlabel=side, ylabel=side)


def _first_matrix(initializer, values):
    if not isinstance(initializer, OrthogonalKernel):
        return values.reshape(-1, values.shape[-1])
    groups, rows, columns = initializer.matrix_axes(values.shape)
    size = math.prod(values.shape[axis] for axis in columns)
    group = values.transpose(*groups, *rows, *columns)[(0,) * len(groups)]
    return group.reshape(-1, size)


def _receptive_field(figure, initializer, values):
    del initializer
    axes = figure.subplots()
    field = values[:, :, 0, 0]
    _image(figure, axes, field)
    axes.set_title("receptive field of every pair of channels", fontsize="medium")
    axes.set(xlabel="column", ylabel="row")
    if len(field) <= LARGEST_FIELD_WITH_NUMBERS:
        for (row, column), value in np.ndenumerate(field):
            style = {"color": "white" if value > field.max() / 2 else "black", "size": "x-small"}
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", **style)


def _gates(figure, initializer, values):
    columns, rows = grid(_gates, initializer)
    panels = np.ravel(figure.subfigures(rows, columns))
    parts = np.split(values, initializer.gates, axis=-1)
    for number, (panel, block, part) in enumerate(
        zip(panels, initializer.blocks, parts, strict=False)
    ):
        panel.suptitle(f"gate {number}: {type(block).__name__}", fontsize="medium")
        view = choose(block, part)
        view = _orthogonal_gate if view is _orthogonal else view
        view(panel, block, part)


def _image(figure, axes, matrix):
    """White is zero; pixels are square unless the matrix is far from it."""
    limit, signed = np.abs(matrix).max() or 1.0, matrix.min() < 0
    scale = {"cmap": "RdBu_r", "vmin": -limit} if signed else {"cmap": "Reds", "vmin": 0}
    square = max(matrix.shape) <= LONGEST_WITH_SQUARE_PIXELS * min(matrix.shape)
    shown = axes.imshow(matrix, vmax=limit, aspect="equal" if square else "auto", **scale)
    figure.colorbar(shown, ax=axes)
    for axis in (axes.xaxis, axes.yaxis):
        axis.get_major_locator().set_params(integer=True)


ORTHOGONAL = (OrthogonalKernel, keras.initializers.Orthogonal)
VIEWS = ((PerGate, _gates), (BilinearKernel, _receptive_field), (ORTHOGONAL, _orthogonal))
