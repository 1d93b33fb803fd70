"""Difference -> Markdown for a pull request's comment or a step summary of CI: escaped, bounded, foldable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.cli.changes import date, headline, listed, shown, sides, title, untold
from feeder.cli.wording import count
from feeder.comparison.compare import LABELS, MEANINGS, Finding, Kind
from feeder.comparison.readers import READERS, effects
from feeder.comparison.words import word_diff
from feeder.texts.urls import is_canonical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from feeder.comparison.edits import Change
    from feeder.difference import Compared, Difference

MAX_CHARACTERS = 60_000
"""Of the whole report: a comment on GitHub has 65,536 at most."""
_FOR_THE_END, _FOR_A_FRAME = 8_000, 1_500
"""Characters kept free: for what follows the feeds, and for what stands around the rows of one."""
_OPEN = tuple(f"| {LABELS[kind]} |" for kind in (Kind.RESENT, Kind.REUSED, Kind.VANISHED))
"""How rows begin that must be seen."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]()~|$])")
_REFERRING = re.compile(r"[@#](?=\w)|(?<=[A-Za-z]):(?=//)|(?<![A-Za-z0-9])(?:www(?=\.)|GH(?=-\d))", re.IGNORECASE)
"""After what GitHub makes a link of a person, an issue or an address, unless something comes between."""
_MARKS = {"same": "", "removed": "del", "added": "ins"}


def report(difference: Difference) -> Iterator[str]:
    """Yield the lines of the report, of `MAX_CHARACTERS` at most."""
    yield f"### {escaped(headline(difference))}"
    room = MAX_CHARACTERS - _FOR_THE_END
    told: set[str] = set()
    for number, compared in enumerate(difference.changed):
        lines = list(_feed(compared, difference.zone, room - _FOR_A_FRAME, told))
        room -= sum(len(line) + 1 for line in lines)
        if room < 0:
            yield ""
            yield f"… and {len(difference.changed) - number} more groups of feeds with changes."
            break
        yield from lines
    yield from _paths("Published, but no longer built", difference.gone)
    yield from _paths("Not published yet", difference.added)
    yield from _readers(difference)


def escaped(text: str) -> str:
    """Return plain text as Markdown that shows it: no markup, no mention of a person, no link."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _REFERRING.sub(lambda match: f"{match[0]}<!-- -->", _SPECIAL.sub(r"\\\1", text))


def _feed(compared: Compared, zone: tzinfo, room: int, told: set[str]) -> Iterator[str]:
    """Yield one group of feeds: all findings that are not ``told`` yet, or as many as there is room for."""
    rows = (
        f"| {LABELS[finding.kind]} | {_post(finding, zone)} | {'<br>'.join(_details(finding))} |"
        for finding in compared.findings
    )
    fresh, others = untold(rows, told)
    severe = any(row.startswith(_OPEN) for row in fresh)
    changes = (
        f"{count(len(compared.findings), 'change')} ({count(compared.old, 'item')} published, {compared.new} built)"
    )
    yield ""
    yield f"<details{' open' if severe else ''}><summary>{_listed(compared.paths)}: {changes}</summary>"
    yield ""
    yield "| what | post | details |"
    yield "|---|---|---|"
    for number, row in enumerate(fresh):
        room -= len(row) + 1
        if room < 0:
            yield f"| … | and {len(fresh) - number} more | |"
            break
        yield row
    if others:
        yield f"| … | {others} | |"
    yield ""
    yield "</details>"


def _listed(paths: tuple[str, ...]) -> str:
    return _html("; ".join(listed(paths)))


def _html(text: str) -> str:
    return shown(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _post(finding: Finding, zone: tzinfo) -> str:
    text, url, published = escaped(title(finding)), finding.item.url, date(finding, zone)
    linked = f"[{text}](<{url}>)" if is_canonical(url) and shown(url) == url else text
    return f"{linked}<br>{published}" if published else linked


def _details(finding: Finding) -> Iterator[str]:
    for change in finding.changes:
        yield f"{change.field}: {_change(change)}"
    if finding.reason:
        yield escaped(finding.reason)


def _change(change: Change) -> str:
    if change.note:
        return escaped(shown(change.note))
    old, new = sides(change)
    if change.field != "title" or not change.old or not change.new:
        return f"<code>{_html_cell(old)}</code> → <code>{_html_cell(new)}</code>"
    return "".join(_segment(_MARKS[segment.kind], escaped(segment.text)) for segment in word_diff(old, new))


def _segment(element: str, text: str) -> str:
    return f"<{element}>{text}</{element}>" if element else text


def _html_cell(text: str) -> str:
    # In an inline element Markdown goes on being Markdown; references are all that it leaves alone, but not always.
    parted = _REFERRING.sub(lambda match: match[0] if match[0] == ":" else f"{match[0]}\0", text)
    referred = re.sub(r"[\\`*_{}\[\]()~|$@#:<>&]", lambda match: f"&#{ord(match[0])};", parted)
    return referred.replace("\0", "<!-- -->")


def _paths(what: str, paths: tuple[str, ...]) -> Iterator[str]:
    if paths:
        yield ""
        yield f"**{what}:** {_listed(paths)}"


def _readers(difference: Difference) -> Iterator[str]:
    counts, edited = difference.counts(), difference.edited()
    known = [(kind, effects(kind, edited)) for kind in Kind if counts[kind]]
    if not known:
        return
    yield ""
    yield "<details><summary>What this means, and what readers do</summary>"
    yield ""
    yield f"| | means | {' | '.join(READERS)} |"
    yield f"|---|---|{'---|' * len(READERS)}"
    for kind, found in known:
        cells = " | ".join(escaped(found.get(reader, "")) for reader in READERS)
        yield f"| {LABELS[kind]} | {escaped(MEANINGS[kind])} | {cells} |"
    yield ""
    yield "</details>"
