"""feeder/normalize.py: each field's names, shapes, fallbacks and faults."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from fixtures_reader import read_fixture

from feeder.dialects.plain import DIALECT
from feeder.frontmatter import draft_from_source
from feeder.model import Author, LeftOut, Post, Source
from feeder.normalize import post_from_draft
from feeder.problems import Mark, Unsound
from feeder.rulings import rules_from_settings
from feeder.settings import Posts, Settings, Site
from feeder.texts.dates import format_rfc3339
from feeder.texts.fieldnames import EPISODE

if TYPE_CHECKING:
    from feeder.pipeline import Build

ROOT = "https://site.example/"
CATEGORIES = read_fixture("categories.txt")
DATE = "date: 2024-01-05\n"
HAS_DATE = re.compile(r"^(?:publish|pub|x)?-?date:", re.IGNORECASE | re.MULTILINE)


def outcome(text: str, path: str = "p.md", url: str = ROOT, permalink: str = "/:path/", **site: Any) -> Post | LeftOut:
    """Return what a file of this text comes to."""
    settings = Settings(site=Site(url=url, **site), posts=Posts(permalink=permalink))
    draft = draft_from_source(Source(path=path, shown=f"posts/{path}", text=text))
    assert draft is not None
    return post_from_draft(draft, rules_from_settings(settings, "/w/posts", ("/w/static",)))


def post(front_matter: str = "", path: str = "p.md", body: str = "", **site: Any) -> Post:
    """Return the post of this front matter; unless it says otherwise, its date is 2024-01-05 and stands in line 2."""
    dated = front_matter if HAS_DATE.search(front_matter) else DATE + front_matter
    made = outcome(f"---\n{dated}\n---\n{body}", path, **site)
    assert isinstance(made, Post)
    return made


def faults(front_matter: str, path: str = "p.md") -> list[tuple[str, int, int, str]]:
    """Return the problems that keep a post out."""
    with pytest.raises(Unsound) as caught:
        post(front_matter, path)
    return [(item.code, item.line, item.column, item.message) for item in caught.value.problems]


def warned(made: Post) -> list[tuple[str, int, int]]:
    """Return the problems that a published post has."""
    return [(item.code, item.line, item.column) for item in made.problems]


# Names


@pytest.mark.parametrize(
    ("field", "name"),
    [(field, name) for field, names in DIALECT.names.items() for name in names if field not in {"public", *EPISODE}],
)
def test_every_name_is_understood(field: str, name: str) -> None:
    """Each field is found by each of its names, in capitals, with hyphens or underscores too."""
    values = {
        "id": "urn:x:1", "url": "/x/", "slug": "x", "published": "2024-02-01", "updated": "2024-02-01", "expires": "2024-02-01",
        "draft": "true", "status": "draft", "feed": "false", "language": "de", "image": "x.png", "thumbnail": "x.png",
        "enclosures": "x.mp3", "comments": "true", "listed": "false", "unlisted": "true",
    }  # fmt: skip
    value = values.get(field, "x")
    date = "" if field == "published" else DATE
    made = {
        f"---\n{date}{key}: {value}\n---\n": None
        for key in (name, name.upper(), f"{name[:2]}-{name[2:]}", f"{name[:2]}_{name[2:].title()}")
    }
    results = [outcome(text, permalink="/:slug/") for text in made]
    plain = outcome(f"---\n{date or DATE}---\n", permalink="/:slug/")
    assert isinstance(plain, Post)
    for result in results:
        if isinstance(result, LeftOut):
            assert field in {"draft", "status", "feed", "listed", "unlisted"}
        else:
            changed = {name for name in Post._fields if getattr(result, name) != getattr(plain, name)}
            assert changed - {"marks"} != set()
            assert {field} == {field} & result.marks.keys()


@pytest.mark.parametrize(
    ("expected", "attribute", "front_matter"),
    [
        ("urn:a:b", "id", "guid: urn:x:y\nid: urn:a:b"),
        (ROOT + "p1", "url", "link: /p3\nurl: /p2\npermalink: /p1"),
        (ROOT + "p2", "url", "link: /p3\nurl: /p2"),
        ("d", "summary", "excerpt: e\nsummary: s\ndescription: d"),
        ("s", "summary", "excerpt: e\nsummary: s"),
        ("fr", "language", "language: de\nlang: fr"),
        ("e", "summary", 'description: ""\nsummary: "  "\nexcerpt: e'),
    ],
)
def test_the_best_name_wins(expected: str, attribute: str, front_matter: str) -> None:
    """Of a field's names the first in the dialect's list counts; one that is empty is as good as absent."""
    assert expected == getattr(post(front_matter), attribute)


# Title


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("1.10", "1.10"), ("no", "no"), ("2022-01-01", "2022-01-01"), ("null and void", "null and void"), ("007", "007"),
        ("use <T> & R&D", "use <T> & R&D"), ("R&D", "R&amp;D"), ("a b", "'<b>a</b>  b '"), ("ab", '"a\\u0007b"'), ("a b", "|\n  a\n  b"),
        ("日本\u3000語", "日本\u3000語"),
    ],
)  # fmt: skip
def test_a_title_is_the_authors(expected: str, title: str) -> None:
    """A title keeps the author's characters, whatever YAML would make of them, as plain text on one line."""
    assert expected == post(f"title: {title}").title


@pytest.mark.parametrize(
    ("expected", "path", "body"),
    [
        ("Heading & <T>", "p.md", "text\n\n# Heading &amp; `<T>`\n"), ("Heading", "p.html", "<div><h2>Head<b>ing</b></h2></div>"),
        ("my first post", "my-first_post.md", "text"), ("my post", "2024-02-03-my-post.md", ""), ("trip", "2024/trip/index.md", ""),
        ("trip", "2024-02-03-trip/index.html", ""), ("中文", "a/中文.md", ""), ("v1.0", "v1.0.md", ""), ("---", "---.md", ""),
    ],
)  # fmt: skip
def test_a_title_falls_back(expected: str, path: str, body: str) -> None:
    """Without a title a heading of the first level, or at the top, is the title, without a heading the file name, or its directory's for an index."""
    assert expected == post('title: ""', path, body).title


# Dates


@pytest.mark.parametrize(
    ("expected", "path", "front_matter"),
    [
        ("2024-02-03T00:00:00+01:00", "p.md", "date: 2024-02-03"),
        ("2024-02-03T00:00:00Z", "p.md", "date: Sat, 03 Feb 2024 00:00:00 GMT"),
        ("2024-02-03T00:00:00+01:00", "2024-02-03-a.md", 'date: ""'),
        ("2024-02-03T00:00:00+01:00", "2024-02-03-a.md", "title: x\npub-date: ~\nx-date: 1"),
        ("2024-02-03T00:00:00+01:00", "a/b/2024-02-03-a/index.md", 'date: ""'),
        ("2024-02-03T00:00:00+01:00", "2024-2-3-a.markdown", 'date: ""'),
        ("2020-01-01T00:00:00+01:00", "2024-02-03-a.md", "date: 2020-01-01"),
        ("2020-01-01T00:00:00+01:00", "p.md", "publishDate: 2021-01-01\npubDate: 2020-01-01"),
    ],
)
def test_published(expected: str, path: str, front_matter: str) -> None:
    """The date is the front matter's, in the site's zone if it names none, else that of a Jekyll file name or directory."""
    assert expected == format_rfc3339(post(front_matter, path, timezone="Europe/Berlin").published)


@pytest.mark.parametrize(
    ("expected", "front_matter", "problems"),
    [
        ("2024-01-05T00:00:00Z", "", []),
        ("2024-01-06T00:00:00Z", "lastmod: 2024-01-06", []),
        ("2024-01-07T00:00:00Z", "modified: 2024-01-09\nlastmod: 2024-01-08\nupdated: 2024-01-07", []),
        ("2024-01-05T00:00:00Z", "updated: 2024-01-05", []),
        ("2024-01-05T00:00:00Z", "updated: 2024-01-04T23:59:59Z", [("updated-before-published", 3, 10)]),
        ("2024-01-05T00:00:00Z", "updated: 2023-02-29", [("bad-date", 3, 10)]),
        ("2024-01-05T00:00:00Z", "updated: [2024-01-06]", [("wrong-type", 3, 10)]),
    ],
)
def test_updated(expected: str, front_matter: str, problems: list[tuple[str, int, int]]) -> None:
    """The update is the front matter's, and never before the publication, which stands in for any other."""
    made = post(front_matter)
    assert (expected, problems) == (format_rfc3339(made.updated), warned(made))


@pytest.mark.parametrize(
    ("zone", "date", "expected", "said"),
    [
        ("Asia/Shanghai", "2024-01-08 10:00 CST", "2024-01-08T10:00:00-06:00", "CST was read as -06:00, but means +08:00"),
        ("Asia/Taipei", "Mon, 08 Jan 2024 10:00 cst", "2024-01-08T10:00:00-06:00", "cst was read as -06:00, but means +08:00"),
        ("America/Havana", "2024-07-08T10:00 CDT", "2024-07-08T10:00:00-05:00", "CDT was read as -05:00, but means -04:00"),
        ("America/Chicago", "2024-01-08 10:00 CST", "2024-01-08T10:00:00-06:00", ""),
        ("America/New_York", "2024-01-08 10:00 CST", "2024-01-08T10:00:00-06:00", ""),
        ("Europe/London", "2024-07-08 10:00 GMT", "2024-07-08T10:00:00Z", ""),
        ("UTC", "2024-01-08 10:00 EST", "2024-01-08T10:00:00-05:00", ""),
    ],
)  # fmt: skip
def test_a_zone_that_the_sites_own_place_calls_by_the_same_name_is_told(
    zone: str, date: str, expected: str, said: str
) -> None:
    """Mails' meaning stands, and where the clocks on the wall there are called so, too, both are named."""
    made = post(f"date: {date}", timezone=zone)
    assert expected == format_rfc3339(made.published)
    told = [item for item in made.problems if item.code == "ambiguous-zone"]
    assert [said] * bool(said) == [item.message.partition(" in the")[0] for item in told]
    assert all((2, 7) == item[1:3] for item in told)


@pytest.mark.parametrize(
    "date", ["Fri Sep  3 11:21:31 CEST 2021", "2021-09-03 11:21:31 CEST", "3-9-2021 11:21:31 CEST"]
)
@pytest.mark.parametrize(
    ("zone", "offset", "said"),
    [("UTC", "+00:00", True), ("America/New_York", "-04:00", True), ("Europe/Berlin", "+02:00", False)],
)
def test_a_zone_that_jekyll_does_not_know_is_told(date: str, zone: str, offset: str, said: bool) -> None:  # noqa: FBT001
    """It is the site's there, which is right where the site's clocks call it so; elsewhere it is an error."""
    made = post(f"date: {date}", timezone=zone, dialect="jekyll")
    assert datetime.fromisoformat(f"2021-09-03T11:21:31{offset}") == made.published
    message = f"unknown time zone CEST; the date is read in the site's time zone, as {offset}"
    assert [message] * said == [item.message for item in made.problems if item.code == "ambiguous-zone"]
    with pytest.raises(Unsound) as caught:
        post("date: 2021-09-03 11:21:31 CEST", timezone=zone)
    assert ["unknown time zone CEST; write an offset such as +08:00"] == [
        item.message for item in caught.value.problems
    ]


def test_a_plain_directory_knows_the_lists_and_dates_of_other_programs() -> None:
    """The first of several ``images`` is the picture, and a post is from when it was ``posted``, if nothing says more."""
    made = post("date: 2024-01-05\nposted: 2020-01-01\nimages: [a.png, b.png]")
    assert (f"{ROOT}p/a.png", "2024-01-05T00:00:00Z") == (made.image and made.image.url, format_rfc3339(made.published))
    assert "2020-01-01T00:00:00Z" == format_rfc3339(post("xdate: 1\nposted: 2020-01-01").published)


def test_without_any_date() -> None:
    """A post without a date is refused, and never gets the clock's or the file's."""
    with pytest.raises(Unsound) as caught:
        outcome("---\ntitle: A\n---\n")
    assert [("missing-date", 1, 1)] == [(item.code, item.line, item.column) for item in caught.value.problems]


@pytest.mark.parametrize("name", ["astro", "docusaurus"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [("03/04/2024", "2024-03-04T00:00"), ("12/31/2023 10:30", "2023-12-31T10:30"), ("2024-03-04", "2024-03-04T00:00")],
)
def test_the_month_comes_first_in_javascript(name: str, text: str, expected: str) -> None:
    """The generators that hand dates to JavaScript mean what that means by them; ``plain`` does not guess."""
    made = outcome(f"---\ntitle: A\ndate: {text}\n---\n", dialect=name)
    assert isinstance(made, Post)
    assert expected == made.published.isoformat()[:16]


@pytest.mark.parametrize("words", ["Last Modified", "created", "git Last Modified", "git Created"])
def test_a_date_that_is_the_files(words: str) -> None:
    """Eleventy's words for the date of the file are told, since that is another on every machine."""
    with pytest.raises(Unsound) as caught:
        outcome(f"---\ntitle: A\ndate: {words}\n---\n", dialect="eleventy")
    (found,) = caught.value.problems
    assert ("missing-date", 3, words) == (found.code, found.line, found.got)
    assert "this asks for the file's own date" in found.message


@pytest.mark.parametrize(("field", "fatal"), [("date", True), ("permalink", True), ("tags", False)])
def test_what_a_program_makes(field: str, fatal: bool) -> None:  # noqa: FBT001
    """What decides a post's address must be written out; anything else is as good as not there."""
    text = f"---js\n{{title: 'A', date: '2024-01-02', {field}: () => 1}}\n---\n"
    if not fatal:
        made = outcome(text, "a/b.md", dialect="eleventy")
        assert isinstance(made, Post)
        assert () == made.problems
        return
    with pytest.raises(Unsound) as caught:
        outcome(text, "a/b.md", dialect="eleventy")
    assert f"{field} is computed by code, which feeder does not run; write it out" in [
        one.message for one in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("hint", "text"),
    [
        (True, "title: A\ndate: 2024-01-05\n---\nText.\n"),
        (True, "---swift\ntitle: A\n---\n"),
        (False, "Text: with a colon.\n\nMore.\n"),
        (False, "# A\n\n---\n"),
        (False, "---\ntitle: A\n---\na: b\n---\n"),
    ],
)
def test_a_missing_fence_is_guessed(hint: bool, text: str) -> None:  # noqa: FBT001
    """A file that begins like front matter without its fence is told so; other text without a date is not."""
    with pytest.raises(Unsound) as caught:
        outcome(text)
    assert hint is caught.value.problems[0].message.endswith("; is its opening --- missing?")


@pytest.mark.parametrize(
    ("expected", "path", "front_matter"),
    [
        (("bad-date", 2, 7, "February 2023 has 28 days"), "p.md", "date: 2023-02-29"),
        (("bad-date", 2, 7, "February 2023 has 28 days"), "2024-01-01-p.md", "date: 2023-02-29"),
        (("bad-date", 1, 1, "in the file name: there is no month 13"), "2024-13-01-p.md", 'date: ""'),
        (("wrong-type", 2, 7, "date must be text, not a list"), "p.md", "date: [2024-01-01]"),
        (("wrong-type", 2, 10, "pubdate must be text, not a table"), "p.md", "pubDate: {a: b}"),
        (("bad-date", 3, 13, "February 2024 has 29 days"), "p.md", "date: 2024-01-05\nexpiryDate: 2024-02-30"),
    ],
)
def test_a_bad_date_costs_the_post(expected: tuple[str, int, int, str], path: str, front_matter: str) -> None:
    """A date that cannot be had keeps the post out, with the line, what is wrong and no guess."""
    assert [expected] == faults(front_matter, path)


# Address and identity


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("p/", "p.md"), ("a/b/", "a/b.html"), ("a/b/", "a/b/index.md"), ("a/b.c/", "a/b.c.md"), ("a%20b/", "a b.md"), ("100%25/", "100%.md"),
        ("%E4%B8%AD/", "中.md"), ("%C3%A9/", "e\u0301.md"), ("a%23b%3Fc/", "a#b?c.md"), ("2024-02-03-a/", "2024-02-03-a.md"),
        ("c++/", "c++.md"), ("A/", "A.md"),
    ],
)  # fmt: skip
def test_the_permalink_is_the_path(expected: str, path: str) -> None:
    """A post lives at its path without extension and index, encoded once, below the site; that is its id, too."""
    made = post(path=path, url="https://x.example/blog/")
    assert f"https://x.example/blog/{expected}" == made.url == made.id


@pytest.mark.parametrize(
    ("expected", "pattern", "front_matter"),
    [
        ("2024/01/05/day/", "/:year/:month/:day/:slug/", ""),
        ("a-b", "/:slug", "slug: A b"),
        ("a-b", "/:slug", "slug: /A b/"),
        ("a/2024-02-03-day.html", "/:dir/:name.html", ""),
        ("hello-c-plus-plus/", "/:title/", "title: Hello, C++!"),
        ("%E4%B8%AD%E6%96%87/", "/:slug/", "slug: 中文"),
    ],
)
def test_the_permalink_follows_the_pattern(expected: str, pattern: str, front_matter: str) -> None:
    """The configured pattern gives the address from the post's date, slug, title and path."""
    made = outcome(f"---\n{DATE}{front_matter}\n---\n", "a/2024-02-03-day.md", permalink=pattern)
    assert isinstance(made, Post)
    assert ROOT + expected == made.url


@pytest.mark.parametrize(
    ("expected", "permalink"),
    [
        ("https://x.example/blog/a/b", "/a/b"), ("https://x.example/blog/a/b", "/blog/a/b"), ("https://x.example/blog/a/b.html", "a/b.html"),
        ("https://other.example/%C3%A4%20b", "https://other.example/ä b"), ("https://cdn.example/x", "//cdn.example/x"),
        ("https://x.example/blog/a%20b", "/a%20b"), ("https://x.example/blog/%C3%A9", '"/e\\u0301"'), ("https://x.example/blog/", "/"),
        ("http://x.example/A", "HTTP://X.EXAMPLE:80/A"),
    ],
)  # fmt: skip
def test_a_permalink_of_ones_own(expected: str, permalink: str) -> None:
    """A permalink is absolute, or relative to the site's root wherever that is, and comes out encoded once."""
    made = post(f"permalink: {permalink}", url="https://x.example/blog/")
    assert (expected, expected, ()) == (made.url, made.id, made.problems)


@pytest.mark.parametrize(
    ("expected", "front_matter"),
    [
        ([("bad-url", 3, 12, "a URL must be http or https, not javascript:")], "permalink: javascript:alert(1)"),
        ([("bad-url", 3, 12, "a URL must be http or https, not javascript:")], 'permalink: "java\\tScript:alert(1)"'),
        ([("bad-url", 3, 6, "a URL must be http or https, not data:")], "url: data:text/html,x"),
        ([("bad-url", 3, 7, "a URL needs a host")], "link: https:///x"),
        ([("wrong-type", 3, 12, "permalink must be text, not a list")], "permalink: [a]"),
        ([("wrong-type", 3, 6, "url must be text, not a table")], "url: {a: b}"),
        ([("bad-slug", 3, 7, "a slug must be a single name, without / and not only dots")], "slug: ../../etc/passwd"),
        ([("bad-slug", 3, 7, "a slug must be a single name, without / and not only dots")], "slug: a\\b"),
        ([("bad-slug", 3, 7, "a slug must be a single name, without / and not only dots")], "slug: .."),
        ([("wrong-type", 3, 5, "id must be text, not a list")], "id: [a]"),
        ([("wrong-type", 3, 7, "guid must be text, not a table")], "guid: {a: b}"),
        ([("wrong-type", 3, 8, "title must be text, not a list")], "title: [a]"),
        ([("wrong-type", 3, 8, "title must be text, not a table")], "title: {a: b}"),
    ],
)
def test_what_costs_the_post(expected: list[tuple[str, int, int, str]], front_matter: str) -> None:
    """An address, an id or a title that cannot be had keeps the post out, with its place."""
    assert expected == faults(front_matter)


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ("https://x.example/1", "https://x.example/1"), ("https://x.example/?p=1", "' https://x.example/?p=1 '"),
        ("tag:x.example,2024:1", "tag:x.example,2024:1"), ("urn:isbn:1", "urn:isbn:1"),
        ("urn:uuid:550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440000"),
        ("urn:uuid:550e8400-e29b-41d4-a716-446655440000", "'{550E8400-E29B-41D4-A716-446655440000}'"),
        ("https://x.example/Ä/1", "https://x.example/Ä/1"),
    ],
)  # fmt: skip
def test_an_id_of_ones_own(expected: str, given: str) -> None:
    """A URI is the id to the letter, for readers compare letters; a UUID is one as a URN."""
    made = post(f"id: {given}")
    assert (expected, ()) == (made.id, made.problems)


@pytest.mark.parametrize("given", ["abc", "12345", "/2024/a/", "a b:c", "2024-01-05", "<x:y>"])
def test_an_id_that_is_none(given: str) -> None:
    """An id that is no URI is reported, and the permalink is the id; a name is a generator's own, as Hexo's `:id` is."""
    made = post(f"id: {given}")
    assert (made.url, [("id-not-uri", 3, 5)]) == (made.id, warned(made))
    named = post(f"id: {given}", dialect="hexo")
    assert (named.url, [("id-not-uri", 3, 5)] if ":" in given else []) == (named.id, warned(named))


@pytest.mark.parametrize(
    "given", ["abc", "12345", "/2024/a/", "5ddc9063c35e7700383b27e0", "550e8400-e29b-41d4-a716-446655440000"]
)
def test_a_guid_is_what_it_is(given: str) -> None:
    """Any text, to the letter; beside an `id` that is none, too."""
    alone, beside = post(f"guid: {given}"), post(f"id: 7\nguid: {given}")
    assert (given, given, ()) == (alone.id, beside.id, (*alone.problems, *beside.problems))


# Categories


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in CATEGORIES], ids=[case[0] for case in CATEGORIES])
def test_categories(given: str, expected: str) -> None:
    """Every shape of categories and tags gives each name once, NFC, as its author spelled it first."""
    made = post(given)
    found = [f"{item.kind} {item.name!r}" for item in made.categories]
    found += [f"{item.code} {item.line}:{item.column} {item.message}" for item in made.problems]
    assert expected == "\n".join(found)


# Language, comments, summary


@pytest.mark.parametrize(
    ("expected", "front_matter", "problems"),
    [
        ("pt-BR", "", []), ("de-AT", "lang: de_at", []), ("zh-Hans", "language: ZH-hans", []), ("pt-BR", 'lang: ""', []),
        ("pt-BR", "lang: cn", [("bad-language", 3, 7)]), ("pt-BR", "lang: klingon", [("bad-language", 3, 7)]),
        ("pt-BR", "lang: [de]", [("wrong-type", 3, 7)]), ("pt-BR", "language: {a: b}", [("wrong-type", 3, 11)]),
    ],
)  # fmt: skip
def test_language(expected: str, front_matter: str, problems: list[tuple[str, int, int]]) -> None:
    """The language is the front matter's as a tag; the site's stands in for none and for one that is wrong."""
    made = post(front_matter, language="pt-BR")
    assert (expected, problems) == (made.language, warned(made))


@pytest.mark.parametrize(
    ("expected", "given", "problems"),
    [
        (ROOT + "p/#comments", "true", []), (ROOT + "p/#comments", "Yes", []), ("", "false", []), ("", "'off'", []), ("", "", []),
        ("https://c.example/%C3%BC", "https://c.example/ü", []), ("https://c.example/1", "HTTPS://c.example/1", []),
        (ROOT + "c/1", "/c/1", []), ("https://c.example/x", "//c.example/x", []), ("", "https://[bad", [("bad-url", 3, 11)]),
        ("", "javascript:alert(1)", [("bad-url", 3, 11)]), ("", "{host: toot.example, id: 1}", []),
    ],
)  # fmt: skip
def test_comments(expected: str, given: str, problems: list[tuple[str, int, int]]) -> None:
    """True links to the post's comments, a URL to where they are, false to none; a theme's own table is left to it."""
    made = post(f"comments: {given}")
    assert (expected, problems) == (made.comments, warned(made))


def test_comments_of_a_post_with_a_fragment() -> None:
    """The link to the comments has one fragment, its own."""
    assert ROOT + "a#comments" == post("permalink: /a#b\ncomments: true").comments


@pytest.mark.parametrize(
    ("expected", "given", "problems"),
    [
        ("a b & c <T>", "'  a <b>b</b> &amp; c <T> '", []), ("one two", "|\n  one\n  two", []), ("", "", []), ("ab", '"a\\u0001b"', []),
        ("", "[a]", [("wrong-type", 3, 14)]), ("", "{a: b}", [("wrong-type", 3, 14)]),
    ],
)  # fmt: skip
def test_summary(expected: str, given: str, problems: list[tuple[str, int, int]]) -> None:
    """A summary is plain text on one line."""
    made = post(f"description: {given}")
    assert (expected, problems) == (made.summary, warned(made))


# Which posts


@pytest.mark.parametrize(
    ("expected", "path", "front_matter"),
    [
        ("draft", "p.md", "draft: true"), ("draft", "p.md", "Draft: YES"), ("draft", "p.md", "draft: 1"), ("draft", "p.md", "published: false"),
        ("draft", "p.md", "published: no"), ("draft", "p.md", "status: draft"), ("draft", "p.md", "status: ' Draft '"),
        ("draft", "_drafts/p.md", ""), ("draft", "a/_drafts/b/p.md", "draft: false"), ("opted out", "p.md", "feed: false"),
        ("opted out", "p.md", "feed: off"), ("draft", "p.md", "feed: false\ndraft: true"),
    ],
)  # fmt: skip
def test_what_the_author_keeps_out(expected: str, path: str, front_matter: str) -> None:
    """Drafts, said in any of four ways, and posts that opt out are left out with the reason, dated or not."""
    reason = "feed: false" if expected == "opted out" else expected
    left_out = LeftOut(path=f"posts/{path}", kind=expected, reason=reason)
    assert left_out == outcome(f"---\n{DATE}{front_matter}\n---\n", path)
    assert left_out == outcome(f"---\ntitle: [no]\n{front_matter}\n---\n", path)


@pytest.mark.parametrize(
    ("path", "front_matter"),
    [("p.md", "draft: false"), ("p.md", "published: true"), ("p.md", "published: 2024-05-01"), ("p.md", "status: published"),
     ("p.md", "feed: true"), ("p.md", "feed: /feed.xml"), ("_drafts.md", ""), ("a_drafts/p.md", ""), ("drafts/p.md", ""), ("p.md", "draft:")],
)  # fmt: skip
def test_what_the_author_does_not_keep_out(path: str, front_matter: str) -> None:
    """What says true, says something else, or only looks like a drafts directory keeps nothing out."""
    assert () == post(front_matter, path).problems


@pytest.mark.parametrize(
    "front_matter",
    [
        "draft: maybe",
        "draft: [true]",
        "draft: {a: b}",
        "published: [false]",
        "feed: [false]",
        "feed: {a: b}",
        "feed: nope",
        "feed: podcast",
        "published: soon",
        "status: [draft]",
    ],
)
def test_a_doubtful_draft_is_reported(front_matter: str) -> None:
    """Where the author may have meant to keep a post out, a value of a wrong type is an error at its place."""
    try:
        problems = post(front_matter).problems
    except Unsound as unsound:
        problems = unsound.problems
    assert [("wrong-type", 3, front_matter.index(":") + 3)] == [
        (item.code, item.line, item.column) for item in problems
    ]


def test_expiry() -> None:
    """The expiry date is read as any date; whether it has come is not this stage's business."""
    assert datetime(2024, 2, 1, tzinfo=UTC) == post("expiry-date: 2024-02-01").expires
    assert post().expires is None


# All problems at once, and none that crash


def test_all_problems_of_a_post_come_at_once() -> None:
    """A post that cannot be published reports everything that is wrong with it in one go."""
    said = "title: [a]\ndate: 2023-02-29\npermalink: javascript:x\nid: [b]\nlang: xx\nimage: data:x\nslug: ..\nupdated: no\ntags: [{}]"
    assert {
        ("wrong-type", 2), ("bad-date", 3), ("bad-url", 4), ("wrong-type", 5), ("bad-language", 6), ("bad-url", 7), ("bad-slug", 8),
        ("bad-date", 9), ("wrong-type", 10),
    } == {(code, line) for code, line, _, _ in faults(said)}  # fmt: skip


@pytest.mark.parametrize("name", sorted({name for names in DIALECT.names.values() for name in names} - {"date"}))
@pytest.mark.parametrize(
    "value",
    ["[[a, [b]]]", "{a: {b: [c]}}", "[{}]", "{}", "[]", "~", "''", "true", "-1", "é", "'\\'", "'%zz'", "':'", "//"],
)
def test_any_value_of_any_field_is_read_or_reported(name: str, value: str) -> None:
    """No value of any field is an unexpected error; what is reported has the place of the value."""
    try:
        made = outcome(f"---\n{DATE}{name}: {value}\n---\n")
        problems = made.problems if isinstance(made, Post) else ()
    except Unsound as unsound:
        problems = unsound.problems
    assert all(item.line == 3 and item.column >= len(name) + 3 and item.path == "posts/p.md" for item in problems)


def test_where_fields_stand() -> None:
    """A post knows where its front matter gave each field, for what is found out later."""
    marks = post("id: urn:x:1\nTitle: A").marks
    assert (Mark(2, 7), Mark(3, 5), Mark(4, 8)) == (marks["published"], marks["id"], marks["title"])


def test_the_sites_author_stands_in() -> None:
    """A post that names no author has the site's."""
    site = (Author(name="Site", email="s@x.example"),)
    assert (site, site, (Author(name="A"),)) == (
        post(author=site).authors,
        post('author: ""', author=site).authors,
        post("author: A", author=site).authors,
    )


def test_a_file_name_that_is_no_text(build: Any) -> None:
    """A file whose name is not UTF-8 is published or reported, and costs no other post."""
    made: Build = build({"a.md": f"---\n{DATE}---\n", "b\udcff.md": f"---\n{DATE}---\n"})
    assert "https://site.example/a/" in [item.url for item in made.published]
    assert 2 == len(made.published) + made.failed


# What Jekyll makes the best of


@pytest.mark.parametrize(
    ("published", "problems", "front_matter"),
    [
        ("2024-02-03T00:00:00Z", [("bad-date", 2, 7)], "date: 2024-02-03 18::30::00"),
        ("2024-01-01T00:00:00Z", [("bad-date", 2, 7)], "date: 3 of May"),
        ("2024-01-01T00:00:00Z", [("bad-date", 2, 7)], "date: 2024-02-31"),
        ("2024-01-01T00:00:00Z", [("wrong-type", 2, 7)], "date: [2024-02-03]"),
        ("2024-02-03T00:00:00Z", [("duplicate-key", 3, 1)], "date: 2024-01-02\ndate: 2024-02-03"),
    ],
)
def test_jekyll_publishes_posts_that_others_refuse(
    published: str, problems: list[tuple[str, int, int]], front_matter: str
) -> None:
    """A date that cannot be read is its day, or that of the name; of a key twice, the last counts. Both are told."""
    made = post(front_matter, "_posts/2024-01-01-p.md", dialect="jekyll")
    assert (published, problems) == (format_rfc3339(made.published), warned(made))


def test_a_repeated_key_is_told_with_all_else() -> None:
    """Each is told, and what is wrong beside them."""
    found = faults("title: A\ntitle: B\nx: {y: 1, y: 2}\nX: 3\ndate: 2023-02-29")
    assert [("bad-date", 6), ("duplicate-key", 3), ("duplicate-key", 4), ("duplicate-key", 5)] == sorted(
        (code, line) for code, line, _, _ in found
    )
