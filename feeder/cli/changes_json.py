"""Difference -> one JSON document, for programs: nothing is shortened but the texts, of which only the measure is given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from feeder import __version__
from feeder.comparison.compare import LABELS, Finding, Kind
from feeder.comparison.readers import effects
from feeder.comparison.words import word_diff
from feeder.texts.dates import format_rfc3339

if TYPE_CHECKING:
    from feeder.comparison.edits import Change
    from feeder.difference import Difference
    from feeder.published.items import PublishedItem


def report(difference: Difference) -> str:
    """Return the document."""
    counts = difference.counts()
    document = {
        "version": __version__,
        "against": difference.against,
        "counts": {str(kind): counts[kind] for kind in Kind},
        "feeds": [
            {
                "paths": list(compared.paths),
                "items": {"published": compared.old, "built": compared.new},
                "findings": [_finding(finding) for finding in compared.findings],
            }
            for compared in difference.changed
        ],
        "unchanged": list(difference.unchanged),
        "added": list(difference.added),
        "gone": list(difference.gone),
        "faults": list(difference.faults),
        "readers": {
            str(kind): dict(found) for kind in Kind if counts[kind] and (found := effects(kind, difference.edited()))
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "label": LABELS[finding.kind],
        "published": _item(finding.old),
        "built": _item(finding.new),
        "changes": [_change(change) for change in finding.changes],
        "reason": finding.reason,
    }


def _item(item: PublishedItem | None) -> dict[str, Any] | None:
    if item is None:
        return None
    date = format_rfc3339(item.published) if item.published else None
    return {"id": item.id, "url": item.url, "title": item.title, "date": date}


def _change(change: Change) -> dict[str, Any]:
    if change.note:
        return {"field": change.field, "measure": change.note}
    facts: dict[str, Any] = {"field": change.field, "old": change.old, "new": change.new}
    if change.field == "title":
        facts["diff"] = [list(segment) for segment in word_diff(change.old, change.new)]
    return facts
