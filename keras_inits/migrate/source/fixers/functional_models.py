"""Functional models: what `Model` and `merge` were given."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.merge_modes import BY_FUNCTION, given_to, mode_of
from keras_inits.migrate.source.models import MODELS
from keras_inits.migrate.source.registry import fixer

NOT_MERGED = define(
    "KI401",
    "a merge whose mode cannot be read",
    """The mode is no literal, or Keras 3 has no such mode. Write the layer that it stands for:
    keras.layers.add, multiply, average, maximum, concatenate or dot.""",
    open=True,
)
COSINE = define(
    "KI402",
    "a cosine that has one axis less now",
    "Keras 1's mode 'cos' gave (batch, 1, ...); keras.layers.dot gives no axis for the 1.",
)

MERGES = frozenset(
    [
        *("keras.layers.merge", "keras.layers.core.merge", "keras.engine.merge"),
        *("keras.engine.topology.merge", "keras.models.merge"),
    ]
)
#: The function for a mode.
MODES = {
    "sum": "add",
    "mul": "multiply",
    "ave": "average",
    "max": "maximum",
    "concat": "concatenate",
    "dot": "dot",
    "cos": "dot",
}
#: Arguments in Keras 1's order, with the name that the functions of Keras 3 have for them.
PLACES = ("inputs", "mode", "concat_axis", "dot_axes", "output_shape", "output_mask", "arguments")
KEPT = {"concat": {"concat_axis": "axis"}, "dot": {"dot_axes": "axes"}, "cos": {"dot_axes": "axes"}}


@fixer("KI4")
def functional_models(file):
    """What `Model` and `merge` were given.

    before: model = Model(input=x, output=merge([a, b], mode='concat', concat_axis=1))
    after:  model = Model(inputs=x, outputs=keras.layers.concatenate([a, b], axis=1))
    """
    if file.guess.era == "keras2":
        return
    for call in file.calls_of(MODELS | MERGES):
        if call.qualified in MODELS:
            for name in ("input", "output"):
                if name in call.keywords:
                    yield call.keywords[name].renamed(f"{name}s")
        else:
            yield from _merge(file, call)


def _merge(file, call):
    given = given_to(call, PLACES)
    word = mode_of(file, given.get("mode"))
    if word == BY_FUNCTION and "inputs" in given and not call.splats:
        yield from _by_function(file, call, given)
        return
    if word not in MODES or call.splats:
        yield file.finding(NOT_MERGED, call.node, file.text(call.node)[:60])
        return
    yield replaced(call.function, f"{file.keras}.layers.{MODES[word]}")
    yield Import("keras")
    kept = {"inputs": "inputs", "name": "name", **KEPT.get(word, {})}
    for name, argument in given.items():
        if name not in kept:
            yield argument.removed()
        elif name != "inputs" and kept[name] != argument.name:
            yield argument.renamed(kept[name])
    if "dot_axes" in kept and "dot_axes" not in given:
        yield call.appended("axes", "-1")
    if word == "cos":
        yield call.appended("normalize", "True")
        yield file.finding(COSINE, call.node, "add a Reshape if what follows counts on the 1")


def _by_function(file, call, given):
    """merge([a, b], mode=f, output_shape=s) as Lambda(f, output_shape=s)([a, b])."""
    arguments = [file.text(given["mode"].value)]
    for name in ("output_shape", "arguments", "name"):
        if name in given:
            arguments.append(f"{name}={file.text(given[name].value)}")
    inputs = file.text(given["inputs"].value)
    yield replaced(call.node, f"{file.keras}.layers.Lambda({', '.join(arguments)})({inputs})")
    yield Import("keras")
