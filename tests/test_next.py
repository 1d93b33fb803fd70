"""feeder/schedule.py and `feeder next`: when the feeds change by themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from feeder import __version__
from feeder.cli import main
from feeder.schedule import cron_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = "---\ntitle: Old\ndate: 2024-01-31\n---\n"
LATER = "---\ntitle: Later\ndate: 2027-03-04 05:06 +02:00\n---\n"
EXPIRING = "---\ntitle: Expiring\ndate: 2024-01-30\nexpires: 2026-07-01 10:30:01\n---\n"
DRAFT = "---\ntitle: Draft\ndate: 2026-06-02\ndraft: true\n---\n"


@pytest.fixture
def next_of(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that writes posts and runs `feeder next` on them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDER_URL", raising=False)

    def run(*arguments: str, now: str = "2026-06-01", **posts: str) -> Result:
        for name, content in posts.items():
            write(f"posts/{name}.md", content)
        command = ["next", "posts", "--url", "https://site.example/", "--now", now, *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


def test_a_scheduled_post(next_of: Callable[..., Result]) -> None:
    """A post in the future is told with its time in UTC, and with the cron line of that minute."""
    result = next_of(old=OLD, later=LATER, draft=DRAFT)
    assert (0, "2027-03-04T03:06:00Z\n6 3 4 3 *\n") == (result.exit_code, result.stdout)
    assert "posts/later.md: published at that time\n" == result.stderr


def test_the_earliest_counts(next_of: Callable[..., Result]) -> None:
    """Of a scheduled and an expiring post the earlier is told; cron runs no second too early."""
    result = next_of(old=OLD, later=LATER, expiring=EXPIRING)
    assert "2026-07-01T10:30:01Z\n31 10 1 7 *\n" == result.stdout
    assert "posts/expiring.md: expires at that time\n" == result.stderr


def test_none(next_of: Callable[..., Result]) -> None:
    """Where nothing is to come, nothing is said, and all is well."""
    result = next_of(old=OLD, draft=DRAFT)
    assert (0, "", "") == (result.exit_code, result.stdout, result.stderr)
    assert {"version": __version__, "time": None, "cron": None, "posts": []} == json.loads(next_of("--json").stdout)


def test_as_json(next_of: Callable[..., Result]) -> None:
    """`--json` says the same, with all posts of that moment."""
    result = next_of("--json", old=OLD, a=LATER, b=LATER.replace("05:06 +02:00", "03:06"))
    assert {
        "version": __version__,
        "time": "2027-03-04T03:06:00Z",
        "cron": "6 3 4 3 *",
        "posts": [{"path": f"posts/{name}.md", "event": "published"} for name in "ab"],
    } == json.loads(result.stdout)


@pytest.mark.parametrize(
    ("arguments", "posts"),
    [(("--limit", "1"), {"old": OLD, "expiring": EXPIRING}),
     ((), {"old": OLD, "same": "---\ndate: 2027-01-01\nurl: /old/\n---\n"}),
     ((), {"short": "---\ndate: 2028-01-01\nexpires: 2027-01-01\n---\n"}),
     ((), {"bad": "---\ndate: 2027-02-30\n---\n"})],
    ids=["beyond the limit", "an id that another has", "expired before it begins", "broken"],
)  # fmt: skip
def test_what_no_feed_would_show_changes_none(
    next_of: Callable[..., Result], arguments: tuple[str, ...], posts: dict[str, str]
) -> None:
    """A post that changes no feed is no change."""
    result = next_of(*arguments, **posts)
    assert (0, "") == (result.exit_code, result.stdout)


def test_an_update_in_the_future_is_a_change(next_of: Callable[..., Result]) -> None:
    """The feeds take over an `updated` that lies in the future when it comes."""
    result = next_of(old=OLD.replace("---\ntitle", "---\nupdated: 2026-06-02\ntitle"))
    assert "2026-06-02T00:00:00Z" == result.stdout.split("\n")[0]
    assert "posts/old.md: updated at that time\n" == result.stderr


def test_what_is_told_is_what_a_build_does(next_of: Callable[..., Result], build: Callable[..., object]) -> None:
    """A second before the time that is told the feeds are as they were; at that time they are not."""
    posts = {"old": OLD, "later": LATER, "expiring": EXPIRING}
    files = {f"{name}.md": text for name, text in posts.items()}
    told = datetime.fromisoformat(next_of(**posts).stdout.split("\n")[0])
    now, before, then = (
        getattr(build(files, now=moment), "artifacts")  # noqa: B009
        for moment in (datetime(2026, 6, 1, tzinfo=UTC), told - timedelta(seconds=1), told)
    )
    assert now == before
    assert now != then


@pytest.mark.parametrize(
    ("moment", "line"),
    [(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "4 3 2 1 *"), (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "0 0 1 1 *"),
     (datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))), "30 23 28 2 *"),
     (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "59 23 31 12 *")],
)  # fmt: skip
def test_cron_lines(moment: datetime, line: str) -> None:
    """A cron line is in UTC, and never before the moment, as long as the calendar goes on."""
    assert line == cron_line(moment)
