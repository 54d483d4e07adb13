"""Models of the sizes of ResNet50 and GPT-2 small, with initializers given by name."""

import copy
import functools
import math

import keras
from keras import layers


@functools.cache
def resnet50_config():
    """Keras' own ResNet50, 25.6 million weights, as a configuration."""
    return keras.applications.ResNet50(weights=None).get_config()


def resnet50(kernel, embedding):
    """Every convolution and the classifier with kernels of that name."""
    del embedding
    config = copy.deepcopy(resnet50_config())
    for layer in config["layers"]:
        if "kernel_initializer" in layer["config"]:
            layer["config"]["kernel_initializer"] = kernel
    return lambda: keras.Model.from_config(config)


def gpt2(kernel, embedding, width=768, blocks=12, words=50257):
    """GPT-2 small, 124 million weights: an embedding, blocks of attention and two Dense layers."""

    def build():
        tokens = keras.Input((128,), dtype="int32")
        x = layers.Embedding(words, width, embeddings_initializer=embedding)(tokens)
        for _ in range(blocks):
            x = transformer_block(x, kernel, width)
        return keras.Model(tokens, layers.LayerNormalization()(x))

    return build


def transformer_block(x, kernel, width):
    attention = layers.MultiHeadAttention(width // 64, 64, kernel_initializer=kernel)
    normal = layers.LayerNormalization()(x)
    x = x + attention(normal, normal, use_causal_mask=True)
    hidden = layers.Dense(4 * width, activation="gelu", kernel_initializer=kernel)
    return x + layers.Dense(width, kernel_initializer=kernel)(
        hidden(layers.LayerNormalization()(x))
    )


def small(kernel, embedding):
    """One block of GPT-2: warms Keras' machinery without the shapes of the others."""
    return gpt2(kernel, embedding, width=128, blocks=1, words=1000)


MODELS = {"ResNet50": resnet50, "GPT-2 small": gpt2, "one block": small}

#: The names of kernels and embeddings, by law and side.
NAMES = {
    "uniform": {
        "ours": ("keras1_glorot_uniform", "keras1_uniform"),
        "keras": ("glorot_uniform", "uniform"),
    },
    "orthogonal": {
        "ours": ("haar_orthogonal", "keras1_uniform"),
        "keras": ("orthogonal", "uniform"),
    },
}


def largest_kernel(model):
    """The largest kernel of a Dense layer or a convolution, as an array."""
    kernels = [weight for weight in model.weights if weight.name == "kernel" and is_plain(weight)]
    return keras.ops.convert_to_numpy(max(kernels, key=lambda kernel: math.prod(kernel.shape)))


def is_plain(kernel):
    """Not one of attention, whose fans and gates are of its own kind."""
    return "attention" not in kernel.path
