"""Difference -> text for a terminal or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feeder.cli.changes import date, headline, listed, shown, sides, title, untold
from feeder.cli.wording import count
from feeder.comparison.compare import LABELS, Finding, Kind
from feeder.comparison.readers import effects
from feeder.comparison.words import word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from feeder.comparison.edits import Change
    from feeder.difference import Difference

_COLOURS = {
    Kind.RESENT: "red", Kind.REUSED: "red", Kind.GONE: "red", Kind.VANISHED: "yellow", Kind.DATE: "yellow",
    Kind.PICTURE: "yellow", Kind.NEW: "green",
}  # fmt: skip
_LABEL = max(map(len, LABELS.values()))
_MARKS = {"same": ("", "", None), "removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}
"""Before and after a segment, and its colour."""


def report(difference: Difference, *, colours: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    yield headline(difference)
    told: set[str] = set()
    for compared in difference.changed:
        yield ""
        yield f"{'; '.join(listed(compared.paths))} ({count(compared.old, 'item')} published, {compared.new} built)"
        rows = ("\n".join(_finding(finding, difference.zone, colours=colours)) for finding in compared.findings)
        fresh, others = untold(rows, told)
        yield from fresh
        if others:
            yield f"  {'and ' if fresh else ''}{others}"
    if difference.gone:
        yield ""
        for paths in listed(difference.gone):
            yield f"  {_label(Kind.GONE, colours=colours)}  {shown(paths)}"
    if difference.added:
        yield ""
        yield from (f"  {'NEW FEED':{_LABEL}}  {paths}" for paths in listed(difference.added))
    yield from _readers(difference)


def _finding(finding: Finding, zone: tzinfo, *, colours: bool) -> Iterator[str]:
    published = date(finding, zone)
    yield f"  {_label(finding.kind, colours=colours)}  {title(finding)}{f' ({published})' if published else ''}"
    indent = " " * (_LABEL + 4)
    for change in finding.changes:
        yield f"{indent}{change.field}: {_change(change, colours=colours)}"
    if finding.reason:
        yield f"{indent}{finding.reason}"


def _change(change: Change, *, colours: bool) -> str:
    if change.note:
        return shown(change.note)
    old, new = sides(change)
    if change.field != "title" or not change.old or not change.new:
        return f"{old} -> {new}"
    parts = []
    for segment in word_diff(old, new):
        before, after, colour = _MARKS[segment.kind]
        text = f"{before}{segment.text}{after}"
        parts.append(click.style(text, fg=colour) if colours and colour else text)
    return "".join(parts)


def _label(kind: Kind, *, colours: bool) -> str:
    label = f"{LABELS[kind]:{_LABEL}}"
    return click.style(label, fg=_COLOURS.get(kind), bold=True) if colours else label


def _readers(difference: Difference) -> Iterator[str]:
    counts, edited = difference.counts(), difference.edited()
    known = [(kind, found) for kind in Kind if counts[kind] and (found := effects(kind, edited))]
    if known:
        yield ""
        yield "What readers do:"
    for kind, found in known:
        for number, (reader, effect) in enumerate(found.items()):
            yield f"  {'' if number else LABELS[kind]:{_LABEL}}  {reader + ':':13}{effect}"
