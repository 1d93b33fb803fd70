"""What a site says for all posts below a directory, or of some paths, unless they say otherwise: tables -> Bequests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table
from feeder.patterns import pattern
from feeder.problems import START
from feeder.records import NamedTuple
from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_GLOB = pattern(r"\*\*|[*?{},]|\[!?[^\]]+\]|\\.|.", re.DOTALL)
_SIGNS = {"**": ".*", "*": "[^/]*", "?": "[^/]"}
_ENVIRONMENT = "production"
_KIND = "page"


class Bequest(NamedTuple):
    """What posts say unless they say otherwise themselves, those ``below`` a directory ("" for all) whose path matches."""

    below: str
    path: str
    """A regular expression of the whole path with a leading ``/``, "" for any."""
    fields: Mapping[str, Node]
    """Front matter by folded key, that in tables as ``table.key``."""
    stem: str = ""
    """The path of the one post that it is for, without extension; "" for any number."""


def cascade_in(pairs: Iterable[tuple[Scalar, Node]]) -> Node | None:
    """Return the cascade in a table, None where there is none."""
    return next((value for key, value in pairs if folded_key(key.text) == "cascade"), None)


def bequests(cascade: Node | None, language: str, below: str = "") -> Iterator[Bequest]:
    """Yield what a cascade bequeaths to posts below a directory, in production and in a language; in its order."""
    for table in cascade.items if isinstance(cascade, Items) else (cascade,):
        if not isinstance(table, Table):
            continue
        given = {folded_key(key.text): value for key, value in table.pairs}
        target = given.pop("target", None)
        wanted = dict(_flat(target, "")) if isinstance(target, Table) else {}
        languages = (*_texts(wanted.get("lang")), *_texts(wanted.get("sites.matrix.languages")))
        if (
            _fits(_texts(wanted.get("kind")), _KIND)
            and _fits(_texts(wanted.get("environment")), _ENVIRONMENT)
            and _fits(languages, language)
        ):
            path = next(iter(_texts(wanted.get("path"))), "").lower()
            fields = {name: value for key, node in given.items() for name, value in _taken_apart(key, node)}
            yield Bequest(below, pattern_of(path) if path else "", fields)


def bequeathed(path: str, known: Sequence[Bequest]) -> Mapping[str, Node]:
    """Return what the post at a path inherits, by folded key; of what is bequeathed twice, the first counts."""
    found: Mapping[str, Node] = {}
    for bequest in known:
        if bequest.stem and not path.startswith(f"{bequest.stem}."):
            continue
        if bequest.below and not path.startswith(f"{bequest.below}/"):
            continue
        if not bequest.path or matches(bequest.path, f"/{path}"):
            found = {**bequest.fields, **found}
    return found


def pattern_of(glob: str) -> str:
    """Return the regular expression of a pattern in which ``**`` spans ``/``, and braces hold alternatives."""
    depth = 0
    parts: list[str] = []
    for sign in _GLOB.findall(glob):
        if sign == "{":
            depth += 1
            parts.append("(?:")
        elif sign == "}" and depth:
            depth -= 1
            parts.append(")")
        elif sign == "," and depth:
            parts.append("|")
        elif len(sign) > 2 and sign[0] == "[":  # noqa: PLR2004 - brackets with something in them
            inner = re.sub(r"[\\\[\]^&~|]", r"\\\g<0>", sign[1:-1].removeprefix("!"))
            parts.append(f"[{'^' if sign[1] == '!' else ''}{inner}]")
        else:
            parts.append(_SIGNS.get(sign) or re.escape(sign[-1]))
    return "".join(parts) + ")" * depth


def _fits(globs: Sequence[str], text: str) -> bool:
    return not globs or any(matches(pattern_of(glob.lower()), text.lower()) for glob in globs)


def matches(expression: str, text: str) -> bool:
    """Whether a text is of a pattern; one with an impossible range, ``[z-a]``, has none, as in a shell."""
    try:
        return re.fullmatch(expression, text, re.DOTALL) is not None
    except re.error:
        return False


def _texts(node: Node | None) -> tuple[str, ...]:
    items = node.items if isinstance(node, Items) else (node,)
    return tuple(item.text for item in items if isinstance(item, Scalar) and item.text)


def _taken_apart(key: str, node: Node) -> Iterator[tuple[str, Node]]:
    """Yield a value by its key, that of a table by each key in it: what is inherited has no place in the post's file."""
    for name, value in _flat(node, key):
        yield name, without_places(value)


def _flat(node: Node, key: str) -> Iterator[tuple[str, Node]]:
    if not isinstance(node, Table):
        yield key, node
        return
    for name, value in node.pairs:
        yield from _flat(value, f"{key}.{folded_key(name.text)}" if key else folded_key(name.text))


def without_places(node: Node) -> Node:
    """Return a value without its places, which are none of the post's."""
    match node:
        case Scalar():
            return node._replace(mark=START)
        case Items():
            return Items(tuple(map(without_places, node.items)), START)
        case Table():
            return Table(tuple((Scalar(key.text, START), without_places(value)) for key, value in node.pairs), START)
