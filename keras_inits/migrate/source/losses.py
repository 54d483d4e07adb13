"""Losses: what the compile calls of a file give its models."""

from keras_inits.migrate.source.bindings import bound_at
from keras_inits.migrate.source.calls import content_of


def is_compile(call):
    """Whether a call of `compile` is given what models are."""
    return bool({"loss", "optimizer"} & set(call.keywords)) or len(call.positional) > 1


def losses_of(file, owner):
    """The losses of a model's compile calls, of all where none can be told to be the model's.

    None stands for one that cannot be read.
    """
    found = [call for call in file.methods("compile") if is_compile(call)]
    makers = list(_makers(file, owner))
    own = [call for call in found if _is_same(file, owner, call) or _is_inside(call, makers)]
    for call in own or found:
        loss = call.keywords.get("loss") or next(iter(call.positional[1:]), None)
        content = content_of(loss.value) if loss else None
        yield file.text(content) if content else None


def _is_same(file, owner, call):
    """Whether a call's owner is the same name, bound where the other one is, or attribute."""
    other = call.function.child_by_field_name("object")
    name = file.text(owner)
    if file.text(other) != name:
        return False
    return owner.type != "identifier" or bound_at(file, name, owner) is bound_at(file, name, other)


def _makers(file, owner):
    """The functions and methods of the file whose calls a value may be."""
    for source in file.sources(owner) or ():
        made = source.child_by_field_name("function") if source.type == "call" else None
        name = file.text(made).rpartition(".")[2] if made is not None else None
        function = file.function(name) if name else None
        if function is not None:
            yield function


def _is_inside(call, functions):
    return any(one.start_byte <= call.start < one.end_byte for one in functions)
