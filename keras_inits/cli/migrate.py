"""keras-inits migrate: legacy Keras source code to Keras 3."""

import difflib
import json
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from keras_inits.cli.arguments import add_release
from keras_inits.cli.console import write
from keras_inits.migrate.findings import CODES

DESCRIPTION = """\
Converts Keras 0.x and 1.x source code to Keras 3, so that its models start with
the same weights: Python files, notebooks, and folders of them (.gitignore is
heeded). Prints a diff, and on standard error what needs a person. Needs
tree-sitter: pip install 'keras-inits[migrate]'
"""
EPILOG = """\
examples:
  keras-inits migrate model.py
  keras-inits migrate src/ --write
  keras-inits migrate src/ --check --json report.json
  keras-inits migrate - < old.py > new.py

exit status: 0; with --check 1 if something would change, 2 if something needs a
person or did not parse.
"""


def add(commands):
    """Adds the subcommand."""
    command = commands.add_parser(
        "migrate",
        help="convert legacy Keras source code to Keras 3",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    command.add_argument("paths", metavar="PATH", nargs="*", help="file or folder; - for stdin")
    _add_output(command)
    _add_conversion(command)
    command.set_defaults(run=run)


def _add_output(command):
    command.add_argument("--write", action="store_true", help="replace the files")
    command.add_argument("--no-backup", action="store_true", help="with --write: keep no FILE.orig")
    command.add_argument("--check", action="store_true", help="exit status instead of a diff")
    command.add_argument("--diff", action="store_true", help="a diff with --write or --check too")
    command.add_argument("--json", metavar="FILE", help="findings as JSON; - for stdout")
    command.add_argument("-j", "--jobs", metavar="N", type=int, default=1, help="processes at once")
    command.add_argument("--list-fixers", action="store_true", help="tell what is converted")


def _add_conversion(command):
    add_release(command)
    command.add_argument("--only", metavar="CODES", type=_codes, help="codes to do: KI1,KI203")
    command.add_argument("--skip", metavar="CODES", type=_codes, help="codes to leave out")
    command.add_argument("--no-dependency", action="store_true", help="write laws with Keras alone")
    command.add_argument("--py3", action="store_true", help="make Python 3 of Python 2 as well")


def _codes(text):
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def run(options):
    """Converts and reports; the exit status."""
    # tree-sitter is an extra.
    from keras_inits.migrate.source import files, folders, registry

    _check(options, registry.all_fixers())
    if options.list_fixers:
        return _list(registry.all_fixers(options.only, options.skip))
    if not options.paths:
        raise ValueError("Give a file, a folder, or - for standard input.")
    if options.paths == ["-"]:
        return _standard_input(options)
    results = []
    paths = list(folders.source_files(options.paths))
    for result in _results(options, paths):
        results.append(result)
        if options.write and result.changed:
            result = _saved(files, result, not options.no_backup)
            results[-1] = result
        _show(result, options.diff or not (options.write or options.check))
    return _finish(options, results)


def _check(options, fixers):
    """Raises for what would silently do nothing."""
    known = {*CODES, *(found.family for found in fixers)}
    for given in (*(options.only or ()), *(options.skip or ())):
        if not any(code.startswith(given) for code in known):
            raise ValueError(f"There is no code {given!r}. --list-fixers shows the families.")
    if options.jobs < 1:
        raise ValueError(f"-j needs 1 process or more, got {options.jobs}.")
    if options.no_backup and not options.write:
        raise ValueError("--no-backup is for --write, which was not given.")


def _arguments(options):
    """The keywords of `convert`."""
    names = ("from_keras", "dim_ordering", "bugs", "py3", "no_dependency", "only", "skip")
    return {name: getattr(options, name) for name in names}


def _results(options, paths):
    """The Result of each file in order, over several processes if asked."""
    from keras_inits.migrate.source import files

    one = partial(files.convert_file, options=_arguments(options))
    if options.jobs <= 1 or len(paths) < 2:
        yield from _with_progress(map(one, paths), len(paths))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(options.jobs, len(paths)), mp_context=context) as pool:
        yield from _with_progress(pool.map(one, paths, chunksize=8), len(paths))


def _with_progress(results, total):
    if total < 2 or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(results, "Converting", total=total, console=Console(stderr=True))


def _saved(files, result, backup):
    try:
        files.write(result, backup)
        return result
    except OSError as error:
        failed = files.Finding(files.FAILED, 1, 1, f"not written: {error}")
        return result._replace(new=result.old, findings=[*result.findings, failed])


def _show(result, with_diff):
    """The diff on standard output if asked, the findings on standard error."""
    if with_diff:
        sys.stdout.writelines(_diff(result))
    for found in result.findings:
        cell = f"cell {found.cell}:" if found.cell else ""
        place = f"{result.path}:{cell}{found.line}:{found.column}"
        print(f"{place} {found.code} {found.message}", file=sys.stderr)


def _diff(result):
    lines = difflib.unified_diff(
        result.old.splitlines(keepends=True),
        result.new.splitlines(keepends=True),
        f"a/{result.path.lstrip('/')}",
        f"b/{result.path.lstrip('/')}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _standard_input(options):
    """The new text on standard output, a diff or nothing if asked."""
    from keras_inits.migrate.source import encodings, engine, files

    old, encoding = encodings.decode(sys.stdin.buffer.read())
    new, findings = engine.convert(old, **_arguments(options))
    result = files.Result("-", old, new, encoding, findings)
    if not (options.diff or options.check):
        sys.stdout.write(new)
    _show(result, options.diff)
    return _finish(options, [result])


def _finish(options, results):
    if options.json:
        _report(options.json, results)
    if not options.check:
        return 0
    if any(result.open for result in results):
        return 2
    return int(any(result.changed for result in results))


def _report(name, results):
    """One entry for each file that changed or has findings."""
    entries = [
        {
            "path": result.path,
            "changed": result.changed,
            "findings": [found._asdict() for found in result.findings],
        }
        for result in results
        if result.changed or result.findings
    ]
    text = json.dumps(entries, indent=1) + "\n"
    if name == "-":
        sys.stdout.write(text)
        return
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def _list(fixers):
    for found in fixers:
        write(f"{found.family} {found.name}", found.description, "")
    return 0
