"""The command keras-inits: initializers listed, described, drawn; old code and models converted."""

import os
import sys

from keras_inits.cli import caffe, convert, listing, migrate, plot, sample, show
from keras_inits.cli.arguments import Parser
from keras_inits.version import __version__

DESCRIPTION = """\
Weight initializers of other frameworks, papers and old Keras versions, by name;
and old Keras code and models brought over without changing how they start.

Every name also works in Keras code once keras_inits is imported:
keras.layers.Dense(64, kernel_initializer="caffe_xavier")
"""
EPILOG = """\
examples:
  keras-inits list caffe
  keras-inits show caffe_xavier
  keras-inits sample caffe_xavier 3,3,64,128
  keras-inits plot caffe_xavier 256,128 -o xavier.png
  keras-inits migrate src/
  keras-inits convert model.h5 -o model.keras
  keras-inits caffe train_val.prototxt

exit status: 0; 1 if a sample disagrees with its law, or what else a command
promises does not hold; 2 if it cannot be done.
"""

# What a shell reports of a program that SIGPIPE, signal 13, ended.
CLOSED_PIPE = 128 + 13


def parser():
    """The parser of the whole command line."""
    root = Parser(prog="keras-inits", description=DESCRIPTION, epilog=EPILOG)
    root.add_argument("--version", action="version", version=f"keras-inits {__version__}")
    commands = root.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for command in (listing, show, sample, plot, migrate, convert, caffe):
        command.add(commands)
    return root


def main(argv=None):
    """Runs a command line and gives its exit status; errors are one line on stderr.

    Args:
        argv: the words after the command's name; None for those of this process.
    """
    try:
        status = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing is left to say, at shutdown neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    # Status 1 says that a law did not hold; whatever went wrong must not look like it.
    except Exception as error:
        print("keras-inits:", *str(error).split(), file=sys.stderr)
        return 2
    return status


def _run(argv):
    try:
        options = parser().parse_args(argv)
    except SystemExit as end:  # after --help and --version
        return end.code or 0
    return options.run(options)
