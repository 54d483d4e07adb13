"""The README does what it says: its code runs, its commands work, its links lead somewhere."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import keras
import pytest

from keras_inits.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_code_runs_from_top_to_bottom():
    assert len(blocks("python")) == 2
    exec("\n".join(blocks("python")), {})


COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in blocks("sh")
    for line in block.splitlines()
    if line.startswith("keras-inits")
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_commands_work(words, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    if "-o" in words:
        assert (tmp_path / words[words.index("-o") + 1]).stat().st_size > 1000
    else:
        assert capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_the_readme_fits_two_screens():
    assert len(README.splitlines()) <= 100


UP_TO_DATE = """
import runpy
pages = runpy.run_path("docs/pages.py")["PAGES"]
assert all(path.read_text() == page() for path, page in pages.items()), "run python docs/pages.py"
"""


#: The pages tell what is needed beside the newest Keras that is tested.
NEWEST = pytest.mark.skipif(
    not hasattr(keras.initializers.VarianceScaling(), "input_axes"),
    reason="the pages are written with Keras 3.15, whose defaults and names others have not all",
)


@NEWEST
def test_the_pages_made_of_the_code_are_up_to_date():
    # In a process of its own, where no test has defined codes or names.
    subprocess.run([sys.executable, "-c", UP_TO_DATE], check=True, cwd=ROOT)
