"""An enclosure that a player cannot take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-enclosure",
    severity=Severity.ERROR,
    meaning="A finished feed with an enclosure that lacks a URL, a media type or a length in bytes.",
    why="Podcast apps skip the episode: they check type and length before they fetch anything.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example='<enclosure url="tea.mp3" length="-1" type="mp3"/>\n--\n<enclosure url="https://example.org/tea.mp3" length="0" type="audio/mpeg"/>',
)
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_WRONG_TYPES = frozenset({"image/jpg", "audio/mp3"})


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each enclosure that is not whole."""
    for item in feed.items:
        for found in item.enclosures:
            url, kind, length = (found.get(name, "") for name in ("url", "type", "length"))
            if not url or not length.isdigit() or not _TYPE.fullmatch(kind) or kind in _WRONG_TYPES:
                message = f"an enclosure needs a URL, a media type ({kind!r}) and a length ({length!r})"
                yield problem(feed.shown, item.mark, CODE, message, url)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
