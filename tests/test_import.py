"""Importing the package costs nothing beside importing Keras."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import keras_inits

SCRIPT = """
import sys
import keras
before = set(sys.modules)
import keras_inits
added = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(added - set(sys.stdlib_module_names)))
"""


def imported():
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", SCRIPT],
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout.strip().splitlines()[-1].split()


def test_no_module_but_our_own_is_added_to_what_keras_loads():
    assert imported() == ["keras_inits"]


PACKAGE = Path(keras_inits.__file__).parent
FORBIDDEN = {"tensorflow", "tensorflow_probability", "tf_keras", "jax", "torch", "scipy"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.name)
def test_nothing_heavy_is_imported_at_module_level(path):
    # Keras on another backend does without TensorFlow.
    statements = ast.parse(path.read_text()).body
    modules = {
        name.partition(".")[0]
        for statement in statements
        if isinstance(statement, ast.Import | ast.ImportFrom)
        for name in [getattr(statement, "module", ""), *(part.name for part in statement.names)]
        if name
    }
    assert not modules & FORBIDDEN


def test_the_command_imports_tree_sitter_only_to_migrate():
    script = "import keras_inits.cli, sys; assert 'tree_sitter' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_without_the_extra_migrating_says_what_to_install():
    script = (
        "import sys; sys.modules['tree_sitter'] = None\n"
        "from keras_inits.cli import main; sys.exit(main(['migrate', '.']))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert run.returncode == 2
    assert "keras-inits[migrate]" in run.stderr
