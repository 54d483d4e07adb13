"""The command migrate: diff, write, check, report, folders, notebooks and standard input."""

import io
import json
import os
import sys

import pytest

from keras_inits.cli import main
from keras_inits.migrate.findings import CODES
from keras_inits.migrate.source.registry import all_fixers

OLD = "from keras.layers import Dense\nx = Dense(3, init='he_normal')  # \u00e9\n"
NEW = (
    "import keras_inits\nfrom keras.layers import Dense\n"
    "x = Dense(3, kernel_initializer='keras1_he_normal')  # \u00e9\n"
)
OPEN = "from keras.layers import Dense\nx = Dense(3, init=f(3))\n"
MODERN = "import keras\nkeras.layers.Dense(3)\n"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs the command in a folder of its own; gives status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words, stdin=None):
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(["migrate", *words])
        return status, *capsys.readouterr()

    return run


def save(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_diff_is_printed_and_nothing_written(run, tmp_path):
    path = save(tmp_path / "old.py", OLD)
    status, output, errors = run("old.py")
    assert status == 0
    assert "-x = Dense(3, init='he_normal')" in output
    assert "+import keras_inits\n" in output
    assert "old.py:1:1 KI004" in errors
    assert path.read_text(encoding="utf-8") == OLD


def test_write_replaces_and_keeps_the_old_file_and_the_mode(run, tmp_path):
    path = save(tmp_path / "old.py", OLD)
    os.chmod(path, 0o755)
    status, output, _ = run("old.py", "--write")
    assert (status, output) == (0, "")
    assert path.read_text(encoding="utf-8") == NEW
    assert path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "old.py.orig").read_text(encoding="utf-8") == OLD
    assert sorted(os.listdir(tmp_path)) == ["old.py", "old.py.orig"]
    run("old.py", "--write")
    assert path.read_text(encoding="utf-8") == NEW


def test_a_backup_that_is_there_is_not_lost(run, tmp_path):
    save(tmp_path / "old.py", OLD)
    save(tmp_path / "old.py.orig", "mine")
    assert run("old.py", "--write")[0] == 0
    assert (tmp_path / "old.py.orig").read_text() == "mine"
    assert (tmp_path / "old.py.orig1").read_text(encoding="utf-8") == OLD


def test_no_backup_keeps_none(run, tmp_path):
    save(tmp_path / "old.py", OLD)
    run("old.py", "--write", "--no-backup")
    assert os.listdir(tmp_path) == ["old.py"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig", "utf-8"])
def test_encoding_and_line_ends_stay(run, tmp_path, encoding):
    cookie = f"# coding: {encoding}\n" if encoding == "latin-1" else ""
    path = save(tmp_path / "old.py", (cookie + OLD).replace("\n", "\r\n"), encoding)
    run("old.py", "--write")
    assert path.read_bytes() == (cookie + NEW).replace("\n", "\r\n").encode(encoding)


@pytest.mark.parametrize(
    ("texts", "status"),
    [((MODERN,), 0), ((OLD, MODERN), 1), ((OLD, OPEN), 2), (("def (:\n#keras",), 2)],
)
def test_check_tells_by_its_status(run, tmp_path, texts, status):
    for number, text in enumerate(texts):
        save(tmp_path / f"{number}.py", text)
    assert run(".", "--check")[:2] == (status, "")


def test_json_holds_the_findings(run, tmp_path):
    save(tmp_path / "open.py", OPEN)
    save(tmp_path / "modern.py", MODERN)
    run(".", "--check", "--json", "report.json")
    (entry,) = json.loads((tmp_path / "report.json").read_text())
    assert entry["path"] == "open.py"
    assert entry["changed"]
    found = next(found for found in entry["findings"] if found["code"] == "KI101")
    assert (found["line"], found["column"]) == (2, 19)


def test_folders_are_walked_as_git_would(run, tmp_path):
    save(tmp_path / ".gitignore", "build/\n*_old.py\n!keep_old.py\n/top.py\n")
    for name in ("a.py", "build/b.py", "x_old.py", "keep_old.py", "top.py", "d/top.py", "c.txt"):
        save(tmp_path / name, OLD)
    save(tmp_path / "d" / ".gitignore", "e.py\n")
    save(tmp_path / "d" / "e.py", OLD)
    _, output, _ = run(".")
    named = [line[6:] for line in output.splitlines() if line.startswith("+++ b/")]
    assert named == ["a.py", "d/top.py", "keep_old.py"]


def test_one_bad_file_never_stops_the_others(run, tmp_path):
    save(tmp_path / "bad.ipynb", "no notebook")
    save(tmp_path / "old.py", OLD)
    status, output, errors = run(".", "--check", "--diff")
    assert status == 2
    assert "bad.ipynb:1:1 KI009" in errors
    assert "he_normal" in output


def test_several_processes_give_the_same(run, tmp_path):
    for number in range(3):
        save(tmp_path / f"{number}.py", OLD)
    assert run(".", "-j", "2") == run(".")


def test_standard_input_becomes_standard_output(run):
    status, output, errors = run("-", stdin=OLD.encode())
    assert (status, output) == (0, NEW)
    assert "-:1:1 KI004" in errors
    assert run("-", "--diff", stdin=OLD.encode())[1].startswith("--- a/-")
    assert run("-", "--check", stdin=OLD.encode())[:2] == (1, "")


def notebook(*sources):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["Dense(3, init='he_normal')"]}]
    for source in sources:
        cells.append(
            {
                "cell_type": "code",
                "execution_count": 3,
                "metadata": {"a": [1.0]},
                "outputs": [{"text": ["init='he_normal' \u00e9"]}],
                "source": source,
            }
        )
    return {"cells": cells, "metadata": {"b": 1e-7}, "nbformat": 4, "nbformat_minor": 0}


@pytest.mark.parametrize("style", [{"indent": 1}, {"indent": 2}, {"indent": None}])
def test_notebooks_are_converted_cell_by_cell(run, tmp_path, style):
    first = ["%matplotlib inline\n", "from keras.layers import Dense"]
    second = ["!pip install keras\n", "x = Dense(3, init='he_normal')\n", "x"]
    text = json.dumps(notebook(first, second), **style) + "\n"
    path = save(tmp_path / "old.ipynb", text)
    run("old.ipynb", "--write")
    first.insert(1, "import keras_inits\n")
    second[1] = "x = Dense(3, kernel_initializer='keras1_he_normal')\n"
    assert path.read_text() == json.dumps(notebook(first, second), **style) + "\n"


def test_cells_that_are_no_python_are_left_and_told(run, tmp_path):
    first = ["from keras.layers import Dense\n", "Dense?\n", "files = !ls"]
    shell, last = ["%%bash\n", "if [ -e a ]; then ls; fi"], ["%time x = Dense(3, init='normal')"]
    path = save(tmp_path / "old.ipynb", json.dumps(notebook(first, shell, last)))
    errors = run("old.ipynb", "--write")[2]
    assert "old.ipynb:cell 2:1:1 KI001 the cell does not parse" in errors
    last[0] = "%time x = Dense(3, kernel_initializer='normal')"
    assert json.loads(path.read_text()) == notebook(first, shell, last)
    assert "KI001" not in run("old.ipynb", "--skip", "KI001")[2]


def test_findings_of_notebooks_name_the_cell_and_the_line_in_it(run, tmp_path):
    first = ["%matplotlib inline\n", "from keras.layers import Dense"]
    second = ["# a layer\n", "x = Dense(3, init=f(3))"]
    save(tmp_path / "old.ipynb", json.dumps(notebook(first, [], second)))
    errors = run("old.ipynb", "--json", "report.json")[2]
    assert "old.ipynb:cell 1:2:1 KI004" in errors
    assert "old.ipynb:cell 3:2:19 KI101" in errors
    (entry,) = json.loads((tmp_path / "report.json").read_text())
    assert [(found["cell"], found["line"]) for found in entry["findings"]] == [(1, 2), (3, 2)]


def test_requirements_tell_the_version(run, tmp_path):
    save(tmp_path / "requirements.txt", "numpy\nKeras==0.3.3\n")
    save(tmp_path / "src" / "old.py", OLD)
    assert "Keras 0.3.3" in run("src")[2]


def test_only_and_skip_choose(run, tmp_path):
    save(tmp_path / "old.py", OLD)
    assert run("old.py", "--only", "KI2")[1] == ""
    assert run("old.py", "--skip", "ki1,KI004,KI9") == (0, "", "")


@pytest.mark.parametrize(
    "words", [("--only", "KI77"), ("--skip", "ki1,xx"), ("-j", "0"), ("--no-backup",)]
)
def test_words_that_would_do_nothing_are_errors(run, tmp_path, words):
    save(tmp_path / "old.py", OLD)
    status, output, errors = run("old.py", *words)
    assert (status, output) == (2, "")
    assert errors.startswith("keras-inits: ")
    assert words[-1].rpartition(",")[2].upper() in errors.upper()


def test_list_fixers_shows_each_before_and_after(run):
    _, output, _ = run("--list-fixers")
    for fixer in all_fixers():
        assert f"{fixer.family} {fixer.name}" in output
        edited = all(word in fixer.description for word in ("before:", "after:"))
        assert edited != ("reported:" in fixer.description)


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "a file, a folder"), (("nowhere.py",), "nowhere.py"), (("--from-keras", "2.0"), "1.2.2")],
)
def test_what_cannot_be_done_is_said_in_one_line(run, words, said):
    status, _, errors = run(*words)
    assert status == 2
    assert said in errors


def test_families_of_codes_are_those_of_the_fixers():
    families = {fixer.family for fixer in all_fixers()} | {"KI0"}
    assert {code[:3] for code in CODES if code.startswith("KI")} == families
