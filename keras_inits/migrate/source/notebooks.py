"""Notebooks: the code cells converted as one program, everything else kept."""

import json
import re

from keras_inits.migrate.findings import NOT_PARSED, Finding, selected
from keras_inits.migrate.source import tree
from keras_inits.migrate.source.engine import convert

MARK = "# keras-inits: cell"
#: Lines that are IPython's, not Python's: `%magic`, `!command`, `name?`, `name = !command`.
MAGIC = re.compile(r"^([ \t]*)([%!?].*|[\w.]+\?\??|[\w, ]+=[ \t]*[%!].*)$", re.MULTILINE)
HIDDEN = "#keras-inits:magic#"
#: The magic before a statement, and a statement that stands for it.
TIME = re.compile(r"^([ \t]*)%time (?=\w)", re.MULTILINE)
TIMED = "timed_by_a_magic; "
#: How programs write notebooks; the first that gives the same text is used again.
STYLES = [
    {"indent": indent, "ensure_ascii": ascii_only}
    for indent in (1, 2, 4, None)
    for ascii_only in (False, True)
]


def convert_notebook(text, **options):
    """The notebook with its code cells converted, and the findings.

    Cells are read together, since one imports what another uses; one that is no Python is left,
    and told. A finding tells the code cell, counted from 1, and the line in it.

    Args:
        text: the .ipynb file's text.
        **options: those of `convert`.

    Raises:
        ValueError: for a text that is no notebook.
    """
    notebook = json.loads(text)
    cells = [cell for cell in _cells(notebook) if cell.get("cell_type") == "code"]
    sources = [_without_magic("".join(_source(cell))) for cell in cells]
    joined, left = _joined(sources)
    new, findings = convert(joined, **options)
    findings = [*_told(left, options), *(_in_cell(found, joined) for found in findings)]
    if new == joined:
        return text, findings
    _replace(cells, new)
    return _written(text, notebook), findings


def _cells(notebook):
    if not isinstance(notebook, dict):
        raise ValueError("A notebook is a JSON object with cells.")
    # Notebooks of format 3 kept theirs in worksheets.
    sheets = notebook.get("worksheets", [])
    return [*notebook.get("cells", []), *(cell for sheet in sheets for cell in sheet["cells"])]


def _key(cell):
    return "source" if "source" in cell else "input"


def _source(cell):
    return cell.get(_key(cell), [])


def _without_magic(source):
    return MAGIC.sub(_hidden, TIME.sub(rf"\1{TIMED}", source))


def _with_magic(source):
    return source.replace(HIDDEN, "").replace(TIMED, "%time ")


def _hidden(found):
    return f"{found[1]}{HIDDEN}{found[2]}"


def _joined(sources):
    """The cells as one program, and the numbers of those that are no Python, left as comments."""
    joined = "\n".join(f"{MARK}\n{source}" for source in sources)
    if "keras" not in joined.lower() or _parses(joined):
        return joined, []
    left = [number for number, source in enumerate(sources, start=1) if not _parses(source)]
    kept = [
        re.sub("^", HIDDEN, source, flags=re.MULTILINE) if number in left else source
        for number, source in enumerate(sources, start=1)
    ]
    return "\n".join(f"{MARK}\n{source}" for source in kept), left


def _parses(source):
    return not tree.parse(source.encode("utf-8", "surrogatepass")).root_node.has_error


def _told(cells, options):
    """The findings for cells that are no Python, unless others were asked for."""
    if not selected(NOT_PARSED, options.get("only"), options.get("skip")):
        return []
    return [Finding(NOT_PARSED, 1, 1, "the cell does not parse", cell) for cell in cells]


def _in_cell(found, joined):
    """A finding by the cell that its line of the joined text is in."""
    lines = joined.split("\n")[: found.line]
    marks = [number for number, text in enumerate(lines, start=1) if text == MARK]
    if not marks:
        return found
    # What is said of the mark itself is said of the whole, which begins with the cell.
    return found._replace(line=max(1, found.line - marks[-1]), cell=len(marks))


def _replace(cells, new):
    # What was imported before the first cell belongs to it.
    head, *parts = new.split(f"{MARK}\n")
    parts[0] = head + parts[0]
    for cell, part in zip(cells, parts, strict=True):
        last = cell is cells[-1]
        source = _with_magic(part if last else part.removesuffix("\n"))
        listed = isinstance(_source(cell), list)
        cell[_key(cell)] = source.splitlines(keepends=True) if listed else source


def _written(text, notebook):
    """The notebook in the style of its text; what Jupyter writes where the style is unknown."""
    end = "\n" if text.endswith("\n") else ""
    before = json.loads(text)
    styles = [style for style in STYLES if json.dumps(before, **style) + end == text]
    return json.dumps(notebook, **(styles or STYLES)[0]) + end
