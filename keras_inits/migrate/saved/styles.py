"""The three styles of a configuration, read as one tree of layers.

0.1.3 to 0.3.3 wrote {"name": class, arguments}, with the user's name as "custom_name"; from 1.0.0
{"class_name", "config"}, in which a Sequential's config is a list and a Model's has "layers" with
"inbound_nodes". A Graph of 0.1.3 to 1.1.1 becomes a Model: its merges are layers like others.
"""

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.keras1.table import canonical
from keras_inits.migrate.saved.description import MODELS, Layer

__all__ = ["described"]

#: Words of a configuration that only Keras 2 and later wrote.
LATER_WORDS = {"kernel_initializer", "units", "filters", "data_format", "batch_shape"}


def described(tree):
    """The tree of a configuration, as a reader gives it, as one Layer.

    Raises:
        MigrationError: for a tree of no style of Keras 0.1.3 to 1.2.2.
    """
    found = _layer(tree)
    if found.kind not in MODELS:
        raise MigrationError(
            f"The configuration is that of a layer, {found.kind} {found.name!r}, not of a model. "
            "Give the file that model.to_json(), model.to_yaml() or model.save() wrote."
        )
    return found


def is_flat(tree):
    """Whether a configuration is of the style of 0.1.3 to 0.3.3."""
    return "class_name" not in tree


def _layer(node):
    if not isinstance(node, dict):
        raise MigrationError(
            f"A layer's configuration is a dictionary, got {_shown(node)}. The file is damaged."
        )
    return _flat(node) if is_flat(node) else _listed(node)


def _shown(value):
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _text(value, what):
    if not isinstance(value, str) or not value:
        raise MigrationError(f"{what} is a word, got {_shown(value)}. The file is damaged.")
    return value


def _list(value, what):
    if not isinstance(value, list | tuple):
        raise MigrationError(f"{what} is a list, got {_shown(value)}. The file is damaged.")
    return value


def _flat(node):
    kind = _text(node.get("name"), "The class of a layer")
    config = {key: value for key, value in node.items() if key not in ("name", "custom_name")}
    return _of(kind, node.get("custom_name"), config, ())


def _listed(node):
    kind = _text(node["class_name"], "The class of a layer")
    config = node.get("config", {})
    if isinstance(config, list | tuple):
        config = {"layers": config}
    if not isinstance(config, dict):
        raise MigrationError(
            f"{kind}: its config is a dictionary or a list, got {_shown(config)}. The file is "
            "damaged."
        )
    if kind == "Sequential" and isinstance(node.get("config"), dict):
        raise _later(kind)
    name = node.get("name") or config.get("name")
    inbound = tuple(_node(calls, name) for calls in _list(node.get("inbound_nodes", ()), "Nodes"))
    return _of(kind, name, {k: v for k, v in config.items() if k != "name"}, inbound)


def _of(kind, name, config, inbound):
    if kind == "Functional" or LATER_WORDS & set(config):
        raise _later(f"{kind} {name!r}" if name else kind)
    name = name if isinstance(name, str) and name else kind.lower()
    if kind == "Graph":
        return _graph(name, config, inbound)
    within = [config[key] for key in ("layer",) if isinstance(config.get(key), dict)]
    within += _list(config.get("layers") or (), "The layers of a model")
    left = {key: value for key, value in config.items() if key not in ("layer", "layers")}
    if kind in ("Model", "Container"):
        left |= {end: _node(left.get(end, ()), name) for end in ("input_layers", "output_layers")}
    known = kind if kind in MODELS else canonical(kind) or kind
    return Layer(known, name, left, tuple(_layer(inner) for inner in within), inbound)


def _later(who):
    return MigrationError(
        f"{who}: a configuration of Keras 2 or 3, not of Keras 0.1.3 to 1.2.2. Load the file with "
        "keras.models.load_model, or with tf_keras if Keras 3 refuses it."
    )


def _node(references, name):
    """What one call of a layer was given: (layer name, call, tensor) each."""
    return tuple(
        _reference(found, name) for found in _list(references, f"{name}: the inputs of a call")
    )


def _reference(found, name):
    found = tuple(_list(found, f"{name}: a reference"))
    numbers = [number for number in found[1:3] if type(number) is int and number >= 0]
    if len(found) < 3 or not isinstance(found[0], str) or len(numbers) < 2:
        raise MigrationError(
            f"{name}: a reference to a layer is [name, call, tensor], got {_shown(found)}. The "
            "file is damaged."
        )
    return found[:3]


#: What a Graph says of a merge, and its defaults.
MERGED = {"merge_mode": "concat", "concat_axis": -1, "dot_axes": -1}


def _graph(name, config, inbound):
    """A Graph as a Model."""
    inner = [_graph_input(node) for node in config.get("input_config", ())]
    ends = []
    for node in config.get("node_config", ()):
        inner += _graph_node(node, config.get("nodes", {}))
    for node in config.get("output_config", ()):
        end, merges = _graph_source(node, f"{node['name']}_merge")
        ends += end
        inner += merges
    starts = tuple((layer.name, 0, 0) for layer in inner if layer.kind == "InputLayer")
    left = {"input_layers": starts, "output_layers": tuple(ends)}
    left["output_names"] = tuple(node["name"] for node in config.get("output_config", ()))
    return Layer("Graph", name, left, tuple(inner), inbound)


def _graph_input(node):
    shape = node.get("batch_input_shape") or (None, *(node.get("input_shape") or ()))
    dtype = {"int": "int32"}.get(node.get("dtype"), "float32")
    return Layer("InputLayer", node["name"], {"batch_input_shape": shape, "input_dtype": dtype})


def _graph_source(node, merged):
    """Where a node of a Graph takes its input, and the layers that make it, if it is merged."""
    if node.get("input"):
        return ((node["input"], 0, 0),), ()
    sources = tuple((found, 0, 0) for found in node.get("inputs") or ())
    if len(sources) == 1:
        return sources, ()
    return ((merged, 0, 0),), (_graph_merge(node, merged, sources),)


def _graph_merge(node, name, sources):
    words = {key: node.get(key, default) for key, default in MERGED.items()}
    words["mode"] = words.pop("merge_mode")
    return Layer("Merge", name, words, (), (sources,))


def _graph_node(node, nodes):
    """The layer of a node, and before it what merges its inputs."""
    name, found = node["name"], nodes[node["name"]]
    if "layer" in node:
        return _graph_shared(node, node["layer"])
    if found.get("name") == "Siamese":
        return _graph_shared(node, found["layer"])
    if found.get("name") == "SiameseHead":
        return (_alias(name, (f"input_for_{node['inputs'][0]}", found.get("head", 0), 0)),)
    source, merges = _graph_source(node, f"{name}_merge")
    made = _layer(found)
    # An output gave its layer another name, under which the weights were stored.
    return (*merges, made._replace(name=name, inbound=(source,), original=made.name))


def _graph_shared(node, layer):
    """A layer called once for each input, and what becomes of the calls: a merge, or outputs."""
    name, sources = node["name"], node.get("inputs") or ()
    made = _layer(layer)
    inner = f"input_for_{name}"
    calls = tuple(((source, 0, 0),) for source in sources)
    found = [made._replace(name=inner, inbound=calls, original=made.name)]
    ends = tuple((inner, call, 0) for call in range(len(calls)))
    if node.get("merge_mode") and not node.get("outputs"):
        return (*found, _graph_merge(node, name, ends))
    outputs = zip(node.get("outputs") or (), ends, strict=False)
    return (*found, *(_alias(output, end) for output, end in outputs))


def _alias(name, reference):
    """A layer that gives another's output a name."""
    return Layer("Activation", name, {"activation": "linear"}, (), ((reference,),))
