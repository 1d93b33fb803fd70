"""feeder/storage/files.py: what is found and read below the posts directory, and how feeds get on disk."""

from __future__ import annotations

import os
import socket
import stat
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feeder.model import Artifact, Source
from feeder.problems import ConfigurationError, Problem, Unsound
from feeder.storage import files
from feeder.storage.files import PostsDirectory, source_from_bytes
from feeder.texts.postnames import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Return an empty posts directory, with a file beside it that nobody may read."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "secret.md").write_text("secret")
    return tmp_path / "posts"


@pytest.fixture
def alarm() -> Iterator[None]:
    """Fail a test that waits, rather than let it wait for ever."""
    import signal

    def ring(*_: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def found(root: Path, *include: str, exclude: tuple[str, ...] = (), output: Path | None = None) -> list[str]:
    """Return the posts found, when there must not be a problem."""
    paths, problems = PostsDirectory(root, include, exclude, output).find()
    assert [] == problems
    return paths


def faults(root: Path, *exclude: str) -> list[tuple[str, str]]:
    """Return the path below the root and the code of each problem, when no post must be found."""
    paths, problems = PostsDirectory(root, exclude=exclude).find()
    assert [] == paths
    assert all((item.line, item.column) == (1, 1) for item in problems)
    return sorted((Path(item.path).relative_to(root).as_posix(), item.code) for item in problems)


def read(root: Path, name: str) -> Source:
    """Return a post as text."""
    directory = PostsDirectory(root)
    return source_from_bytes(directory.read(name).data, name, directory.shown(name))


def unsound(root: Path, name: str) -> Problem:
    with pytest.raises(Unsound) as caught:
        read(root, name)
    (item,) = caught.value.problems
    return item


# Finding


def test_posts_are_found_by_their_extension_in_any_case(posts: Path) -> None:
    """The five extensions count whatever their case, in every directory; nothing else does."""
    wanted = ["A.MD", "b.markdown", "c.Html", "d/e.HTM", "d/f/g.txt", "h.i.md"]
    touch(posts, *wanted, "a.mdxx", "md", "b.md.bak", "c.json", "d/e.png", "feed.xml", "x.md~")
    assert sorted(wanted) == found(posts)


def test_hidden_files_and_directories_stay_out(posts: Path) -> None:
    """A dot at the beginning hides a file and all below a directory; so does node_modules."""
    touch(posts, ".a.md", ".git/b.md", "c/.d/e.md", ".md", "node_modules/f/README.md", "c/node_modules/g.md", "z.md")
    assert ["z.md"] == found(posts)


def test_posts_come_sorted_by_their_whole_path(posts: Path) -> None:
    """The order is that of the paths as text, not of the file system."""
    names = ["b/a.md", "b.md", "B.md", "b-c.md", "a/z/y.md", "é.md", "日.md"]
    touch(posts, *names)
    assert sorted(names) == found(posts)


def test_an_output_directory_among_the_posts_is_skipped(posts: Path) -> None:
    """What feeder writes is not read again, however its path is spelled."""
    touch(posts, "a.md", "public/b.html", "public/c/d.html", "public2/e.html", "f/public/g.html")
    for output in (posts / "public", posts / "x" / ".." / "public"):
        assert ["a.md", "f/public/g.html", "public2/e.html"] == found(posts, output=output)


def test_the_posts_directory_as_the_output_is_still_read(posts: Path) -> None:
    """Feeds may be written beside the posts."""
    touch(posts, "a.md", "feed.json")
    assert ["a.md"] == found(posts, output=posts)


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [((), (), ["a.md", "b.txt", "news/c.md", "news/old/d.md"]), (("news/*",), (), ["news/c.md", "news/old/d.md"]),
     (("*.md",), (), ["a.md", "news/c.md", "news/old/d.md"]), (("a.md", "*.txt"), (), ["a.md", "b.txt"]),
     ((), ("news/*",), ["a.md", "b.txt"]), (("news/*",), ("*/old/*",), ["news/c.md"]), (("A.MD",), (), []),
     ((), ("*",), []), (("[ab].*",), (), ["a.md", "b.txt"])],
)  # fmt: skip
def test_patterns_choose_posts(
    posts: Path, include: tuple[str, ...], exclude: tuple[str, ...], expected: list[str]
) -> None:
    """A post must match a pattern of ``include``, if there are any, and none of ``exclude``."""
    touch(posts, "a.md", "b.txt", "news/c.md", "news/old/d.md")
    assert expected == found(posts, *include, exclude=exclude)


def test_a_directory_named_like_a_post_is_reported_and_looked_into(posts: Path) -> None:
    """``x.md/`` is no post; what is in it may be."""
    touch(posts, "x.md/y.md")
    paths, problems = PostsDirectory(posts).find()
    assert ["x.md/y.md"] == paths
    assert [(f"{posts}/x.md", "not-a-file")] == [(item.path, item.code) for item in problems]


def test_an_excluded_directory_named_like_a_post_is_not_reported(posts: Path) -> None:
    """What a pattern leaves out is not complained of."""
    (posts / "x.md").mkdir()
    assert [] == faults(posts, "x.md")


@pytest.mark.parametrize("target", ["../secret.md", "/etc/passwd", "a/../../secret.md", "../posts/../secret.md"])
def test_a_link_that_leaves_the_posts_is_reported(posts: Path, target: str) -> None:
    """A symbolic link out of the directory is no post, wherever it leads."""
    (posts / "a").mkdir()
    (posts / "x.md").symlink_to(target)
    assert [("x.md", "outside")] == faults(posts)


def test_a_chain_of_links_that_leaves_the_posts_is_reported(posts: Path) -> None:
    """A link to a link is judged by where the last one leads."""
    (posts / "y.dat").symlink_to("../secret.md")
    (posts / "x.md").symlink_to("y.dat")
    assert [("x.md", "outside")] == faults(posts)


def test_a_directory_whose_name_merely_begins_alike_is_outside(posts: Path) -> None:
    """``posts-private`` is not below ``posts``."""
    touch(posts.parent, "posts-private/a.md")
    (posts / "x.md").symlink_to("../posts-private/a.md")
    assert [("x.md", "outside")] == faults(posts)


def test_links_that_loop_or_dangle_are_reported(posts: Path) -> None:
    """A link that leads nowhere cannot be read, and is named."""
    (posts / "a.md").symlink_to("b.md")
    (posts / "b.md").symlink_to("a.md")
    (posts / "self.md").symlink_to("self.md")
    (posts / "gone.md").symlink_to("nowhere.md")
    assert [(name, "unreadable") for name in ("a.md", "b.md", "gone.md", "self.md")] == faults(posts)


def test_links_that_are_not_named_like_posts_are_nobodys_business(posts: Path) -> None:
    """A dangling or leaving link of another name is not mentioned."""
    (posts / "a.png").symlink_to("/etc/passwd")
    (posts / "b.jpg").symlink_to("nowhere")
    assert [] == faults(posts)


@pytest.mark.parametrize("target", [".", "..", "/etc", "sub"])
def test_links_to_directories_are_not_followed(posts: Path, target: str) -> None:
    """Directories are walked where they lie, so that no loop of links is walked for ever."""
    (posts / "sub").mkdir()
    (posts / "link").symlink_to(target)
    assert [("link", "symlinked-directory")] == faults(posts)


def test_links_within_the_posts_are_followed(posts: Path) -> None:
    """A link to a file below the posts directory is a post of its own, also when that directory is a link."""
    touch(posts, "a.md", "sub/b.md")
    (posts / "x.md").symlink_to("sub/b.md")
    (posts.parent / "other").symlink_to("posts")
    assert ["a.md", "sub/b.md", "x.md"] == found(posts) == found(posts.parent / "other")


@pytest.mark.parametrize("name", ["nowhere", "secret.md"])
def test_a_posts_directory_that_is_none_stops_everything(posts: Path, name: str) -> None:
    """Without the directory there is nothing to do; the message names it."""
    with pytest.raises(ConfigurationError, match=name):
        PostsDirectory(posts.parent / name).find()


def test_a_directory_that_cannot_be_looked_into_is_reported(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One closed directory does not hide the posts beside it."""
    touch(posts, "a.md", "closed/b.md")
    look = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return look(path)

    with monkeypatch.context() as closed:
        closed.setattr(os, "scandir", scandir)
        paths, problems = PostsDirectory(posts).find()
    assert ["a.md"] == paths
    assert [("unreadable", "cannot be read: Permission denied")] == [(item.code, item.message) for item in problems]


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"a\xff.md", "a\\xff.md"), (b"b\n.md", "b\\x0a.md"), (b"c\x1b[31m.md", "c\\x1b[31m.md"), (b"d\xff/e.md", "d\\xff/e.md")],
)  # fmt: skip
def test_a_name_that_is_no_text_is_reported_on_one_printable_line(posts: Path, name: bytes, shown: str) -> None:
    """A name that is not UTF-8, or holds a control character, of a post or of a directory above it, is no address."""
    touch(posts, os.fsdecode(name))
    paths, problems = PostsDirectory(posts).find()
    assert [] == paths
    assert [("bad-name", 1, 1)] == [(item.code, item.line, item.column) for item in problems]
    assert problems[0].path in {f"{posts}/{shown}", f"{posts}/{shown.partition('/')[0]}"}


def test_a_name_of_any_script_is_text(posts: Path) -> None:
    """Letters, signs and spaces of every kind make a name."""
    names = ["a b.md", "é.md", "日本.md", "😀.md", "a'\"&<>%#?:.md", "e\u0301.md"]
    touch(posts, *names)
    assert sorted(names) == found(posts)


def test_a_path_is_shown_on_one_printable_line() -> None:
    """Whatever a path holds, a message stays one line and writes nothing to a terminal but text."""
    path = os.fsdecode(b"a\xff\n\x1b[31m\xe2\x80\xa8\xc3\xa9.md")
    assert "x/a\\xff\\x0a\\x1b[31m\\x2028é.md" == PostsDirectory(Path("x")).shown(path)


# Reading


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), (b"a\xc3\xa9\n", "aé\n"), (b"\xef\xbb\xbfa\n", "a\n"), ("a上😀\n".encode("utf-16"), "a上😀\n"),
     ("\ufeffa上\n".encode("utf-16-le"), "a上\n"), ("\ufeffa上\n".encode("utf-16-be"), "a上\n"), (b"\xef\xbb\xbf", ""),
     (b"\xef\xbb\xbf" * 3 + b"a\n", "a\n"), ("\ufeff\ufeffa\n".encode("utf-16-be"), "a\n"),
     (b"a\r\nb\rc\n\r\n", "a\nb\nc\n\n"), (b"a\x00\x0b\x0c\x1b\x7f\xef\xbf\xbeb", "ab"), (b"a\tb", "a\tb"),
     ("\ufeffa\r\nb".encode("utf-16-le"), "a\nb"), (b"a\xc2\x85\xe2\x80\xa8b", "a…\u2028b")],
)  # fmt: skip
def test_a_post_is_read_as_text(posts: Path, data: bytes, text: str) -> None:
    """UTF-8 and, with a byte order mark, UTF-16; line ends are LF; what XML cannot carry is gone."""
    (posts / "a.md").write_bytes(data)
    source = read(posts, "a.md")
    assert (text, "a.md", f"{posts}/a.md") == (source.text, source.path, source.shown)


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [(b"\xff", 1, 1, "not UTF-8: byte 0xFF at offset 0"), (b"abc\nde\xe9 f", 2, 3, "not UTF-8: byte 0xE9 at offset 6"),
     ("日本\n日".encode() + b"\x80", 2, 2, "not UTF-8: byte 0x80 at offset 10"),
     (b"a\r\nb\xc3(", 2, 2, "not UTF-8: byte 0xC3 at offset 4"), (b"ab\xe6\x97", 1, 3, "not UTF-8: byte 0xE6 at offset 2"),
     (b"a\xed\xa0\x80b", 1, 2, "not UTF-8: byte 0xED at offset 1"), (b"a\xc0\xafb", 1, 2, "not UTF-8: byte 0xC0 at offset 1"),
     (b"\xef\xbb\xbfabc\nde\xfff", 2, 3, "not UTF-8: byte 0xFF at offset 9"),
     (b"\xef\xbb\xbf\xff", 1, 1, "not UTF-8: byte 0xFF at offset 3"),
     ("\ufeffa上\nx".encode("utf-16-le") + b"\x00\xd8y\x00", 2, 2, "not UTF-16: byte 0x00 at offset 10"),
     ("\ufeff上上\nab".encode("utf-16-be") + b"\xdc\x00", 2, 3, "not UTF-16: byte 0xDC at offset 12"),
     ("\ufeffab".encode("utf-16-le") + b"c", 1, 3, "not UTF-16: byte 0x63 at offset 6")],
)  # fmt: skip
def test_bytes_that_are_no_text_are_named(posts: Path, data: bytes, line: int, column: int, message: str) -> None:
    """The first such byte, its offset in the file, and its line and column in characters."""
    (posts / "a.md").write_bytes(data)
    item = unsound(posts, "a.md")
    assert ("not-text", line, column, message) == (item.code, item.line, item.column, item.message)


@pytest.mark.usefixtures("alarm")
def test_a_fifo_is_not_waited_for(posts: Path) -> None:
    """A FIFO called like a post is found, and refused at once."""
    os.mkfifo(posts / "x.md")
    assert ["x.md"] == found(posts)
    assert "not-a-file" == unsound(posts, "x.md").code


@pytest.mark.usefixtures("alarm")
def test_a_socket_and_a_device_are_refused(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is no regular file is refused."""
    monkeypatch.chdir(posts)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.md")
    assert unsound(posts, "s.md").code in {"not-a-file", "unreadable"}
    (posts / "z.md").symlink_to("/dev/zero")
    assert "not-a-file" == unsound(posts, "z.md").code


def test_a_file_that_disappears_is_reported(posts: Path) -> None:
    """A file that was found and is gone when it is read costs one post."""
    item = unsound(posts, "gone.md")
    assert ("unreadable", f"{posts}/gone.md") == (item.code, item.path)
    assert "No such file" in item.message


def test_a_file_that_fails_to_open_is_reported(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal of the system is told in the system's words."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    touch(posts, "a.md")
    monkeypatch.setattr(os, "open", refuse)
    item = unsound(posts, "a.md")
    assert ("unreadable", "cannot be read: Permission denied") == (item.code, item.message)


def test_a_file_beyond_the_limit_is_not_read(posts: Path) -> None:
    """64 MiB are read, a byte more is refused without being read."""
    with (posts / "a.md").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    tracemalloc.start()
    item = unsound(posts, "a.md")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ("too-large", 64 * 2**20) == (item.code, MAX_BYTES)
    assert str(MAX_BYTES + 1) in item.message
    assert peak < 2**20


# Writing


def feed(path: str = "rss.xml", data: bytes = b"new") -> Artifact:
    return Artifact(path=path, media_type="application/rss+xml", data=data)


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below ``root``, hidden ones too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_artifacts_are_written_below_the_output(tmp_path: Path) -> None:
    """Directories are made as needed, and what was written is told in order."""
    written = list(files.write([feed(), feed("categories/a/rss.xml", b"")], tmp_path / "a/b"))
    assert {"rss.xml": b"new", "categories/a/rss.xml": b""} == tree(tmp_path / "a/b")
    assert [("rss.xml", True), ("categories/a/rss.xml", True)] == [
        (item.artifact.path, item.changed) for item in written
    ]
    assert tmp_path / "a/b/rss.xml" == written[0].path


def test_an_identical_file_is_left_untouched(tmp_path: Path) -> None:
    """Its time of modification, which servers send as Last-Modified, stays; a different one is replaced."""
    for name in ("rss.xml", "atom.xml"):
        (tmp_path / name).write_bytes(b"new" if name == "rss.xml" else b"old")
        os.utime(tmp_path / name, (1e9, 1e9))
    written = list(files.write([feed(), feed("atom.xml")], tmp_path))
    assert [False, True] == [item.changed for item in written]
    assert 1e9 == (tmp_path / "rss.xml").stat().st_mtime
    assert 1e9 < (tmp_path / "atom.xml").stat().st_mtime
    assert {"rss.xml": b"new", "atom.xml": b"new"} == tree(tmp_path)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_replacement_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Up to the last moment the old feed is there, and nothing is left beside it."""

    def fail(*_: object) -> None:
        raise error

    (tmp_path / "rss.xml").write_bytes(b"old")
    for module, name in ((os, "replace"), (os, "rename"), (Path, "replace"), (Path, "rename")):
        monkeypatch.setattr(module, name, fail)
    with pytest.raises(ConfigurationError if isinstance(error, OSError) else KeyboardInterrupt):
        list(files.write([feed()], tmp_path))
    assert {"rss.xml": b"old"} == tree(tmp_path)


def test_a_full_disk_is_a_configuration_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file and the system's reason; the old file stays, no temporary one does."""

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    (tmp_path / "rss.xml").write_bytes(b"old")
    monkeypatch.setattr(Path, "chmod", fail)
    monkeypatch.setattr(os, "fchmod", fail)
    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ConfigurationError, match=r"cannot write .*rss.xml: No space left on device"):
        list(files.write([feed()], tmp_path))
    assert {"rss.xml": b"old"} == tree(tmp_path)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_feed_has_the_permissions_of_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    """A web server can read what the user's umask lets it read, and the umask is left as it was."""
    before = os.umask(mask)
    try:
        list(files.write([feed()], tmp_path))
        after = os.umask(mask)
    finally:
        os.umask(before)
    assert mode == stat.S_IMODE((tmp_path / "rss.xml").stat().st_mode)
    assert mask == after


@pytest.mark.parametrize("path", ["categories/rss.xml", "categories/a/rss.xml", "categories/a/b/rss.xml"])
def test_nothing_is_written_through_a_link_to_a_directory(tmp_path: Path, path: str) -> None:
    """A symbolic link below the output that leads out of it is refused, and not so much as a directory is made there."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").mkdir()
    (tmp_path / "public/categories").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError, match="symbolic link"):
        list(files.write([feed(path)], tmp_path / "public"))
    assert [] == list((tmp_path / "elsewhere").iterdir())


def test_a_link_in_a_feeds_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """The file that a link points to is left alone, whatever it holds."""
    for data in (b"old", b"new"):
        (tmp_path / "target").write_bytes(data)
        (tmp_path / "public").mkdir(exist_ok=True)
        (tmp_path / "public/rss.xml").unlink(missing_ok=True)
        (tmp_path / "public/rss.xml").symlink_to(tmp_path / "target")
        list(files.write([feed()], tmp_path / "public"))
        assert (data, False) == ((tmp_path / "target").read_bytes(), (tmp_path / "public/rss.xml").is_symlink())


def test_the_output_itself_may_be_a_link(tmp_path: Path) -> None:
    """Who makes the output directory a link means it."""
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to("real")
    list(files.write([feed("a/rss.xml")], tmp_path / "public"))
    assert {"a/rss.xml": b"new"} == tree(tmp_path / "real")


@pytest.mark.parametrize("obstacle", ["output", "directory", "file"])
def test_an_obstacle_is_a_configuration_error(tmp_path: Path, obstacle: str) -> None:
    """A file where a directory must be, or a directory where the feed must be, is named."""
    output = tmp_path / "public"
    if obstacle == "output":
        output.write_bytes(b"mine")
    elif obstacle == "directory":
        touch(output, "a")
    else:
        (output / "a/rss.xml").mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="cannot write"):
        list(files.write([feed("a/rss.xml")], output))
    assert not [path for path in tmp_path.rglob("*") if "tmp" in path.suffix]


def test_nothing_is_written_when_one_target_lies_outside(tmp_path: Path) -> None:
    """All targets are looked at before the first is written."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").mkdir()
    (tmp_path / "public/categories").symlink_to(tmp_path / "elsewhere")
    artifacts = [Artifact(path=name, media_type="x/y", data=b"z") for name in ("rss.xml", "categories/a/rss.xml")]
    with pytest.raises(ConfigurationError, match="is outside"):
        list(files.write(artifacts, tmp_path / "public"))
    assert ["categories"] == [path.name for path in (tmp_path / "public").iterdir()]
