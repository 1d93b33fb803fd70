"""feeder/dialects/: what every dialect promises the stages that ask it for names."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

import feeder
from feeder.dialects import DIALECTS, dialect
from feeder.frontmatter import draft_from_source
from feeder.keykinds import KINDS
from feeder.model import LeftOut, Post, Source
from feeder.nodes import Scalar
from feeder.normalize import post_from_draft
from feeder.problems import START, Unsound
from feeder.rulings import rules_from_settings
from feeder.settings import Posts, Settings, Site
from feeder.texts.fieldnames import EPISODE, folded_key

SOURCES = Path(feeder.__file__).parent
ASKED_FOR = re.compile(
    r'(?:fields\.(?:node|nodes|text|flag)\(|picture\(fields, |_date\(fields, |names_of\(fields, )"(\w+)"'
)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_keeps_its_contract(name: str) -> None:
    """A dialect is registered by its name, and gives its fields names that are folded as front matter's keys are."""
    assert name == dialect(name).name
    for keys in dialect(name).names.values():
        assert list(keys) == [folded_key(key) for key in keys]
        assert all(key.count(".") <= 1 for key in keys)


@pytest.mark.parametrize("name", DIALECTS)
def test_no_key_means_two_fields(name: str) -> None:
    """No key of a front matter is two fields at once."""
    keys = list(chain.from_iterable(dialect(name).names.values()))
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_has_every_field_that_is_asked_for(name: str) -> None:
    """Every field that the code looks up has names in every dialect, and no dialect has one that nobody asks for."""
    files = ("normalize.py", "permalinks.py", "podcasts/episodes.py", "fields/*.py")
    sources = "".join(path.read_text("utf-8") for file in files for path in SOURCES.glob(file))
    named = {field for field in (*EPISODE, "enclosures") if f'"{field}"' in sources}
    assert set(ASKED_FOR.findall(sources)) | named == set(dialect(name).names)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_can_be_configured(name: str) -> None:
    """`site.dialect` takes the name of every dialect, and its schema offers it."""
    kind = KINDS["dialect"]
    assert name == kind.convert(Scalar(text=name, mark=START), {})
    assert name in kind.schema({})["enum"]


def test_the_plain_dialect_knows_the_common_names() -> None:
    """Without a generator, every name that is common among generators is understood."""
    promised = {
        "id": "id guid", "url": "permalink url link", "updated": "updated lastmod modified", "draft": "draft", "public": "published",
        "status": "status", "feed": "feed", "expires": "expirydate", "language": "lang", "categories": "categories category", "tags": "tags",
        "image": "image headimg cover banner featuredimage ogimage", "thumbnail": "thumbnail thumb", "enclosures": "enclosure audio video",
        "summary": "description summary excerpt", "comments": "comments", "published": "date", "title": "title", "authors": "author authors",
    }  # fmt: skip
    names = dialect("plain").names
    assert {} == {field: keys for field, keys in promised.items() if not set(keys.split()) <= set(names[field])}


def outcome(name: str, front: str, path: str = "posts/2024-01-02-a.md", body: str = "Text.\n") -> Post | LeftOut:
    """Return what a file with this front matter comes to in a dialect."""
    settings = Settings(
        site=Site(url="https://x.example/", dialect=name, timezone="Asia/Tokyo"), posts=Posts(path="content")
    )
    draft = draft_from_source(Source(path, path, f"---\n{front}---\n{body}"))
    assert draft is not None
    return post_from_draft(draft, rules_from_settings(settings, "/w/content", ()))


@pytest.mark.parametrize(
    ("name", "field", "expected", "front"),
    [
        ("hugo", "published", "2024-01-02", "date: 2024-03-04\npublishDate: 2024-01-02\n"),
        ("hugo", "updated", "2024-05-06", "date: 2024-03-04\nlastmod: 2024-05-06\nisCJKLanguage: true\n"),
        ("hugo", "expires", "2024-05-06", "date: 2024-03-04\nunpublishDate: 2024-05-06\n"),
        ("hugo", "image", "https://x.example/a.png", "date: 2024-03-04\nimages: [/a.png, /b.png]\ncover: {image: /c.png}\n"),
        ("hugo", "image", "https://x.example/c.png", "date: 2024-03-04\ncover: {image: /c.png, alt: x}\n"),
        ("hugo", "image", "https://x.example/p.png", "date: 2024-03-04\nparams: {cover: {image: /p.png}}\n"),
        ("hugo", "summary", "Within.", "date: 2024-03-04\nparams:\n  Description: Within.\n"),
        ("hexo", "updated", "2024-05-06", "date: 2024-03-04\nupdated: 2024-05-06\n"),
        ("hexo", "image", "https://x.example/a.png", "date: 2024-03-04\ncover: /a.png\nthumbnail: /b.png\n"),
        ("plain", "published", "2024-03-04", "published: 2024-03-04\n"),
        ("plain", "published", "2024-03-04", "published: 2024-05-06\npublishedAt: 2024-03-04\n"),
        ("plain", "published", "2024-03-04", "published: true\ncreated: 2024-03-04\n"),
        ("plain", "updated", "2024-05-06", "updatedAt: 2024-05-06\n"),
        ("hexo", "published", "2024-01-02", "published: 2024-03-04\n"),
        ("jekyll", "published", "2024-01-02", "pub-date: July 18\npublish_date: 2024-03-04\n"),
        ("jekyll", "updated", "2024-05-06", "last_modified_at: 2024-05-06\n"),
        ("jekyll", "image", "https://x.example/a.png", "image: {path: /a.png, alt: x}\n"),
        ("jekyll", "thumbnail", "https://x.example/t.png", "header: {teaser: /t.png, overlay_color: red}\n"),
        ("jekyll", "thumbnail", "https://x.example/t.png", "thumbnail-img: /t.png\n"),
        ("jekyll", "image", "https://x.example/c.png", "cover-img: /c.png\n"),
        ("astro", "published", "2022-07-08", "pubDate: 'Jul 08 2022'\n"),
        ("astro", "updated", "2024-05-06", "pubDate: 2024-03-04\nupdatedDate: 2024-05-06\n"),
        ("astro", "image", "https://x.example/a.png", "pubDate: 2024-03-04\nheroImage: /a.png\n"),
        ("docusaurus", "updated", "2024-05-06", "last_update: {date: 2024-05-06, author: x}\n"),
        ("pelican", "updated", "2024-05-06", "date: 2024-03-04\nmodified: 2024-05-06\n"),
        ("eleventy", "summary", "Short.", "date: 2024-03-04\ndescription: Short.\n"),
        ("eleventy", "title", "Made 92", "issue: 92\ntitle: own\neleventyComputed: {title: 'Made {{ issue | safe }}'}\n"),
        ("eleventy", "title", "own", "title: own\neleventyComputed:\n  title: 'Made {{ made(issue) }}'\n"),
        ("eleventy", "published", "2024-03-04", "datePublished: 2024-03-04\n"),
    ],
)  # fmt: skip
def test_names_mean_what_the_generator_says(name: str, field: str, expected: str, front: str) -> None:
    """What stands under a generator's own names, in tables too, is in the field that it means by them."""
    post = outcome(name, front)
    assert isinstance(post, Post)
    assert () == post.problems
    found = getattr(post, field)
    assert expected == (
        f"{found:%Y-%m-%d}" if field in {"published", "updated", "expires"} else getattr(found, "url", found)
    )


def test_a_plain_directory_has_the_tags_of_zola() -> None:
    """They are in a table of their own, beside those that stand at the top."""
    post = outcome("plain", "tags: [x]\ntaxonomies: {tags: [y], categories: [Z]}\n")
    assert isinstance(post, Post)
    assert ["Z", "x", "y"] == sorted(item.name for item in post.categories)


@pytest.mark.parametrize("key", ["link", "url"])
def test_astro_makes_no_address_of_what_a_post_links_to(key: str) -> None:
    """Schemas of sites have such a key for a page that the post is about; Astro itself has none for the post's own address."""
    plain, linking = (
        outcome("astro", f"pubDate: 2024-03-04\n{more}") for more in ("", f"{key}: https://else.example/\n")
    )
    assert isinstance(plain, Post)
    assert isinstance(linking, Post)
    assert (plain.url, plain.id, ()) == (linking.url, linking.id, linking.problems)


@pytest.mark.parametrize(
    ("name", "kind", "front"),
    [
        ("hexo", "draft", "published: false\n"), ("hexo", "unlisted", "hidden: true\n"), ("jekyll", "draft", "published: false\n"),
        ("jekyll", "unlisted", "hidden: true\n"), ("hugo", "draft", "draft: true\n"), ("hugo", "unlisted", "headless: true\n"),
        ("hugo", "unlisted", "build: {list: never}\n"), ("hugo", "unlisted", "_build:\n  list: false\n"),
        ("hugo", "unlisted", "build: {list: always, render: never}\n"), ("hugo", "unlisted", "_build: {render: false}\n"),
        ("hugo", "unlisted", "build: {list: local, render: always}\n"), ("eleventy", "unlisted", "eleventyExcludeFromCollections: true\n"),
        ("eleventy", "draft", "draft: true\n"), ("astro", "draft", "isDraft: true\n"), ("eleventy", "unlisted", "permalink: false\n"), ("docusaurus", "draft", "draft: true\n"),
        ("docusaurus", "unlisted", "unlisted: true\n"), ("pelican", "draft", "status: Draft\n"), ("pelican", "unlisted", "status: hidden\n"),
        ("pelican", "unlisted", "status: skip\n"), ("astro", "draft", "published: false\n"), ("plain", "opted out", "feed: false\n"),
    ],
)  # fmt: skip
def test_what_a_generator_keeps_out_stays_out(name: str, kind: str, front: str) -> None:
    """A post that its generator would not list is in no feed, whatever it lacks."""
    found = outcome(name, front)
    assert isinstance(found, LeftOut)
    assert kind == found.kind


def test_hugo_gives_an_address_to_a_page_that_something_else_writes() -> None:
    """`render: link` is no reason to keep a post out."""
    assert isinstance(outcome("hugo", "date: 2024-01-02\nbuild: {list: always, render: link}\n"), Post)


@pytest.mark.parametrize(("name", "expected"), [("jekyll", "Deep Dive"), ("hexo", "Contents"), ("plain", "Contents")])
def test_a_post_without_a_title_is_called_as_its_generator_calls_it(name: str, expected: str) -> None:
    """Jekyll makes a title of the file name; where the generator makes none, the first heading is one."""
    post = outcome(name, "date: 2024-01-02\n", "2024-01-02-deep-dive.md", "# Contents\n\nText.\n")
    assert isinstance(post, Post)
    assert expected == post.title


def test_a_page_at_the_root_is_no_post() -> None:
    """One of a site's pages is a page without a date at the root, or anywhere with a layout; with a date, each is a post."""
    found = outcome("hugo", "title: About\n", "about.md")
    assert isinstance(found, LeftOut)
    assert "page" == found.kind
    found = outcome("hugo", "title: Archive\nlayout: list\n", "posts/archive.md")
    assert isinstance(found, LeftOut)
    assert "page" == found.kind
    assert isinstance(outcome("hugo", "date: 2024-01-02\n", "about.md"), Post)
    assert isinstance(outcome("hugo", "date: 2024-01-02\nlayout: wide\n", "posts/archive.md"), Post)
    for layout in ("", "layout: post\n", "layout: Single\n"):
        with pytest.raises(Unsound, match="missing-date"):
            outcome("hugo", f"title: x\n{layout}", "posts/about.md")


@pytest.mark.parametrize(
    ("path", "front"),
    [
        ("index.md", ""),
        ("all/list.md", "pagination: {data: collections.posts}\npermalink: '{{ x }}/{% if y %}'\n"),
        ("all/blog.md", "eleventyNavigation: {key: Blog}\n"),
        ("all/blog.md", "override:tags: []\n"),
    ],
)
def test_a_page_that_lists_posts_is_none(path: str, front: str) -> None:
    """One that stands for the directory of the posts, or turns pages, and has no date: whatever else it says."""
    found = outcome("eleventy", f"title: Blog\n{front}", path)
    assert isinstance(found, LeftOut)
    assert "page" == found.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello  World - a--b", "hello-world-a-b"),
        (" A b ", "a-b"),
        ("-lead trail-", "lead-trail"),
        ("C++ & more, 5$: (what) is {new}?", "c++-and-more-5dollar:-(what)-is-new"),
        ("What's new?", ""),
        ("Ärger über Maß, Ça va, Łódź, Tiếng Việt", "arger-uber-mass-ca-va-lodz-tieng-viet"),
        ("Đorđe", ""),
        ("ĉ", ""),
        ("日", ""),
    ],
)
def test_eleventys_older_filter(text: str, expected: str) -> None:
    """``slug`` is that of the package slugify, for what it has no table for; other texts are told."""
    from feeder.texts.npmslugs import slug

    if expected:
        assert expected == slug(text)
    else:
        with pytest.raises(ValueError, match="which the filter slug spells in its own way"):
            slug(text)


@pytest.mark.parametrize("key", ["img", "header-img", "coverImg", "bgImage", "top_img", "index_img"])
def test_themes_of_hexo_name_the_picture_of_a_post_in_many_ways(key: str) -> None:
    """A switch beside it, ``cover: true``, is none."""
    post = outcome("hexo", f"title: T\ndate: 2024-01-02\ncover: true\n{key}: https://x.test/a.png\n")
    assert isinstance(post, Post)
    assert ("https://x.test/a.png", ()) == (post.image and post.image.url, post.problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("React入門 と 설정", "react"), ("a日b — Über", "a-b-ueber"), ("日本", ""), ("aーb", ""), ("Привет a", "")],
)
def test_eleventys_filter(text: str, expected: str) -> None:
    """``slugify`` has letters of some scripts for spaces, others for letters of its own; a text of nothing else is told."""
    from feeder.texts.npmslugs import slugify

    if expected:
        assert expected == slugify(text)
    else:
        with pytest.raises(ValueError, match="which slugify spells in its own way"):
            slugify(text)
