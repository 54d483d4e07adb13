"""Files that are no Keras 0.x or 1.x file, and what opens them instead."""

import re

from keras_inits.migrate.errors import MigrationError

# First bytes of a file: what it is, what to do.
BEGINNINGS = {
    b"PK\x03\x04": (
        "a ZIP archive, such as a .keras file of Keras 3, an .npz file or a PyTorch model",
        "keras.models.load_model opens .keras files",
    ),
    b"version https://git-lfs": (
        "a pointer of Git LFS, not the file itself",
        "run `git lfs pull` in its repository",
    ),
    b"\x93NUMPY": ("a NumPy array", "numpy.load opens it"),
    b"\x1f\x8b": ("compressed with gzip", "unpack it first"),
    b"BZh": ("compressed with bzip2", "unpack it first"),
    b"model_checkpoint_path:": (
        "the index of TensorFlow checkpoints",
        "tf.train.load_checkpoint opens them",
    ),
    b"CDF": ("a NetCDF file", "give the HDF5 file that Keras wrote"),
}
_PICKLE = (
    "a Python pickle, which runs code when it is opened",
    "save the model with model.to_json and model.save_weights where it was made",
)
_PICKLES = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"ccopy_reg\n", b"(dp")
BEGINNINGS |= dict.fromkeys(_PICKLES, _PICKLE)
# Ends of names, for files that begin with anything.
ENDINGS = {
    ".caffemodel": ("a model of Caffe", "only its .prototxt is read, by `keras-inits caffe`"),
    ".prototxt": ("a network of Caffe", "`keras-inits caffe` reads it"),
    ".pb": ("a graph of TensorFlow", "tf.saved_model.load opens a SavedModel"),
    ".meta": ("a graph of TensorFlow", "tf.compat.v1.train.import_meta_graph opens it"),
    ".index": ("an index of a TensorFlow checkpoint", "tf.train.load_checkpoint opens it"),
    ".ckpt": ("a TensorFlow checkpoint", "tf.train.load_checkpoint opens it"),
    ".onnx": ("an ONNX model", "give the file that Keras wrote"),
}
_CHECKPOINT_DATA = re.compile(r"\.data-\d+-of-\d+$")
_HTML = re.compile(rb"\s*<(!doctype|html)", re.IGNORECASE)


def check_beginning(name, beginning):
    """Refuses a file that another program wrote, by its name and its first bytes."""
    found = _kind(str(name).lower(), beginning)
    if found:
        what, remedy = found
        raise MigrationError(f"It is {what}; {remedy}.")


def _kind(name, beginning):
    if _HTML.match(beginning):
        return "a page of HTML", "download the file itself, not the page that shows it"
    if _CHECKPOINT_DATA.search(name):
        return ENDINGS[".ckpt"]
    by_bytes = (BEGINNINGS[known] for known in BEGINNINGS if beginning.startswith(known))
    by_name = (ENDINGS[known] for known in ENDINGS if name.endswith(known))
    return next(by_bytes, None) or next(by_name, None)


def check_version(attributes, opener):
    """The Keras release that attributes, or an architecture, name, if any.

    Args:
        attributes: a dictionary that may have "keras_version" and "backend".
        opener: what opens such a thing of Keras 2 or 3.

    Raises:
        MigrationError: for Keras 2 and 3, and for a version that is none.
    """
    version = attributes.get("keras_version")
    if version is not None and not (isinstance(version, str) and _VERSION.match(version)):
        raise MigrationError(f"keras_version is {version!r}; it must be a release such as '1.2.2'.")
    if (version and int(version.partition(".")[0]) >= 2) or "backend" in attributes:
        raise MigrationError(
            f"It was written by Keras {version or '2 or 3'}, not by 0.x or 1.x: {opener} of Keras "
            "3 opens it, or that of tf_keras, which is Keras 2."
        )
    return version


_VERSION = re.compile(r"\d{1,3}\.\d{1,3}(\.\d{1,3})?[-.\w]{0,16}\Z")
