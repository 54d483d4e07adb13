"""The releases of Keras 0.x and 1.x, in order, and what each had."""

from keras_inits.core.checks import check_choice

VERSIONS = (
    *("0.1.0", "0.1.1", "0.1.2", "0.1.3", "0.2.0", "0.3.0", "0.3.1", "0.3.2", "0.3.3"),
    *("1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.0.4", "1.0.5", "1.0.6", "1.0.7", "1.0.8"),
    *("1.1.0", "1.1.1", "1.1.2", "1.2.0", "1.2.1", "1.2.2"),
)

_PLACES = {version: place for place, version in enumerate(VERSIONS)}

#: The names of keras/initializations.py that came after 0.1.0.
NAME_SINCE = {"identity": "0.1.2", "one": "0.1.2"}

DIM_ORDERINGS = ("th", "tf")
#: Keras 3's word for each.
DATA_FORMATS = {"th": "channels_first", "tf": "channels_last"}
#: What it ran on; TensorFlow from 0.3.0 on.
BACKENDS = ("tensorflow", "theano")


def at_least(version, first):
    """Whether `version` is `first` or a later release."""
    return _PLACES[version] >= _PLACES[first]


def between(version, first, last):
    """Whether `version` is one of the releases from `first` to `last`."""
    return at_least(version, first) and at_least(last, version)


def check_version(owner, version):
    """`version`, if it is a release of Keras 0.1.0 to 1.2.2; ValueError otherwise."""
    return check_choice(owner, "version", version, VERSIONS)


def check_name(owner, name, version):
    """Raises ValueError if keras/initializations.py of that version lacks the name."""
    since = NAME_SINCE.get(name, VERSIONS[0])
    if not at_least(version, since):
        raise ValueError(
            f"{owner}: Keras {version} had no initialization {name!r}; it came with {since}."
        )


def default_ordering(version, layer):
    """The dim_ordering that layers of the version had; "th" for its bare functions."""
    if layer == "function":
        return "th"
    return "tf" if at_least(version, "1.1.0") else "th"
