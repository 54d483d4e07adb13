"""The sides that are compared: how each makes a draw ready, and how to wait for it."""

import importlib.util

import keras

import keras_inits as ki

JITTED = {}


def from_ours(law, shape, dtype, seed):
    name, arguments = law.ours
    initializer = ki.get(name, **arguments, seed=seed)
    return lambda: initializer(shape, dtype=dtype)


def from_keras(law, shape, dtype, seed):
    name, arguments = law.keras
    initializer = getattr(keras.initializers, name)(**arguments, seed=seed)
    return lambda: initializer(shape, dtype=dtype)


def from_torch(law, shape, dtype, seed):
    import torch

    torch.manual_seed(seed)
    kind = getattr(torch, dtype)
    return lambda: law.torch(torch.nn.init, torch.empty(shape, dtype=kind))


def from_jax(law, shape, dtype, seed):
    import jax

    if law.jax not in JITTED:
        JITTED[law.jax] = jax.jit(law.jax(jax.nn.initializers), static_argnums=(1, 2))
    draw, key = JITTED[law.jax], jax.random.key(seed).block_until_ready()
    return lambda: draw(key, shape, dtype)


#: Each gives the draw of a law, made ready with a seed, still to be called.
MAKERS = {"ours": from_ours, "keras": from_keras, "torch": from_torch, "jax": from_jax}

#: What blocks until the draw is there, without copying it.
WAITS = {
    "ours": memoryview,
    "keras": memoryview,
    "torch": lambda tensor: tensor,
    "jax": lambda array: array.block_until_ready(),
}


#: The package to install for a side; Keras is there already.
PACKAGES = {"torch": "torch", "jax": "jax"}


def installed(side):
    return side not in PACKAGES or importlib.util.find_spec(PACKAGES[side]) is not None
