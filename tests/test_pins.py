"""feeder/pins.py and `feeder pin`: which files get an id, and how they are written."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from conftest import needs

from feeder.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "https://site.example/"
GOOD = "---\r\ntitle: Good # so far\r\ndate: 2024-01-31\r\n---\r\nBody"
PINNED = GOOD.replace("title", f'id: "{SITE}good/"\r\ntitle')
HAS_ONE = "---\nguid: tag:site.example,2024:one\ndate: 2024-01-30\n---\n"
POSTS = {"good": GOOD, "one": HAS_ONE}


@pytest.fixture
def pin(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that writes posts and runs `feeder pin` on them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDER_URL", raising=False)

    def run(*arguments: str, **posts: str | bytes) -> Result:
        for name, content in posts.items():
            write(f"posts/{name}.md", content)
        command = ["pin", "posts", "--url", SITE, "--now", "2026-06-01", *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


def contents() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(Path("posts").rglob("*")) if path.is_file()}


def test_ids_are_written_once(pin: Callable[..., Result]) -> None:
    """A post gets its permalink as its id; one that has an id stays as it is; a second run changes nothing."""
    result = pin(**POSTS)
    assert (0, "posts/good.md\n", "Pinned 1 post; 1 already had an id.\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )
    after = {"posts/good.md": PINNED.encode(), "posts/one.md": HAS_ONE.encode()}
    assert after == contents()
    again = pin()
    assert (0, "", "Pinned 0 posts; 2 already had an id.\n") == (again.exit_code, again.stdout, again.stderr)
    assert after == contents()


def test_feeds_stay_as_they_are(pin: Callable[..., Result], build: Callable[..., object]) -> None:
    """A build after pinning gives the bytes of the one before; moved, the post keeps its id."""
    files = {f"{name}.md": text for name, text in POSTS.items()}
    before = getattr(build(files), "artifacts")  # noqa: B009
    pin()
    assert before == getattr(build({}), "artifacts")  # noqa: B009
    Path("posts/good.md").rename("posts/moved.md")
    assert f"{SITE}good/" == getattr(build({}), "published")[0].id  # noqa: B009


def test_only_published_posts_are_pinned(pin: Callable[..., Result]) -> None:
    """What is not published has no id that anybody knows."""
    kept_out = {
        "draft": "---\ndate: 2024-01-01\ndraft: true\n---\n", "later": "---\ndate: 2030-01-01\n---\n",
        "gone": "---\ndate: 2024-01-01\nexpires: 2025-01-01\n---\n", "off": "---\ndate: 2024-01-01\nfeed: false\n---\n",
    }  # fmt: skip
    result = pin(**kept_out)
    assert (0, "", "Pinned 0 posts; 0 already had an id; 4 not published.\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )
    assert {f"posts/{name}.md": text.encode() for name, text in kept_out.items()} == contents()


def test_a_broken_post_hides_none(pin: Callable[..., Result]) -> None:
    """Problems are told and make the exit code 1; the good posts are pinned all the same."""
    result = pin(**POSTS, bad="---\ndate: 2024-02-30\n---\n")
    assert (1, "posts/good.md\n") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("posts/bad.md:2:7: error [bad-date]")
    assert result.stderr.endswith("Pinned 1 post; 1 already had an id; 1 with errors.\n")


def test_an_id_that_is_no_uri_leaves_room_for_one(pin: Callable[..., Result]) -> None:
    """A number in `id` is no id to feeder, and is never changed: the id goes beside it. In `guid` it is one."""
    result = pin(a="---\nid: 17\ndate: 2024-01-01\n---\n", b="---\nguid: 17\ndate: 2024-01-01\n---\n")
    assert (0, "posts/a.md\n") == (result.exit_code, result.stdout)
    assert f'---\nguid: "{SITE}a/"\nid: 17\ndate: 2024-01-01\n---\n' == Path("posts/a.md").read_text()
    assert "" == pin().stdout


@pytest.mark.parametrize("program", ["git apply -", "patch -p1 --binary"])
def test_dry_run_prints_a_patch_that_applies(pin: Callable[..., Result], program: str) -> None:
    """`--dry-run` writes nothing; what it prints makes other programs do what `feeder pin` does."""
    posts = {**POSTS, "a b/énd": "+++\ndate = 2024-01-01\n+++", "2024-01-02-bare": "Text", "json": b'\xef\xbb\xbf{"date": "2024-01-01"}'}  # fmt: skip
    result = pin("--dry-run", **posts)
    before = contents()
    assert {
        f"posts/{name}.md": text.encode() if isinstance(text, str) else text for name, text in posts.items()
    } == before
    assert (0, "Would pin 4 posts; 1 already had an id.\n") == (result.exit_code, result.stderr)
    assert '-{"date": "2024-01-01"}\n' in result.stdout.replace("\ufeff", "")
    name, *options = program.split()
    subprocess.run([needs(name), *options], input=result.stdout_bytes, check=True)
    patched = contents()
    for path, data in before.items():
        Path(path).write_bytes(data)
    assert 0 == pin().exit_code
    assert contents() == patched
    assert before != patched


HEADS = {
    "yaml": "---\ntitle: Tä # c\ndate: 2024-01-31\n---\nBödy", "toml": "+++\ntitle = 'Tä'\ndate = 2024-01-31\n+++\nBödy",
    "json": '{\n  "title": "Tä",\n  "date": "2024-01-31"\n}\nBödy', "line": '{"title": "Tä", "date": "2024-01-31"}',
    "flow": "---\n{title: Tä, date: 2024-01-31}\n---", "2024-01-02-bare": "Tëxt", 'a\t"b\\ é\u2028😀#': "---\ndate: 2024-01-31\n---\n",
}  # fmt: skip
ENDINGS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
SHAPES = {
    f"{name}-{ending}-{bom}-{last}": ("\ufeff" * bom + (head + "\n" * last).replace("\n", ENDINGS[ending])).encode()
    for name, head in HEADS.items() for ending in ENDINGS for bom in (0, 1) for last in (0, 1)
}  # fmt: skip


@pytest.mark.parametrize("program", ["git apply -", "patch -p1"])
@pytest.mark.parametrize("coding", ["utf-8", "ascii"])
def test_every_patch_applies(pin: Callable[..., Result], tmp_path: Path, program: str, coding: str) -> None:
    """Whatever syntax, line ends, byte order mark, last line and name a file has, and whatever the terminal's encoding."""
    assert 0 == pin(**SHAPES).exit_code
    pinned = contents()
    assert len(SHAPES) == len(pinned)
    for name, data in SHAPES.items():
        (tmp_path / f"posts/{name}.md").write_bytes(data)
    command = [sys.executable, "-m", "feeder", "pin", "posts", "-n", "--url", SITE, "--now", "2026-06-01", "--no-cache"]
    environment = {**os.environ, "PYTHONIOENCODING": coding}
    patch = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    name, *options = program.split()
    subprocess.run([needs(name), *options], input=patch, check=True)
    assert pinned == contents()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_of_utf_16_there_is_no_patch(pin: Callable[..., Result], encoding: str) -> None:
    """Programs that apply patches take it for binary; that is said, the other patches are shown, and pinning works."""
    text = "\ufeff" + POSTS["good"]
    result = pin("--dry-run", wide=text.encode(encoding), **POSTS)
    assert "posts/wide.md: would be pinned; patch not shown" in result.stderr
    assert ["+++ b/posts/good.md"] == [line for line in result.stdout.splitlines() if line.startswith("+++")]
    assert (0, 2) == (pin().exit_code, sum(b"i\0d\0" in data or b'id: "' in data for data in contents().values()))


def test_as_json(pin: Callable[..., Result]) -> None:
    """`--json` says what is pinned with which id, the patch if it is asked for, and what is wrong, as one document."""
    dry = pin("--json", "--dry-run", bad="---\ndate: soon\n---\n", later="---\ndate: 2030-01-01\n---\n", **POSTS)
    wet = pin("--json")
    first, second = (json.loads(result.stdout) for result in (dry, wet))
    assert first["patch"].startswith("--- a/posts/good.md\n+++ b/posts/good.md\n@@")
    assert {**first, "dry_run": False, "patch": None} == second
    assert [{"path": "posts/good.md", "id": f"{SITE}good/"}] == second["pinned"]
    assert (["posts/one.md"], 1) == (second["kept"], second["failed"])
    assert ["posts/later.md"] == [item["path"] for item in second["left_out"]]
    assert [("posts/bad.md", 2, 7, "bad-date")] == [
        tuple(item[key] for key in ("path", "line", "column", "code")) for item in second["problems"]
    ]
    assert (1, PINNED.encode()) == (wet.exit_code, Path("posts/good.md").read_bytes())


def test_a_file_keeps_its_mode(pin: Callable[..., Result], write: Callable[..., Path]) -> None:
    """The permissions of a file are the author's; nothing else is left beside it."""
    write("posts/good.md", GOOD).chmod(0o640)
    pin()
    assert 0o640 == stat.S_IMODE(Path("posts/good.md").stat().st_mode)
    assert ["good.md"] == [path.name for path in Path("posts").iterdir()]


def test_links_are_not_written_through(pin: Callable[..., Result], write: Callable[..., Path]) -> None:
    """A file that two paths lead to cannot have two ids: neither is pinned, and the link stays one."""
    write("posts/good.md", GOOD)
    Path("posts/link.md").symlink_to("good.md")
    result = pin()
    assert (1, "") == (result.exit_code, result.stdout)
    assert ["posts/good.md:1:1:", "posts/link.md:1:1:"] == [
        line.split(" ")[0] for line in result.stderr.splitlines()[:2]
    ]
    assert Path("posts/link.md").is_symlink()
    assert GOOD.encode() == Path("posts/good.md").read_bytes()


def test_a_failing_disk_leaves_the_file_whole(pin: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails midway, the old file stands, and nothing lies beside it."""

    def full(_self: Path, _target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = pin(**POSTS)
    assert (2, "error: cannot write posts/good.md: No space left on device\n") == (result.exit_code, result.stderr)
    assert {"posts/good.md": GOOD.encode(), "posts/one.md": HAS_ONE.encode()} == contents()
