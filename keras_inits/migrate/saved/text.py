"""An architecture as text, JSON or YAML, to a tree of dictionaries, lists, numbers and words."""

import json
import math
from collections import Counter

from keras_inits.migrate.errors import MigrationError
from keras_inits.migrate.saved import yaml_text
from keras_inits.migrate.saved.limits import MAX_DEPTH, MAX_NODES, MAX_TEXT_BYTES

# json.dump(model.to_json(), file) writes a string that holds JSON; some did it twice.
ENCODINGS = 3
# No size is larger; TensorFlow ends the process at products of larger ones.
MAX_INTEGER = 2**31 - 1
# What Keras 3 adds to the class_name and the config of an object.
OF_KERAS_3 = {"module", "registered_name"}
# Characters of a number, and how much of a wrong text a message shows.
MAX_DIGITS = 20


def tree(text):
    """The architecture that a text holds.

    Raises:
        MigrationError: if it is neither JSON nor YAML, is no dictionary, has a key twice, a number
            that is not finite, a Python object, or is too long or too deep to be honest.
    """
    if len(text) > MAX_TEXT_BYTES:
        raise MigrationError(f"The text is longer than {MAX_TEXT_BYTES} characters.")
    value = _parsed(text)
    if not isinstance(value, dict):
        raise MigrationError(
            f"It holds no architecture: a dictionary is needed, it is {type(value).__name__}."
        )
    check(value)
    return value


def _parsed(text):
    for _ in range(ENCODINGS):
        is_json = text.lstrip()[:1] in ("{", "[", '"')
        text = from_json(text) if is_json else yaml_text.value(text)
        if not isinstance(text, str):
            break
    return text


def from_json(text):
    """The value of a JSON text, which may hold nothing that JSON does not know."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_dictionary,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_number,
        )
    except MigrationError:
        raise
    except RecursionError:
        raise MigrationError(_TOO_DEEP) from None
    except ValueError as error:
        raise MigrationError(f"The JSON text is damaged: {error}.") from None


_TOO_DEEP = f"The architecture is nested more than {MAX_DEPTH} deep."


def _dictionary(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise MigrationError(f"The key {twice!r} stands twice in one dictionary.")
    return found


def _integer(text):
    if len(text) > MAX_DIGITS:
        raise MigrationError(f"The number {text[:MAX_DIGITS]}... is too large.")
    return int(text)


def _number(text):
    value = float(text)
    if not math.isfinite(value):
        raise MigrationError(f"{text[:MAX_DIGITS]} is no finite number.")
    return value


def check(value):
    """Refuses a tree that is too deep or too large to be walked, or has what is no Unicode."""
    level, nodes = [value], 0
    for _ in range(MAX_DEPTH):
        nodes += len(level)
        if not level:
            return
        if nodes > MAX_NODES:
            raise MigrationError(f"The architecture has more than {MAX_NODES} values.")
        level = [inner for outer in level for inner in _children(outer)]
    raise MigrationError(_TOO_DEEP)


def _children(value):
    """What a value holds, keys included; a text must be one."""
    if isinstance(value, dict):
        _check_old(value)
        return [*value, *value.values()]
    if isinstance(value, str):
        _check_unicode(value)
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise MigrationError(f"The number {value} is too large.")
    return value if isinstance(value, list) else ()


def _check_old(value):
    """Refuses an object as Keras 3 writes it: Keras would import the module that it names."""
    found = sorted(OF_KERAS_3 & set(value))
    if found and "class_name" in value:
        raise MigrationError(
            f"It says {found[0]!r} of an object, which no Keras before 3 wrote. "
            "keras.models.load_model or model_from_json of Keras 3 opens what Keras 3 wrote."
        )


def _check_unicode(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MigrationError(f"{text[:MAX_DIGITS]!a} is no text.") from None
