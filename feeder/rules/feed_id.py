"""An id that does not tell one entry from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts.urls import is_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-id",
    severity=Severity.ERROR,
    meaning="A finished feed with an id that is empty, not unique, not that of the same entry in another feed, or, in Atom, not a URI.",
    why="Readers tell new entries from old ones by id alone: of two entries with the same id, subscribers see one.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example="<id>42</id>\n--\n<id>https://example.org/tea/</id>",
)


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each id that is no good."""
    seen: set[str] = set()
    for item in feed.items:
        fault = ""
        if not item.id.strip():
            fault = "entry without an id"
        elif item.id in seen:
            fault = "two entries have the same id"
        elif feed.name == "atom" and not is_uri(item.id):
            fault = "an Atom id must be a URI"
        elif (known := feed.ids.get((item.url, item.title), item.id)) != item.id and is_uri(known) and is_uri(item.id):
            fault = f"another feed gives this entry the id {known!r}"
        seen.add(item.id)
        if fault:
            yield problem(feed.shown, item.mark, CODE, fault, item.id)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
