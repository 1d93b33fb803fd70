"""A link to a post that is not there."""

from __future__ import annotations

import re
from difflib import get_close_matches
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.subjects import OPEN, address_of
from feeder.texts.mailboxes import is_address
from feeder.texts.postnames import MARKDOWN
from feeder.texts.urls import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.subjects import Page, Site

CODE = Code(
    name="broken-link",
    severity=Severity.WARNING,
    meaning="A link within the site that leads to no post: to a Markdown file, an unpublished post, or a misspelled address. Pages, collections, files and redirects (`aliases`, `redirect_from`, `_redirects`) are taken for what they are.",
    why="Subscribers who follow the link land on an error page.",
    mend="Link to the post's address; the message gives it if feeder knows it.",
    example="[how I brew](tea-brewing.md)\n--\n[how I brew](/tea-brewing/)",
)
_LISTINGS = frozenset(
    "about archive archives author authors blog blogs categories category comments contact cv feed feeds home imprint "
    "index legal licence license links now page posts privacy projects resume rss search series sitemap subscribe tag "
    "tags topics uses".split()
)
"""Names that pages have which are no posts."""
_HOST = re.compile(
    r"www\.[\w-]+\.\w|(?:[a-z0-9-]+\.)+(?:(?:com|org|net|edu|gov|info|io|dev|app|blog|co\.uk|com\.au)(?=[/?#]|$)"
    r"|(?:at|au|be|br|ca|ch|cn|cz|de|dk|es|eu|fi|fr|in|it|jp|kr|me|nl|no|nz|pl|ru|se|tv|uk|us|xyz)/)",
    re.IGNORECASE,
)
"""What is certainly a host: a country's domain only with a path, since a file's name may end like that."""
_FILE = re.compile(r"/|@\dx\.|\d$")
"""What a file's name has, or that of a release, and no mailbox."""
_NEAR = 0.84
_GUESSES = 200
"""Addresses for which similar ones are sought: each takes a look at all others, and more are no misspellings."""


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each link that certainly, or by the look of its neighbours, should lead to a post."""
    directory = _Directory(site)
    for page in site.pages:
        for url, spot in page.links:
            if fault := directory.fault(page, url, spot.text):
                message, hint = fault
                yield problem(page.shown, spot.mark, CODE, message, spot.text)._replace(hint=hint)
        for url, spot in page.named:
            if message := directory.fault_of_named(page, url):
                yield problem(page.shown, spot.mark, CODE, message, spot.text)


class _Directory:
    """The addresses of a site, as far as its posts tell them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by_path: Mapping[str, Page] = {page.path: page for page in site.pages}
        self._home = address_of(site.settings.site.url)
        self._by_url = {address_of(page.url): page for page in site.settled}
        self._former = {address_of(url) for page in site.pages for url in page.former}
        self._root = urlsplit(site.settings.site.url).path
        placed = [address_of(page.url) for page in site.pages if page.placed]
        self._homes = {dirname(address) for address in placed} - {self._root.rstrip("/"), ""}
        self._above = {above for home in self._homes for above in _ancestors(home)}
        placeless = {page.path for page in site.pages if not page.placed}
        unsound = (path for path in site.known if path not in self._by_path or path in placeless)
        self._unsound = {(basename(dirname(path)) if stem == "index" else stem).casefold()
                         for path in unsound for stem in [basename(path).rpartition(".")[0]]}  # fmt: skip
        """Names of posts whose address is not known, for an error that is told elsewhere."""
        self._names: dict[str, list[str]] = {}
        self._loosely: dict[tuple[str, str], str] = {}
        for address in placed:
            self._names.setdefault(dirname(address), []).append(address)
            self._loosely.setdefault((dirname(address), _loose(address)), address)
        self._faults: dict[tuple[str, bool], tuple[Page | None, str, str] | None] = {}
        """What is wrong with an address, and the post that is meant: not the one that links there."""
        self._guesses = _GUESSES

    def fault(self, page: Page, url: str, written: str) -> tuple[str, str] | None:
        """Return what is wrong with a link, and what to do; None when nothing is, or nothing can be said."""
        address = address_of(url)
        if found := self._by_url.get(address):
            return self._unpublished(page, found)
        if (scheme := _left_out(written)) and not self._is_elsewhere(address):
            return (
                f"without {scheme} this leads to a page of the site itself, and there is none",
                f"write {scheme}{written}",
            )
        if bare(url).lower().endswith(MARKDOWN):
            return self._source(page, written)
        name = basename(address)
        elsewhere = not name or name.lower() in _LISTINGS or "." in name or address in self._above
        elsewhere = elsewhere or name.casefold() in self._unsound
        if elsewhere:
            return None
        key = address, written.startswith(("/", "http"))
        if key not in self._faults:
            self._faults[key] = None if self._is_elsewhere(address) else self._page(*key)
        near, *fault = self._faults[key] or (page, "", "")
        return None if near is page else (fault[0], fault[1])

    def _is_elsewhere(self, address: str) -> bool:
        """Whether something else is there: an address that a post had, a page, a file."""
        return address in self._former or self._site.elsewhere(address)

    def fault_of_named(self, page: Page, url: str) -> str:
        """Return what is wrong with a link that the generator makes, "" when nothing is: one to no post is told where it is made."""
        found = self._by_url.get(address_of(url))
        return ((found and self._unpublished(page, found)) or ("",))[0]

    def _unpublished(self, page: Page, found: Page) -> tuple[str, str] | None:
        """Return what is wrong with a link to a post that nobody can open; what is not published itself can wait for it.

        A draft without a name yet is where the site's own page is.
        """
        if address_of(found.url) == self._home:
            return None
        why = self._site.why_unpublished(found)
        told = why and page is not found and page.shown not in self._site.left_out
        return (f"this post is not published ({why}): {found.shown}", "") if told else None

    def _page(self, address: str, absolute: bool) -> tuple[Page | None, str, str] | None:  # noqa: FBT001 - half of a key
        """Return what is wrong with an address that is no post's, by those beside it; pages of all kinds are at the site's root."""
        near = self._loosely.get((dirname(address), _loose(address))) or self._similar(address)
        if near:
            right = self._by_url[near]
            return right, f"no post has this address; did you mean {right.shown}?", f"write {urlsplit(right.url).path}"
        if dirname(address) in self._homes and not (absolute and dirname(address) == "/"):
            return None, "no post has this address, although other posts are next to it", ""
        return None

    def _similar(self, address: str) -> str:
        """Return the post's address that is most like this one, "" when none is like it."""
        beside = self._names.get(dirname(address), ())
        if not beside or not self._guesses:
            return ""
        self._guesses -= 1
        least, most = (length * len(address) for length in (_NEAR / (2 - _NEAR), (2 - _NEAR) / _NEAR))
        likely = [name for name in beside if least <= len(name) <= most]  # others cannot have as much in common
        return next(iter(get_close_matches(address, likely, 1, _NEAR)), "")

    def _source(self, page: Page, written: str) -> tuple[str, str] | None:
        """Return what is wrong with a link to a post's file: it is not what is served."""
        path = unquote(urlsplit(written).path)
        if urlsplit(written).scheme or urlsplit(written).netloc:
            path = "/" + path.removeprefix(self._root)
        local = path.lstrip("/") if path.startswith("/") else normpath(join(dirname(page.path), path))
        local = local if local in self._site.known else self._below(path) or local
        if found := self._by_path.get(local):
            if fault := self._unpublished(page, found):
                return fault
            if not found.placed:
                return "this links to a Markdown file, not to a page", ""
            where = urlsplit(found.url).path
            return f"this links to a Markdown file; the post is at {where}", f"write {where}"
        if shown := self._site.known.get(local):
            is_page = self._site.left_out.get(shown) in OPEN
            return (
                "this links to a Markdown file, not to a page" if is_page else f"this post is not published: {shown}",
                "",
            )
        beyond = local.startswith("../")
        return "this links to a Markdown file, not to a page" if beyond else "no such post", ""

    def _below(self, path: str) -> str:
        """Return the post that a path means which begins above the posts directory, "" when that is not one alone."""
        tails = [known for known in self._site.known if f"/{path.removeprefix('./')}".endswith(f"/{known}")]
        return tails[0] if len(tails) == 1 and "/" in path.removeprefix("./") else ""


def _left_out(written: str) -> str:
    """Return the scheme that a link lacks which names another host, or somebody's mailbox; "" when it is no such link."""
    if is_address(written) and not _FILE.search(written):
        return "mailto:"
    return "https://" if _HOST.match(written) else ""


def _ancestors(path: str) -> Iterator[str]:
    while path.strip("/"):
        yield path
        path = dirname(path)


def _loose(address: str) -> str:
    return address.casefold().replace("-", "").replace("_", "").replace(" ", "")


RULE: Rule[Site] = Rule(code=CODE, check=check)
