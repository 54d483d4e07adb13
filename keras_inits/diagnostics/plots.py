"""Pictures of what an initializer gives: its histogram under the law, or the kernel itself."""

import io
import math
import os
import textwrap
from pathlib import Path

from keras import ops

from keras_inits.core.registry import get
from keras_inits.diagnostics import views
from keras_inits.diagnostics.moments import compare

try:
    from matplotlib.figure import Figure
except ImportError as error:
    raise ImportError("Pictures need matplotlib: pip install 'keras-inits[plots]'.") from error

__all__ = ["check_path", "figure", "save"]

FORMATS = (".pdf", ".png", ".svg")


def figure(initializer, shape, dtype=None):
    """A picture of one draw, as a matplotlib Figure that no window and no pyplot knows of.

    Independent entries give a histogram, with the law's density over it; kernels that have a
    structure (orthogonal, identity, sparse, constant) an image of the matrix that they are,
    flattened as Keras does to (everything else, last axis); bilinear filters their receptive
    field; fused gates one picture each.

    Args:
        initializer: an initializer of this package or of Keras, or its name.
        shape: the weight's shape, in Keras' layout.
        dtype: a floating dtype; None for `keras.config.floatx()`.

    Raises:
        ValueError: for a weight without entries.
    """
    initializer = get(initializer)
    drawn = ops.convert_to_numpy(initializer(tuple(shape), dtype=dtype))
    title, values = _title(initializer, drawn), drawn.astype("float64")
    view = views.choose(initializer, values)
    columns, rows = views.grid(view, initializer)
    picture = Figure(figsize=(2.4 + 4.2 * columns, 1.2 + 3.8 * rows), layout="constrained")
    picture.suptitle(title, fontsize="medium")
    view(picture, initializer, values)
    return picture


def _title(initializer, drawn):
    moments = compare(initializer, drawn)
    mean, variance = moments.mean, moments.variance
    std = [math.sqrt(max(0.0, number)) for number in (variance.measured, variance.stated)]
    size = f"{moments.count:,} {'entry' if moments.count == 1 else 'entries'}"
    return "\n".join(
        [
            *textwrap.wrap(repr(initializer), 64),
            f"shape {drawn.shape}, {drawn.dtype}, {size}",
            f"mean {mean.measured:.3g} (law {mean.stated:.3g}), "
            f"std {std[0]:.4g} (law {std[1]:.4g})",
        ]
    )


def check_path(path):
    """`path` as a Path that a picture can be saved to.

    Raises:
        ValueError: for an unknown suffix, listing the known ones, and for a missing folder.
    """
    path = Path(path)
    if path.suffix.lower() not in FORMATS:
        raise ValueError(f"A picture is saved as {', '.join(FORMATS)}, got {str(path)!r}.")
    if not path.parent.is_dir():
        raise ValueError(f"There is no folder {str(path.parent)!r} to save {path.name!r} in.")
    return path


def save(figure, path):
    """Writes the figure as PNG, SVG or PDF, by the suffix; the whole file or none.

    Raises:
        ValueError: for a path that `check_path` refuses.
    """
    path = check_path(path)
    content = io.BytesIO()
    figure.savefig(content, format=path.suffix[1:].lower(), dpi=120)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content.getvalue())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
