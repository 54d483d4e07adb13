"""Lists in the text: arguments, entries and imported names that go and come with their commas."""

from keras_inits.migrate.source.edits import Edit, inserted


def elements(container):
    """The elements of a list, without brackets, commas and comments."""
    named = container.named_children
    # In `from keras.layers import (A, B)`, only what follows `import` is a list.
    listed = named[1:] if container.type == "import_from_statement" else named
    return [child for child in listed if child.type != "comment"]


def list_edits(removals, appends, data):
    """Removals and Appends as Edits, list by list."""
    containers, gone, added = {}, {}, {}
    for container, element in removals:
        containers[container.id] = container
        gone.setdefault(container.id, set()).add(element.id)
    for container, text in appends:
        containers[container.id] = container
        added.setdefault(container.id, {})[text] = None
    for key, container in containers.items():
        yield from _one_list(container, gone.get(key, ()), added.get(key, ()), data)


def _one_list(container, gone, added, data):
    listed = elements(container)
    if gone:
        yield from _removed(listed, gone)
    if not added:
        return
    if not listed:
        yield inserted(container.start_byte + 1, ", ".join(added))
        return
    between = _separator(listed, data)
    kept = any(element.id not in gone for element in listed)
    text = between.join(added)
    yield inserted(listed[-1].end_byte, between + text if kept else text)


def _removed(listed, gone):
    """One edit for each run of removed elements; the first kept one tells which comma goes."""
    start, kept_before = None, None
    for element in listed:
        if element.id in gone:
            start = element if start is None else start
            last = element
            continue
        if start is not None and kept_before is None:
            yield Edit(start.start_byte, element.start_byte, "")
        elif start is not None:
            yield Edit(kept_before.end_byte, last.end_byte, "")
        start, kept_before = None, element
    if start is None:
        return
    begin = start.start_byte if kept_before is None else kept_before.end_byte
    yield Edit(begin, last.end_byte, "")


def _separator(listed, data):
    """A comma and a blank, or a new line where every element has its own."""
    last = listed[-1]
    if len(listed) < 2 or listed[-2].end_point[0] == last.start_point[0]:
        return ", "
    line_start = data.rfind(b"\n", 0, last.start_byte) + 1
    indent = data[line_start : last.start_byte]
    if indent.strip():
        return ", "
    end = "\r\n" if data[line_start - 2 : line_start] == b"\r\n" else "\n"
    return f",{end}{indent.decode()}"
