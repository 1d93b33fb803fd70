"""Front matter without a fence: Python-Markdown's ``Title: value``, an HTML page's ``<head>``, reStructuredText's fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder import docinfo
from feeder.nodes import Node, Scalar
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.records import NamedTuple
from feeder.texts.fieldnames import folded_key
from feeder.texts.plaintext import resolve_references
from feeder.texts.postnames import is_restructured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINE = pattern(r"(?:( {0,3}[A-Za-z0-9_-]+):[ \t]*([^\n]*?)| {4,}([^\n]*?))[ \t]*(?:\n|\Z)")
_FENCE = pattern(r"(?:-{3}|\.{3})(?:[ \t][^\n]*)?(?:\n|\Z)")
_FENCED = pattern(r"-{3}[ \t]*\n.*\n(?:-{3}|\.{3})[ \t]*\n?", re.DOTALL)
_YAML = pattern(r"^(?:[ \t]*-[ \t]|[^:\n]*:[ \t]*[\"'\[{|>&!*#])", re.MULTILINE)
_BLANK = pattern(r"[ \t]*(?:\n|\Z)")
_ADDED = frozenset({"summary", "description"})
"""Keys to which further lines belong; the others are what their first line says."""

_COMMENTED = pattern(r"\s*<!--[ \t]*\n((?:[ \t]*\n|\.\. [a-z][^\n]*\n)+)-->[ \t]*\n?")
_HEAD = pattern(
    r"(?:\s|<!doctype[^<>]*>|<!--.{0,5000}?-->|<html\b[^<>]*>)*<head\b[^<>]*>(.*?)</head\s*>", re.IGNORECASE | re.DOTALL
)
_TAG = pattern(r"<title\b[^<>]*>([^<]*)</title\s*>|<meta\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = pattern(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BODY = pattern(r"\s*<body\b[^<>]*>", re.IGNORECASE)
_END = pattern(r"</body\s*>(?:(?!</body).)*\Z", re.IGNORECASE | re.DOTALL)


_EXPORTED = pattern(r"# ([^\n]+)\n\n((?:[A-Z][\w /()-]{0,40}: [^\n]*\n)+)(?:\n|\Z)")
_PROPERTIES: Mapping[str, str] = {
    **dict.fromkeys(("date", "publishdate", "publisheddate", "published", "publishedat", "publishedon"), "date"),
    **dict.fromkeys(("created", "createdtime", "createdat", "datecreated"), "created"),
    **dict.fromkeys(("lastedited", "lasteditedtime", "updated", "updatedat"), "updated"),
    **{
        name: name
        for name in ("tags", "category", "categories", "author", "authors", "status", "slug", "summary", "description")
    },
}
"""What Notion's properties are called, without spaces -> the key; all others are the page's own."""


class Headers(NamedTuple):
    """What headers say by folded key, their keys as they are spelled, and where the body begins and ends.

    ``repeated`` are the keys that do not count, since those are there a second time.
    """

    fields: Mapping[str, Node]
    keys: Mapping[str, Scalar]
    start: int
    end: int
    repeated: tuple[Scalar, ...] = ()


def headers(text: str, path: str) -> Headers | None:
    """Return the headers of a file, None when it begins with none."""
    if is_restructured(path):
        told = docinfo.told(text)
        start = _past_blanks(text, max((one.end for one in told), default=0))
        return _headers((_Said(one.key, one.value) for one in told), start, len(text)) if told else None
    html = path.lower().endswith((".html", ".htm"))
    if html and (head := _HEAD.match(text)):
        body = _BODY.match(text, head.end())
        start = body.end() if body else head.end()
        ending = _END.search(text, start)
        return _headers(_in_head(text, head), start, ending.start() if ending else len(text))
    if html or not (lines := list(_lines(text))):
        return None
    return _headers(iter(lines), lines[-1].end, len(text))


def commented(text: str) -> Headers | None:
    """Return the fields in the comment of HTML that a text in Markdown begins with, as Nikola has them; None for no such."""
    comment = _COMMENTED.match(text) if text.lstrip()[:4] == "<!--" else None
    if comment is None:
        return None
    before = "\n" * text.count("\n", 0, comment.start(1))
    told = docinfo.told(before + comment[1])
    return (
        _headers((_Said(one.key, one.value) for one in told), _past_blanks(text, comment.end()), len(text))
        if told
        else None
    )


def exported(text: str) -> Headers | None:
    """Return the title and the properties that an export of Notion begins with; None for a text none of which is a date."""
    head = _EXPORTED.match(text)
    if head is None:
        return None
    said = [_Said(Scalar("title", Mark(1, 1)), Scalar(head[1].strip(), Mark(1, 3)))]
    for number, line in enumerate(head[2].splitlines(), 3):
        name, _, value = line.partition(": ")
        if key := _PROPERTIES.get(folded_key(name.replace(" ", ""))):
            mark = Mark(number, len(name) + 3)
            said.append(_Said(Scalar(key, Mark(number, 1)), Scalar(value.partition(" \u2192 ")[0].strip(), mark)))
    dated = any(one.key.text in {"date", "created"} and re.search(r"\d{4}", one.value.text) for one in said)
    return _headers(iter(said), head.end(), len(text)) if dated else None


def within_fences(text: str, path: str) -> Headers | None:
    """Return the headers that stand between fences; None where there are no fences, or what is in them is YAML only.

    Python-Markdown takes what looks like YAML for lines. A plug-in reads YAML, and then posts have lists and quotes.
    """
    if not text.startswith("---"):
        return None
    found = headers(text, path)
    head = text[: found.start] if found else ""
    return found if _FENCED.fullmatch(head) and not _YAML.search(head) else None


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and (blank := _BLANK.match(text, at)):
        at = blank.end()
    return min(at, len(text))


class _Said(NamedTuple):
    key: Scalar
    value: Scalar
    end: int = 0


def _headers(found: Iterator[_Said], start: int, end: int) -> Headers:
    fields: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    repeated: list[Scalar] = []
    for said in found:
        name = folded_key(said.key.text)
        if name not in keys:
            fields[name], keys[name] = said.value, said.key
        elif (
            said.key.mark != said.value.mark and said.value != fields[name]
        ):  # a title in its own place may be given too
            repeated.append(said.key)
    return Headers(fields, keys, start, end, tuple(repeated))


def _lines(text: str) -> Iterator[_Said]:
    """Yield what each header says; a line that is indented belongs to the one before."""
    fence = _FENCE.match(text)
    at = fence.end() if fence else 0
    number = 2 if fence else 1
    said: _Said | None = None
    while at < len(text) and (line := _LINE.match(text, at)):
        key, value, more = line.groups()
        at = line.end()
        if key is None:
            if said is None:
                return
            added = f"{said.value.text} {more}".strip() if folded_key(said.key.text) in _ADDED else said.value.text
            said = said._replace(value=said.value._replace(text=added))
        else:
            if said:
                yield said
            column = line.start(2) - line.start() + 1
            said = _Said(Scalar(key.strip(), Mark(number, 1)), Scalar(value, Mark(number, column)))
        said = said._replace(end=at)
        number += 1
    if said:
        ending = _FENCE.match(text, at) or _BLANK.match(text, at)
        yield said._replace(end=ending.end() if ending else at)


def _in_head(text: str, head: re.Match[str]) -> Iterator[_Said]:
    """Yield what the title and the ``meta`` tags of a page say."""
    for tag in _TAG.finditer(text, head.start(1), head.end(1)):
        mark = Mark(text.count("\n", 0, tag.start()) + 1, tag.start() - text.rfind("\n", 0, tag.start()))
        if tag[2] is None:
            yield _Said(Scalar("title", mark), Scalar(resolve_references(tag[1]).strip(), mark))
            continue
        values = {name.lower(): resolve_references(first or second or third)
                  for name, first, second, third in _ATTRIBUTE.findall(tag[2])}  # fmt: skip
        name = values.get("name", "")
        if name:
            yield _Said(Scalar(name, mark), Scalar(values.get("content", values.get("contents", "")).strip(), mark))
