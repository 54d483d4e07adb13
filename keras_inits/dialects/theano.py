"""Theano's Deep Learning Tutorials: Glorot's uniform law as their code drew it."""

from keras_inits.core.initializer import ScaledInitializer
from keras_inits.core.registry import register
from keras_inits.schemes.pooled import PooledFans

__all__ = ["TheanoPooledConvGlorot", "TheanoSigmoidGlorot", "TheanoTanhGlorot"]


@register
class TheanoTanhGlorot(ScaledInitializer):
    """The tutorials' hidden layer with tanh: W ~ U(-a, a), a = sqrt(6 / (fan_in + fan_out)).

    Law:
        a = sqrt(6 / (fan_in + fan_out))
        W ~ U(-a, a)

    Source:
        lisa-lab/DeepLearningTutorials, code/mlp.py, HiddenLayer.
    """

    mode = "fan_avg"


@register
class TheanoSigmoidGlorot(ScaledInitializer):
    """The tutorials' hidden layer with a sigmoid: four times the tanh law's range.

    The autoencoders and restricted Boltzmann machines of the tutorials use it as well.

    Law:
        a = 4 * sqrt(6 / (fan_in + fan_out))
        W ~ U(-a, a)

    Source:
        lisa-lab/DeepLearningTutorials, code/mlp.py, HiddenLayer; code/dA.py; code/rbm.py.
    """

    mode = "fan_avg"
    scale = 16.0


@register
class TheanoPooledConvGlorot(PooledFans):
    """The tutorials' LeNet layer: Glorot's uniform law with fan_out divided by the pool's size.

    The layer pools after it convolves, so that fewer outputs are fed; it is never multiplied by
    four.

    Law:
        fan_out = out * receptive_field // prod(pool_size)
        a = sqrt(6 / (fan_in + fan_out))
        W ~ U(-a, a)

    Raises:
        ValueError: for a pool size that has not one number for each axis of the receptive field.

    Source:
        lisa-lab/DeepLearningTutorials, code/convolutional_mlp.py, LeNetConvPoolLayer.
    """

    mode = "fan_avg"
    ranks = (3, 4, 5)

    def __init__(self, pool_size=(2, 2), axes=None, input_axes=None, output_axes=None, seed=None):
        super().__init__(pool_size, axes, input_axes, output_axes, seed)
