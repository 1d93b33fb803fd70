"""feeder/storage/remote.py, feeder/storage/places.py and feeder/storage/placenames.py: posts, pictures and feeds behind URLs, as on disk."""

from __future__ import annotations

import pickle
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

import fsspec
import pytest
from click.testing import CliRunner
from conftest import NOW
from fsspec.implementations.memory import MemoryFileSystem
from sites import FILES, PIXEL, run, tree

import feeder
from feeder.cli import main
from feeder.content import all_rendered
from feeder.media import images
from feeder.model import Artifact, Facts, Sight
from feeder.problems import ConfigurationError, Unsound, format_problem
from feeder.storage import files, places, remote
from feeder.storage.placenames import beside, is_remote, place_from_text, without_password
from feeder.storage.remote import PostsDirectory
from feeder.storage.stores import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

POSTS = "memory://site/posts"
SIGNED = "AWS4-HMAC-SHA256 Credential=nobody/20260601/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none"


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    """Yield a store in memory, empty."""
    system = MemoryFileSystem()
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def put(store: MemoryFileSystem) -> Callable[..., None]:
    """Return a function that puts files into the posts directory of the store."""

    def put_files(*names: str, content: bytes = b"x") -> None:
        for name in names:
            store.pipe_file(f"/site/posts/{name}", content)

    return put_files


@pytest.fixture
def site(store: MemoryFileSystem) -> None:
    """Put the whole site into the store."""
    for name, content in FILES.items():
        store.pipe_file(f"/site/{name}", content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def local(built_site: Path) -> Path:
    """Return the directory of the site, built from disk."""
    return built_site


def found(*include: str, exclude: tuple[str, ...] = (), output: str = "") -> list[str]:
    """Return the posts found, when there must not be a problem."""
    paths, problems = PostsDirectory(POSTS, include, exclude, output).find()
    assert [] == problems
    return paths


def said_of(local: Path, posts: str) -> list[str]:
    """Return what a build from disk said of posts, as one from elsewhere must say it."""
    lines = (local / "said.txt").read_text().splitlines()[1:-1]
    return [
        line.replace("posts/", f"{posts}/", 1).replace("same id as posts/", f"same id as {posts}/") for line in lines
    ]


# The whole


@pytest.mark.usefixtures("site")
def test_memory_gives_the_bytes_of_the_disk(local: Path, store: MemoryFileSystem) -> None:
    """A site behind URLs has the bytes, the problems and the counts of the same site on disk."""
    options = {"config_file": local / "feeder.yml", "now": NOW}
    here = feeder.build("posts", directory=local, **options)  # type: ignore[arg-type]
    there = feeder.build(POSTS, directory=local, **options)  # type: ignore[arg-type]
    assert here.artifacts == there.artifacts
    assert said_of(local, POSTS) == [format_problem(item) for item in there.problems]
    assert (here.failed, len(here.left_out)) == (there.failed, len(there.left_out))
    written = feeder.write(there.artifacts, "memory://site/public")
    assert [f"memory://site/public/{item.path}" for item in there.artifacts] == written
    assert tree(local / "public") == {name.removeprefix("/site/public/"): store.cat_file(name) for name in store.find("/site/public")}  # fmt: skip


@pytest.mark.usefixtures("site")
def test_the_command_reads_and_writes_urls(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``feeder build URL -o URL`` names URLs wherever it would name paths, and leaves alone what is there already."""
    monkeypatch.chdir(local)
    arguments = ["build", POSTS, "-o", "memory://site/public/", "--now", "2026-06-01", "--no-cache"]
    first, again = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert (1, 1) == (first.exit_code, again.exit_code)
    assert "memory://site/public/categories/hot/rss.xml" in first.stdout.splitlines()
    assert "Published 36 posts to memory://site/public: rss.xml" in first.stderr
    assert ("", True) == (again.stdout, "none changed" in again.stderr)
    assert said_of(local, POSTS) == again.stderr.splitlines()[:-1]


@pytest.mark.usefixtures("site")
def test_what_is_no_longer_built_is_removed(
    local: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a URL as on disk: what feeder wrote there and has not been changed since, and nothing else."""
    monkeypatch.chdir(local)
    arguments = ["build", POSTS, "-o", "memory://site/feeds", "--now", "2026-06-01", "--no-cache"]
    CliRunner().invoke(main, arguments)
    store.pipe_file("/site/feeds/categories/hot/atom.xml", b"mine")
    store.pipe_file("/site/feeds/mine.xml", b"mine")
    checked = CliRunner().invoke(main, [*arguments, "--format", "rss", "--check"])
    assert (1, True) == (checked.exit_code, "memory://site/feeds/atom.xml: left over" in checked.stdout.splitlines())
    built = CliRunner().invoke(main, [*arguments, "--format", "rss"])
    assert "memory://site/feeds/categories/hot/atom.xml: kept: " in built.stderr
    left = [name.removeprefix("/site/feeds/") for name in store.find("/site/feeds") if not name.endswith("/rss.xml")]
    assert [".feeder.json", "categories/hot/atom.xml", "mine.xml"] == left


@pytest.mark.usefixtures("site")
def test_posts_behind_urls_are_explained_but_not_pinned(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``explain`` and ``next`` read posts anywhere; ``pin`` writes into files on disk only, and says so."""
    monkeypatch.chdir(local)
    name = PostsDirectory(POSTS).find()[0][0]
    explained = CliRunner().invoke(main, ["explain", name, "--posts", POSTS, "--now", "2026-06-01"])
    assert f"{POSTS}/{name}: " == explained.stdout[: len(f"{POSTS}/{name}: ")]
    assert 0 == CliRunner().invoke(main, ["next", POSTS, "--now", "2026-06-01"]).exit_code
    refused = CliRunner().invoke(main, ["pin", POSTS, "--now", "2026-06-01"])
    assert (2, "") == (refused.exit_code, refused.stdout)
    assert f"error: cannot write to {POSTS}" in refused.stderr


@pytest.mark.usefixtures("site")
def test_a_cache_changes_no_byte(
    local: Path, tmp_path: Path, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a cache, posts behind URLs are read, since they have no stamp; what changed is seen, and the rest recalled."""
    monkeypatch.chdir(local)
    rendered: list[str] = []
    monkeypatch.setattr("feeder.render.all_rendered", _noting(all_rendered, rendered))
    arguments = ["build", POSTS, "--now", "2026-06-01", "--cache", str(tmp_path / "cache"), "-o"]
    CliRunner().invoke(main, [*arguments, "memory://site/first"])
    assert 36 == len(set(rendered))  # one with a problem twice, since that has a place
    rendered.clear()
    CliRunner().invoke(main, [*arguments, "memory://site/second"])
    assert [] == rendered
    assert store.cat_file("/site/first/rss.xml") == store.cat_file("/site/second/rss.xml")
    store.pipe_file("/site/posts/tea.md", b"---\ntitle: Mate\ndate: 2024-01-02\n---\nNo tea.")
    CliRunner().invoke(main, [*arguments, "memory://site/third"])
    assert ["tea.md"] == rendered
    assert b"Mate" in store.cat_file("/site/third/rss.xml")


def _noting(function: Callable[..., Any], noted: list[str]) -> Callable[..., Any]:
    def call(bodies: Any, *arguments: Any, **how: Any) -> Any:
        noted.extend(body.path for body in bodies)
        return function(bodies, *arguments, **how)

    return call


def test_a_file_url_is_a_path(local: Path, tmp_path: Path) -> None:
    """``file://`` is the local path that it names, for posts and for output; escapes are what they stand for."""
    output = tmp_path / "an output"
    ran = run(local, (local / "posts").as_uri(), "-o", output.as_uri())
    assert tree(local / "public") == tree(output)
    assert said_of(local, f"{local}/posts") == ran.stderr.splitlines()[:-1]


# S3


def test_a_bucket_gives_the_bytes_of_the_disk(local: Path, bucket: str, cluster: str) -> None:
    """Posts in S3, read by threads, processes or a cluster, give the bytes and the problems of the same posts on disk.

    So the second and the third find that nothing changed, and leave the bucket alone.
    """
    expected = tree(local / "public")
    for options in (
        (),
        ("--executor", "concurrent.futures:ProcessPoolExecutor", "--jobs", "2"),
        ("--executor", cluster),
    ):
        ran = run(local, "s3://bucket/posts", "-o", "s3://bucket/feeds", *options, AWS_ENDPOINT_URL=bucket)
        assert said_of(local, "s3://bucket/posts") == ran.stderr.splitlines()[:-1]
        assert (set() if options else {f"s3://bucket/feeds/{name}" for name in expected}) == set(
            ran.stdout.splitlines()
        )
        assert ("none changed" in ran.stderr) == bool(options)
    kinds = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}
    for name, data in expected.items():
        request = urllib.request.Request(f"{bucket}/bucket/feeds/{name}", headers={"Authorization": SIGNED})
        with urllib.request.urlopen(request) as answer:
            assert data == answer.read()
            assert kinds[name.rpartition("/")[2]] == answer.headers["Content-Type"]


@pytest.mark.parametrize(
    ("posts", "said"),
    [("s3://bucket/nosuch", "no such directory"), ("s3://other", "bucket")],
)  # fmt: skip
def test_a_bucket_without_posts_is_a_usage_error(local: Path, bucket: str, posts: str, said: str) -> None:
    """A place that is not there is said in one line, with exit code 2."""
    ran = run(local, posts, "-o", "s3://bucket/none", AWS_ENDPOINT_URL=bucket)
    assert (2, "", 1) == (ran.returncode, ran.stdout, len(ran.stderr.splitlines()))
    assert said in ran.stderr


# Finding and reading


def test_what_is_found_is_what_would_be_found_on_disk(put: Callable[..., None]) -> None:
    """Hidden files, other people's and other kinds stay out; the order is that of paths."""
    put("b.md", "a/z.MARKDOWN", "a/b.txt", ".c.md", ".d/e.md", "a/node_modules/f.md", "g.png", "h/.i/j.md", "k.htm")
    assert ["a/b.txt", "a/z.MARKDOWN", "b.md", "k.htm"] == found()


def test_patterns_and_output_choose(put: Callable[..., None]) -> None:
    """Include, exclude and an output below the posts leave files out; an output elsewhere or above does not."""
    put("a.md", "news/b.md", "news/c.md", "public/d.md", "publicity.md")
    assert ["news/b.md"] == found("news/*", exclude=("*/c.md",))
    assert ["a.md", "news/b.md", "news/c.md", "publicity.md"] == found(output=f"{POSTS}/public")
    assert 5 == len(found(output=POSTS)) == len(found(output="memory://site")) == len(found(output="memory://public"))


def test_the_order_of_a_listing_does_not_matter(
    put: Callable[..., None], store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever order a store lists its files in, posts come in that of their paths."""
    put("c.md", "a.md", "b/a.md", "x.md/y.md", "w.md/y.md")
    straight = PostsDirectory(POSTS).find()
    listed = store.find("/site/posts", detail=True)
    backwards = dict(reversed(listed.items()))
    monkeypatch.setattr(MemoryFileSystem, "find", lambda *_, **__: backwards)
    assert straight == PostsDirectory(POSTS).find()
    assert ["a.md", "b/a.md", "c.md", "w.md/y.md", "x.md/y.md"] == straight[0]


def test_what_cannot_be_read_is_reported(
    put: Callable[..., None], store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file that is named like a post and is none is a problem with its URL, on one line."""
    put("a.md/b.md", "line\nbreak.md", "good.md")
    put("large.md", content=b"too large")
    listed = store.find("/site/posts", detail=True)
    listed["/site/posts/odd//c.md"] = {"type": "file", "size": 1}
    listed["/site/posts/pipe.md"] = {"type": "other", "size": 1}
    listed["/site/posts/marker.md/"] = {"type": "file", "size": 0}
    listed["/site/posts/sub/../../up.md"] = {"type": "file", "size": 0}
    monkeypatch.setattr(MemoryFileSystem, "find", lambda *_, **__: listed)
    monkeypatch.setattr(remote, "MAX_BYTES", 5)
    paths, problems = PostsDirectory(POSTS).find()
    assert ["a.md/b.md", "good.md"] == paths
    assert [
        (f"{POSTS}/a.md", "not-a-file"), (f"{POSTS}/large.md", "too-large"), (f"{POSTS}/line\\x0abreak.md", "bad-name"),
        (f"{POSTS}/odd//c.md", "not-a-file"), (f"{POSTS}/pipe.md", "not-a-file"),
    ] == [(item.path, item.code) for item in problems]  # fmt: skip


def test_a_post_is_read_whole(put: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A post is its bytes, without a stamp; one that is gone, or has grown too large, is a problem of its own."""
    put("a.md", content=b"\xff\x00 bytes")
    assert (b"\xff\x00 bytes", None) == PostsDirectory(POSTS).read("a.md")
    assert PostsDirectory(POSTS).stamp("a.md") is None
    with pytest.raises(Unsound, match=r"memory://site/posts/b.md:1:1: error \[unreadable\] cannot be read"):
        PostsDirectory(POSTS).read("b.md")
    monkeypatch.setattr(remote, "MAX_BYTES", 5)
    with pytest.raises(Unsound, match=r"\[too-large\] 8 bytes"):
        PostsDirectory(POSTS).read("a.md")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("error", "code"), [(PermissionError(13, "not yours"), 1), (ConnectionResetError(104, "reset"), 2), (KeyError(), 2)]
)
def test_one_file_costs_itself_and_a_lost_connection_the_build(
    local: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    """A post that may not be read is left out; when a store stops answering, nothing is written at all."""
    read = MemoryFileSystem.cat_file

    def failing(system: MemoryFileSystem, path: str, *arguments: Any, **options: Any) -> Any:
        if path.endswith("/tea.md"):
            raise error
        return read(system, path, *arguments, **options)

    monkeypatch.setattr(MemoryFileSystem, "cat_file", failing)
    monkeypatch.chdir(local)
    result = CliRunner().invoke(main, ["build", POSTS, "-o", "memory://site/out", "--no-cache", "-q"])
    assert code == result.exit_code
    assert (code == 1) == MemoryFileSystem().exists("/site/out/rss.xml")
    assert f"{POSTS}/tea.md" in result.stderr
    assert code == 1 or 1 == len(result.stderr.splitlines())


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("memory://nosuch", "cannot read posts: memory://nosuch: no such directory"),
        ("memory://site/file.md", "cannot read posts: memory://site/file.md: not a directory"),
        ("nosuch://bucket/posts", "cannot open nosuch://bucket/posts: Protocol not known: nosuch"),
        (
            "https://site.example/posts",
            "cannot use https://site.example/posts as a directory: feeder does not read or write files",
        ),
        ("file://host/posts", "a file:// URL must have three slashes"),
    ],
)
def test_a_place_that_is_none_is_a_usage_error(store: MemoryFileSystem, tmp_path: Path, place: str, said: str) -> None:
    """What cannot be read from or written to is said in one line, with exit code 2."""
    (tmp_path / "posts").mkdir()
    store.pipe_file("/site/file.md", b"x")
    arguments = ["build", "--url", "https://site.example/", "--no-cache", "-q"]
    result = CliRunner().invoke(main, [*arguments, place, "-o", str(tmp_path / "public")])
    assert (2, 1, True) == (result.exit_code, len(result.stderr.splitlines()), said in result.stderr)
    if not place.startswith("memory:"):
        result = CliRunner().invoke(main, [*arguments, str(tmp_path / "posts"), "-o", place])
        assert (2, True) == (result.exit_code, said in result.stderr)


@pytest.mark.parametrize("missing", ["fsspec", "fsspec.core", "s3fs"])
def test_packages_for_urls_are_extras(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fsspec or the package for a kind of URL is not installed, the message names what to install."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ConfigurationError, match=r"cannot open s3://bucket/posts: .*pip install 'feeder\[dask\]' s3fs"):
        PostsDirectory("s3://bucket/posts").find()


# Pictures


DOT = Facts(len(PIXEL), "image/png", 1, 1)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("local_path", "post", "expected"),
    [
        ("beside.png", "tea.md", {"there": True, "facts": DOT}),
        ("../beside.png", "2024/deep.md", {"there": True, "facts": DOT}),
        ("/wide.png", "tea.md", {"there": True, "asset": "wide.png", "facts": DOT}),
        ("tea.md", "tea.md", {"there": True, "fault": "not a recognisable picture"}),
        ("../../feeder.yml", "2024/deep.md", {"there": False, "missing": True}),
        ("/../feeder.yml", "tea.md", {"there": False, "missing": True}),
        ("many", "tea.md", {"there": False, "missing": True}),
        ("x" * 2000, "tea.md", {"there": False, "missing": True}),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_pictures_are_seen_as_on_disk(
    local: Path, store: MemoryFileSystem, local_path: str, post: str, expected: dict[str, Any]
) -> None:
    """A library behind URLs sees what one on disk sees, and nothing outside its roots."""
    for root in ("posts", "static"):
        store.pipe_file(f"/site/{root}/../feeder.yml", PIXEL)  # a store takes dots for a name like any other
    on_disk = images.Library(local / "posts", (local / "static",))
    behind = Library(POSTS, ("memory://site/static",))
    mixed = Library(str(local / "posts"), ("memory://site/static",)), Library(POSTS, (str(local / "static"),))
    for library in (on_disk, behind, *mixed):
        seen = library.see(local_path, post, as_picture=True)._replace(stamp=())
        assert Sight(local_path, as_picture=True, **expected) == seen


@pytest.mark.usefixtures("site")
def test_enclosures_have_their_length() -> None:
    """What is not looked into as a picture has its length."""
    assert Facts(5) == Library(POSTS, ("memory://site/static",)).see("/talk.mp3", "tea.md", as_picture=False).facts


@pytest.mark.usefixtures("site")
def test_what_is_missing_can_be_said_of_assets_that_are_there() -> None:
    """Of a site whose assets are elsewhere, nothing is said to be missing."""
    assert Library(POSTS, ("memory://site/static",)).see("/lost.png", "tea.md", as_picture=True).missing
    assert not Library(POSTS, ("memory://site/nosuch",)).see("/lost.png", "tea.md", as_picture=True).missing
    assert not Library(POSTS, ("nosuch",)).see("/lost.png", "tea.md", as_picture=True).missing


# Writing


class Drive(MemoryFileSystem):  # type: ignore[misc]
    """Files that are not replaced in one step, as those of most servers."""

    protocol = "drive"
    moved: list[tuple[str, str]] = []  # noqa: RUF012 - emptied by each test that looks

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("drive://", "memory://")))

    def mv(self, path1: str, path2: str, **options: Any) -> None:
        self.moved.append((path1, path2))
        super().mv(path1, path2, **options)


@pytest.fixture
def drive(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> MemoryFileSystem:
    """Return the files behind ``drive://``."""
    fsspec.register_implementation("drive", Drive, clobber=True)
    monkeypatch.setattr(Drive, "moved", [])
    return store


def test_where_files_are_not_replaced_in_one_step_they_are_moved(drive: MemoryFileSystem) -> None:
    """A file is written beside its place and moved over it, and only if it is another."""
    artifact = Artifact("categories/tea/rss.xml", "application/rss+xml", b"<rss/>")
    first, again = (list(remote.write([artifact], "drive://site/out")) for _ in range(2))
    assert [(artifact, "drive://site/out/categories/tea/rss.xml", True)] == first
    assert [False] == [item.changed for item in again]
    assert [("/site/out/categories/tea/.rss.xml.tmp", "/site/out/categories/tea/rss.xml")] == Drive.moved
    assert ["/site/out/categories/tea/rss.xml"] == drive.find("/")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    drive: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last step fails, the old file stays, and nothing beside it."""
    drive.pipe_file("/site/out/rss.xml", b"old")

    def failing(*_: Any, **__: Any) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(Drive, "mv", failing)
    with pytest.raises(ConfigurationError, match=r"cannot write drive://site/out/rss.xml: no space left"):
        list(remote.write([Artifact("rss.xml", "application/rss+xml", b"new")], "drive://site/out"))
    assert {"/site/out/rss.xml": b"old"} == {path: drive.cat_file(path) for path in drive.find("/site/out")}


# Names and values


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("posts", "posts"), ("a/b://c", "a/b://c"), ("C://posts", "C://posts"), ("/srv/my posts", "file:///srv/my%20posts"),
        ("/srv", "LOCAL:///srv"), ("s3://bucket/posts", "S3://bucket/posts//"), ("gs://bucket", "gs://bucket/"),
    ],
)  # fmt: skip
def test_a_place_has_one_name(expected: str, text: str) -> None:
    """A place is a path, or a URL with a scheme in lower case and without a slash at its end."""
    assert expected == place_from_text(text)
    assert expected.startswith(("s3:", "gs:")) == is_remote(expected)


@pytest.mark.parametrize(
    ("expected", "place", "relative"),
    [
        ("s3://bucket/static", "s3://bucket/posts", "static"), ("s3://bucket/static", "s3://bucket", "static"),
        ("s3://bucket/site/my/static", "s3://bucket/site/posts", "my/static"),
        ("s3://bucket/static", "s3://bucket/site/posts", "../static"),
    ],
)  # fmt: skip
def test_relative_assets_lie_beside_remote_posts(expected: str, place: str, relative: str) -> None:
    """What is relative is so to where the posts directory lies; to the bucket, where that is all of it."""
    assert expected == beside(place, relative)


def test_messages_show_no_password() -> None:
    """A password in a URL is in no message."""
    assert "ftp://me@host/posts" == without_password("ftp://me:secret@host/posts")
    assert "ftp://me@host/posts/a.md" == PostsDirectory("ftp://me:secret@host/posts").shown("a.md")


def test_what_workers_get_survives_the_way(local: Path) -> None:
    """Directories and libraries, on disk and behind URLs, are equal when they have been pickled, and absolute."""
    from feeder.config import Options, load

    for posts in ("posts", POSTS):
        settings = load(Options(posts=posts), {}, local).settings
        where = places.roots(settings, local)
        sent = (settings, where, places.posts_directory(settings, local), places.library(where, "bundle"))
        assert sent == pickle.loads(pickle.dumps(sent))
        assert all(is_remote(root) or root.startswith("/") for root in (where.posts, *where.assets))
        assert ((str(local / "posts"), str(local / "static")) if posts == "posts" else ()) == where.needed
    assert isinstance(places.posts_directory(load(Options("posts"), {}, local).settings, local), files.PostsDirectory)
