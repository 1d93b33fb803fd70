"""Of `generators.astro`: the pages of a site -> which of them is made of each post, and what stands in its address for the post."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from feeder.problems import with_got
from feeder.sites.astroroutes import made, parts_of_id
from feeder.sites.directories import text_in
from feeder.sites.scripts import imported_text
from feeder.trees.javascript import imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.sites.found import Findings

USUAL = ("blog", "posts", "post", "articles", "writing", "news")
"""What collections and directories of posts are called."""
_OTHER = frozenset({"tags", "tag", "categories", "category", "archives", "authors", "author", "api", "og", "docs"})
"""Directories whose pages are of other things than posts."""
_ROUTE = re.compile(r"\[(?:\.\.\.)?(?!page\]|locale\]|lang\])\w+\](?:\.astro|\.mdx?|\.[jt]sx?)?")

_LANGUAGE = re.compile(r"\[(?:\.\.\.)?(?:locale|lang)\]")
_PARAMETER = re.compile(r"\[(?:\.\.\.)?(\w+)\]")
_PAPER_CALL = re.compile(r"(?:getPostSlug|getPath)\(\s*\w+\.id,\s*\w+\.filePath(?:,\s*false)?\s*\)")
_PAPER = re.compile(
    r"filePath\s*\?\.replace\(BLOG_PATH, \"\"\)\s*\.split\(\"/\"\)\s*\.filter\(path => path !== \"\"\)"
    r"\s*\.filter\(path => !path\.startsWith\(\"_\"\)\)\s*\.slice\(0, -1\)\s*\.map\(segment => slugifyStr\(segment\)\)"
)
"""How AstroPaper makes the directories in an address; behind them, there is the last part of the id."""
_COMMENT = re.compile(r"[ \t]//[^\n]*")
_ASKED = r"getCollection\(\s*[\"'`]([\w-]+)[\"'`]"
_INDEX = re.compile(r"index\.(?:astro|mdx?|[jt]sx?)")


def stands(find: Findings, page: str) -> str:
    """Return what stands for the post in its address; what a program makes is a fault."""
    names = _PARAMETER.findall(page)
    text = text_in(find.directory / page, page)
    given = made(
        text,
        names[-1],
        lambda path: (imported_text(find.directory, page, path) or ("", ""))[1],
        whole=page.rpartition("/")[0].endswith("pages"),
    )
    if given.removed:
        find.let("id.without", given.removed, page)
    if len(names) == 1 and _PAPER_CALL.fullmatch(given.said) and _is_paper(find, page, text):
        return "paper_slug"
    if len(names) > 1 or given.kind == "other":
        said = f"[{names[-1]}] in addresses is computed by code, which feeder does not run"
        if len(names) > 1:
            said = "addresses have more parts than the post's name, computed by code, which feeder does not run"
        find.faults.setdefault("posts.permalink", with_got(f"{page}:{given.line or 1}: {said}", given.said or None))
    return "own_slug" if given.kind == "slug" else "id"


def _is_paper(find: Findings, page: str, text: str) -> bool:
    """Whether the slugs of a page are made as AstroPaper makes them, by a function that nobody has changed."""
    paths = (path for name, path, *_ in imports(text) if name in {"getPath", "getPostSlug"})
    files = (imported_text(find.directory, page, path) for path in paths)
    return any(file is not None and _PAPER.search(_COMMENT.sub("", file[1])) for file in files)


def route(find: Findings, pages: str, collection: str) -> tuple[str, str] | None:
    """Return the path below which a page is made of each post, and the file that makes it.

    That is in a directory that is named like the posts, else the only one that there is.
    """
    for name in dict.fromkeys((collection, *USUAL)):
        if page := _page(find, f"{pages}/{name}".rstrip("/")):
            return name, page
    deeper = list(_deeper(find, pages, {collection, *USUAL}))
    if len(deeper) > 1:
        said = f"{deeper[0][1]}:1: {deeper[1][1]} is made of posts, too; which of them, code tells, which feeder does not run"
        find.faults.setdefault("posts.permalink", said)
    if deeper or (page := _page(find, pages)):
        return deeper[0] if deeper else ("", page)
    below = (
        sorted(entry.name for entry in os.scandir(find.directory / pages) if entry.is_dir())
        if find.is_dir(pages)
        else []
    )
    found = [(name, page) for name in below if name not in _OTHER and (page := _page(find, f"{pages}/{name}"))]
    return found[0] if len(found) == 1 else None


def _deeper(find: Findings, pages: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths below directories of pages, such as ``[lang]/blog``, that are called like posts, and the files there."""
    for place, directories, _ in os.walk(find.directory / pages):
        directories[:] = sorted(name for name in directories if name not in _OTHER)
        below = os.path.relpath(place, find.directory / pages).replace(os.sep, "/")
        if "/" in below and below.rpartition("/")[2] in names and (page := _page(find, f"{pages}/{below}")):
            yield below, page


def spoken_route(find: Findings, pages: str, name: str, language: str) -> tuple[str, str, str] | None:
    """Return the path of the page for posts in a language, the file that makes it, and the collection that has them.

    The page says so: it asks for ``blog_en`` in ``blog/en`` or ``en/blog``. None for no such page.
    """
    for below in (f"{name}/{language}", f"{language}/{name}"):
        if page := _page(find, f"{pages}/{below}"):
            text = text_in(find.directory / page, page)
            collections = {match[1] for match in re.finditer(_ASKED, text)}
            if collections & {f"{name}{sign}{language}" for sign in "_-"} and len(collections) == 1:
                return below, page, collections.pop()
    return None


def split_address(find: Findings, pages: str, page: str) -> str:
    """Return the pattern of addresses of which a page has the first part of an entry's id, a language, and the rest by themselves."""
    names = _PARAMETER.findall(page)
    if len(names) != 2 or not parts_of_id(text_in(find.directory / page, page), names[0], names[1]):  # noqa: PLR2004
        return ""
    path = re.sub(r"(?:/index)?\.\w+$", "", page.removeprefix(f"{pages}/"))
    before, between, after = _PARAMETER.split(path)[::2]
    return f"/{before}:first{between}:rest{after}/".replace("//", "/")


def _page(find: Findings, directory: str) -> str:
    """Return the file below a directory that makes pages of what it is given, "" for none: first those right in it."""
    if not find.is_dir(directory):
        return ""
    found = sorted(os.scandir(find.directory / directory), key=lambda entry: entry.name)
    routes = [entry for entry in found if _ROUTE.fullmatch(entry.name)]
    for entry in routes:
        if entry.is_file():
            return f"{directory}/{entry.name}"
    for entry in (one for one in found if one.is_dir() and (one in routes or _LANGUAGE.fullmatch(one.name))):
        below = f"{directory}/{entry.name}"
        names = sorted(found.name for found in os.scandir(find.directory / below) if _INDEX.fullmatch(found.name))
        if page := f"{below}/{names[0]}" if names else _page(find, below):
            return page
    return ""
