"""What a build did, in words for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feeder.archives import is_archive
from feeder.budget import Cut, told
from feeder.problems import Severity, format_problem
from feeder.storage.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.kinds import Outlet
    from feeder.pipeline import Build
    from feeder.problems import Problem
    from feeder.publish import Difference, Outcome

_FEW = {Severity.NOTE: 5, Severity.WARNING: 20}
"""Lines that problems of one kind take, by their severity."""


def summary_line(build: Build, outcome: Outcome, output: str, *, refused: str = "") -> str:
    """Return one sentence: how many posts, into which feeds, how many left out and why; ``refused`` is why nothing is written."""
    shown = _shown(build)
    head = f"Nothing written, {refused}" if refused else _published(build, shown, outcome, output)
    return "; ".join([head, *_cuts(build), *_left_out(build, shown)]) + "."


def archive_lines(build: Build, outcome: Outcome) -> Iterator[str]:
    """Yield how many archives are new or changed, where there are any: the others are as readers have them."""
    if number := sum(feed.archive for feed in build.feeds):
        files = [item for item in outcome.written if is_archive(item.artifact.path)]
        changed = sum(item.changed for item in files)
        yield f"{count(number, 'archive')}: {changed} of {count(len(files), 'file')} new or changed"


def difference_line(build: Build, differing: Sequence[Difference], output: str) -> str:
    """Return one sentence: whether the output is what would be built."""
    kinds = Counter(item.how for item in differing)
    parts = ", ".join(f"{number} {how}" for how, number in sorted(kinds.items()))
    head = f"{output} is out of date: {parts}" if differing else f"{output} is up to date"
    return "; ".join([head, *_left_out(build, _shown(build))]) + "."


def kept_lines(outcome: Outcome, outlet: Outlet) -> Iterator[str]:
    """Yield what a person should know of files that might have been removed, and were not."""
    for path in outcome.kept:
        yield f"{outlet.shown(path)}: kept: an earlier build wrote it and this one does not, but it has been changed since"
    if outcome.unreadable:
        yield f"{outlet.shown(NAME)}: not a readable manifest; it was rewritten, and no old files were removed"


def _shown(build: Build) -> int:
    return len({post.id for feed in build.feeds for post in feed.posts})


def _published(build: Build, shown: int, outcome: Outcome, output: str) -> str:
    directories = tuple(feed.directory for feed in build.feeds if feed.directory)
    artifacts = [item.artifact for item in outcome.written]
    thumbnails = [item for item in artifacts if item.media_type.startswith("image/")]
    site = [item.path for item in artifacts if not item.path.startswith(directories) and item not in thumbnails]
    kinds: dict[str, list[str]] = {}
    for feed in build.feeds:
        if feed.directory:
            kinds.setdefault("archives" if feed.archive else feed.kind, []).append(feed.directory.partition("/")[0])
    feeds = [*site, *(_number(kind, firsts) for kind, firsts in kinds.items())]
    if thumbnails:
        feeds.append(count(len(thumbnails), "thumbnail"))
    changed = sum(item.changed for item in outcome.written)
    counts = [count(len(outcome.written), "file"), f"{changed} changed" if changed else "none changed"]
    if outcome.removed:
        counts.append(f"{len(outcome.removed)} removed")
    return f"Published {count(shown, 'post')} to {output}: {', '.join(feeds)} ({', '.join(counts)})"


def _number(kind: str, firsts: Sequence[str]) -> str:
    """Return how many feeds of a kind there are, and where, if they have a directory in common."""
    return f"{len(firsts)} in {firsts[0]}/" if len({*firsts}) == 1 else f"{len(firsts)} for {kind}"


def _cuts(build: Build) -> list[str]:
    """Return what feeds gave up to keep within their budget."""
    if not build.cuts:
        return []
    summaries, dropped = sum(cut.summaries for cut in build.cuts), sum(cut.dropped for cut in build.cuts)
    whole = Cut("", summaries, dropped, over=any(cut.over for cut in build.cuts))
    return [f"{count(len(build.cuts), 'feed')} over feeds.max_bytes: {told(whole)}"]


def _left_out(build: Build, shown: int) -> list[str]:
    reasons = Counter(item.kind for item in build.left_out)
    parts = [f"{number} {kind}" for kind, number in sorted(reasons.items())]
    if beyond := len(build.published) - shown:
        parts.append(f"{beyond} beyond the limit")
    if build.failed:
        parts.append(f"{build.failed} with errors")
    whole = len(build.left_out) + beyond + build.failed
    return [f"left out {whole}: {', '.join(parts)}"] if parts else []


def count(number: int, noun: str) -> str:
    """Return a number of things, the noun in its number."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def problem_lines(problems: Sequence[Problem], *, every: bool) -> Iterator[str]:
    """Yield a line for each problem; unless ``every`` is wanted, of many harmless ones of a kind the first, and a count."""
    kinds = Counter((item.severity, item.code) for item in problems)
    seen: Counter[tuple[Severity, str]] = Counter()
    for item in problems:
        kind = item.severity, item.code
        seen[kind] += 1
        few = kinds[kind] if every else _FEW.get(item.severity, kinds[kind])
        if seen[kind] < few or kinds[kind] <= few:
            yield format_problem(item)
        elif seen[kind] == kinds[kind]:
            yield f"{kinds[kind] - few + 1} more {item.severity}s [{item.code}]; use -v to show them"
