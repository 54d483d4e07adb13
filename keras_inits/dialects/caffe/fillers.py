"""Caffe's seven fillers, on Keras' kernels and with Caffe's fans."""

import keras_inits.core.laws as laws
from keras_inits.core.checks import check_choice, check_number, is_integer
from keras_inits.core.fans import Fans, product
from keras_inits.core.initializer import BaseInitializer, ScaledInitializer
from keras_inits.core.registry import register
from keras_inits.schemes.filters import BilinearKernel
from keras_inits.schemes.sparse import BernoulliNormal, UnitSum

__all__ = [
    "CaffeBilinear",
    "CaffeConstant",
    "CaffeGaussian",
    "CaffeMsra",
    "CaffePositiveUnitball",
    "CaffeUniform",
    "CaffeXavier",
]

VARIANCE_NORMS = {"fan_in": "fan_in", "fan_out": "fan_out", "average": "fan_avg"}


@register
class CaffeConstant(BaseInitializer):
    """Caffe's `constant` filler, the default of its layers' weights: W = value.

    Args:
        value: of every entry.

    Law:
        W = value

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, ConstantFiller.
    """

    def __init__(self, value=0.0):
        self.value = check_number(self._name, "value", value)

    def law(self, shape):
        """The value."""
        return laws.Constant(self.value)


@register
class CaffeUniform(BaseInitializer):
    """Caffe's `uniform` filler: W ~ U(min, max), from 0 to 1 unless told otherwise.

    Args:
        min: lower bound.
        max: upper bound, not below the lower.

    Law:
        W ~ U(min, max)

    Raises:
        ValueError: for bounds in the wrong order.

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, UniformFiller.
    """

    def __init__(self, min=0.0, max=1.0, seed=None):
        super().__init__(seed)
        self.min = check_number(self._name, "min", min)
        self.max = check_number(self._name, "max", max, low=min)

    def law(self, shape):
        """U(min, max)."""
        return laws.Uniform(self.min, self.max)


class CaffeScaled(ScaledInitializer):
    """A law scaled by Caffe's fans.

    Caffe counts a blob's entries over its first axis (fan_in) and over its second (fan_out). With
    the blob of InnerProduct, Convolution and Deconvolution in Keras' layout these are Keras' fans;
    only a vector differs: fan_in 1, fan_out n. Embed, and InnerProduct with `transpose: true`, keep
    their blob as Keras does, (inputs, outputs), and so have the fans of `axes="oi"`.

    Args:
        variance_norm: what the variance is divided by: "fan_in", "fan_out" or "average".
    """

    ranks = range(1, 9)

    def __init__(
        self, variance_norm="fan_in", axes=None, input_axes=None, output_axes=None, seed=None
    ):
        super().__init__(axes, input_axes, output_axes, seed)
        self.variance_norm = check_choice(
            self._name, "variance_norm", variance_norm, VARIANCE_NORMS
        )

    @property
    def mode(self):
        """The fan by this package's word."""
        return VARIANCE_NORMS[self.variance_norm]

    def fans(self, shape):
        """Caffe's fans of the blob that this kernel is."""
        plain_vector = len(shape) == 1 and self.axes is None and self.input_axes is None
        return Fans(1, shape[0]) if plain_vector else super().fans(shape)


@register
class CaffeXavier(CaffeScaled):
    """Caffe's `xavier` filler: W ~ U(-a, a), a = sqrt(3 / fan_in).

    It cites Glorot and Bengio (2010) but, by default, leaves out fan_out; "average" is Glorot's
    law.

    Law:
        n = fan_in, fan_out or (fan_in + fan_out) / 2, by variance_norm
        a = sqrt(3 / n)
        W ~ U(-a, a)

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, XavierFiller.
    """


@register
class CaffeMsra(CaffeScaled):
    """Caffe's `msra` filler: W ~ N(0, 2 / fan_in), not truncated.

    Law:
        n = fan_in, fan_out or (fan_in + fan_out) / 2, by variance_norm
        std = sqrt(2 / n)
        W ~ N(0, std**2)

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, MSRAFiller.
    """

    scale = 2.0
    distribution = "normal"


@register
class CaffeGaussian(BernoulliNormal):
    """Caffe's `gaussian` filler: W ~ N(mean, std**2), with `sparse` mostly zeros.

    `sparse` is the expected, not the exact, number of an input's non-zero weights: each entry is
    kept with probability sparse / num_output.

    Args:
        mean: of the normal.
        std: its standard deviation, at least 0; 1 unless told otherwise.
        sparse: expected number of non-zero outputs of an input, at most num_output; -1 for all.

    Law:
        W = b * x, x ~ N(mean, std**2), b = 1 with probability sparse / num_output, else 0
        num_output = last axis, or the product of the `o` axes

    Raises:
        ValueError: for a sparse below -1 or above num_output, and for a negative std.

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, GaussianFiller.
    """

    ranks = range(1, 9)

    def __init__(
        self,
        mean=0.0,
        std=1.0,
        sparse=-1,
        axes=None,
        input_axes=None,
        output_axes=None,
        seed=None,
    ):
        super().__init__(axes, input_axes, output_axes, seed)
        self._location = check_number(self._name, "mean", mean)
        self.std = check_number(self._name, "std", std, low=0)
        if not is_integer(sparse) or sparse < -1:
            raise ValueError(f"{self._name} needs sparse as an integer from -1 on, got {sparse!r}.")
        self.sparse = int(sparse)

    def argument(self, name):
        """As ever, but `mean` is a method here and the argument is kept beside it."""
        return self._location if name == "mean" else super().argument(name)

    def check_shape(self, shape):
        """`shape` as a tuple, with outputs enough for `sparse`."""
        shape = super().check_shape(shape)
        if self.sparse > max(1, self._num_output(shape)):
            raise ValueError(
                f"{self._name} got sparse={self.sparse} for {self._num_output(shape)} outputs: "
                f"shape={shape}. Use at most that."
            )
        return shape

    def probability(self, shape):
        """Sparse / num_output, or None."""
        return None if self.sparse < 0 else self.sparse / self._num_output(shape)

    def _num_output(self, shape):
        if self.input_axes is not None:
            return self.fans(shape).fan_out
        return product(shape, self.axes, "o".__eq__) if self.axes else shape[-1]


@register
class CaffePositiveUnitball(UnitSum):
    """Caffe's `positive_unitball` filler: uniform on (0, 1), each output's weights over their sum.

    Law:
        W[..., o] = u[..., o] / sum(u[..., o]), u ~ U(0, 1)

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, PositiveUnitballFiller.
    """

    ranks = range(1, 9)

    def summed_axes(self, shape):
        """All axes but the outputs'."""
        if self.output_axes is not None:
            outputs = {axis % len(shape) for axis in self.output_axes}
        else:
            letters = self.axes or "i" * (len(shape) - 1) + "o"
            outputs = {axis for axis, letter in enumerate(letters) if letter == "o"}
        return tuple(axis for axis in range(len(shape)) if axis not in outputs)


@register
class CaffeBilinear(BilinearKernel):
    """Caffe's `bilinear` filler: the filter of bilinear upsampling, in every pair of channels.

    Made for a Deconvolution with a group for each channel; in a kernel of several channels it
    mixes them all.

    Law:
        f = ceil(k / 2), c = (k - 1) / (2 * f)
        W[y, x, :, :] = (1 - abs(x / f - c)) * (1 - abs(y / f - c))

    Raises:
        ValueError: for ranks other than 4 and receptive fields that are not square.

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, BilinearFiller.
    """
