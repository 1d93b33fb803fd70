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
    meaning="A finished feed with a URL, in its elements or bodies, that is not absolute or has a scheme that readers refuse.",
    why="A feed is not read on your site: a relative link or picture leads nowhere, or to somebody else's page.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
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
            yield problem(feed.shown, item.mark, CODE, "URL is not absolute, or no reader opens it", url)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
