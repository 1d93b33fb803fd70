"""feeder/storage/manifest.py, feeder/publish.py and feeder/storage/outlet.py: what a build removes, and above all what it does not."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from feeder import publish
from feeder.cli import main
from feeder.model import Artifact
from feeder.problems import ConfigurationError
from feeder.storage.manifest import NAME, Manifest, Print, manifest_from_bytes
from feeder.storage.outlet import OnDisk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POST = "---\ntitle: {0}\ndate: 2024-01-31\ncategories: {1}\n---\nBody.\n"
CONFIGURATION = "site: {url: 'https://site.example/'}\nfeeds: {categories: true, formats: rss}\n"


def artifacts(**contents: str) -> list[Artifact]:
    """Return artifacts, ``a__rss="x"`` at a/rss.xml."""
    return [
        Artifact(path=f"{name.replace('__', '/')}.xml", media_type="application/rss+xml", data=text.encode())
        for name, text in contents.items()
    ]


def put(root: Path, **contents: str) -> publish.Outcome:
    return publish.publish(artifacts(**contents), OnDisk(root), "1", alone=True)


def tree(root: Path) -> dict[str, str]:
    """Return every file below ``root`` but the manifest, and every directory that is empty."""
    return {
        path.relative_to(root).as_posix(): path.read_text() if path.is_file() else "directory"
        for path in sorted(root.rglob("*"))
        if path.name != NAME and (path.is_file() or not any(path.iterdir()))
    }


def listed(root: Path) -> dict[str, Any]:
    """Return the files of the manifest, as any program reads it."""
    files: dict[str, Any] = json.loads((root / NAME).read_bytes())["files"]
    return files


def forged(root: Path, *paths: str, data: bytes = b"mine") -> None:
    """Write a manifest that claims files of these bytes."""
    facts = {"bytes": len(data), "sha256": sha256(data).hexdigest(), "type": "application/rss+xml"}
    (root / NAME).write_text(json.dumps({"version": "1", "files": dict.fromkeys(paths, facts)}))


# What is removed


def test_what_is_no_longer_built_is_removed(tmp_path: Path) -> None:
    """A file of the former build goes, and the directories that it leaves empty; the rest of the site stays."""
    put(tmp_path, rss="1", a__b__rss="2", a__rss="3", c__d__rss="4")
    (tmp_path / "c/index.html").write_text("page")
    (tmp_path / "empty").mkdir()
    outcome = put(tmp_path, rss="1", a__rss="3")
    assert ["a/b/rss.xml", "c/d/rss.xml"] == outcome.removed
    assert {"rss.xml": "1", "a/rss.xml": "3", "c/index.html": "page", "empty": "directory"} == tree(tmp_path)
    assert ["a/rss.xml", "rss.xml"] == sorted(listed(tmp_path))


def test_the_manifest_says_what_is_there(tmp_path: Path) -> None:
    """Length and SHA-256 of each file are those that any other program finds."""
    put(tmp_path, rss="one", a__rss="é")
    for path, facts in listed(tmp_path).items():
        data = (tmp_path / path).read_bytes()
        assert (len(data), sha256(data).hexdigest()) == (facts["bytes"], facts["sha256"])
    assert ["a/rss.xml", "rss.xml"] == list(listed(tmp_path))


def test_a_manifest_is_untouched_when_nothing_changed(tmp_path: Path) -> None:
    """The same build writes nothing, not even the manifest."""
    put(tmp_path, rss="1", a__rss="2")
    before = (tmp_path / NAME).read_bytes()
    os.utime(tmp_path / NAME, (1e9, 1e9))
    outcome = put(tmp_path, rss="1", a__rss="2")
    assert (before, 1e9) == ((tmp_path / NAME).read_bytes(), (tmp_path / NAME).stat().st_mtime)
    assert [False, False] == [item.changed for item in outcome.written]


def test_a_file_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    """It is named once, and is theirs from then on, even with the old bytes."""
    put(tmp_path, rss="1", a__rss="2", b__rss="3")
    (tmp_path / "a/rss.xml").write_text("mine")
    outcome = put(tmp_path, rss="1")
    assert (["a/rss.xml"], ["b/rss.xml"]) == (outcome.kept, outcome.removed)
    (tmp_path / "a/rss.xml").write_text("2")
    assert ((), ()) == tuple(map(tuple, put(tmp_path, rss="1")[1:3]))
    assert {"rss.xml": "1", "a/rss.xml": "2"} == tree(tmp_path)


def test_files_that_feeder_never_wrote_stay(tmp_path: Path) -> None:
    """Without a manifest nothing is removed, however much a file looks like a feed."""
    (tmp_path / "atom.xml").write_text("old")
    put(tmp_path, rss="1")
    put(tmp_path)
    assert {"atom.xml": "old"} == tree(tmp_path)


def test_a_file_that_is_gone_is_no_matter(tmp_path: Path) -> None:
    """What was to be removed and is not there costs nothing, nor does a directory in its place."""
    put(tmp_path, rss="1", a__rss="2", b__rss="3")
    (tmp_path / "a/rss.xml").unlink()
    (tmp_path / "b/rss.xml").unlink()
    (tmp_path / "b/rss.xml").mkdir()
    assert ([], []) == tuple(map(list, put(tmp_path, rss="1")[1:3]))
    assert {"rss.xml": "1", "a": "directory", "b/rss.xml": "directory"} == tree(tmp_path)


def test_an_empty_build_removes_all_that_was_built(tmp_path: Path) -> None:
    """Only the output directory itself and the manifest are left."""
    put(tmp_path, rss="1", a__b__c__rss="2")
    put(tmp_path)
    assert ([NAME], {}) == ([path.name for path in tmp_path.iterdir()], listed(tmp_path))


def test_a_path_of_another_case_is_not_removed_where_it_is_the_same_file(tmp_path: Path) -> None:
    """Where case does not count, removing the old name would remove the new feed."""
    put(tmp_path, A__rss="1")
    (tmp_path / "a").symlink_to("A")
    assert [] == put(tmp_path, a__rss="1").removed
    assert "1" == (tmp_path / "a/rss.xml").read_text()


def test_a_path_of_another_case_is_removed_where_it_is_another_file(tmp_path: Path) -> None:
    """Where case counts, the two are two files."""
    put(tmp_path, A__rss="1")
    assert ["A/rss.xml"] == put(tmp_path, a__rss="1").removed
    assert {"a/rss.xml": "1"} == tree(tmp_path)


def test_what_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feeds are written, the message names the file, and the next build tries again."""
    from pathlib import Path as AnyPath

    put(tmp_path, rss="1", a__rss="2")
    with monkeypatch.context() as patch:
        patch.setattr(AnyPath, "unlink", _refuse)
        with pytest.raises(ConfigurationError, match=r"cannot remove .*a/rss.xml: Permission denied"):
            put(tmp_path, rss="new")
    assert {"rss.xml": "new", "a/rss.xml": "2"} == tree(tmp_path)
    assert ["a/rss.xml"] == put(tmp_path, rss="new").removed


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


# What a manifest says is not trusted


@pytest.mark.parametrize(
    "path",
    ["../mine", "/{0}/mine", "a/../../mine", "./mine", "a//mine", "", "..", "public/../../mine", "C:/mine", "a\\..\\mine",
     "mine\0", ".feeder.json", "link/mine", "linkfile"],
)  # fmt: skip
def test_no_path_leads_out_of_the_directory(tmp_path: Path, path: str) -> None:
    """A forged manifest, with the right digest, removes nothing outside the output, nor through a link."""
    root = tmp_path / "public"
    root.mkdir()
    for mine in (tmp_path / "mine", root / "mine", tmp_path / "elsewhere/mine"):
        mine.parent.mkdir(exist_ok=True)
        mine.write_bytes(b"mine")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    (root / "linkfile").symlink_to(tmp_path / "mine")
    forged(root, path.format(tmp_path))
    put(root, rss="1")
    for mine in (tmp_path / "mine", root / "mine", tmp_path / "elsewhere/mine", root / "linkfile"):
        assert b"mine" == mine.read_bytes()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "1", '"x"', "{}", '{"version": "1"}', '{"version": "1", "files": []}',
     '{"version": "1", "files": {"rss.xml": 1}}', '{"version": "1", "files": {"rss.xml": {"bytes": "x"}}}',
     '{"version": "1", "files": {}, "pinged": 5}', "<<<<<<< HEAD", "[" * 100_000, '{"version": "1", "files": {}, "pinged": {"h": 1}}',
     '{"version": "1", "files": {"a": {"bytes": 1e999, "sha256": "", "type": ""}}}'],
)  # fmt: skip
def test_what_is_no_manifest_removes_nothing(tmp_path: Path, text: str) -> None:
    """It is reported as unreadable, and written anew."""
    (tmp_path / NAME).write_text(text)
    (tmp_path / "atom.xml").write_text("mine")
    outcome = put(tmp_path, rss="1")
    assert (True, []) == (outcome.unreadable, outcome.removed)
    assert {"rss.xml": "1", "atom.xml": "mine"} == tree(tmp_path)
    assert ["rss.xml"] == list(listed(tmp_path))


def test_a_manifest_is_read_as_it_was_written() -> None:
    """Bytes and back give the same manifest, and equal manifests give equal bytes in whatever order they were made."""
    one, two = Print(1, "0" * 64, "x/y"), Print(2, "1" * 64, "x/y")
    manifest = Manifest("1", {"a": one, "é/b": two}, {"c": one}, {"https://hub/": {"a": "0"}})
    assert manifest == manifest_from_bytes(manifest.to_bytes())
    assert manifest.to_bytes() == manifest._replace(files={"é/b": two, "a": one}).to_bytes()


# After a build that did not end


def test_what_an_interrupted_build_wrote_is_not_forgotten(tmp_path: Path) -> None:
    """A file that was written just before the end, and is not built any more, is removed by the next build."""

    class Killed(OnDisk):
        def write(self, artifacts: Any) -> Iterator[Any]:
            for written in super().write(artifacts):
                yield written
                if written.artifact.path != NAME:
                    raise KeyboardInterrupt

    put(tmp_path, atom="0")
    for number in range(3):
        with pytest.raises(KeyboardInterrupt):
            publish.publish(artifacts(x__rss=f"{number}", rss="1"), Killed(tmp_path), "1")
    assert {"atom.xml": "0", "x/rss.xml": "2"} == tree(tmp_path)
    assert ["atom.xml", "x/rss.xml"] == put(tmp_path, rss="1").removed
    assert {"rss.xml": "1"} == tree(tmp_path)


def test_temporary_files_of_a_killed_build_are_swept(tmp_path: Path) -> None:
    """Only those beside a feed and with its name; and none when another build may be at work."""
    put(tmp_path, rss="1", a__rss="2")
    swept = [".rss.xml.0123456789ab.tmp", "a/.rss.xml.abcdefabcdef.tmp", f".{NAME}.0123456789ab.tmp"]
    stays = [".mine.xml.0123456789ab.tmp", ".rss.xml.tmp", "rss.xml.0123456789ab.tmp", "b/.rss.xml.0123456789ab.tmp",
             ".rss.xml.0123456789AB.tmp", "a/.rss.xml.0123456789abc.tmp"]  # fmt: skip
    for name in (*swept, *stays):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    publish.publish(artifacts(rss="1", a__rss="2"), OnDisk(tmp_path), "1")
    assert set(swept) <= set(tree(tmp_path))
    put(tmp_path, rss="1", a__rss="2")
    assert {"rss.xml", "a/rss.xml", *stays} == set(tree(tmp_path))


# The command


@pytest.fixture
def site(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a site with two posts of two categories."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    write("feeder.yml", CONFIGURATION)
    write("posts/a.md", POST.format("A", "Tea"))
    write("posts/b.md", POST.format("B", "Milk"))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments], prog_name="feeder", catch_exceptions=False)


def test_the_command_says_what_it_removed(site: Path, write: Callable[..., Path]) -> None:
    """The sentence counts, --json names; a file that was changed is named on standard error."""
    run()
    write("posts/b.md", POST.format("B", "Tea"))
    result = run("--json")
    assert ["public/categories/milk/rss.xml"] == json.loads(result.stdout)["removed"]
    assert "(2 files, 2 changed, 1 removed)" in result.stderr
    write("posts/b.md", POST.format("B", "Milk"))
    run()
    write("public/categories/milk/rss.xml", "mine")
    write("posts/b.md", POST.format("B", "Tea"))
    result = run("-q")
    assert (0, 1) == (result.exit_code, result.stderr.count("public/categories/milk/rss.xml: kept: "))
    assert "" == run("-q").stderr
    assert "mine" == (site / "public/categories/milk/rss.xml").read_text()


def test_an_unreadable_manifest_is_named(site: Path, write: Callable[..., Path]) -> None:
    """It is no error: the feeds are written."""
    write("public/.feeder.json", "<<<<<<<")
    result = run("-q")
    assert (0, True) == (result.exit_code, (site / "public/rss.xml").exists())
    assert result.stderr.startswith("public/.feeder.json: not a readable manifest")


def test_strict_removes_nothing(site: Path, write: Callable[..., Path]) -> None:
    """A build that is refused leaves the output as it was."""
    run()
    before = {path: path.read_bytes() for path in (site / "public").rglob("*") if path.is_file()}
    write("posts/b.md", "---\ntitle: B\ndate: 1980-01-01\n---\n")
    assert 1 == run("--strict").exit_code
    assert before == {path: path.read_bytes() for path in (site / "public").rglob("*") if path.is_file()}


def test_check_names_each_difference_and_writes_nothing(site: Path, write: Callable[..., Path]) -> None:
    """What differs, is missing or is left over is on standard output, and the exit code is 1."""
    missing = [
        "public/.feeder.json: missing",
        "public/categories/milk/rss.xml: missing",
        "public/categories/tea/rss.xml: missing",
        "public/rss.xml: missing",
    ]
    result = run("--check")
    assert (1, missing, False) == (result.exit_code, result.stdout.splitlines(), (site / "public").exists())
    run()
    assert (0, "") == ((result := run("--check")).exit_code, result.stdout)
    assert "public is up to date." in result.stderr
    write("posts/b.md", POST.format("B", "Coffee"))
    (site / "public/categories/tea/rss.xml").write_text("mine")
    before = {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}
    result = run("--check", "--json")
    assert [
        {"path": "public/.feeder.json", "how": "differs"},
        {"path": "public/categories/coffee/rss.xml", "how": "missing"},
        {"path": "public/categories/milk/rss.xml", "how": "left over"},
        {"path": "public/categories/tea/rss.xml", "how": "differs"},
        {"path": "public/rss.xml", "how": "differs"},
    ] == json.loads(result.stdout)["differences"]
    assert (1, before) == (result.exit_code, {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")})


def test_check_asks_not_who_wrote_the_manifest(site: Path) -> None:
    """Feeds are up to date whichever version of feeder wrote them, and however it laid the manifest out."""
    run()
    path = site / "public/.feeder.json"
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "version": "0.0.1", "about": "As it was then.", "since": 1}))
    assert (0, "") == ((result := run("--check")).exit_code, result.stdout)
    document["files"]["rss.xml"]["sha256"] = "0" * 64
    path.write_text(json.dumps(document))
    assert (1, "public/.feeder.json: differs\n") == ((result := run("--check")).exit_code, result.stdout)


def test_check_knows_nothing_of_other_files(site: Path, write: Callable[..., Path]) -> None:  # noqa: ARG001
    """Pages beside the feeds, and a leftover that was changed, are no difference."""
    run()
    write("public/index.html", "page")
    assert 0 == run("--check").exit_code
    write("posts/b.md", POST.format("B", "Tea"))
    run()
    assert 0 == run("--check").exit_code


@pytest.mark.parametrize(
    ("state", "how"), [("missing", "missing"), ("corrupt", "differs"), ("older", "differs"), ("unfinished", "differs")]
)
def test_check_looks_at_the_manifest(site: Path, write: Callable[..., Path], state: str, how: str) -> None:
    """A build would write it anew where it is not what it would be; without it, left-over files are for ever."""
    path = site / "public/.feeder.json"
    if state == "older":
        write("posts/b.md", POST.format("B", "Coffee"))
        run()
        older = path.read_bytes()
        (site / "posts/b.md").unlink()
    run()
    if state == "missing":
        path.unlink()
    elif state == "unfinished":
        path.write_text(json.dumps({**(said := json.loads(path.read_bytes())), "unfinished": said["files"]}))
    else:
        path.write_bytes(older if state == "older" else b"{")
    result = run("--check")
    assert (1, [f"public/.feeder.json: {how}"]) == (result.exit_code, result.stdout.splitlines())
    run()
    assert 0 == run("--check").exit_code


def test_check_exits_with_1_for_errors_in_posts(site: Path, write: Callable[..., Path]) -> None:  # noqa: ARG001
    """Errors count as they do in a build."""
    write("posts/c.md", "---\ndate: never\n---\n")
    run()
    result = run("--check")
    assert (1, "") == (result.exit_code, result.stdout)


@pytest.mark.parametrize(
    ("epoch", "arguments", "published"),
    [("1700000000", (), True), ("1600000000", (), False), ("0", (), False), ("1600000000", ("--now", "2025-01-01"), True),
     ("", (), True), ("253402300799", (), True)],
)  # fmt: skip
def test_source_date_epoch_is_the_time_of_the_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, arguments: tuple[str, ...], *, published: bool
) -> None:
    """Its seconds decide what is published; --now goes before it, and an empty one is none."""
    (site / "posts/b.md").unlink()
    (site / "posts/a.md").write_text(POST.format("A", "Tea").replace("2024-01-31", "2022-01-31"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert 0 == run("--format", "json", *arguments).exit_code
    titles = [item["title"] for item in json.loads((site / "public/feed.json").read_bytes())["items"]]
    assert (["A"] if published else []) == titles


@pytest.mark.parametrize("epoch", ["x", "-1", "1.5", "1e9", " 1", "253402300800", "9" * 40, "0x10", "\u0661"])
def test_a_source_date_epoch_that_is_none_exits_with_2(site: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """Nothing is built, and the message says what the variable takes; --now makes it no matter."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    result = run()
    assert (2, False) == (result.exit_code, (site / "public").exists())
    assert "error: SOURCE_DATE_EPOCH must be a number of seconds since 1970" in result.stderr
    assert 0 == run("--now", "2025-01-01").exit_code
