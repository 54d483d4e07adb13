"""keras-inits plot: a picture of a draw."""

from keras_inits.cli.arguments import add_weight, initializer
from keras_inits.cli.console import write

DESCRIPTION = """\
Draws a weight and saves a picture of it: a histogram with the law's density
over it or, where that says more (identity, orthogonal, sparse, ...), the kernel
as an image. Needs matplotlib: pip install 'keras-inits[plots]'
"""
EPILOG = """\
examples:
  keras-inits plot caffe_xavier 256,128 -o xavier.png
  keras-inits plot caffe_gaussian 64,64 --arg sparse=5 -o sparse.svg
"""


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "plot",
        help="save a picture of a draw",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_weight(command)
    command.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="picture to write: .png, .svg or .pdf"
    )
    command.set_defaults(run=run)


def run(options):
    """Saves the picture and prints where it is."""
    # matplotlib is an extra, and slow to import.
    from keras_inits.diagnostics.plots import check_path, figure, save

    path = check_path(options.output)
    save(figure(initializer(options), options.shape, options.dtype), path)
    write(str(path))
    return 0
