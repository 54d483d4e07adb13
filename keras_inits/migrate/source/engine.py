"""The engine: fixers over a text, their edits made together, until nothing is left to do."""

from operator import attrgetter

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
from keras_inits.migrate.source.edits import (
    Again,
    Append,
    Deletion,
    Edit,
    Import,
    Later,
    Removal,
)
from keras_inits.migrate.source.file import Options, SourceFile
from keras_inits.migrate.source.guess import left_alone, report
from keras_inits.migrate.source.imports import import_edits
from keras_inits.migrate.source.later import Left
from keras_inits.migrate.source.lists import list_edits
from keras_inits.migrate.source.registry import all_fixers
from keras_inits.migrate.source.settling import settle
from keras_inits.migrate.source.statements import deletions

#: What fixers may yield.
KINDS = (Edit, Removal, Deletion, Append, Import, Later, Again, Finding)

#: Edits that overlap wait for the next pass; nested calls need one pass for each level.
PASSES = 8
BYTE_ORDER_MARK = "\ufeff"
#: What findings are put in order by.
_PLACE = attrgetter("line", "column", "code", "message")


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
    if "keras" not in text and "keras" not in text.lower():
        return text, []
    options = Options(
        from_keras, dim_ordering, bugs, py3, no_dependency, _as_tuple(only), _as_tuple(skip)
    )
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    data, findings = _converted(text.removeprefix(mark).encode("utf-8", "surrogatepass"), options)
    if options.only is not None or options.skip is not None:
        findings = [one for one in findings if selected(one.code, options.only, options.skip)]
    return mark + data.decode("utf-8", "surrogatepass"), sorted(set(findings), key=_PLACE)


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
    found = [item for one in fixers for item in one.run(file)]
    if not found:
        return []
    told = {(one.line, one.column) for one in findings if CODES[one.code].open}
    return [item for item in found if (item.line, item.column) not in told]


def _known(found, findings):
    return any((found.code, found.message) == (known.code, known.message) for known in findings)


def one_pass(file, fixers):
    """The edits to make, the fixers that have more to do in the text they give, the findings."""
    said = [(found, list(found.run(file))) for found in fixers]
    asked = _by_kind(item for _, items in said for item in items)
    made, waiting, torn = settle(_as_edits(file, asked))
    unsure, findings = False, asked[Finding]
    if asked[Later]:
        made, more, unsure, reported = _decided(file, made, asked[Later])
        torn, findings = torn + more, findings + reported
    for start, end in torn:
        node = file.root.named_descendant_for_byte_range(start, end)
        words = f"{file.text(node)!r} would have to become different things for its uses"
        findings.append(file.finding(DISAGREEMENT, node, words))
    return made, _unfinished(said, asked, waiting, unsure), findings


def _by_kind(items):
    found = {kind: [] for kind in KINDS}
    for item in items:
        found[type(item)].append(item)
    return found


def _as_edits(file, asked):
    lists = list_edits(asked[Removal], asked[Append], file.data)
    statements = deletions([one.statement for one in asked[Deletion]], file.data)
    imports = import_edits(file, {item.module for item in asked[Import]})
    return [*asked[Edit], *lists, *statements, *imports]


def _decided(file, made, later):
    """Edits with those that depend on them, torn places, whether some must wait, findings."""
    left = Left(made)
    asked = _by_kind(item for one in later for item in one.run(left))
    made, waiting, torn = settle([*made, *_as_edits(file, asked)])
    return made, torn, left.unsure or bool(waiting), asked[Finding]


def _unfinished(said, asked, waiting, unsure):
    """The fixers whose edits wait, or that want to be asked again."""
    if not (waiting or unsure or asked[Again]):
        return []
    if any(again.everyone for again in asked[Again]):
        return [fixer for fixer, _ in said]
    waits, kinds = set(waiting), (Again, Later)
    found = [
        fixer
        for fixer, items in said
        if any(type(item) in kinds for item in items) or not waits.isdisjoint(items)
    ]
    # Removals and additions do not tell which edits they became: then it may be any fixer's.
    known = waits.issubset(item for _, items in said for item in items)
    return found if known else [fixer for fixer, _ in said]


def _place_of_error(root):
    """Line and column of the first error, from 1."""
    node = root
    while True:
        inner = next((c for c in node.children if c.has_error or c.is_error or c.is_missing), None)
        if inner is None:
            return node.start_point[0] + 1, node.start_point[1] + 1
        node = inner
