"""A URL that leads nowhere from within a reader."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.urls import LINKS, WEB, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-url",
    severity=Severity.ERROR,
    meaning="A finished feed with a URL that is not absolute, in its elements or its bodies, or of a scheme that readers refuse.",
    why="A reader is not on your site: a relative link or picture leads to nothing, or to somebody else's page.",
    mend="This is a fault of feeder or of a format of your own: report it, with the post that it comes from.",
    example='<a href="/tea/">\n--\n<a href="https://example.org/tea/">',
)
_ADDRESS = re.compile(r"""<[^<>]*?\s(?:href|src|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each URL that cannot be followed."""
    for name, url in feed.urls:
        if scheme(url) not in WEB:
            yield problem(feed.shown, START, CODE, f"the {name} is not an absolute http or https URL", url)
    for item in feed.items:
        named = [item.url, *(found.get("url", "") for found in (*item.enclosures, *item.pictures))]
        bad = [url for url in named if scheme(url) not in WEB]
        bad += [
            url
            for match in _ADDRESS.finditer(item.html)
            if scheme(url := unescape(match[1] or match[2] or "")) not in LINKS
        ]
        for url in bad:
            yield problem(feed.shown, item.mark, CODE, "a URL that is not absolute, or that no reader opens", url)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
