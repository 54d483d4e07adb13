"""Arguments that come to a layer another way than its call.

By the callers of a function that hands its `**kwargs` on, by the others of several dictionaries
that it may be given, by `functools.partial`.
"""

from keras_inits.migrate.source.bindings import calls_of, collecting
from keras_inits.migrate.source.calls import Given
from keras_inits.migrate.source.layer_calls import LayerCall, layer_of
from keras_inits.migrate.source.once import Once

#: How many functions hand arguments on one to the other.
DEPTH = 3
PARTIAL = ("partial", "functools.partial")


class HandedOn(LayerCall):
    """A layer's call as far as some arguments go; that there may be others tells a splat."""

    def __init__(self, file, node, qualified, arguments):
        super().__init__(file, node, qualified)
        self._handed = arguments

    @Once
    def _given(self):
        given = Given([], [self.node], [], {})
        for argument in self._handed:
            given.add(argument)
        return given


def handed_on(file, call):
    """The HandedOn calls of a layer's call, or of `functools.partial` of a layer."""
    if not call.splats and len(call.arguments) == len(call.positional) + len(call.keywords):
        return []
    found = [] if isinstance(call, HandedOn) else [*_other_dictionaries(call), *_by_callers(call)]
    made = _made_by(file, call.node) if isinstance(call, HandedOn) else ()
    found += [(one.node, one.arguments) for one in made]
    return [HandedOn(file, node, call.qualified, arguments) for node, arguments in found]


def partials(file):
    """A HandedOn for each `functools.partial` of a layer that is given keywords alone."""
    calls = [*file.called("partial"), *file.methods("partial")]
    for call in calls:
        if file.text(call.function) in PARTIAL and len(call.positional) == 1:
            qualified = file.names.resolve(call.positional[0].value)
            if layer_of(qualified):
                yield HandedOn(file, call.node, qualified, call.arguments[1:])


def _made_by(file, node):
    """The calls of what `functools.partial` makes: there and then, or by the name it is given."""
    outer = node.parent
    if outer.type == "call" and outer.child_by_field_name("function") == node:
        return [file.call(outer)]
    left = outer.child_by_field_name("left") if outer.type == "assignment" else None
    called = file.called(file.text(left)) if left is not None else ()
    return [call for call in called if file.sources(call.function) == [node]]


def _other_dictionaries(call):
    """The arguments by names that a dictionary before them had, too."""
    by_container = {}
    for argument in call.arguments:
        if argument.name and call.keywords[argument.name] is not argument:
            by_container.setdefault(argument.container.id, []).append(argument)
    return [(call.node, arguments) for arguments in by_container.values()]


def _by_callers(call):
    return [given for splat in call.splats for given in _given(call.file, splat, DEPTH)]


def _given(file, splat, depth):
    """What the callers of a function give the `**kwargs` that it hands on: node and arguments."""
    is_named = splat.type == "dictionary_splat" and depth
    function = collecting(file, splat, file.text(splat.named_children[0])) if is_named else None
    own = _own(file, function) if function is not None else ()
    for call in calls_of(file, function)[0] if function is not None else ():
        given = [one for one in call.arguments if one.name and not _is_own(one.name, own)]
        if given:
            yield call.node, given
        for inner in call.splats:
            yield from _given(file, inner, depth - 1)


def _own(file, function):
    """The names of a function's own parameters, and its text, which may take others out."""
    parameters = function.child_by_field_name("parameters").named_children
    labels = [node.child_by_field_name("name") or node for node in parameters]
    return {file.text(label) for label in labels}, file.text(function)


def _is_own(name, own):
    """Whether a function takes an argument itself: by a parameter, or by `kwargs.pop("name")`."""
    parameters, text = own
    return name in parameters or f'"{name}"' in text or f"'{name}'" in text
