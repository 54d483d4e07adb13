"""A tour of keras_inits in half a minute: old starts as Keras 3 strings, on scikit-learn's digits.

Run `python examples/quickstart.py`; it prints a table and writes demo/quickstart.png.
"""

import contextlib
import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from sklearn.datasets import load_digits

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


@contextlib.contextmanager
def quiet_stderr():
    """Hides TensorFlow's greeting, which its C++ writes before it reads the log level."""
    stderr = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(stderr, 2)
        os.close(stderr)


with quiet_stderr():
    import keras

    import keras_inits  # From here on, Keras knows the names.

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "demo"
MODEL = DEMO / "model.keras"
PICTURE = DEMO / "quickstart.png"

# A neuron with 1,000 inputs, half of them 1: the sum of 500 weights and a bias of variance 1.
NEURON_INPUTS = 1000
NEURONS = 10_000
NEURON_STD = {
    "nielsen_large_weight": math.sqrt(500 * 1 + 1),
    "nielsen_default_weight": math.sqrt(500 / 1000 + 1),
}

# The weights of both layers, and the biases that came with them. (The output layer of Theano's
# tutorials began at zero; here it starts as the hidden one does.)
STARTS = {
    "nielsen_large_weight": "nielsen_bias",
    "nielsen_default_weight": "nielsen_bias",
    "theano_sigmoid_glorot": "zeros",
}
SEEDS = (1, 2, 3)
EPOCHS = 12
SHOWN_EPOCHS = (1, 2, 3, 5, 8, 12)
TRAINING_DIGITS = 1297
# The settings with which chapter 3 of Nielsen's book compares its two starts, but for the weight
# decay. Its cost sums over the ten outputs; Keras takes their mean, so 0.1 becomes 1.0.
HIDDEN_NEURONS = 30
BATCH_SIZE = 10
LEARNING_RATE = 0.1 * 10

# What the running Keras 1.2.2 gave for a Dense(64) with 128 inputs, recorded.
KERAS1_NUMBERS = ROOT / "tests" / "golden" / "keras1_1.2.2_theano.json"
LEGACY_SHAPE = (128, 64)
LEGACY_LAYERS = 50

# The colour-blind-safe colours of Okabe and Ito.
LOOKS = {
    "nielsen_large_weight": {"color": "#D55E00", "linestyle": "--"},
    "nielsen_default_weight": {"color": "#0072B2", "linestyle": "-"},
    "theano_sigmoid_glorot": {"color": "#009E73", "linestyle": "-."},
}
# Beyond this, the sigmoid's slope is below 0.01 and a neuron hardly learns.
SATURATED = 4.6

LOAD_AND_PREDICT = """
import sys
import keras, numpy
import keras_inits
model, digits, answers = sys.argv[1:]
numpy.save(answers, keras.models.load_model(model).predict(numpy.load(digits), verbose=0))
"""


def preactivations(weights):
    """The z = w.x + b of many neurons, drawn by a plain Keras layer."""
    keras.utils.set_random_seed(1)
    neurons = keras.layers.Dense(
        NEURONS, kernel_initializer=weights, bias_initializer="nielsen_bias"
    )
    half_ones = np.arange(NEURON_INPUTS, dtype="float32")[None] % 2
    return keras.ops.convert_to_numpy(neurons(half_ones))[0]


def digits():
    """Training and held-out images and one-hot answers; each pixel is laid out 4 x 4.

    That makes 1,024 inputs, about as many as MNIST's. With them N(0, 1) saturates three hidden
    neurons in four; with the 64 original pixels only one in four, and it is slower only later.
    """
    images, answers = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(images))
    images = np.kron(images[order].reshape(-1, 8, 8) / 16, np.ones((4, 4)))
    images = images.reshape(len(images), -1).astype("float32")
    answers = np.eye(10, dtype="float32")[answers[order]]
    cut = TRAINING_DIGITS
    return (images[:cut], answers[:cut]), (images[cut:], answers[cut:])


def network(weights, biases, inputs):
    """Nielsen's network: one hidden layer, sigmoids throughout, cross-entropy, plain SGD."""
    start = {"kernel_initializer": weights, "bias_initializer": biases}
    model = keras.Sequential(
        [
            keras.Input((inputs,)),
            keras.layers.Dense(HIDDEN_NEURONS, activation="sigmoid", **start),
            keras.layers.Dense(10, activation="sigmoid", **start),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(LEARNING_RATE),
        loss="binary_crossentropy",
        metrics=["categorical_accuracy"],
        # These two are for speed alone.
        jit_compile=False,
        steps_per_execution=26,
    )
    return model


def train(weights, biases, seed, training, held_out):
    """A trained model and its accuracy on the held-out digits after each epoch."""
    keras.utils.set_random_seed(seed)
    model = network(weights, biases, inputs=training[0].shape[1])
    # Again, so that every start sees the images in the same order.
    keras.utils.set_random_seed(seed)
    history = model.fit(
        *training,
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
        validation_data=held_out,
        validation_batch_size=len(held_out[0]),
        verbose=0,
    )
    return model, history.history["val_categorical_accuracy"]


def learning_curves(training, held_out):
    """The last model, and for each start an array of accuracies, (seeds, epochs)."""
    curves = {}
    for weights, biases in STARTS.items():
        runs = [train(weights, biases, seed, training, held_out) for seed in SEEDS]
        curves[weights] = np.array([accuracy for _, accuracy in runs])
    return runs[-1][0], curves


def moments(weights):
    """The numbers of KERAS1_NUMBERS for the kernels of many Dense(64) of Keras 3."""
    keras.utils.set_random_seed(1)
    kernels = []
    for _ in range(LEGACY_LAYERS):
        layer = keras.layers.Dense(64, kernel_initializer=weights)
        layer.build((None, LEGACY_SHAPE[0]))
        kernels.append(keras.ops.convert_to_numpy(layer.kernel))
    kernels = np.array(kernels, dtype="float64")
    kurtosis = np.mean((kernels - kernels.mean()) ** 4) / kernels.var() ** 2 - 3
    return {
        "std": kernels.std(),
        "min": kernels.min(),
        "max": kernels.max(),
        "excess_kurtosis": kurtosis,
    }


def keras1_moments(name):
    """The same numbers, recorded from the running Keras 1.2.2."""
    records = json.loads(KERAS1_NUMBERS.read_text())["records"]
    return next(r for r in records if (r["name"], tuple(r["shape"])) == (name, LEGACY_SHAPE))


def predictions_of_new_process(images):
    """What a new Python process, which loads the saved model, predicts."""
    np.save(DEMO / "digits.npy", images)
    arguments = [MODEL, DEMO / "digits.npy", DEMO / "answers.npy"]
    child = subprocess.run(
        [sys.executable, "-c", LOAD_AND_PREDICT, *arguments], stderr=subprocess.PIPE, text=True
    )
    if child.returncode:
        raise SystemExit(child.stderr)
    return np.load(DEMO / "answers.npy")


def show_neuron(samples):
    """Prints the first table."""
    print(f"1. z = w.x + b of a neuron with {NEURON_INPUTS:,} inputs, half 1 and half 0")
    print(f"   {'':<26}{'measured std':>14}{'theory':>9}{f'|z| > {SATURATED} (saturated)':>25}")
    for weights, z in samples.items():
        std = NEURON_STD[weights]
        print(f"   {weights:<26}{z.std():>14.2f}{std:>9.2f}{saturated(z):>25.0%}")


def saturated(z):
    """The share of neurons on the flat parts of the sigmoid."""
    return np.mean(np.abs(z) > SATURATED)


def show_curves(curves):
    """Prints the second table."""
    print("\n2. The same sigmoid network from three starts: accuracy on held-out digits")
    print(f"   {f'mean of {len(SEEDS)} seeds, after epoch':<32}", end="")
    print("".join(f"{epoch:>8}" for epoch in SHOWN_EPOCHS))
    for weights, accuracies in curves.items():
        mean = accuracies.mean(axis=0)
        print(f"   {weights:<32}" + "".join(f"{mean[epoch - 1]:>8.1%}" for epoch in SHOWN_EPOCHS))


def show_legacy():
    """Prints the third table: two lines of Keras 1, and what starts as they did or does not."""
    print("\n3. A line of Keras 1, and the line of Keras 3 that starts the same")
    print(f"   {'':<57}{'std':>8}{'min':>8}{'max':>8}{'excess kurtosis':>16}")
    show_moments("Keras 1: Dense(64, init='uniform')", keras1_moments("uniform"))
    show_keras3("keras1_uniform")
    show_moments("Keras 1: Dense(64, init='he_normal')", keras1_moments("he_normal"))
    show_keras3("keras1_he_normal")
    show_keras3("he_normal")
    print('   The bare string "he_normal" is another law in Keras 3: cut at two sigmas.')


def show_keras3(weights):
    """Prints a line for a layer of Keras 3."""
    show_moments(f'Keras 3: Dense(64, kernel_initializer="{weights}")', moments(weights))


def show_moments(line, found):
    """Prints a line of code beside the numbers of its weights."""
    # Adding 0.0 takes the sign from a rounded -0.00.
    kurtosis = round(found["excess_kurtosis"], 2) + 0.0
    numbers = f"{found['std']:>8.4f}{found['min']:>8.3f}{found['max']:>8.3f}{kurtosis:>16.2f}"
    print(f"   {line:<57}{numbers}")


def show_reload(model, images):
    """Saves the model, and prints how the predictions of a new process differ."""
    model.save(MODEL)
    here = model.predict(images, verbose=0)
    difference = np.abs(here - predictions_of_new_process(images)).max()
    print(f"\n4. {MODEL.relative_to(ROOT)}, saved and loaded in a new process")
    if difference > 1e-6:
        raise SystemExit(f"   The predictions differ by up to {difference:.2g}.")
    equal = "exactly equal" if difference == 0 else f"equal to {difference:.0e}"
    print(f"   {len(images)} predictions are {equal}.")


def draw_neuron(axes, weights, z, title):
    """Histogram of measured pre-activations under the density that theory gives."""
    std = NEURON_STD[weights]
    color = LOOKS[weights]["color"]
    edge = 3.75 * std
    grid = np.linspace(-edge, edge, 400)
    density = np.exp(-((grid / std) ** 2) / 2) / (std * math.sqrt(2 * math.pi))
    bins = np.linspace(-edge, edge, 41)
    axes.hist(z, bins, density=True, color=color, alpha=0.6, label=f"measured, std {z.std():.2f}")
    axes.plot(grid, density, color="black", linewidth=1.8, label=f"theory, std {std:.2f}")
    axes.set(xlim=(-edge, edge), ylim=(0, 1.4 * density.max()), yticks=[])
    axes.set_xlabel("pre-activation z = w.x + b")
    axes.set_title(f"{title}: {saturated(z):.0%} saturated\n{weights}", fontsize=13)
    axes.legend(loc="upper center", frameon=False)
    if edge > SATURATED:
        shade_saturation(axes, edge)


def shade_saturation(axes, edge):
    """Greys the ground where the sigmoid is flat."""
    across = axes.get_xaxis_transform()
    for side in (-1, 1):
        axes.axvspan(side * SATURATED, side * edge, ymax=0.8, color="0.91", linewidth=0, zorder=0)
        axes.text(side * 0.66 * edge, 0.6, "sigmoid\nis flat", transform=across, ha="center")


def draw_curves(axes, curves):
    """Mean accuracy by epoch, and the range of the seeds as a band."""
    epochs = np.arange(1, EPOCHS + 1)
    for weights, accuracies in curves.items():
        low, high = accuracies.min(axis=0), accuracies.max(axis=0)
        axes.fill_between(epochs, low, high, color=LOOKS[weights]["color"], alpha=0.15, linewidth=0)
        axes.plot(epochs, accuracies.mean(axis=0), linewidth=2.4, label=weights, **LOOKS[weights])
    axes.set(xlim=(1, EPOCHS), ylim=(0.4, 1.0), xlabel="epoch", ylabel="accuracy, held-out digits")
    axes.yaxis.set_major_formatter("{x:.0%}")
    axes.grid(alpha=0.3)
    axes.set_title(
        f"Large weights learn slower\nmean and range of {len(SEEDS)} seeds, 1,024 inputs",
        fontsize=13,
    )
    axes.legend(loc="lower right", frameon=False, fontsize=12, handlelength=2.8)


def draw(samples, curves):
    """Writes the picture: two histograms and the learning curves."""
    figure = Figure(figsize=(12, 4.5), layout="constrained")
    large, default, learning = figure.subplots(ncols=3, width_ratios=(1, 1, 1.25))
    figure.get_layout_engine().set(w_pad=0.12)
    for axes, weights, title in (
        (large, "nielsen_large_weight", "N(0, 1)"),
        (default, "nielsen_default_weight", "N(0, 1/inputs)"),
    ):
        draw_neuron(axes, weights, samples[weights], title)
        axes.spines["left"].set_visible(False)
    draw_curves(learning, curves)
    for axes in (large, default, learning):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PICTURE, dpi=100)
    print(f"\n5. The picture of 1 and 2: {PICTURE.relative_to(ROOT)}")


def main():
    """Runs the five parts."""
    began = time.perf_counter()
    DEMO.mkdir(exist_ok=True)
    print(f"keras_inits {keras_inits.__version__}, {len(keras_inits.names())} names\n")
    samples = {weights: preactivations(weights) for weights in NEURON_STD}
    show_neuron(samples)
    training, held_out = digits()
    model, curves = learning_curves(training, held_out)
    show_curves(curves)
    show_legacy()
    show_reload(model, held_out[0])
    draw(samples, curves)
    print(f"\n{time.perf_counter() - began:.0f} seconds")


if __name__ == "__main__":
    main()
