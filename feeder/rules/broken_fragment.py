"""A link to a place within a post that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.subjects import anchor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Site

CODE = Code(
    name="broken-fragment",
    severity=Severity.WARNING,
    meaning="A link with a `#fragment` that matches no id or heading in the post it leads to.",
    why="The link opens the top of the post, and the subscriber has to search for the place.",
    mend="Use the heading's id as the site generates it, or add an id there.",
    example="[below](#brewwing)\n\n## Brewing\n--\n[below](#brewing)\n\n## Brewing",
)
_OF_THE_PAGE = re.compile(
    r"top|content|main|comments?|comment[-_]?\d+|disqus_thread|respond|header|footer|nav|toc|page|webmentions?|mentions|replies|reactions|likes|share|newsletter|subscribe|related|t=[\d:.,hms]+|:~:.*|!.*",
    re.DOTALL,
)
"""Places that a page has by its theme, or that are none, such as the minute of a recording."""
_NOTE = re.compile(r"(?:user-content-)?fn(?:ref)?(?:[-:_]?\w*)*$|footnote", re.IGNORECASE)
_NUMBERED = re.compile(r"[-_]?\d+$")
_PREFIX = re.compile(r"(?:h\d?|heading|header|section|sec|anchor|title|toc|user-content)[-_:](?=.)", re.IGNORECASE)
"""What a site may put before the ids that it makes of headings."""


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each such link to a published post."""
    pages = {page.url.partition("#")[0]: page for page in site.settled}
    for page in site.pages:
        for url, spot in (*page.links, *page.named):
            base, _, fragment = url.partition("#")
            target = pages.get(base) or pages.get(base + "/")
            name = unquote(fragment)
            if not name or target is None or not target.entire or _OF_THE_PAGE.fullmatch(name.lower()):
                continue
            if _NOTE.match(name) and any(map(_NOTE.match, target.anchors)):
                continue  # each generator counts its footnotes in its own way
            bare = name[prefix.end() :] if (prefix := _PREFIX.match(name)) else name
            whole = anchor(name)
            if any(whole.startswith(before) and whole.endswith(after) for before, after in target.spelled):
                continue
            if not {name, *(anchor(part) for part in (name, _NUMBERED.sub("", name), bare))} & target.anchors:
                where = "this post" if target is page else target.shown
                message = f"{where} has no id or heading with this name"
                yield problem(page.shown, spot.mark, CODE, message, spot.text)


RULE: Rule[Site] = Rule(code=CODE, check=check)
