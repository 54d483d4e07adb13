"""Draws time against size, in matrix products of the same run, on logarithmic axes."""

from benchmarks import figures

COLORS = {"ours": "tab:blue", "keras": "tab:red", "torch": "tab:orange", "jax": "tab:green"}
NAMES = {"ours": "ours", "keras": "Keras", "torch": "torch", "jax": "jax"}
ENTRIES = {"uniform": "o", "normal": "s", "truncated normal": "^"}


def save(results, path):
    """Orthogonal matrices on the left, independent entries on the right."""
    # Wanted here alone, and slow to import into every fresh process.
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 5), layout="constrained")
    draw_orthogonal(left, figures.sweep(results["rows"], "orthogonal"))
    draw_entries(right, results["rows"])
    left.set_ylabel("time, in products of 4096x4096 matrices")
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def draw_orthogonal(axes, squares):
    """One line for each side."""
    for side, color in COLORS.items():
        draw_line(axes, figures.times(squares, side), color=color, marker="o", label=NAMES[side])
    finish(axes, "orthogonal, n x n", squares)


def draw_entries(axes, rows):
    """Ours solid and Keras dashed, one marker for each law."""
    for law, marker in ENTRIES.items():
        squares = figures.sweep(rows, law)
        for side, line in (("ours", "-"), ("keras", "--")):
            style = {"color": COLORS[side], "marker": marker, "linestyle": line}
            points = figures.times(squares, side)
            draw_line(axes, points, label=f"{law}, {NAMES[side]}", **style)
    finish(axes, "independent entries, n x n", squares)


def draw_line(axes, points, **style):
    if points:
        axes.loglog(*zip(*points, strict=True), markersize=4, **style)


def finish(axes, title, squares):
    """Title, and the sizes that were measured as ticks."""
    axes.set_title(title)
    axes.set_xlabel("n, float32")
    axes.set_xticks(list(squares), [str(size) for size in squares], rotation=45)
    axes.xaxis.minorticks_off()
    axes.grid(alpha=0.3)
    if axes.lines:
        axes.legend(fontsize="small")
