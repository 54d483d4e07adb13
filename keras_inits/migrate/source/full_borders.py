"""Convolutions with border_mode='full': zeros around the input, and then a valid convolution."""

from keras_inits.dialects.keras1.versions import DATA_FORMATS
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, inserted, replaced
from keras_inits.migrate.source.inputs import added_to

#: The arguments of the kernel's sizes, and the layer that pads as many axes.
SIZES = {
    "Convolution1D": (("filter_length",), "ZeroPadding1D"),
    "Convolution2D": (("nb_row", "nb_col"), "ZeroPadding2D"),
    "Convolution3D": (("kernel_dim1", "kernel_dim2", "kernel_dim3"), "ZeroPadding3D"),
}
NOT_MOVED = ("batch_input_shape", "input_dim", "input_length")


def full_border(file, call, content):
    """Edits that pad the input by the kernel's size less one; None where they cannot be made.

    before: model.add(Convolution2D(8, 3, 3, border_mode='full', input_shape=(1, 28, 28)))
    after:  model.add(keras.layers.ZeroPadding2D((2, 2), input_shape=(1, 28, 28)))
            model.add(Convolution2D(8, 3, 3, border_mode='valid'))
    """
    names, layer = SIZES.get(call.layer, ((), None))
    sizes = [call.bound.get(name) for name in names]
    added = added_to(file, call.node)
    alone = added and call.node.parent.parent.parent.type == "expression_statement"
    if not sizes or not all(sizes) or not alone or call.splats or set(NOT_MOVED) & set(call.bound):
        return None
    shape, ordering = call.keywords.get("input_shape"), call.bound.get("dim_ordering")
    pads = [_less_one(file, size.value) for size in sizes]
    arguments = [pads[0] if len(pads) == 1 else f"({', '.join(pads)})"]
    arguments += [file.text(shape.element)] if shape else []
    arguments += _format(file, ordering) if len(pads) > 1 else []
    text = f"{added.receiver}({file.keras}.layers.{layer}({', '.join(arguments)})){added.line_end}"
    moved = [shape.removed()] if shape else []
    return [replaced(content, "valid"), inserted(added.start, text), Import("keras"), *moved]


def _less_one(file, node):
    text = file.text(node)
    return str(int(text) - 1) if text.isdigit() else f"{text} - 1"


def _format(file, ordering):
    """The data_format of the padding, which is the convolution's."""
    word = content_of(ordering.value) if ordering else None
    if ordering and word is None:
        return [f"data_format={file.text(ordering.value)}"]
    taken = file.guess.ordering
    said = DATA_FORMATS.get(file.text(word)) if word else None
    if said is None and (taken.is_set or taken.word == "tf"):
        return []
    return [f'data_format="{said or DATA_FORMATS[taken.word]}"']
