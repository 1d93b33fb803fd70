"""Links to the files of other posts, and of pages, as their authors see them -> links to these."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, outside
from feeder.markup.nowhere import NOWHERE
from feeder.markup.scanning import MAX_TAGS
from feeder.texts.postnames import MARKDOWN, TEXTS

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_IN_MARKDOWN = r"\]\([ \t]*<?|^[ ]{0,3}\[[^\]\[\n]{1,500}\]:[ \t]+<?"
_BEFORE = rf"(?:{_IN_MARKDOWN}|(?<![\w-])(?:href|to)=[\"'])"
_MARKDOWN = "|".join(extension[1:] for extension in MARKDOWN)
_FILES = re.compile(
    rf"{_BEFORE}(?P<link>(?![a-zA-Z][\w+.-]*:|//)[^\s<>()\"'{{}}#?]{{1,1000}}\.(?:{_MARKDOWN})(?:[#?][^\s<>()\"']{{0,500}})?)(?=[)>\s\"'])",
    re.MULTILINE,
)
_PELICAN = re.compile(r"(?:(?<=[(\"'<])|(?<=: ))(?P<link>(?:\{(?P<kind>filename|static|attach|author|category|tag|index)\}|\|(?P<old>filename|static|attach|author|category|tag|index)\|)(?P<target>[^\s<>\"')\]]{0,1000}))")  # fmt: skip
_PICTURES = re.compile(r"!\[[^\[\]\n]{0,500}\]\([ \t]*<?(?P<link>/(?!/)[^\s<>()\"']{0,1000})")
_ROOTED = re.compile(
    rf"(?:{_IN_MARKDOWN})(?P<link>(?:@site/(?:static)?|pathname://|(?:\.\./){{1,9}}static)?/(?!/)[^\s<>()]{{0,1000}})",
    re.MULTILINE,
)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body whose links to files lead to posts; with ``pelican``, those in its own way.

    With ``rooted``, paths from the site's root are made those from its host's; with ``rootedpictures``, those of pictures.
    """
    pattern, made_of = _KINDS[name]
    if (name == "rootedpictures" and not desk.base) or not pattern.search(body):
        return body  # what is code need not be known
    parts: list[str] = []
    at = 0
    made: dict[str, str] = {}
    for match in outside(islice(pattern.finditer(body), MAX_TAGS), code_spans(body, html=desk.html)):
        link = match["link"]
        if link not in made:
            made[link] = made_of(match, desk)
        parts += [body[at : match.start("link")], made[link]]
        at = match.end("link")
    return "".join([*parts, body[at:]])


def _file(match: re.Match[str], desk: Desk) -> str:
    return desk.address(match["link"], match.start("link")).url or NOWHERE


def _pelican(match: re.Match[str], desk: Desk) -> str:
    """Return where ``{filename}…`` leads: the other kinds are paths of the site."""
    kind, target = match["kind"] or match["old"], match["target"]
    if kind == "filename":
        answer = (
            desk.address(target, match.start("target")) if target.partition("#")[0].lower().endswith(TEXTS) else None
        )
        return desk.of_site(target) if answer is None else answer.url or NOWHERE
    if kind in {"static", "attach"}:
        return desk.of_site(target) if target.startswith("/") else target
    return desk.of_site("" if kind == "index" else f"{kind}/{target.lower().replace('%20', '-')}.html")


def rooted(target: str, base: str) -> str:
    """Return a path from the site's root as one from the host's; ``base`` is the path of the site. Others stay.

    What is in the directory that a site copies to its root may be named by the way there from the file.
    """
    path = target.removeprefix("@site/static").removeprefix("pathname://")
    if path.startswith("../") and (inner := path.replace("../", "")).startswith("static/"):
        path = inner.removeprefix("static")
    is_path = path.startswith("/") and not path.startswith("//")
    return f"{base}{path}" if is_path and not f"{path}/".startswith(f"{base}/") else path


def _rooted(match: re.Match[str], desk: Desk) -> str:
    return rooted(match["link"], desk.base)


def _shown(match: re.Match[str], desk: Desk) -> str:
    return desk.rooted(match["link"])


_KINDS = {
    "filelinks": (_FILES, _file),
    "pelican": (_PELICAN, _pelican),
    "rooted": (_ROOTED, _rooted),
    "rootedpictures": (_PICTURES, _shown),
}
