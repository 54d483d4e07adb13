"""What a file does not say outright: the release, the order of dimensions, the backend."""

import re

from keras_inits.core.checks import check_choice
from keras_inits.dialects.keras1.versions import (
    BACKENDS,
    DIM_ORDERINGS,
    VERSIONS,
    at_least,
    default_ordering,
)
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.findings import Finding, define
from keras_inits.migrate.saved.description import Circumstances
from keras_inits.migrate.saved.early import check_early
from keras_inits.migrate.saved.styles import is_flat

__all__ = ["check", "circumstances", "layers_of"]

ASSUMED = define(
    "KF101",
    "what the file does not say was assumed",
    """A configuration before 1.0.4 does not name its release, some layers do not keep their
    dim_ordering, and no file names its backend. It was taken from what the file implies. If you
    know it, give from_keras, dim_ordering or backend (--from-keras, --dim-ordering, --backend).""",
)

BUGS = ("keep", "fix")

#: The last release that wrote each style.
FLAT_UNTIL, UNNUMBERED_UNTIL = "0.3.3", "1.0.3"

CONVOLUTIONS = {
    *("Convolution1D", "Convolution2D", "Convolution3D", "AtrousConvolution1D"),
    *("AtrousConvolution2D", "Deconvolution2D", "SeparableConvolution2D", "ConvLSTM2D"),
}
#: Layers with a dim_ordering, whether or not their configuration keeps it.
ORDERED = re.compile("[23]D$")


def layers_of(layer):
    """A Layer and all within it, depth first."""
    yield layer
    for inner in layer.inner:
        yield from layers_of(inner)


def circumstances(stored, root, given):
    """The Circumstances of a file and the findings about what was assumed.

    Args:
        stored: a Stored.
        root: its Layer.
        given: a Circumstances of what the user said; None where not.

    Raises:
        MigrationError: where the backend decides what the weights mean, and nothing tells it.
    """
    layers = tuple(layers_of(root))
    version, of_version = _version(stored, given.version)
    check_early(stored, layers, version, given.version)
    ordering, of_ordering = _ordering(layers, version, given.dim_ordering)
    backend, of_backend = _backend(stored, layers, version, given.backend)
    found = Circumstances(version, ordering, backend, given.bugs)
    notes = (of_version, of_ordering, of_backend)
    return found, [Finding(ASSUMED, 1, 1, f"{root.name}: {note}") for note in notes if note]


def check(given):
    """Refuses what the user said of a file and Keras 1 did not have.

    Raises:
        ValueError: for such a version, ordering or backend.
    """
    check_choice("load", "bugs", given.bugs, BUGS)
    for name, value, choices in (
        ("from_keras", given.version, VERSIONS),
        ("dim_ordering", given.dim_ordering, DIM_ORDERINGS),
        ("backend", given.backend, BACKENDS),
    ):
        if value is not None:
            check_choice("load", name, value, choices)


def _version(stored, given):
    """The release, and what to say of it."""
    said = stored.version or (stored.tree or {}).get("keras_version")
    if said is not None and str(said).split(".")[0] not in ("0", "1"):
        raise MigrationError(
            f"The file was written by Keras {said}, not by 0.1.3 to 1.2.2. Load it with "
            "keras.models.load_model, or with tf_keras if Keras 3 refuses it."
        )
    if given:
        return given, ""
    if said in VERSIONS:
        return said, ""
    if said:
        nearest = _nearest(said)
        return nearest, f"Keras {said} is no release; taken for {nearest}."
    style = FLAT_UNTIL if is_flat(stored.tree or {}) else UNNUMBERED_UNTIL
    return style, f"the file names no release of Keras; taken for {style}, as its style implies."


def _nearest(said):
    """The last release that is not later."""
    numbers = _numbers(said)
    earlier = [found for found in VERSIONS if _numbers(found) <= numbers]
    return earlier[-1] if earlier else VERSIONS[0]


def _numbers(version):
    return tuple(int(digits) for digits in re.findall(r"\d+", str(version))[:3])


def _ordering(layers, version, given):
    """The dim_ordering of layers that do not keep theirs, and what to say of it."""
    if given:
        return given, ""
    said = {layer.config.get("dim_ordering") for layer in layers} - {None, "default"}
    if len(said) == 1:
        return said.pop(), ""
    default = default_ordering(version, "Convolution2D")
    silent = [
        layer.name
        for layer in layers
        if ORDERED.search(layer.kind) and layer.config.get("dim_ordering") not in DIM_ORDERINGS
    ]
    if not silent or not at_least(version, "0.3.0"):
        return default, ""
    raise MigrationError(
        f"{', '.join(silent)}: the file keeps no dim_ordering for them, and no other layer tells "
        "it. Give dim_ordering='th' or dim_ordering='tf' (--dim-ordering)."
    )


def _backend(stored, layers, version, given):
    """The backend that wrote the weights, and what to say of it."""
    if given:
        return given, ""
    if not at_least(version, "0.3.0"):
        return "theano", ""
    if _tensorflow_wrote(stored.groups or ()):
        return "tensorflow", ""
    if stored.groups is None:
        return _backend_of_no_weights(layers)
    deciding = [layer.name for layer in layers if _needs_backend(layer, version)]
    if not deciding:
        return None, ""
    raise MigrationError(
        f"{', '.join(deciding)}: the file does not say whether Theano or TensorFlow wrote it "
        "(TensorFlow's names of weights end in ':0' from 1.0.0 on, these do not), and Theano's "
        "weights mean something else: kernels are rotated by 180 degrees. Give backend='theano' or "
        "backend='tensorflow' (--backend)."
    )


def _backend_of_no_weights(layers):
    """The backend that an architecture alone is taken for: nothing was trained on the other."""
    same = [layer.name for layer in layers if layer.config.get("border_mode") == "same"]
    told = f"the padding of {', '.join(same)} was taken for TensorFlow's." if same else ""
    return "tensorflow", told


def _tensorflow_wrote(groups):
    return any(name.endswith(":0") for group in groups for name in group.arrays)


def _needs_backend(layer, version):
    """Whether a layer's arrays mean something else on the other backend."""
    if layer.kind == "BatchNormalization":
        return version == "1.0.6"  # running_std: a variance on TensorFlow, a std on Theano.
    # A negative slope of an SReLU: K.relu was made otherwise on each backend.
    return layer.kind in CONVOLUTIONS or layer.kind == "SReLU"
