"""The engine: fixers over a text, their edits made together, until nothing is left to do."""

from itertools import chain

from keras_inits.core.checks import check_choice
from keras_inits.dialects.keras1.versions import DIM_ORDERINGS, check_version
from keras_inits.migrate.findings import (
    CODES,
    DISAGREEMENT,
    NOT_PARSED,
    WOULD_BREAK,
    Finding,
    selected,
)
from keras_inits.migrate.source import edits as editing
from keras_inits.migrate.source.file import Options, SourceFile
from keras_inits.migrate.source.guess import left_alone, report
from keras_inits.migrate.source.imports import import_edits
from keras_inits.migrate.source.registry import all_fixers

#: Edits that overlap wait for the next pass; nested calls need one pass for each level.
PASSES = 8
BYTE_ORDER_MARK = "\ufeff"


def convert(
    text,
    *,
    from_keras=None,
    dim_ordering=None,
    bugs="keep",
    py3=False,
    no_dependency=False,
    only=None,
    skip=None,
):
    """Legacy Keras source code as Keras 3, which starts with the same weights.

    Args:
        text: the source, Python 2 or 3.
        from_keras: the release it was written for, "0.1.0" to "1.2.2"; None guesses.
        dim_ordering: "th" or "tf" where layers do not say it; None guesses.
        bugs: "keep" for what the old layers really drew, "fix" for what the code says.
        py3: whether to make Python 3 of Python 2 as well.
        no_dependency: whether to write laws with Keras alone, without keras_inits.
        only: codes or families ("KI1") to convert and report; None for all.
        skip: codes or families to leave out.

    Returns:
        The new text, which is the old one where there is nothing to do, and the findings.

    Raises:
        ValueError: for an unknown release, dim_ordering or word for `bugs`.
    """
    _check(from_keras, dim_ordering, bugs)
    if "keras" not in text.lower():
        return text, []
    options = Options(
        from_keras, dim_ordering, bugs, py3, no_dependency, _as_tuple(only), _as_tuple(skip)
    )
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    data, findings = _converted(text.removeprefix(mark).encode("utf-8", "surrogatepass"), options)
    chosen = {found for found in findings if selected(found.code, options.only, options.skip)}
    ordered = sorted(
        chosen, key=lambda found: (found.line, found.column, found.code, found.message)
    )
    return mark + data.decode("utf-8", "surrogatepass"), ordered


def _check(from_keras, dim_ordering, bugs):
    check_choice("convert", "bugs", bugs, ("keep", "fix"))
    if from_keras is not None:
        check_version("convert", from_keras)
    if dim_ordering is not None:
        check_choice("convert", "dim_ordering", dim_ordering, DIM_ORDERINGS)


def _as_tuple(codes):
    return codes if codes is None else tuple(codes)


def _converted(data, options):
    files = [SourceFile(data, options)]
    try:
        return _all_passes(files, data, options)
    finally:
        for file in files:
            file.forget()


def _all_passes(files, data, options):
    """The new bytes and the findings; each pass adds the file it made."""
    first = file = files[0]
    if file.root.has_error:
        return data, [Finding(NOT_PARSED, *_place_of_error(file.root), "does not parse")]
    chosen = all_fixers(options.only, options.skip)
    kept = first.guess.era == "keras2"
    findings, fixers = [], [one for one in chosen if not one.last and (one.always or not kept)]
    for number in range(PASSES):
        made, fixers, said = one_pass(file, fixers)
        findings += (
            said if number == 0 else [found for found in said if not _known(found, findings)]
        )
        if not made:
            break
        new = file.after(made)
        if new.root.has_error:
            place = _place_of_error(new.root)
            return data, [Finding(WOULD_BREAK, *place, "nothing was changed in this file")]
        file = new
        files.append(file)
        if not fixers:
            break
    findings += left_alone(first, _left(file, [one for one in chosen if one.last], findings))
    if file.data != data or findings:
        findings += report(first)
    return file.data, findings


def _left(file, fixers, findings):
    """What the fixers that come last find, but for places that a person was told of already."""
    told = {(found.line, found.column) for found in findings if CODES[found.code].open}
    found = [item for one in fixers for item in one.run(file)]
    return [item for item in found if (item.line, item.column) not in told]


def _known(found, findings):
    return any((found.code, found.message) == (known.code, known.message) for known in findings)


def one_pass(file, fixers):
    """The edits to make, the fixers that have more to do in the text they give, the findings."""
    said = {found: list(found.run(file)) for found in fixers}
    findings, asked = [], []
    for item in chain.from_iterable(said.values()):
        (findings if type(item) is Finding else asked).append(item)
    made, waiting, torn = editing.settle(_as_edits(file, asked))
    for start, end in torn:
        node = file.root.named_descendant_for_byte_range(start, end)
        words = f"{file.text(node)!r} would have to become different things for its uses"
        findings.append(file.finding(DISAGREEMENT, node, words))
    return made, _unfinished(said, asked, waiting), findings


def _unfinished(said, asked, waiting):
    """The fixers whose edits wait, or that want to be asked again."""
    waits = {editing.Again(), *waiting}
    if editing.Again(everyone=True) in asked:
        return list(said)
    found = [fixer for fixer, items in said.items() if not waits.isdisjoint(items)]
    known = {editing.Again()}.union(*(waits.intersection(said[fixer]) for fixer in found))
    # Removals and additions do not tell which edits they became: then it may be any fixer's.
    return found if known == waits else list(said)


def _as_edits(file, asked):
    by_kind = {kind: [] for kind in editing.KINDS}
    for item in asked:
        by_kind[type(item)].append(item)
    return [
        *by_kind[editing.Edit],
        *editing.list_edits(by_kind[editing.Removal], by_kind[editing.Append], file.data),
        *import_edits(file, {item.module for item in by_kind[editing.Import]}),
    ]


def _place_of_error(root):
    """Line and column of the first error, from 1."""
    node = root
    while True:
        inner = next((c for c in node.children if c.has_error or c.is_error or c.is_missing), None)
        if inner is None:
            return node.start_point[0] + 1, node.start_point[1] + 1
        node = inner
