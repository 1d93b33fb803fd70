"""What commands that pin share: writing or showing the patches, and telling what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.cli.printing import messages, results
from feeder.cli.wording import count
from feeder.problems import Severity, format_problem

if TYPE_CHECKING:
    from feeder.pins import Pinning
    from feeder.pipeline import Chosen


def told(chosen: Chosen, pinning: Pinning, *, dry_run: bool) -> bool:
    """Write the patches, or show them for ``dry_run``; tell all problems; return whether there are errors.

    Raises `ConfigurationError` when a file cannot be written; those before it are.
    """
    problems = chosen.weighed(pinning.problems)
    messages(map(format_problem, problems))
    for patch in pinning.patches:
        if dry_run:
            results(patch.lines())
        else:
            patch.write()
            results([patch.shown])
    parts = [
        f"{'Would pin' if dry_run else 'Pinned'} {count(len(pinning.patches), 'post')}",
        f"{len(pinning.kept)} had an id",
        f"{len(pinning.problems)} cannot be pinned" if pinning.problems else "",
        f"{len(chosen.left_out)} not published" if chosen.left_out else "",
        f"{chosen.failed} with errors" if chosen.failed else "",
    ]
    messages(["; ".join(filter(None, parts)) + "."])
    return any(item.severity is Severity.ERROR for item in problems)
