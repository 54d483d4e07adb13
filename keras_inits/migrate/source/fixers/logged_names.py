"""Names in the logs: Keras 1 called 'acc' what Keras 3 calls 'accuracy'."""

from keras_inits.migrate.source.calls import content_of
from keras_inits.migrate.source.edits import Edit, replaced
from keras_inits.migrate.source.registry import fixer

NAMES = {"acc": "accuracy", "val_acc": "val_accuracy"}
#: What holds the logs is called so.
LOGS = ("history", "logs")
METRICS = ("'accuracy'", '"accuracy"')


@fixer("KI5")
def logged_names(file):
    """Names in the logs, where the model is compiled with 'accuracy'.

    before: plot(history.history['val_acc'])
            EarlyStopping(monitor='val_acc')
    after:  plot(history.history['val_accuracy'])
            EarlyStopping(monitor='val_accuracy')
    """
    if file.guess.era not in ("keras1", "mixed") or not NAMES.keys() & file.words:
        return
    if not _logs_accuracy(file):
        return
    for name in LOGS:
        for node in file.uses(name):
            owner = node.parent if node.parent.end_byte == node.end_byte else node
            if owner.parent.type == "subscript" and owner.parent.start_byte == owner.start_byte:
                yield from _renamed(file, owner.parent.child_by_field_name("subscript"))
    for call in file.keras_calls:
        if call.qualified.startswith("keras.callbacks."):
            yield from _callback(file, call)
    for call in file.methods("get"):
        owner = file.text(call.function.child_by_field_name("object"))
        if call.positional and owner.rpartition(".")[2] in LOGS:
            yield from _renamed(file, call.positional[0].value)


def _callback(file, call):
    monitor = call.keywords.get("monitor")
    if monitor is None and call.qualified.endswith(".EarlyStopping"):
        monitor = next(iter(call.positional), None)
    if monitor:
        for node in file.sources(monitor.value) or ():
            yield from _renamed(file, node)
    path = call.keywords.get("filepath") or next(iter(call.positional), None)
    if call.qualified.endswith(".ModelCheckpoint") and path:
        for node in file.sources(path.value) or ():
            content = content_of(node)
            text = file.text(content) if content else ""
            for old, new in NAMES.items():
                start = text.find(f"{{{old}:")
                if start >= 0:
                    first = content.start_byte + len(text[:start].encode()) + 1
                    yield Edit(first, first + len(old), new)


def _renamed(file, node):
    content = content_of(node)
    new = NAMES.get(file.text(content)) if content else None
    if new:
        yield replaced(content, new)


def _logs_accuracy(file):
    """Whether every model of the file is compiled with 'accuracy', or showed it."""
    shown = "show_accuracy" in file.words and any(
        "show_accuracy" in call.keywords for call in file.calls
    )
    given = [
        file.text(call.keywords["metrics"].value)
        for call in file.methods("compile")
        if "metrics" in call.keywords
    ]
    return shown or (bool(given) and all(any(word in text for word in METRICS) for text in given))
