"""What a build did, in words for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Written
    from feeder.pipeline import Build


def summary_line(build: Build, written: Sequence[Written], output: str, *, refused: bool = False) -> str:
    """Return one sentence: how many posts, into which feeds, how many left out and why."""
    shown = len({post.id for feed in build.feeds for post in feed.posts})
    head = "Nothing written, because of --strict" if refused else _published(build, shown, written, output)
    return "; ".join([head, *_left_out(build, shown)]) + "."


def _published(build: Build, shown: int, written: Sequence[Written], output: str) -> str:
    directories = tuple(feed.directory for feed in build.feeds if feed.directory)
    site = [item.artifact.path for item in written if not item.artifact.path.startswith(directories)]
    groups = Counter(feed.directory.partition("/")[0] for feed in build.feeds if feed.directory)
    feeds = [*site, *(f"{number} in {name}/" for name, number in groups.items())]
    changed = sum(item.changed for item in written)
    files = f"{count(len(written), 'file')}, {f'{changed} changed' if changed else 'none changed'}"
    return f"Published {count(shown, 'post')} to {output}: {', '.join(feeds)} ({files})"


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
    """Return a number of things, in words."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
