"""feeder/config.py and feeder/keykinds.py: where settings come from, and what every wrong one is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from feeder import config
from feeder.config import Loaded, Options, said_in
from feeder.formats import FORMATS
from feeder.keykinds import KINDS
from feeder.model import Author
from feeder.problems import CODES, ConfigurationError
from feeder.rules import RULES
from feeder.settings import Group, Settings, keys_of, section_of
from feeder.sites.directories import POSTS_DIRECTORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SITE = "https://site.example/"
ACTIONS = {"GITHUB_ACTIONS": "true"}


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Loaded]:
    """Return a function that loads the settings for ``tmp_path``, in which ``posts/`` is there."""
    (tmp_path / "posts").mkdir()

    def load_settings(environ: dict[str, str] | None = None, **options: Any) -> Loaded:
        return config.load(Options(**options), environ or {}, tmp_path)

    return load_settings


def get(settings: Settings, key: str) -> Any:
    """Return what a dotted key has come to."""
    value: Any = settings
    for name in key.split("."):
        value = section_of(value, name) if value is settings else getattr(value, name)
    return value


def text_of(key: str, value: str) -> str:
    """Return a configuration that gives one dotted key."""
    section, _, name = key.rpartition(".")
    return f"{section}:\n  {name}: {value}\n" if section else f"{name}: {value}\n"


def faults_of(text: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        said_in(text, "feeder.yml")
    return str(caught.value).split("\n")


def leaves() -> Iterator[tuple[str, str]]:
    """Yield every dotted key and its kind."""
    for name, item in keys_of(Settings()).items():
        if item["kind"] == "section":
            for inner, field in keys_of(section_of(Settings(), name)).items():
                yield f"{name}.{inner}", field["kind"]
        else:
            yield name, item["kind"]


# Where the site's URL comes from


def test_the_url_of_the_command_line_comes_first(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """Command line, then FEEDER_URL, then the file, then GitHub."""
    write("feeder.yml", "site: {url: https://file.example/}")
    environ = {**ACTIONS, "GITHUB_REPOSITORY": "Ada/notes"}
    both = {**environ, "FEEDER_URL": "https://environment.example/"}
    assert "https://option.example/" == load(both, url="https://option.example/").settings.site.url
    assert "https://environment.example/" == load(both).settings.site.url
    assert "https://file.example/" == load(environ).settings.site.url
    write("feeder.yml", "")
    assert "https://ada.github.io/notes/" == load(environ).settings.site.url


def test_without_a_url_it_is_said_how_to_give_one(load: Callable[..., Loaded]) -> None:
    """The message shows the option, the variable and the key."""
    with pytest.raises(ConfigurationError) as caught:
        load()
    for way in ("--url https://example.org/", "FEEDER_URL=https://example.org/", "site: {url:"):
        assert way in str(caught.value)


@pytest.mark.parametrize(
    ("repository", "url"),
    [("ada/notes", "https://ada.github.io/notes/"), ("Ada/Ada.github.io", "https://ada.github.io/"),
     ("ada/ada.github.io", "https://ada.github.io/"), ("Ada/Notes", "https://ada.github.io/Notes/")],
)  # fmt: skip
def test_the_url_comes_from_the_repository(load: Callable[..., Loaded], repository: str, url: str) -> None:
    """In GitHub Actions the Pages address is known, and a note tells which was taken."""
    loaded = load({**ACTIONS, "GITHUB_REPOSITORY": repository})
    assert url == loaded.settings.site.url
    assert f"the site's URL is {url}, from GITHUB_REPOSITORY" in loaded.notes


def test_gitlab_names_the_url_of_its_pages(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """It counts last, so that a site with a domain of its own keeps its addresses; elsewhere the variable is not read."""
    environ = {"GITLAB_CI": "true", "CI_PAGES_URL": "https://ada.gitlab.io/notes"}
    loaded = load(environ)
    assert "https://ada.gitlab.io/notes/" == loaded.settings.site.url
    assert "the site's URL is https://ada.gitlab.io/notes, from CI_PAGES_URL" in loaded.notes
    with pytest.raises(ConfigurationError, match=r"the site's URL is not known"):
        load({**environ, "GITLAB_CI": ""})
    write("feeder.yml", "site: {url: https://ada.example/}")
    assert "https://ada.example/" == load(environ).settings.site.url


@pytest.mark.parametrize("place", ["CNAME", "static/CNAME", "public/CNAME", "source/CNAME", "docs/CNAME"])
def test_the_url_comes_from_a_cname(load: Callable[..., Loaded], write: Callable[..., Path], place: str) -> None:
    """In GitHub Actions a CNAME file goes before the repository's name."""
    write(place, "www.ada.example\n")
    loaded = load({**ACTIONS, "GITHUB_REPOSITORY": "ada/notes"})
    assert "https://www.ada.example/" == loaded.settings.site.url
    assert f"the site's URL is https://www.ada.example/, from {place}" in loaded.notes


def test_an_asset_directory_of_ones_own_is_looked_into_for_a_cname(
    load: Callable[..., Loaded], write: Callable[..., Path]
) -> None:
    """``site.assets`` stand at the site's root, where CNAME belongs."""
    write("files/CNAME", "ada.example")
    write("feeder.yml", "site: {assets: files}")
    assert "https://ada.example/" == load(ACTIONS).settings.site.url


@pytest.mark.parametrize(
    "environ",
    [{"GITHUB_REPOSITORY": "ada/notes"}, {"GITHUB_ACTIONS": "false", "GITHUB_REPOSITORY": "ada/notes"}, ACTIONS,
     {**ACTIONS, "GITHUB_REPOSITORY": "ada"}],
)  # fmt: skip
def test_elsewhere_no_url_is_made_up(
    load: Callable[..., Loaded], write: Callable[..., Path], environ: dict[str, str]
) -> None:
    """Without GitHub Actions, or without a repository's name, nothing is derived."""
    write("CNAME", "\n" if "GITHUB_ACTIONS" in environ else "ada.example")
    with pytest.raises(ConfigurationError, match=r"the site's URL is not known"):
        load(environ)


@pytest.mark.parametrize(
    ("given", "url"),
    [("https://a.example", SITE.replace("site", "a")), ("https://a.example/blog", "https://a.example/blog/"),
     ("HTTPS://A.Example:443/", "https://a.example/"), ("http://a.example:8080/x//", "http://a.example:8080/x/"),
     ("https://bücher.example", "https://xn--bcher-kva.example/"), (" https://a.example/é ", "https://a.example/%C3%A9/")],
)  # fmt: skip
def test_a_sites_url_is_canonical(load: Callable[..., Loaded], given: str, url: str) -> None:
    """It ends in a slash, in canonical form, however it is given."""
    assert url == load(url=given).settings.site.url == load({"FEEDER_URL": given}).settings.site.url


@pytest.mark.parametrize("given", ["a.example", "ftp://a.example/", "https://", "https://a.example/?q", "//a.example/",
                                   "https://a.example/#x", "javascript:alert(1)", "/", "https://a b/", "https://[1/"])  # fmt: skip
def test_a_url_that_no_site_has_is_refused(load: Callable[..., Loaded], given: str) -> None:
    """The message repeats the URL and says what is wrong with it."""
    with pytest.raises(ConfigurationError, match=r"cannot use '.*' as the site's URL: "):
        load(url=given)


# Where the file and the posts come from


@pytest.mark.parametrize("name", ["feeder.yml", "feeder.yaml", "posts/feeder.yml", "posts/feeder.yaml"])
def test_the_file_is_found(load: Callable[..., Loaded], write: Callable[..., Path], name: str) -> None:
    """It lies in the working directory or among the posts, whether those are named or not."""
    write(name, f"site: {{url: {SITE}, title: Found}}")
    assert "Found" == load().settings.site.title == load(posts="posts").settings.site.title


def test_the_first_file_found_counts(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """The working directory goes before the posts, ``-c`` before both; files are not merged."""
    write("feeder.yml", f"site: {{url: {SITE}, title: Here}}")
    write("posts/feeder.yml", f"site: {{url: {SITE}, title: Posts, copyright: C}}")
    write("other.yml", f"site: {{url: {SITE}, title: Other}}")
    assert ("Here", "") == (load().settings.site.title, load().settings.site.copyright)
    assert "Other" == load(config="other.yml").settings.site.title


@pytest.mark.parametrize("name", ["nowhere.yml", "posts"])
def test_a_file_that_is_named_must_be_there(load: Callable[..., Loaded], name: str) -> None:
    """``-c`` of what cannot be read stops, and names it."""
    with pytest.raises(ConfigurationError, match=f"cannot read .*{name}: "):
        load(config=name, url=SITE)


def test_a_file_that_is_no_text_is_refused(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """The offset of the first byte that is not UTF-8 is named."""
    write("feeder.yml", b"site:\n  title: \xff\n")
    with pytest.raises(ConfigurationError, match=r"cannot read .*feeder.yml: not UTF-8 at byte 15"):
        load()


def test_a_file_with_byte_order_mark_and_crlf_is_read(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """Files from Windows work."""
    write("feeder.yml", b"\xef\xbb\xbfsite:\r\n  url: https://site.example\r\n  title: T\r\n")
    assert (SITE, "T") == (load().settings.site.url, load().settings.site.title)


@pytest.mark.parametrize("number", range(len(POSTS_DIRECTORIES)))
def test_the_first_usual_directory_is_taken(tmp_path: Path, number: int) -> None:
    """Of the usual directories the best that exists is taken, and a note says which."""
    for name in POSTS_DIRECTORIES[number:]:
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    loaded = config.load(Options(url=SITE), {}, tmp_path)
    expected = POSTS_DIRECTORIES[number]
    if expected == "content/posts" or not (tmp_path / expected).is_dir():
        expected = next(name for name in POSTS_DIRECTORIES if (tmp_path / name).is_dir())
    assert expected == loaded.settings.posts.path
    assert (f"reading posts from {expected}",) == loaded.notes


def test_the_usual_directories_are_those_of_the_manual() -> None:
    """Their order is part of the contract."""
    usual = "posts _posts source/_posts content/posts content/post content/blog content src/content/blog"
    assert tuple(usual.split()) == POSTS_DIRECTORIES


def test_a_directory_that_is_named_is_taken_without_a_note(
    load: Callable[..., Loaded], write: Callable[..., Path]
) -> None:
    """The argument goes before ``posts.path``, and that before the usual directories."""
    for name in ("mine/x", "theirs/x"):
        write(name, "")
    assert ("mine", ()) == (load(posts="mine", url=SITE).settings.posts.path, load(posts="mine", url=SITE).notes)
    write("feeder.yml", "posts: {path: theirs}")
    assert ("theirs", ()) == (load(url=SITE).settings.posts.path, load(url=SITE).notes)
    assert "mine" == load(posts="mine", url=SITE).settings.posts.path


@pytest.mark.parametrize(("posts", "reason"), [("nowhere", "no such directory"), ("file", "not a directory")])
def test_posts_that_are_no_directory_are_refused(
    load: Callable[..., Loaded], write: Callable[..., Path], posts: str, reason: str
) -> None:
    """The message says which of the two it is."""
    write("file", "")
    with pytest.raises(ConfigurationError, match=f"cannot read posts: {posts}: {reason}"):
        load(posts=posts, url=SITE)


def test_without_any_directory_it_is_said_where_was_looked(tmp_path: Path) -> None:
    """The message lists the usual directories and shows the command."""
    with pytest.raises(ConfigurationError, match=r"looked for posts, _posts, .*To name it: feeder build DIRECTORY"):
        config.load(Options(url=SITE), {}, tmp_path)


def test_the_command_line_goes_before_the_file(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """Formats, limit and output of the command line replace the file's; what it does not say stays."""
    write("feeder.yml", f"site: {{url: {SITE}}}\nfeeds: {{formats: [atom], limit: 5, ttl: 60}}\noutput: theirs")
    theirs, mine = load().settings, load(formats=("rss", "json"), limit=0, output="mine").settings
    assert (("atom",), 5, "theirs", 60) == (theirs.feeds.formats, theirs.feeds.limit, theirs.output, theirs.feeds.ttl)
    assert (("rss", "json"), 0, "mine", 60) == (mine.feeds.formats, mine.feeds.limit, mine.output, mine.feeds.ttl)


def test_what_the_url_is_the_base_of(load: Callable[..., Loaded], write: Callable[..., Path]) -> None:
    """The title falls back to the host; pictures and the feeds' own address are below the site."""
    write("feeder.yml", "site: {image: /i.png, icon: a/i.png, logo: 'https://cdn.example/l.png'}")
    settings = load(url="https://site.example/blog").settings
    assert "site.example" == settings.site.title
    assert ("https://site.example/blog/i.png", "https://site.example/blog/a/i.png", "https://cdn.example/l.png") == (
        settings.site.image, settings.site.icon, settings.site.logo,
    )  # fmt: skip
    assert "https://site.example/blog/" == settings.feeds.url


# What the file may say

GOOD: dict[str, dict[str, Any]] = {
    "site.title": {"A walk": "A walk", "1.10": "1.10", "no": "no", "'  a\n\n   b '": "a b", "": ""},
    "site.url": {SITE: SITE, "https://site.example/x": f"{SITE}x/"},
    "site.description": {"One: sentence"[4:]: "sentence"},
    "site.language": {"de": "de", "zh_cn": "zh-CN", "EN-us": "en-US", "": "en"},
    "site.timezone": {"Europe/Berlin": "Europe/Berlin", "UTC": "UTC", "Asia/Shanghai": "Asia/Shanghai"},
    "site.author": {
        "Ada": (Author(name="Ada"),),
        "{name: Ada, email: a@b.example, url: https://ada.example}": (
            Author(name="Ada", email="a@b.example", url="https://ada.example/"),
        ),
        "[Ada, {name: Bob}]": (Author(name="Ada"), Author(name="Bob")),
        "": (),
    },
    "site.image": {"/a.png": "/a.png", "https://c.example/a.png": "https://c.example/a.png"},
    "site.icon": {"a.png": "a.png"},
    "site.logo": {"/é.png": "/é.png"},
    "site.copyright": {"CC BY 4.0": "CC BY 4.0"},
    "site.categories": {"[a, b]": ("a", "b"), "a": ("a",), "[]": (), "[a, '']": ("a",)},
    "site.managing_editor": {"ada@site.example (Ada)": "ada@site.example (Ada)"},
    "site.generator": {"other": "other", "": ""},
    "site.dialect": {"auto": "auto", "Plain": "plain"},
    "site.assets": {"[a, b/c]": ("a", "b/c"), "static": ("static",), "[]": ()},
    "posts.path": {"notes": "notes", "": ""},
    "posts.include": {"['*.md']": ("*.md",), "news/*": ("news/*",)},
    "posts.exclude": {"[a, b]": ("a", "b")},
    "posts.permalink": {"/:year/:month/:day/:slug/": "/:year/:month/:day/:slug/", ":dir/:name.html": ":dir/:name.html"},
    "feeds.formats": {"[json, rss]": ("json", "rss"), "RSS": ("rss",), "[atom, atom]": ("atom",)},
    "feeds.names": {"{rss: index.xml, json: a/feed.json}": {"rss": "index.xml", "json": "a/feed.json"}, "{}": {},
                    "{rss: atom.xml, atom: rss.xml}": {"rss": "atom.xml", "atom": "rss.xml"}},
    "feeds.limit": {"0": 0, "50": 50, "": 20},
    "feeds.content": {"summary": "summary", "FULL": "full"},
    "feeds.categories": {"true": True, "no": False, "ON": True, "": False},
    "feeds.tags": {"yes": True},
    "feeds.authors": {"True": True},
    "feeds.languages": {"on": True},
    "feeds.sections": {"true": True, "{}": Group(), "{path: /news/:slug/, title: ':name at :site', minimum: 3, limit: 0}":
                       Group(path="news/:slug/", title=":name at :site", minimum=3, limit=0)},
    "feeds.archive": {"true": 50, "20": 20, "no": 0, "0": 0, "": 0},
    "feeds.url": {"https://feeds.example/x": "https://feeds.example/x/"},
    "feeds.hub": {"https://hub.example": ("https://hub.example/",), "[https://a.example/, https://b.example/]": ("https://a.example/", "https://b.example/")},
    "feeds.max_bytes": {"500000": 500_000, "0": 0},
    "feeds.ttl": {"60": 60},
    "markdown.flavor": {"commonmark": "commonmark", "Python-Markdown": "python-markdown"},
    "markdown.breaks": {"true": True, "false": False},
    "images.thumbnail_width": {"320": 320, "0": 0},
    "podcast.path": {"show.xml": "show.xml", "pod/feed.xml": "pod/feed.xml"},
    "podcast.title": {"Tea & Talk": "Tea & Talk"},
    "podcast.description": {"On tea": "On tea"},
    "podcast.link": {"https://site.example/show": "https://site.example/show"},
    "podcast.language": {"de-at": "de-AT"},
    "podcast.author": {"Ada and Bob": "Ada and Bob"},
    "podcast.owner": {"{name: Ada, email: a@b.example}": (Author(name="Ada", email="a@b.example"),)},
    "podcast.image": {"/cover.jpg": "/cover.jpg"},
    "podcast.category": {
        "Technology": (("Technology", ""),), "society and culture > documentary": (("Society & Culture", "Documentary"),),
        "[{Arts: [Food, Books]}, History]": (("Arts", "Food"), ("Arts", "Books"), ("History", "")), "{TV & Film: After Shows}": (("TV & Film", "After Shows"),),
        "": (),
    },
    "podcast.explicit": {"true": True},
    "podcast.type": {"Serial": "serial"},
    "podcast.copyright": {"CC BY": "CC BY"},
    "podcast.block": {"yes": True},
    "podcast.complete": {"yes": True},
    "podcast.locked": {"true": True},
    "podcast.new_feed_url": {"https://new.example/feed.xml": "https://new.example/feed.xml", "": ""},
    "podcast.guid": {"917393E3-1b1e-5cef-ace4-edaa54e1f810": "917393e3-1b1e-5cef-ace4-edaa54e1f810", "": ""},
    "podcast.medium": {"music": "music"},
    "podcast.funding": {
        "https://pay.example/": (("https://pay.example/", "Support the show"),),
        "[{url: 'https://pay.example/', text: Tea}]": (("https://pay.example/", "Tea"),), "": (),
    },
    "podcast.people": {
        "Ada": (("Ada", "", "", "", ""),), "[{name: Bob, role: Guest, group: Cast, img: /bob.jpg, href: 'https://bob.example/'}]": (("Bob", "Guest", "Cast", "/bob.jpg", "https://bob.example/"),),
    },
    "podcast.media_url": {"https://cdn.example/mp3": "https://cdn.example/mp3/"},
    "podcast.limit": {"100": 100},
    "rules": {"{bad-date: off, no-posts: error}": {"bad-date": "off", "no-posts": "error"}, "{}": {}},
    "output": {"dist/feeds": "dist/feeds"},
}  # fmt: skip
BAD: dict[str, dict[str, str]] = {
    "site.title": {"[a]": "site.title must be text, not a list", "{a: b}": "site.title must be text, not a table"},
    "site.url": {"site.example": "site.url cannot be used: it must begin with https:// or http:// (got 'site.example')",
                 "https://a.example/?b": "site.url cannot be used: it must not have a query or a fragment",
                 "https://ada:secret@a.example/": "it must not have a user name or a password, since everybody can read feeds (got 'https://…@a.example/')",
                 "[https://a.example/]": "site.url must be text, not a list"},
    "site.description": {"[]": "site.description must be text, not a list"},
    "site.language": {"cn": "site.language must be a language tag such as en, de-AT or zh-CN (got 'cn')",
                      "klingon": "site.language must be a language tag", "[en]": "site.language must be text, not a list"},
    "site.timezone": {"Berlin": "site.timezone must be the IANA name of a time zone, such as Europe/Berlin (got 'Berlin')",
                      "+02:00": "IANA name", "../../etc/passwd": "IANA name", "Europe": "IANA name", "/etc/localtime": "IANA name"},
    "site.author": {"{email: a@b.example}": "site.author needs a name", "{nam: Ada}": "site.author may only have the keys name, email and url (got 'nam')",
                    "[{name: ''}]": "site.author needs a name", "[[a]]": "site.author must be text, not a list",
                    "{name: Ada, url: ada.example}": "site.author must begin with https:// or http:// (got 'ada.example')",
                    "{name: Ada, url: 'javascript://x'}": "site.author cannot be used: "},
    "site.image": {"javascript:x": "site.image cannot be used: a URL must be http or https, not javascript:", "[a]": "must be text"},
    "site.icon": {"data:image/png;base64,x": "site.icon cannot be used: "},
    "site.logo": {"{src: a}": "site.logo must be text, not a table"},
    "site.copyright": {"[a]": "site.copyright must be text, not a list"},
    "site.categories": {"{a: b}": "site.categories must be text, not a table", "[[a]]": "site.categories must be text, not a list"},
    "site.managing_editor": {"ada@site.example": "site.managing_editor must be written as mail@example.org (Name) (got 'ada@site.example')",
                             "Ada <ada@site.example>": "must be written as"},
    "site.generator": {"[]": "site.generator must be text, not a list"},
    "site.dialect": {"plane": 'site.dialect must be one of auto, hexo, jekyll, hugo, eleventy, astro, docusaurus, pelican, plain; did you mean "plain"? (got \'plane\')'},
    "site.assets": {"{a: b}": "site.assets must be text, not a table"},
    "posts.path": {"[a]": "posts.path must be text, not a list"},
    "posts.include": {"{a: b}": "posts.include must be text, not a table"},
    "posts.exclude": {"[{a: b}]": "posts.exclude must be text, not a table"},
    "posts.permalink": {"/:yaer/:slug/": "posts.permalink has the unknown token :yaer; known tokens are :day, :dir, ",
                        "/blog/": "posts.permalink needs a token such as :path", "/../:path/": "posts.permalink must not contain .."},
    "feeds.formats": {"[rss, atm]": 'feeds.formats must be one of rss, atom, json; did you mean "atom"? (got \'atm\')', "{rss: true}": "must be text",
                      "[]": "feeds.formats "},
    "feeds.names": {"{rss: ../x.xml}": "feeds.names must be a plain file name below the output directory (got '../x.xml')",
                    "{rss: /etc/x}": "must be a plain file name", "{rss: a/../../x}": "must be a plain file name", "{rss: ''}": "must be a plain file name",
                    "{rss: '.x'}": "must be a plain file name", "{rss: 'a b.xml'}": "must be a plain file name", "{rss: 'a\\b'}": "must be a plain file name",
                    "{rss: atom.xml}": "feeds.names must give each format a different name", "{rss: Feed.JSON}": "a different name",
                    "{rs: x.xml}": 'did you mean "rss"?', "rss": "feeds.names must be a table, not text"},
    "feeds.limit": {"-1": "feeds.limit must be a whole number from 0 to 999999999 (got '-1')", "1.5": "a whole number", "ten": "a whole number",
                    "1e3": "a whole number", "99999999999": "a whole number", "'٣'": "a whole number", "[1]": "must be text, not a list"},
    "feeds.content": {"sumary": 'feeds.content must be one of full, summary; did you mean "summary"? (got \'sumary\')'},
    "feeds.categories": {"maybe": "feeds.categories must be true or false (got 'maybe')", "1": "must be true or false", "[true]": "must be text, not a list"},
    "feeds.tags": {"ja": "feeds.tags must be true or false (got 'ja')"},
    "feeds.authors": {"[]": "feeds.authors must be text, not a list"},
    "feeds.languages": {"2": "feeds.languages must be true or false (got '2')"},
    "feeds.sections": {"{pth: x}": 'unknown key "feeds.sections.pth"; did you mean "path"?', "{path: news/}": "feeds.sections.path needs :slug, or all feeds would share one path",
                       "{path: ':slg/'}": "feeds.sections.path has the unknown token :slg; did you mean :slug? (got ':slg/')",
                       "{title: ':nmae'}": "feeds.sections.title has the unknown token :nmae; did you mean :name?", "{minimum: few}": "feeds.sections.minimum must be a whole number"},
    "feeds.archive": {"all": "feeds.archive must be true, false, or how many posts an archive holds (got 'all')", "-5": "feeds.archive must be true", "{}": "feeds.archive must be text"},
    "feeds.url": {"/feeds/": "feeds.url cannot be used: it must begin with https:// or http://"},
    "feeds.hub": {"hub.example": "feeds.hub must begin with https:// or http:// (got 'hub.example')", "[https://]": "feeds.hub cannot be used: "},
    "feeds.max_bytes": {"1 MB": "feeds.max_bytes must be a whole number from 0 to 999999999 (got '1 MB')"},
    "feeds.ttl": {"1h": "feeds.ttl must be a whole number from 0 to 999999999 (got '1h')"},
    "markdown.flavor": {"common-mark": 'did you mean "commonmark"? (got \'common-mark\')', "gfm": "markdown.flavor must be one of auto, python-markdown, commonmark, smartypants, definitions, kramdown, kramdown-straight, goldmark, markdown-it (got 'gfm')"},
    "markdown.breaks": {"yess": "must be true or false", "[]": "must be text, not a list"},
    "images.thumbnail_width": {"320px": "images.thumbnail_width must be a whole number from 0 to 999999999 (got '320px')"},
    "podcast.path": {"../x.xml": "podcast.path must be a plain file name below the output directory (got '../x.xml')", "[a]": "must be text"},
    "podcast.title": {"[a]": "podcast.title must be text, not a list"},
    "podcast.description": {"[a]": "podcast.description must be text, not a list"},
    "podcast.link": {"/show": "podcast.link must begin with https:// or http:// (got '/show')", "[a]": "must be a URL"},
    "podcast.language": {"klingon": "podcast.language must be a language tag"},
    "podcast.author": {"[a]": "podcast.author must be text, not a list"},
    "podcast.owner": {"{name: Ada, email: nowhere}": "podcast.owner has 'nowhere', which is not an email address"},
    "podcast.image": {"data:image/png;base64,x": "podcast.image cannot be used: "},
    "podcast.category": {
        "Tecnology": "podcast.category has 'Tecnology', which is not one of Apple's; did you mean \"Technology\"? (got 'Tecnology')",
        "Documentary": 'did you mean "Society & Culture > Documentary"?', "Arts > Fod": 'did you mean "Food"?', "History > Wars": "it has no subcategories",
        "{Arts: Chess}": "which is not one of Apple's", "[[a]]": "must be text, not a list",
    },
    "podcast.explicit": {"clean": "podcast.explicit must be true or false (got 'clean')"},
    "podcast.type": {"episodes": "podcast.type must be one of episodic, serial"},
    "podcast.copyright": {"[a]": "podcast.copyright must be text, not a list"},
    "podcast.block": {"2": "podcast.block must be true or false (got '2')"},
    "podcast.complete": {"2": "podcast.complete must be true or false (got '2')"},
    "podcast.locked": {"2": "podcast.locked must be true or false (got '2')"},
    "podcast.new_feed_url": {"feed.xml": "podcast.new_feed_url must begin with https:// or http:// (got 'feed.xml')"},
    "podcast.guid": {"42": "podcast.guid must be a UUID, such as 917393e3-1b1e-5cef-ace4-edaa54e1f810 (got '42')"},
    "podcast.medium": {"radio": "podcast.medium must be one of podcast, music, "},
    "podcast.funding": {"pay.example": "podcast.funding must begin with https:// or http://", "{text: Tea}": "podcast.funding needs a url",
                        "{url: 'https://a.example/', to: b}": "podcast.funding may only have the keys url, text (got 'to')"},
    "podcast.people": {"{role: host}": "podcast.people needs a name", "{name: Ada, job: host}": "podcast.people may only have the keys name, role, group, img, href (got 'job')",
                       "{name: Ada, href: 'javascript:x'}": "podcast.people cannot be used: "},
    "podcast.media_url": {"/mp3/": "podcast.media_url cannot be used: it must begin with https:// or http://"},
    "podcast.limit": {"all": "podcast.limit must be a whole number from 0 to 999999999 (got 'all')"},
    "rules": {"{bad-dates: off}": 'rules must be one of the codes that feeder explain lists; did you mean "bad-date"? (got \'bad-dates\')',
              "{zzz: off}": "rules must be one of the codes that feeder explain lists (got 'zzz')", "{bad-date: warn}": 'rules must be one of off, note, warning, error; did you mean "warning"? (got \'warn\')',
              "[bad-date]": "rules must be a table, not a list", "{bad-date: [off]}": "rules must be text, not a list"},
    "output": {"[a]": "output must be text, not a list", "{}": "output must be text, not a table"},
}  # fmt: skip


def cases(table: dict[str, dict[str, Any]]) -> list[tuple[str, str, Any]]:
    return [(key, value, expected) for key, values in table.items() for value, expected in values.items()]


@pytest.mark.parametrize(("key", "value", "expected"), cases(GOOD))
def test_a_value_that_a_key_takes(key: str, value: str, expected: Any) -> None:
    """Every key takes what its documentation says, as the type that the settings promise."""
    got = get(said_in(text_of(key, value), "feeder.yml").settings, key)
    assert (type(expected), expected) == (type(got), got)


@pytest.mark.parametrize(("key", "value", "expected"), cases(BAD))
def test_a_value_that_a_key_does_not_take(key: str, value: str, expected: str) -> None:
    """Every wrong value is named with its place, its key, what is right, and what was got."""
    (message,) = faults_of(text_of(key, value))
    place = f"feeder.yml:{2 if '.' in key else 1}:"
    assert place == message[: len(place)]
    assert key in message
    assert expected in message


@pytest.mark.parametrize("table", [GOOD, BAD], ids=["good", "bad"])
def test_every_key_and_every_kind_is_tried(table: dict[str, dict[str, Any]]) -> None:
    """No key is without a good and a bad value above, and no kind without a key."""
    assert [key for key, _ in leaves()] == list(table)
    assert set(KINDS) == {kind for _, kind in leaves()} | {item["kind"] for item in keys_of(Group()).values()}


@pytest.mark.parametrize("key", [key for key, _ in leaves()])
@pytest.mark.parametrize("null", ["", "~", "null"])
def test_a_key_without_a_value_has_its_default(key: str, null: str) -> None:
    """A key whose value was left out is as good as absent; only the generator's name may be emptied."""
    expected = "" if key == "site.generator" else get(Settings(), key)
    assert expected == get(said_in(text_of(key, null), "feeder.yml").settings, key)


@pytest.mark.parametrize(
    "text", ["", "\n# nothing\n", "---\n", "site:\n", "site: {}\nposts:\nfeeds: ~\nrules:\n", "{}"]
)
def test_an_empty_file_says_nothing(text: str) -> None:
    """Empty files and sections leave every default."""
    assert Settings() == said_in(text, "feeder.yml").settings


def test_hyphens_in_keys_are_underscores() -> None:
    """``managing-editor`` is ``managing_editor``."""
    assert "a@b.example (A)" == said_in("site: {managing-editor: a@b.example (A)}", "").settings.site.managing_editor


@pytest.mark.parametrize(
    ("text", "message"),
    [("site:\n  titel: A\n", 'feeder.yml:2:3: unknown key "site.titel"; did you mean "title"?'),
     ("sites: {}\n", 'feeder.yml:1:1: unknown key "sites"; did you mean "site"?'),
     ("url: https://a.example\n", 'feeder.yml:1:1: unknown key "url"; known keys are site, posts, feeds, markdown, images, podcast, rules, output'),
     ("feeds: {Limit: 5}\n", 'feeder.yml:1:9: unknown key "feeds.Limit"; did you mean "limit"?'),
     ("output: a\nfeeds:\n  limt: 5\n", 'feeder.yml:3:3: unknown key "feeds.limt"; did you mean "limit"?'),
     ("site: x\n", "feeder.yml:1:7: site must be a table of keys, not text"),
     ("feeds: [rss]\n", "feeder.yml:1:8: feeds must be a table of keys, not a list"),
     ("- a\n", "feeder.yml:1:1: the configuration must be a table of keys, not a list"),
     ("just text\n", "feeder.yml:1:1: the configuration must be a table of keys, not text"),
     ("site:\n  title: A\n  title: B\n", "feeder.yml:3:3: duplicate key, first given in line 2"),
     ("site:\n\ttitle: A\n", "feeder.yml:2:1: not valid YAML: tabs are not allowed for indentation; use spaces"),
     ("site: {title: !!python/name:os.system }\n", "feeder.yml:1:15: a YAML tag; feeder reads only text"),
     ("site: {title: A: B}\n", "feeder.yml:1:16: ")],
)  # fmt: skip
def test_a_file_that_is_wrong_as_a_whole(text: str, message: str) -> None:
    """Unknown keys get a hint, and sections, syntax, duplicates and tags are held to."""
    assert faults_of(text)[0].startswith(message)


def test_a_key_given_in_two_spellings_is_a_duplicate() -> None:
    """Neither of two values is dropped without a word."""
    (message,) = faults_of("site:\n  managing-editor: a@b.example (A)\n  managing_editor: c@d.example (C)\n")
    assert message.startswith("feeder.yml:3:3: ")


def test_all_faults_come_at_once() -> None:
    """One run tells everything that is wrong, in the order of the file."""
    text = (
        "site:\n  url: x\n  titel: A\n  language: cn\nfeeds:\n  limit: -1\n  formats: [rss, x]\nfoo: bar\noutput: [a]\n"
    )
    places = [message.split(" ", 1)[0] for message in faults_of(text)]
    assert [f"feeder.yml:{place}:" for place in ("2:8", "3:3", "4:13", "6:10", "7:18", "8:1", "9:9")] == places


def test_a_long_value_is_cut_in_a_message() -> None:
    """A message stays readable, whatever the value."""
    (message,) = faults_of(f"feeds: {{limit: {'9' * 5000}}}")
    assert len(message) < 200
    assert "…" in message


# The JSON Schema


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(config.schema())


def typed(value: str) -> Any:
    """Return YAML as an editor takes it, numbers and truth values typed; ValueError for what JSON cannot spell."""
    import yaml

    return yaml.safe_load(value)


def document(key: str, value: Any) -> dict[str, Any]:
    section, _, name = key.rpartition(".")
    return {section: {name: value}} if section else {name: value}


def test_the_schema_is_a_schema() -> None:
    """It is valid against its own meta schema, and JSON throughout."""
    schema = config.schema()
    Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(schema))
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]


def test_the_schema_describes_every_key() -> None:
    """Each key has a description and, but for people, its default."""
    properties = config.schema()["properties"]
    for key, kind in leaves():
        section, _, name = key.rpartition(".")
        item = (properties[section]["properties"] if section else properties)[name]
        default = get(Settings(), key)
        assert item["description"]
        assert kind == "people" or item["default"] == (list(default) if isinstance(default, tuple) else default)


@pytest.mark.parametrize(
    ("key", "value"),
    [("site.title", "A"), ("site.author", "Ada"), ("site.author", [{"name": "Ada", "url": SITE}, "Bob"]),
     ("site.categories", ["a"]), ("site.categories", "a"), ("site.dialect", "plain"), ("feeds.formats", list(FORMATS)),
     ("feeds.formats", "rss"), ("feeds.names", {"rss": "x.xml"}), ("feeds.limit", 0), ("feeds.content", "summary"),
     ("feeds.tags", True), ("feeds.tags", {"path": "t/:slug/", "minimum": 3}), ("feeds.archive", True), ("feeds.archive", 20),
     ("feeds.hub", [SITE]), ("rules", dict.fromkeys((*CODES, *RULES), "off")), ("output", "x")],
)  # fmt: skip
def test_the_schema_takes_good_files(validator: Draft202012Validator, key: str, value: Any) -> None:
    """What feeder takes, an editor takes."""
    assert [] == [error.message for error in validator.iter_errors(document(key, value))]
    said_in(json.dumps(document(key, value)), "feeder.yml")


@pytest.mark.parametrize(
    ("key", "value"),
    [("site.title", []), ("site.titel", "A"), ("sites", {}), ("site.author", {"email": "a@b.example"}),
     ("site.author", {"name": "A", "mail": "x"}), ("site.dialect", "plane"), ("feeds.formats", ["atm"]), ("site", "x"),
     ("feeds.names", {"rs": "x"}), ("feeds.limit", -1), ("feeds.limit", "ten"), ("feeds.content", "all"),
     ("feeds.tags", "maybe"), ("feeds.tags", {"path": "t/"}), ("feeds.tags", {"max": 3}), ("feeds.archive", -1),
     ("rules", {"bad-dates": "off"}), ("rules", {"bad-date": "warn"}), ("output", ["a"])],
)  # fmt: skip
def test_the_schema_refuses_bad_files(validator: Draft202012Validator, key: str, value: Any) -> None:
    """What feeder refuses, an editor marks, wherever JSON Schema can say so."""
    assert [] != [error.message for error in validator.iter_errors(document(key, value))]
    if value != 1:  # which YAML writes like text
        with pytest.raises(ConfigurationError):
            said_in(json.dumps(document(key, value)), "feeder.yml")


def test_the_schema_takes_the_defaults(validator: Draft202012Validator) -> None:
    """A file that spells out every default is valid."""
    for key, kind in leaves():
        default = get(Settings(), key)
        value = list(default) if isinstance(default, tuple) else default
        if kind not in {"mailbox", "url", "picture"}:  # whose default is to say nothing
            assert [] == [error.message for error in validator.iter_errors(document(key, value))]


def test_the_gazettes_file_is_valid(validator: Draft202012Validator) -> None:
    """The configuration that comes with feeder is one that editors and feeder take."""
    text = (Path(__file__).parent.parent / "posts/feeder.yml").read_text(encoding="utf-8")
    assert [] == [error.message for error in validator.iter_errors(typed(text))]
    assert said_in(text, "feeder.yml").settings.site.title


@pytest.mark.parametrize(
    ("expected", "text"),
    [("https://a.example/", "# ours\n\na.example\nb.example\n"), ("https://me.github.io/blog/", "not a host\n")],
)
def test_cname_names_one_host(tmp_path: Path, expected: str, text: str) -> None:
    """The first line that is a host counts; a file without one is as good as none."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "CNAME").write_text(text)
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "Me/blog"}
    assert expected == config.load(Options(), environ, tmp_path).settings.site.url


def test_a_mailbox_in_site_author_is_taken_apart() -> None:
    """``Name <mail>`` is read in the configuration as in front matter; an address that is none is a fault."""
    assert ("Ada", "ada@a.example") == (
        (author := said_in('site: {author: "Ada <ada@a.example>"}', "f").settings.site.author[0]).name,
        author.email,
    )
    for written in ("Ada ada@a.example", '{name: "Ada ada@a.example"}'):
        (author,) = said_in(f"site: {{author: {written}}}", "f").settings.site.author
        assert ("Ada", "ada@a.example") == (author.name, author.email)
    with pytest.raises(ConfigurationError, match="is not an email address"):
        said_in("site: {author: {name: Ada, email: nobody}}", "f")


@pytest.mark.parametrize("options", [Options(formats=("nope",)), Options(limit=-1)])
def test_options_that_no_build_can_have_are_refused(tmp_path: Path, options: Options) -> None:
    """The library is told as the command is."""
    (tmp_path / "posts").mkdir()
    with pytest.raises(ConfigurationError, match=r"no such format|must be 0 or more"):
        config.load(options, {"FEEDER_URL": "https://a.example/"}, tmp_path)
