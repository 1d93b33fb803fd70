"""Links to the files of other posts, as their authors see them -> links to the posts."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.bodytext import code_spans
from feeder.markup.desk import NOWHERE
from feeder.markup.scanning import MAX_TAGS

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_BEFORE = r"(?P<before>\]\([ \t]*<?|^[ ]{0,3}\[[^\]\[\n]{1,500}\]:[ \t]+<?|(?<![\w-])(?:href|to)=[\"'])"
_FILES = re.compile(
    rf"{_BEFORE}(?P<target>(?![a-zA-Z][\w+.-]*:|//)[^\s<>()\"'{{}}#?]{{1,1000}}\.mdx?(?:[#?][^\s<>()\"']{{0,500}})?)(?=[)>\s\"'])",
    re.MULTILINE,
)
_PELICAN = re.compile(r"(?:(?<=[(\"'<])|(?<=: ))(?:\{(?P<kind>filename|static|attach|author|category|tag|index)\}|\|(?P<old>filename|static|attach|author|category|tag|index)\|)(?P<target>[^\s<>\"')\]]{0,1000})")  # fmt: skip

_ROOTED = re.compile(
    r"(?P<before>\]\([ \t]*<?|^[ ]{0,3}\[[^\]\[\n]{1,500}\]:[ \t]+<?)(?P<target>(?:@site/(?:static)?|pathname://)?/(?!/)[^\s<>()]{0,1000})",
    re.MULTILINE,
)
_PATTERNS = {"pelican": _PELICAN, "rooted": _ROOTED}


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body whose links to files lead to posts; with ``pelican``, those in its own way.

    With ``rooted``, paths from the site's root are given the site's path, as Docusaurus does.
    """
    pattern = _PATTERNS.get(name, _FILES)
    if not pattern.search(body):
        return body  # what is code need not be known
    spans = iter(code_spans(body, html=desk.html))
    span = next(spans, None)
    parts: list[str] = []
    at = 0
    made: dict[str, str] = {}
    for match in islice(pattern.finditer(body), MAX_TAGS):
        while span and span.end <= match.start():
            span = next(spans, None)
        if span and span.start <= match.start():
            continue
        key = match[0].removeprefix(match["before"] if name != "pelican" else "")
        if key not in made:
            start, target = match.start("target"), match["target"]
            if name == "rooted":
                made[key] = rooted(target, desk.base)
            elif name == "pelican":
                made[key] = _pelican(match["kind"] or match["old"], target, start, desk)
            else:
                made[key] = _file(target, start, desk)
        parts += [body[at : match.end() - len(key)], made[key]]
        at = match.end()
    return "".join([*parts, body[at:]])


def _file(target: str, offset: int, desk: Desk) -> str:
    answer = desk.address(target, offset, guessed=desk.dialect.name in {"hugo", "docusaurus"})
    return answer.url or NOWHERE


def rooted(target: str, base: str) -> str:
    """Return a path from the site's root as one from the host's; ``base`` is the path of the site. Others stay."""
    path = target.removeprefix("@site/static").removeprefix("pathname://")
    is_path = path.startswith("/") and not path.startswith("//")
    return f"{base}{path}" if is_path and not f"{path}/".startswith(f"{base}/") else path


def _pelican(kind: str, target: str, offset: int, desk: Desk) -> str:
    """Return where ``{filename}…`` leads: the other kinds are paths of the site."""
    if kind == "filename":
        answer = (
            desk.address(target, offset)
            if target.lower().endswith((".md", ".rst", ".html", ".markdown", ".htm"))
            else None
        )
        return desk.of_site(target) if answer is None else answer.url or NOWHERE
    if kind in {"static", "attach"}:
        return desk.of_site(target) if target.startswith("/") else target
    return desk.of_site("" if kind == "index" else f"{kind}/{target.lower().replace('%20', '-')}.html")
