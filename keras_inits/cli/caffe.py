"""keras-inits caffe: how each layer of a Caffe network starts."""

from keras_inits.cli.console import table, write

DESCRIPTION = """\
Prints how each layer of a Caffe network description (prototxt, of any release)
starts: the initializers of its kernel and bias, with fans as Caffe counts them.
"""
EPILOG = """\
examples:
  keras-inits caffe train_val.prototxt

In Python: keras_inits.migrate.prototxt.initializers("train_val.prototxt")
"""
HEADINGS = ("layer", "type", "kernel", "bias", "note")


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "caffe",
        help="tell how the layers of a Caffe network start",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    command.add_argument("network", metavar="NET.prototxt", help="network description")
    command.set_defaults(run=run)


def run(options):
    """Prints the table."""
    # protobuf takes its time.
    from pathlib import Path

    from keras_inits.migrate.prototxt import layers

    write(table(HEADINGS, map(_row, layers(Path(options.network)))))
    return 0


def _row(layer):
    starts = ("" if start is None else repr(start) for start in layer.start)
    return (layer.name, layer.type, *starts, layer.note)
