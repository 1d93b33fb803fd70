"""feeder/check.py and the rules that only it runs: every fault found, none invented, each at its place."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from faults import FAULTS, Expected, Found, Text, sound, write_pairs, write_post, write_site
from PIL import Image

from feeder import __version__, config, pipeline
from feeder.check import Checked, check
from feeder.cli import main
from feeder.finished import finished_feed
from feeder.rules import FEEDS, MANUSCRIPTS, READINGS, SITE, rule
from feeder.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build
    from feeder.model import Artifact
    from feeder.problems import Problem

FULL_SIZE = os.environ.get("FEEDER_TRIALS") == "full"
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090"
    "7753de0000000c4944415408d763f8ffff3f0005fe02fea735810a0000000049454e44ae426082"
)


def checked(directory: Path, text: str = "") -> Checked:
    """Return what a check of the site in ``directory`` finds, in this process."""
    if text:
        (directory / "feeder.yml").write_text(text, encoding="utf-8")
    options = config.Options(
        posts="posts", url=None if text or (directory / "feeder.yml").exists() else "https://site.example/"
    )
    settings = config.load(options, {}, directory).settings
    return check(settings, directory, NOW, __version__, pipeline.Means())


def places(found: Checked, root: Path) -> list[Expected]:
    """Return the place and code of each problem, its path from the site's directory."""
    return [Expected(item.path.removeprefix(f"{root}/"), item.line, item.column, item.code) for item in found.problems]


def test_every_fault_is_found_at_its_place_and_none_is_invented(tmp_path: Path) -> None:
    """In a site of many posts, ten faults of each of forty-odd kinds: what is found is what was put in."""
    faults = 10 * len(FAULTS)
    expected = write_site(tmp_path, 10_000 if FULL_SIZE else faults * 5 // 4, faults)
    assert len(FAULTS) >= 40
    assert expected == sorted(places(checked(tmp_path), tmp_path))


def test_a_sound_site_is_left_in_peace(tmp_path: Path) -> None:
    """Where nothing is wrong, nothing is said, whatever looks like it."""
    write_site(tmp_path, 50, 0)
    assert Checked((), 50, 3) == checked(tmp_path)


def test_a_site_without_posts_has_sound_feeds(tmp_path: Path) -> None:
    """An empty feed is a feed, and so is one whose only post has no text."""
    (tmp_path / "posts").mkdir()
    assert ["no-posts"] == [item.code for item in checked(tmp_path).problems]
    (tmp_path / "posts" / "a.md").write_text(post(""), encoding="utf-8")
    assert () == checked(tmp_path).problems


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    """Not even a directory is made."""
    write_site(tmp_path, 20, 10)
    before = sorted(tmp_path.rglob("*"))
    checked(tmp_path)
    assert before == sorted(tmp_path.rglob("*"))


def test_posts_beyond_the_limit_are_checked(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A fault in a post that no feed shows is found like any other, once."""
    write("posts/a.md", post("![](x.png)", "image: gone.png"))
    write("posts/b.md", post(front="image: https://x.example/b.png", date="2025-01-01"))
    found = checked(tmp_path, "site: {url: 'https://site.example/'}\nfeeds: {limit: 1}\n")
    assert ["body-picture-missing", "missing-alt", "picture-missing"] == sorted(item.code for item in found.problems)


def test_a_problem_hides_no_other(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Of a post that is left out all is told, each thing once; of a draft, all but what it lacks, and nothing as an error."""
    write("posts/a.md", post("![](a.png) {{ x }}", "titel: x\ntags: Tea\nlang: de DE", "2023-02-29"))
    write("posts/b.md", "---\ndate: 2023-02-29\ntags: [tea]\n---\n![](b.png) {{ x }}\n")
    write("posts/c.md", "---\ndraft: yes\nupdated: nope\nimage: gone.png\ntags: [tea]\n---\n![](b.png) {{ x }}\n")
    text = "site: {url: 'https://site.example/'}\nposts: {permalink: '/:year/:slug/'}\n"
    found = checked(tmp_path, text).problems
    told: dict[str, list[str]] = {}
    for item in found:
        told.setdefault(item.path[-4], []).append(f"{item.severity} {item.code}")
    body = ["warning body-picture-missing", "warning foreign-tag", "warning missing-alt"]
    assert sorted(
        ["error bad-date", "warning unknown-key", "warning bad-language", "warning category-spelling", *body]
    ) == sorted(told["a"])
    assert sorted(["error bad-date", "warning missing-title", *body]) == sorted(told["b"])
    assert sorted(["warning bad-date", "warning picture-missing", *body]) == sorted(told["c"])


def test_a_build_tells_a_misspelled_key_too(tmp_path: Path, write: Callable[..., Path]) -> None:
    """It is the same warning, which a check tells once, and a comment in the post switches off."""
    write("posts/a.md", post(front="thumbnial: x.png\nlayout: y"))
    write("posts/b.md", post(front="thumbnial: x.png # feeder: off unknown-key"))
    found = checked(tmp_path, "site: {url: 'https://site.example/'}\nposts: {path: posts}\n").problems
    settings = config.load(config.Options(), {}, tmp_path).settings
    built = pipeline.build(settings, tmp_path, NOW, "1", pipeline.Means()).problems
    assert [("a.md", 4, "unknown-key")] == [(item.path[-4:], item.line, item.code) for item in built]
    assert "did you mean 'thumbnail'?" in built[0].message
    assert built == tuple(item for item in found if item.code == "unknown-key")


def again(key: str, value: str, code: str) -> Callable[[Text], tuple[Text, Found]]:
    """Return a fault that a post has beside another that says the same."""
    return lambda post: (
        post._replace(front={"guid" if key == "permalink" else "slug": f"x-{post.number}", **post.front, key: value}),
        Found(code, f"\n{key}: ", len(f"\n{key}: ")),
    )


def test_no_fault_hides_another(tmp_path: Path) -> None:
    """Two faults of one post are both told at their places, whichever kinds they are, if each can be judged without the other."""
    twins = {
        "same id": again("id", "tag:site.example,2020:twin", "duplicate-id"),
        "same address": again("permalink", "/twin/", "duplicate-permalink"),
    }
    keeping_out = ("no such day", "no date", "duplicate key", "tag", "slug outside", "id of a kind", "misspelled flag")
    hiders = {name: FAULTS[name] for name in (*keeping_out, "before 1990", "far future")} | twins
    idle = {
        *((date, "updated before") for date in ("no such day", "no date", "before 1990")),
        *(("before 1990", twin) for twin in twins),  # the older of two is in its right
        *(
            ("same address", other) for other in ("id no uri", "script", "same id")
        ),  # of two keys of a field, one counts
        *((hider, "broken front matter") for hider in ("no date", "same address")),  # its author may have given it
        ("duplicate key", "no title"),
        ("far future", "updated in future"),
    }
    expected = write_pairs(tmp_path, hiders, idle)
    for number, twin in zip((900_010, 900_020), twins.values(), strict=True):
        post = twin(sound(number))[0]
        write_post(tmp_path, post._replace(front={**post.front, "date": "2018-01-01 10:00 +01:00"}))
    found = places(checked(tmp_path), tmp_path)
    assert [] == sorted(set(expected) - set(found))


def test_code_in_restructuredtext_is_code(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A tag in a literal block or in backticks is none of another generator; one in running text is."""
    code = ".. code-block:: django\n\n   {% for a in b %}\n\nSo::\n\n  {% if c %}\n\nor `{% raw %}` or ``{{ d }}``.\n"
    write("posts/a.rst", f"Tea\n===\n\n:date: 2024-01-31\n\nText {{% x %}}.\n\n{code}")
    found = checked(tmp_path, "site: {url: 'https://site.example/'}\n").problems
    assert [("foreign-tag", 6, "{% x %}")] == [(item.code, item.line, item.got) for item in found]


DIALECTS = ("astro", "docusaurus", "eleventy", "hexo", "hugo", "jekyll", "pelican", "plain")


def codes(directory: Path, dialect: str) -> dict[str, list[str]]:
    """Return the codes of what is found in each post, in the order of their places, by the file's stem."""
    (directory / f"{dialect}.config.mjs").write_text(
        "export default { url: 'https://site.example/' };\n", encoding="utf-8"
    )
    found = checked(
        directory, f"site: {{url: 'https://site.example/', dialect: {dialect}, timezone: America/Los_Angeles}}\n"
    )
    told: dict[str, list[str]] = {}
    for item in found.problems:
        told.setdefault(Path(item.path).stem, []).append(item.code)
    return told


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_broken_post_is_looked_into_in_every_dialect(
    tmp_path: Path, write: Callable[..., Path], dialect: str
) -> None:
    """Whatever makes its address, a date that is none and front matter that cannot be read hide no missing picture."""
    write("posts/2024-01-31-date.md", "---\ntitle: A\ndate: 2024-13-31\n---\n![A](gone.png)\n")
    write(
        "posts/2024-01-31-address.md",
        "---\ntitle: B\ndate: 2024-01-31\npermalink: ['a']\nurl: ['a']\nslug: ['a']\n---\n![B](gone.png)\n",
    )
    write("posts/2024-01-31-fence.md", "---\ntitle: [C\n---\n![C](gone.png)\n")
    told = codes(tmp_path, dialect)
    assert ["bad-date", "body-picture-missing"] == told["2024-01-31-date"]
    assert "body-picture-missing" == told["2024-01-31-address"][-1] == told["2024-01-31-fence"][-1]


ASIDE = {
    "draft": "draft: true",
    "expired": "expires: 2025-01-01",
    "no feed": "feed: false",
}


@pytest.mark.parametrize("why", ASIDE)
def test_a_post_that_is_kept_out_has_its_own_dates_judged(tmp_path: Path, write: Callable[..., Path], why: str) -> None:
    """As they are written, and each in its place: before 1990, an update to come, or before the post."""
    for name, front in (
        ("a", "date: 1975-01-31"),
        ("b", "date: 2024-01-31\nupdated: 2999-01-31"),
        ("c", "date: 2024-01-31\nupdated: 2020-01-31"),
        ("d", "date: 2999-01-31"),
    ):
        write(f"posts/{name}.md", f"---\ntitle: T\n{ASIDE[why]}\n{front}\n---\nText.\n")
    wanted = [("a", 4, "implausible-date", "1975-01-31"), ("b", 5, "updated-in-future", "2999-01-31T00:00:00Z"),
              ("c", 5, "updated-before-published", "2020-01-31"), ("d", 4, "far-future", "2999-01-31T00:00:00Z")]  # fmt: skip
    assert wanted == [(Path(item.path).stem, item.line, item.code, item.got) for item in checked(tmp_path).problems]


def test_ids_are_those_of_posts_that_will_be_published(tmp_path: Path, write: Callable[..., Path]) -> None:
    """One that is scheduled takes part, and one with an error that will be mended; a draft, even a broken one, and what has expired do not."""
    fronts = {
        "a": "date: 2024-01-31", "draft": "date: 2024-01-31\ndraft: true", "later": "date: 2026-12-31",
        "gone": "date: 2024-01-31\nexpires: 2025-01-31", "unread": "date: 2024-01-31\ndraft: true\nx: [",
        "broken": "date: 2025-13-31", "later-still": "date: 2027-12-31\nid: urn:x:y", "latest": "date: 2028-02-01\nid: urn:x:y",
    }  # fmt: skip
    for name, front in fronts.items():
        text = front if "id:" in front else f"{front}\nid: urn:x:z"
        write(f"posts/{name}.md", f"---\ntitle: T\npermalink: /{name}/\n{text}\n---\nText.\n")
    found = [Path(item.path).stem for item in checked(tmp_path).problems if item.code == "duplicate-id"]
    assert ["broken", "later", "latest"] == found


def test_a_draft_may_name_what_is_not_there_yet(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A link from one draft to another waits, one from a post that is published is told."""
    write("posts/tea.md", "---\ntitle: A\ndate: 2024-01-31\ndraft: true\n---\n[B](milk.md)\n")
    write("posts/milk.md", "---\ntitle: B\ndate: 2024-01-31\ndraft: true\n---\n[A](tea.md)\n")
    write("posts/cup.md", "---\ntitle: C\ndate: 2024-01-31\n---\n[A](tea.md)\n")
    assert {"cup": ["link-missing"]} == codes(tmp_path, "docusaurus")


def test_unlisted_posts_and_pages_can_be_linked_to(tmp_path: Path, write: Callable[..., Path]) -> None:
    """What is in no feed and yet on the site is no dead end; it lacks nothing that feeds have, and a page is no post."""
    write("posts/blog/hidden.md", "---\ntitle: A\ndate: 2024-01-31\nbuild: {list: never}\n---\n![A](gone.png)\n")
    write("posts/about.md", "---\ntitle: B\n---\n![B](gone.png)\n")
    write("posts/blog/tea.md", "---\ntitle: C\ndate: 2024-01-31\n---\n[A](/blog/hidden/) [B](/about/)\n")
    assert {"hidden": ["body-picture-missing"]} == codes(tmp_path, "hugo")


@pytest.mark.parametrize("written", ["gone.png", "sub/gone.png", "/gone.png", "gone%20one.png", "'gone one.png'"])
def test_a_picture_in_a_tag_is_got_as_it_is_written(tmp_path: Path, write: Callable[..., Path], written: str) -> None:
    """Whatever the site makes of the name, each finding shows what the author can look for, and the file's place is its begin."""
    write("posts/2024-01-02-y.md", f"---\ntitle: Y\ndate: 2024-01-02\n---\nA gone.\n\n{{% asset_img\n {written} %}}\n")
    name = written.strip("'")
    found = checked(tmp_path, "site: {url: 'https://site.example/', dialect: hexo}\n").problems
    assert [("missing-alt", 7, 1, name), ("body-picture-missing", 8, 2 + written.index(name), name)] == [
        (item.code, item.line, item.column, item.got) for item in found
    ]


def test_a_picture_within_code_of_html_is_told_at_its_place(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Markdown is read within ``<code>``: a picture there that nobody has is told where it is written."""
    write("posts/a.md", "---\ntitle: A\ndate: 2024-01-31\n---\nA `z.png`.\n\n<code>![z](z.png)</code>\n")
    write("posts/b.md", "---\ntitle: B\ndate: 2024-01-31\n---\nB.\n\n<code>![z](q.png)</code>\n")
    found = [item for item in checked(tmp_path).problems if item.code == "body-picture-missing"]
    assert [("b.md", 7, 12)] == [
        (Path(item.path).name, item.line, item.column) for item in found if item.got == "q.png"
    ]
    assert [True] == [item.line > 1 for item in found if item.got == "z.png"]


def test_what_looks_like_a_picture_within_raw_html_is_none(tmp_path: Path, write: Callable[..., Path]) -> None:
    """In a block of HTML ``![]()`` is text, whatever pictures the post has besides; those lack their descriptions as ever."""
    text = "---\ntitle: A\ndate: 2024-01-31\n---\n![](y.png)\n\n<div>\n![](w.png)\n</div>\n\n![](harbour.png)\n"
    write("posts/a.md", text)
    for name in ("y", "w", "harbour"):
        write(f"posts/{name}.png", PNG)
    found = [item for item in checked(tmp_path).problems if item.code == "missing-alt"]
    assert ["y.png", "harbour.png"] == [item.got for item in found]


def test_the_minute_of_a_recording_is_no_place_in_a_text(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Notes of a show link to times of its player, as media fragments do; what looks otherwise is a place."""
    text = "[a](#t=00:00) [b](#t=1m30s) [c](#t=90,120.5) [d](#t=now) [e](#time)"
    write("posts/a.md", f"---\ntitle: A\ndate: 2024-01-31\n---\n{text}\n")
    assert ["#t=now", "#time"] == [item.got for item in checked(tmp_path).problems if item.code == "broken-fragment"]


@pytest.mark.parametrize(("told", "expected"), [("true", []), ("false", ["#brewing-time"])])
def test_terms_of_definition_lists_have_ids_where_hugo_gives_them(
    tmp_path: Path, write: Callable[..., Path], told: str, expected: list[str]
) -> None:
    """A link to a term is right where ``autoDefinitionTermID`` is on, in whichever file of the configuration that is."""
    write("config/_default/hugo.toml", "baseURL = 'https://site.example/'\n")
    write("config/_default/markup.toml", f"[goldmark.parser]\nautoDefinitionTermID = {told}\n")
    text = "---\ntitle: A\ndate: 2024-01-31\n---\n[t](#brewing-time)\n\nBrewing *time*\n: Minutes.\n"
    write("posts/a.md", text)
    found = checked(tmp_path, "site: {url: 'https://site.example/'}\n").problems
    assert expected == [item.got for item in found if item.code == "broken-fragment"]


def test_fragments_of_a_post_whose_tags_are_not_known_are_not_judged(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    """A removed tag may have brought the heading; another post's fragments are judged as ever."""
    write("posts/blog/a.md", '---\ntitle: A\ndate: 2024-01-31\n---\n[s](#scope)\n\n{{% include "scope.md" %}}\n')
    write("posts/blog/b.md", "---\ntitle: B\ndate: 2024-01-31\n---\n[a](/blog/a/#scope) [b](#scope)\n")
    assert {"a": ["unknown-tag"], "b": ["broken-fragment"]} == codes(tmp_path, "hugo")


Z = "---\ntitle: Z\ndate: 2024-01-01\n---\n## Here\n"
SPOKEN: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("jekyll", "[a]({% post_url 2024-01-01-z %}#here) [b]({% post_url 2024-01-01-z %}#b)", [("broken-fragment", "{% post_url 2024-01-01-z %}#b")]),
    ("jekyll", '<a href="{{ site.baseurl }}{% post_url 2024-01-01-z %}#c">c</a>', [("broken-fragment", "{{ site.base")]),
    ("jekyll", '{% if x %}![](/unseen.png){% endif %}\n\n{% include figure.html src="/p.png" %}\n\n![]({{ site.baseurl }}/p.png)', [("unknown-tag", "{% if x"), ("missing-alt", "{% include"), ("missing-alt", "![]({{")]),
    ("hugo", '[a]({{< ref "2024-01-01-z.md#here" >}}) [b]({{< relref "2024-01-01-z.md#b" >}})', [("broken-fragment", "{{< relref")]),
    ("hugo", '<a href="{{< ref "2024-01-01-z.md" >}}#b">b</a> [c](./2024-01-01-z.md#c)', [("broken-fragment", "{{< ref"), ("broken-fragment", "./2024")]),
    ("hugo", '{{< figure src="/p.png" alt="" >}}\n\n{{< figure src="/p.png" caption="P" >}}\n\n[z](2024-01-01-z.md) {{< figure src="/p.png" >}}', [("missing-alt", '{{< figure src="/p.png" >}}')]),
    ("hexo", "{% post_link 2024-01-01-z#here %} {% post_link 2024-01-01-z#b %} [c]({% post_path 2024-01-01-z %}#c)", [("broken-fragment", "{% post_link 2024-01-01-z#b"), ("broken-fragment", "{% post_path")]),
    ("hexo", "{% img /p.png 'a' 'b' %} {% img /p.png %} {% asset_img q.png %}", [("missing-alt", "{% img /p.png %}"), ("missing-alt", "{% asset_img"), ("body-picture-missing", "q.png")]),
    ("docusaurus", "import p from './q.png'\n\n<Image src={p} alt={p} /> <Image {...p} src={p} />\n\n<img src={p} className='x' /> <Image src={p} />", [("missing-alt", "<img"), ("missing-alt", "<Image src={p} />")]),
    ("astro", "[z](./2024-01-01-z.md#here) [b](./2024-01-01-z.md#b)\n\n<Image src='/p.png' alt='' /> <Image src='/p.png' />", [("broken-fragment", "./2024-01-01-z.md#b"), ("missing-alt", "<Image src='/p.png' />")]),
    ("pelican", "[a]({filename}2024-01-01-z.md#here) [b]({filename}/2024-01-01-z.md#b) ![]({static}/p.png)", [("broken-fragment", "{filename}/"), ("missing-alt", "![]")]),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "body", "expected"), SPOKEN)
def test_what_a_generators_own_ways_make_is_judged(
    tmp_path: Path, write: Callable[..., Path], dialect: str, body: str, expected: list[tuple[str, str]]
) -> None:
    """A link to a post by a tag or a file's name leads to a place that is there; a picture that a tag shows is described."""
    write("posts/2024-01-01-z.md", Z)
    text = f"---\ntitle: Y\ndate: 2024-01-02\n---\nText.\n\n{body}\n"
    path = write(f"posts/2024-01-02-y.{'mdx' if '<Image' in body else 'md'}", text)
    for assets in ("static", "source", "public", "."):
        write(f"{assets}/p.png", PNG)
    more = "rules: {missing-picture: off, picture-renamed: off, picture-small: off}\n"
    found = checked(tmp_path, f"site: {{url: 'https://site.example/', dialect: {dialect}}}\n{more}").problems
    assert [str(path)] * len(expected) == [item.path for item in found]
    lines = text.split("\n")
    told = sorted((item.code, lines[item.line - 1][item.column - 1 :]) for item in found)
    wanted = sorted(expected)
    assert [code for code, _ in wanted] == [code for code, _ in told]
    assert all(there.startswith(mark) for (_, mark), (_, there) in zip(wanted, told, strict=True)), told


def post(body: str = "Text.", front: str = "", date: str = "2024-01-31", title: str = "A title") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{front}\n---\n{body}\n"


Posts = dict[str, str]
A, B = "a.md", "b.md"
BROKEN: dict[str, list[tuple[Posts, list[tuple[str, int, int]]]]] = {
    "mojibake": [
        ({A: post("привет".encode().decode("cp1252"))}, [(A, 6, 1)]),
        ({A: post(title="CafÃ©")}, [(A, 2, 11)]),
        ({A: post("CÃ®me LÃ® ABCÃ®me")}, [(A, 6, 2), (A, 6, 8), (A, 6, 14)]),
        ({A: '{"title": "caf\\u00c3\\u00a9", "date": "2024-01-31"}\n'}, [(A, 1, 11)]),
        ({A: post(title='"caf\\xC3\\xA9"', front="x: {y: ['caf', \"\\xC3\\xA4\"]}")}, [(A, 2, 8), (A, 4, 16)]),
        ({A: '+++\ntitle = "caf\\u00c3\\u00a9"\ndate = 2024-01-31\n+++\n'}, [(A, 2, 9)]),
        ({A: "\ufeff" + post("One\ufffd, two\ufffd\n\n\ufffd")}, [(A, 6, 4), (A, 6, 10), (A, 8, 1)]),
        ({A: post("CafÃ©, cafÃ©: " + "Ã© " * 40)}, [(A, 6, 4), (A, 6, 11), *((A, 6, 15 + 3 * number) for number in range(18))]),
    ],
    "unknown-key": [
        ({A: post(front="Descripton: x")}, [(A, 4, 1)]),
        ({A: post(front="update: 2024-02-02\ndrafts: true")}, [(A, 4, 1), (A, 5, 1)]),
        ({A: "+++\ntitle = 'A'\ndate = 2024-01-31\n  tgas = ['a']\n+++\n"}, [(A, 4, 3)]),
        ({A: "---\ntitle: A\npubDtae: 2024-01-31\n---\n"}, [(A, 3, 1)]),
    ],
    "unknown-rule": [
        ({A: post(front="# feeder: off missing-al, title-long")}, [(A, 4, 15)]),
        ({A: post("<!-- feeder: off nonsense -->")}, [(A, 6, 18)]),
        ({A: post("<!-- feeder: warn missing-alt -->", "x: y # feeder: of missing-alt")}, [(A, 4, 16), (A, 6, 14)]),
        ({A: post("<!-- feeder:-->", "# Feeder: off\n#feeder: missing-alt off")}, [(A, 4, 11), (A, 5, 10), (A, 7, 13)]),
        ({A: post(front="# feeder: off missing-alt because it is so, and title-long")}, [(A, 4, 27)]),
        ({A: "\ufeff" + post(front="# feeder: off of -- course")}, [(A, 4, 15)]),
    ],
    "yaml-value": [
        ({A: post(front="tags: [no, 'no', 12, 1_000, yes please]")}, [(A, 4, 8), (A, 4, 22)]),
        ({A: post(front="tags:\n  - 012\n  - 2024-01-31\n  - v1.10")}, [(A, 5, 5), (A, 6, 5)]),
        ({A: post(title="1.10")}, [(A, 2, 8)]),
    ],
    "foreign-tag": [
        ({A: post("{% raw %}\n\n{{< tweet 1 >}} and {{ x }}")}, [(A, 6, 1), (A, 8, 1), (A, 8, 21)]),
        ({A: post("  :::tip\nx\n:::\n\n<Tabs>\nx\n</Tabs>")}, [(A, 6, 3), (A, 10, 1)]),
        ({A: post("import X from './x.js'\n\nexport const a = 1\n\n[[note]]")}, [(A, 6, 1), (A, 8, 1), (A, 10, 1)]),
        ({"a.html": post("<p>{{ x }}</p>")}, [("a.html", 6, 4)]),
        ({A: post("<%= x %> [[page]]\n\n[gallery]\n\n[TOC]\n\n[caption id='a' width=\"9\"]x[/caption]")}, [(A, 6, 1), (A, 6, 10), (A, 8, 1), (A, 10, 1), (A, 12, 1)]),
        ({A: post("[vc_row][vc_column a='b']x[/vc_column][/vc_row]")}, [(A, 6, 1), (A, 6, 9)]),
        ({A: post("[youtube=https://x.example/a] [gist 0123456] a [b]c[/b]\n\n[quote='x']\n\ny\n[/quote]")}, [(A, 6, 1), (A, 6, 31), (A, 6, 48), (A, 8, 1)]),
        ({A: post(title="'A {{ site.title }} [gallery ids=\"1\"]'", front="summary: >-\n  b\n  {% include x.html %} `{{ c.d }}`")}, [(A, 2, 11), (A, 2, 28), (A, 6, 3)]),
        ({A: post(front="author: '{{ site.author }}'\ncategories: ['{{ x }}', y]\ntags: <%= z %>")}, [(A, 4, 10), (A, 5, 15), (A, 6, 7)]),
        ({A: '+++\ntitle = "A {{< b c=\\"d\\" >}}"\ndate = 2024-01-31\n+++\n'}, [(A, 2, 12)]),
    ],
    "insecure-link": [
        ({A: post("<http://site.example/a/> [b](http://site.example)")}, [(A, 6, 2), (A, 6, 30)]),
        ({A: post(front="image: {url: 'http://site.example/a.png'}")}, [(A, 4, 14)]),
        ({A: post("[a]\n\n[a]: http://site.example/x")}, [(A, 8, 6)]),
        ({A: post("[a](http://site.example:80/a/) [b](HTTP://Site.Example/j/) [c](http://site.example:8080/)")}, [(A, 6, 5), (A, 6, 36)]),
    ],
    "missing-alt": [
        ({A: post("a ![ ](https://x.example/a.png)")}, [(A, 6, 3)]),
        ({"a.html": post('<p><img src="https://x.example/a.png"></p>')}, [("a.html", 6, 4)]),
    ],
    "missing-title": [
        ({A: "---\ndate: 2024-01-31\n---\nText.\n"}, [(A, 1, 1)]),
        ({"2024-01-31-a.md": "Text.\n"}, [("2024-01-31-a.md", 1, 1)]),
        ({A: post(title="''")}, [(A, 2, 1)]),
    ],
    "picture-kind": [
        ({A: post(front="image: https://x.example/a.svg")}, [(A, 4, 8)]),
        ({A: post(front="image: https://x.example/a.png\nthumbnail: https://x.example/a.tiff")}, [(A, 5, 12)]),
    ],
    "undefined-reference": [
        ({A: post("See [the old\nharbour][harbor] and\n![a map][].\n\n[harbour]: /b")}, [(A, 6, 5), (A, 8, 1)]),
        ({A: post("The [`code`][] of [Tea][tea] in [the book][1] ([page][]).")}, [(A, 6, 5), (A, 6, 19), (A, 6, 33), (A, 6, 48)]),
        ({A: post("[word][other] is meant: [other][z].\n\n[z]: /z")}, [(A, 6, 1)]),
        ({A: post("\n\n".join(f"[some {n}][]" for n in range(30)))}, [(A, 6 + 2 * n, 1) for n in range(20)]),
    ],
    "unusable-url": [
        ({A: post("[a](htp://x.example) [i](file:///c/x.pdf) [k](javascript:alert1) [m](http:x.html) [p](https://)")},
         [(A, 6, 5), (A, 6, 26), (A, 6, 47), (A, 6, 70), (A, 6, 87)]),
        ({A: post("![n](file:///C:/a.png) ![o](C:/pics/a.png)\n\n![p][]\n\n[p]: data:image/png;base64,AA==")}, [(A, 6, 6), (A, 6, 29), (A, 10, 6)]),
        ({"a.html": post('<p><img src="htp://x.example/a.png"> <a href="slack://x">b</a></p>')}, [("a.html", 6, 14), ("a.html", 6, 47)]),
    ],
    "picture-small": [
        ({A: post(front="image: dot.png")}, [(A, 4, 8)]),
        ({A: post(front="cover:\n  url: dot.png")}, [(A, 5, 8)]),
    ],
    "episode-format": [
        ({A: post(front="audio: https://x.example/a.ogg")}, [(A, 4, 8)]),
        ({A: post(front="audio:\n  url: https://x.example/a\n  type: audio/mpeg")}, [(A, 5, 8)]),
    ],
    "episode-number": [
        ({A: post(front="mp3: https://x.example/a.mp3")}, [(A, 4, 6)]),
        ({A: post(front="episode_type: full\nmp3: https://x.example/a.mp3")}, [(A, 5, 6)]),
    ],
    "episode-title": [
        ({A: post(title="'Episode 3: Tea'", front="audio: https://x.example/a.mp3\nepisode: 3")}, [(A, 2, 8)]),
        ({A: post(title="'#03 - Tea'", front="audio: https://x.example/a.mp3\nepisode: 3")}, [(A, 2, 8)]),
        ({A: post(title="Folge 3 Tee", front="audio: https://x.example/a.mp3\nepisode: 3")}, [(A, 2, 8)]),
        ({A: post(title="S2E3. Tea", front="audio: https://x.example/a.mp3\nepisode: 3")}, [(A, 2, 8)]),
    ],
    "title-long": [
        ({A: post(title="a" * 151)}, [(A, 2, 8)]),
        ({A: f"---\ndate: 2024-01-31\n---\n# {'b' * 200}\n"}, [(A, 1, 1)]),
    ],
    "title-markup": [
        ({A: post(title="'See [that](https://x.example/)'")}, [(A, 2, 8)]),
        ({A: post(title="A title {#id}"), B: post(title="A<br")}, [(A, 2, 8)]),
        ({A: post(title="Half</em> a tag")}, [(A, 2, 8)]),
        ({A: post(title="How to use `git`"), B: post(title="a `b")}, [(A, 2, 8)]),
        *(({A: post(title=f"'{title}'")}, [(A, 2, 8)]) for title in (
            "_Tea_ time", "A *very* good tea", "~~No~~ yes", "## Tea", "See [that](https://x.example", "<b>All about tea", "Tea with **", "Tea [", "Tea <https://x.example/>", "**Breaking news", '<span style="x">Tea',
        )),
    ],
    "title-shouting": [
        ({A: post(title="BUY TEA NOW AND HERE")}, [(A, 2, 8)]),
        ({A: post(title="Tea is here!!!")}, [(A, 2, 8)]),
    ],
    "visible-entity": [
        ({A: post(front="tags: ['a &amp;amp; b', c]\nauthor: d &amp;amp; e")}, [(A, 4, 11), (A, 5, 11)]),
        ({A: post("a &amp;amp; b &amp;#8217; c")}, [(A, 6, 3), (A, 6, 15)]),
        ({A: post(front="description: a &amp;eacute; b")}, [(A, 4, 16)]),
        ({A: post(title="'A &amp;amp; &amp;lt; B'", front="x: y")}, [(A, 2, 11), (A, 2, 21)]),
        ({A: post(front="description: >\n  a\n  &amp;eacute; &foobar;")}, [(A, 6, 3), (A, 6, 16)]),
        ({A: '{"title": "A \\u0026amp;amp; B", "date": "2024-01-31"}\n'}, [(A, 1, 11)]),
        ({A: post("&amp;amp; " * 30)}, [(A, 6, 1 + 10 * number) for number in range(20)]),
        ({A: post("a &foobar; b caf&eacut; `&foobar;`")}, [(A, 6, 3), (A, 6, 17)]),
    ],
    "broken-fragment": [
        ({A: post("[b](../b/#nowhere)"), B: post("## Somewhere")}, [(A, 6, 5)]),
        ({A: post('<p id="x"><a href="#y">y</a></p>')}, [(A, 6, 20)]),
        ({A: post("[b](/b/#x)"), B: "---\ndraft: true\n---\n[c](#c)"}, [(A, 6, 5), (B, 4, 5)]),
        ({A: post("[b](/b/#x)"), B: post("[c](#c)", date="soon")}, [(A, 6, 5), (B, 6, 5)]),
        ({A: post("## 标题一\n\n[x](#标题二) [y](#标题一) [z](#%E6%A0%87)")}, [(A, 8, 5), (A, 8, 25)]),
        ({A: post('## Über uns\n\n[x](#über-euch) <a href="#n\u0308o">y</a>\n\n[z](#über-uns)')}, [(A, 8, 5), (A, 8, 26)]),
    ],
    "broken-link": [
        ({A: post("[b](b.md)"), B: post()}, [(A, 6, 5)]),
        ({A: post("[b](www.foo.example) [c](foo.com/bar) [d](foo.co.uk) [e](a.b.de/c#d) [f](bob@x.org)")}, [(A, 6, 5), (A, 6, 26), (A, 6, 43), (A, 6, 58), (A, 6, 74)]),
        ({A: post("[b](./src/blog/b.md)"), B: post()}, [(A, 6, 5)]),
        ({A: post("[b](/tea-tyme/)"), "tea-time.md": post()}, [(A, 6, 5)]),
        ({A: post("[b](/B/)"), B: post()}, [(A, 6, 5)]),
        ({A: post("[b](/b/)"), B: post(date="2027-01-01")}, [(A, 6, 5)]),
        ({A: post("[b](/b/) [b](b.md)"), B: "---\ndraft: true\n---\n"}, [(A, 6, 5), (A, 6, 14)]),
        ({A: post("[b](/b/) [b](b.md)"), B: post("[a](c.md)", date="soon")}, [(A, 6, 5), (A, 6, 14), (B, 6, 5)]),
        ({A: post("[b](b.md)"), B: post(date="'soon")}, [(A, 6, 5)]),
        ({A: post("[b](b.md)"), B: post(front="feed: false")}, [(A, 6, 5)]),
        ({"n/a.md": post("[b](/n/other/)"), "n/b.md": post()}, [("n/a.md", 6, 5)]),
        ({A: post("[b](<no such.md> 'c') `[b](<no such.md>)` [b](<such.md>)")}, [(A, 6, 6), (A, 6, 48)]),
        ({A: post("[b](./没有.md) [c](/草稿/) [d](/文/)"), "草稿.md": post(front="draft: true"), "文.md": post()}, [(A, 6, 5), (A, 6, 18)]),
    ],
    "category-spelling": [
        ({A: post(front="tags: Web Design, x"), B: post(front="tags: [y, web-design]", date="2025-01-01")}, [(B, 4, 11)]),
        ({A: "+++\ntitle = 'A'\ndate = 2024-01-31\ntags = ['é', 'b c']\n+++\n", B: post(front="tags: [B-C]", date="2023-01-01")}, [(A, 4, 15)]),
        ({A: post(front="categories: a, Ecole"), B: post(front="categories: [École]", date="2023-01-01")}, [(A, 4, 16)]),
    ],
    "date-without-zone": [
        ({A: post(date="2024-01-31 10:00"), B: post(date="2024-01-31T10:00Z")}, [(A, 3, 7)]),
        ({A: post(date="2024-01-31 10:00:00"), B: post(date="Wed, 31 Jan 2024 10:00 GMT")}, [(A, 3, 7)]),
    ],
    "far-future": [
        ({A: post(date="2029-01-31")}, [(A, 3, 7)]),
        ({"2092-01-31-a.md": "# A\n"}, [("2092-01-31-a.md", 1, 1)]),
    ],
    "missing-picture": [
        ({A: post(), B: post("![b](https://x.example/b.png)")}, [(A, 2, 8)]),
        ({A: "---\ndate: 2024-01-31\n---\n# A\n", B: post(front="image: https://x.example/b.png")}, [(A, 1, 1)]),
    ],
    "missing-summary": [
        ({A: post(), B: post(front="summary: b")}, [(A, 2, 8)]),
        ({A: post(), B: post("b\n<!-- more -->\nc")}, [(A, 2, 8)]),
    ],
}  # fmt: skip
SOUND: dict[str, list[Posts]] = {
    "mojibake": [
        {A: post("100 Å³ NESCAFÉ® CAFÉ™ “a ‘fiancé’” «‹passé›» «thé»… à\u00a0€5 Ä–Ö “É” SPAß“ the Å’s PÄŠ „Ö“ PÃO» IRMÃ—e “non ‘è’” ça…” ×—× Сірко СРЉ MAÇÃ® IRMÃ™ «é»… 20 à\u00a0« 5 Å±1")},  # noqa: RUF001
        {A: post("Spaß“ CAFÉ… À « Â » naïve Ångström Été ñandú €")}, {A: post("ÃŸ".replace("Ÿ", " Ÿ"))}, {A: post("`CafÃ©`\n\n```\n\ufffd Ã©\n```\n\n    Ã©\n")}],
    "unknown-key": [{A: post(front="title_en: x\ncommentsId: 4\ncomment_id: 4\nvimeo: 5\nupdate: soon\ndrafts: [a]\nlayout: x\nimages: []\nsubtitle: y\nweight: 3\ntype: z\nuid: 4\ndata: 5\nposted: 6\ncomment: false\nno_comments: true\ndonate: true\ngrid: 2\npublisher: Ada\nrelated: [a]")}],
    "unknown-rule": [
        {A: post("# feeder: off nonsense", "# feeder: off missing-alt -- it's decoration, after all")},
        {A: post("`feeder: off x`\n\n```\n<!-- feeder: off x -->\n```\n<!-- feeder: off title-long — since > 5 -->")},
        {A: post(front="x: 'a # feeder: b'\ny: |\n  # feeder: c\nz: >-\n  d # feeder: e\nu: \"f\n  # feeder: g\"")},
        {A: "+++\ntitle = 'A # feeder: b'\ndate = 2024-01-31\nx = \"\"\"\n# feeder: c\n\"\"\"\n+++\n"},
    ],
    "yaml-value": [
        {A: post(front="tags: [2024, yes please, 'no', v1, 1.5]\ndraft: no\ncomments: yes")},
        {A: "+++\ntitle = 'no'\ndate = 2024-01-31\n+++\n"},
    ],
    "foreign-tag": [
        {A: post("`{{ x }}` and ``{% y %}``\n\n    {{ z }}\n\n~~~\n:::note\n~~~\n\nimport is a word. <BR/> <T>")},
        {"a.html": post("<pre>{{ x }}</pre><code>{% y %}</code>")},
        {A: post("[[1]](b) [[c](/d)] [[nodiscard]] [[:alpha:]] [[std::x]] [[1, 2]] [e][f] [^1] [ ] `[[g]]` `<% h %>`\n\n- [x] i\n\n[a]: /j\n[f]: /k\n[^1]: l")},
        {A: post("[video] [caption missing] [code omitted] [youtube](/a) [b] {{{ and }}} {{...}} [x=1] a[i] [sic] [gist]\n\n    [gallery]\n\n`[gallery]`")},
        {A: post(title="How [sic] a[i] [b] and {} `{% raw %}` work, 1 < % 2")},
    ],
    "insecure-link": [{A: post(front="id: http://site.example/a\ndisqus_url: http://site.example/b")}, {A: post("<http://x.example/> `http://site.example/` [a](http://site.example.org/) [b](/b)")}],
    "missing-alt": [{A: post('`![](a.png)` ![a](https://x.example/a.png)\n\n<p><img alt="" src="https://x.example/a.png"></p>')}],
    "missing-title": [{A: "---\ndate: 2024-01-31\n---\n# A\n"}, {A: post()}],
    "picture-kind": [{A: post(front="image: https://x.example/a.webp")}, {A: post(front="image: https://x.example/a")}, {A: post(front="image: gone.svg")}],
    "undefined-reference": [
        {A: post("`[the a][b]` a[i][j] [0][1] [i][j] [row][col] $[A][B] = k$ \\\\([the A][B]\\\\) [b][i]bold[/i][/b] [the x][y](/z) [^1][the p] \\\\[the a][b]")},
        {A: post("[The a][B c], [b  C][], [a][1] and ![`x`][]\n\n[b c]: /b\n[1]: /c\n[`x`]: d.png 'D'\n\n    [the e][f]")},
        {"a.html": post("<p>[the a][b]</p>")},
        {"a.md": post("<p>[the a][b]</p>\n")},
    ],
    "unusable-url": [
        {A: post("`[a](htp://x.example)` [b](mailto:a@x.example) [c](tel:+1) \\[d](htp://x.example) <a href='javascript:void(0)'>e</a> <a>f</a>")},
        {A: post('<img src="data:image/gif;base64,AA==" data-src="https://x.example/a.png" alt="a">\n\n![b] (C:/a.png) [g](//x.example/)')},
    ],
    "picture-small": [{A: post(front="thumbnail: dot.png")}, {A: post("![a](dot.png)")}],
    "episode-format": [
        {A: post(front="audio: https://x.example/a.M4A?x=1")}, {A: post(front="enclosure: https://x.example/a.pdf")},
    ],
    "episode-number": [
        {A: post(front="audio: https://x.example/a.mp3\nepisode: 1")}, {A: post(front="audio: https://x.example/a.mp3\nepisode_type: trailer")},
        {A: post()},
    ],
    "episode-title": [
        {A: post(title="30 cups", front="audio: https://x.example/a.mp3\nepisode: 3")},
        {A: post(title="Tea for 3", front="audio: https://x.example/a.mp3\nepisode: 3")},
        {A: post(title="'Episode 3: Tea'", front="audio: https://x.example/a.mp3\nepisode: 3\nepisode_title: Tea")},
        {A: post(title="'Episode 3: Tea'", front="episode: 3")},
    ],
    "title-long": [{A: post(title="a" * 150)}],
    "title-markup": [
        {A: post(title="use <T> & R&D")},
        {A: post(title="2 ** 3 ** 4, __init__.py, Podcast.__init__, a[0](1) and C#")},
        {A: post(title="<em>All</em> of it")},
        *({A: post(title=f"'{title}'")} for title in (
            "use *args and **kwargs", "the *nix and *BSD", "M*A*S*H and 2*3*4", "f(*args) in _config.yml and _posts", "snake_case _x", "/etc/*.conf and *.d", "Stop using <div>", "The <video> tag", "#1 of # signs in C# and F#", "char **argv", "a/_b_/c",
        )),
    ],
    "title-shouting": [{A: post(title="HTML & CSS")}, {A: post(title="NASA, ESA")}, {A: post(title="'NASA, ESA & JAXA: IBM'")}, {A: post(title="Really?!")}, {A: post(title="币世界 BTC USDT 晚行情 回升至")}, {A: post(title="日本語の題名")}],
    "visible-entity": [{A: post("AT&amp;T &nbsp; R&D `&amp;nbsp;` &amp;nothing; Q&As; [x](/?a&bc;)")}],
    "broken-fragment": [
        {A: post("[b](../b/#Some-Where) [c](/b/#top) [d](#fn:1) x[^1]\n\n[^1]: y"), B: post("## Some *where*")},
        {A: post("[x](#unsound-issues-crab) [y](#snake-cafe)\n\n## Unsound issues (🦀)\n\n## 🐍 Café")},
        {A: post('[x](#x) <a id="x"></a> [y](/elsewhere/#y)')},
        {A: post("[x](#h-some-where) [y](#user-content-some-where) [z](#webmentions)\n\n## Some *where*")},
        {A: post("[x](#use-git-now) [y](#cafe--co) [z](#y-z) [n](#fn:1) [c](#comment-12)\n\n## Use `git` now\n\n## 1. Café & Co {#y-z}\n\nx[^1]\n\n[^1]: y")},
    ],
    "broken-link": [
        {A: post("[b](/b/) [c](/b) [d](../b/index.html) [e](/about/) [f](/n/) [g](/x.pdf) [h](/n/tags/)"), B: post(), "n/c.md": post()},
        {A: post("[b](/b/)"), B: post(date="'soon")},
        {A: post("[b](dot.png) [c](page.de) [d](b@2x.png) [e](b@1.2) [f](socket.io/) [g](/foo.com) [h](x.io.zip)"), "s.md": post(front="permalink: /a/socket.io/")},
        {"n/slides-of-2024.md": post("[the slides](/n/slides-of-2025/)", front="permalink: /n/slides-of-2024/")},
        {A: post("[b](/b/)"), B: post(front="feed: false")},
        {A: post("[home](/) [again](https://site.example/)"), B: post(front="permalink: /\ndraft: true")},
        {A: post("[b](/b/)", date="2027-01-01"), B: post("[a](/a/)", front="draft: true")},
        {A: post("[b](/pages-of-another-kind/)"), B: post()},
        {A: post("`[b](b.md)` [c](https://x.example/b.md)"), B: post()},
        {A: post("[b](/b/)"), B: post(), "c.md": post(front="permalink: /b/", date="2025-01-01")},
    ],
    "category-spelling": [{A: post(front="tags: [C, C++, C#, news]"), B: post(front="categories: [News]\ntags: news")}],
    "date-without-zone": [{A: post(date="2024-01-31 10:00"), B: post(date="2024-01-31 10:00")}, {A: post(date="2024-01-31 10:00")}],
    "far-future": [{A: post(date="2028-01-31")}],
    "missing-picture": [{A: post(), B: post()}, {A: post()}],
    "missing-summary": [{A: post(), B: post()}, {A: post()}],
}  # fmt: skip


def found_in(directory: Path, posts: Posts, code: str, more: str = "") -> list[Problem]:
    (directory / "posts").mkdir()
    (directory / "posts" / "dot.png").write_bytes(PNG)
    for name, text in posts.items():
        (directory / "posts" / name).parent.mkdir(exist_ok=True)
        (directory / "posts" / name).write_text(text, encoding="utf-8")
    if code.startswith("episode-"):
        more += "podcast: {image: 'https://x.example/a.png', category: Arts, owner: Ada <a@x.example>, type: serial}\n"
    found = checked(directory, f"site: {{url: 'https://site.example/'}}\n{more}")
    return [item for item in found.problems if item.code == code]


def test_every_rule_on_posts_is_put_to_the_test() -> None:
    """Each has posts here that break it, in two ways at least, and posts that do not."""
    assert {*MANUSCRIPTS, *READINGS, *SITE} == set(BROKEN) == set(SOUND)
    assert all(len(cases) >= 2 for cases in BROKEN.values())


@pytest.mark.parametrize(
    ("code", "posts", "expected"), [(code, *case) for code, cases in BROKEN.items() for case in cases]
)
def test_a_rule_finds_what_breaks_it(
    tmp_path: Path, code: str, posts: Posts, expected: list[tuple[str, int, int]]
) -> None:
    """Each breach is told once, at its place, with the rule's severity and what to do."""
    found = found_in(tmp_path, posts, code)
    assert [(f"{tmp_path}/posts/{name}", line, column) for name, line, column in expected] == [
        item[:3] for item in found
    ]
    assert {rule(code).code.severity} == {item.severity for item in found}
    assert all(item.message and item.hint for item in found)


@pytest.mark.parametrize(("code", "posts"), [(code, posts) for code, cases in SOUND.items() for posts in cases])
def test_a_rule_is_silent_on_what_is_sound(tmp_path: Path, code: str, posts: Posts) -> None:
    """A rule says nothing of posts that do not break it."""
    assert [] == found_in(tmp_path, posts, code)


def test_every_picture_of_a_body_is_looked_at_and_told_once(tmp_path: Path) -> None:
    """A file that is no picture, or of a kind that readers do not show, is found wherever it stands in the text."""
    (tmp_path / "posts" / "more").mkdir(parents=True)
    (tmp_path / "assets").mkdir()
    for name in ("a.bmp", "b.tiff", "c.ico"):
        Image.new("RGB", (300, 200)).save(tmp_path / "posts" / name)
    for name in ("page.jpg", "photo.heic", "first.png", "lead.heic"):
        (tmp_path / "posts" / name).write_text("<!DOCTYPE html><p>Not found", encoding="utf-8")
    (tmp_path / "posts" / "d.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (tmp_path / "assets" / "cut.png").write_bytes(PNG[:20])
    body = "![x](first.png) ![x](a.bmp) ![x](b.tiff) ![x](c.ico) ![x](d.svg) ![x](dot.png)\n\n![x](/cut.png) <img alt='x' src='page.jpg'> `![x](page.jpg)`"
    posts = {A: post(body), B: post("![x](photo.heic)", "image: lead.heic", "2024-02-01")}
    (tmp_path / "posts" / "dot.png").write_bytes(PNG)
    for name, text in posts.items():
        (tmp_path / "posts" / name).write_text(text, encoding="utf-8")
    found = checked(tmp_path, "site: {url: 'https://site.example/', assets: [assets]}\n")
    kinds = [(A, 6, 22, "picture-kind"), (A, 6, 34, "picture-kind"), (A, 6, 47, "picture-kind")]
    unreadable = [(A, 6, 6), (A, 8, 6), (A, 8, 34), (B, 4, 8), (B, 6, 6)]
    assert sorted([*kinds, *((*place, "picture-unreadable") for place in unreadable)]) == sorted(
        (Path(item.path).name, *item[1:3], item.code) for item in found.problems if item.code.startswith("picture-")
    )


@pytest.mark.parametrize(
    ("front", "body", "more", "expected"),
    [
        ("# feeder: off missing-alt", "", "", []),
        ("x: y  # feeder: off title-long,missing-alt", "", "", []),
        ("x: |\n  y\n# feeder: off missing-alt -- all of them", "", "", []),
        ("x: |\n  y\n  # feeder: off missing-alt", "", "", ["warning"]),
        ("x: '\n  # feeder: off missing-alt'", "", "", ["warning"]),
        ("", "```\n<!-- feeder: off missing-alt -->\n```\n\n", "", ["warning"]),
        ("", "    <!-- feeder: off missing-alt -->\n\n", "", ["warning"]),
        ("", "- a list\n\n    <!-- feeder: note missing-alt -->\n\n", "", ["note"]),
        ("", "<!-- feeder: note missing-alt -->\n\n", "", ["note"]),
        ("", "Tea. <!-- feeder: note missing-alt --> ", "", ["note"]),
        ("# feeder: error missing-alt", "", "rules: {missing-alt: off}", ["error"]),
        ("", "# feeder: off missing-alt\n\n", "", ["warning"]),
        ("", "", "rules: {missing-alt: error}", ["error"]),
        ("", "", "rules: {missing-alt: off}", []),
    ],
)  # fmt: skip
def test_rules_are_switched(tmp_path: Path, front: str, body: str, more: str, expected: list[str]) -> None:
    """The configuration changes a severity, a comment in the post has the last word, and a heading is no comment."""
    posts = {A: post(f"{body}![](https://x.example/a.png)", front)}
    assert expected == [str(item.severity) for item in found_in(tmp_path, posts, "missing-alt", more)]


def test_a_bare_tag_in_a_title_is_a_note(tmp_path: Path) -> None:
    """It may be what the post is about, and no generator replaces it there: a strict check passes, and the text says why it is told."""
    (tmp_path / "posts").mkdir()
    title = "How {% raw %}, {{< ref >}}, <%= yield %> [sic] work, and {{< ref x >}}"
    (tmp_path / "posts" / A).write_text(post(title=title, front="summary: '{{ x }}'"), encoding="utf-8")
    found = [item for item in checked(tmp_path).problems if item.code == "foreign-tag"]
    assert [
        (2, 12, "{% raw %}", "note"),
        (2, 23, "{{< ref >}}", "note"),
        (2, 36, "<%= yield %>", "note"),
        (2, 65, "{{< ref x >}}", "warning"),
        (4, 11, "{{ x }}", "note"),
    ] == [(item.line, item.column, item.got, str(item.severity)) for item in found]
    assert found[0].message.startswith("a tag in the title, which generators leave as it is, too")


def test_attributes_of_kramdown_are_foreign_to_others(tmp_path: Path) -> None:
    """Where nobody takes them for attributes, readers see the braces."""
    found = found_in(tmp_path, {A: post("x\n{: .y}\n\n*x*{: .y}")}, "foreign-tag", "markdown: {flavor: commonmark}")
    assert [(7, 1), (9, 4)] == [item[1:3] for item in found]


@pytest.mark.parametrize("code", ["missing-summary", "missing-picture", "date-without-zone"])
def test_a_habit_can_be_demanded(tmp_path: Path, code: str) -> None:
    """A rule that follows the habits of a site tells of every post when the configuration gives it a severity."""
    found = found_in(tmp_path, {A: post(date="2024-01-31 10:00")}, code, f"rules: {{{code}: error}}")
    assert ["error"] == [str(item.severity) for item in found]


@pytest.mark.parametrize(
    ("said", "hint"),
    [("of missing-alt", "'off'"), ("off missing-al", "'missing-alt'"), ("Warning missing-alt", "'warning'")],
)
def test_a_comment_that_nobody_understands_is_told_with_what_was_meant(tmp_path: Path, said: str, hint: str) -> None:
    """A slip in the severity or in the code is told with the nearest word."""
    (found,) = found_in(tmp_path, {A: post(front=f"# feeder: {said}")}, "unknown-rule")
    assert f"did you mean {hint}?" in found.message


def test_a_build_hears_of_comments_too(build: Callable[..., Build]) -> None:
    """What a comment switches off, a build does not tell either."""
    posts = {
        "a.md": "---\ndate: 1980-01-01 # feeder: off implausible-date\n---\n",
        "b.md": "---\ndate: 1980-01-01\n---\n",
    }
    assert ["b.md"] == [Path(item.path).name for item in build(posts).problems]


@pytest.mark.parametrize("command", [("pin", "--dry-run"), ("explain", "posts/a.md"), ("build", "-q")])
def test_every_command_hears_of_comments(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A problem has one severity, whichever command tells it."""
    monkeypatch.chdir(tmp_path)
    options = (*command, "--url", "https://site.example/", "--now", "2026-06-01")
    for said, told in (("note implausible-date", "note [implausible-date]"), ("off implausible-date", "")):
        write("posts/a.md", f"---\ndate: 1980-01-01 # feeder: {said}\n---\n")
        result = CliRunner().invoke(main, options, catch_exceptions=False)
        assert (0, bool(told)) == (result.exit_code, "implausible-date" in result.stderr)
        assert told in result.stderr


def test_similar_addresses_are_sought_for_so_many_links_only(tmp_path: Path) -> None:
    """Where hundreds of links are broken, each is told all the same."""
    posts = {f"{number}.md": post(f"[a](../{number}-is-not-here/)", date="2024-01-31") for number in range(300)}
    assert 300 == len(found_in(tmp_path, posts, "broken-link"))


# Finished feeds

ITEM = "https://site.example/a/"


def _history(name: str) -> str:
    return f'<fh:{name} xmlns:fh="http://purl.org/syndication/history/1.0"/>'


def _link(rel: str) -> str:
    return f'<atom:link href="https://x.example/1.xml" rel="{rel}"/>'


def _image(name: str, width: int) -> str:
    said = "<title>Site</title><link>https://site.example/</link>"
    return f"<image><url>https://x.example/{name}</url>{said}<width>{width}</width></image>"


BREACHES: dict[str, list[tuple[str, str, str]]] = {
    "feed-syntax": [
        ("rss", "</channel>", ""), ("rss", 'version="2.0"', 'version="0.9"'), ("json", '"version"', '"v"'),
        ("json", "{", ""), ("atom", "http://www.w3.org/2005/Atom", "http://x.example/"), ("json", '"title"', '"title": "x", "title"'),
        ("json", '"size_in_bytes": 7', '"size_in_bytes": NaN'),
    ],
    "feed-text": [("json", "A title", "A\x7ftitle"), ("rss", "</rss>\n", "</rss>"), ("atom", "A title", "A \ufffd title"),
                  ("atom", "A title", "A&#x85;title"), ("rss", "A title", "A&#133;title"), ("rss", "<?xml", "\ufeff<?xml"),
                  ("atom", "<feed", "<!DOCTYPE feed><feed"), ("rss", "encoding='UTF-8'", "encoding='ISO-8859-1'")],
    "feed-element": [
        ("rss", 'isPermaLink="false"', ""), ("rss", 'rel="self"', 'rel="x"'), ("rss", "<docs>http", "<docs>x"),
        ("rss", "<language>en</language>", ""), ("atom", 'rel="self"', 'rel="x"'), ("atom", "<name>Ada", "<name>a@x.example"),
        ("atom", 'xml:lang="en"', ""), ("json", '"home_page_url"', '"home"'), ("json", '"content_html"', '"content"'),
        ("atom", '<content type="html">', "<content>"), ("json", "feed.json", "other.json"),
        ("rss", "<category ", "<category>a, b</category><category "),
        ("rss", "<docs>", "<ttl>-5</ttl><docs>"), ("rss", "<docs>", "<cloud/><docs>"), ("rss", "<docs>", "<textInput/><docs>"),
        ("rss", "<docs>", "<docs>x</docs><docs>"), ("rss", "<docs>", "<pubDate>yesterday</pubDate><docs>"),
        ("rss", "<language>en<", "<language>english language<"), ("rss", "search.yahoo.com/mrss/", "search.yahoo.com/mrss"),
        ("rss", "<dc:creator>Ada</dc:creator>", "<author>Ada</author>"), ("rss", "<item>", "<item xml:base='/x/'>"),
        ("rss", "</pubDate>", "</pubDate><comments>https://x.example/</comments><comments>https://x.example/</comments>"),
        ("rss", "<docs>", _image("a.webp", 88) + "<docs>"), ("rss", "<docs>", _image("a.png", 500) + "<docs>"),
        ("rss", "<docs>", _history("complete") + _link("prev-archive") + "<docs>"), ("rss", "<docs>", _history("archive") + "<docs>"),
        ("rss", "<docs>", _history("complete") + _history("archive") + _link("current") + "<docs>"), ("rss", "</pubDate>", "</pubDate>" + _link("next-archive")),
        ("atom", 'type="application/atom+xml"', 'type="text/html"'), ("atom", 'rel="alternate" type="text/html"/>', 'rel="alternate" type="text/html"/><link href="https://x.example/" type="text/html"/>'),
        ("atom", "<id>https://site.example/</id>", "<id>/</id>"), ("atom", "<entry>", "<entry xml:base='/x/'>"),
        ("atom", 'term="x"', 'term=""'), ("atom", 'xml:lang="en"', 'xml:lang="english language"'),
        ("atom", "<entry>", '<entry><a:rights xmlns:a="http://www.w3.org/2005/Atom">x</a:rights>'),
        ("atom", "<entry>", "<entry><link rel='replies' href='https://x.example/' type='text/plain'/>"),
        ("atom", "<entry>", "<entry><link rel='prev-archive' href='https://x.example/'/>"),
        ("atom", "<entry>", "<entry><author><name>Ada</name><uri>/ada/</uri></author>"),
        ("json", '"language"', '"next_url": "https://site.example/feed.json", "language"'), ("json", '"language"', '"expired": false, "language"'),
        ("json", '"language"', '"_a.b": 1, "language"'), ("json", '"language": "en"', '"language": "english language"'),
        ("json", '"language"', '"author": "Ada", "language"'), ("json", '"tags": [', '"tags": [null, '),
        ("json", '"title": "A title"', '"title": 5'), ("json", '"language"', '"hubs": [{"url": "https://x.example/"}], "language"'),
        ("json", '"language"', '"hubs": ["x"], "language"'), ("json", '"authors": [', '"authors": [{}, '),
        ("rss", "<docs>", _link("next-archive") + "<docs>"), ("rss", "<docs>", _link("current") + "<docs>"),
        ("rss", "<docs>", '<atom:link href="https://site.example/rss.xml" rel="prev-archive"/><docs>'),
        ("rss", "<docs>", "<managingEditor>Bob</managingEditor><docs>"), ("rss", "<dc:creator>Ada</dc:creator>", "<dc:creator> </dc:creator>"),
        ("rss", "<lastBuildDate>Thu, 01 Feb 2024 00:00:00 +0000</lastBuildDate>", ""),
        ("rss", "<docs>", '<i:explicit xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">false</i:explicit><docs>'),
        ("atom", "<name>Ada</name>", "<name>Ada</name><email>Bob</email>"), ("atom", "<generator", "<generator uri='/x'"),
        ("atom", '<summary type="html">', '<summary type="text/plain">'),
        ("atom", "<entry>", "<entry><link rel='replies' xmlns:t='http://purl.org/syndication/thread/1.0' t:count='x' href='https://x.example/' type='text/html'/>"),
        ("json", '"size_in_bytes": 7', '"size_in_bytes": "7"'), ("json", '"attachments": [', '"attachments": [1, '),
    ],
    "feed-id": [("rss", f">{ITEM}</guid>", "></guid>"), ("atom", f"<id>{ITEM}</id>", "<id>a b</id>"),
                ("json", f'"id": "{ITEM}"', '"id": ""')],
    "feed-url": [("rss", f"<link>{ITEM}", "<link>/a/"), ("json", f'"url": "{ITEM}"', '"url": "a/"'),
                 ("atom", "https://x.example/there", "/there"), ("rss", "https://x.example/there", "javascript:x"),
                 ("rss", "&lt;strong&gt;", "&lt;img src='https://x.example/' srcset='https://x.example/b.png 2x, /a.png 1x'&gt;&lt;strong&gt;"),
                 ("json", "<strong>", "<a href=/there/><strong>"), ("rss", "<docs>", '<atom:link href="/hub" rel="hub"/><docs>'),
                 ("rss", "</pubDate>", "</pubDate><comments>/a/#comments</comments>"), ("rss", "<category ", '<category domain="/tags/">y</category><category '),
                 ("atom", "<entry>", "<entry><link rel='replies' href='/a/#comments' type='text/html'/>"),
                 ("json", '"language"', '"next_url": "/2.json", "language"'), ("json", '"language"', '"hubs": [{"type": "x", "url": "/"}], "language"'),
                 ("json", '"authors": [', '"authors": [{"name": "x", "url": "/about/"}, ')],
    "feed-html": [("atom", "&lt;strong&gt;", "&lt;script&gt;"), ("rss", "&lt;strong&gt;", "&lt;strong onclick='x'&gt;"),
                  ("json", "<strong>", "<!-- x -->"), ("rss", "<description>", "<description>&lt;frame&gt;"),
                  ("atom", "&lt;strong&gt;", "&lt;svg/onload=alert(1)&gt;"), ("json", "<strong>", "<img data-src='https://x.example/'>"),
                  ("atom", '<summary type="html">', '<summary type="html">&lt;iframe&gt;')],
    "feed-enclosure": [("rss", 'length="7"', 'length="-1"'), ("rss", 'type="audio/mpeg"', 'type="mp3"'),
                       ("atom", 'type="audio/mpeg"', ""), ("json", '"mime_type": "audio/mpeg"', '"mime_type": "audio/mp3"')],
    "feed-picture": [("rss", 'medium="image"', ""), ("atom", 'type="image/png"', ""), ("rss", 'width="1"', 'width="0"'),
                     ("rss", 'type="image/png" medium', 'type="image/" medium')],
    "feed-date": [
        ("rss", "31 Jan 2024", "31. 1. 2024"), ("rss", "Wed, 31", "Tue, 31"), ("atom", "2024-01-31T", "2044-01-31T"),
        ("json", "2024-01-31T00:00:00Z", "2024-01-31"), ("rss", "<lastBuildDate>Thu, 01 Feb 2024", "<lastBuildDate>Thu, 01 Feb 2029"),
        ("atom", "<published>2023", "<published>2025"),
    ],
}  # fmt: skip


@pytest.fixture
def feeds(build: Callable[..., Build], write: Callable[..., Path]) -> dict[str, Artifact]:
    """Return the feeds of a site that has everything, by format."""
    write("posts/dot.png", PNG)
    write("posts/a.mp3", b"1234567")
    front = "author: Ada\ntags: [x]\nimage: dot.png\naudio: a.mp3\nupdated: 2024-02-01"
    posts = {A: post("**Bold** [there](https://x.example/there)", front), B: post(date="2023-01-31")}
    made = build(posts, config="site: {url: 'https://site.example/', author: Ada}")
    return dict(zip(("rss", "atom", "json"), made.artifacts, strict=True))


def breaches(artifact: Artifact, name: str, settings: Settings | None = None) -> list[Problem]:
    url = f"https://site.example/{artifact.path}"
    feed = finished_feed(artifact, name, url, settings or Settings(), NOW)
    return [problem for code in FEEDS for problem in rule(code).check(feed)]


def test_a_finished_feed_is_sound(feeds: dict[str, Artifact]) -> None:
    """What feeder writes breaks no rule."""
    assert [] == [problem for name, artifact in feeds.items() for problem in breaches(artifact, name)]


@pytest.mark.parametrize(
    ("code", "name", "old", "new"), [(code, *case) for code, cases in BREACHES.items() for case in cases]
)
def test_a_breach_of_a_feed_is_found(feeds: dict[str, Artifact], code: str, name: str, old: str, new: str) -> None:
    """A feed in which one thing was changed breaks the rule on that thing, in the line of the entry."""
    data = feeds[name].data.decode()
    assert old in data
    broken = feeds[name]._replace(data=data.replace(old, new).encode())
    found = [item for item in breaches(broken, name) if item.code == code]
    assert found
    assert all(item.path == f"public/{broken.path}" and item.message for item in found)
    assert all(1 <= item.line <= data.count("\n") + 1 for item in found)


@pytest.mark.parametrize(
    "body",
    [
        "![a button with onclick=go](https://x.example/a.png)", "![use href=/y and src=z](https://x.example/a.png)",
        '<img src="https://x.example/a.png" alt="set style=bold">', '[x](https://x.example "the data=1 attribute")',
    ],
)  # fmt: skip
def test_what_stands_in_a_value_is_no_attribute(tmp_path: Path, write: Callable[..., Path], body: str) -> None:
    """Text about HTML in a description or a title of a picture or link breaks no rule."""
    write("posts/a.md", post(body))
    found = checked(tmp_path, "site: {url: 'https://site.example/'}\n").problems
    assert [] == [item for item in found if item.code.startswith("feed-")]


def test_an_entry_has_one_id_in_all_feeds(feeds: dict[str, Artifact]) -> None:
    """An entry that another feed calls differently is two entries to whoever follows both."""
    url = "https://site.example/feed.json"
    others = {(ITEM, "A title"): "urn:x:1"}
    found = finished_feed(feeds["json"], "json", url, Settings(), NOW)._replace(ids=others)
    assert [("feed-id", ITEM)] == [(item.code, item.got) for code in FEEDS for item in rule(code).check(found)]


def test_a_short_guid_that_was_adopted_is_its_owners_choice(feeds: dict[str, Artifact]) -> None:
    """A number that a former generator counted by must stay, lest every subscriber get the entry again."""
    data = feeds["rss"].data.replace(f">{ITEM}</guid>".encode(), b">14</guid>")
    assert [] == breaches(feeds["rss"]._replace(data=data), "rss")


def test_entries_out_of_order_and_twice_are_found(feeds: dict[str, Artifact]) -> None:
    """An older entry before a newer one is found, and so is one that is there twice."""
    data = feeds["rss"].data.decode()
    newer, older = re.findall(r" *<item>.*?</item>\n", data, re.DOTALL)
    swapped = data.replace(newer + older, older + newer).encode()
    twice = data.replace(older, older + older).encode()
    line = swapped[: swapped.rindex(b"<item>")].count(b"\n") + 1
    assert [("feed-date", line)] == [
        (item.code, item.line) for item in breaches(feeds["rss"]._replace(data=swapped), "rss")
    ]
    assert ["feed-id"] == [item.code for item in breaches(feeds["rss"]._replace(data=twice), "rss")]


@pytest.mark.parametrize(
    ("most", "expected"), [(0, []), (10**6, []), (5_000, [("feed-large", "4000 bytes, more than half of feeds.max_bytes (5000)")]),
     (3_000, [("feed-too-large", "4000 bytes, more than feeds.max_bytes (3000)")])],
)  # fmt: skip
def test_a_feed_has_a_budget(feeds: dict[str, Artifact], most: int, expected: list[tuple[str, str]]) -> None:
    """Beyond half of it a feed is warned of, beyond it an error."""

    data = feeds["json"].data[:-1] + b" " * (4_000 - len(feeds["json"].data)) + b"\n"
    settings = Settings()._replace(feeds=Settings().feeds._replace(max_bytes=most))
    found = breaches(feeds["json"]._replace(data=data), "json", settings)
    assert expected == [(item.code, item.message) for item in found]


def test_every_rule_on_feeds_is_put_to_the_test() -> None:
    """Each is broken here."""
    assert set(FEEDS) == {*BREACHES, "feed-large", "feed-too-large"}


WORDS = (
    "Straße|5 €|привет мир|日本語|電|škoda|œuvre|Česko|İstanbul|Žluťoučký kůň|Łódź|Việt Nam|한국어|שלום|مرحبا|สวัสดี|हिन्दी|Ελληνικά|"
    "naïve — dash|don’t|😀|\ufffd|，|façade".split("|")  # noqa: RUF001
)


@pytest.mark.parametrize("word", WORDS)
def test_text_of_any_language_is_known_that_was_read_in_the_wrong_encoding(tmp_path: Path, word: str) -> None:
    """What programs make of UTF-8 that they take for Windows-1252, as browsers do, is told as what it was."""
    garbled = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in word.encode())
    found = found_in(tmp_path, {A: post(f"A {garbled} b")}, "mojibake")
    assert found
    assert all((item.got or "?") in garbled for item in found)


def test_lines_are_counted_as_editors_count_them(tmp_path: Path) -> None:
    """Latin-1's own end of a line is none, in front matter and in the body."""
    text = post("x\x85y\n\n[b](#none)", 'description: "d\x85e"')
    assert [(8, 5)] == [(item.line, item.column) for item in found_in(tmp_path, {A: text}, "broken-fragment")]


def test_cyrillic_in_the_wrong_encoding_of_windows_is_known(tmp_path: Path) -> None:
    """Windows-1251 makes letters of UTF-8's bytes that are Cyrillic, too."""
    garbled = "Привет — мир".encode().decode("cp1251")
    found = found_in(tmp_path, {A: post(garbled)}, "mojibake")
    assert ["'Привет'", "'—'"] == [item.message.rpartition(" ")[2] for item in found[:2]]


@pytest.mark.parametrize(
    ("code", "body", "said"),
    [("mojibake", "A \u00ef\u00bb\u00bf b", "'\u00ef\u00bb\u00bf' is a byte order mark: remove it"),
     ("mojibake", "A \u00ef\u00bf\u00bd b", "'\u00ef\u00bf\u00bd' stands for characters that are lost: look them up"),
     ("mojibake", "A caf\u00c3\u00a9", "'\u00c3\u00a9' should be '\u00e9'"),
     ("unusable-url", "[a](<http://cocoapods.org](http://cocoapods.org>)", "not a URL: brackets in a host are for IPv6 addresses")],
)  # fmt: skip
def test_advice_can_be_followed(tmp_path: Path, code: str, body: str, said: str) -> None:
    """Nothing is to be put in by its escape, and no message is one of a library."""
    assert [said] == [
        item.message.removeprefix("text decoded with the wrong encoding; ")
        for item in found_in(tmp_path, {A: post(body)}, code)
    ]
