"""Names that people write and that no Keras has, with the law that they mean."""

from keras_inits.core.initializer import BaseInitializer, ScaledInitializer
from keras_inits.core.laws import Normal
from keras_inits.core.registry import register
from keras_inits.schemes.filters import BilinearKernel

__all__ = [
    "Bilinear",
    "Gaussian",
    "GlorotUnnormal",
    "HeUnnormal",
    "KaimingNormal",
    "KaimingUniform",
    "Msra",
    "XavierNormal",
    "XavierUniform",
]


class GlorotLaw(ScaledInitializer):
    """variance = 2 / (fan_in + fan_out)."""

    mode = "fan_avg"


class HeLaw(ScaledInitializer):
    """variance = 2 / fan_in: ReLU's gain squared is 2."""

    scale = 2.0


@register
class XavierUniform(GlorotLaw):
    """Glorot's uniform law under his first name: Keras' glorot_uniform.

    Law:
        a = sqrt(6 / (fan_in + fan_out))
        W ~ U(-a, a)

    Source:
        Glorot and Bengio (2010), equation 16.
    """


@register
class XavierNormal(GlorotLaw):
    """Glorot's law as a plain normal, as torch means it: Keras' glorot_normal is truncated.

    Law:
        std = sqrt(2 / (fan_in + fan_out))
        W ~ N(0, std**2)

    Source:
        Glorot and Bengio (2010), equation 12; torch.nn.init.xavier_normal_ (PyTorch 2.11).
    """

    distribution = "normal"


@register
class GlorotUnnormal(GlorotLaw):
    """What tutorials write for Glorot's uniform law.

    Law:
        a = sqrt(6 / (fan_in + fan_out))
        W ~ U(-a, a)

    Source:
        The name is that of tutorials, never a framework's; the law: Glorot and Bengio (2010),
        equation 16.
    """


@register
class KaimingUniform(HeLaw):
    """He's uniform law under his first name, with ReLU's gain: Keras' he_uniform.

    PyTorch's layers use another, narrower one (a = sqrt(5), so U(+-1 / sqrt(fan_in))).

    Law:
        a = sqrt(6 / fan_in)
        W ~ U(-a, a)

    Source:
        He et al. (2015), equation 10; torch.nn.init.kaiming_uniform_ (PyTorch 2.11) with
        nonlinearity "relu".
    """


@register
class KaimingNormal(HeLaw):
    """He's law as a plain normal, with ReLU's gain: Keras' he_normal is truncated.

    Law:
        std = sqrt(2 / fan_in)
        W ~ N(0, std**2)

    Source:
        He et al. (2015), equation 10; torch.nn.init.kaiming_normal_ (PyTorch 2.11) with
        nonlinearity "relu".
    """

    distribution = "normal"


@register
class HeUnnormal(HeLaw):
    """What tutorials write for He's uniform law.

    Law:
        a = sqrt(6 / fan_in)
        W ~ U(-a, a)

    Source:
        The name is that of tutorials, never a framework's; the law: He et al. (2015), equation 10.
    """


@register
class Msra(HeLaw):
    """He's law under the name of his laboratory: a plain normal, as in Caffe.

    Law:
        std = sqrt(2 / fan_in)
        W ~ N(0, std**2)

    Source:
        He et al. (2015), equation 10; BVLC/caffe 9b8915401, include/caffe/filler.hpp, MSRAFiller.
    """

    distribution = "normal"


@register
class Gaussian(BaseInitializer):
    """A small plain normal, Keras' "normal": W ~ N(0, 0.05**2).

    Law:
        W ~ N(0, 0.05**2)

    Source:
        The name is that of tutorials; the law: Keras 3.15, RandomNormal, and Keras 1's normal.
    """

    def law(self, shape):
        """N(0, 0.05**2)."""
        return Normal(0.0, 0.05)


@register
class Bilinear(BilinearKernel):
    """Caffe's bilinear upsampling filter, in every pair of channels.

    Law:
        f = ceil(k / 2), c = (k - 1) / (2 * f)
        W[y, x, :, :] = (1 - abs(x / f - c)) * (1 - abs(y / f - c))

    Raises:
        ValueError: for ranks other than 4 and receptive fields that are not square.

    Source:
        BVLC/caffe 9b8915401, include/caffe/filler.hpp, BilinearFiller.
    """
