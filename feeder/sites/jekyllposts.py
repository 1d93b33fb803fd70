"""Where the posts of a Jekyll site are: directories ``_posts``, or the documents of a collection."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.addresses.jekyllpaths import LANGUAGES
from feeder.sites.found import Findings, inside
from feeder.texts.postnames import MARKDOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from feeder.sites.told import Book

_NEVER = frozenset({"node_modules", "vendor", ".git", "_site"})
_DEEPEST = 6
_USUAL = (
    "blog",
    "articles",
    "article",
    "episodes",
    "episode",
    "podcasts",
    "podcast",
    "news",
    "entries",
    "stories",
    "notes",
)
"""What collections are called that are the posts of a site, best first."""
_SAMPLE, _HEAD = 20, 4_096
_DATED, _DATE = re.compile(r"\d+-\d+-\d+-"), re.compile(rb"(?m)^date *:")


def posts_in(find: Findings, book: Book, source: str, root: str) -> tuple[str, ...]:
    """Take the directories ``_posts``, wherever they are, and return them: those in subdirectories give categories."""
    if not inside(root):
        return ()
    if translated := _translated(find, book, root):
        return (translated,)
    told = book.get("exclude")
    left_alone = told.texts if told else ()
    out = (book.text("destination") or "_site").strip("./")
    found = sorted(posts_directories(find, root, "", (*left_alone, out), 0))
    below = "" if root == "." else f"{root}/"
    rules = "Jekyll's defaults"
    again = book.get("include")
    named = [pattern for pattern in left_alone if pattern not in (again.texts if again else ())]
    foreign = _languages(find, book)
    if found == ["_posts"]:
        exclude = [*_within(f"{below}_posts", source, named), *(f"{language}/*" for language in foreign)]
        find.posts(f"{below}_posts", rules, exclude=exclude)
    elif found:
        exclude = [*_within(root, source, named), *(f"*_posts/{language}/*" for language in foreign)]
        find.posts(root, rules, [f"{path}/*" for path in found], exclude)
    return tuple(f"{below}{path}" for path in found)


def _translated(find: Findings, book: Book, root: str) -> str:
    """Take and return the directory in which a plug-in for several languages has the posts of the first one, "" for none."""
    first = next(iter(book.texts("languages")), "")
    above = f"_i18n/{first}"
    if not first or "_posts" in book.texts("exclude_from_localizations") or not inside(above):
        return ""
    path = f"{root}/{above}/_posts".removeprefix("./")
    if not find.posts(path, "the languages"):
        return ""
    find.let("translations", above, "")
    return path


def _languages(find: Findings, book: Book) -> tuple[str, ...]:
    """Take and return the languages in which Polyglot makes the site again below ``/LANGUAGE/``, but for the default one."""
    default = book.text("default_lang")
    foreign = tuple(name for name in book.texts("languages") if name != default) if default else ()
    if foreign:
        find.let(LANGUAGES, " ".join(foreign), "")
    return foreign


def collection_of(find: Findings, book: Book, root: str) -> str:
    """Return the collection whose documents are the posts, which is taken; "" if there is none.

    It is the one that somebody names. Where there is no ``_posts``, it is one of those with dates: the first that the
    feed's plug-in makes a feed of, or that is named like posts, or the only one.
    """
    made = [
        rest.removesuffix(".output")
        for rest, told in book.below("collections")
        if rest.endswith(".output") and told.text == "true"
    ]
    at = {name: f"{root}/_{name}".removeprefix("./") for name in made if inside(name) and name != "posts"}
    if find.named:
        named = normpath(find.named)
        chosen = next((name for name, path in at.items() if named == path or named.endswith(f"/{path}")), "")
    else:
        dated = [name for name, path in at.items() if _is_dated(find.directory / path)]
        first = (
            *book.texts("feed.collections"),
            *(name.partition(".")[0] for name, _ in book.below("feed.collections")),
            *_USUAL,
        )
        chosen = next((name for name in first if name in dated), dated[0] if len(dated) == 1 else "")
    if chosen:
        find.posts(at[chosen], "the collections")
        find.let("posts.collection", chosen, "")
    elif at and not find.named:
        find.notes.append(f"posts may be documents of a collection: feeder build {' or '.join(at.values())}")
    return chosen


def _is_dated(directory: Path) -> bool:
    """Whether most of a collection's documents say when they were written; the last of them are looked at."""
    files = sorted(path for ending in MARKDOWN for path in directory.rglob(f"*{ending}"))[-_SAMPLE:]
    try:
        dated = [_DATED.match(path.name) or _DATE.search(path.read_bytes()[:_HEAD]) for path in files]
    except OSError:
        return False
    return sum(map(bool, dated)) * 2 > len(files)


def _within(directory: str, source: str, patterns: Iterable[str]) -> list[str]:
    """Return what patterns of paths below the ``source`` leave out of a directory in it: what they match, or begin."""
    above = "" if directory == source else f"{directory.removeprefix(f'{source}/')}/"
    found = []
    for pattern in (pattern.removeprefix("./").lstrip("/") for pattern in patterns):
        if pattern.startswith(above) and pattern != above:
            rest = pattern.removeprefix(above)
            found += [rest] if "*" in rest else [f"{rest}*"]
        elif pattern.startswith("*"):
            found += [pattern, pattern.removeprefix("**/")]
    return list(dict.fromkeys(found))


def posts_directories(find: Findings, root: str, below: str, left_alone: tuple[str, ...], depth: int) -> Iterator[str]:
    """Yield the directories ``_posts`` below the ``root``, in directories that Jekyll looks into."""
    try:
        entries = [entry for entry in os.scandir(find.directory / root / below) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        if entry.name == "_posts":
            yield path
        elif not (
            entry.name[0] in "._#~"
            or entry.name in _NEVER
            or depth >= _DEEPEST
            or any(fnmatchcase(path, pattern.strip("/")) for pattern in left_alone)
        ):
            yield from posts_directories(find, root, f"{path}/", left_alone, depth + 1)
