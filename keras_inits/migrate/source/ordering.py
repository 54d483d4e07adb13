"""The dim ordering that a file was written for: what sets it, and what its shapes tell."""

from collections import Counter
from typing import NamedTuple

from keras_inits.dialects.keras1.versions import DATA_FORMATS, default_ordering
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.layer_calls import LayerCall
from keras_inits.migrate.source.names import is_keras

#: Numbers of channels: shapes of images begin or end with one.
CHANNELS = ("1", "2", "3", "4")
#: What names of numbers of channels have in them.
CHANNEL = "chan"
SHAPES = ("input_shape", "batch_input_shape", "shape", "batch_shape")
_ROOMS = ("keras.layers", "keras.layers.core", "keras.engine", "keras.engine.topology")
INPUTS = frozenset(f"{room}.Input" for room in _ROOMS)
MERGES = frozenset(f"{room}.merge" for room in (*_ROOMS, "keras.engine.merge"))
LISTED = ("tuple", "list")
#: What makes arrays of a shape: methods of arrays, or functions of NumPy.
ARRAYS = ("reshape", "zeros", "empty")
AXES_OF_IMAGES = ("channels", "rows", "columns")
#: How much of a call is repeated.
LONGEST = 60
#: The axis of the channels of images, where they are normalized or joined.
AXES = {"1": "th", "3": "tf"}
#: Ends of the dotted names of what sets the ordering.
SETTERS = ("set_image_dim_ordering", "set_image_data_format")
ORDERINGS = {
    **{word: word for word in DATA_FORMATS},
    **{later: word for word, later in DATA_FORMATS.items()},
}
#: What follows the ordering of the whole program, layers aside.
FOLLOWERS = (
    *("keras.datasets.cifar10.load_data", "keras.datasets.cifar100.load_data"),
    *("keras.backend.image_dim_ordering", "keras.preprocessing.image.ImageDataGenerator"),
    *("keras.preprocessing.image.img_to_array", "keras.preprocessing.image.load_img"),
)
FOLLOWING_ROOM = "keras.applications"


class Ordering(NamedTuple):
    """The word, what speaks for it, whether the whole program is set to it, or needs to be.

    It is `needed` where a program that relied on Keras 1's default has something beside its layers
    that asks for the ordering 'th', or gives images in it.
    """

    word: str
    because: str
    is_set: bool
    needed: bool = False


def ordering(file, version, old):
    """The Ordering of a file; only an old one may need the setting."""
    for call in _setters(file):
        word = call.positional and _word(file, call.positional[0].value)
        if word:
            return Ordering(word, file.text(call.node), True)
    found = _taken(file, version)
    needed = old and found.word == "th" and _is_followed(file) and bool(first_import(file))
    return found._replace(is_set=needed, needed=needed)


def _taken(file, version):
    if file.options.dim_ordering:
        return Ordering(file.options.dim_ordering, "given", False)
    votes = Counter(_votes(file)) or Counter(_votes_of_reshaping(file))
    if votes:
        return Ordering(*max(sorted(votes), key=votes.get), False)
    return Ordering(default_ordering(version, ""), f"the default of {version}", False)


def _setters(file):
    """The calls that set the ordering, by whichever name the backend has here."""
    if file.words.isdisjoint(SETTERS):
        return []
    imported = [call for call in file.keras_calls if call.qualified.endswith(SETTERS)]
    found = {call.start: call for call in (*file.methods(*SETTERS), *imported)}
    return [found[start] for start in sorted(found)]


def _is_followed(file):
    return any(
        call.qualified in FOLLOWERS or call.qualified.startswith(FOLLOWING_ROOM)
        for call in file.keras_calls
    )


def first_import(file):
    """The first import of Keras at the left margin, or None."""
    found = [
        entry.statement
        for entry in file.names.imported
        if is_keras(entry.origin) and entry.statement.parent.type == "module"
    ]
    return min(found, key=lambda node: node.start_byte, default=None)


def _votes(file):
    for call in file.layer_calls:
        said = call.keywords.get("dim_ordering")
        word = said and _word(file, said.value)
        if word:
            yield word, f"dim_ordering='{word}'"
        if call.layer == "BatchNormalization" and "axis" in call.keywords and _has_images(file):
            yield from _by_axis(file, call.keywords["axis"])
    shapes = [name for name in SHAPES if name in file.words]
    for call in _with_shapes(file) if shapes else ():
        for name in shapes:
            if name in call.keywords:
                yield from _by_shape(file, name, call.keywords[name].value)
    for call in file.calls_of(INPUTS):
        if call.positional:
            yield from _by_shape(file, "shape", call.positional[0].value)
    for call in file.calls_of(MERGES):
        if "concat_axis" in call.keywords and _joins_images(file, call):
            yield from _by_axis(file, call.keywords["concat_axis"])


def _votes_of_reshaping(file):
    """What arrays of images are shaped to, and the square images that layers are given."""
    if not _has_images(file):
        return
    for call in file.methods(*ARRAYS):
        _, *sizes = _sizes(call) or [None]
        if len(sizes) == len(AXES_OF_IMAGES):
            yield from _voted(call, _in_order(file, sizes))
    for call in file.layer_calls:
        sizes = _sizes(call) if call.layer == "Reshape" else ()
        if len(sizes) == len(AXES_OF_IMAGES):
            yield from _voted(call, _around_a_square(file, sizes))


def _sizes(call):
    """The sizes that reshape or Reshape are given, one by one or together."""
    given = [argument.value for argument in call.positional]
    return given[-1].named_children if given and given[-1].type in LISTED else given


def _voted(call, word):
    if word:
        yield word, call.file.text(call.node)[:LONGEST].split("\n")[0]


def _around_a_square(file, sizes):
    """The ordering of a square image: of (128, 7, 7) it is "th", of (7, 7, 128) "tf"."""
    first, middle, last = (_size(file, node) for node in sizes)
    if first == last or (first == middle) == (middle == last):
        return None
    return "tf" if first == middle else "th"


def _has_images(file):
    return any("Convolution2D" in call.layer for call in file.layer_calls)


def _with_shapes(file):
    """The calls that may give a shape; the arguments of layers are known already."""
    for call in file.keras_calls:
        if isinstance(call, LayerCall) or call.mentions(b"shape", b"**"):
            yield call


def _joins_images(file, call):
    """Whether a merge is given what a layer of images makes."""
    given = next(iter(call.positional), None) or call.keywords.get("inputs")
    joined = given.value.named_children if given else ()
    return any(_is_image(file, made) for node in joined for made in file.sources(node) or ())


def _is_image(file, node):
    """`MaxPooling2D()(x)`."""
    layer = node.child_by_field_name("function") if node.type == "call" else None
    if layer is None or layer.type != "call":
        return False
    return "2D" in (file.names.resolve(layer.child_by_field_name("function")) or "")


def _by_axis(file, argument):
    sources = file.sources(argument.value) or (None,)
    found = {AXES.get(file.text(source)) for source in sources if source}
    if len(found) == 1 and None not in found:
        yield found.pop(), f"{argument.name}={file.text(argument.value)}"


def _by_shape(file, name, node):
    """The ordering in which (3, 32, 32) or (32, 32, 3) has few channels."""
    found = {_few_channels(file, source) for source in file.sources(node) or ()}
    if len(found) == 1 and None not in found:
        yield found.pop(), f"{name}={file.text(node)}"


def _few_channels(file, node):
    sizes = node.named_children[-3:] if node.type in LISTED else ()
    return _in_order(file, sizes) if len(sizes) == len(AXES_OF_IMAGES) else None


def _in_order(file, sizes):
    """The ordering of an image with few channels, or with as many rows as columns."""
    texts = [_size(file, node) for node in sizes]
    first, last = map(_is_channels, (texts[0], texts[-1]))
    if first == last:
        return _around_a_square(file, sizes)
    return "th" if first else "tf"


def _is_channels(text):
    return text in CHANNELS or CHANNEL in text.lower()


def _size(file, node):
    found = file.sources(node) or [node]
    return file.text(found[0] if len(found) == 1 else node)


def _word(file, node):
    content = content_of(node)
    return ORDERINGS.get(file.text(content)) if content else None
