"""What every initialization of Keras 1 shares: version, layer and dim_ordering."""

from typing import NamedTuple

from keras_inits.core.initializer import BaseInitializer
from keras_inits.dialects.keras1.kernels import keras1_axes
from keras_inits.dialects.keras1.layers import check_layer
from keras_inits.dialects.keras1.versions import check_name, default_ordering


class Setting(NamedTuple):
    """Where in Keras 1 a weight was drawn, nothing left open."""

    layer: str
    version: str
    dim_ordering: str


class Keras1Law(BaseInitializer):
    """An initialization of Keras 1.

    Args:
        version: the release, "0.1.0" to "1.2.2".
        layer: None for the name's law with Keras 3's fans; a Keras 1 class name, such as
            "Convolution1D", for the law that this layer really drew, on the weight as Keras 3
            stores it (as Keras 1 did for layers Keras 3 lacks; one gate's matrix, or the whole
            one of consume_less="gpu", for recurrent layers); "function" for what the bare
            function gave for this very shape.
        dim_ordering: "th" or "tf"; None for the default of the version's layers (th to 1.0.8,
            tf from 1.1.0), and th for "function".
    """

    #: The function's name in keras/initializations.py.
    keras1_name = None

    def _keep_setting(self, version, layer, dim_ordering):
        check_layer(self._name, layer, version, dim_ordering)
        check_name(self._name, self.keras1_name, version)
        self.version = version
        self.layer = layer
        self.dim_ordering = dim_ordering

    @property
    def setting(self):
        """The setting with its dim_ordering resolved; None without a layer."""
        if self.layer is None:
            return None
        ordering = self.dim_ordering or default_ordering(self.version, self.layer)
        return Setting(self.layer, self.version, ordering)

    def check_shape(self, shape):
        """`shape` as a tuple that the layer's weight can have."""
        shape = super().check_shape(shape)
        if self.setting:
            keras1_axes(self._name, self.setting, len(shape))
        return shape
