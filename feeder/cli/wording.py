"""What a build did, in words for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.pipeline import Build


def summary_line(build: Build, changed: Sequence[bool], *, refused: bool = False) -> str:
    """Return one sentence: how many posts, into which feeds, how many left out and why.

    ``changed`` says for each file written whether it is new or other than before.
    """
    shown = len({post.id for feed in build.feeds for post in feed.posts})
    head = "Nothing written, because of --strict" if refused else _published(build, shown, changed)
    return "; ".join([head, *_left_out(build, shown)]) + "."


def _published(build: Build, shown: int, changed: Sequence[bool]) -> str:
    touched = sum(changed)
    files = f"{_count(len(changed), 'file')}, {'all unchanged' if not touched else f'{touched} changed'}"
    return f"Published {_count(shown, 'post')} in {_count(len(build.feeds), 'feed')} ({files})"


def _left_out(build: Build, shown: int) -> list[str]:
    reasons = Counter(item.reason.split(" ")[0] if ":" not in item.reason.split(" ")[0] else item.reason for item in build.left_out)
    parts = [f"{number} {reason}" for reason, number in sorted(reasons.items())]
    if beyond := len(build.published) - shown:
        parts.append(f"{beyond} beyond the limit")
    if build.failed:
        parts.append(f"{build.failed} with errors")
    whole = len(build.left_out) + beyond + build.failed
    return [f"left out {whole}: {', '.join(parts)}"] if parts else []


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
