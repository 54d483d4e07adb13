"""The two base classes of every initializer: any law, and laws scaled by fans."""

import inspect

import keras
from keras import ops

from keras_inits.core import fans as fan_rules
from keras_inits.core.checks import check_dtype, check_rank, check_seed, check_shape
from keras_inits.core.laws import FAMILIES
from keras_inits.core.sampling.seeds import default_seed


class BaseInitializer(keras.initializers.Initializer):
    """An initializer that states its law; subclasses give `law`, or `draw`, `mean`, `variance`.

    Args:
        seed: None (drawn once, when the initializer is made), an integer with
            0 <= seed < 2**31 - 2, or a `keras.random.SeedGenerator`. As in Keras, one instance
            repeats itself unless it holds a SeedGenerator.
    """

    #: Ranks of the weights it can make; None for all.
    ranks = None
    #: Arguments to show and test it with, where it cannot do without.
    example_arguments = {}
    #: Deterministic initializers have none.
    seed = None

    def __init__(self, seed=None):
        self._keep_seed(seed)

    def _keep_seed(self, seed):
        # Keras' layers read `seed`; the configuration keeps what the user gave, so that a clone
        # of an unseeded initializer draws anew.
        self._init_seed = check_seed(self._name, seed)
        self.seed = default_seed() if self._init_seed is None else self._init_seed

    @property
    def _name(self):
        return type(self).__name__

    def __call__(self, shape, dtype=None):
        """The weight.

        Args:
            shape: dimensions in Keras' layout, `(..., in, out)`; a zero gives an empty tensor.
            dtype: a floating dtype; None for `keras.config.floatx()`.

        Raises:
            ValueError: for a shape or dtype that it cannot make.
        """
        shape = self.check_shape(shape)
        dtype = check_dtype(self._name, dtype)
        if 0 in shape:
            return ops.zeros(shape, dtype=dtype)
        return self.draw(shape, dtype)

    def check_shape(self, shape):
        """`shape` as a tuple, after every check that needs no tensor."""
        shape = check_shape(self._name, shape)
        check_rank(self._name, self.ranks, shape)
        return shape

    def law(self, shape):
        """The distribution of the entries, where they are independent and alike; else None."""
        del shape
        return None

    def draw(self, shape, dtype):
        """The tensor of a shape and dtype that were checked."""
        return self.law(shape).sample(shape, dtype, self.seed)

    def mean(self, shape):
        """Exact mean of an entry at a random position."""
        return self.law(self.check_shape(shape)).mean

    def variance(self, shape):
        """Exact variance of an entry at a random position."""
        return self.law(self.check_shape(shape)).variance

    def get_config(self):
        """The constructor's arguments, as the user gave them."""
        return {name: _plain(self.argument(name)) for name in signature(type(self))}

    def argument(self, name):
        """The value of a constructor's argument, as the user gave it."""
        return self._init_seed if name == "seed" else getattr(self, name)

    def __repr__(self):
        words = [
            f"{name}={self.argument(name)!r}"
            for name, parameter in signature(type(self)).items()
            if self.argument(name) is not parameter.default
        ]
        return f"{self._name}({', '.join(words)})"


class ScaledInitializer(BaseInitializer, keras.initializers.VarianceScaling):
    """`variance = scale / fan`, uniform, normal or truncated normal, mean 0.

    It is a VarianceScaling for Keras' EinsumDense, which tells only those the fans of its
    projection (so MultiHeadAttention too): through `input_axes` and `output_axes`.

    Args:
        axes: one letter for each axis of the weight, `i` input, `o` output, `g` independent
            group, any other receptive field; letters repeat. None: Keras' `(..., in, out)`.
        input_axes: list of the axes counted in fan_in, as Keras' EinsumDense gives them.
        output_axes: list of the axes counted in fan_out; with both given, `axes` has no say.
    """

    scale = 1.0
    mode = "fan_in"
    distribution = "uniform"

    def __init__(self, axes=None, input_axes=None, output_axes=None, seed=None):
        self.axes = fan_rules.check_axes(self._name, axes)
        fan_rules.check_axis_lists(self._name, input_axes, output_axes)
        self.input_axes = input_axes and list(input_axes)
        self.output_axes = output_axes and list(output_axes)
        self._keep_seed(seed)

    def fans(self, shape):
        """Fans of the weight, in the original's way of counting."""
        if self.input_axes is not None:
            return fan_rules.fans_of_axes(shape, self.input_axes, self.output_axes, self._name)
        return fan_rules.fans(shape, self.axes, self._name)

    def check_shape(self, shape):
        """`shape` as a tuple; the axes must fit it."""
        shape = super().check_shape(shape)
        self.fans(shape)
        return shape

    def scaled_variance(self, shape):
        """The scale over the fan; a fan of zero, which only empty weights have, counts as one."""
        return self.scale / (fan_rules.MODES[self.mode](self.fans(shape)) or 1.0)

    def law(self, shape):
        """The distribution family with that variance."""
        return FAMILIES[self.distribution](self.scaled_variance(shape))


def signature(cls):
    """Names and parameters of the constructor's arguments."""
    return {
        name: parameter
        for name, parameter in inspect.signature(cls.__init__).parameters.items()
        if name != "self"
    }


def _plain(value):
    """A value as JSON can hold it; a tuple as a list, which is what a loaded file gives back."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return keras.saving.serialize_keras_object(value)
