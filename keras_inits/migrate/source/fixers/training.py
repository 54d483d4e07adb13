"""Training: what compile, fit and predict were given."""

from keras_inits.migrate.findings import define
from keras_inits.migrate.keras1.functions import COSINE_PROXIMITY
from keras_inits.migrate.source.batches import batch_size, divided
from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Import, replaced
from keras_inits.migrate.source.losses import is_compile
from keras_inits.migrate.source.models import is_model
from keras_inits.migrate.source.registry import fixer

STEPS = define(
    "KI501",
    "samples to be counted in batches",
    """Keras 3 counts the batches of a generator, Keras 1 counted samples, and how many samples a
    batch has cannot be read here. Give steps_per_epoch (validation_steps, steps): the samples
    divided by the batch size, rounded up.""",
    open=True,
)
DROPPED = define(
    "KI502",
    "an argument of training was dropped",
    """Keras 3 works out by itself what the argument said, or has no use for it; workers and queues
    belong to keras.utils.PyDataset.""",
)
ACCURACY = define(
    "KI503",
    "show_accuracy became a metric",
    """The accuracy is now a metric of compile, so fit logs it as 'accuracy', and evaluate and
    train_on_batch always give [loss, accuracy].""",
)
NOT_COMPILED = define(
    "KI504",
    "show_accuracy without a compile in the file",
    'Give metrics=["accuracy"] where the model is compiled.',
    open=True,
)
DEFAULT = define(
    "KI506",
    "a default of fit that changed was made explicit",
    "The old default is not Keras 3's, so the argument was added.",
)
NO_SUCH = define(
    "KI507",
    "a loss or metric that Keras 3 lacks or defines otherwise",
    "The message says which; write it as a function of (y_true, y_pred).",
    open=True,
)

METHODS = {
    "fit": "fit",
    "fit_generator": "fit",
    "evaluate": "evaluate",
    "evaluate_generator": "evaluate",
    "predict": "predict",
    "predict_generator": "predict",
    "train_on_batch": "train_on_batch",
    "test_on_batch": "test_on_batch",
    "compile": "compile",
}
#: Methods of models until 0.1.2.
EARLY_METHODS = {"train": "train_on_batch", "test": "test_on_batch"}
#: The generator methods' arguments in Keras 1's order.
PLACES = {
    "fit_generator": (
        *("generator", "samples_per_epoch", "nb_epoch", "verbose", "callbacks"),
        *("validation_data", "nb_val_samples", "class_weight", "max_q_size", "nb_worker"),
    ),
    "evaluate_generator": ("generator", "val_samples", "max_q_size", "nb_worker"),
    "predict_generator": ("generator", "val_samples", "max_q_size", "nb_worker"),
}
#: Methods of which nothing but a named argument may change.
PLAIN = ("predict", "evaluate", "train_on_batch", "test_on_batch")
RENAMED = {"nb_epoch": "epochs", "generator": "x"}
#: Samples that became batches, and the argument with the generator that makes them.
SAMPLES = {
    "samples_per_epoch": ("steps_per_epoch", "generator"),
    "nb_val_samples": ("validation_steps", "validation_data"),
    "val_samples": ("steps", "generator"),
}
#: Arguments that tell how long to train, as no default has to.
TURNS = ("epochs", "steps_per_epoch", "samples_per_epoch")
IDLE = (
    *("max_q_size", "nb_worker", "pickle_safe", "class_mode", "theano_mode", "sample_weight_mode"),
    *("show_accuracy", "accuracy"),
)
#: What asked a method for the accuracy beside the loss; batches were told by the second.
SHOWING = ("show_accuracy", "accuracy")
#: Arguments that Keras 3 does not take.
OLD = frozenset((*RENAMED, *SAMPLES, *IDLE))
RESET = '[layer.reset_state() for layer in {}.layers if getattr(layer, "stateful", False)]'
COSINES = ("cosine_proximity", "cosine")
_COSINE = "the nearest, 'cosine_similarity', sums instead of averaging"
GONE = {
    "loss": dict.fromkeys(COSINES, _COSINE),
    "metrics": dict.fromkeys(COSINES, _COSINE)
    | dict.fromkeys(
        ("fmeasure", "fbeta_score", "matthews_correlation"), "Keras 3 has no such metric"
    )
    | dict.fromkeys(("precision", "recall"), "Keras 1 took the mean of the batches' own"),
}


@fixer("KI5")
def training(file):
    """What compile, fit and predict were given.

    before: model.fit_generator(flow(x, y, batch_size=32), samples_per_epoch=6400, nb_epoch=3)
    after:  model.fit(flow(x, y, batch_size=32), steps_per_epoch=200, epochs=3)
    """
    if file.guess.era == "keras2":
        return
    for call in file.methods(*METHODS, "predict_proba"):
        if call.method in METHODS:
            yield from _trained(file, call)
        elif _is_model(file, call):
            yield replaced(_method(call), "predict")
    for call in file.methods(*EARLY_METHODS) if file.guess.version.startswith("0.1.") else ():
        if _is_model(file, call):
            yield replaced(_method(call), EARLY_METHODS[call.method])
            yield from [call.keywords["accuracy"].removed()] if "accuracy" in call.keywords else []
    for call in file.methods("reset_states"):
        yield from _reset(file, call)
    yield from _accuracy(file)


def _method(call):
    return call.function.child_by_field_name("attribute")


def _trained(file, call):
    if call.method in PLAIN and not call.mentions(b"=", b"**"):
        return
    places = PLACES.get(call.method, ())
    given = {**dict(zip(places, call.positional, strict=False)), **call.keywords}
    if METHODS[call.method] != call.method:
        yield replaced(_method(call), METHODS[call.method])
    changed = bool(places) or not OLD.isdisjoint(given)
    for name, argument in given.items() if changed else ():
        if name in IDLE:
            yield argument.removed()
            if name not in SHOWING:
                yield file.finding(DROPPED, argument.element, f"{name} was dropped")
        elif name in SAMPLES:
            yield from _samples(file, given, name, argument)
        elif name in RENAMED and (argument.name or name != "generator"):
            yield argument.renamed(RENAMED[name])
        elif argument.name is None and name != "generator":
            yield argument.renamed(name)
    if call.method == "fit" and file.guess.era == "keras1":
        yield from _defaults(file, call)
    if call.method == "compile":
        given = {**dict(zip(("optimizer", "loss"), call.positional, strict=False)), **given}
        for name in (name for name in GONE if name in given):
            yield from _gone(file, GONE[name], given[name])


def _reset(file, call):
    """`model.reset_states()`, which the layers do now."""
    owner = call.function.child_by_field_name("object")
    known = _is_model(file, call) or file.text(owner).endswith("self.model")
    if known and call.node.parent.type == "expression_statement" and not call.arguments:
        yield replaced(call.node, RESET.format(file.text(owner)))


def _samples(file, given, name, argument):
    became, maker = SAMPLES[name]
    source = given.get(maker) or given.get("x")
    size = batch_size(file, source.value) if source else None
    if size is None and name == "nb_val_samples" and source and source.value.type != "call":
        # Arrays: Keras 1 ignored it.
        kinds = {node.type for node in file.sources(source.value) or ()}
        if kinds and kinds <= {"tuple", "list"}:
            yield argument.removed()
            return
    if size is None:
        yield file.finding(STEPS, argument.element, f"{file.text(argument.element)[:50]}")
        if argument.name is None:
            yield argument.renamed(name)
        return
    steps, needs_math = divided(file, argument.value, size)
    if argument.in_dictionary:
        yield argument.become(argument.respelled(became, steps))
    else:
        yield argument.become(f"{became}={steps}")
    if needs_math:
        yield Import("math")


def _is_model(file, call):
    """Whether a method's owner is a model that the file makes."""
    return is_model(file, call.function.child_by_field_name("object"))


def _defaults(file, call):
    """Epochs and batch size where Keras 3 has other ones."""
    if call.splats or not call.keywords.keys().isdisjoint(TURNS):
        return
    early = file.guess.version.startswith("0.")
    wanted = {}
    if early and len(call.positional) < 3 and "batch_size" not in call.keywords:
        wanted["batch_size"] = "128"
    if len(call.positional) < 4 and "nb_epoch" not in call.keywords:
        wanted["epochs"] = "100" if early else "10"
    if wanted and _is_model(file, call):
        for name, text in wanted.items():
            yield call.appended(name, text)
        words = ", ".join(f"{name}={text}" for name, text in wanted.items())
        yield file.finding(DEFAULT, call.node, f"added {words}")


def _gone(file, words, argument):
    for node in file.sources(argument.value) or ():
        for part in [node, *node.named_children] if node.type == "list" else [node]:
            content = content_of(part)
            word = file.text(content) if content else None
            if word in COSINES and file.guess.era == "keras1" and not file.options.no_dependency:
                yield replaced(part, COSINE_PROXIMITY[0])
                yield Import(COSINE_PROXIMITY[1])
            elif word in words:
                yield file.finding(NO_SUCH, part, f"{word}: {words[word]}")


def _accuracy(file):
    """show_accuracy as a metric of every compile in the file."""
    asked = [word for word in SHOWING if word in file.words]
    shown = [
        call.keywords[word]
        for call in (file.methods(*METHODS, *EARLY_METHODS) if asked else ())
        for word in asked
        if word in call.keywords
    ]
    shown = [argument for argument in shown if file.text(argument.value) not in ("False", "0")]
    if not shown:
        return
    compiled = [call for call in file.methods("compile") if is_compile(call)]
    for call in compiled:
        if "metrics" not in call.keywords and not call.splats:
            yield call.appended("metrics", '["accuracy"]')
            yield file.finding(ACCURACY, call.node, 'added metrics=["accuracy"]')
    if not compiled:
        yield file.finding(NOT_COMPILED, shown[0].element, 'compile needs metrics=["accuracy"]')
