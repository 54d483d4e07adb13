"""Imports that the converted text needs: one line each, beside the first Keras import."""

from keras_inits.migrate.source.edits import inserted
from keras_inits.migrate.source.names import is_keras


def import_edits(file, modules):
    """The edits that import modules, unless the module level imports them already.

    before: from keras.layers import Dense
    after:  import keras_inits
            from keras.layers import Dense
    """
    if not modules:
        return
    present = {
        file.text(node)
        for statement in file.nodes("import_statement")
        if statement.parent.type == "module"
        for node in statement.named_children
        if node.type == "dotted_name"
    }
    missing = [module for module in _needed(modules) if not _covered(module, present)]
    if missing:
        text = "".join(f"import {module}{file.line_end}" for module in missing)
        yield inserted(_position(file), text)


def _needed(modules):
    """Without those that a longer one imports too."""
    return sorted(
        module for module in modules if not any(other.startswith(f"{module}.") for other in modules)
    )


def _covered(module, present):
    return any(name == module or name.startswith(f"{module}.") for name in present)


def _position(file):
    """Where the first import of Keras at the left margin begins; else after the file's head."""
    statements = [*file.nodes("import_from_statement"), *file.nodes("import_statement")]
    for node in sorted(statements, key=lambda node: node.start_byte):
        at_margin = node.start_point[1] == 0 and is_keras(file.text(node.named_children[0]))
        if at_margin and node.parent.type == "module":
            return node.start_byte
    return _after_head(file)


def _after_head(file):
    """The beginning of the first statement that is no comment, docstring or __future__ import."""
    for node in file.root.named_children:
        docstring = node.type == "expression_statement" and node.named_children[0].type == "string"
        if node.type not in ("comment", "future_import_statement") and not docstring:
            return node.start_byte - node.start_point[1]
    return len(file.data)
