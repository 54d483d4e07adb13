"""keras-inits convert: a legacy model file to a .keras file."""

import argparse
import json
import sys

from keras_inits.cli.arguments import add_release
from keras_inits.dialects.keras1.versions import BACKENDS

DESCRIPTION = """\
Converts a model of Keras 0.1.3 to 1.2.2 to a .keras file of Keras 3: FILE is what
to_json, to_yaml or save wrote, WEIGHTS what save_weights wrote. The file may come
from anywhere: nothing in it is ever run. What was assumed, changed or left out is
told on standard error. Needs h5py and PyYAML: pip install 'keras-inits[migrate]'
"""
EPILOG = """\
examples:
  keras-inits convert model.h5 -o model.keras
  keras-inits convert model.json weights.h5 -o model.keras --backend theano
  keras-inits convert model.h5 -o model.keras --verify recorded.npz

exit status: 0; 1 if the predictions are not the recorded ones; 2 if it cannot be
converted. Unless it is 0, OUT is left as it was.
"""
SUFFIX = ".keras"
STDOUT = "-"
# What configurations call a function without a name.
UNNAMED = "<lambda>"


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "convert",
        help="convert a legacy model file to Keras 3",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    command.add_argument("file", metavar="FILE", help="JSON, YAML or HDF5")
    command.add_argument("weights", metavar="WEIGHTS", nargs="?", help="HDF5 of save_weights")
    _add_output(command)
    _add_circumstances(command)
    command.set_defaults(run=run)


def _add_output(command):
    command.add_argument(
        "-o", "--out", metavar="OUT.keras", type=_out, required=True, help="file to write"
    )
    command.add_argument("--force", action="store_true", help="replace OUT if it is there")
    command.add_argument(
        "--portable",
        action="store_true",
        help="layers and initializers of Keras alone: opens without keras_inits",
    )
    command.add_argument(
        "--verify",
        metavar="DATA.npz",
        help="arrays x (x0, x1, ...) and what the old model predicted, y (y0, y1, ...)",
    )
    command.add_argument("--json", metavar="REPORT", help="findings as JSON; - for stdout")


def _add_circumstances(command):
    add_release(command)
    command.add_argument(
        "--backend",
        choices=BACKENDS,
        help="what the model was trained on; Theano's kernels are flipped",
    )
    command.add_argument(
        "--lambda-init",
        metavar="[OLD=]NAME",
        type=_replacement,
        action="append",
        default=[],
        help="initializer for functions that the file only names; OLD is '<lambda>' if not given",
    )


def _out(text):
    if not text.endswith(SUFFIX):
        raise argparse.ArgumentTypeError(f"{text!r} does not end with {SUFFIX}")
    return text


def _replacement(text):
    old, equals, name = text.rpartition("=")
    return (old if equals else UNNAMED), name


def run(options):
    """Converts, proves and writes; the exit status."""
    # h5py and PyYAML are extras, and Keras is slow to import.
    from keras_inits.migrate.saved.atomic import check_free
    from keras_inits.migrate.saved.proof import NotProvedError

    if options.json and options.json != STDOUT:
        check_free(options.json, force=True)
    report = {"file": options.file, "weights": options.weights, "out": options.out}
    try:
        check_free(options.out, options.force)
        _convert(options, report)
    except Exception as error:
        report["error"] = " ".join(str(error).split())
        if not isinstance(error, NotProvedError):
            raise
        print(f"keras-inits: {report['error']}", file=sys.stderr)
        return 1
    finally:
        if options.json:
            _write_report(options.json, report)
    return 0


def _convert(options, report):
    """Writes the file; adds to the report what was found."""
    from keras_inits.migrate.saved import atomic, loading, portable, proof

    recorded = proof.recorded(options.verify) if options.verify else None
    model, findings = loading.load(options.file, options.weights, **_circumstances(options))
    if options.portable:
        model, replaced = portable.portable(model)
        findings = [*findings, *replaced]
    _tell(options.file, findings, report)
    with atomic.replacing(options.out, options.force) as draft:
        written = proof.saved(model, draft)
        if recorded:
            report["differences"] = proof.prove(written, *recorded)


def _circumstances(options):
    """The keywords of `load`."""
    names = ("from_keras", "dim_ordering", "backend", "bugs")
    given = {name: getattr(options, name) for name in names}
    return {**given, "lambdas": dict(options.lambda_init)}


def _tell(path, findings, report):
    for found in findings:
        print(f"{path} {found.code} {found.message}", file=sys.stderr)
    report["findings"] = [found._asdict() for found in findings]


def _write_report(name, report):
    text = json.dumps(report, indent=1) + "\n"
    if name == STDOUT:
        sys.stdout.write(text)
        return
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)
