"""Which files of some paths are source code: folders are walked as git would, .gitignore heeded."""

import os
import re
from pathlib import Path

SUFFIXES = (".py", ".ipynb")
NEVER = {".git", ".hg", ".svn", "__pycache__", ".ipynb_checkpoints", "node_modules", ".venv"}


def source_files(paths):
    """Python files and notebooks, sorted within each folder; files given by name always count.

    Raises:
        ValueError: for a path that does not exist.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _walked(path, _rules_above(path))
        elif path.exists():
            yield path
        else:
            raise ValueError(f"There is no file or folder {str(path)!r}.")


def _walked(folder, rules):
    rules = [*rules, *_rules(folder)]
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path, is_folder = Path(entry.path), entry.is_dir(follow_symlinks=False)
        if entry.name in NEVER or _ignored(path, is_folder, rules):
            continue
        if is_folder:
            yield from _walked(path, rules)
        elif path.suffix in SUFFIXES and entry.is_file():
            yield path


def _rules_above(folder):
    """The rules of the folders above, up to the repository's root."""
    above = []
    for parent in [folder.resolve(), *folder.resolve().parents]:
        if parent != folder.resolve():
            above = [*_rules(parent), *above]
        if (parent / ".git").exists():
            return above
    return []


def _rules(folder):
    """One (folder, pattern, only folders, ignored) for each line of its .gitignore."""
    try:
        lines = (folder / ".gitignore").read_text(errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        line = line.rstrip()
        if line and not line.startswith("#"):
            yield folder.resolve(), *_rule(line)


def _rule(line):
    ignored = not line.startswith("!")
    line = line.removeprefix("!").removeprefix("\\")
    only_folders = line.endswith("/")
    line = line.rstrip("/")
    anywhere = "" if "/" in line else "(?:.*/)?"
    return re.compile(anywhere + _pattern(line.lstrip("/"))), only_folders, ignored


#: The wildcards of .gitignore as regular expressions.
WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _pattern(line):
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]+\])", line)
    return "".join(
        WILDCARDS.get(part) or (part if part.startswith("[") else re.escape(part)) for part in parts
    )


def _ignored(path, is_folder, rules):
    """Whether the last rule that matches says so."""
    found = False
    for folder, pattern, only_folders, ignored in rules:
        if only_folders and not is_folder:
            continue
        name = path.resolve().parent.joinpath(path.name)
        if pattern.fullmatch(name.relative_to(folder).as_posix()):
            found = ignored
    return found


#: A release of Keras that a file of requirements asks for.
PIN = re.compile(r"^\s*keras\s*==\s*([01]\.[0-9.]+)", re.IGNORECASE | re.MULTILINE)


def pinned_version(path):
    """The release of Keras in the nearest requirements file above a source file, or None."""
    for folder in Path(path).resolve().parents:
        for requirements in sorted(folder.glob("requirements*.txt")):
            found = PIN.search(requirements.read_text(errors="replace"))
            if found:
                return found[1]
        if (folder / ".git").exists():
            return None
    return None
