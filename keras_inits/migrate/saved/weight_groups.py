"""The weights in an HDF5 file of Keras, layer by layer, as its attributes order them.

Keras 1 names: the attribute layer_names lists groups, weight_names of each the arrays within.
Keras 0.x counts: nb_layers groups layer_0, layer_1, ..., each of nb_params arrays param_0, ...;
its Graph wrote one group for all of its layers.
Source: keras/engine/topology.py, 1.2.2; keras/models.py, 0.3.3.
"""

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved.description import Group

# Where model.save of 1.0.7 to 1.2.2 puts what save_weights puts at the root.
INNER_ROOT = "model_weights"

# The one group of a Graph of 0.x.
GRAPH = "graph"


def root_of(contents):
    """The path of the group that holds the layers' groups, or None if there is none."""
    candidates = [root for root in (INNER_ROOT, "") if root in contents.groups]
    held = [root for root in candidates if _has_layers(contents.groups[root])]
    if not held and "nb_params" in contents.groups.get(GRAPH, {}):
        return ""
    return held[0] if held else None


def _has_layers(attributes):
    return "nb_layers" in attributes or _names_in(attributes, "layer_names") is not None


def groups(contents, root):
    """The Groups at a root, in order, those without weights too.

    Raises:
        MigrationError: if an attribute is missing or wrong, or a named weight is not there.
    """
    attributes = contents.groups[root]
    if "nb_layers" in attributes:
        return tuple(_numbered(contents, root, attributes["nb_layers"]))
    if not _has_layers(attributes):
        return (_params(contents, root, GRAPH),)
    return tuple(_named(contents, root, names) for names in _names(attributes, "layer_names", root))


def accounted(root, found):
    """The paths of the arrays that groups hold."""
    return {_path(root, group.name, name) for group in found for name in group.arrays}


def _numbered(contents, root, count):
    for layer in range(_count(count, "nb_layers", len(contents.groups))):
        yield _params(contents, root, f"layer_{layer}")


def _params(contents, root, name):
    attributes = _attributes(contents, root, name)
    number = _count(attributes.get("nb_params"), "nb_params", len(contents.arrays))
    params = [f"param_{param}" for param in range(number)]
    return Group(name, _arrays(contents, root, name, params))


def _named(contents, root, name):
    attributes = _attributes(contents, root, name)
    return Group(name, _arrays(contents, root, name, _names(attributes, "weight_names", name)))


def _attributes(contents, root, name):
    if (found := contents.groups.get(_path(root, name))) is None:
        raise MigrationError(f"The file names a layer {name!r} and has no group for it.")
    return found


def _arrays(contents, root, layer, names):
    paths = {name: _path(root, layer, name) for name in names}
    missing = [name for name, path in paths.items() if path not in contents.arrays]
    if missing:
        raise MigrationError(f"The layer {layer!r} has no array for its weight {missing[0]!r}.")
    return {name: contents.arrays[path] for name, path in paths.items()}


def _count(value, name, most):
    if not isinstance(value, int) or not 0 <= value <= most:
        raise MigrationError(f"{name} is {value!r}; the file has {most} groups or arrays.")
    return value


def _names(attributes, name, owner):
    """The texts of an attribute, each once.

    Raises:
        MigrationError: if it is missing, or holds something else.
    """
    found = _names_in(attributes, name)
    if found is None or not all(isinstance(text, str) for text in found):
        raise MigrationError(f"{owner or 'the file'!r} has no {name}, or they are no texts.")
    if len(set(found)) < len(found):
        twice = next(text for text in found if found.count(text) > 1)
        raise MigrationError(f"{name} of {owner or 'the file'!r} has {twice!r} twice.")
    return found


def _names_in(attributes, name):
    """An attribute's list, or that of its parts NAME0, NAME1, ...: one holds 64 kilobytes."""
    if name in attributes:
        return _listed(attributes[name])
    parts = []
    while (part := attributes.get(f"{name}{len(parts)}")) is not None:
        parts.append(_listed(part))
    return [text for part in parts for text in part] if parts else None


def _listed(value):
    return value if isinstance(value, list) else [value]


def _path(*names):
    """A path as HDF5 takes it: names may have slashes, twice and at their ends."""
    steps = [step for name in names for step in name.split("/")]
    return "/".join(step for step in steps if step not in ("", "."))
