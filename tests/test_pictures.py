"""feeder/pictures.py and feeder/media/whereabouts.py: pictures where each generator keeps and serves them, and thumbnails of them."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import NOW, SITE
from PIL import Image
from readback import data_of
from test_rasters import QUARTERS, bomb, lies_right, quartered, saved, swapped_profile
from test_render import item_of, media_of, picture, post

import feeder
from feeder.cli import main
from feeder.media.whereabouts import BESIDE, whereabouts
from feeder.texts.urls import own_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder import Build

SMALL = "images: {thumbnail_width: 100}\n"


def site(dialect: str, more: str = "", permalink: str = "/:path/") -> str:
    """Return a configuration for a dialect."""
    return f"site: {{url: '{SITE}', dialect: {dialect}{more}}}\nposts: {{permalink: '{permalink}'}}\n"


def told(build: Build) -> list[tuple[str, int, int]]:
    return [(item.code, item.line, item.column) for item in build.problems]


# Where pictures are, and where they are served


@pytest.mark.parametrize(
    "case",
    [
        ("hugo", "tea/index.md", "posts/tea/a b.png", "a b.png", "tea/a%20b.png"),
        ("hugo", "tea/index.de.md", "posts/tea/img/a.png", "img/a.png", "tea/index.de/img/a.png"),
        ("hugo", "tea.md", "static/img/a.png", "img/a.png", "img/a.png"),
        ("hexo", "tea.md", "posts/tea/a.png", "a.png", "tea/a.png"),
        ("hexo", "tea.md", "posts/tea/a.png", "./a.png", "tea/a.png"),
        ("hexo", "d/tea.md", "posts/d/tea/a.png", "tea/a.png", "d/tea/a.png"),
        ("hexo", "tea.md", "static/images/a.png", "/images/a.png", "images/a.png"),
        ("jekyll", "2024-01-02-tea.md", "assets/a.png", "assets/a.png", "assets/a.png"),
        ("jekyll", "2024-01-02-tea.md", "assets/a.png", "{{ site.baseurl }}/assets/a.png", "assets/a.png"),
        ("jekyll", "2024-01-02-tea.md", "assets/a.png", "{{site.url}}{{ site.baseurl }}/assets/a.png", "assets/a.png"),
        ("pelican", "tea.md", "posts/images/a.png", "{static}/images/a.png", "images/a.png"),
        ("pelican", "tea.md", "posts/a.png", "{attach}a.png", "tea/a.png"),
        ("astro", "tea.md", "static/a.png", "/a.png", "a.png"),
        ("docusaurus", "tea.md", "static/img/a.png", "img/a.png", "img/a.png"),
        ("eleventy", "d/tea.md", "posts/d/a.png", "a.png", "d/tea/a.png"),
        ("plain", "d/tea.md", "posts/d/a.png", "a.png", "d/tea/a.png"),
        ("plain", "tea/index.md", "posts/tea/images/a b.png", "a b.png", "tea/images/a%20b.png"),
    ],
)
def test_a_picture_is_found_where_the_generator_keeps_it(
    case: tuple[str, str, str, str, str], build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """A picture of the front matter has size, type and bytes, and the URL at which the generator serves it."""
    dialect, post_path, file, named, url = case
    write(file, picture((40, 30), "JPEG"))
    result = build({post_path: post(image=named)}, site(dialect))
    assert [] == told(result)
    content = media_of(result)[0]
    assert (SITE + url, "image/jpeg", "40", "30") == tuple(content[name] for name in ("url", "type", "width", "height"))


@pytest.mark.parametrize(
    "case",
    [
        ("hugo", "/:path/", "posts/tea/index/a.png", "a.png", None),
        ("hugo", "/:path.html", "posts/tea/a.png", "a.png", "tea/a.png"),
        ("hexo", "/2024/:name.html", "posts/tea/index/a.png", "a.png", "2024/tea/a.png"),
        ("hexo", "/:path/", "posts/tea/index/a.png", "index/a.png", "tea/a.png"),
        ("jekyll", "/:path.html", "img/a.png", "/img/a.png", "img/a.png"),
        ("jekyll", "/:path.html", "img/a.png", "{{ site.baseurl }}/img/a.png", "img/a.png"),
        ("plain", "/x/:path/", "posts/tea/a.png", "a.png", "x/tea/a.png"),
        ("plain", "/:path/", "posts/tea/index/a.png", "a.png", None),
    ],
)
def test_a_picture_of_the_body_is_found_too(
    case: tuple[str, str, str, str, str | None], build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """A body's picture has what is known of it, and is shown from where it is served; a missing one is told."""
    dialect, permalink, file, named, url = case
    write(file, picture((40, 30), "JPEG"))
    path = "2024-01-02-tea.md" if dialect == "jekyll" else "tea/index.md"
    result = build({path: post(f"Look: ![x]({named})")}, site(dialect, permalink=permalink))
    if url is None:
        assert [("body-picture-missing", 5, 12)] == told(result)
        return
    assert [] == told(result)
    content = media_of(result)[0]
    assert (SITE + url, "image/jpeg", "40") == (content["url"], content["type"], content["width"])
    assert f'src="{SITE}{url}"' in item_of(result)["content_html"]


@pytest.mark.parametrize(
    ("path", "names", "fields", "body", "shown"),
    [
        ("tea/index.md", ["a.png", "My-Featured b.jpg", "cover.png"], {}, "", "tea/My-Featured%20b.jpg"),
        ("tea/index.md", ["thumb-sq.png", "z.png"], {}, "![x](z.png)", "tea/thumb-sq.png"),
        ("tea/index.md", ["featured.md.txt", "z.png"], {}, "![x](z.png)", "tea/z.png"),
        ("tea/index.md", ["featured.png", "z.png"], {"image": "z.png"}, "", "tea/z.png"),
        ("tea.md", ["featured.png"], {}, "", None),
        ("index.md", ["../featured.png"], {}, "", None),
    ],
)
def test_a_bundle_has_the_picture_that_is_called_so(  # noqa: PLR0913
    path: str,
    names: list[str],
    fields: dict[str, str],
    body: str,
    shown: str | None,
    *,
    build: Callable[..., Build],
    write: Callable[..., Path],
) -> None:
    """What Hugo's own templates take for the picture of a page, unless the post names one; never what is in no bundle."""
    for name in names:
        write(f"posts/tea/{name}", picture((40, 30), "JPEG" if name.endswith("jpg") else "PNG"))
    result = build({path: post(body, **fields)}, site("hugo"))
    assert [] == told(result)
    content = media_of(result)
    assert ([(SITE + shown, "40")] if shown else []) == [(media["url"], media["width"]) for media in content[:1]]


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        ("/tea/a%20b.png", 0), (SITE + "tea/img/c.png", 0), ("../tea/a b.png", 0), ("/tea/d.png", 1), ("/a b.png", 1),
        ("https://other.test/tea/d.png", 0),
    ],
)  # fmt: skip
def test_a_picture_of_another_bundle_is_not_missing(
    named: str, missing: int, build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """Its address is below that of the other post: in front matter and in a body."""
    write("posts/tea/a b.png", picture())
    write("posts/tea/img/c.png", picture())
    (write("static/x", "").parent / "x").unlink()
    files = {"tea/index.md": post(), "cup/index.md": post(f"![x](<{named}>)", image=named)}
    found = [code for code, _, _ in told(build(files, site("hugo", ", assets: [static]")))]
    assert ["body-picture-missing", "picture-missing"] * missing == sorted(set(found))


def test_a_bundle_s_picture_that_comes_later_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., Path]
) -> None:
    """A cached item is made anew when one comes, has another name, or goes."""
    monkeypatch.chdir(tmp_path)
    write("posts/tea/index.md", post())
    write("feeder.yml", site("hugo"))
    found = []
    for name, other in (("", ""), ("cover.png", ""), ("featured.png", ""), ("", "featured.png"), ("", "cover.png")):
        if name:
            write(f"posts/tea/{name}", picture())
        if other:
            (tmp_path / "posts/tea" / other).unlink()
        made = CliRunner().invoke(main, ["build", "posts", "--cache", "c", "--now", "2026-06-01"])
        assert 0 == made.exit_code, made.output
        found += re.findall(
            r"<media:content url=\"[^\"]*/([^\"/]*)\"|</channel>",
            (tmp_path / "public/rss.xml").read_text(encoding="utf-8"),
        )[:1]
    assert ["", "cover.png", "featured.png", "cover.png", ""] == found


def test_folders_of_pictures_can_be_off(write: Callable[..., Path]) -> None:
    """Where Hexo is told to have no folders of pictures, what lies in one is not served, and told to be missing."""

    from feeder import config, pipeline
    from feeder.model import Habits

    root = write("posts/tea.md", post(image="./a.png")).parent.parent
    write("posts/tea/a.png", picture())
    write("feeder.yml", site("hexo"))
    settings = config.load(config.Options(), {}, root).settings
    for said, problems in (("false", ["picture-missing"]), ("true", [])):
        settings = settings._replace(habits=Habits(options={"post_asset_folder": said}))
        made = pipeline.build(settings, root, NOW, "1", pipeline.Means())
        assert problems == [item.code for item in made.problems]


@pytest.mark.parametrize(
    ("dialect", "named"),
    [
        ("astro", "./a.png"),
        *((dialect, f"{root}/assets/a.png") for dialect in ("astro", "docusaurus") for root in ("../..", "@", "~")),
    ],
)
def test_a_picture_without_a_known_address_is_not_published(
    dialect: str, named: str, build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """What a bundler gives a name of its own is a note; the next picture is published, be it the site's."""
    write("posts/a.png", picture())
    write("static/b.png", picture())
    config = site(dialect, ", image: /site.png")
    result = build({"a.md": post(image=named, thumbnail="/b.png"), "b.md": post(image=named)}, config)
    assert [("picture-renamed", 3, 8)] * 2 == told(result)
    assert {"note"} == {item.severity for item in result.problems}
    urls = [found["url"].removeprefix(SITE) for found in media_of(result)]
    assert ["b.png", "b.png", "site.png", "site.png"] == sorted(urls)


@pytest.mark.parametrize(("dialect", "named"), [("astro", "./a.png"), ("docusaurus", "../../assets/a.png")])
def test_a_body_shows_no_broken_picture(
    dialect: str, named: str, build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """Of a picture whose URL nobody knows its text is shown; the first with a URL is the post's picture."""
    write("posts/a.png", picture())
    write("static/b.png", picture())
    body = f"![The sea]({named})\n![Hills & <b>](../../assets/c.png)\n![The town](/b.png)"
    result = build({"a.md": post(body)}, site(dialect))
    assert [("picture-renamed", 5, 12)] == told(result)
    html = item_of(result)["content_html"]
    assert [f"{SITE}b.png"] == re.findall('src="([^"]*)"', html)
    assert "The sea" in html
    assert f"{SITE}b.png" == media_of(result)[0]["url"]


@pytest.mark.parametrize("dialect", ["astro", "docusaurus"])
def test_a_picture_named_from_the_root_is_no_secret(
    dialect: str, build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """One that the author names from the site's root and nobody has is missing, and published as it is."""
    for name in ("static/b.png", "public/b.png"):
        write(name, picture())
    result = build({"a.md": post("![x](/gone.png)")}, site(dialect))
    assert [("body-picture-missing", 5, 6)] == told(result)
    assert f'src="{SITE}gone.png"' in item_of(result)["content_html"]


def test_a_picture_of_the_body_that_is_broken_is_told_in_its_place(
    build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """The problem of a picture that the body alone names is at its place there; the picture is published as it is."""
    write("posts/a.png", bomb(100_000, 100_000))
    result = build({"a.md": post("One.\n\n![x](a.png)")})
    assert [("picture-unreadable", 7, 6)] == told(result)
    assert f"{SITE}a/a.png" == media_of(result)[0]["url"]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("![a][pic] ![pic] [pic]\n\n[pic]: gone.png", [(7, 8)]),
        ("![a][Pic X]\n\n[pic x]: gone.png 'T'", [(7, 10)]),
        ("[a][pic]\n\n[pic]: gone.png", []),
        ('<img src="there.png" srcset="gone.png 1x, there.png 2x, lost.png 3x" alt="a">', [(5, 30), (5, 57)]),
        ('<video src="gone.mp4" poster="gone.png"></video>', [(5, 13), (5, 31)]),
        ('<audio src="gone.mp3"></audio>', [(5, 13)]),
        ('<video><source src="gone.mp4"></video>', [(5, 21)]),
        ("Text.\n\n<p><img alt='a' src='gone.png'></p>\n\n![b](lost.png)", [(7, 22), (9, 6)]),
        ("![a](https://x.example/gone.png) ![a](//x.example/b.png) ![a](data:image/png;base64,AAAA)", []),
        ("`![a](gone.png)`\n\n    ![a](gone.png)", []),
        ("![a](/elsewhere.png)", []),
        ("![a](there.png?v=2) ![a](./there.png) ![a](%74here.png)", []),
    ],
)
def test_a_body_is_told_what_it_lacks(
    body: str, places: list[tuple[int, int]], build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """A build tells each picture, sound and film of a body that nobody has, in its place, however it is written."""
    write("posts/there.png", picture())
    for flavor in ("commonmark", "python-markdown"):
        config = f"site: {{url: '{SITE}'}}\nmarkdown: {{flavor: {flavor}}}\n"
        assert [("body-picture-missing", *place) for place in places] == told(build({"a.md": post(body)}, config))


@pytest.mark.parametrize(
    ("dialect", "body", "place"),
    [
        ("hexo", "One {% asset_img there.png %} two\n\n{% asset_img gone.png A town %}", (7, 14)),
        ("hexo", "{% asset_img\n there.png %} and gone.md\n\n{% asset_img class\n sub/gone.png\n A town %}", (9, 2)),
        ("hexo", "![x]({% asset_path gone.png %})", (5, 20)),
        ("jekyll", "![x]({{ site.baseurl }}/img/gone.png)", (5, 6)),
        ("jekyll", "{% raw %}![x](/gone.png){% endraw %}\n\n![x](/gone.png)", (7, 6)),
        ("hugo", '{{< figure src="gone.png" >}}', (5, 17)),
        ("pelican", "![x]({attach}gone.png)", (5, 6)),
        ("pelican", "![x]({static}/images/gone.png)", (5, 6)),
    ],
)
def test_a_translated_body_has_the_places_of_its_source(
    dialect: str, body: str, place: tuple[int, int], build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """What a tag of the site's generator shows and nobody has is told where the author wrote it."""
    write("posts/2024-01-02-tea/there.png", picture())
    write("img/there.png", picture())
    path = "2024-01-02-tea/index.md" if dialect == "hugo" else "2024-01-02-tea.md"
    assert [("body-picture-missing", *place)] == told(build({path: post(body)}, site(dialect)))


def test_a_body_behind_json_has_its_places(build: Callable[..., Build]) -> None:
    """Where a body begins on the line on which its front matter ends, its places are those of the file."""
    result = build({"a.md": '{"title": "T", "date": "2024-01-02"} ![a](gone.png)'})
    assert [("body-picture-missing", 1, 43)] == told(result)


# Nothing outside


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize(
    "local",
    ["../../out.png", "%2e%2e/../out.png", "a/../../../out.png", "index/../../../out.png", "/../out.png", "..", ""],
)
def test_no_way_leads_out(beside: str, local: str, write: Callable[..., Path]) -> None:
    """Whatever a generator's ways are, what is looked at lies below the posts and the assets."""
    from feeder.media.images import Library

    out = write("out.png", picture())
    write("posts/d/index.md", "x")
    (out.parent / "static").mkdir()
    (out.parent / "static" / "link.png").symlink_to(out)
    library = Library(out.parent / "posts", (out.parent / "static",), beside)
    for name in (local, "link.png", "/link.png"):
        assert not library.see(name, "d/index.md", as_picture=True).there
        with pytest.raises(feeder.problems.UnreadablePictureError):
            library.read(name, "d/index.md")


@pytest.mark.parametrize(
    ("permalink", "own"),
    [
        ("https://x.example/a/", "https://x.example/a/"), ("https://x.example/a.html", "https://x.example/a/"),
        ("https://x.example/a", "https://x.example/a/"), ("https://x.example/a/?b=c/d#e", "https://x.example/a/"),
    ],
)  # fmt: skip
def test_an_address_of_its_own(permalink: str, own: str) -> None:
    """What a post has of its own is served below its permalink, be that a directory or a file."""
    assert own == own_address(permalink)


def test_what_climbs_out_has_no_address_of_its_own() -> None:
    """A path that leaves the post's folder or bundle is not served below the post's address."""
    for beside in ("bundle", "folder"):
        for where in whereabouts("posts", ("static",), "../a.png", "d/index.md", beside):
            assert "" == where.own


# Thumbnails


def thumbnails(build: Build) -> dict[str, bytes]:
    return {item.path: item.data for item in build.artifacts if item.path.startswith("thumbnails/")}


def config(more: str = "") -> str:
    return f"site: {{url: '{SITE}blog/'}}\n{SMALL}{more}"


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({"image": "a.jpg"}, ""),
        ({"image": "https://x.example/b.jpg", "thumbnail": "a.jpg"}, ""),
        ({}, "![x](https://x.example/pixel.gif) ![x](a.jpg)"),
    ],
)
def test_a_feed_shows_the_thumbnail(
    fields: dict[str, str], body: str, build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """The thumbnail of front matter or body is small, below the output, and as large as the feeds say."""
    write("posts/a.jpg", saved(quartered(), "JPEG"))
    result = build({"a.md": post(body, **fields)}, config("feeds: {url: 'https://feeds.example/x/'}\n"))
    assert () == result.problems
    ((path, data),) = thumbnails(result).items()
    made = Image.open(io.BytesIO(data))
    content, thumbnail = media_of(result)
    assert {"url": f"https://feeds.example/x/{path}", "width": "100", "height": "50"} == thumbnail
    assert (100, 50) == made.size
    assert lies_right(made)
    assert "thumbnails" not in content["url"]
    assert f"https://feeds.example/x/{path}".encode() in data_of(result, "atom.xml")
    assert "thumbnails" not in item_of(result)["image"]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (saved(quartered(90, 300), "PNG"), []),
        (saved(quartered(), "GIF", save_all=True, append_images=[Image.new("RGB", (400, 200))]), []),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='900'/>", []),
        (saved(quartered(), "JPEG")[:-900], ["picture-unreadable"]),
        (bomb(100_000, 100_000), ["picture-unreadable"]),
        (b"no picture", ["picture-unreadable"]),
        (None, ["picture-missing"]),
    ],
)
def test_what_has_no_thumbnail_is_used_as_it_is(
    data: bytes | None, codes: list[str], build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """Small, moving and drawn pictures stay as they are; broken ones too, and are told in their place."""
    if data is not None:
        write("posts/a.png", data)
    result = build({"a.md": post(image="a.png")}, config())
    assert [(code, 3, 8) for code in codes] == told(result)
    assert {} == thumbnails(result)
    assert [f"{SITE}blog/a/a.png"] * 2 == [found["url"] for found in media_of(result)]


def test_one_picture_has_one_thumbnail(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """Posts that share a picture, under whatever name, share its thumbnail."""
    for name in ("posts/a.png", "static/b.png"):
        write(name, saved(quartered(), "PNG"))
    posts = {"a.md": post(image="a.png"), "b.md": post(image="/b.png"), "c.md": post("![x](a.png)")}
    result = build(posts, config("feeds: {categories: true}\n"))
    assert 1 == len(thumbnails(result))
    assert result.artifacts[-1].path == next(iter(thumbnails(result)))


class Run:
    """A site in a directory, built by the command."""

    def __init__(self, root: Path, write: Callable[..., Path]) -> None:
        self.root = root
        write("feeder.yml", config())
        self.write = write
        for number, name in enumerate("abcdefghijkl"):
            write(f"posts/{name}.md", post(image=f"{name}.png"))
            image = quartered()
            image.putpixel((200, 100), (number, 0, 0))
            path = write(f"posts/{name}.png", saved(image, "PNG"))
            os.utime(path, (1_700_000_000, 1_700_000_000))

    def __call__(self, *arguments: str) -> Any:
        command = [sys.executable, "-m", "feeder", *arguments, "--now", "2026-06-01", "--cache", str(self.root / "c")]
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)

    def output(self) -> dict[str, bytes]:
        """Return every file of the output by its path."""
        return {
            str(path.relative_to(self.root / "public")): path.read_bytes()
            for path in sorted((self.root / "public").rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def run(tmp_path: Path, write: Callable[..., Path]) -> Run:
    return Run(tmp_path, write)


def test_thumbnails_are_feeders_own_files(run: Run) -> None:
    """They are in the manifest and in ``--check``; one of a picture that is gone goes, and so do all when they are off."""
    first = run("build", "--jobs", "2")
    assert (0, 12) == (first.returncode, first.stdout.count("public/thumbnails/"))
    assert "12 thumbnails (15 files, 15 changed)" in first.stderr
    before = run.output()
    listed = json.loads(before[".feeder.json"])["files"]
    assert {"image/png"} == {listed[path]["type"] for path in before if path.startswith("thumbnails/")}
    assert 0 == run("build", "--check").returncode
    victim = next(path for path in before if path.startswith("thumbnails/"))
    (run.root / "public" / victim).unlink()
    checked = run("build", "--check")
    assert (1, f"public/{victim}: missing\n") == (checked.returncode, checked.stdout)
    run("build")
    assert before == run.output()
    (run.root / "posts" / "a.md").unlink()
    assert "1 removed" in run("build").stderr
    assert 11 == sum(path.startswith("thumbnails/") for path in run.output())
    run.write("feeder.yml", config().replace("100", "0"))
    run("build")
    assert ["atom.xml", "feed.json", "rss.xml"] == [path for path in run.output() if path != ".feeder.json"]
    assert not (run.root / "public" / "thumbnails").exists()


def test_no_byte_depends_on_how_a_thumbnail_came_about(run: Run) -> None:
    """One process or two, with a cache and without, made now or before: the output is the same."""
    outputs = []
    for arguments in (("--jobs", "1"), ("--jobs", "1"), ("--jobs", "2", "--no-cache"), ("--no-cache", "--jobs", "1")):
        run("build", *arguments)
        outputs.append(run.output())
    assert all(output == outputs[0] for output in outputs)


def test_nothing_is_made_or_read_again(run: Run) -> None:
    """A second build decodes nothing and opens no picture: Pillow is not even loaded."""
    time.sleep(2.1)  # a file that is as young as the cache would be looked at again
    run("build")
    stamps = {path: (run.root / "public" / path).stat().st_mtime_ns for path in run.output()}
    code = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from feeder.cli import main\n"
        "main(['build', '--now', '2026-06-01', '--cache', 'c', '-q'], standalone_mode=False)\n"
        "print('PIL' in sys.modules, [path for path in opened if path.endswith('.png') and 'posts' in path])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=run.root, capture_output=True, text=True, check=True)
    assert "False []\n" == told.stdout
    assert stamps == {path: (run.root / "public" / path).stat().st_mtime_ns for path in run.output()}


def test_a_picture_that_changes_has_another_thumbnail(run: Run) -> None:
    """A picture of the same size and length, written in its place, is seen; nothing of the old one is left."""
    run("build")
    before = run.output()
    path = run.root / "posts" / "a.png"
    stamp = path.stat()
    other = quartered()
    other.putpixel((200, 100), (99, 0, 0))
    path.write_bytes(saved(other, "PNG"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert 1 == run("build", "--check").returncode
    run("build")
    gone = {name for name in before if name.startswith("thumbnails/")} - set(run.output())
    assert 1 == len(gone)
    after = run.output()
    run("build", "--no-cache")
    assert after == run.output()


def test_other_commands_see_feeds_only(run: Run) -> None:
    """Thumbnails are no feeds: neither to a check, nor to a comparison."""
    run("build")
    checked = run("check")
    assert (0, "Checked 12 posts and 3 feeds: no problems.") == (checked.returncode, checked.stderr.splitlines()[-1])
    compared = run("diff")
    assert 0 == compared.returncode
    assert "thumbnails" not in compared.stdout


def test_thumbnails_behind_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., Path]) -> None:
    """Posts in a store and an output in another give the same thumbnails, and lose them when they are gone."""
    from fsspec.implementations.memory import MemoryFileSystem

    store = MemoryFileSystem()
    store.store.clear()
    data = saved(quartered(), "JPEG", icc_profile=swapped_profile())
    store.pipe_file("/site/posts/a.md", post(image="a.jpg").encode())
    store.pipe_file("/site/posts/a.jpg", data)
    write("posts/a.md", post(image="a.jpg"))
    write("posts/a.jpg", data)
    write("feeder.yml", config())
    monkeypatch.chdir(tmp_path)
    run = ["--now", "2026-06-01", "--cache", str(tmp_path / "cache")]
    for _ in range(2):
        CliRunner().invoke(
            main, ["build", "memory://site/posts", "-o", "memory://site/out", *run], catch_exceptions=False
        )
    CliRunner().invoke(main, ["build", "posts", "-o", "out", *run], catch_exceptions=False)
    local = {path.name: path.read_bytes() for path in (tmp_path / "out" / "thumbnails").iterdir()}
    assert local == {path.rpartition("/")[2]: store.cat_file(path) for path in store.find("/site/out/thumbnails")}
    assert 1 == len(local)
    store.pipe_file("/site/posts/a.md", post().encode())
    CliRunner().invoke(main, ["build", "memory://site/posts", "-o", "memory://site/out", *run], catch_exceptions=False)
    assert [] == store.find("/site/out/thumbnails")
    store.store.clear()


def test_the_colours_of_the_tests_differ() -> None:
    """A picture that lies otherwise would be seen to."""
    assert not lies_right(quartered().transpose(Image.Transpose.ROTATE_180))
    assert len(set(QUARTERS.values())) == len(QUARTERS)


def test_a_picture_that_docusaurus_has_not_is_missing_below_a_base(
    build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """Its path from the site's root is one below ``baseUrl``, in the feed as in what is told."""
    write("static/there.txt", "x")
    config = "site: {url: 'https://x.example/base/', dialect: docusaurus, assets: [static]}\n"
    made = build({"2024-01-02-a.md": "Text.\n\n![a](/img/none.png) ![b](@site/static/no.png)\n"}, config=config)
    assert [("body-picture-missing", 3, 6), ("body-picture-missing", 3, 26)] == told(made)
    assert 'src="https://x.example/base/img/none.png"' in item_of(made)["content_html"]


@pytest.mark.parametrize(
    "named",
    ["../static/img/a.png", "../../static/img/a.png", "@site/static/img/a.png"],
    ids=["beside", "above", "alias"],
)
def test_docusaurus_static_pictures_by_the_way_there(
    build: Callable[..., Build], write: Callable[..., Path], named: str
) -> None:
    """A picture in a directory that the site copies to its root has its address there, in bodies and front matter."""
    write("static/img/a.png", picture())
    path = "2024-01-02-a.md" if named.count("../") < 2 else "x/2024-01-02-a.md"
    config = "site: {url: 'https://x.example/base/', dialect: docusaurus, assets: [static]}\n"
    made = build({path: f"---\nimage: '{named}'\n---\nText.\n\n![a]({named})\n"}, config=config)
    assert [] == told(made)
    item = item_of(made)
    assert 'src="https://x.example/base/img/a.png"' in item["content_html"]
    assert "https://x.example/base/img/a.png" == item["image"]


DRAWN = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{"<!-- tea -->" * 1000}</svg>'

TINY = f"{DRAWN[:60]}></svg>"


def test_docusaurus_names_pictures_by_their_bytes(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """The names are those that file-loader makes of the same bytes; a picture of up to 10,000 bytes is in the page itself."""
    write("posts/tea/a tea.v2.svg", DRAWN)
    write("posts/tea/leaf.pdf", "x" * 20_000)
    write("posts/tea/small.svg", TINY)
    body = "![Tea](./a%20tea.v2.svg) ![Small](small.svg) [Leaf](./leaf.pdf#page=2) [Gone](./gone.pdf)"
    result = build({"tea/index.md": post(body)}, site("docusaurus"))
    html = item_of(result)["content_html"]
    named = f"{SITE}assets/images/a%20tea.v2-0f13fa04fc15b98632f9b59e78f4fad0.svg"
    small = f"data:image/svg+xml;base64,{base64.b64encode(TINY.encode()).decode()}"
    assert [named, small] == re.findall('<img src="([^"]*)"', html)
    assert [
        f"{SITE}assets/files/leaf-fa56437c2fc324ce42c2316990f004de.pdf#page=2",
        f"{SITE}tea/gone.pdf",
    ] == re.findall('href="([^"]*)"', html)
    assert [] == told(result)
    assert (named, "image/svg+xml") == (media_of(result)[0]["url"], media_of(result)[0]["type"])


def test_docusaurus_copies_the_pictures_of_front_matter(
    build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """However small they are; one that is not beside the post is missing."""
    write("posts/tea/a tea.v2.svg", DRAWN)
    write("posts/tea/small.svg", "<svg></svg>")
    result = build(
        {"tea/index.md": post(image="./a tea.v2.svg", thumbnail="./small.svg"), "b.md": post(image="./gone.png")},
        site("docusaurus"),
    )
    assert [("picture-missing", 3, 8)] == told(result)
    urls = {found["url"].removeprefix(SITE) for found in media_of(result)}
    assert {
        "assets/images/a%20tea.v2-0f13fa04fc15b98632f9b59e78f4fad0.svg",
        "assets/images/small-768f7568d1951d5abd311e09c348fb7a.svg",
        "b/gone.png",
    } == urls
