"""Media RSS that readers cannot take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-picture",
    severity=Severity.ERROR,
    meaning="A finished feed with a `media:content` without a type, or with sizes that are not positive numbers.",
    why="Some readers check the type before the URL, and show no picture without it.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example='<media:content url="https://example.org/tea.jpg"/>\n--\n<media:content url="https://example.org/tea.jpg" type="image/jpeg" medium="image"/>',
)
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each picture that is not whole."""
    for item in feed.items:
        for found in item.pictures:
            sizes = [found[name] for name in ("width", "height", "fileSize") if name in found]
            if not all(size.isdigit() and int(size) > 0 for size in sizes):
                message = "the sizes of a picture must be positive numbers"
                yield problem(feed.shown, item.mark, CODE, message, found.get("url"))
            if found.get("element") == "content" and not (
                _TYPE.fullmatch(found.get("type", "")) and found.get("medium")
            ):
                yield problem(feed.shown, item.mark, CODE, "media:content needs a type and a medium", found.get("url"))


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
