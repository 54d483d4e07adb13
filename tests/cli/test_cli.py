"""The command says what the registry knows, holds samples to laws, and fails in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import keras_inits as ki
from keras_inits.cli import main
from keras_inits.cli.arguments import argument, shape
from keras_inits.core import registry
from keras_inits.core.registry import dialects


class TwiceTheVariance(ki.CaffeXavier):
    # The registry reads the dialect from it.
    __module__ = ki.CaffeXavier.__module__

    def variance(self, shape):
        return 2 * super().variance(shape)


@pytest.fixture
def run(capsys):
    """Runs a command line, given as one string; gives status, output and errors."""

    def run(line):
        status = main(line.split())
        return status, *capsys.readouterr()

    return run


def test_list_names_everything_with_its_summary_on_one_line(run):
    status, output, _ = run("list")
    lines = output.splitlines()
    assert status == 0
    for name in ki.names():
        summary = ki.describe(name).summary
        assert any(line.split(maxsplit=1) == [name, summary] for line in lines)


def test_list_groups_by_dialect(run):
    headings = [line for line in run("list")[1].splitlines() if line and line[0] != " "]
    assert headings == dialects()


@pytest.mark.parametrize("dialect", dialects())
def test_list_of_a_dialect_names_only_its_own(run, dialect):
    _, output, _ = run(f"list {dialect}")
    named = [line.split()[0] for line in output.splitlines() if line.startswith("  ")]
    assert named == ki.names(dialect)


@pytest.mark.parametrize("name", ki.names())
def test_show_tells_law_source_and_every_argument(run, name):
    status, output, _ = run(f"show {name}")
    description = ki.describe(name)
    words = output.split()
    assert status == 0
    assert words[0] == name
    for text in (description.summary, description.law, description.source):
        assert " ".join(text.split()) in " ".join(words)
    for each in description.arguments:
        assert any(word.partition("=")[0] == each.name for word in words)


@pytest.mark.parametrize(
    "line",
    [
        "caffe_xavier 64x32 --dtype bfloat16 --arg variance_norm=average",
        "theano_pooled_conv_glorot 5,5,3,32 --arg pool_size=2,2 --seed 7",
        "per_gate 32,64 --arg initializers=haar_orthogonal,ones --arg gates=2",
        "variance_scaled 64,64 --arg gain=relu --arg mode=fan_geo_avg",
        "glorot_uniform 64,64",
    ],
)
def test_a_sample_that_agrees_gives_0(run, line):
    status, output, errors = run(f"sample {line}")
    assert (status, errors) == (0, "")
    assert output.count("agrees") == 2


def test_a_sample_that_disagrees_gives_1(run, monkeypatch):
    monkeypatch.setitem(registry._classes, "twice", TwiceTheVariance)
    status, output, _ = run("sample twice 64,64")
    assert status == 1
    assert output.count("DISAGREES") == 1


def test_a_seed_repeats_the_sample(run):
    first = run("sample keras1_normal 4,4 --seed 1")
    assert run("sample keras1_normal 4,4 --seed 1") == first
    assert run("sample keras1_normal 4,4 --seed 2") != first


def test_the_table_fits_eighty_columns(run):
    output = run("sample keras1_normal 64,64 --seed 1")[1]
    assert max(map(len, output.splitlines())) <= 80


def test_plot_saves_a_picture_and_says_where(run, tmp_path):
    path = tmp_path / "picture.png"
    status, output, _ = run(f"plot caffe_gaussian 8,8 --arg sparse=2 --seed 1 -o {path}")
    assert (status, output) == (0, f"{path}\n")
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("show cafe_xavier", "Did you mean 'caffe_xavier'?"),
        ("list cafe", "Did you mean 'caffe'?"),
        ("sample cafe_xavier 3", "Did you mean 'caffe_xavier'?"),
        ("sample caffe_xavier 3,a", "'3,a'"),
        ("sample caffe_xavier 3,,4", "'3,,4'"),
        ("sample caffe_xavier 0,4", "positive size"),
        ("sample caffe_xavier", "SHAPE"),
        ("sample caffe_xavier 3 --dtype int8", "int8"),
        ("sample caffe_xavier 3 --seed -1", "seed"),
        ("sample caffe_xavier 3 --seed 1 --arg seed=2", "twice"),
        ("sample caffe_xavier 3 --arg average", "key=value"),
        ("sample caffe_xavier 3 --arg variance_norm=mean", "fan_in"),
        ("sample caffe_xavier 3 --arg color=red", "color"),
        ("sample keras1_identity 3,4", "square"),
        ("sample per_gate 3,4", "initializers"),
        ("plot caffe_xavier 3,4 -o picture.gif", ".pdf, .png, .svg"),
        ("plot caffe_xavier 3,4 -o nowhere/picture.png", "nowhere"),
        ("plot caffe_xavier 3,4", "--output"),
        ("sing caffe_xavier", "sing"),
        ("", "COMMAND"),
    ],
)
def test_errors_are_one_line_and_give_2(run, line, words):
    status, output, errors = run(line)
    assert (status, output) == (2, "")
    assert errors.startswith("keras-inits: ")
    assert errors.count("\n") == 1
    assert words in errors


def test_without_matplotlib_plot_names_the_extra(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.delitem(sys.modules, "keras_inits.diagnostics.plots", raising=False)
    status, _, errors = run("plot caffe_xavier 3,4 -o picture.png")
    assert status == 2
    assert "pip install 'keras-inits[plots]'" in errors


@pytest.mark.parametrize("line", ["", "list", "show", "sample", "plot"])
def test_help_fits_eighty_columns(run, monkeypatch, line):
    monkeypatch.setenv("COLUMNS", "80")
    status, output, _ = run(f"{line} --help")
    assert status == 0
    assert output.startswith("usage: keras-inits")
    assert max(map(len, output.splitlines())) <= 80


def test_a_reader_that_leaves_early_sees_no_error(monkeypatch, capsys):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as closed:
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["list"]) == 141
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["3,3,64,128", "3x3x64x128", "(3, 3, 64, 128)"])
def test_shapes_are_read_as_people_write_them(text):
    assert shape(text) == (3, 3, 64, 128)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,2", (2, 2)),
        ("0.5", 0.5),
        ("None", None),
        ("{'loc': 0.0}", {"loc": 0.0}),
        ("average", "average"),
        ("1.2.2", "1.2.2"),
        ("zeros,ones", ["zeros", "ones"]),
        ("zeros,", ["zeros"]),
        ("a=b", "a=b"),
    ],
)
def test_arguments_are_literals_lists_or_words(text, value):
    assert argument(f"key={text}") == ("key", value)


def test_the_module_runs_as_a_program():
    command = [sys.executable, "-m", "keras_inits.cli", "--version"]
    root = Path(ki.__file__).parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == f"keras-inits {ki.__version__}\n"
