"""feeder/glance.py: what it takes, a close look takes too, and finds the same card and no problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import REPOSITORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeder import config, frontmatter, normalize, rulings
from feeder.cascades import Bequest, bequests
from feeder.glance import Glance
from feeder.model import Author, Card, Habits, Post
from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import START, Unsound
from feeder.settings import Posts, Settings, Site
from feeder.storage.files import PostsDirectory, source_from_bytes
from feeder.survey import card_from_post
from feeder.trees import parse

TEXT = """
site:
  url: https://site.example/blog/
  timezone: Asia/Shanghai
  author: Site Author
posts:
  permalink: {pattern}
"""
RULES = {
    pattern: rulings.rules_from_settings(
        config.load(
            config.Options(posts=str(REPOSITORY / "posts"), url="https://site.example/blog/"), {}, Path("/nowhere")
        ).settings
        if pattern is None
        else config._with_url(
            config.said_in(TEXT.format(pattern=pattern), "feeder.yml").settings, "https://site.example/blog/"
        ),
        "/site/posts",
        ("/site/static",),
    )
    for pattern in (None, "/:path/", "/:year/:month/:day/:title/", "/:dir/:slug.html", "/x/:name")
}


def _text(*texts: str) -> Node:
    """Return one text, or a list of them."""
    items = tuple(Scalar(text, START) for text in texts)
    return items[0] if len(items) == 1 else Items(items, START)


CASCADE = parse(
    "yaml",
    "[{keywords: [x, y]}, {target: {path: '/{a,sub}*'}, build: {list: never}, cover: 'javascript:', author: Ada},"
    " {params: {series: Own}, description: {a: b}, unlisted: false, slug: s}]",
)
HABITS = {
    "hexo": [
        Habits(),
        Habits({"": ":category/:post_title/:hash/"}),
        Habits({"": ":abbrlink.html"}, {"new_post_name": ":year-:month-:day-:title.md"}),
        Habits({"": ":pid/:category/"}, {"permalink_pinyin.enable": "true", "permalink_defaults.pid": "Usual"}),
        Habits({"": ":abbrlink/"}, {"abbrlink": "hexo-abbrlink"}),
    ],
    "jekyll": [
        Habits(),
        Habits({"": "/:categories/:slug/"}),
        Habits(
            options={"authors.ada.name": "Ada", "authors.ada.email": "", "authors.ada.url": "https://ada.example/"},
            bequests=(
                Bequest(
                    "",
                    ".*",
                    {
                        "tags": _text("c", "d e"),
                        "lang": _text("de"),
                        "author": _text("ada"),
                    },
                ),
                Bequest(
                    "",
                    ".*sport/.*",
                    {
                        "categories": _text("a b"),
                        "image": _text("/a.png"),
                        "permalink": _text("/x/:title"),
                        "lang": Scalar("", START),
                    },
                ),
                Bequest("", ".*_posts/.*x.*", {"published": Scalar("false", START), "header": Table((), START)}),
                Bequest("", ".*/[0-9].*", {"image": Scalar("/b.png", START), "description": Scalar("D", START)}),
            ),
        ),
    ],
    "hugo": [
        Habits(),
        Habits({"": "/:year/:slug/"}, {"languages.zh.weight": "1", "frontmatter.date": ":filename"}),
        Habits({}, {"uglyURLs": "true"}),
        Habits(bequests=(*bequests(CASCADE, "en"),)),
    ],
    "eleventy": [Habits(), Habits({"": "/{{ title | slugify }}/{{ page.date | date: '%Y' }}/"})],
    "astro": [Habits()],
    "docusaurus": [Habits({}, {"trailingSlash": "true"})],
    "pelican": [
        Habits(),
        Habits(
            {"": "{category}/{author}/{lang}/{date:%Y}/{slug}"},
            {"SLUG_REGEX_SUBSTITUTIONS": '[["[^\\\\w-]+", "_"]]', "AUTHOR_REGEX_SUBSTITUTIONS": "[]"},
            bequests=(Bequest("", "", {"status": _text("published"), "tags": _text("a, b"), "author": _text("Ada")}),),
        ),
    ],
}
"""What a site's generator is told, by dialect."""
DIALECTS = {
    f"{name} {number}": rulings.rules_from_settings(
        Settings(
            site=Site(
                url="https://site.example/blog/",
                timezone="Asia/Shanghai",
                dialect=name,
                author=(Author("Site Author"),),
            ),
            posts=Posts(path="content/posts"),
            habits=habits,
        ),
        "/site/content/posts",
        ("/site/static",),
    )
    for name, several in HABITS.items()
    for number, habits in enumerate(several)
}
DIALECTS = {
    name: rules._replace(people={**rules.people, "x": Author("Known", "k@x.example")})
    for name, rules in DIALECTS.items()
}


def closely(data: bytes, path: str, rules: rulings.Rules) -> tuple[Post, str] | None:
    """Return a post that has no problem, without its places, and its body, by the long way."""
    try:
        draft = frontmatter.draft_from_source(source_from_bytes(data, path, path), headers=rules.dialect.headers)
        post = normalize.post_from_draft(draft, rules) if draft else None
    except Unsound:
        return None
    return (_without_places(post), draft.body) if draft and isinstance(post, Post) and not post.problems else None


def _without_places(post: Post) -> Post:
    image, thumbnail = (found and found._replace(mark=START) for found in (post.image, post.thumbnail))
    enclosures = tuple(item._replace(mark=START) for item in post.enclosures)
    return post._replace(image=image, thumbnail=thumbnail, enclosures=enclosures, marks={})


def agree(data: bytes, path: str, rules: rulings.Rules) -> Card | None:
    """Return the card that is taken at a glance, None for a post that is not; see that a close look agrees."""
    glance = Glance(rules)
    card = glance.card(data, path, path)
    if card is not None:
        found = closely(data, path, rules)
        assert found is not None
        assert card_from_post(found[0]) == card
        assert glance.post(data, card) in (None, found)
    return card


USUAL = {
    "a robot's": "---\ntitle: '标题 ''x'''\ncategories:\n - 传统媒体\n - a, b\nheadimg: 'https://x.example/a_1024.jpg'\n"
    "author: Solidot\ncomments: false\ndate: 2022-03-08 22:42:35\nthumbnail: 'https://x.example/a.jpg'\n"
    "description: text: or\n---\nbody\n".replace("text: or", "text"),
    "a writer's": "---\ntitle: Hello\ndate: 2024-01-31T18:30:00+01:00\nlastmod: 2024-02-02\ntags:\n- a\n- b\ndraft: false\n"
    "image: /img/a.png\nslug: hello-world\nlang: de-AT\nlayout: post\nkeywords:\n---\n\nbody",
    "with CRLF": "---\r\ntitle: Hello\r\ndate: 2024-01-31\r\n---\r\nbody\r\n",
    "with an address": "---\ndate: 2024-01-31\nurl: /über/uns/\nid: tag:site.example,2024:1\ntitle: x\n---\n",
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", ["a robot's", "a writer's"])
def test_usual_posts_of_each_generator_are_read_at_a_glance(name: str, dialect: str) -> None:
    """So they are in every dialect, whatever its addresses are made of."""
    data = (
        USUAL[name].replace("标题", "Title").replace("传统媒体", "Media").encode()
    )  # without the package Unidecode, Pelican's slugs are Latin
    if dialect == "hexo 2":
        data = data.replace(b"slug:", b"x:").replace(b"\ntitle", b"\nabbrlink: 1a2b\ntitle", 1)
    assert agree(data, "2024-01-02-a post.md", DIALECTS[dialect]) is not None


@pytest.mark.parametrize("name", USUAL)
@pytest.mark.parametrize("pattern", RULES)
def test_usual_posts_are_read_at_a_glance(name: str, pattern: str | None) -> None:
    """Posts as robots and writers make them are taken, and give the card that a close look gives."""
    data = USUAL[name].encode()
    card = agree(data, "2024/a post.md", RULES[pattern])
    assert card is not None
    assert (Glance(RULES[pattern]).post(data, card) is None) == (b"title" not in data)


SAMPLES = sorted(path for path in (REPOSITORY / "posts").rglob("*.*") if path.suffix in {".md", ".txt", ".html"})


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_sample_posts_agree(path: Path) -> None:
    """Of the sample posts, each that is taken gives the card that a close look gives."""
    data = PostsDirectory(path.parent).read(path.name).data
    card = agree(data, path.name, RULES[None])
    assert card is None or path.name == card.path


def test_doubt_is_left_to_a_close_look() -> None:
    """Whatever could be a problem, or keeps a post out, is given up."""
    for line in (
        "draft: true", "published: false", "feed: no", "status: draft", "date: 31/1/2024", "lastmod: 2020-01-01", "id: x y",
        "image: ../../x.png", "image: javascript:x", "comments: maybe", "author: a@b", "lang: xx", "title: [a]", "Title: x",
        "description:\n - a", "slug: a/b", "date: 2024-02-30", "title: a: b", "x: y\nX: z", "x\x01: y", "image:\n  url: a",
    ):  # fmt: skip
        data = f"---\ntitle: x\ndate: 2024-01-31\n{line}\n---\n".replace("date: 2024-01-31\ndate", "date").encode()
        assert Glance(RULES[None]).card(data, "a.md", "a.md") is None, line


KEYS = st.sampled_from(
    "title date Date pubDate updated lastmod permalink url slug id guid draft published status feed lang language author "
    "authors categories category tags tag keywords image cover headimg thumbnail thumb enclosure audio description summary "
    "excerpt comments expires expiryDate layout x".split()
)
VALUES = st.sampled_from(
    "x|A title|'it''s'|\"q\"|''|' '|null|~|true|false|yes|no|1|0|Draft|draft|2024-01-31|2024-01-31 10:00:00|2024-01-31T10:00:00Z"
    "|2024-01-31T10:00:00.5+08:00|2024/1/3|20240131|Wed, 31 Jan 2024 18:30:00 GMT|2019-12-31|1700000000|2024-02-30|soon|/a/b/|a/b"
    "|../x|https://x.example/a.png|https://X.example/a b|http://x.example|//x.example/a|javascript:x|mailto:a@b.example|a.png|/a.png"
    "|img/ä.png|src/a.png|./a.png|@/a.png|a.png?x=1|#x|C:\\x|a, b|中文\uff0c标签|<b>x</b> &amp; y|<T>|A & B|Jane <jane@x.example>|jane@x.example (Jane)|a@b|en|zh_CN"
    "|xx|zz-ZZ-ZZ|tag:x.example,2024:1|urn:uuid:1|0b3c2f1e-7a4d-4c9e-8f00-000000000000|a b|a-b|A_B|.|..|a/|x:y|a: b|a #b|[a, b]"
    .split("|")
)  # fmt: skip
FIELDS = st.one_of(
    st.builds(lambda key, value: f"{key}: {value}", KEYS, VALUES),
    st.builds(lambda key, values: f"{key}:" + "".join(f"\n - {value}" for value in values), KEYS, st.lists(VALUES, max_size=3)),
)  # fmt: skip
PATHS = st.sampled_from(["a.md", "d/2024-01-02-a b.md", "2024-01-02-x/index.md", "_drafts/a.md", "index.html", "é.md", "d/A.b.md"])  # fmt: skip


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(FIELDS, max_size=6, unique_by=lambda line: line.partition(":")[0]),
    st.sampled_from(["date: 2023-05-06", "date: 2023-05-06 07:08:09", "title: T"]),
    PATHS,
    st.sampled_from(sorted(RULES, key=str)),
)
def test_a_glance_and_a_close_look_agree(lines: list[str], first: str, path: str, pattern: str | None) -> None:
    """Whatever is taken at a glance has no problem at a close look, and is the same card."""
    data = "\n".join(["---", first, *lines, "---", "# Heading", ""]).encode()
    agree(data, path, RULES[pattern])


GENERATORS_KEYS = st.sampled_from(
    "title date pubDate published updated lastmod last_modified_at modified permalink url slug abbrlink pid id draft status lang authors author "
    "categories category tags tag keywords image hidden unlisted headless listed eleventyExcludeFromCollections description".split()
)  # fmt: skip
GENERATORS_VALUES = VALUES | st.sampled_from(
    "a b c|a; b, c|/:year/:title/|/{{ title | slugify }}/|:slug|skip|hidden|never|Ünï cödé|C++ & C#|x|[x]|it''s|a/b c|2024|TRUE".split(
        "|"
    )
)
GENERATORS_FIELDS = st.one_of(
    st.builds(lambda key, value: f"{key}: {value}", GENERATORS_KEYS, GENERATORS_VALUES),
    st.builds(
        lambda key, values: f"{key}:" + "".join(f"\n - {value}" for value in values),
        GENERATORS_KEYS,
        st.lists(GENERATORS_VALUES, max_size=3),
    ),
)
GENERATORS_PATHS = PATHS | st.sampled_from(
    [
        "sport/_posts/2024-01-02-x y.md",
        "_posts/2024-01-02-x.md",
        "2024/01/02/y.mdx",
        "a.zh.md",
        "Big Name/index.md",
        "中 文.md",
        "c++.md",
    ]
)


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(GENERATORS_FIELDS, max_size=5, unique_by=lambda line: line.partition(":")[0]),
    st.sampled_from(["date: 2023-05-06", "date: 2023-05-06 07:08:09", "title: T"]),
    GENERATORS_PATHS,
    st.sampled_from(sorted(DIALECTS)),
    st.booleans(),
)
def test_both_ways_agree_in_every_dialect(lines: list[str], first: str, path: str, dialect: str, fenced: bool) -> None:  # noqa: FBT001 - an example's
    """In each dialect, whatever is taken at a glance has no problem at a close look, and is the same card."""
    fence = ["---"] if fenced or "pelican" not in dialect else []
    data = "\n".join([*fence, first, *lines, *fence, "", "# Heading", ""]).encode()
    agree(data, path, DIALECTS[dialect])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(USUAL.values())), st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3))
def test_damaged_posts_agree(text: str, at: int, put: bytes, without: int) -> None:
    """The same of posts in which a few bytes were changed anywhere."""
    data = text.encode()
    at %= len(data)
    data = data[:at] + put + data[at + without :]
    agree(data, "a.md", RULES["/:path/"])


def test_a_post_that_changed_since_is_left_to_a_close_look() -> None:
    """A post whose card is no longer what its file says is not taken with the old card."""
    before, after = (f"---\ntitle: x\ndate: {date}\n---\n".encode() for date in ("2024-01-31", "2024-02-01"))
    glance = Glance(RULES[None])
    card = glance.card(before, "a.md", "a.md")
    assert card is not None
    assert glance.post(before, card) is not None
    assert glance.post(after, card) is None


HEADED = {
    "pelican": {
        "lines": ("a.md", "Title: Tea\nDate: 2024-01-31\nTags: a, b\nAuthors: Ada; Bo\nSummary: A *short* one\n\nbody"),
        "lines within fences": ("a.md", "---\ntitle: Tea #1\ndate: 2024-01-31\n---\nbody"),
        "YAML": ("a.md", '---\ntitle: "Tea"\ndate: 2024-01-31\ntags: [a, b]\n---\nbody'),
        "reStructuredText": ("a.rst", "Tea *time*\n==========\n\n:date: 2024-01-31\n:tags: a, b\n\nbody"),
        "a line above the title": ("a.rst", "---\nTea\n---\n:date: 2024-01-31\n\nbody"),
        "a header twice": ("a.md", "Title: Tea\nDate: 2024-01-31\nTitle: Coffee\n\nbody"),
    },
    "hexo": {
        "no opening fence": ("a.md", "title: Tea\ndate: 2024-01-31 10:00:00\ncategories:\n  - Leaves\npermalink: own\n---\nbody"),
        "JSON": ("a.md", ';;;\n"title": "Tea",\n"date": "2024-01-31"\n;;;\nbody'),
    },
}  # fmt: skip


@pytest.mark.parametrize(("dialect", "kind"), [(name, kind) for name, found in HEADED.items() for kind in found])
def test_front_matter_without_fences_is_the_same_at_a_glance(dialect: str, kind: str) -> None:
    """Whatever a generator has for front matter beside YAML, a glance takes it as a close look does, or leaves it."""
    path, text = HEADED[dialect][kind]
    for rules in (rules for name, rules in DIALECTS.items() if name.startswith(dialect)):
        found = agree(text.encode(), path, rules)
        assert (kind in {"JSON", "no opening fence", "a header twice", "a line above the title"}) == (found is None)
