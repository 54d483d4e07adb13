"""Which group of a file belongs to which layer, and which array of it is which.

Keras 1 goes by order, and so does this: the groups that hold arrays, and the layers that have
weights, one by one. Names are read only to find out that the order is not to be trusted.
"""

import re

from keras_inits.dialects.keras1.versions import at_least
from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.weights.slots import flattened, names_lie

__all__ = ["arrays_by_layer", "units"]


def units(root, order, placed=None):
    """The layers of a model that have a group each, with the Slots of its arrays.

    Args:
        root: the `Layer` of the whole model.
        order: an `Order`.
        placed: the layers and their paths, if not as in `flattened`.
    """
    version = order.circumstances.version
    placed = flattened(root, version) if placed is None else placed
    found = [(layer, order.slots(path, layer)) for path, layer in placed]
    if root.kind == "Graph" and not at_least(version, "1.0.0"):
        return [(root, [slot for _, slots in found for slot in slots])]
    return [(layer, slots) for layer, slots in found if slots]


def arrays_by_layer(root, needed, groups, version):
    """The arrays of each layer that has some: (path, Layer, arrays by role, in order).

    Args:
        root: the `Layer` of the whole model.
        needed: its `units`.
        groups: the `Group`s of its file.
        version: the release of Keras that wrote it.

    Raises:
        MigrationError: if a group or an array is left over, missing or of another name.
    """
    held = [group for group in groups if group.arrays]
    if root.kind == "Graph" and at_least(version, "1.0.0"):
        held = _by_name(root, needed, held)
    _check_groups(root, needed, held)
    pairs = zip(held, needed, strict=True)
    return [
        part for group, (layer, slots) in pairs for part in _split(group, layer, slots, version)
    ]


def _by_name(root, needed, held):
    """The groups of a Graph of Keras 1, which sorts its layers: in the order of the layers.

    A layer that is an output has the output's name (keras/legacy/models.py: add_output), but its
    arrays keep the layer's.
    """
    found = [_named(group_of, slots, held) for group_of, slots in needed]
    if len({group.name for group in found if group}) != len(held) or None in found:
        raise MigrationError(
            f"{root.name}: the groups of the file ({_listed([group.name for group in held])}) are "
            f"not named as the Graph's layers ({_listed([_name_of(one) for one, _ in needed])}). "
            f"Check that it belongs to this architecture."
        )
    return found


def _named(layer, slots, held):
    name = _name_of(layer)
    own = [group for group in held if group.name == name]
    arrays = f"{name}_{slots[0].role}"
    kept = [group for group in held if _plain(next(iter(group.arrays))) == arrays]
    return next(iter([*own, *kept]), None)


def _name_of(layer):
    return layer.original or layer.name


def _check_groups(root, needed, held):
    wanted = [_name_of(layer) for layer, _ in needed]
    came = [group.name for group in held]
    if len(wanted) != len(came):
        raise MigrationError(
            f"{root.name}: {len(wanted)} layers have weights ({_listed(wanted)}); the file has "
            f"arrays for {len(came)} ({_listed(came)}). Check that it belongs to this architecture."
        )
    if (wanted != came and set(wanted) == set(came)) or _given_elsewhere(wanted, came):
        raise MigrationError(
            f"{root.name}: the layers come in the order {_listed(wanted)}, the groups of the file "
            f"in the order {_listed(came)}. Keras goes by order, the names say otherwise; bring "
            f"the layers into the file's order."
        )


def _given_elsewhere(wanted, came):
    """Whether a name that somebody gave stands at another layer than the one that has it."""
    return any(
        name != own and name in wanted and not AUTOMATIC.search(name)
        for own, name in zip(wanted, came, strict=True)
    )


def _listed(names, most=12):
    shown = ", ".join(names[:most])
    return f"{shown}, ..." if len(names) > most else shown or "none"


def _split(group, layer, slots, version):
    """The arrays of a group, shared out among its slots' layers."""
    if len(group.arrays) != len(slots):
        raise MigrationError(
            f"{_name_of(layer)}: a {layer.kind} of Keras {version} stored {len(slots)} arrays "
            f"({_listed([slot.role for slot in slots])}); the file has {len(group.arrays)} "
            f"({_listed(list(group.arrays))}). Check the version and the architecture."
        )
    if not names_lie(layer, version):
        _check_names(group, slots)
    parts = {}
    for slot, array in zip(slots, group.arrays.values(), strict=True):
        parts.setdefault(slot.path, (slot.layer, []))[1].append((slot.role, array))
    return [(path, part, dict(arrays)) for path, (part, arrays) in parts.items()]


#: The end of a name that Keras made up: its models differ in nothing else from session to session.
AUTOMATIC = re.compile(r"_\d+$")

#: What TensorFlow put at the end of a variable's name, if there was one of that name already.
DECORATION = re.compile(r"_\d+$")


def _check_names(group, slots):
    """Raises MigrationError if a name says that its array is another one's.

    Names of other layers are no contradiction, as long as they are not the same in another order.
    """
    plain = [_plain(name) for name in group.arrays]
    own = [f"{_name_of(slot.layer)}_{slot.role}" for slot in slots]
    same_layers = set(plain) == set(own)
    others = {slot.role for slot in slots}
    for name, expected, slot in zip(plain, own, slots, strict=True):
        told = name == expected if same_layers else _role(name, others) in (None, slot.role)
        if not told:
            raise MigrationError(
                f"{group.name}: the array {name!r} came in the place of {slot.role} of the "
                f"{slot.layer.kind} {_name_of(slot.layer)!r}. Check the version, and whether "
                f"layers were set trainable or not after the architecture was saved."
            )


def _plain(name):
    """The name of an array without TensorFlow's scope and the number of the tensor."""
    return name.rpartition("/")[2].partition(":")[0]


def _role(name, roles):
    """The role that a name ends with; None if it says none."""
    once = DECORATION.sub("", name)
    found = [role for role in roles for known in (name, once) if known.endswith(f"_{role}")]
    return max(found, key=len, default=None)
