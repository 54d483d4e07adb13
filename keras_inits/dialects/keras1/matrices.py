"""Keras 1's structured matrices: orthogonal and identity."""

from keras_inits.core.checks import check_number
from keras_inits.core.registry import register
from keras_inits.dialects.keras1.kernels import keras1_axes
from keras_inits.dialects.keras1.law import Keras1Law
from keras_inits.schemes.identity import IdentityKernel
from keras_inits.schemes.orthogonal import OrthogonalKernel

__all__ = ["Keras1Identity", "Keras1Orthogonal"]


@register
class Keras1Orthogonal(Keras1Law, OrthogonalKernel):
    """Keras 1's `orthogonal`: 1.1 times an orthogonal matrix, flattened as its layers did.

    Without a layer the kernel is flattened as Keras 3 does, to (everything else, last axis). A
    layer's is the weight in Keras 1's layout, flattened to (first axis, everything else): right
    for 'th' convolutions, while a 'tf' one of shape (h, w, in, out) has only h orthogonal rows.
    The law is the original's up to the signs of the matrix' columns: the original kept those that
    its singular value decomposition happened to give, which are not Haar's.

    Args:
        scale: what the matrix is multiplied by; at least 0.

    Law:
        W = scale * Q, Q ~ Haar of (shape[0], prod(shape[1:])) in the Keras 1 layout
        variance = scale**2 / max(rows, columns)

    Raises:
        ValueError: for rank below 2 and for a version, layer or dim_ordering that Keras 1 did
            not have.

    Source:
        Keras 0.1.0 to 1.2.2, keras/initializations.py, orthogonal.
    """

    keras1_name = "orthogonal"

    def __init__(self, scale=1.1, version="1.2.2", layer=None, dim_ordering=None, seed=None):
        super().__init__(seed)
        self.scale = check_number(self._name, "scale", scale, low=0)
        self._keep_setting(version, layer, dim_ordering)

    @property
    def gain(self):
        """The scale, by this package's word."""
        return self.scale

    def matrix_axes(self, shape):
        """The first axis of the Keras 1 layout as rows, the others as columns."""
        axes = range(len(shape))
        if self.setting is None:
            return [], list(axes[:-1]), [axes[-1]]
        here, there = keras1_axes(self._name, self.setting, len(shape))
        rows, *columns = [[here.index(letter)] if letter != "1" else [] for letter in there]
        return [], rows, [axis for axes in columns for axis in axes]


@register
class Keras1Identity(Keras1Law, IdentityKernel):
    """Keras 1's `identity`: scale * I, for square matrices alone.

    Keras 3's Identity also makes rectangular ones.

    Args:
        scale: the diagonal's value.

    Law:
        W[i, j] = scale if i == j, else 0

    Raises:
        ValueError: for a weight that is not a square matrix, and for a version, layer or
            dim_ordering that Keras 1 did not have; before 0.1.2 it had no `identity`.

    Source:
        Keras 0.1.2 to 1.2.2, keras/initializations.py, identity.
    """

    keras1_name = "identity"
    ranks = (2,)

    def __init__(self, scale=1.0, version="1.2.2", layer=None, dim_ordering=None):
        self.scale = check_number(self._name, "scale", scale)
        self._keep_setting(version, layer, dim_ordering)

    @property
    def gain(self):
        """The scale, by this package's word."""
        return self.scale

    def check_shape(self, shape):
        """`shape` as a tuple of a square matrix."""
        shape = super().check_shape(shape)
        if shape[0] != shape[1]:
            raise ValueError(f"{self._name} needs a square matrix, got shape={shape}.")
        return shape
