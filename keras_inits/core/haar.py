"""Haar's law on orthogonal matrices: the sampler behind every orthogonal initializer."""

from keras import ops

from keras_inits.core import sampling
from keras_inits.core.dtypes import draw_dtype


def haar(batch, rows, columns, dtype, seed):
    """`batch` independent matrices from Haar's law, as a tensor (batch, rows, columns).

    Tall ones have orthonormal columns, wide ones orthonormal rows. Always drawn in float32, in
    float64 for float64.
    """
    if rows < columns:
        return ops.swapaxes(haar(batch, columns, rows, dtype, seed), 1, 2)
    gaussian = sampling.normal((batch, rows, columns), 0.0, 1.0, draw_dtype(dtype), seed)
    q, r = ops.qr(gaussian)
    # The factor alone is not Haar's: LAPACK chooses the signs. With diag(R) > 0 it is unique.
    signs = ops.where(ops.diagonal(r, axis1=1, axis2=2) < 0, -1.0, 1.0)
    return q * ops.cast(signs[:, None, :], q.dtype)
