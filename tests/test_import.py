"""Importing the package costs nothing beside importing Keras."""

import subprocess
import sys

SCRIPT = """
import sys, time
import keras
before = set(sys.modules)
start = time.perf_counter()
import keras_inits
elapsed = time.perf_counter() - start
added = {name.partition(".")[0] for name in set(sys.modules) - before}
print(elapsed)
print(*sorted(added - set(sys.stdlib_module_names)))
"""


def imported():
    run = subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", SCRIPT],
        check=True,
        capture_output=True,
        text=True,
    )
    elapsed, added = run.stdout.strip().splitlines()[-2:]
    return float(elapsed), added.split()


def test_no_module_but_our_own_is_added_to_what_keras_loads():
    _, added = imported()
    assert added == ["keras_inits"]


def test_nothing_imports_tensorflow_at_module_level_of_the_core():
    # Keras on another backend does without it.
    script = "import keras_inits, sys; assert 'tensorflow' not in sys.modules"
    for path in ("jax", "torch"):
        available = subprocess.run([sys.executable, "-c", f"import {path}"], capture_output=True)
        if available.returncode == 0:
            subprocess.run(
                [sys.executable, "-c", script],
                check=True,
                env={"KERAS_BACKEND": path, "PATH": ""},
            )


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
