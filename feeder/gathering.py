"""Files that were found -> those that the site's generator takes for posts, and what other files say for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.fields import scalar_text
from feeder.model import Author
from feeder.nodes import Table
from feeder.problems import Problem, Unsound
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeder.kinds import Directory
    from feeder.rulings import Rules

_UNREAD = {".rst": "reStructuredText"}
"""Formats that a generator reads and feeder does not, by extension."""


class Gathered(NamedTuple):
    """The paths of posts, what is wrong with the files as a whole, and the rules with what the files say."""

    paths: list[str]
    problems: list[Problem]
    rules: Rules


def gather(directory: Directory, rules: Rules) -> Gathered:
    """Return which files of a directory are posts. Raises `feeder.problems.ConfigurationError` where it cannot be read."""
    found, problems = directory.find()
    dialect = rules.dialect
    paths = [path for path in found if _is_post(path, rules)]
    if dialect.bundles:
        paths = list(_without_resources(paths))
    unread = [path for path in found if path.lower().endswith(tuple(_UNREAD))] if dialect.headers == "lines" else []
    if unread:
        kind = _UNREAD[unread[0][unread[0].rindex(".") :].lower()]
        more = f", and {len(unread) - 1} others" if len(unread) > 1 else ""
        message = f"{kind} is not read, so this post is in no feed{more}"
        problems.append(directory.problem(unread[0], "unread-format", message))
    branches = sorted(_branches(found, rules.root)) if "branches" in rules.wants else ()
    people, faults = _people(directory, rules)
    labels = _labels(directory, rules) if dialect.labels else {}
    return Gathered(paths, [*problems, *faults], rules._replace(branches=tuple(branches), people=people, labels=labels))


def _is_post(path: str, rules: Rules) -> bool:
    dialect = rules.dialect
    if not path.lower().endswith(dialect.extensions):
        return False
    return dialect.is_post is None or dialect.is_post(path, rules.root, rules.habits)


def _without_resources(paths: Sequence[str]) -> Iterator[str]:
    """Yield the paths but for those beside, or below, the index of a bundle: they are parts of it."""
    indices = {path.rpartition("/")[0]: path for path in paths if path.rpartition("/")[2].startswith("index.")}
    for path in paths:
        directory, _, name = path.rpartition("/")
        if name.startswith("index."):
            directory = directory.rpartition("/")[0]
        while directory and directory not in indices:
            directory = directory.rpartition("/")[0]
        if not directory:
            yield path


def _branches(paths: Sequence[str], root: str) -> Iterator[str]:
    """Yield the directories, below the content, that have a page of their own."""
    for path in paths:
        directory, _, name = path.rpartition("/")
        if name.startswith("_index."):
            yield f"{root}/{directory}".strip("/")


def _people(directory: Directory, rules: Rules) -> tuple[Mapping[str, Author], list[Problem]]:
    """Return the authors in the dialect's file of them, by the names that posts call them, and what is wrong with it."""
    path = rules.habits.options.get("authorsMapPath") or rules.dialect.people
    if not rules.dialect.people:
        return {}, []
    from feeder.trees import SyntaxFault, parse  # one dialect has such a file

    try:
        tree = parse("json" if path.endswith(".json") else "yaml", directory.read(path).data.decode())
    except Unsound as unsound:  # most sites have no such file
        return {}, list(unsound.problems) if directory.stamp(path) else []
    except (SyntaxFault, UnicodeDecodeError) as fault:
        return {}, [directory.problem(path, "bad-authors", f"this is no table of authors: {fault}")]
    pairs = tree.pairs if isinstance(tree, Table) else ()
    known = {key.text: _author(value) for key, value in pairs if isinstance(value, Table)}
    return {key: author for key, author in known.items() if author.name}, []


def _labels(directory: Directory, rules: Rules) -> Mapping[str, str]:
    """Return the names of tags by the keys that posts call them; none where the file cannot be read."""
    from feeder.trees import SyntaxFault, parse  # one dialect has such a file

    try:
        tree = parse("yaml", directory.read(rules.habits.options.get("labels") or rules.dialect.labels).data.decode())
    except (Unsound, SyntaxFault, UnicodeDecodeError):
        return {}
    known: dict[str, str] = {}
    for key, value in tree.pairs if isinstance(tree, Table) else ():
        said = {name.text: scalar_text(text) for name, text in value.pairs} if isinstance(value, Table) else {}
        known[key.text] = said.get("label") or key.text.capitalize()
    return known


def _author(table: Table) -> Author:
    said = {key.text.casefold(): scalar_text(value) for key, value in table.pairs}
    return Author(name=said.get("name", ""), email=said.get("email", ""), url=said.get("url", ""))
