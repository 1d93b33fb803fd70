"""A site's address -> whether something is there that is no post: a file, a page, what a page or ``_redirects`` redirects.

It is asked of links that lead to no post, which are few; so nothing is looked into before the first of them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from feeder.pages import Pages
from feeder.problems import UnreadablePictureError
from feeder.subjects import address_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import FileStore
    from feeder.survey import SurveyContext

_SOURCES = ("md", "markdown", "mdx", "html", "htm", "njk", "liquid", "astro", "vue", "rst", "txt")
_NAMES = ("", ".html", *(f"{name}.{kind}" for kind in _SOURCES for name in ("", "/index", "/_index")))
"""What a file of the site may have behind the address that it has, or its page."""
_PLACEHOLDER = re.compile(r":[A-Za-z]\w*|\*")
_REDIRECTS = "/_redirects"


class Elsewhere:
    """What a site has beside its posts: ``root`` is the path of its own address, ``library`` where its files lie."""

    def __init__(self, survey: SurveyContext, library: FileStore, root: str) -> None:
        self._survey = survey
        self._library = library
        self._root = root

    def has(self, address: str) -> bool:
        """Whether something is at an address, which is as `feeder.subjects.address_of` gives it."""
        local = "/" + address.removeprefix(self._root).lstrip("/")
        return (
            any(self._library.see(local + name, "", as_picture=False).there for name in _NAMES)
            or address in self._pages
            or any(redirect.fullmatch(local) for redirect in self._redirects)
        )

    @cached_property
    def _pages(self) -> frozenset[str]:
        site = self._survey.site
        return frozenset(map(address_of, Pages(site, self._survey.rules).addresses() if site else ()))

    @cached_property
    def _redirects(self) -> tuple[re.Pattern[str], ...]:
        if not self._library.see(_REDIRECTS, "", as_picture=False).there:
            return ()
        try:
            text = self._library.read(_REDIRECTS, "").decode(errors="replace")
        except UnreadablePictureError:
            return ()
        return tuple(_patterns(text))


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    """Yield what each line of ``_redirects`` redirects; one for the whole site says nothing of a single page, nor does an error."""
    for line in text.splitlines():
        given, *rest = line.partition("#")[0].split() or [""]
        path = address_of(given)
        if not rest or not path.strip("/*") or any(word.startswith(("4", "5")) and word[:3].isdigit() for word in rest):
            continue
        parts = _PLACEHOLDER.split(path)
        joints = [".*" if joint == "*" else "[^/]+" for joint in _PLACEHOLDER.findall(path)]
        yield re.compile("".join(f"{re.escape(part)}{joint}" for part, joint in zip(parts, [*joints, ""], strict=True)))
