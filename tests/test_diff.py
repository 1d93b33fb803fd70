"""``feeder diff``: a site's history, each change told as what it is, whatever the formats on either side."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from conftest import NOW, needs
from PIL import Image

import feeder
from feeder import config
from feeder.cli import changes_markdown, main
from feeder.comparison.compare import LABELS, Finding, Kind
from feeder.difference import Difference, difference
from feeder.published.items import Publication

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.settings import Settings

FORMATS = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
LIMIT = 4


class State(NamedTuple):
    """A site at one time: its posts, the text of its configuration and the time of the build."""

    posts: dict[str, str]
    site: dict[str, str]
    feeds: dict[str, str]
    permalink: str = "/:path/"
    now: datetime = NOW

    def posted(self, name: str, old: str, new: str) -> State:
        """Return the site with one text of a post replaced by another."""
        assert old in self.posts[name]
        return self.written(name, self.posts[name].replace(old, new))

    def written(self, name: str, text: str) -> State:
        return self._replace(posts={**self.posts, name: text})

    def without(self, name: str) -> State:
        return self._replace(posts={other: text for other, text in self.posts.items() if other != name})

    def renamed(self, old: str, new: str) -> State:
        return self.without(old).written(new, self.posts[old])

    def config(self) -> str:
        lines = [f"{name}: {{{', '.join(f'{key}: {value}' for key, value in section.items())}}}"
                 for name, section in (("site", self.site), ("feeds", self.feeds))]  # fmt: skip
        return "\n".join([*lines, f"posts: {{permalink: '{self.permalink}'}}", ""])


def post(title: str, date: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n{body}\n"


START = State(
    posts={
        "one.md": post("One for the road", "2026-01-01", "A road is long, and whoever walks it needs a cup of tea before."),
        "two.md": post("Two left feet", "2026-01-02", "Dancing was never mine: both of my feet insist on being left ones."),
        "three.md": post("Three wishes", "2026-01-03", "The fairy came, looked around the kitchen, and asked for a biscuit.",
                         "categories: [Tales, Kitchen]\nimage: https://x.example/fairy.png\n"),
        "four.md": post("Four winds", "2026-01-04", "North and south met at the harbour and could not agree about the sails."),
        "five.md": post("Five past five", "2026-01-05", "Nothing happens at five, which is exactly why the kettle is on then."),
    },
    site={"url": "http://site.example/", "title": "History"},
    feeds={"limit": str(LIMIT)},
)  # fmt: skip
SIX = post("Six of one", "2026-01-06", "And half a dozen of the other, said the grocer, weighing both with care.")
LONG = "The lighthouse keeper counts every ship that passes and writes its name into a book nobody reads."
STRANGER = post("Quarterly numbers", "2026-03-09", "Revenue, costs, margins: all of them went sideways in spring.", "id: tag:site.example,2026:seven\n")  # fmt: skip


def many(kind: str, *titles: str) -> list[tuple[str, str]]:
    return [(kind, title) for title in titles]


HISTORY: list[tuple[str, Callable[[State], State], list[tuple[str, str]]]] = [
    ("nothing changed", lambda site: site, []),
    ("a post is published", lambda site: site.written("six.md", SIX),
     [*many("new", "Six of one"), *many("aged", "Two left feet")]),
    ("a title is corrected", lambda site: site.posted("six.md", "Six of one", "Six of the other"), many("edited", "Six of the other")),
    ("a text is corrected", lambda site: site.posted("four.md", "at the harbour", "in the harbour"), many("edited", "Four winds")),
    ("a file is renamed", lambda site: site.renamed("five.md", "tea.md"), many("resent", "Five past five")),
    ("a category is renamed", lambda site: site.posted("three.md", "Tales", "Stories"), many("category", "Three wishes")),
    ("a picture is removed", lambda site: site.posted("three.md", "image: https://x.example/fairy.png\n", ""), many("picture", "Three wishes")),
    ("a date is corrected", lambda site: site.posted("six.md", "2026-01-06", "2026-01-07"), many("date", "Six of the other")),
    ("a post is deleted", lambda site: site.without("tea.md"),
     [*many("vanished", "Five past five"), *many("older", "Two left feet")]),
    ("the limit is raised", lambda site: site._replace(feeds={"limit": "9"}), many("older", "One for the road")),
    ("the limit is lowered", lambda site: site._replace(feeds={"limit": "3"}), many("aged", "Two left feet", "One for the road")),
    ("the limit is taken away", lambda site: site._replace(feeds={"limit": "0"}), many("older", "Two left feet", "One for the road")),
    ("http becomes https", lambda site: site._replace(site={**site.site, "url": "https://site.example/"}),
     many("resent", "Six of the other", "Four winds", "Three wishes", "Two left feet", "One for the road")),
    ("another pattern of permalinks", lambda site: site._replace(permalink="/:year/:month/:slug/"),
     many("resent", "Six of the other", "Four winds", "Three wishes", "Two left feet", "One for the road")),
    ("another domain", lambda site: site._replace(site={**site.site, "url": "https://www.other.example/blog/"}),
     many("resent", "Six of the other", "Four winds", "Three wishes", "Two left feet", "One for the road")),
    ("a post with an id", lambda site: site.written("seven.md", post("Seven seas", "2026-02-01", LONG, "id: tag:site.example,2026:seven\n")),
     many("new", "Seven seas")),
    ("it is renamed", lambda site: site.renamed("seven.md", "seas.md"), many("edited", "Seven seas")),
    ("a draft is kept back", lambda site: site.posted("seas.md", "title:", "draft: true\ntitle:"), many("vanished", "Seven seas")),
    ("and is published after all", lambda site: site.posted("seas.md", "draft: true\n", ""), many("new", "Seven seas")),
    ("a scheduled post", lambda site: site.written("eight.md", post("Eight", "2026-06-02T08:00:00Z", "Eight is scheduled.")), []),
    ("its time comes", lambda site: site._replace(now=datetime.fromisoformat("2026-06-03T00:00:00Z")), many("new", "Eight")),
    ("a podcast", lambda site: site.posted("eight.md", "title:", "enclosure: {url: 'https://x.example/8.mp3', length: 8}\ntitle:"),
     many("edited", "Eight")),
    ("another author", lambda site: site.posted("four.md", "title:", "author: Ann\ntitle:"), many("edited", "Four winds")),
    ("an update is told", lambda site: site.posted("four.md", "title:", "updated: 2026-02-02\ntitle:"), many("edited", "Four winds")),
    ("another picture", lambda site: site.posted("two.md", "title:", "image: https://x.example/a.png\ntitle:"), many("edited", "Two left feet")),
    ("title, date and address at once", lambda site: site.without("seas.md").written("house.md", post("The lighthouse", "2026-02-05", LONG)),
     many("resent", "The lighthouse")),
    ("an id is given to another post", lambda site: site.posted("house.md", "title:", "id: tag:site.example,2026:seven\ntitle:"), many("resent", "The lighthouse")),
    ("indeed", lambda site: site.without("house.md").written("numbers.md", STRANGER), many("reused", "Quarterly numbers")),
    ("another time zone", lambda site: site._replace(site={**site.site, "timezone": "Asia/Tokyo"}),
     many("date", "Quarterly numbers", "Six of the other", "Four winds", "Three wishes", "Two left feet", "One for the road")),
    ("summaries only", lambda site: site._replace(feeds={"content": "summary", "limit": "0"}),
     many("edited", "Eight", "Quarterly numbers", "Six of the other", "Four winds", "Three wishes", "Two left feet", "One for the road")),
]  # fmt: skip
"""What happens to the site, one after the other, and what its subscribers see: kind and title, in the report's order."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[feeder.Build, Settings]]:
    """Return the site's builds, before the first change and after each."""
    builds = []
    state = START
    for number, change in enumerate([lambda site: site, *(step[1] for step in HISTORY)]):
        state = change(state)
        place = tmp_path_factory.mktemp(f"state-{number}")
        (place / "posts").mkdir()
        for name, text in state.posts.items():
            (place / "posts" / name).write_text(text, encoding="utf-8")
        (place / "feeder.yml").write_text(state.config(), encoding="utf-8")
        builds.append((feeder.build(now=state.now, directory=place), config.load(config.Options(), {}, place).settings))
    return builds


def only(build: feeder.Build, path: str) -> feeder.Build:
    """Return the build as if it had made one feed."""
    return build._replace(artifacts=tuple(artifact for artifact in build.artifacts if artifact.path == path))


def findings(found: Difference) -> list[Finding]:
    return [finding for compared in found.changed for finding in compared.findings]


@pytest.mark.parametrize("published", FORMATS)
@pytest.mark.parametrize("built", FORMATS)
@pytest.mark.parametrize(("number", "step"), list(enumerate(HISTORY)), ids=[step[0] for step in HISTORY])
def test_each_change_is_told_as_what_it_is(
    history: list[tuple[feeder.Build, Settings]], number: int, step: Any, published: str, built: str
) -> None:
    """Whatever format is published, and whatever is built, a change has the same names for the same posts."""
    (before, _), (after, settings) = history[number : number + 2]
    data = next(artifact.data for artifact in before.artifacts if artifact.path == FORMATS[published])
    publication = Publication("published", {FORMATS[published]: data}, whole=False)
    found = findings(difference(only(after, FORMATS[built]), settings, publication))
    assert step[2] == [(finding.kind, finding.item.title) for finding in found]


# A feed of another generator: written here by hand, as Hugo's own templates write it, and what a theme makes of JSON

HUGO = [("Three wishes", "three"), ("Two left feet", "two"), ("One for the road", "one")]
"""What the site published before it came to feeder, with Hugo's addresses."""


def hugo(form: str, order: list[tuple[str, str]], address: str) -> bytes:
    """Return the feed; ``address`` has a place for the post's name."""
    days = {"one": 1, "two": 2, "three": 3}
    rows = [(title, address.format(name), f"2026-01-0{days[name]}T00:00:00Z", days[name], START.posts[f"{name}.md"].rpartition("---\n")[2].strip())
            for title, name in order]  # fmt: skip
    if form == "json":
        items = [
            {"id": url, "url": url, "title": title, "content_text": body, "date_published": date}
            for title, url, date, _, body in rows
        ]
        return json.dumps({"version": "https://jsonfeed.org/version/1", "title": "History", "items": items}).encode()
    if form == "atom":
        entries = "".join(
            f'<entry><title type="html">{title}</title><link href="{url}"/><id>{url}</id><published>{date}</published>'
            f'<updated>{date}</updated><content type="html">&lt;p&gt;{body}&lt;/p&gt;</content></entry>'
            for title, url, date, _, body in rows
        )
        return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>History</title>{entries}</feed>'.encode()
    entries = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{('Thu', 'Fri', 'Sat')[day - 1]}, 0{day} Jan 2026 00:00:00 +0000</pubDate>"
        f"<guid>{url}</guid><description>&lt;p&gt;{body}&lt;/p&gt;</description></item>"
        for title, url, date, day, body in rows
    )
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss version="2.0"><channel><title>History</title>{entries}</channel></rss>'.encode()


@pytest.fixture(scope="module")
def moved_from_hugo(tmp_path_factory: pytest.TempPathFactory) -> tuple[feeder.Build, Settings]:
    place = tmp_path_factory.mktemp("hugo")
    (place / "posts").mkdir()
    for name in ("one", "two", "three"):
        text = re.sub("(?m)^(categories|image):.*\n", "", START.posts[f"{name}.md"])
        (place / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    options = config.Options(url="https://site.example/")
    return feeder.build(now=NOW, directory=place, url=options.url), config.load(options, {}, place).settings


@pytest.mark.parametrize("published", FORMATS)
@pytest.mark.parametrize("built", FORMATS)
@pytest.mark.parametrize(
    "case",
    [
        (HUGO, "https://site.example/{}/", []),
        (HUGO, "https://site.example/posts/{}/", many("resent", *(title for title, _ in HUGO))),
        ([HUGO[1], HUGO[0], HUGO[2]], "https://site.example/{}/", many("reordered", "Two left feet")),
        (HUGO[1:], "http://site.example/{}/index.html", [*many("resent", "Two left feet", "One for the road"), *many("new", "Three wishes")]),
    ],
    ids=["the same addresses", "other addresses", "another order", "other addresses and a new post"],
)  # fmt: skip
def test_a_site_that_comes_from_hugo(
    moved_from_hugo: tuple[feeder.Build, Settings], published: str, built: str, case: Any
) -> None:
    """The feed of another generator is compared like feeder's own; edits of markup aside, nothing else is seen."""
    order, address, expected = case
    build, settings = moved_from_hugo
    publication = Publication("index.xml", {"index.xml": hugo(published, order, address)}, whole=False)
    found = findings(difference(only(build, FORMATS[built]), settings, publication))
    assert expected == [(finding.kind, finding.item.title) for finding in found if finding.kind != "edited"]
    edits = {change.note for finding in found if finding.kind == "edited" for change in finding.changes}
    assert edits <= {"same words, different links, pictures, punctuation or markup"}


# The command


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a site that was published, with nothing in the environment that feeder listens to."""
    monkeypatch.chdir(tmp_path)
    for name in ("FEEDER_URL", "GITHUB_ACTIONS", "GITHUB_REPOSITORY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "posts").mkdir()
    for name, text in START.posts.items():
        (tmp_path / "posts" / name).write_text(text, encoding="utf-8")
    (tmp_path / "feeder.yml").write_text(
        "site: {url: 'https://site.example/', title: History}\nfeeds: {categories: true}\n"
    )
    assert 0 == run("build", "-q").exit_code
    return tmp_path


def run(*arguments: str | Path) -> Result:
    """Run the command in this process; an exception other than an exit fails the test."""
    now = ["--now", "2026-06-01"] if arguments[0] != "schema" else []
    return CliRunner().invoke(main, [*map(str, arguments), *now], prog_name="feeder", catch_exceptions=False)


def edit(name: str, old: str, new: str) -> None:
    path = Path("posts", name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rename() -> None:
    Path("posts/two.md").rename("posts/deux.md")


def document(*arguments: str | Path) -> Any:
    return json.loads(run("diff", "--format", "json", *arguments).stdout)


def kinds(*arguments: str | Path) -> list[str]:
    return [finding["kind"] for feed in document(*arguments)["feeds"] for finding in feed["findings"]]


def test_what_is_published_has_no_changes() -> None:
    """Without a change the report is one line, and the exit code 0; the output directory is what is compared with."""
    result = run("diff")
    assert (0, "Compared 9 feeds with public: no changes.\n") == (result.exit_code, result.stdout)
    assert "reading posts from posts\n" == result.stderr


def test_a_resent_post_fails() -> None:
    """A post under another id makes the exit code 1, and the report says which, how it is known, and what readers do."""
    rename()
    result = run("diff", "-q")
    assert (1, "") == (result.exit_code, result.stderr)
    assert (
        """Compared 9 feeds with public: 1 re-sent.

rss.xml, atom.xml, feed.json (5 items published, 5 built)
  RE-SENT           Two left feet (2026-01-02)
                    id: https://site.example/two/ -> https://site.example/deux/
                    recognised by its title and date; put the old id in its front matter, and nobody gets it again

What readers do:
  RE-SENT           Miniflux:    a new unread entry next to the old one
                    NetNewsWire: a new unread entry next to the old one
                    FreshRSS:    a new unread entry next to the old one
                    Thunderbird: a new unread message next to the old one
"""
        == result.stdout
    )


def test_the_old_id_keeps_a_renamed_post() -> None:
    """What the report advises is true: with its old id a renamed post is edited, and nobody gets it again."""
    rename()
    old = document()["feeds"][0]["findings"][0]["published"]["id"]
    edit("deux.md", "title:", f"id: {old}\ntitle:")
    assert (0, ["edited"]) == (run("diff").exit_code, kinds())


def test_nothing_is_written() -> None:
    """The feeds on disk are the published ones after a comparison as before it."""
    before = {path: path.read_bytes() for path in Path("public").rglob("*.*")}
    rename()
    run("diff")
    assert before == {path: path.read_bytes() for path in Path("public").rglob("*.*")}


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        (None, 0),
        ("edited", 1),
        ("EDITED, new", 1),
        ("new,vanished", 0),
        ("none", 0),
        ("category,none", 0),
        ("", 2),
        (",", 2),
    ],
)
def test_fail_on_decides_the_exit_code(fail_on: str | None, code: int) -> None:
    """An edit is no failure, unless it is named; nothing at all is not a name."""
    edit("two.md", "Two left feet", "Two right feet")
    assert code == run("diff", *(() if fail_on is None else ("--fail-on", fail_on))).exit_code


def test_fail_on_knows_its_kinds() -> None:
    """A kind that there is not is a matter of usage, and the message names those that there are."""
    result = run("diff", "--fail-on", "resent,deleted")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "no such kind: deleted; the kinds are resent, reused, gone, vanished," in result.stderr


def test_text_shows_a_title_word_by_word() -> None:
    """What is removed and what is added stands in brackets of two kinds, without colours where there is no terminal."""
    edit("two.md", "Two left feet", "Two right feet")
    assert "title: Two [-left-]{+right+} feet\n" in run("diff").stdout
    assert "\x1b" not in run("diff").stdout


def test_a_body_is_measured_in_words() -> None:
    """The report says how many words changed, of how many, and not which."""
    edit("two.md", "Dancing was never mine", "Skating was never my thing")
    assert "text: 3 of 14 words changed\n" in run("diff").stdout


def test_a_category_that_is_renamed_costs_its_feed() -> None:
    """Its feed's subscribers get nothing any more, and that can fail a run."""
    edit("three.md", "Tales", "Stories")
    found = document()
    assert ["categories/tales/atom.xml", "categories/tales/feed.json", "categories/tales/rss.xml"] == found["gone"]
    assert ["categories/stories/atom.xml", "categories/stories/feed.json", "categories/stories/rss.xml"] == found[
        "added"
    ]
    assert (0, 1) == (run("diff").exit_code, run("diff", "--fail-on", "gone").exit_code)
    assert "FEED GONE         atom.xml, feed.json, rss.xml in categories/tales/\n" in run("diff").stdout


def test_a_summary_of_a_short_post_is_told() -> None:
    """The one before it was made of the text and said all of it; an edit of such a text is told once."""
    edit("one.md", "title:", "description: Of roads and cups.\ntitle:")
    edit("two.md", "Dancing", "Dance")
    told = {(finding["published"]["title"], change["field"]) for feed in document()["feeds"] for finding in feed["findings"]
            for change in finding["changes"]}  # fmt: skip
    assert {("One for the road", "summary"), ("Two left feet", "text")} == told


def test_another_thumbnail_is_told() -> None:
    """Miniflux and FreshRSS show it before the large picture; JSON Feed has none, and a picture stands for its own only once."""
    edit("three.md", "title:", "thumbnail: https://x.example/small.png\ntitle:")
    changes = [("thumbnail", "https://x.example/fairy.png", "https://x.example/small.png")]
    for name, told in (("rss.xml", changes), ("atom.xml", changes), ("feed.json", [])):
        feeds = document(f"public/{name}")["feeds"]
        assert told == [(change["field"], change["old"], change["new"]) for feed in feeds for finding in feed["findings"]
                        for change in finding["changes"]]  # fmt: skip
    edit("three.md", "thumbnail: https://x.example/small.png\n", "")
    edit("three.md", "fairy.png", "other.png")
    assert [["picture"]] == [
        [change["field"] for change in finding["changes"]]
        for finding in document("public/rss.xml")["feeds"][0]["findings"]
    ]


def test_a_picture_whose_file_is_gone_is_lost() -> None:
    """In front matter and first in the body; every format that tells a picture's size tells that it is gone."""
    edit("one.md", "title:", "image: cup.png\ntitle:")
    edit("two.md", "Dancing", "![A shoe](shoe.png) Dancing")
    for name in ("cup", "shoe"):
        Image.new("RGB", (800, 600)).save(f"posts/{name}.png")
    assert 0 == run("build", "-q").exit_code
    published = {path.name: path.read_bytes() for path in Path("public").iterdir() if path.is_file()}
    for name in ("cup", "shoe"):
        Path(f"posts/{name}.png").unlink()
    for name, lost in (("rss.xml", 2), ("atom.xml", 2), ("feed.json", 1)):
        Path(name).write_bytes(published[name])
        assert ["picture"] * lost == kinds(name)
    assert 1 == run("diff", "--fail-on", "picture").exit_code
    assert 0 == run("build", "-q").exit_code
    assert [] == kinds()


def test_a_picture_that_lies_elsewhere_is_not_lost() -> None:
    """Another generator tells its size, and feeder does not, though the post lacks another file."""
    edit("one.md", "title:", "image: https://x.example/cup.png\ntitle:")
    edit("one.md", "A road", "![No cup](gone.png) A road")
    assert 0 == run("build", "-q").exit_code
    feed = Path("public/rss.xml").read_text(encoding="utf-8")
    assert 'cup.png" type="image/png" medium="image"/>' in feed
    feed = feed.replace('medium="image"', 'medium="image" width="800"')
    Path("old.xml").write_text(feed, encoding="utf-8")
    assert [] == kinds("old.xml")


def test_what_happens_in_several_feeds_is_told_and_counted_once() -> None:
    """The site's feed tells it, a category's what is its own; the JSON document has all of it for each feed."""
    edit("one.md", "title:", "categories: Tales\ntitle:")
    edit("five.md", "title:", "categories: Tales\ntitle:")
    edit("../feeder.yml", "feeds: {", "feeds: {limit: 4, ")
    run("build", "-q")
    edit("../feeder.yml", "//site.", "//other.")
    found = document()
    assert [4, 1, 3] == [len(feed["findings"]) for feed in found["feeds"]]  # the site's, Kitchen's, Tales'
    assert 5 == found["counts"]["resent"]
    text, markdown = run("diff").stdout, run("diff", "--format", "markdown").stdout
    assert "with public: 5 re-sent.\n" in text
    assert 5 == text.count("\n  RE-SENT           ") - 1  # and what readers do
    assert 5 == markdown.count("| RE-SENT | [")
    assert re.search(
        r"^\S.*tales/ \(3 items .*\n  RE-SENT +One for the road .*\n.*\n.*\n  and 2 changes listed above\n",
        text,
        re.MULTILINE,
    )
    assert re.search(r"^\S.*kitchen/ \(1 item .*\n  1 change listed above\n", text, re.MULTILINE)
    assert "<details open><summary>rss.xml" in markdown
    assert "<details><summary>rss.xml, atom.xml, feed.json in categories/kitchen/: 1 change (1 item " in markdown
    assert "| … | 1 change listed above | |\n" in markdown


def test_a_post_that_leaves_a_category_vanishes_from_its_feed_only() -> None:
    """The site's feed says that its categories changed, the category's that it is no longer there, though published."""
    edit("four.md", "title:", "categories: Kitchen\ntitle:")
    run("build", "-q")
    edit("four.md", "categories: Kitchen\n", "")
    feeds = document()["feeds"]
    assert [["category"], ["vanished"]] == [[finding["kind"] for finding in feed["findings"]] for feed in feeds]
    assert "still published, but not in this feed" == feeds[1]["findings"][0]["reason"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("date: soon", "posts/four.md:3:7 has an error: bad-date"),
        ("draft: true", "posts/four.md is left out: draft"),
        ("date: 2199-01-01", "posts/four.md is left out: scheduled for 2199-01-01T00:00:00Z"),
        ("expires: 2026-01-01", "posts/four.md is left out: expired on 2026-01-01T00:00:00Z"),
        ("feed: false", "posts/four.md is left out: feed: false"),
        ("", "deleted, left out or broken"),
    ],
)
def test_a_post_that_vanished_is_told_with_what_keeps_its_file_out(line: str, expected: str) -> None:
    """Where the file is there, the report says what to mend."""
    path = Path("posts", "four.md")
    if line:
        kept = [
            text
            for text in path.read_text(encoding="utf-8").split("\n")
            if not (text.startswith("date:") and "date" in line)
        ]
        path.write_text("\n".join([*kept[:2], line, *kept[2:]]), encoding="utf-8")
    else:
        path.unlink()
    assert {("vanished", expected)} == {
        (finding["kind"], finding["reason"])
        for feed in document()["feeds"]
        for finding in feed["findings"]
        if finding["kind"] == "vanished"
    }


def test_a_feed_with_room_gets_new_posts_only() -> None:
    """A category's feed that is shorter than the site's obeyed no limit: an older post that joins it is new there."""
    edit("one.md", "title:", "categories: Kitchen\ntitle:")
    feeds = document()["feeds"]
    assert [["category"], ["new"]] == [[finding["kind"] for finding in feed["findings"]] for feed in feeds]
    assert ["categories/kitchen/rss.xml", "categories/kitchen/atom.xml", "categories/kitchen/feed.json"] == feeds[1][
        "paths"
    ]


def test_a_post_with_errors_vanishes() -> None:
    """What a broken date does is both a problem, on standard error, and a post that is gone."""
    edit("two.md", "2026-01-02", "2026-02-30")
    result = run("diff", "--fail-on", "vanished")
    assert (1, "posts/two.md:3:7: error [bad-date] ") == (result.exit_code, result.stderr.partition("\n")[2][:35])
    assert "VANISHED          Two left feet" in result.stdout


def test_formats_that_are_no_longer_made_are_gone() -> None:
    """A format's file that is not made any more is a feed that is gone; the others are compared as ever."""
    Path("feeder.yml").write_text("site: {url: 'https://site.example/'}\nfeeds: {formats: [atom]}\n")
    found = document()
    assert {"feed.json", "rss.xml"} <= set(found["gone"])
    assert ["atom.xml"] == found["unchanged"]


def test_a_format_without_counterpart_is_compared_with_another() -> None:
    """Where only RSS is published, JSON Feed is compared with that."""
    for path in Path("public").rglob("*.*"):
        if path.name != "rss.xml":
            path.unlink()
    rename()
    assert [["rss.xml", "atom.xml", "feed.json"]] == [feed["paths"] for feed in document()["feeds"]]


def test_renamed_files_of_formats_are_found() -> None:
    """The configured names of files are those that are looked for."""
    Path("feeder.yml").write_text(
        "site: {url: 'https://site.example/'}\nfeeds: {names: {rss: news.rss}, formats: [rss]}\n"
    )
    run("build", "-q", "-o", "out")
    rename()
    assert ["resent"] == kinds("out", "-o", "out")


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json", "categories/tales/atom.xml"])
def test_one_feed_is_compared_with_its_own_kind(name: str) -> None:
    """A file is compared with the feed that takes its place, found by the address that it gives for itself."""
    Path("copy").write_bytes(Path("public", name).read_bytes())
    edit("three.md", "Three wishes", "Three dishes")
    assert [[name]] == [feed["paths"] for feed in document("copy")["feeds"]]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_a_feed_of_a_category_that_is_gone_is_gone(name: str) -> None:
    """It is no other feed of the site: what it says of its address tells, or where it lies."""
    published = Path("public/categories/tales", name).read_bytes()
    Path("copy").write_bytes(published)
    Path("old/categories/tales").mkdir(parents=True)
    Path("old/categories/tales/rss.xml").write_bytes(hugo("rss", HUGO, "https://site.example/{}/"))
    edit("three.md", "Tales", "Stories")
    for against in ("copy", f"public/categories/tales/{name}", "old/categories/tales/rss.xml"):
        expected = f"categories/tales/{'rss.xml' if 'old' in against else name}"
        assert ([expected], []) == ((found := document(against))["gone"], found["feeds"] + found["added"])
    assert 1 == run("diff", "copy", "--fail-on", "gone").exit_code
    edit("three.md", "Stories", "Tales")
    assert [] == document("copy")["gone"]


@pytest.mark.parametrize(
    "path",
    [
        "https://other.example/categories/tales/rss.xml",
        "https://site.example/feed/",
        "https://site.example/blog/rss.xml",
    ],
)
def test_a_feed_of_another_generator_is_no_groups(path: str) -> None:
    """One with another address is compared with the site's own, whatever its file is called."""
    Path("categories/mine").mkdir(parents=True)
    feed = Path("public/rss.xml").read_text(encoding="utf-8").replace("https://site.example/rss.xml", path)
    Path("categories/mine/rss.xml").write_text(feed, encoding="utf-8")
    edit("three.md", "title: Three wishes", "title: Three dishes")
    found = document("categories/mine/rss.xml")
    assert ([], [["rss.xml"]]) == (found["gone"], [feed["paths"] for feed in found["feeds"]])


def test_a_podcast_takes_no_other_feeds_place() -> None:
    """Though it is RSS, and the site makes no other: a feed of another generator is compared with the site's own."""
    Path("old.xml").write_bytes(
        Path("public/rss.xml").read_bytes().replace(b"https://site.example/rss.xml", b"https://site.example/feed/")
    )
    show = "podcast: {category: Arts, explicit: false, image: 'https://x.example/a.jpg', owner: {name: Ann, email: a@x.example}}\n"
    Path("feeder.yml").write_text("site: {url: 'https://site.example/'}\nfeeds: {formats: [atom]}\n" + show)
    edit(
        "five.md", "title:", "audio: {url: 'https://x.example/5.mp3', length: 5, type: audio/mpeg}\nduration: 5\ntitle:"
    )
    assert [["atom.xml"]] == [feed["paths"] for feed in document("old.xml")["feeds"]]
    assert {"edited": 1} == {kind: count for kind, count in document("old.xml")["counts"].items() if count}


def test_json_is_one_document() -> None:
    """It has every finding with both sides whole, the counts, and what readers do."""
    edit("two.md", "Two left feet", "Two right feet")
    found = document()
    assert {"edited": 1} == {kind: count for kind, count in found["counts"].items() if count}
    assert set(map(str, Kind)) == set(found["counts"])
    assert [{
        "kind": "edited", "label": "EDITED", "reason": "",
        "published": {"id": "https://site.example/two/", "url": "https://site.example/two/", "title": "Two left feet", "date": "2026-01-02T00:00:00Z"},
        "built": {"id": "https://site.example/two/", "url": "https://site.example/two/", "title": "Two right feet", "date": "2026-01-02T00:00:00Z"},
        "changes": [{"field": "title", "old": "Two left feet", "new": "Two right feet",
                     "diff": [["same", "Two "], ["removed", "left"], ["added", "right"], ["same", " feet"]]}],
    }] == found["feeds"][0]["findings"]  # fmt: skip
    assert {"Miniflux", "NetNewsWire", "FreshRSS", "Thunderbird"} == set(found["readers"]["edited"])


# Markdown


def test_markdown_shows_what_happened() -> None:
    """A heading with the counts, a table of findings that can be folded, and what readers do."""
    rename()
    lines = run("diff", "--format", "markdown", "-q").stdout.splitlines()
    assert "### Compared 9 feeds with public: 1 re-sent." == lines[0]
    assert (
        "<details open><summary>rss.xml, atom.xml, feed.json: 1 change (5 items published, 5 built)</summary>" in lines
    )
    row = next(
        line
        for line in lines
        if line.startswith("| RE-SENT | [Two left feet](<https://site.example/deux/>)<br>2026-01-02 |")
    )
    assert "id: <code>https://site.example/two/</code> → <code>https://site.example/deux/</code>" in unescape(row)


HOSTILE = "<img src=x onerror=alert(1) | @octocat #1 [a](javascript:b) `c` **d** https://x.example $e$ &amp; \\| www.x.example GH-5 a@x.example"


def test_markdown_escapes_what_titles_say() -> None:
    """A title is shown as it is: it makes no cell, no tag, no link, no mention of a person or of an issue."""
    Path("posts/two.md").write_text(f"---\ntitle: '{HOSTILE}'\ndate: 2026-01-02\n---\nDancing.\n")
    table = [
        line for line in run("diff", "--format", "markdown").stdout.splitlines() if line.startswith("| EDITED | [")
    ]
    assert 1 == len(table)
    cells = re.split(r"(?<!\\)(?:\\\\)*\|", table[0].strip("|"))
    assert 3 == len(cells)
    assert [] == re.findall(r"<(?!/?(?:ins|del|br|code)>|!-- -->|https://site\.example)", table[0])
    assert [] == re.findall(r"[@#]\w|[a-z]://(?!site\.example)|(?<!\\)[`*$]|www\.|GH-", table[0])


def test_markdown_is_shown_by_a_renderer_as_text() -> None:
    """GitHub's Markdown, as comrak reads it, makes one table of three columns of it, and shows the title's characters."""
    import comrak

    Path("posts/two.md").write_text(f"---\ntitle: '{HOSTILE}'\ndate: 2026-01-02\n---\nDancing.\n")
    options = comrak.ExtensionOptions()
    options.table = options.autolink = options.strikethrough = True
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    html = comrak.render_markdown(run("diff", "--format", "markdown").stdout, options, None, rendering)
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    row = next(row for row in rows if "<td>EDITED</td>" in row)
    cells = re.findall(r"<td>(.*?)</td>", row, re.DOTALL)
    title = re.sub(r"<!-- -->|</?a[^>]*>", "", cells[1].partition("<br>")[0])
    assert 3 == len(cells)
    assert unescape(HOSTILE.replace("\\\\", "\\")).replace("  ", " ") == unescape(title)


@pytest.mark.parametrize("field", ["title", "description", "categories"])
def test_markdown_makes_no_link_of_what_a_post_says(field: str) -> None:
    """In a title and in what is shown of another change, a renderer that makes links of addresses finds none."""
    import comrak

    said = "See www.x.example (www.y.example) a@x.example mailto:a@y.example ftp://z.example"
    edit("three.md", "title: Three wishes\n", "" if field == "title" else "title: Three wishes\n")
    edit("three.md", "categories: [Tales, Kitchen]\n", "")
    edit("three.md", "date:", f"{field}: {said}\ndate:")
    options = comrak.ExtensionOptions()
    options.table = options.autolink = True
    html = comrak.render_markdown(run("diff", "--format", "markdown").stdout, options)
    assert "www" in html
    assert {"https://site.example/three/"} == set(re.findall(r'href="([^"]*)"', html))


def test_markdown_is_bounded() -> None:
    """Four hundred long titles make a report that a comment can hold, which says how many it leaves out."""
    for number in range(400):
        Path(f"posts/n{number:03}.md").write_text(
            f"---\ntitle: {'Long title ' * 40}{number}\ndate: 2026-02-01\n---\nText {number}.\n"
        )
    result = run("diff", "--format", "markdown", "--limit", "0")
    assert changes_markdown.MAX_CHARACTERS > len(result.stdout) > changes_markdown.MAX_CHARACTERS // 2
    left_out = re.search(r"\| … \| and (\d+) more \| \|", result.stdout)
    assert left_out
    assert 400 == int(left_out[1]) + result.stdout.count("| NEW | [")
    assert result.stdout.count("<details") == result.stdout.count("</details>")


def test_every_kind_is_labelled() -> None:
    """Each kind has its label, and no two have the same."""
    assert len(Kind) == len(set(LABELS.values()))


# Git


@pytest.fixture
def repository(site: Path) -> Callable[..., str]:
    """Make the site a repository, and return a function that runs git in it."""
    program = needs("git")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*arguments: str) -> str:
        who = [
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@x.example",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "core.autocrlf=false",
        ]
        return subprocess.run(
            [program, *who, *arguments], cwd=site, env=environment, check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    return git


def test_a_revision_that_holds_feeds(repository: Callable[..., str]) -> None:
    """Its feeds are compared with: all of its output directory, or one that is named."""
    repository("add", ".")
    repository("commit", "-qm", "published")
    rename()
    run("build", "-q")
    repository("add", ".")
    repository("commit", "-qm", "renamed")
    assert [] == kinds("git:HEAD")
    assert ["resent"] == kinds("git:HEAD~1")
    assert ["resent"] == kinds("git:HEAD~1:public/atom.xml")
    assert ["resent"] == kinds("git:main~1:public")
    assert "" == repository("status", "--porcelain")


def test_what_a_clone_lacks_does_not_matter_elsewhere(repository: Callable[..., str]) -> None:
    """In a clone without all blobs, feeds that are there are compared with, and one that is not is told."""
    Path("public", "film.mp4").write_text("film")
    repository("add", ".")
    repository("commit", "-qm", "published")

    def lose(path: str) -> None:
        digest = repository("rev-parse", f"HEAD:{path}").strip()
        Path(".git", "objects", digest[:2], digest[2:]).unlink()

    lose("public/film.mp4")
    assert [] == kinds("git:HEAD")
    lose("public/atom.xml")
    result = run("diff", "git:HEAD")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "error: cannot compare with a git revision: git says: " in result.stderr


def test_a_revision_without_feeds_is_built(repository: Callable[..., str]) -> None:
    """Where the output is not committed, what the posts of the revision would give is compared with."""
    Path(".gitignore").write_text("public/\n")
    repository("add", ".")
    repository("commit", "-qm", "posts only")
    rename()
    Path("feeder.yml").write_text(Path("feeder.yml").read_text().replace("History", "Story"))
    found = document("git:HEAD")
    assert ("git:HEAD", ["resent"]) == (
        found["against"],
        [finding["kind"] for feed in found["feeds"] for finding in feed["findings"]],
    )


def test_a_revision_is_built_from_its_own_posts(repository: Callable[..., str], site: Path) -> None:
    """However they are named: an absolute path means the revision's, and one that it cannot have is refused."""
    Path(".gitignore").write_text("public/\n")
    repository("add", ".")
    repository("commit", "-qm", "posts only")
    rename()
    assert ["resent"] == kinds("git:HEAD", "--posts", site / "posts", "--config", site / "feeder.yml")
    shutil.copytree("posts", site.parent / f"{site.name}-elsewhere")
    for place in (site.parent / f"{site.name}-elsewhere", f"../{site.name}-elsewhere"):
        result = run("diff", "git:HEAD", "--posts", place)
        assert (2, "") == (result.exit_code, result.stdout)
        assert f"its posts cannot be built: {place} is outside this directory" in result.stderr


@pytest.mark.parametrize(
    "path", ["public/rss.xml", "./public/rss.xml", "posts/../public/rss.xml", "./public/", "./public"]
)
def test_a_path_of_a_revision_is_written_as_gits_are(repository: Callable[..., str], path: str) -> None:
    """``./`` and ``..`` are understood, as by git itself."""
    repository("add", ".")
    repository("commit", "-qm", "published")
    rename()
    assert ["resent"] == kinds(f"git:HEAD:{path}")


def test_only_the_web_is_fetched() -> None:
    """Another scheme is refused by its name, and not looked for on the disk."""
    result = run("diff", "-q", "ftp://x.example/rss.xml")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "cannot compare with ftp://x.example/rss.xml: only http:// and https:// are fetched. " in result.stderr


def test_what_is_not_in_git(repository: Callable[..., str]) -> None:
    """A revision, a path or a repository that there is not is told, and a revision is never an option of git's."""
    Path("README").touch()
    repository("add", "README")
    repository("commit", "-qm", "no posts")
    for against, message in [
        (
            "git:nowhere",
            "error: cannot compare with git:nowhere: no such revision (is the clone shallow?)",
        ),
        ("git:--output=x", "error: cannot compare with git:--output=x: no such revision"),
        ("git:HEAD:docs", "error: git:HEAD:docs contains no feeds: there is nothing to compare with."),
        ("git:HEAD", "error: git:HEAD contains no feeds, and its posts cannot be built: no posts directory found"),
    ]:
        result = run("diff", "-q", against)
        assert (2, "") == (result.exit_code, result.stdout)
        assert result.stderr.startswith(message)
    assert not Path("x").exists()


def test_without_a_repository(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    """One line says what is the matter: no repository, no commit yet, nothing in this directory, no git."""
    blog = site / "blog"
    blog.mkdir()
    for name in ("feeder.yml", "posts", "public"):
        (site / name).rename(blog / name)
    monkeypatch.chdir(blog)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(site))
    said = "error: cannot compare with a git revision: this directory is not in a git repository"
    assert said == run("diff", "git:HEAD").stderr.splitlines()[-1]
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@site.test")
    subprocess.run([*git, "init", "-q", str(site)], check=True)
    monkeypatch.delenv("GIT_CEILING_DIRECTORIES")
    said = "error: cannot compare with git:HEAD: no such revision (is the clone shallow?)"
    assert said == run("diff", "git:HEAD").stderr.splitlines()[-1]
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], cwd=site, check=True)
    said = "error: cannot compare with git:HEAD: it has neither feeds nor posts in this directory"
    assert said == run("diff", "git:HEAD").stderr.splitlines()[-1]
    monkeypatch.setenv("PATH", str(blog))
    assert "error: cannot compare with a git revision: git is not installed" in run("diff", "git:HEAD").stderr


# What cannot be compared with


@pytest.mark.parametrize(
    ("against", "message"),
    [
        ("nowhere", "error: cannot compare with nowhere: it does not exist. Name what is published: feeder diff DIRECTORY, FILE"),
        ("empty", "error: empty contains no feeds: there is nothing to compare with. Name what is published"),
        ("other", "error: other contains no feeds with the configured names, but another one: feeder diff other/index.xml"),
        ("page.html", "error: page.html is not a feed that feeder can read: it is a web page, which links to these feeds: /a.xml"),
        ("text.txt", "error: text.txt is not a feed that feeder can read: it is neither XML nor JSON"),
        ("nothing.xml", "error: nothing.xml is not a feed that feeder can read: it is empty"),
        ("opml.xml", "error: opml.xml is not a feed that feeder can read: it is XML, but neither RSS nor Atom"),
        ("broken.json", "error: broken.json is not a feed that feeder can read: it is invalid JSON: "),
        ("other.json", "error: other.json is not a feed that feeder can read: it is JSON, but not a JSON Feed"),
        ("ftp://site.example/rss.xml", "error: cannot compare with ftp:"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_with_exits_with_2(write: Callable[..., Path], against: str, message: str) -> None:
    """The message says what it is instead of a feed, and what to do."""
    write("other/index.xml", "<rss/>")
    Path("empty").mkdir()
    write("page.html", "<!-- x --><!DOCTYPE html><link rel=alternate type='application/rss+xml' href='/a.xml'>")
    write("text.txt", "Not Found")
    write("nothing.xml", b"\xef\xbb\xbf \n")
    write("opml.xml", "<?xml version='1.0'?><opml version='2.0'><body/></opml>")
    write("broken.json", '{"items": [')
    write("other.json", '{"name": "x"}')
    result = run("diff", "-q", against)
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(message)


def test_a_feed_that_is_not_well_formed_is_read_and_told(write: Callable[..., Path]) -> None:
    """What strict readers refuse is a warning; what can be read of it is compared."""
    broken = Path("public/rss.xml").read_bytes().replace(b"</channel>", b"")
    write("broken.xml", broken)
    result = run("diff", "-q", "broken.xml")
    assert result.stderr.startswith("warning: broken.xml is not well-formed, and strict readers refuse it: ")
    assert "5 items published" not in result.stdout
    assert result.stdout.startswith("Compared 1 feed with broken.xml: no changes.")


def test_help_loads_no_reader_of_feeds() -> None:
    """The help of the command, and a comparison without a change, load neither feedparser nor the network's modules."""
    code = (
        "import sys\nfrom feeder.cli import main\ntry:\n    main(['diff', '--now', '2026-06-01'])\nexcept SystemExit:\n    pass\n"
        "print({'feedparser', 'http.client', 'ssl', 'subprocess'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "set()" == result.stdout.splitlines()[-1]
