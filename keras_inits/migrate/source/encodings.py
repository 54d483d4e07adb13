"""Bytes of a source file as text and back, byte for byte."""

import codecs
import io
import tokenize


def decode(data):
    """The text of a source file, by its coding cookie or byte order mark, and the encoding.

    Line ends and a byte order mark stay in the text, so that `encode` gives the same bytes.

    Raises:
        ValueError: for bytes that their encoding does not allow.
    """
    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        # Python 2 files without a cookie were often latin-1, which keeps every byte.
        name = "latin-1"
    if name == "utf-8-sig":
        name = "utf-8"
    return codecs.decode(data, name), name


def encode(text, name):
    """The bytes of a text in the encoding that `decode` found."""
    return codecs.encode(text, name)
