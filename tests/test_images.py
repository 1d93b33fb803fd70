"""feeder/media/images.py: what local files are, and that nothing outside the roots is ever looked at."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from feeder.media.images import Library, picture_facts
from feeder.media.rasters import MAX_PIXELS
from feeder.model import Facts
from feeder.problems import UnreadablePictureError

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'


def picture(kind: str, size: tuple[int, int] = (20, 10)) -> bytes:
    """Return a picture of a kind that Pillow writes."""
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return stream.getvalue()


def png_header(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that says it has this size; there is nothing behind it."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


# Facts


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("BMP", "image/bmp"),
        ("TIFF", "image/tiff"),
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a", "a.txt"])
def test_a_picture_is_what_its_content_says(kind: str, media_type: str, name: str, write: Callable[..., Path]) -> None:
    """Type, length and size come from the content, whatever the name says."""
    data = picture(kind)
    assert Facts(len(data), media_type, 20, 10) == picture_facts(write(name, data))


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'\n <!-- drawn by hand --><svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>',
        b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_drawing_has_a_type_and_no_size(data: bytes, write: Callable[..., Path]) -> None:
    """SVG is known by its first element; it has no pixels."""
    assert Facts(len(data), "image/svg+xml") == picture_facts(write("a.svg", data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="only a signature"),
        pytest.param(picture("PNG")[:20], id="a truncated header"),
        pytest.param(picture("JPEG")[:30], id="a truncated JPEG"),
        pytest.param(picture("WEBP")[:20], id="a truncated WebP"),
        pytest.param(b"GIF89a", id="a truncated GIF"),
        pytest.param(b"<html><body>404</body></html>", id="an error page"),
        pytest.param(b"<?xml version='1.0'?><rss/>", id="other XML"),
        pytest.param(b"version https://git-lfs.github.com/spec/v1\n", id="a pointer of Git LFS"),
        pytest.param(bytes(range(256)) * 40, id="noise"),
        pytest.param(png_header(100_000, 100_000), id="a bomb"),
        pytest.param(png_header(2**31 - 1, 2**31 - 1), id="a bomb that overflows"),
        pytest.param(png_header(MAX_PIXELS, 1 + 1), id="just too many pixels"),
        pytest.param(png_header(0, 0), id="no pixels"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes, write: Callable[..., Path]) -> None:
    """A file that no reader could show raises one exception with a reason, in no time and no memory."""
    path = write("a.png", data)
    with pytest.raises(UnreadablePictureError, match=r"\w"):
        picture_facts(path)


@pytest.mark.parametrize("moving", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_picture_is_told_from_one_that_is_cut_off(kind: str, moving: bool, write: Callable[..., Path]) -> None:  # noqa: FBT001 - a parameter
    """The end is looked for, and nothing decoded; what some programs leave behind the end is no fault."""
    whole, noise = io.BytesIO(), Image.effect_noise((90, 60), 200)
    exif = Image.Exif()
    exif[0x927C] = b"\xff\xd9IEND\0;"  # what a preview in the head of a picture has
    frames = {"save_all": True, "append_images": [noise.rotate(90)]} if moving and kind != "JPEG" else {}
    noise.save(whole, kind, exif=exif, **frames)
    data = whole.getvalue()
    for junk in (b"", b"\0\0\0", b"left behind" * 20):
        assert (90, 60) == picture_facts(write("a", data + junk))[2:4]
    for length in (*range(len(data) // 3, len(data) - 12, 97), len(data) - 12):
        with pytest.raises(UnreadablePictureError):
            picture_facts(write("a", data[:length]))


def test_a_pointer_of_git_lfs_is_told_as_one(write: Callable[..., Path]) -> None:
    """The picture is elsewhere, and the message says how to get it."""
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    with pytest.raises(UnreadablePictureError, match="git lfs pull"):
        picture_facts(write("a.png", pointer))


def test_a_fifo_is_no_picture(tmp_path: Path) -> None:
    """A pipe without a writer is refused, and never waited for."""
    os.mkfifo(tmp_path / "a.png")
    with pytest.raises(UnreadablePictureError):
        picture_facts(tmp_path / "a.png")


# Where files may be


@pytest.fixture
def library(tmp_path: Path, write: Callable[..., Path]) -> Library:
    """Return a library with files in the posts, in two assets and outside."""
    for name in (
        "posts/a.png",
        "posts/in/b.png",
        "posts/both.png",
        "static/img/c d.png",
        "static/both.png",
        "more/e.png",
    ):
        write(name, b"x")
    write("outside.png", b"x")
    write("posts-secret/f.png", b"x")
    return Library(tmp_path / "posts", (tmp_path / "static", tmp_path / "more"))


def found(library: Library, local: str, post: str = "post.md") -> tuple[Path, str] | None:
    """Return where a library finds a file, and its path below the site's root if it is an asset."""
    file = library.find(local, post)
    return file and (Path(file.path), file.where.asset)


@pytest.mark.parametrize(
    ("local", "post", "expected"),
    [
        ("a.png", "post.md", ("posts/a.png", "")),
        ("b.png", "in/post.md", ("posts/in/b.png", "")),
        ("../a.png", "in/post.md", ("posts/a.png", "")),
        ("./in/../a.png", "post.md", ("posts/a.png", "")),
        ("/a.png", "in/post.md", ("posts/a.png", "")),
        ("img/c d.png", "in/post.md", ("static/img/c d.png", "img/c%20d.png")),
        ("/img/c d.png", "post.md", ("static/img/c d.png", "img/c%20d.png")),
        ("/e.png", "post.md", ("more/e.png", "e.png")),
        ("both.png", "post.md", ("posts/both.png", "")),
        ("/both.png", "post.md", ("static/both.png", "both.png")),
        ("missing.png", "post.md", None),
        ("in", "post.md", None),
        (".", "post.md", None),
    ],
)
def test_a_file_is_looked_for_beside_the_post_and_in_the_assets(
    library: Library, tmp_path: Path, local: str, post: str, expected: tuple[str, str] | None
) -> None:
    """A relative name is beside the post first, an absolute one in the assets first; a directory is no file."""
    assert (expected and (tmp_path / expected[0], expected[1])) == found(library, local, post)


@pytest.mark.parametrize(
    "local",
    [
        "../outside.png",
        "../../../../../../../etc/passwd",
        "in/../../outside.png",
        "/../outside.png",
        "//etc/passwd",
        "/etc/passwd",
        "../posts-secret/f.png",
        "a.png/../../outside.png",
        "\0",
        "a.png\0",
        "x" * 5000,
        "\ud800.png",
    ],
)
def test_nothing_outside_is_found(library: Library, local: str) -> None:
    """No way of climbing leads out of the posts and the assets, not even to a directory whose name begins alike."""
    assert library.find(local, "in/post.md") is None


def test_links_that_leave_are_not_followed(library: Library, tmp_path: Path) -> None:
    """A symbolic link within the posts that leads outside, to a directory outside, or in a circle finds nothing."""
    (tmp_path / "posts" / "link.png").symlink_to(tmp_path / "outside.png")
    (tmp_path / "posts" / "dir").symlink_to(tmp_path / "posts-secret")
    (tmp_path / "posts" / "loop.png").symlink_to("loop.png")
    (tmp_path / "posts" / "passwd").symlink_to("/etc/passwd")
    for local in ("link.png", "dir/f.png", "loop.png", "passwd"):
        assert library.find(local, "post.md") is None


def test_links_that_stay_are_followed(library: Library, tmp_path: Path) -> None:
    """A symbolic link from the posts into the assets finds what it leads to."""
    (tmp_path / "posts" / "link.png").symlink_to("../static/both.png")
    assert (tmp_path / "static" / "both.png", "") == found(library, "link.png")


def test_a_directory_that_is_itself_a_link_is_a_root(tmp_path: Path, write: Callable[..., Path]) -> None:
    """The posts directory may be a link: what lies in it is inside."""
    real = write("real/a.png", b"x")
    (tmp_path / "posts").symlink_to("real")
    assert (real, "") == found(Library(tmp_path / "posts"), "a.png")
