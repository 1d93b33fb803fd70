"""The rules that posts and feeds are checked by, one file each. A new one is a file and a line here.

The rules on all cards are part of every build. The others are `feeder check`'s: they read every post in full, however
few a feed shows. A rule's file is loaded when it is needed.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeder.kinds import Rule

CARDS = (
    "duplicate-permalink",
    "implausible-date",
    "path-case",
)
"""What all posts that are to be published may break, by what choosing knows of them: `feeder.kinds.Cards`."""
MANUSCRIPTS = (
    "mojibake",
    "unknown-key",
    "unknown-rule",
    "yaml-value",
)
"""What a file may break, whether it is a sound post or not: `feeder.subjects.Manuscript`."""
READINGS = (
    "episode-format",
    "episode-number",
    "episode-title",
    "foreign-tag",
    "insecure-link",
    "missing-alt",
    "missing-title",
    "picture-kind",
    "picture-small",
    "title-long",
    "title-markup",
    "title-shouting",
    "undefined-reference",
    "unusable-url",
    "visible-entity",
)
"""What a post in full may break: `feeder.subjects.Reading`."""
SITE = (
    "broken-fragment",
    "broken-link",
    "category-spelling",
    "date-without-zone",
    "far-future",
    "missing-picture",
    "missing-summary",
)
"""What posts may break taken together: `feeder.subjects.Site`."""
FEEDS = (
    "feed-date",
    "feed-element",
    "feed-enclosure",
    "feed-html",
    "feed-id",
    "feed-large",
    "feed-picture",
    "feed-syntax",
    "feed-text",
    "feed-too-large",
    "feed-url",
)
"""What a finished feed may break: `feeder.subjects.FinishedFeed`."""

RULES = (*CARDS, *MANUSCRIPTS, *READINGS, *SITE, *FEEDS)
"""The codes of all rules. The rule with the code ``a-b`` is in the file ``a_b.py``."""


@cache
def rule(code: str) -> Rule[Any]:
    """Return the rule with a code of `RULES`."""
    found: Rule[Any] = import_module(f"feeder.rules.{code.replace('-', '_')}").RULE
    return found
