"""The mode of `merge` and `Merge`: a word, or a function of the file."""

from keras_inits.migrate.source.calls import content_of

#: Stands for a mode that is a function.
BY_FUNCTION = "function"


def given_to(call, places):
    """The arguments of a call by name, those by position too."""
    return {**dict(zip(places, call.positional, strict=False)), **call.keywords}


def mode_of(file, argument):
    """The word of a mode, "sum" where none is given, BY_FUNCTION, or None for one unknown."""
    if argument is None:
        return "sum"
    if is_function(file, argument.value):
        return BY_FUNCTION
    contents = [content_of(node) for node in file.sources(argument.value) or ()]
    words = {file.text(content) if content else None for content in contents}
    return words.pop() if len(words) == 1 else None


def is_function(file, node):
    """Whether a value is a function of the file, by its name, or a lambda."""
    named = node.type == "identifier" and file.text(node) in file.names.defined
    return named or node.type == "lambda"
