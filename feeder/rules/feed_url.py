"""A URL that leads nowhere from within a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.html.htmltags import tags_in
from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.texts.urls import LINKS, WEB, is_uri, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-url",
    severity=Severity.ERROR,
    meaning="A finished feed with a URL, in its elements or bodies, that is not absolute or has a scheme that readers refuse.",
    why="A feed is not read on your site: a relative link or picture leads nowhere, or to somebody else's page.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example='<a href="/tea/">\n--\n<a href="https://example.org/tea/">',
)
_NAMING = frozenset({"href", "src", "poster", "data", "srcset", "formaction", "cite", "longdesc"})
_INLINED = "data:image/"
"""How a picture begins that is in the body itself."""
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?(?:,|$)")
"""One of the pictures of a ``srcset`` (HTML, 4.8.4.2.1): its URL, and its width or density."""


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each URL that cannot be followed."""
    for name, url in feed.urls:
        if scheme(url) not in WEB:
            yield problem(feed.shown, START, CODE, f"the {name} is not an absolute http or https URL", url)
    for item in feed.items:
        named = [item.url, *(found.get("url", "") for found in (*item.enclosures, *item.pictures))]
        bad = [url for url in named if scheme(url) not in WEB]
        bad += [url for url in _addresses(item.html) if scheme(url) not in LINKS]
        for url in bad:
            yield problem(feed.shown, item.mark, CODE, "URL is not absolute, or no reader opens it", url)
        for name, url in item.urls:
            if not is_uri(url):
                yield problem(feed.shown, item.mark, CODE, f"the {name} is no absolute URL", url)


def _addresses(html: str) -> Iterator[str]:
    """Yield each URL that a body names."""
    for tag in tags_in(html):
        for name, text in tag.attributes.items():
            if name in _NAMING and not (name == "src" and text.startswith(_INLINED)):
                yield from _CANDIDATE.findall(text) if name == "srcset" else (text,)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
