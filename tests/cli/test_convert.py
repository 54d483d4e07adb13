"""The command convert: what it writes, proves, reports and leaves alone."""

import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from keras_inits.cli import main
from keras_inits.migrate.saved import proof

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "migrate" / "saved" / "data"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Runs the command in a folder of its own; gives status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        status = main(["convert", *map(str, words)])
        return status, *capsys.readouterr()

    return run


def written(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_model_is_written_and_predicts_the_same(run, tmp_path):
    status, output, errors = run(DATA / "mlp.h5", "-o", "m.keras", "--verify", DATA / "mlp.npz")
    assert (status, output) == (0, "")
    assert "training_config, optimizer_weights" in errors
    assert written(tmp_path) == ["m.keras"]
    proof.prove(keras.saving.load_model("m.keras"), *proof.recorded(DATA / "mlp.npz"))


def test_architecture_and_weights_from_two_files_with_a_report(run, tmp_path):
    files = [DATA / "theano_conv1d.json", DATA / "theano_conv1d_weights.h5"]
    words = ["--backend", "theano", "--verify", DATA / "theano_conv1d.npz", "--json", "r.json"]
    assert run(*files, "-o", "m.keras", *words)[0] == 0
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["file"].endswith("theano_conv1d.json")
    assert max(report["differences"]) < 1e-5
    assert all(found["code"].startswith("KF") for found in report["findings"])


def test_other_predictions_are_status_1_and_nothing_is_written(run, tmp_path):
    with np.load(DATA / "mlp.npz") as file:
        np.savez(tmp_path / "wrong.npz", x=file["x"], y=file["y"] + 1e-4)
    words = ["-o", "m.keras", "--verify", "wrong.npz", "--json", "-"]
    status, output, errors = run(DATA / "mlp.h5", *words)
    assert status == 1
    assert "predicts something else" in errors
    assert "predicts something else" in json.loads(output)["error"]
    assert written(tmp_path) == ["wrong.npz"]


def test_a_refusal_is_status_2_with_its_reason_and_nothing_is_written(run, tmp_path):
    words = [DATA / "theano_conv1d.json", DATA / "theano_conv1d_weights.h5", "-o", "m.keras"]
    status, output, errors = run(*words, "--json", "-")
    assert status == 2
    assert "--backend" in errors
    assert "--backend" in json.loads(output)["error"]
    assert written(tmp_path) == []


def test_byte_code_is_not_run(run, tmp_path):
    status, _, errors = run(DATA / "lambda.h5", "-o", "m.keras")
    assert status == 2
    assert "lambda_1" in errors
    assert written(tmp_path) == []


def test_a_file_that_is_there_stays_unless_forced(run, tmp_path):
    (tmp_path / "m.keras").write_text("mine")
    status, _, errors = run(DATA / "bn_mode1.h5", "-o", "m.keras")
    assert status == 2
    assert "--force" in errors
    assert (tmp_path / "m.keras").read_text() == "mine"
    assert run(DATA / "bn_mode1.h5", "-o", "m.keras", "--force")[0] == 0
    assert written(tmp_path) == ["m.keras"]
    assert keras.saving.load_model("m.keras").built


def test_an_output_of_another_kind_is_refused_before_the_work(run):
    status, _, errors = run("missing.h5", "-o", "m.h5")
    assert status == 2
    assert "does not end with .keras" in errors


@pytest.mark.parametrize("report", ["nowhere/r.json", "."])
def test_a_report_that_cannot_be_written_is_told_before_the_work(report, run, tmp_path):
    status, _, errors = run(DATA / "mlp.h5", "-o", "m.keras", "--json", report)
    assert (status, written(tmp_path)) == (2, [])
    assert "folder" in errors


def test_unknown_starts_are_what_the_user_names(run, tmp_path):
    tree = json.loads((DATA / "k100_mlp.json").read_text())
    first, second, *_ = [layer for layer in tree["config"] if "init" in layer["config"]]
    first["config"]["init"], second["config"]["init"] = "<lambda>", "mine"
    (tmp_path / "m.json").write_text(json.dumps(tree))
    names = ["--lambda-init", "he_uniform", "--lambda-init", "mine=caffe_xavier"]
    assert run("m.json", "-o", "m.keras", *names)[0] == 0
    config = json.dumps(keras.saving.load_model("m.keras").get_config())
    assert "HeUniform" in config
    assert "CaffeXavier" in config


OPEN = """
import sys
import numpy as np
if sys.argv[2] == "import":
    import keras_inits
import keras
model = keras.saving.load_model(sys.argv[1])
with np.load(sys.argv[3]) as file:
    assert np.abs(model.predict(file["x"], verbose=0) - file["y"]).max() < 1e-5
assert ("keras_inits" in sys.modules) == (sys.argv[2] == "import")
"""


@pytest.mark.parametrize("option", [(), ("--portable",)])
def test_a_fresh_process_opens_the_file(option, run, tmp_path):
    assert run(DATA / "gru.h5", "-o", "m.keras", *option)[0] == 0
    mode = "alone" if option else "import"
    words = [tmp_path / "m.keras", mode, DATA / "gru.npz"]
    subprocess.run([sys.executable, "-c", OPEN, *words], cwd=ROOT, check=True)


def test_what_cannot_be_portable_is_refused_by_name(run, tmp_path):
    status, _, errors = run(DATA / "highway_maxout.h5", "-o", "m.keras", "--portable")
    assert status == 2
    assert "maxoutdense_1: MaxoutDense is none of Keras' own" in errors
    assert written(tmp_path) == []
