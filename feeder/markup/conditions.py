"""A condition of Liquid or Nunjucks -> whether it holds: what is known is compared, and joined by ``and`` and ``or``."""

from __future__ import annotations

import re
from operator import ge, gt, le, lt
from typing import TYPE_CHECKING

from feeder.markup.filters import value_of
from feeder.nodes import Items, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from feeder.markup.desk import Desk

    Value = str | tuple[str, ...] | None

_WORD = re.compile(r"""\s*("[^"]*"|'[^']*'|[=!<>]=|<>|[<>]|[^\s"'=!<>]+)\s*""")
_CHOICE = re.compile(r"""\s*("[^"]*"|'[^']*'|[^\s,"']+)\s*(?:,|\bor\b|$)""")
_MOST = 100
"""Words of a condition."""
_NOTHING = frozenset({"nil", "null", "none", "None"})
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_OF_POST = frozenset(
    "categories collection content excerpt ext id name next output path previous relative_path slug tags".split()
)
"""What Jekyll knows of a post beyond its front matter."""
_OF_SITE = frozenset(
    "collections data documents html_files html_pages pages posts related_posts static_files tags categories time".split()
)
"""What Jekyll knows of a site beyond its configuration."""


def holds(condition: str, desk: Desk) -> bool:
    """Return whether a condition holds; of its parts, the last is decided first. Raises `ValueError` for what is not known."""
    words = _WORD.findall(condition)
    if len(words) > _MOST or _WORD.sub("", condition):
        raise ValueError(condition)
    at = next((at for at, word in enumerate(words) if word in {"and", "or"}), None)
    if at is None:
        return _compared(words, desk)
    first, rest = _compared(words[:at], desk), holds(" ".join(words[at + 1 :]), desk)
    return (first and rest) if words[at] == "and" else (first or rest)


def chosen(subject: str, choices: str, desk: Desk) -> bool:
    """Return whether one of the choices of a case is its subject. Raises `ValueError` for what is not known."""
    value = value_in(subject, desk)
    return any(value == value_in(choice, desk) for choice in _CHOICE.findall(choices))


def _compared(words: list[str], desk: Desk) -> bool:  # noqa: PLR0911 - one line for each form
    match words:
        case ["not", *rest]:
            return not _compared(rest, desk)
        case [word]:
            return _is_table(word, desk) or value_in(word, desk) not in {None, "false"}
        case [word, "==" | "!=" | "<>" as sign, "blank" | "empty" as kind]:
            value = value_in(word, desk)
            bare = value.strip() if isinstance(value, str) and kind == "blank" else value
            return (not bare and (kind == "blank" or bare is not None)) is (sign == "==")
        case [left, "==" | "!=" | "<>" as sign, right]:
            return (value_in(left, desk) == value_in(right, desk)) is (sign == "==")
        case [left, "contains", right]:
            held, sought = value_in(left, desk), value_in(right, desk)
            return held is not None and isinstance(sought, str) and sought in held
        case [left, "<" | "<=" | ">" | ">=" as sign, right]:
            one, other = value_in(left, desk), value_in(right, desk)
            if isinstance(one, str) and isinstance(other, str):
                return _ORDERS[sign](float(one), float(other))
            return False
    raise ValueError(" ".join(words))


def _is_table(word: str, desk: Desk) -> bool:
    """Whether a word stands for a table of the front matter."""
    scope, _, name = word.partition(".")
    return scope in {"page", "post"} and isinstance(desk.given(name), Table)


def value_in(word: str, desk: Desk) -> Value:  # noqa: PLR0911 - one line for each kind of value
    """Return what a word stands for, None for nothing. Raises `ValueError` where that is not known."""
    word = word.strip()
    if word in _NOTHING:
        return None
    if word in {"true", "false"}:
        return word
    if (value := value_of(word, desk)) is not None:
        return value
    if word.endswith(".size"):
        sized = value_in(word.removesuffix(".size"), desk)
        return None if sized is None else str(len(sized))
    scope, _, name = word.partition(".")
    if scope == "include" and name:
        return None
    if scope in {"page", "post"} and name:
        node = desk.given(name)
        if node is None and name not in _OF_POST:
            return None
        if isinstance(node, Items) and all(isinstance(item, Scalar) for item in node.items):
            return tuple(item.text for item in node.items if isinstance(item, Scalar))
    known = scope == "site" and name and name.partition(".")[0] not in _OF_SITE
    if known and not any(option.startswith(f"{word}.") for option in desk.settings.habits.options):
        return None
    raise ValueError(word)
