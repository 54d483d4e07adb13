"""Fused recurrent kernels: every gate by a law of its own."""

import keras
from keras import ops

from keras_inits.core.builtins import moments
from keras_inits.core.checks import is_integer
from keras_inits.core.initializer import BaseInitializer
from keras_inits.core.registry import get, register
from keras_inits.core.sampling.seeds import fold_seed

__all__ = ["PerGate"]


@register
class PerGate(BaseInitializer):
    """Cuts the last axis into equal gates and initializes each block by its own law.

    Keras fuses the gates of LSTM (i, f, c, o) and GRU (z, r, h) into one kernel and counts the
    fans of the whole; here each gate has the law of a matrix of its own, and a stream of its own:
    one initializer given for all gates is cloned with a seed folded from this seed, its own and
    the gate's number.

    On an LSTM's bias it needs `unit_forget_bias=False`: Keras otherwise calls the bias
    initializer twice, for (units,) and for (2 * units,), and puts ones between. That cannot be
    told from here, and gives wrong biases wherever the gates divide `units`.

    Args:
        initializers: one for all gates, or a list with one for each: names, initializers or
            configurations.
        gates: how many gates; needed with a single initializer, else the list's length.
        seed: folded into one for each gate. None: the initializers' own seeds count, and a seed
            is drawn for those that have none. A SeedGenerator among theirs is used only then.

    Law:
        W[..., gate] ~ the law of initializers[gate] for shape (..., last axis / gates)

    Raises:
        ValueError: for a last axis that the gates do not divide, a number of gates that does not
            match the list, an empty list, and an initializer that is unknown.

    Source:
        Keras 0.1.0 to 1.2.2, keras/layers/recurrent.py: a matrix for each gate, unless
        consume_less="gpu".
    """

    example_arguments = {"initializers": "keras1_glorot_uniform", "gates": 4}

    def __init__(self, initializers, gates=None, seed=None):
        super().__init__(seed)
        self.gates = self._check_gates(initializers, gates)
        listed = isinstance(initializers, (list, tuple))
        self.initializers = list(initializers) if listed else initializers
        self._blocks = [self._of_gate(index) for index in range(self.gates)]

    @property
    def blocks(self):
        """The gates' initializers, each with its own stream."""
        return tuple(self._blocks)

    def _check_gates(self, initializers, gates):
        listed = isinstance(initializers, (list, tuple))
        count = len(initializers) if listed and gates is None else gates
        if not is_integer(count) or count < 1 or (listed and len(initializers) != count):
            raise ValueError(
                f"{self._name} needs an initializer and a number of gates, or a list with one "
                f"for each gate; got initializers={initializers!r} and gates={gates!r}."
            )
        return int(count)

    def _of_gate(self, index):
        listed = isinstance(self.initializers, (list, tuple))
        initializer = get(self.initializers[index] if listed else self.initializers)
        return self._with_own_stream(initializer, index)

    def _with_own_stream(self, initializer, index):
        """A copy whose seed belongs to this gate alone; deterministic ones have no seed."""
        config = getattr(initializer, "get_config", dict)()
        if "seed" not in config:
            return initializer
        seed = self.seed
        if self._init_seed is None and isinstance(initializer.seed, keras.random.SeedGenerator):
            seed = initializer.seed
        own = config["seed"] if is_integer(config["seed"]) else None
        # Two seeds given by the user say all: then nothing drawn at construction is folded in.
        drawn = self._init_seed is None and own is not None
        config["seed"] = fold_seed(own if drawn else seed, own, index)
        return type(initializer).from_config(config)

    def check_shape(self, shape):
        """`shape` as a tuple whose last axis the gates divide."""
        shape = super().check_shape(shape)
        if not shape or shape[-1] % self.gates:
            raise ValueError(
                f"{self._name} got {self.gates} gates for a last axis of "
                f"{shape[-1] if shape else 'no size'}: shape={shape}. Use 4 gates for LSTM, 3 for "
                "GRU; on an LSTM's bias, set unit_forget_bias=False."
            )
        for block in self._blocks:
            getattr(block, "check_shape", tuple)(self._gate_shape(shape))
        return shape

    def _gate_shape(self, shape):
        return (*shape[:-1], shape[-1] // self.gates)

    def mean(self, shape):
        """Mean over the gates' means."""
        return sum(mean for mean, _ in self._moments(shape)) / self.gates

    def variance(self, shape):
        """Mean of the gates' second moments, less the mean squared."""
        second = sum(variance + mean**2 for mean, variance in self._moments(shape)) / self.gates
        return second - self.mean(shape) ** 2

    def _moments(self, shape):
        gate_shape = self._gate_shape(self.check_shape(shape))
        return [moments(block, gate_shape) for block in self._blocks]

    def draw(self, shape, dtype):
        """The gates' blocks side by side."""
        blocks = [block(self._gate_shape(shape), dtype=dtype) for block in self._blocks]
        return ops.concatenate(blocks, axis=-1)
