"""Haar's law on orthogonal matrices: the sampler behind every orthogonal initializer."""

import keras
from keras import ops

from keras_inits.core.sampling import householder
from keras_inits.core.sampling.dtypes import draw_dtype
from keras_inits.core.sampling.entries import normal
from keras_inits.core.sampling.seeds import tensorflow_seed

# Entries up to which a factorization is faster than reflections.
FACTORED_UP_TO = 96 * 96


def haar(batch, rows, columns, dtype, seed):
    """`batch` independent matrices from Haar's law, as a tensor (batch, rows, columns).

    Tall ones have orthonormal columns, wide ones orthonormal rows. Always drawn in float32, in
    float64 for float64.
    """
    if rows < columns:
        return ops.swapaxes(haar(batch, columns, rows, dtype, seed), 1, 2)
    dtype = draw_dtype(dtype)
    if keras.backend.backend() != "tensorflow" or rows * columns <= FACTORED_UP_TO:
        return factored(batch, rows, columns, dtype, seed)
    return householder.reflected(batch, rows, columns, dtype, tensorflow_seed(seed))


def factored(batch, rows, columns, dtype, seed):
    """The factor Q of Gaussian matrices, with the signs that make it unique.

    The factor as it comes is not Haar's: LAPACK chooses the signs. With diag(R) > 0 it is.
    """
    q, r = ops.qr(normal((batch, rows, columns), 0.0, 1.0, dtype, seed))
    diagonal = ops.diagonal(r, axis1=1, axis2=2)[:, None, :]
    return ops.where(diagonal < 0, -q, q)
