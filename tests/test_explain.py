"""feeder/explain.py, feeder/picks.py and `feeder explain`: where each field comes from, and what readers pick."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from time import strftime
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from click.testing import CliRunner, Result

from feeder.cli import main
from feeder.explanations import code_named
from feeder.problems import CODES
from feeder.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "https://site.example/"
ALL = """---
guid: tag:site.example,2024:1
Title: <b>Tea</b>
pubdate: 2024-01-31
date: 2024-01-30 08:00
lastmod: 2024-02-01
expiryDate: 2030-01-01
lang: de
author: Ada <ada@site.example>
category: [Hills, Tea]
keywords: green
cover: /tea.jpg
thumb: {url: https://cdn.example/t.png}
audio: [a.mp3, {url: https://cdn.example/b.mp3, length: 5}]
excerpt: In short.
comments: true
slug: green
layout: post
permalink: /tea/
---
# Heading

Text.
"""
CONFIG = "site: {url: 'https://site.example/', author: {name: Site}, image: /site.png, language: en}\n"


@pytest.fixture
def explain(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that writes posts and a configuration, and explains one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDER_URL", raising=False)

    def run(subject: str, *arguments: str, **posts: str) -> Result:
        write("feeder.yml", CONFIG)
        (tmp_path / "posts").mkdir(exist_ok=True)
        for name, content in posts.items():
            write(f"posts/{name}.md", content)
        command = ["explain", subject, "--now", "2026-06-01", *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


def lines(result: Result) -> dict[str, str]:
    """Return what stands in each line of the first part, by its first word."""
    part = result.stdout.partition("\n\nMiniflux")[0]
    return {line[:12].strip(): line[13:] for line in part.splitlines()[2:]}


def readers(result: Result) -> dict[str, dict[str, str]]:
    """Return what each reader picks."""
    parts = [part.splitlines() for part in result.stdout.split("\n\n")[2:]]
    return {part[0][:-1]: {line[2:12].strip(): line[13:] for line in part[1:]} for part in parts}


def test_every_field_with_its_key_and_line(explain: Callable[..., Result]) -> None:
    """What the front matter gives is told with the key as it is spelled, and the line; what nothing uses is told too."""
    result = explain("posts/all.md", all=ALL)
    assert "posts/all.md: published, in the site's feed\n" == result.stdout[: result.stdout.index("\n") + 1]
    assert {
        "id": "tag:site.example,2024:1  (guid, line 2)",
        "url": f"{SITE}tea/  (permalink, line 19)",
        "title": "Tea  (Title, line 3)",
        "published": "2024-01-30T08:00:00Z  (date, line 5)",
        "updated": "2024-02-01T00:00:00Z  (lastmod, line 6)",
        "expires": "2030-01-01T00:00:00Z  (expiryDate, line 7)",
        "language": "de  (lang, line 8)",
        "authors": "Ada ada@site.example  (author, line 9)",
        "categories": "Hills, Tea  (category, line 10)",
        "tags": "green  (keywords, line 11)",
        "image": f"{SITE}tea.jpg  (cover, line 12)",
        "thumbnail": "https://cdn.example/t.png  (thumb, line 13)",
        "enclosures": f"{SITE}tea/a.mp3, https://cdn.example/b.mp3  (audio, line 14)",
        "summary": "In short.  (excerpt, line 15)",
        "comments": f"{SITE}tea/#comments  (comments, line 16)",
        "not used": "pubdate (line 4), layout (line 18)",
    } == lines(result)


def test_every_fallback_by_its_name(explain: Callable[..., Result]) -> None:
    """What the front matter does not give is told with what stands in for it."""
    bare = lines(explain("posts/2024-01-31-bare.md", **{"2024-01-31-bare": "# Heading\n\nText ![](p.png)"}))
    assert {
        "id": f"{SITE}2024-01-31-bare/  (the permalink)", "url": f"{SITE}2024-01-31-bare/  (posts.permalink: /:path/)",
        "title": "Heading  (a heading)", "published": "2024-01-31T00:00:00Z  (the file name)",
        "updated": "2024-01-31T00:00:00Z  (same as published)", "expires": "none", "language": "en  (site.language)",
        "authors": "Site  (site.author)", "categories": "none", "tags": "none",
        "image": f"{SITE}2024-01-31-bare/p.png  (the first picture in the text)",
        "thumbnail": f"{SITE}2024-01-31-bare/p.png  (the first picture in the text)",
        "enclosures": "none", "summary": "Text  (the text)", "comments": "none",
    } == bare  # fmt: skip
    other = lines(explain("posts/x-y.md", **{"x-y": "+++\ndate = 2024-01-31\ncover = ['', 'c.png']\n+++\n"}))
    assert ("x y  (the file name)", f"{SITE}x-y/c.png  (cover, line 3)") == (other["title"], other["image"])
    assert f"{SITE}x-y/c.png  (cover, line 3)" == other["thumbnail"]
    plain = lines(explain("posts/plain.md", plain="---\ndate: 2024-01-31\n---\n"))
    assert f"{SITE}site.png  (site.image)" == plain["image"]


def test_refused_values_are_not_said_to_be_used(explain: Callable[..., Result]) -> None:
    """A value that feeder refuses is told as a problem; the line says what is used in its place."""
    result = explain("posts/a.md", a="---\nid: 17\ndate: 2024-01-31\nupdated: 2027-01-01\nlang: '?'\n---\n")
    told = lines(result)
    assert f"{SITE}a/  (the permalink)" == told["id"]
    assert "2024-01-31T00:00:00Z  (same as published)" == told["updated"]
    assert "en  (site.language)" == told["language"]
    assert ["posts/a.md:2:5:", "posts/a.md:4:10:", "posts/a.md:5:7:"] == [
        line.split(" ")[0] for line in result.stderr.splitlines() if "posts/a.md" in line
    ]
    assert 0 == result.exit_code


@pytest.mark.parametrize(
    ("text", "verdict", "code"),
    [("---\ndate: 2024-01-31\n---\n", "published, in the site's feed", 0),
     ("---\ndate: 2024-01-31\ndraft: true\n---\n", "not published: draft", 0),
     ("---\ndate: 2024-01-31\nfeed: no\n---\n", "not published: feed: false", 0),
     ("---\ndate: 2030-01-31\n---\n", "not published: scheduled for 2030-01-31T00:00:00Z", 0),
     ("---\ndate: 2024-01-31\nexpires: 2025-01-01\n---\n", "not published: expired on 2025-01-01T00:00:00Z", 0),
     ("---\ndate: 2024-01-31\nurl: /other/\n---\n", "not published: it has errors", 1),
     ("---\ndate: 2024-02-31\n---\n", "not published: it has errors", 1),
     ("---\ndate: 2024\n", "not published: it has errors", 1)],
)  # fmt: skip
def test_whether_it_is_published(explain: Callable[..., Result], text: str, verdict: str, code: int) -> None:
    """The first line says whether the post is published, and why not."""
    result = explain("posts/a.md", a=text, other="---\ndate: 2024-01-01\n---\n")
    assert (code, f"posts/a.md: {verdict}") == (result.exit_code, result.stdout.splitlines()[0])
    assert code == ("error [" in result.stderr)


def test_a_draft_is_explained_as_it_would_be(explain: Callable[..., Result]) -> None:
    """A draft's fields are told, since a draft is when one asks; the key that makes it one counts as used."""
    told = lines(explain("posts/a.md", a="---\ndate: 2024-01-31\ntitle: T\ndraft: true\n---\n"))
    assert "T  (title, line 3)" == told["title"]
    assert "not used" not in told


@pytest.mark.parametrize(
    ("text", "config", "expected"),
    [("date: 2024-02-31\ntitle: T\nlang: de", "", {"published": "none  (date, line 2: cannot be used)", "updated": "none",
       "title": "T  (title, line 3)", "language": "de  (lang, line 4)", "url": f"{SITE}a/  (posts.permalink: /:path/)"}),
     ("title: T", "posts: {permalink: '/:year/:name/'}", {"published": "none", "title": "T  (title, line 2)",
       "url": "none  (posts.permalink: /:year/:name/)", "id": "none  (the permalink)"}),
     ("date: 2024-01-31\nurl: 'http://['\nid: tag:x,2024:1\nexpires: soon", "", {"published": "2024-01-31T00:00:00Z  (date, line 2)",
       "url": "none  (url, line 3: cannot be used)", "id": "tag:x,2024:1  (id, line 4)", "expires": "none  (expires, line 5: cannot be used)"}),
     ("draft: true\nupdated: 2024-02-01", "", {"published": "none", "updated": "2024-02-01T00:00:00Z  (updated, line 3)"})],
    ids=["no such day", "no date", "no address", "a draft"],
)  # fmt: skip
def test_what_could_be_read_of_a_broken_post(
    explain: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, text: str, config: str, expected: dict[str, str]
) -> None:
    """What has an error has no value, and the line that it stands in; the other fields are as ever, and so is the problem."""
    monkeypatch.setitem(globals(), "CONFIG", f"{CONFIG}{config}\n")
    result = explain("posts/a.md", a=f"---\n{text}\n---\nText.\n")
    told = lines(result)
    assert expected == {name: told[name] for name in expected}
    draft = text.startswith("draft")
    assert (0 if draft else 1, not draft) == (result.exit_code, "error [" in result.stderr)


def test_beyond_the_limit(explain: Callable[..., Result]) -> None:
    """A post that is too old for every feed is said to be."""
    result = explain("posts/a.md", "--limit", "1", a="---\ndate: 2024-01-31\n---\n", b="---\ndate: 2024-02-01\n---\n")
    assert "posts/a.md: published, but beyond feeds.limit and so in no feed" == result.stdout.splitlines()[0]


@pytest.mark.parametrize("subject", ["posts/sub/a.md", "./posts/sub/../sub/a.md", "sub/a.md", "{here}/posts/sub/a.md"])
def test_ways_to_name_a_post(explain: Callable[..., Result], write: Callable[..., Path], subject: str) -> None:
    """A post is named from the working directory, from the posts directory, or absolutely."""
    write("posts/sub/a.md", "---\ndate: 2024-01-31\n---\n")
    result = explain(subject.replace("{here}", str(Path.cwd())))
    assert (0, "posts/sub/a.md: published") == (result.exit_code, result.stdout.partition(",")[0])


@pytest.mark.parametrize(
    ("subject", "message"),
    [("posts/hill.md", "cannot find posts/hill.md in the working directory or in posts; did you mean posts/hills.md?"),
     ("bad-dates", "unknown problem code bad-dates; did you mean bad-date or "),
     ("BAD-DAT", "unknown problem code BAD-DAT; did you mean bad-date or "),
     ("QQQ-ZZZ", "unknown problem code QQQ-ZZZ; run feeder explain to list all codes"),
     ("feeder.yml", "feeder.yml is not a post: it is outside the posts directory, hidden or excluded, or has no extension of posts"),
     ("posts/.hidden.md", "posts/.hidden.md is not a post: "), ("a\0b", "cannot find a"), ("x" * 300, "cannot find x"),
     ("mojibak", "cannot find mojibak in the working directory or in posts; did you mean mojibake?"),
     ("", "an empty name is neither a post nor a problem code"), ("posts", "posts is not a post")],
)  # fmt: skip
def test_what_is_no_post(
    explain: Callable[..., Result], write: Callable[..., Path], subject: str, message: str
) -> None:
    """What is neither a post nor a code makes exit code 2, and a near one is named."""
    write("posts/.hidden.md", "")
    result = explain(subject, hills="---\ndate: 2024-01-31\n---\n")
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


@pytest.mark.parametrize("code", sorted((*CODES, *RULES)))
def test_codes_are_explained(explain: Callable[..., Result], code: str) -> None:
    """A problem's code is explained without any posts or configuration, with its severity, a remedy and an example."""
    result = explain(code, "--posts", "nowhere")
    said = code_named(code)
    assert (0, f"{code} ({said.severity})") == (result.exit_code, result.stdout.splitlines()[0])
    assert all((said.meaning, said.why, said.mend))
    assert f"{said.meaning}\n{said.why}\n{said.mend}\n\nWrong:\n    " in result.stdout


def test_a_misspelled_code_needs_no_posts(explain: Callable[..., Result]) -> None:
    """Nothing is read to say that there is no such code, or which one is meant."""
    assert "did you mean missing-alt" in explain("missing-atl", "--posts", "nowhere").stderr
    assert "bad-date (error)" == explain("Bad-Date", "--posts", "nowhere").stdout.splitlines()[0]


def test_as_json(explain: Callable[..., Result]) -> None:
    """`--json` says the same of a post, sound or not, of a code and of all codes, as one document."""
    said = json.loads(explain("posts/a.md", "--json", a=ALL, b="---\ndate: soon\n---\n").stdout)
    assert ("posts/a.md", "published, in the site's feed") == (said["path"], said["verdict"])
    assert {"name": "title", "value": "Tea", "origin": "Title, line 3"} in said["fields"]
    assert [{"key": "layout", "origin": "line 18"}] == [item for item in said["unused"] if item["key"] == "layout"]
    assert "Miniflux" == said["readers"][0]["reader"]
    result = explain("posts/b.md", "--json")
    said = json.loads(result.stdout)
    assert (1, ["bad-date"]) == (result.exit_code, [item["code"] for item in said["problems"]])
    said = json.loads(explain("bad-date", "--json").stdout)
    assert ("bad-date", "error", "date: 2024-01-31") == (said["code"], said["severity"], said["right"])
    said = json.loads(CliRunner().invoke(main, ["explain", "--json"]).stdout)
    assert sorted((*CODES, *RULES)) == sorted(item["code"] for item in said["codes"])


def test_an_example_is_shown_wrong_and_right(explain: Callable[..., Result]) -> None:
    """The end of an explanation is what not to write, and what to write in its place."""
    lines = explain("bad-date").stdout.splitlines()
    assert ["Wrong:", "    date: 01/31/2024", "Right:", "    date: 2024-01-31"] == lines[-4:]


def test_all_codes_are_listed() -> None:
    """Without a subject, every code is listed with its meaning, one a line."""
    result = CliRunner().invoke(main, ["explain"], catch_exceptions=False)
    listed = result.stdout.splitlines()
    named = [line.split()[0] for line in listed]
    assert (0, sorted((*CODES, *RULES))) == (result.exit_code, sorted(named))
    assert all(line.endswith(code_named(name).meaning) for line, name in zip(listed, named, strict=True))


def test_a_readme_is_no_post(explain: Callable[..., Result]) -> None:
    """A README without front matter is said to be no post."""
    assert (
        "posts/README.md: not a post: a README, or plain text, without front matter\n"
        == explain("posts/README.md", README="Hi").stdout
    )


# What readers pick: the chains that their own sources have


@pytest.mark.parametrize(
    ("front_matter", "body", "expected"),
    [("cover: /l.png\nthumb: /s.png", "![](b.png)", ("s.png  (media:thumbnail)", "a/b.png  (the text)", "s.png  (media:thumbnail)", "a/b.png  (the text)")),
     ("cover: /l.png", "", ("l.png  (media:thumbnail)", "none  (it ignores Media RSS, and the text has no picture)", "l.png  (media:thumbnail)",
      "none  (it lists media:content as an attachment, and the text has no picture)")),
     ("title: x", "", ("site.png  (media:thumbnail)", "none  (it ignores", "site.png  (media:thumbnail)", "none  (it lists"))],
    ids=["two sizes and one in the text", "one size", "the site's"],
)  # fmt: skip
def test_pictures_that_readers_pick(
    explain: Callable[..., Result], front_matter: str, body: str, expected: tuple[str, ...]
) -> None:
    """Miniflux and FreshRSS begin with media:thumbnail; NetNewsWire and Thunderbird know only the text's pictures."""
    found = readers(explain("posts/a.md", a=f"---\ndate: 2024-01-31\n{front_matter}\n---\n{body}"))
    pictures = [
        found[name]["picture"].removeprefix(SITE) for name in ("Miniflux", "NetNewsWire", "FreshRSS", "Thunderbird")
    ]
    assert list(expected) == [picture[: len(wanted)] for picture, wanted in zip(pictures, expected, strict=True)]


def test_picks_are_what_the_feed_says(explain: Callable[..., Result], build: Callable[..., Any]) -> None:
    """Author, link, date and thumbnail that readers are said to pick are those that another program finds in RSS."""
    found = readers(explain("posts/all.md", all=ALL))
    built = build({}, config=CONFIG, now=datetime(2026, 6, 1, tzinfo=UTC))
    entry = feedparser.parse(built.artifacts[0].data).entries[0]
    published = strftime("%Y-%m-%dT%H:%M:%SZ", entry.published_parsed)
    for picks in found.values():
        assert (entry.author, entry.link, published) == (picks["author"], picks["link"], picks["date"])
    assert f"{entry.media_thumbnail[0]['url']}  (media:thumbnail)" == found["Miniflux"]["picture"]


def test_what_a_dialect_makes_is_said_to_be_its(explain: Callable[..., Result], write: Callable[..., Path]) -> None:
    """An address that the site's generator makes is said to be made so, and a key in a table is named with the table."""
    write("hugo.yml", "site: {url: https://site.example/, dialect: hugo}\n")
    tea = "---\ndate: 2024-01-02\nparams:\n  image: https://x.example/a.png\n---\nx\n"
    found = lines(explain("posts/tea.md", "-c", "hugo.yml", tea=tea))
    assert "https://site.example/tea/  (as hugo generates it)" == found["url"]
    assert "https://x.example/a.png  (params.image, line 4)" == found["image"]
    assert "not used" not in found


@pytest.mark.parametrize(
    ("dialect", "text", "expected"),
    [("hugo", "title: T", {"url": f"{SITE}a/  (as hugo generates it)", "published": "none", "title": "T  (title, line 2)"}),
     ("eleventy", "permalink: false\ndate: 2024-01-31", {"url": "none  (permalink, line 2: cannot be used)", "id": "none  (the permalink)"}),
     ("jekyll", "permalink: /:nope/\ndate: 2024-01-31", {"url": "none  (permalink, line 2: cannot be used)", "published": "2024-01-31T00:00:00-08:00  (date, line 3)"}),
     ("pelican", "date: 2024-02-31", {"url": f"{SITE}a.html  (as pelican generates it)", "published": "none  (date, line 2: cannot be used)"})],
    ids=["a page", "no address", "an unknown token", "no such day"],
)  # fmt: skip
def test_what_a_dialect_leaves_out_is_explained_as_far_as_it_can_be_had(
    explain: Callable[..., Result], write: Callable[..., Path], dialect: str, text: str, expected: dict[str, str]
) -> None:
    """What the site's generator has no address for has none; a date that is missing takes no more with it than it must."""
    write("site.yml", f"site: {{url: {SITE}, dialect: {dialect}, timezone: America/Los_Angeles}}\n")
    name = "2024-01-31-a" if dialect == "jekyll" else "a"
    told = lines(explain(f"posts/{name}.md", "-c", "site.yml", **{name: f"---\n{text}\n---\nText.\n"}))
    assert expected == {field: told[field] for field in expected}
