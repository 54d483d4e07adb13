"""Nielsen's book, "Neural Networks and Deep Learning": the weights of its three programs."""

from keras_inits.core.initializer import BaseInitializer, ScaledInitializer
from keras_inits.core.laws import Normal
from keras_inits.core.registry import register
from keras_inits.schemes.pooled import PooledFans

__all__ = [
    "NielsenBias",
    "NielsenDefaultWeight",
    "NielsenLargeWeight",
    "NielsenNetwork3Weight",
]


class StandardNormal(BaseInitializer):
    """N(0, 1), whatever the shape."""

    def law(self, shape):
        """N(0, 1)."""
        return Normal(0.0, 1.0)


@register
class NielsenLargeWeight(StandardNormal):
    """The book's first weights, which saturate: W ~ N(0, 1) at every layer size.

    Law:
        W ~ N(0, 1)

    Source:
        mnielsen/neural-networks-and-deep-learning, src/network.py, and src/network2.py,
        large_weight_initializer.
    """


@register
class NielsenBias(StandardNormal):
    """The book's biases: b ~ N(0, 1), whatever the weights.

    Only the softmax layer of its Theano program starts at zero, weights and biases.

    Law:
        b ~ N(0, 1)

    Source:
        mnielsen/neural-networks-and-deep-learning, src/network2.py, default_weight_initializer.
    """


@register
class NielsenDefaultWeight(ScaledInitializer):
    """The book's better weights: W ~ N(0, 1 / fan_in), so that neurons do not saturate.

    Law:
        std = sqrt(1 / fan_in)
        W ~ N(0, std**2)

    Source:
        mnielsen/neural-networks-and-deep-learning, src/network2.py, default_weight_initializer;
        chapter 3, "Weight initialization".
    """

    distribution = "normal"


@register
class NielsenNetwork3Weight(PooledFans):
    """The weights of the book's Theano program: W ~ N(0, 1 / fan_out), not fan_in.

    Its convolutions divide fan_out by the size of the pool that follows: give `pool_size`. Its
    softmax layer starts at zero instead.

    Law:
        fan_out = out * receptive_field // prod(pool_size)
        std = sqrt(1 / fan_out)
        W ~ N(0, std**2)

    Raises:
        ValueError: for a pool size that has not one number for each axis of the receptive field.

    Source:
        mnielsen/neural-networks-and-deep-learning, src/network3.py, FullyConnectedLayer and
        ConvPoolLayer.
    """

    mode = "fan_out"
    distribution = "normal"
