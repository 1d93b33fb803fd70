"""Bad input of every kind: named with its place, the good post beside it published, nothing outside touched."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner

from feeder.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeder import Build

REPOSITORY = Path(__file__).parent.parent
SITE = "https://site.example/"
GOOD = "---\ntitle: Good\ndate: 2024-01-31\n---\nGood body.\n"
SECONDS = 30
"""What no bad input may take; nearly all take a hundredth."""
SECRET = "the secret of the house"


def post(front_matter: str, body: str = "") -> str:
    """Return a post with a title and a date in its lines 2 and 3, and more from line 4 on."""
    return f"---\ntitle: Bad\ndate: 2024-01-30\n{front_matter}\n---\n{body}"


def dated(date: str) -> str:
    return f"---\ntitle: Bad\ndate: {date}\n---\n"


class Ran(NamedTuple):
    """What a build did: its exit code, its problems as printed, the feeds' titles, all bytes written."""

    exit_code: int
    problems: list[str]
    titles: list[str]
    written: bytes
    document: dict[str, Any]


# What is opened, listed, renamed or removed anywhere, while `WATCHED` is a list.
WATCHED: list[tuple[str, str]] | None = None


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    if WATCHED is not None and event in {"open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.mkdir"}:
        for argument in arguments[: 2 if event == "os.rename" else 1]:
            if isinstance(argument, (str, bytes, Path)):
                WATCHED.append((event, os.path.realpath(os.fsdecode(argument))))


sys.addaudithook(watch)


@pytest.fixture
def site(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in ``tmp_path/site``, with a good post, and a secret beside it; fail what takes too long."""
    for name in ("FEEDER_URL", "GITHUB_ACTIONS", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    write("site/posts/good.md", GOOD)
    write("site/static/a.txt", "")
    write("secret.md", f"---\ntitle: {SECRET}\ndate: 2024-01-30\n---\n{SECRET}")
    write("secret.png", b"\x89PNG\r\n\x1a\n" + SECRET.encode())
    monkeypatch.chdir(tmp_path / "site")

    def ring(*_: object) -> None:
        pytest.fail(f"more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(SECONDS)
    yield tmp_path / "site"
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def run(site: Path, *options: str) -> Ran:
    """Build the site, and hold the build to what is true of every one."""
    global WATCHED  # noqa: PLW0603 - an audit hook cannot be taken away
    before = tree(site.parent)
    touched: list[tuple[str, str]] = []
    WATCHED = touched
    try:
        arguments = ["build", "posts", "--url", SITE, "--now", "2026-06-01", "--json", "--no-cache", *options]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    finally:
        WATCHED = None
    assert "Traceback" not in result.output
    outside = [item for item in touched if not allowed(site, *item)]
    assert [] == outside, "something outside was read or written"
    assert before == tree(site.parent), "something outside the output was written"
    document = json.loads(result.stdout)
    lines = result.stderr.splitlines()[:-1]
    assert [f"{item['path']}:{item['line']}:{item['column']}: {item['severity']} [{item['code']}] {item['message']}"
            for item in document["problems"]] == [line.rpartition(" (got ")[0] or line for line in lines]  # fmt: skip
    feed = site / "public/feed.json"
    written = b"".join(path.read_bytes() for path in sorted((site / "public").glob("*")))
    assert SECRET.encode() not in written
    titles = [item["title"] for item in json.loads(feed.read_bytes())["items"]] if feed.exists() else []
    return Ran(result.exit_code, lines, titles, written, document)


def allowed(site: Path, event: str, path: str) -> bool:
    """Whether a build may do this: read posts, assets, configuration and its own code, and write its output."""
    if "__pycache__" in path and path.startswith((str(REPOSITORY / "feeder"), sys.prefix, sys.base_prefix)):
        return True  # Python keeps what it compiled
    if event == "open" and not path.startswith(str(site.parent)):
        own = (
            sys.prefix,
            sys.base_prefix,
            str(REPOSITORY / "feeder"),
            os.path.realpath("/usr/share/zoneinfo"),
            "/usr/lib",
        )
        return path.startswith(own)
    if event in {"os.rename", "os.remove", "os.mkdir"}:
        return path.startswith(f"{site}/public")
    if path in {str(REPOSITORY), *map(os.path.realpath, sys.path)}:  # Python looks there for modules
        return True
    if (event, path) == ("os.scandir", str(site)):  # which generator's site this is, its files' names tell
        return True
    below = ("posts", "static", "public")
    return path.startswith(
        (*(f"{site}/{name}" for name in below), sys.prefix, sys.base_prefix, str(REPOSITORY / "feeder"))
    )


def tree(root: Path) -> dict[str, str]:
    """Return what every path below ``root`` but the output is: a directory, a link, a file of some size and time."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not f"{name}/".startswith("site/public/"):
            facts = path.lstat()
            found[name] = f"{facts.st_mode:o}" + ("" if path.is_dir() else f" {facts.st_size} {facts.st_mtime_ns}")
    return found


# One file that is bad: what it holds -> place, severity, code and (part of) the message; whether it is published.

COSTS, SURVIVES = False, True
BOMB = "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]",
                  *(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))])  # fmt: skip
WRONG_DATE = "error [bad-date] unknown date format"
OUTSIDE = "error [outside] this path leads out of the posts directory and site.assets"
NOT_A_SLUG = "error [bad-slug] a slug must be a single name, without / and not only dots"
FRONT_MATTER: dict[str, tuple[str | bytes, str, bool]] = {
    "fence never closed": ("---\ntitle: Bad\n\nBody\n", "1:1: error [front-matter-unclosed] the front matter that begins here", COSTS),
    "fence never closed, blank line before": ("\n---\ntitle: Bad\n", "2:1: error [front-matter-unclosed] ", COSTS),
    "TOML fence never closed": ("+++\ntitle = 'Bad'\n---\n", "1:1: error [front-matter-unclosed] ", COSTS),
    "JSON never closed": ('{"title": "Bad",\n', "2:1: error [front-matter-syntax] not valid JSON", COSTS),
    "a tab": (post("tags:\n\t- x"), "5:1: error [front-matter-syntax] not valid YAML: tabs are not allowed for indentation; use spaces", COSTS),
    "an unescaped quote": (post("x: 'it's'"), "4:8: error [front-matter-syntax] not valid YAML: quotes inside a quoted value", COSTS),
    "a bare colon": (post("x: a: b"), '4:5: error [front-matter-syntax] not valid YAML: a value that contains ": " must be quoted', COSTS),
    "a quote never closed": (post('x: "a'), "4:4: error [front-matter-syntax] not valid YAML: a quote is opened and never closed", COSTS),
    "a Liquid value": (post("lang: {{ y }}"), "4:7: error [wrong-type] lang must be text, not a table", SURVIVES),
    "TOML syntax": ("+++\ntitle = Bad\n+++\n", "2:9: error [front-matter-syntax] not valid TOML: invalid value", COSTS),
    "JSON syntax": ('{"title": Bad}\n', "1:11: error [front-matter-syntax] not valid JSON: a value is missing", COSTS),
    "a number without end": ("+++\ndate = 2024-01-31\nx = " + "9" * 5000 + "\n+++\n", "3:5: error [front-matter-syntax] not valid TOML", COSTS),
    "a duplicate key": (post("title: Again"), "4:1: error [duplicate-key] duplicate key, first given in line 2", COSTS),
    "a duplicate key in other spelling": (post("x-y: 1\nX_Y: 2"), "5:1: error [duplicate-key] duplicate key, first given in line 4", COSTS),
    "a duplicate key in a value": (post("x: {a: 1,\n  a: 2}"), "5:3: error [duplicate-key] duplicate key, first given in line 4", COSTS),
    "a duplicate key in TOML": ("+++\ntitle = 'Bad'\ntitle = 'Worse'\n+++\n", "3:1: error [duplicate-key] ", COSTS),
    "a duplicate key in JSON": ('{"title": "Bad",\n"title": "Worse", "date": "2024-01-31"}\n', "2:1: error [duplicate-key] duplicate key, first given in line 1", COSTS),
    "a list for front matter": ("---\n- title\n---\n", "2:1: error [front-matter-type] front matter must be a table of keys and values, not a list", COSTS),
    "text for front matter": ("---\njust text\n---\n", "2:1: error [front-matter-type] front matter must be a table", COSTS),
    "a table for a title": ("---\ntitle: {a: b}\ndate: 2024-01-31\n---\n", "2:8: error [wrong-type] title must be text, not a table", COSTS),
    "a list for a date": ("---\ntitle: Bad\ndate: [2024-01-31]\n---\n", "3:7: error [wrong-type] date must be text, not a list", COSTS),
    "a list for an id": (post("id: [a]"), "4:5: error [wrong-type] id must be text, not a list", COSTS),
    "a table for a permalink": (post("permalink: {a: b}"), "4:12: error [wrong-type] permalink must be text, not a table", COSTS),
    "a list for a summary": (post("summary: [a]"), "4:10: error [wrong-type] summary must be text, not a list", SURVIVES),
    "a list for a language": (post("lang: [en]"), "4:7: error [wrong-type] lang", SURVIVES),
    "a table without name for a category": (post("categories: [{a: b}]"), "4:14: error [wrong-type] a table in categories needs a name", SURVIVES),
    "a table without URL for a picture": (post("image: {a: b}"), "4:8: error [wrong-type] a table here needs one of url, src, ", SURVIVES),
    "a list in a list for an author": (post("author: [[a]]"), "4:10: error [wrong-type] an author must be a name", SURVIVES),
    "a list for an author's name": (post("author: {name: [a]}"), "4:16: error [wrong-type] ", SURVIVES),
    "a length that is none": (post("audio: {url: https://a.example/b.mp3, length: long}"), "4:47: error [wrong-type] a length must be a number of bytes", SURVIVES),
    "a language that is none": (post("lang: cn"), "4:7: warning [bad-language] not a language tag", SURVIVES),
    "29 February 2023": (dated("2023-02-29"), "3:7: error [bad-date] February 2023 has 28 days (got '2023-02-29')", COSTS),
    "Invalid Date": (dated("Invalid Date"), f"3:7: {WRONG_DATE}", COSTS),
    "year 0": (dated("0000-01-01"), "3:7: error [bad-date] there is no year 0 (got '0000-01-01')", COSTS),
    "month 13": (dated("2024-13-01"), "3:7: error [bad-date] there is no month 13", COSTS),
    "25 o'clock": (dated("2024-01-01 25:00"), "3:7: error [bad-date] there is no time 25:00:00", COSTS),
    "the wrong weekday": (dated("Mon, 31 Jan 2024 18:30:00 GMT"), "3:7: error [bad-date] 31 January 2024 is a Wednesday", COSTS),
    "an ambiguous zone": (dated("2024-01-31 18:30 IST"), "3:7: error [bad-date] unknown time zone IST", COSTS),
    "a date of two readings": (dated("01/02/2024"), "3:7: error [bad-date] either 01 or 02 could be the month; write an ISO 8601 date", COSTS),
    "nonsense for a date": (dated("the day before yesterday"), f"3:7: {WRONG_DATE}", COSTS),
    "a date out of range": (dated("9999-12-31T23:59:59-23:59"), "3:7: error [bad-date] this date is out of range", COSTS),
    "no date": ("---\ntitle: Bad\n---\n", "1:1: error [missing-date] no date in the front matter or the file name", COSTS),
    "an empty date": ("---\ntitle: Bad\ndate:\n---\n", "3:1: error [missing-date] ", COSTS),
    "a wrong update": (post("updated: soon"), f"4:10: {WRONG_DATE}", SURVIVES),
    "no front matter and no date": ("# Bad\n", "1:1: error [missing-date] ", COSTS),
    "a date before 1990": (dated("1970-01-01"), "3:7: warning [implausible-date] ", SURVIVES),
    "not UTF-8": (b"---\ntitle: Bad\ndate: 2024-01-30\n---\nab\xffc\n", "5:3: error [not-text] not UTF-8: byte 0xFF at offset 38", COSTS),
    "not UTF-8 behind a mark": (b"\xef\xbb\xbf---\nx: \xe9\n---\n", "2:4: error [not-text] not UTF-8: byte 0xE9 at offset 10", COSTS),
    "half of UTF-16": ("\ufeff---\n".encode("utf-16-le") + b"\n", "2:1: error [not-text] not UTF-16: byte 0x0A at offset 10", COSTS),
    "an alias bomb": (post(BOMB), "8:12: error [front-matter-too-deep] more than 20000 values, aliases counted in full", COSTS),
    "a depth bomb": (post("x: " + "[" * 5000), "4:35: error [front-matter-too-deep] nested more than 32 levels deep", COSTS),
    "a tag": (post("x: !!python/object/apply:os.system [id]"), "4:4: error [yaml-tag] a YAML tag", COSTS),
    "a tag of one's own": (post("x: !include /etc/passwd"), "4:4: error [yaml-tag] a YAML tag", COSTS),
    "an id that is no URI": (post("id: seven"), "4:5: warning [id-not-uri] ", SURVIVES),
}  # fmt: skip
URLS: dict[str, tuple[str | bytes, str, bool]] = {
    "javascript: for a permalink": (post("url: javascript:alert(1)"), "4:6: error [bad-url] a URL must be http or https, not javascript:", COSTS),
    "data: for a permalink": (post("link: data:text/html,x"), "4:7: error [bad-url] a URL must be http or https, not data:", COSTS),
    "a disguised javascript:": (post('url: " \\x01JavaScript\\n:alert(1)"'), "4:6: error [bad-url] ", COSTS),
    "javascript: for a picture": (post("image: javascript:alert(1)"), "4:8: error [bad-url] a URL must be http or https, not javascript:", SURVIVES),
    "data: for a thumbnail": (post("thumbnail: data:image/png;base64,AA=="), "4:12: error [bad-url] a URL must be http or https, not data:", SURVIVES),
    "file: for a picture": (post("image: {url: file:///etc/passwd}"), "4:14: error [bad-url] a URL must be http or https, not file:", SURVIVES),
    "javascript: for an enclosure": (post("audio: javascript:x"), "4:8: error [bad-url] ", SURVIVES),
    "javascript: for an author": (post("author: {name: A, url: 'javascript:x'}"), "4:24: error [bad-url] ", SURVIVES),
    "a URL that cannot be parsed": (post("image: 'https://[1/x.png'"), "4:8: error [bad-url] ", SURVIVES),
    "a permalink without host": (post("url: 'https://'"), "4:6: error [bad-url] a URL needs a host", COSTS),
    "a permalink of an impossible port": (post("url: https://a.example:99999/"), "4:6: error [bad-url] ", COSTS),
    "a picture outside": (post("image: ../../etc/passwd"), f"4:8: {OUTSIDE}", SURVIVES),
    "a picture just outside": (post("thumbnail: ../secret.png"), f"4:12: {OUTSIDE}", SURVIVES),
    "a picture outside the root": (post("image: /../../etc/passwd"), f"4:8: {OUTSIDE}", SURVIVES),
    "a picture outside, encoded": (post("image: '%2e%2e/%2E%2e/etc/passwd'"), f"4:8: {OUTSIDE}", SURVIVES),
    "a picture outside, by way of within": (post("image: a/b/../../../secret.png"), f"4:8: {OUTSIDE}", SURVIVES),
    "an enclosure outside": (post("enclosure: {url: ../../etc/passwd}"), f"4:18: {OUTSIDE}", SURVIVES),
    "a picture by its absolute path": (post("image: /etc/passwd"), "4:8: warning [picture-missing] ", SURVIVES),
    "a picture that is not there": (post("image: none.png"), "4:8: warning [picture-missing] ", SURVIVES),
    "a picture that is a directory": (post("image: ."), "4:8: warning [picture-missing] ", SURVIVES),
    "a picture that is none": (post("image: good.md"), "4:8: warning [picture-unreadable] ", SURVIVES),
    "an enclosure that is not there": (post("audio: none.mp3"), "4:8: warning [enclosure-missing] ", SURVIVES),
    "a slug outside": (post("slug: ../../etc/passwd"), f"4:7: {NOT_A_SLUG}", COSTS),
    "a slug of a directory": (post("slug: a/b"), f"4:7: {NOT_A_SLUG}", COSTS),
    "a slug of dots": (post("slug: .."), f"4:7: {NOT_A_SLUG}", COSTS),
    "a slug of Windows": (post("slug: ..\\..\\x"), f"4:7: {NOT_A_SLUG}", COSTS),
}  # fmt: skip
BODIES: dict[str, tuple[str | bytes, str, bool]] = {
    "a body of 20 MB": (post("x: y", "word " * 4_000_000), "1:1: warning [body-too-large] 20000000 characters; ", SURVIVES),
    "20 MB on short lines": (post("x: y", "> a\n\n" * 4_000_000), "1:1: warning [body-too-large] ", SURVIVES),
    "a nesting of quotes": (post("x: y", "* " * 5000 + "x"), "1:1: warning [body-too-deep] ", SURVIVES),
    "64 MiB and more": (b"\n" * (64 * 2**20 + 1), "1:1: error [too-large] 67108865 bytes; feeder reads posts up to 67108864", COSTS),
}  # fmt: skip
BAD = FRONT_MATTER | URLS | BODIES


@pytest.mark.parametrize("name", BAD)
def test_a_bad_post_is_named_and_the_good_one_published(site: Path, write: Callable[..., Path], name: str) -> None:
    """Each kind of bad input has its place, severity, code and words; the good post is published, and nothing else is touched."""
    content, expected, survives = BAD[name]
    write("site/posts/bad.md", content)
    ran = run(site)
    assert [f"posts/bad.md:{expected}"] == [line[: len(f"posts/bad.md:{expected}")] for line in ran.problems]
    assert len(ran.problems[0]) < 300
    assert (["Good", "Bad"] if survives else ["Good"]) == ran.titles
    assert int(": error [" in ran.problems[0]) == ran.exit_code
    assert int(not survives) == ran.document["failed"]
    assert not any(word in ran.written for word in (b"javascript:", b"data:", b"file:", b"root:x:", b".."))


@pytest.mark.parametrize("name", [name for name, (_, expected, _) in BAD.items() if ": warning [" in expected])
def test_strict_counts_a_warning(site: Path, write: Callable[..., Path], name: str) -> None:
    """With --strict a warning is exit code 1, and nothing is written."""
    write("site/posts/bad.md", BAD[name][0])
    ran = run(site, "--strict")
    assert (1, b"") == (ran.exit_code, ran.written)


# Input that is taken as it is


@pytest.mark.parametrize(
    ("content", "reason"),
    [(("\ufeff" + dated("2024-01-30")).encode("utf-16-le"), "UTF-16, little end first"),
     (("\ufeff" + dated("2024-01-30")).encode("utf-16-be"), "UTF-16, big end first"),
     (b"\xef\xbb\xbf" + dated("2024-01-30").replace("\n", "\r\n").encode(), "a byte order mark and CRLF"),
     (post("x: y", "<div>" * 5000 + "x" + "</div>" * 5000), "5,000 nested elements"),
     (post("x: y", "<div>" * 5000), "5,000 elements that are never closed"),
     (post("x: y", "> " * 5000 + "x"), "5,000 quotes"), (post("x: y", "[" * 2_000), "2,000 brackets"),
     (post("x: y", "*a " * 50_000), "50,000 stars"), (post("x: y", "`" * 10_001 + " x"), "10,001 backticks"),
     (post("x: y", "<a href='" * 2_000), "attributes that are never closed"), (post("x: y", "&" * 50_000), "50,000 ampersands"),
     (post("x: y", "<!--" * 20_000), "comments that are never closed"), (post("x: y", "\x00\x01\x1b\ufffe"), "control characters"),
     (post("x: y", "[a](javascript:alert(1)) <a href='data:x'>b</a> ![c](../../etc/passwd) <img src=../secret.png>"), "bad links"),
     (post("x: y", "<script src=file:///etc/passwd></script><iframe src='javascript:x'></iframe>"), "scripts"),
     (post("x: y", "line\n" * 100_000), "100,000 lines")],
    ids=lambda value: value if isinstance(value, str) and len(value) < 50 else "",
)  # fmt: skip
def test_odd_input_is_published_without_harm(
    site: Path, write: Callable[..., Path], content: str | bytes, reason: str
) -> None:
    """What is merely odd is read and rendered in bounded time; nothing unsafe gets into the feeds."""
    write("site/posts/bad.md", content)
    ran = run(site)
    assert (["Good", "Bad"], 0) == (ran.titles, ran.document["failed"]), reason
    assert 0 == ran.exit_code
    assert not any(
        word in ran.written for word in (b"javascript:", b"data:", b"file:", b"root:x:", b"<script", b"\x1b")
    )


# Files that are not what they look like


def odd_file(name: str) -> Callable[[Path], object]:
    files: dict[str, Callable[[Path], object]] = {
        "fifo": os.mkfifo,
        "directory": lambda path: path.mkdir(),
        "link outside": lambda path: path.symlink_to("../../secret.md"),
        "link to the system": lambda path: path.symlink_to("/etc/passwd"),
        "link to a device": lambda path: path.symlink_to("/dev/zero"),
        "loop": lambda path: path.symlink_to(path.name),
        "dangling link": lambda path: path.symlink_to("nowhere.md"),
        "link to a directory": lambda path: path.symlink_to(".."),
        "link to a directory outside": lambda path: path.symlink_to("/etc"),
    }
    return files[name]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("fifo", "error [not-a-file] named like a post, but not a regular file"), ("directory", "error [not-a-file] a directory with the name of a post"),
     ("link outside", "error [outside] a symbolic link that leads out of the posts directory is not followed"),
     ("link to the system", "error [outside] a symbolic link that leads out"), ("link to a device", "error [outside] a symbolic link that leads out"),
     ("loop", "error [unreadable] a broken symbolic link"), ("dangling link", "error [unreadable] a broken symbolic link"),
     ("link to a directory", "warning [symlinked-directory] a symbolic link to a directory is not followed"),
     ("link to a directory outside", "warning [symlinked-directory] ")],
)  # fmt: skip
def test_a_file_that_is_none_is_named(site: Path, name: str, expected: str) -> None:
    """It is neither opened nor waited for nor followed."""
    odd_file(name)(site / "posts/x.md")
    ran = run(site)
    assert [f"posts/x.md:1:1: {expected}"] == [line[: len(f"posts/x.md:1:1: {expected}")] for line in ran.problems]
    error = expected.startswith("error")
    assert (["Good"], int(error), int(error)) == (ran.titles, ran.exit_code, ran.document["failed"])


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EIO, errno.ENOENT])
def test_a_file_that_cannot_be_read_is_named(
    site: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    """The system's reason is told, and the other posts are published."""
    write("site/posts/bad.md", GOOD)
    opened = os.open

    def refuse(path: str | Path, *arguments: Any, **more: Any) -> int:
        if Path(path).name == "bad.md":
            raise OSError(reason, os.strerror(reason))
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    ran = run(site)
    assert [f"posts/bad.md:1:1: error [unreadable] cannot be read: {os.strerror(reason)}"] == ran.problems
    assert (["Good"], 1) == (ran.titles, ran.exit_code)


@pytest.mark.parametrize("field", ["image", "thumbnail", "enclosure"])
@pytest.mark.parametrize("target", ["../../secret.png", "/etc/passwd", "x.png", "/dev/zero"])
def test_a_local_file_that_is_a_link_outside_is_not_read(
    site: Path, write: Callable[..., Path], field: str, target: str
) -> None:
    """A picture or an enclosure beside the post that links out of the directory, or loops, is as good as missing."""
    write("site/posts/bad.md", post(f"{field}: x.png"))
    (site / "posts/x.png").symlink_to(target)
    ran = run(site)
    code = "enclosure-missing" if field == "enclosure" else "picture-missing"
    assert [f"posts/bad.md:4:{len(field) + 3}: warning [{code}]"] == [
        line.partition("] ")[0] + "]" for line in ran.problems
    ]
    assert (["Good", "Bad"], 0) == (ran.titles, ran.exit_code)


@pytest.mark.parametrize("field", ["image", "enclosure"])
def test_a_local_fifo_is_not_waited_for(site: Path, write: Callable[..., Path], field: str) -> None:
    """A picture or an enclosure that is a FIFO is not opened."""
    write("site/posts/bad.md", post(f"{field}: x.png"))
    os.mkfifo(site / "posts/x.png")
    ran = run(site)
    assert (1, ["Good", "Bad"], 0) == (len(ran.problems), ran.titles, ran.exit_code)


def test_a_link_in_an_asset_directory_is_not_followed_outside(site: Path, write: Callable[..., Path]) -> None:
    """``site.assets`` are no way out either."""
    write("site/posts/bad.md", post("image: /pictures/secret.png"))
    (site / "static/pictures").symlink_to("../..")
    assert [True] == ["[picture-missing]" in line for line in run(site).problems]


@pytest.mark.parametrize("name", [b"b\xff.md", b"d\xff/e.md", b"d\xff/f\xfe/g.md", b"d\xff/index.md", b"h\x07.md"])
def test_a_name_that_is_no_text_is_named(site: Path, name: bytes) -> None:
    """A post whose address cannot be written costs itself only, whether the file or a directory is named so."""
    path = site / os.fsdecode(b"posts/" + name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\ndate: 2024-01-30\n---\nx")
    ran = run(site)
    assert (["Good"], 1, 1) == (ran.titles, ran.exit_code, ran.document["failed"])
    assert [True] == [":1:1: error [bad-name] " in line for line in ran.problems]


# Posts that are bad together


def test_two_posts_of_one_id_name_each_other(site: Path, write: Callable[..., Path]) -> None:
    """The older is published; the problem stands at the other's id and names both places."""
    write("site/posts/a.md", "---\ntitle: A\ndate: 2024-01-02\nid: urn:x:1\n---\n")
    write("site/posts/b.md", "---\nid: urn:x:1\ntitle: B\ndate: 2024-01-01\n---\n")
    ran = run(site)
    assert [
        "posts/a.md:4:5: error [duplicate-id] same id as posts/b.md:2:5, which is older and keeps it (got 'urn:x:1')"
    ] == ran.problems
    assert (["Good", "B"], 1, 1) == (ran.titles, ran.exit_code, ran.document["failed"])


def test_two_posts_of_one_address_name_each_other(site: Path, write: Callable[..., Path]) -> None:
    """One permalink with different ids is an error; both are published."""
    write("site/posts/a.md", "---\ntitle: A\ndate: 2024-01-02\nid: urn:x:1\nurl: /x/\n---\n")
    write("site/posts/b.md", "---\ntitle: B\ndate: 2024-01-01\nid: urn:x:2\nurl: /x/\n---\n")
    ran = run(site)
    assert [
        "posts/a.md:5:6: error [duplicate-permalink] same address as posts/b.md:5:6 (got 'https://site.example/x/')"
    ] == ran.problems
    assert (["Good", "A", "B"], 1) == (ran.titles, ran.exit_code)


def test_paths_that_differ_only_by_case_are_named(site: Path, write: Callable[..., Path]) -> None:
    """Both are published, and told of."""
    write("site/posts/x/Bad.md", dated("2024-01-02"))
    write("site/posts/x/bad.md", dated("2024-01-01"))
    if len(os.listdir(site / "posts/x")) < 2:  # noqa: PTH208
        pytest.skip("this file system folds case")
    ran = run(site)
    assert ["posts/x/bad.md:1:1: error [path-case] this path differs from posts/x/Bad.md only in case"] == ran.problems
    assert (["Good", "Bad", "Bad"], 1) == (ran.titles, ran.exit_code)


def test_an_empty_directory_gives_empty_feeds(site: Path) -> None:
    """A warning says that there is nothing to publish."""
    (site / "posts/good.md").unlink()
    ran = run(site)
    assert ["posts:1:1: warning [no-posts] no posts found in this directory"] == ran.problems
    assert ([], 0) == (ran.titles, ran.exit_code)
    assert b"<rss" in ran.written


def test_no_directory_stops_the_build(site: Path) -> None:
    """Without posts nothing is written, and what is there of feeds stays."""
    (site / "posts/good.md").unlink()
    (site / "posts").rmdir()
    before = tree(site)
    result = CliRunner().invoke(main, ["build", "posts", "--url", SITE], catch_exceptions=False)
    assert (2, "error: cannot read posts: posts: no such directory\n") == (result.exit_code, result.output)
    assert before == tree(site)
    assert not (site / "public").exists()


def test_a_bad_post_changes_no_other(site: Path, write: Callable[..., Path]) -> None:
    """With all bad posts that cost themselves beside it, the feeds are those of the good post alone."""
    alone = run(site).written
    for number, (content, _, survives) in enumerate(BAD.values()):
        if not survives and len(content) < 2**20:
            write(f"site/posts/bad{number:02}.md", content)
    ran = run(site)
    assert alone == ran.written
    assert len(ran.problems) == ran.document["failed"] == len(list((site / "posts").iterdir())) - 1


@pytest.mark.parametrize("name", [*BODIES, *URLS])
def test_a_post_with_a_warning_changes_no_other(site: Path, write: Callable[..., Path], name: str) -> None:
    """The good post reads the same behind a post that was rendered before it, however that went."""
    run(site, "--format", "json")
    (alone,) = json.loads((site / "public/feed.json").read_bytes())["items"]
    content = BAD[name][0]
    bytes_of = content if isinstance(content, bytes) else content.encode()
    write("site/posts/bad.md", bytes_of.replace(b"2024-01-30", b"2024-02-01", 1))
    run(site, "--format", "json")
    assert alone == json.loads((site / "public/feed.json").read_bytes())["items"][-1]
    assert "<p>Good body.</p>" == alone["content_html"]


def test_everything_at_once_as_a_process(site: Path, write: Callable[..., Path]) -> None:
    """All bad input in one run: every problem told once, sorted, without a traceback, in time."""
    wanted = set()
    for number, (content, expected, _) in enumerate(BAD.values()):
        if len(content) < 2**20:
            write(f"site/posts/bad{number:02}.md", content)
            wanted.add(f"posts/bad{number:02}.md:{expected.partition('] ')[0]}]")
    for number, name in enumerate(("fifo", "directory", "link outside", "loop")):
        odd_file(name)(site / f"posts/x{number}.md")
        wanted.add(f"posts/x{number}.md:1:1")
    start = time.monotonic()
    command = [sys.executable, "-m", "feeder", "build", "--url", SITE, "--now", "2026-06-01", "--limit", "0"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert time.monotonic() - start < SECONDS
    assert (1, False) == (result.returncode, "Traceback" in result.stderr)
    lines = [line for line in result.stderr.splitlines() if line.startswith("posts/")]
    assert wanted == {line.partition("] ")[0] + "]" if "/bad" in line else line.partition(": ")[0] for line in lines}
    assert len(wanted) == len(lines)
    assert sorted(line.split(":")[0] for line in lines) == [line.split(":")[0] for line in lines]


@pytest.mark.parametrize(("files", "dated", "told"), [(6, 0, 1), (6, 1, 6), (4, 0, 4)])
def test_many_files_none_of_which_has_a_date_are_told_at_once(
    files: int, dated: int, told: int, build: Callable[..., Build]
) -> None:
    """They are no posts; where one is dated or there are few, each is named."""
    posts = {f"{number}.md": "---\ntitle: Page\n---\n" for number in range(files)}
    made = build(posts | {f"dated-{number}.md": GOOD for number in range(dated)})
    assert ["missing-date"] * told == [item.code for item in made.problems]
    assert (files, dated) == (made.failed, len(made.published))
    assert told > 1 or f"none of {files} files" in made.problems[0].message
