"""Files that were found -> those that the site's generator takes for posts, and what other files say for all of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.fields.lookup import scalar_text
from feeder.fields.people import author_of
from feeder.frontmatter import draft_from_source
from feeder.nodes import Scalar, Table
from feeder.patterns import pattern
from feeder.problems import START, ConfigurationError, Problem, Unsound
from feeder.records import NamedTuple
from feeder.rulings import date_in, language_in
from feeder.storage.files import source_from_bytes
from feeder.texts.postnames import META, NOTEBOOK, TEMPLATES, UNREAD, is_restructured

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from feeder.cascades import Bequest
    from feeder.kinds import Directory
    from feeder.model import Author
    from feeder.rulings import Rules


_HEAD = 4096
_FRONT = pattern(rb"---[ \t]*\r?\n.*?\n---", re.DOTALL)
_PAGE = pattern(rb"\n(?:pagination:|(?:eleventyExcludeFromCollections|draft):[ \t]*true|permalink:[ \t]*false)")
_DATE = pattern(rb"^[\"']?date[\"']?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_NOBODY = "feeder does not read {}"
_UNREAD = "reading reStructuredText needs docutils: pip install 'feeder[rst]'"


class Gathered(NamedTuple):
    """The paths of posts, what is wrong with the files as a whole, and the rules with what the files say."""

    paths: list[str]
    problems: list[Problem]
    rules: Rules


def gather(directory: Directory, rules: Rules) -> Gathered:
    """Return which files of a directory are posts.

    Raises `feeder.problems.ConfigurationError` where it cannot be read, or none of its posts can: feeds without them
    would be the end of all entries for subscribers.
    """
    found, problems = directory.find()
    dialect = rules.dialect
    unreadable: list[Problem] = []
    if foreign := [path for path in found if path.lower().endswith(UNREAD)]:
        beside = frozenset(found)
        foreign = [path for path in foreign if _is_anyones(path, rules, beside)]
        spoken_for = {f"{path.removesuffix(META)}.txt" for path in foreign if path.endswith(META)}
        found = [path for path in found if not path.lower().endswith(UNREAD) and path not in spoken_for]
        unreadable += _in_no_feed(directory, foreign, _NOBODY)
    if dialect.templates:
        problems += _in_no_feed(directory, [path for path in found if _is_template(directory, path)], _NOBODY)
    paths = [path for path in found if _is_post(path, rules)]
    if dialect.bundles:
        paths = list(_without_resources(paths, rules))
    if (restructured := list(filter(is_restructured, paths))) and not _reads_restructured():
        paths = [path for path in paths if not is_restructured(path)]
        unreadable += _in_no_feed(directory, restructured, _UNREAD)
    if unreadable and not paths:
        told = "; ".join(f"{item.path}: {item.message}" for item in unreadable)
        raise ConfigurationError(f"{told}; there are no other posts to publish")
    problems += unreadable
    if dialect.sections:
        sections, faults = _sections(directory, found, rules)
        problems += faults
        rules = rules._replace(
            branches={place: name for place, (name, _) in sections.items()} if "branches" in rules.wants else {},
            bequests=(
                *(one for place in sorted(sections, reverse=True) for one in sections[place][1]),
                *rules.bequests,
            ),
        )
    if dialect.committed:
        rules = rules._replace(bequests=(*_commits(directory, paths, rules), *rules.bequests))
    people, faults = _people(directory, rules)
    labels = _labels(directory, rules) if dialect.labels else rules.labels
    return Gathered(paths, [*problems, *faults], rules._replace(people={**rules.people, **people}, labels=labels))


def _is_anyones(path: str, rules: Rules, found: Container[str]) -> bool:
    """Whether a file that nobody reads here is some generator's post, or what is said of one."""
    if path.endswith(NOTEBOOK):
        return "ipynb" in rules.habits.options.get("MARKUP", "")  # elsewhere, they are files beside posts
    if path.endswith(META):  # Nikola's, beside a text of the same name
        return not rules.dialect.address and f"{path.removesuffix(META)}.txt" in found
    return _is_posts_name(path, rules) and _name(path) != "readme"


def _name(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].lower()


def _in_no_feed(directory: Directory, paths: Sequence[str], why: str) -> Iterator[Problem]:
    """Yield one problem for posts in a format that nobody reads here, if there are any."""
    if paths:
        others = len(paths) - 1
        they = f"this post and {others} other{'' if others == 1 else 's'} are" if others else "this post is"
        message = f"{they} in no feed: {why.format(_extension(paths[0]))}"
        yield directory.problem(paths[0], "unread-format", message)


def _is_template(directory: Directory, path: str) -> bool:
    """Whether a file is a template that has a date and makes one page, as posts do; others are lists of them, and feeds."""
    if not path.lower().endswith(TEMPLATES):
        return False
    try:
        head = directory.read(path).data[:_HEAD]
    except Unsound:
        return False
    front = _FRONT.match(head)
    return front is not None and b"\ndate:" in front[0] and _PAGE.search(front[0]) is None


def unread(directory: Directory, path: str) -> Problem | None:
    """Return what is missing to read a post, None where nothing is."""
    if path.lower().endswith(UNREAD):
        return next(_in_no_feed(directory, [path], _NOBODY))
    missing = is_restructured(path) and not _reads_restructured()
    return next(_in_no_feed(directory, [path], _UNREAD)) if missing else None


def _reads_restructured() -> bool:
    from feeder.markup.restructuredtext import is_there  # few sites have such posts

    return is_there()


def _is_post(path: str, rules: Rules) -> bool:
    return path.lower().endswith(rules.dialect.extensions) and _is_posts_name(path, rules)


def _is_posts_name(path: str, rules: Rules) -> bool:
    return rules.dialect.is_post is None or rules.dialect.is_post(path, rules.root, rules.habits)


def _is_index(path: str, rules: Rules) -> bool:
    """Whether a file is the page of a bundle, in whichever language; ``index.knit.md`` is a part of it."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return stem == "index" or (stem.startswith("index.") and stem == f"index.{language_in(path, rules)}")


def _extension(path: str) -> str:
    return path[path.rindex(".") :].lower()


def _without_resources(paths: Sequence[str], rules: Rules) -> Iterator[str]:
    """Yield the paths but for those beside, or below, the index of a bundle: they are parts of it."""
    ranks = {extension: rank for rank, extension in enumerate(rules.dialect.extensions)}
    found = sorted(filter(lambda path: _is_index(path, rules), paths), key=lambda path: -ranks[_extension(path)])
    indices = {path.rpartition("/")[0] for path in found}
    pages = {path.rpartition(".")[0]: path for path in found}  # of a bundle that has several, the one in Markdown
    for path in paths:
        directory, _, name = path.rpartition("/")
        if name.startswith("index.") and _is_index(path, rules):
            if pages[path.rpartition(".")[0]] != path:
                continue
            directory = directory.rpartition("/")[0]
        while directory and directory not in indices:
            directory = directory.rpartition("/")[0]
        if not directory:
            yield path


_Section = tuple[str, "tuple[Bequest, ...]"]
"""What a section is called in addresses, and what it bequeaths to the posts below it."""


def _sections(directory: Directory, paths: Sequence[str], rules: Rules) -> tuple[dict[str, _Section], list[Problem]]:
    """Return the sections that have a page of their own, by their directories below the content, and what is wrong with it.

    Their titles are looked up only where addresses have them.
    """
    found: dict[str, _Section] = {}
    problems: list[Problem] = []
    for path in paths:
        folder, _, name = path.rpartition("/")
        if not name.startswith(rules.dialect.sections):
            continue
        place = f"{rules.root}/{folder}".strip("/")
        try:
            found.setdefault(place, _section(directory, path, place, rules))
        except Unsound as unsound:
            problems.extend(unsound.problems)
    return dict(sorted(found.items())), problems


def _section(directory: Directory, path: str, place: str, rules: Rules) -> _Section:
    data = directory.read(path).data
    named = "titles" in rules.wants
    if not named and b"cascade" not in data.lower():
        return "", ()
    from feeder.cascades import bequests  # few sites have any

    draft = draft_from_source(source_from_bytes(data, path, directory.shown(path)))
    fields = draft.fields if draft else {}
    name = scalar_text(fields.get("slug")) or scalar_text(fields.get("title"))
    language = rules.habits.options.get("defaultContentLanguage", "")
    below = (
        rules.dialect.place(f"{path.rpartition('/')[0]}/index.md".lstrip("/"), rules.root, rules.habits)
        if rules.dialect.place
        else place
    )
    return name if named else "", tuple(bequests(fields.get("cascade"), language, below))


def _commits(directory: Directory, paths: Sequence[str], rules: Rules) -> Iterator[Bequest]:
    """Yield a date for each post that has none, neither in its name nor, as far as a glance tells, in its front matter."""
    undated = [path for path in paths if not date_in(path, rules) and not _says_date(directory, path)]
    if not undated or "://" in rules.roots.posts:
        return
    from feeder.cascades import Bequest  # most posts have a date
    from feeder.storage.commits import first_commits

    for path, date in first_commits(rules.roots.posts, undated):
        yield Bequest("", "", {"date": Scalar(date, START)}, f"{rules.root}/{path}".lstrip("/").rpartition(".")[0])


def _says_date(directory: Directory, path: str) -> bool:
    try:
        front = _FRONT.match(directory.read(path).data[:_HEAD])
    except Unsound:
        return False
    return front is not None and _DATE.search(front[0]) is not None


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
        return {}, [directory.problem(path, "bad-authors", f"not a table of authors: {fault}")]
    pairs = tree.pairs if isinstance(tree, Table) else ()
    known = {key.text: _author(value) for key, value in pairs if isinstance(value, Table)}
    return {key: author for key, author in known.items() if author}, []


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


def _author(table: Table) -> Author | None:
    said = {key.text.casefold(): scalar_text(value) for key, value in table.pairs}
    return author_of(said.get("name", ""), said.get("email", ""), said.get("url", ""))
