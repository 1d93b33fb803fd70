"""What commands that pin share: writing or showing the patches, and telling what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeder.cli.documents import document, listed
from feeder.cli.printing import messages, results
from feeder.cli.wording import count
from feeder.problems import Severity, format_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.pins import Patch, Pinning
    from feeder.pipeline import Chosen


def told(chosen: Chosen, pinning: Pinning, *, dry_run: bool, more: Mapping[str, Any] | None = None) -> bool:
    """Write the patches, or show them for ``dry_run``; tell all problems; return whether there are errors.

    With ``more`` all is printed as one JSON document, of which that is a part.
    Raises `ConfigurationError` when a file cannot be written; those before it are.
    """
    problems = chosen.weighed(pinning.problems)
    messages(map(format_problem, problems))
    for patch in pinning.patches:
        if not dry_run:
            patch.write()
        if more is None:
            results(_shown(patch) if dry_run else [patch.shown])
    if more is not None:
        document(
            {
                "dry_run": dry_run,
                "pinned": [{"path": patch.shown, "id": patch.identity} for patch in pinning.patches],
                "patch": _text(pinning) if dry_run else None,
                "kept": [post.shown for post in pinning.kept],
                **more,
                "left_out": [{"path": item.path, "reason": item.reason} for item in chosen.left_out],
                "failed": chosen.failed,
                "problems": listed(problems),
            }
        )
    parts = [
        f"{'Would pin' if dry_run else 'Pinned'} {count(len(pinning.patches), 'post')}",
        f"{len(pinning.kept)} already had an id",
        f"{len(pinning.problems)} cannot be pinned" if pinning.problems else "",
        f"{len(chosen.left_out)} not published" if chosen.left_out else "",
        f"{chosen.failed} with errors" if chosen.failed else "",
    ]
    messages(["; ".join(filter(None, parts)) + "."])
    return any(item.severity is Severity.ERROR for item in problems)


def _shown(patch: Patch) -> Iterator[bytes]:
    """Yield the lines of a patch in UTF-8, whatever the terminal's encoding: it is the file's."""
    if patch.is_binary:
        messages([f"{patch.shown}: would be pinned; patch not shown, because patch and git treat UTF-16 as binary"])
        return
    for line in patch.lines():
        yield line.encode()


def _text(pinning: Pinning) -> str:
    return "".join(f"{line}\n" for patch in pinning.patches if not patch.is_binary for line in patch.lines())
