"""A key that feeder does not know, and that is spelled nearly like one it does: what it says is lost."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.nodes import Scalar
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts.fieldnames import EPISODE, folded_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Dialect
    from feeder.model import Draft
    from feeder.nodes import Node
    from feeder.subjects import Manuscript

CODE = Code(
    name="unknown-key",
    severity=Severity.WARNING,
    meaning="An unknown key that looks like a misspelled one; its value is not published.",
    why="A misspelled key is ignored: the summary, the picture or the tags never reach subscribers.",
    mend="Spell the key as the message suggests, or turn the rule off for a key that another program reads.",
    example="titel: Tea\n--\ntitle: Tea",
)
_OTHERS = frozenset(
    "images links videos audios data dates time type urls feeds langs covers uid uuid tagline pages page created sub "
    "dated state stats headings header headers heroes lead late list lists like liked slugs status summarize banners "
    "thumbs statuses pubs post posts tagged files file late gate rate covered uri posted long vimeo "
    "comment heading nocomments donate grid tabs topics related outdated poster publisher postid wide reading readers".split()
)
"""Keys of other programs that are near one of feeder's, and no slip."""
_UNSURE = frozenset({"update", "updates", "dated", "drafts"})
"""Such keys that are a slip where their value is a date, or true or false."""
_WORD = re.compile(r"[A-Z_-]")
"""What begins another word in a key, as in ``commentsId``: who writes that knows the first one."""
_DATE = re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?")
_TELLING = 9
"""Letters from which a key of an episode is no word that anybody may use for anything."""
_SHORT, _LONG = 4, 6
"""Characters of a key below which nothing is near, and from which two slips are."""


def check(subject: Manuscript) -> Iterator[Problem]:
    """Yield a problem for each key that is nearly one of the dialect's."""
    return slips(subject.draft, subject.dialect)


def slips(draft: Draft, dialect: Dialect) -> Iterator[Problem]:
    """Yield a problem for each key of a post that is nearly one of the dialect's."""
    unknown = {folded: key for folded, key in draft.keys.items() if folded not in dialect.ranks}
    names = names_of(dialect) if unknown else ()
    for folded, key in unknown.items():
        near = meant(folded, names)
        variant = folded.startswith(near) and near in draft.keys  # `title2` beside `title`
        if (
            near
            and not variant
            and not _has_words_beyond(key.text, near)
            and (folded not in _UNSURE or _fits(draft.fields[folded]))
        ):
            message = f"unknown key; did you mean {near!r}?"
            yield problem(draft.shown, key.mark, CODE, message, key.text)._replace(hint=f"write {near}")


def names_of(dialect: Dialect) -> tuple[str, ...]:
    """Return the keys that another may be a slip of, and those of tables, which are none themselves."""
    telling = (name for name, (field, _) in dialect.ranks.items() if field not in EPISODE or len(name) >= _TELLING)
    return (*(name for name in telling if "." not in name), *sorted(dialect.tables))


def _has_words_beyond(key: str, name: str) -> bool:
    """Whether a key is a name, in the singular or not, with another word behind it: ``title_en``, ``comment_id``."""
    return any(folded_key(key[: word.start()]) in {name, name.removesuffix("s")} for word in _WORD.finditer(key, 1))


def _fits(node: Node) -> bool:
    """Whether a value is a date, or true or false."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return text.lower() in {"true", "false"} or _DATE.match(text) is not None


@lru_cache(4096)
def meant(key: str, names: tuple[str, ...]) -> str:
    """Return which of the names was meant by a key that is none of them, "" for none."""
    if key in names or key in _OTHERS or len(key) < _SHORT - 1:
        return ""
    most = 2 if len(key) >= _LONG else 1
    letters = set(key)
    found = [(distance, name) for name in names if len(name) >= _SHORT
             and abs(len(name) - len(key)) <= most and len(letters ^ set(name)) <= 2 * most
             and (distance := _distance(key, name)) <= most]  # fmt: skip
    return min(found, default=(0, ""))[1]


def _distance(left: str, right: str) -> int:
    """Return how many slips make one of the other: letters left out, put in, changed, or two changed over."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left):
        previous, before, row = before, row, [at + 1]
        for position, other in enumerate(right):
            cost = min(before[position + 1] + 1, row[-1] + 1, before[position] + (letter != other))
            if at and position and letter != other and (left[at - 1], letter) == (other, right[position - 1]):
                cost = min(cost, previous[position - 1] + 1)
            row.append(cost)
    return row[-1]


RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
