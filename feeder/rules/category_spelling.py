"""One category spelled in two ways: it is two categories to every reader."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Page, Site, Spot

CODE = Code(
    name="category-spelling",
    severity=Severity.WARNING,
    meaning="A category or tag that other posts spell differently, in case, accents, spaces or hyphens.",
    why="Readers treat the spellings as two categories, and anyone who follows one misses the posts in the other.",
    mend="Use the same spelling in all posts.",
    example="tags: [Open-Source]  # elsewhere: open source\n--\ntags: [open source]",
)


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each use of a rarer spelling; of two equally frequent ones, for the later."""
    uses: dict[tuple[str, str], dict[str, list[tuple[Page, Spot]]]] = {}
    for page in sorted(site.pages, key=lambda page: (page.path not in site.published, page.published)):
        for kind, spot in page.names:
            uses.setdefault((kind, _folded(spot.text)), {}).setdefault(spot.text, []).append((page, spot))
    for spellings in uses.values():
        if len(spellings) > 1:
            usual = Counter({name: len(places) for name, places in spellings.items()}).most_common(1)[0][0]
            for name, places in spellings.items():
                for page, spot in places if name != usual else ():
                    message = f"spelled {usual!r} elsewhere"
                    yield problem(page.shown, spot.mark, CODE, message, name)._replace(hint=f"write {usual}")


def _folded(name: str) -> str:
    """Return what all spellings of a name have in common; one without letters or digits, such as C++, is itself."""
    letters = [character for character in unicodedata.normalize("NFKD", name.casefold())
               if character not in " -_" and not unicodedata.combining(character)]  # fmt: skip
    return "".join(letters) or name


RULE: Rule[Site] = Rule(code=CODE, check=check)
