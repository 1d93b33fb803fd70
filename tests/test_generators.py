"""feeder/sites/generators/: whose site a directory is, and what the generator's own configuration says of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from click.testing import CliRunner

import feeder
from feeder import config
from feeder.cli import main
from feeder.config import Loaded, Options
from feeder.dialects import DIALECTS, dialect
from feeder.fields.filing import labelled
from feeder.fields.lookup import scalar_text
from feeder.kinds import Traits
from feeder.model import Author
from feeder.nodes import Scalar
from feeder.permalinks import address
from feeder.problems import START, ConfigurationError
from feeder.rulings import rules_from_settings
from feeder.sites.generators import detected
from feeder.texts.npmslugs import slug_without

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder import Build
    from feeder.settings import Settings

Files = dict[str, str]
POST = "---\ntitle: A\ndate: 2024-01-31\n---\nBody.\n"

HEXO: Files = {
    "_config.yml": """\
# Site
title: Ink & Paper
subtitle: 'notes'
description: Notes on printing
author: Ada Example
language: [zh-CN, en]
timezone: Asia/Shanghai

# URL
url: https://ink.test/blog
root: /blog/
permalink: :year/:month/:day/:title/
permalink_defaults:
  lang: en
pretty_urls:
  trailing_index: false # Set to false to remove trailing 'index.html'
  trailing_html: true

source_dir: src
new_post_name: :year-:month-:day-:title.md
default_category: other
filename_case: 1
category_map:
  Type Foundry: type
post_asset_folder: true
feed:
  type: atom
  path: atom.xml
  limit: 0
deploy:
  type: ''
""",
    "src/_posts/hello.md": POST,
    "scaffolds/post.md": "---\ntitle: {{ title }}\n---\n",
}
JEKYLL: Files = {
    "_config.yml": """\
---
title: Ink & Paper
description: >-
  Notes on
  printing
lang: de_at
timezone: Europe/Vienna
author:
  name: Ada Example
  email: ada@ink.test
  url: https://ada.test/
url: "https://ink.test"
baseurl: "/blog"
permalink: /:categories/:year/:title/
collections:
  posts:
    permalink: /news/:title/
defaults:
  - scope: {path: "", type: posts}
    values: {layout: post, author: ada, image: /no.png, categories: [print, paper]}
  - scope: {path: "", type: pages}
    values: {permalink: /no/}
  - scope: {path: sport/_posts}
    values: {permalink: /sport/:title/}
feed:
  posts_limit: 7
  path: /feed.xml
exclude: [drafts, vendor]
plugins: [jekyll-feed]
""",
    "_posts/2024-01-31-hello.md": POST,
    "_layouts/default.html": "{{ content }}",
}
HUGO: Files = {
    "hugo.toml": """\
baseURL = 'https://ink.test/blog/'
languageCode = 'de-AT'
title = 'Ink & Paper'
timeZone = 'Europe/Vienna'
rssLimit = -1
uglyURLs = true
removePathAccents = true
disablePathToLower = true

[params]
  description = "Notes on printing"
  mainSections = ["posts", "notes"]
  [params.author]
    name = "Ada Example"
    email = "ada@ink.test"

[permalinks]
  posts = "/:year/:month/:slug/"
  [permalinks.page]
    notes = "/n/:slug/"
  [permalinks.term]
    tags = "/t/:slug/"

[frontmatter]
  date = ["publishDate", ":filename", "date"]
""",
    "content/posts/hello.md": POST,
    "content/notes/one.md": POST,
    "content/about.md": POST,
    "static/robots.txt": "",
}
ELEVENTY: Files = {
    "eleventy.config.js": """\
import rss from "@11ty/eleventy-plugin-rss";
// dir: { input: "no" }
export default function (eleventyConfig) {
  eleventyConfig.addPlugin(rss);
  eleventyConfig.addFilter("f", (x) => { return { a: `${x}/}` }; });
  return {
    pathPrefix: "/blog/",
    dir: { input: "content", data: "../_data", output: "_site", },
  };
}
""",
    "_data/metadata.json": """{"title": "Ink & Paper", "url": "https://ink.test/", "language": "en-GB",
        "description": "Notes on printing", "author": {"name": "Ada Example", "email": "ada@ink.test"}}""",
    "content/blog/hello.md": POST,
    "content/blog/blog.json": '{"permalink": "/{{ page.fileSlug }}/"}',
    "public/robots.txt": "",
}
ASTRO: Files = {
    "astro.config.mjs": """\
// @ts-check
import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';

export default defineConfig({
	site: 'https://ink.test',
	base: '/blog',
	trailingSlash: "always",
	build: { format: 'file' },
	integrations: [mdx(), /* a comment */ ],
});
""",
    "src/consts.ts": "export const SITE_TITLE = 'Ink & Paper';\nexport const SITE_DESCRIPTION: string = `Notes on printing`;\n",
    "src/content/blog/hello.md": POST,
    "src/pages/writing/[...slug].astro": "",
    "public/robots.txt": "",
}
DOCUSAURUS: Files = {
    "docusaurus.config.ts": """\
import {themes as prismThemes} from 'prism-react-renderer';
import type {Config} from '@docusaurus/types';

const organization = "ink";
const config: Config = {
  title: 'Ink & Paper',
  tagline: "Notes on printing",
  url: 'https://ink.test',
  baseUrl: '/blog/',
  trailingSlash: false,
  i18n: { defaultLocale: 'de', locales: ['de', 'en'] },
  organizationName: organization,
  presets: [
    [
      'classic',
      {
        docs: { editUrl: ({docPath}) => `https://x.test/${docPath}` },
        blog: {
          path: './journal',
          routeBasePath: '/', authorsMapPath: 'people.yml',
          feedOptions: { type: ['rss'], limit: false, copyright: `Ink ${new Date().getFullYear()}` },
        },
      } satisfies Preset.Options,
    ],
  ],
};

export default config;
""",
    "journal/2024-01-31-hello.md": POST,
    "static/robots.txt": "",
}
PELICAN: Files = {
    "pelicanconf.py": """\
import os
AUTHOR = 'Ada Example'
SITENAME = "Ink & " + 'Paper'
SITEURL = ""
SITESUBTITLE = u'Notes on printing'
PATH = "content"
ARTICLE_PATHS = ["blog"]
TIMEZONE = 'Europe/Vienna'
DEFAULT_LANG = 'de'
YEAR = '{date:%Y}'
ARTICLE_URL = YEAR + '/{slug}/'
ARTICLE_LANG_URL = '{lang}/{slug}/'
SLUGIFY_SOURCE = 'basename'
USE_FOLDER_AS_CATEGORY = False
DEFAULT_CATEGORY = "misc"
DEFAULT_DATE = (2024, 1, 31)
FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'
LINKS = (('a', os.environ.get('A')),)
FEED_MAX_ITEMS = 15
FEED_ALL_ATOM = None
""",
    "publishconf.py": """\
import sys
sys.path.append('.')
from pelicanconf import *
SITEURL = 'https://ink.test/blog'
FEED_ALL_ATOM = 'feeds/all.atom.xml'
""",
    "content/blog/hello.md": POST,
}
SITES: dict[str, Files] = {
    "hexo": HEXO, "jekyll": JEKYLL, "hugo": HUGO, "eleventy": ELEVENTY, "astro": ASTRO, "docusaurus": DOCUSAURUS,
    "pelican": PELICAN,
}  # fmt: skip


class Edit(NamedTuple):
    """A site of `SITES` with one thing in one file changed."""

    name: str
    file: str
    before: str
    after: str

    @property
    def files(self) -> Files:
        site = SITES[self.name]
        assert self.before in site[self.file]
        return {**site, self.file: site[self.file].replace(self.before, self.after)}


@pytest.fixture
def load(tmp_path: Path, write: Callable[..., Path]) -> Callable[..., Loaded]:
    """Return a function that lays out a site and loads its settings, as a run in its directory does."""

    def load_site(files: Files, environ: dict[str, str] | None = None, **options: Any) -> Loaded:
        for name, content in files.items():
            write(name, content)
        return config.load(Options(**options), environ or {}, tmp_path)

    return load_site


@pytest.fixture
def refused(load: Callable[..., Loaded]) -> Callable[..., str]:
    """Return a function that lays out a site which cannot be loaded, and returns why."""

    def refuse(files: Files, **options: Any) -> str:
        with pytest.raises(ConfigurationError) as caught:
            load(files, **options)
        return str(caught.value)

    return refuse


def facts(settings: Settings) -> tuple[Any, ...]:
    site, posts = settings.site, settings.posts
    return (site.dialect, site.title, site.url, site.description, posts.path, settings.markdown.flavor)


# Whose site it is


def test_every_dialect_but_plain_has_a_reader() -> None:
    """What can be detected is what a dialect is there for."""
    assert {*DIALECTS} - {"plain"} == set(SITES)


@pytest.mark.parametrize("name", SITES)
def test_a_site_tells_whose_it_is(load: Callable[..., Loaded], name: str) -> None:
    """`auto` becomes the generator's name, and a detail says why."""
    loaded = load(SITES[name])
    assert name == loaded.settings.site.dialect
    assert loaded.details[0].startswith(f"the site's generator is {name}: found ")


@pytest.mark.parametrize(
    ("files", "dialect"),
    [({}, "plain"), ({"posts/a.md": POST}, "plain"), ({"_posts/a.md": POST}, "plain"),
     ({"_posts/a.md": POST, "_layouts/x.html": ""}, "jekyll"), ({"_posts/a.md": POST, "Gemfile": ""}, "jekyll"),
     ({"_config.yml": "theme: minima\n"}, "jekyll"), ({"_config.yml": "source_dir: source\ntheme: x\n"}, "hexo"),
     ({"_config.yml": "theme: x\n", "source/_posts/a.md": POST}, "hexo"),
     ({"_config.yml": "title: x\r\npost_asset_folder: true\r\n"}, "hexo"),
     ({"_config.yml": "root: /\n", "_includes/x.html": ""}, "jekyll"),
     ({"_config.toml": "theme = 'x'\n", "config.yaml": "baseURL: /\n"}, "hugo"),
     ({"_config.yml": "theme: x\n", "config.toml": "baseURL = '/'\n", "_data/x.yml": ""}, "jekyll"),
     ({"config.toml": 'baseURL = "https://a.test/"\n'}, "hugo"), ({"config.toml": 'base_url = "https://a.test/"\n'}, "plain"),
     ({"config.yaml": "baseurl: https://a.test/\n"}, "hugo"), ({"config.json": '{"languageCode": "en"}'}, "hugo"),
     ({"config.json": "{}"}, "plain"), ({"config/_default/hugo.toml": ""}, "hugo"), ({"config/x.toml": ""}, "plain"),
     ({"hugo.yml": ""}, "hugo"), ({"hugo.json": "{}"}, "hugo"), ({"package.json": '{"name": "x"}'}, "plain"),
     ({"package.json": '{"devDependencies": {"@11ty/eleventy": "^3.0.0"}}'}, "eleventy"),
     ({".eleventy.js": ""}, "eleventy"), ({"astro.config.ts": "", "_config.yml": ""}, "astro"),
     ({"docusaurus.config.cjs": ""}, "docusaurus"), ({"pelicanconf.py": ""}, "pelican"), ({"publishconf.py": ""}, "pelican"),
     ({"pelicanconf.py": "", "config/_default/hugo.toml": ""}, "hugo"), ({"pelicanconf.py": "", "config.toml": 'baseURL = "x"\n'}, "hugo"),
     ({"pelicanconf.py": "", "_config.yml": "theme: minima\n"}, "pelican")],
)  # fmt: skip
def test_a_directory_is_known_by_its_files(
    tmp_path: Path, write: Callable[..., Path], files: Files, dialect: str
) -> None:
    """Files that one generator alone has, then keys and directories; else it is nobody's."""
    for name, content in files.items():
        write(name, content)
    assert dialect == detected(tmp_path).dialect


@pytest.mark.parametrize(
    ("files", "reason"),
    [({"hugo.toml": "", "_config.yml": "theme: minima\n"}, "found hugo.toml, next to _config.yml; set site.dialect: jekyll to override"),
     ({"pelicanconf.py": "", "config.toml": 'baseURL = "x"\n'}, "found config.toml with Hugo's keys, next to pelicanconf.py; set site.dialect: pelican to override"),
     ({"hugo.toml": "", "config.toml": 'baseURL = "x"\n'}, "found hugo.toml"),
     ({"_config.yml": "", "_posts/a.md": POST, "content/a.md": POST, "config.toml": 'baseURL = "x"\n'}, "found _config.yml and files that go with it, next to config.toml; set site.dialect: hugo to override"),
     ({"_config.yml": "theme: minima\n", "content/a.md": POST, "config.toml": 'baseURL = "x"\n'}, "found config.toml with Hugo's keys, next to _config.yml; set site.dialect: jekyll to override")],
)  # fmt: skip
def test_files_of_two_generators_are_both_told(
    tmp_path: Path, write: Callable[..., Path], files: Files, reason: str
) -> None:
    """Where files of another generator lie beside those that count, the reason names them, and how to choose it."""
    for name, content in files.items():
        write(name, content)
    assert reason == detected(tmp_path).reason


def test_a_dialect_that_is_given_is_obeyed(load: Callable[..., Loaded]) -> None:
    """Its configuration is read, and no other's."""
    files = {**HEXO, "hugo.toml": "title = 'no'\n", "feeder.yml": "site: {dialect: hexo}"}
    assert ("hexo", "Ink & Paper") == facts(load(files).settings)[:2]


def test_plain_reads_nothing(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """With `dialect: plain` a generator's files are those of a stranger, whatever is wrong with them."""
    files = {"_config.yml": "url: [", "_posts/a.md": POST, "feeder.yml": "site: {dialect: plain}"}
    assert refused(files).startswith("the site's URL is not known")
    loaded = load(files, url="https://a.test/")
    assert ("plain", ()) == (loaded.settings.site.dialect, loaded.details)


@pytest.mark.parametrize(
    "configuration", ["site: {dialect: plain, url: 'https://a.test/'}", "site: {url: 'https://a.test/'}"]
)
def test_a_site_without_a_generator_loads_no_reader(
    tmp_path: Path, write: Callable[..., Path], configuration: str
) -> None:
    """What no build needs costs none anything."""
    write("feeder.yml", configuration)
    write("posts/a.md", POST)
    code = (
        "import sys; from pathlib import Path; from feeder.config import *; load(Options(), {}, Path('.'));"
        "print(*sorted(name for name in sys.modules if name.startswith(('feeder.gen', 'feeder.f', 'feeder.inh', 'feeder.sites.told'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    loaded = {
        name
        for name in done.stdout.split()
        if not name.startswith(
            ("feeder.formats", "feeder.texts.fieldnames", "feeder.fields.lookup", "feeder.feedpatterns")
        )
    }
    assert loaded <= ({"feeder.sites.generators"} if "plain" not in configuration else set())


# What each says


FLAVORS = {
    "hexo": "smartypants",
    "jekyll": "kramdown",
    "hugo": "goldmark",
    "astro": "smartypants",
    "pelican": "python-markdown",
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hexo", ("src/_posts", "zh-CN", "Asia/Shanghai", 0, ("src",))),
     ("jekyll", ("_posts", "de-AT", "Europe/Vienna", 7, (".",))),
     ("hugo", ("content", "de-AT", "Europe/Vienna", 0, ("static", "content"))),
     ("eleventy", ("content/blog", "en-GB", "UTC", 20, ("public", "content", "."))),
     ("astro", ("src/content/blog", "en", "UTC", 20, ("public",))),
     ("docusaurus", ("journal", "de", "UTC", 0, ("static",))),
     ("pelican", ("content", "de", "Europe/Vienna", 15, ("content",)))],
)  # fmt: skip
def test_a_site_says_what_feeds_need(load: Callable[..., Loaded], name: str, expected: tuple[Any, ...]) -> None:
    """Title, URL, description, language, zone, posts, pictures and limit come from the generator's own files."""
    settings = load(SITES[name]).settings
    flavor = FLAVORS.get(name, "commonmark")
    assert (name, "Ink & Paper", "https://ink.test/blog/", "Notes on printing", expected[0], flavor) == facts(settings)
    site = settings.site
    assert expected[1:] == (site.language, site.timezone, settings.feeds.limit, site.assets)


@pytest.mark.parametrize(
    ("name", "author"),
    [("hexo", Author("Ada Example")), ("jekyll", Author("Ada Example", "ada@ink.test", "https://ada.test/")),
     ("hugo", Author("Ada Example", "ada@ink.test")), ("eleventy", Author("Ada Example", "ada@ink.test")),
     ("pelican", Author("Ada Example"))],
)  # fmt: skip
def test_a_site_says_who_writes(load: Callable[..., Loaded], name: str, author: Author) -> None:
    """By name, or with an address and a page."""
    assert (author,) == load(SITES[name]).settings.site.author


@pytest.mark.parametrize(
    ("name", "permalinks", "options"),
    [("hexo", {"": ":year/:month/:day/:title/"},
      {"pretty_urls.trailing_index": "false", "pretty_urls.trailing_html": "true", "permalink_defaults.lang": "en",
       "default_category": "other", "category_map.Type Foundry": "type", "filename_case": "1",
       "new_post_name": ":year-:month-:day-:title.md", "post_asset_folder": "true", "root": "/blog/"}),
     ("jekyll", {"": "/news/:title/"},
      {}),
     ("hugo", {"posts": "/:year/:month/:slug/", "notes": "/n/:slug/"},
      {"uglyURLs": "true", "removePathAccents": "true", "disablePathToLower": "true", "contentDir": "content",
       "frontmatter.date": "publishDate, :filename, date", "defaultContentLanguage": "en",
       "params.author.name": "Ada Example", "params.author.email": "ada@ink.test", "params.description": "Notes on printing"}),
     ("eleventy", {"": "/{{ page.fileSlug }}/"}, {"dir.input": "content", "url": "https://ink.test/"}),
     ("astro", {"": "/writing/:id/"}, {"trailingSlash": "always", "build.format": "file"}),
     ("docusaurus", {}, {"trailingSlash": "false", "routeBasePath.journal": "/", "authorsMapPath": "people.yml"}),
     ("pelican", {"": "{date:%Y}/{slug}/"},
      {"ARTICLE_LANG_URL": "{lang}/{slug}/", "SLUGIFY_SOURCE": "basename", "USE_FOLDER_AS_CATEGORY": "false",
       "DEFAULT_CATEGORY": "misc", "DEFAULT_DATE": "2024, 1, 31", "DEFAULT_LANG": "de", "PATH": "content", "AUTHOR": "Ada Example",
       "FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)"})],
)  # fmt: skip
def test_a_site_says_how_addresses_are_made(
    load: Callable[..., Loaded], name: str, permalinks: Files, options: Files
) -> None:
    """Patterns by section, and the options that decide the rest, as they are written."""
    habits = load(SITES[name]).settings.habits
    assert permalinks == habits.permalinks
    assert options == {
        key: text
        for key, text in habits.options.items()
        if not key.startswith("site.") and key not in {"collections", "MARKDOWN"}
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"_config.yml": "url: https://a.test\nscaffolds: x\n", "source/_posts/a.md": POST}, True),
        ({"_config.yml": "url: https://a.test\nmarked: {breaks: false}\n", "source/_posts/a.md": POST}, False),
        ({"_config.yml": "url: https://a.test\n", "_posts/2024-01-01-a.md": POST}, False),
        ({"_config.yml": "url: https://a.test\nkramdown: {hard_wrap: true}\n", "_posts/2024-01-01-a.md": POST}, True),
        ({"hugo.toml": "baseURL = 'https://a.test'\n", "content/posts/a.md": POST}, False),
        ({"hugo.toml": "baseURL = 'https://a.test'\n[markup.goldmark.renderer]\nhardWraps = true\n", "content/posts/a.md": POST}, True),
    ],
)  # fmt: skip
def test_a_site_says_whether_line_ends_are_line_breaks(
    load: Callable[..., Loaded], files: Files, expected: object
) -> None:
    """Hexo makes line breaks of them unless it is told not to, Jekyll and Hugo only if they are told to."""
    assert expected is load(files).settings.markdown.breaks


@pytest.mark.parametrize(
    ("source", "posts", "told"),
    [
        ("_texts", "_texts/_posts", ""),
        ("./_texts/", "_texts/_posts", ""),
        ("nowhere", "src/_posts", "no such directory, so src is used"),
        ("../texts", "src/_posts", "it is outside this directory, so src is used"),
        ("/srv/texts", "src/_posts", "it is outside this directory, so src is used"),
    ],
)
def test_jekylls_source_is_told_where_it_is_not_there(
    load: Callable[..., Loaded], source: str, posts: str, told: str
) -> None:
    """With the file and the line; where the posts are is taken for it then, as for a directory that a program fills."""
    config = f"title: Ink\nsource: {source}\nurl: https://ink.test\n"
    files = {"_config.yml": config, "_texts/_posts/2024-01-01-a.md": POST, "src/_posts/2024-01-02-b.md": POST}
    loaded = load(files)
    assert posts == loaded.settings.posts.path
    notes = [note for note in loaded.notes if "source" in note]
    assert ([f"_config.yml:2: source ignored (got {source!r}): {told}"] if told else []) == notes


def test_jekylls_future_is_told(load: Callable[..., Loaded]) -> None:
    """Posts wait for their dates, which somebody who asks is told where the site says otherwise."""
    told = [
        load({"_config.yml": f"url: https://a.test\nfuture: {value}\n", "_posts/a.md": POST}).details
        for value in ("true", "false")
    ]
    assert [True, False] == ["future is ignored, from _config.yml:2: posts wait for their dates" in one for one in told]


EXCLUDE = 'url: https://a.test\ninclude: [_posts/in.md]\nexclude: [_posts/skip, "_posts/2024-*-x.md", _posts/in.md, "**/*.tmp.md", b/_posts/no/, drafts]\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"_posts/a.md": POST}, ("skip*", "2024-*-x.md", "**/*.tmp.md", "*.tmp.md")),
        ({"_posts/a.md": POST, "b/_posts/b.md": POST}, ("_posts/skip*", "_posts/2024-*-x.md", "**/*.tmp.md", "b/_posts/no/*", "drafts*")),
    ],
)  # fmt: skip
def test_jekyll_leaves_out_posts(load: Callable[..., Loaded], files: Files, expected: tuple[str, ...]) -> None:
    """What ``exclude`` matches, or begins, below the posts as elsewhere; but for what ``include`` names again."""
    assert expected == load({"_config.yml": EXCLUDE, **files}).settings.posts.exclude


def test_a_pattern_has_its_place(load: Callable[..., Loaded]) -> None:
    """So that what is wrong with it can be told with file and line."""
    assert {"": "_config.yml:12"} == load(HEXO).settings.habits.places
    assert {"": "pelicanconf.py:11"} == load(PELICAN).settings.habits.places


def test_only_the_languages_own_posts_are_read(load: Callable[..., Loaded]) -> None:
    """Pelican's pages are none, nor are those of other languages in Hugo; sections and paths that are named are."""
    posts = load(PELICAN).settings.posts
    assert (("blog/*",), ("pages/*",)) == (posts.include, posts.exclude)


def test_what_is_read_is_told_to_those_who_ask(
    tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`feeder build -v` has a line for each setting, with file and line; without -v there is none."""
    for name, content in JEKYLL.items():
        write(name, content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDER_URL", raising=False)
    loud, quiet = (
        CliRunner().invoke(main, ["build", *more], prog_name="feeder", catch_exceptions=False).stderr
        for more in (["-v"], [])
    )
    for line in (
        "the site's generator is jekyll: found _config.yml and files that go with it", "site.title is Ink & Paper, from _config.yml:2",
        "site.url is https://ink.test/blog/, from _config.yml:12", "feeds.limit is 7, from _config.yml:26",
        "posts are at /news/:title/, from _config.yml:17", "the generator's own feed is /feed.xml, from _config.yml:27",
    ):  # fmt: skip
        assert line in loud.splitlines()
    assert "_config.yml" not in quiet


# Who goes before whom


def test_feeders_own_configuration_goes_first(load: Callable[..., Loaded]) -> None:
    """Command line, environment, feeder.yml, the generator's, defaults; key by key."""
    loaded = load(
        {
            **JEKYLL,
            "feeder.yml": "site: {title: Mine, author: Bo}\nfeeds: {limit: 3}\nmarkdown: {flavor: python-markdown}",
        }
    )
    site = loaded.settings.site
    assert ("Mine", "Bo", "https://ink.test/blog/", "de-AT") == (
        site.title,
        site.author[0].name,
        site.url,
        site.language,
    )
    assert (3, "python-markdown") == (loaded.settings.feeds.limit, loaded.settings.markdown.flavor)
    assert not [line for line in loaded.details if line.startswith(("site.title", "site.author", "feeds.limit"))]
    environ = {"FEEDER_URL": "https://environment.test/"}
    assert "https://environment.test/" == load({}, environ).settings.site.url
    assert "https://option.test/" == load({}, environ, url="https://option.test/").settings.site.url
    assert 5 == load({}, limit=5).settings.feeds.limit


@pytest.mark.parametrize("how", ["option", "file"])
def test_posts_that_are_named_are_the_only_ones(load: Callable[..., Loaded], how: str) -> None:
    """The generator's directory, and its sections, do not count then."""
    files = {**HUGO, "other/a.md": POST}
    if how == "file":
        files["feeder.yml"] = "posts: {path: other}"
    posts = load(files, posts="other" if how == "option" else None).settings.posts
    assert ("other", ()) == (posts.path, posts.include)


def test_a_default_of_feeders_own_can_be_given(load: Callable[..., Loaded]) -> None:
    """A key that is in feeder.yml counts, though it says what is the default anyway."""
    assert 20 == load({**JEKYLL, "feeder.yml": "feeds: {limit: 20}"}).settings.feeds.limit


# The site's URL


@pytest.mark.parametrize(
    ("edit", "expected"),
    [(Edit("hexo", "_config.yml", "url: https://ink.test/blog\nroot: /blog/", "url: https://ink.test\nroot: /blog/"), "https://ink.test/blog/"),
     (Edit("hexo", "_config.yml", "root: /blog/", "root: /"), "https://ink.test/blog/"),
     (Edit("jekyll", "_config.yml", 'baseurl: "/blog"', "baseurl: ''"), "https://ink.test/"),
     (Edit("jekyll", "_config.yml", 'url: "https://ink.test"', 'url: "https://ink.test/blog/"'), "https://ink.test/blog/"),
     (Edit("hugo", "hugo.toml", "https://ink.test/blog/", "https://ink.test"), "https://ink.test/"),
     (Edit("docusaurus", "docusaurus.config.ts", "'/blog/'", "'/'"), "https://ink.test/"),
     (Edit("astro", "astro.config.mjs", "base: '/blog',", ""), "https://ink.test/"),
     (Edit("eleventy", "eleventy.config.js", 'pathPrefix: "/blog/",', ""), "https://ink.test/"),
     (Edit("pelican", "publishconf.py", "'https://ink.test/blog'", "BASE + '/blog'\nBASE = 'https://no.test'"), "")],
)  # fmt: skip
def test_the_url_is_put_together(
    load: Callable[..., Loaded], refused: Callable[..., str], edit: Edit, expected: str
) -> None:
    """From its parts, as each generator has them; never from what would have to be run."""
    files = edit.files
    if expected:
        assert expected == load(files).settings.site.url
    else:
        assert (
            "publishconf.py:4: SITEURL is computed by code, which feeder does not run (got \"BASE + '/blog'\")"
            in refused(files)
        )


@pytest.mark.parametrize(
    ("edit", "said"),
    [(Edit("jekyll", "_config.yml", "https://ink.test", "http://localhost:4000"), "_config.yml:12: url is a sample value, not the site's (got 'http://localhost:4000')"),
     (Edit("hexo", "_config.yml", "https://ink.test/blog", "http://example.com"), "_config.yml:10: url is a sample value"),
     (Edit("hexo", "_config.yml", "https://ink.test/blog", "http://[::1"), "_config.yml:10: url cannot be used: not a URL: "),
     (Edit("hexo", "_config.yml", "https://ink.test/blog", "{{ env.URL }}"), "_config.yml:10: url cannot be used: it must be text, not a table"),
     (Edit("jekyll", "_config.yml", '"https://ink.test"', '["https://ink.test"]'), "_config.yml:12: url cannot be used: it must be text, not a list"),
     (Edit("hugo", "hugo.toml", "'https://ink.test/blog/'", "['https://ink.test/blog/']"), "hugo.toml:1: baseURL cannot be used: it must be text, not a list"),
     (Edit("hugo", "hugo.toml", "https://ink.test/blog/", "https://example.org/"), "hugo.toml:1: baseURL is a sample value"),
     (Edit("hugo", "hugo.toml", "https://ink.test/blog/", "/"), "hugo.toml:1: baseURL cannot be used: it must begin with https:// or http:// (got '/')"),
     (Edit("hugo", "hugo.toml", "https://ink.test/blog/", '{{ getenv "URL" }}'), "hugo.toml:1: baseURL cannot be used"),
     (Edit("docusaurus", "docusaurus.config.ts", "https://ink.test", "https://your-docusaurus-site.example.com"), "docusaurus.config.ts:8: url is a sample value"),
     (Edit("docusaurus", "docusaurus.config.ts", "https://ink.test", "https://your-docusaurus-test-site.com"), "docusaurus.config.ts:8: url is a sample value"),
     (Edit("docusaurus", "docusaurus.config.ts", "'https://ink.test'", "urlOf() ?? 'https://ink.test'"), 'docusaurus.config.ts:8: url is computed by code, which feeder does not run (got "urlOf() ?? \'https://ink.test\'")'),
     (Edit("docusaurus", "docusaurus.config.ts", "'https://ink.test'", "process.env.URL || 'http://localhost:3000'"), "docusaurus.config.ts:8: url is a sample value"),
     (Edit("docusaurus", "docusaurus.config.ts", "'/blog/'", "base()"), "docusaurus.config.ts:9: baseUrl is computed by code"),
     (Edit("astro", "astro.config.mjs", "'https://ink.test'", "`https://${host}`"), "astro.config.mjs:6: site is computed by code, which feeder does not run (got '`https://${host}`')"),
     (Edit("astro", "astro.config.mjs", "'/blog'", "BASE"), "astro.config.mjs:7: base is computed by code"),
     (Edit("eleventy", "_data/metadata.json", "https://ink.test/", "https://example.com"), "_data/metadata.json:1: url is a sample value"),
     (Edit("eleventy", "eleventy.config.js", 'pathPrefix: "/blog/",', 'dir: {pathPrefix: "/blog/"},'), "eleventy.config.js:"),
     (Edit("pelican", "publishconf.py", "'https://ink.test/blog'", "os.environ['URL']"), "publishconf.py:4: SITEURL is computed by code"),
     (Edit("pelican", "publishconf.py", "SITEURL", "SITEURL = 'https://other.test'\nif PROD:\n    SITEURL"), "publishconf.py:6: SITEURL is computed by code"),
     (Edit("pelican", "publishconf.py", "SITEURL", "with prod():\n    SITEURL"), "publishconf.py:5: SITEURL is computed by code")],
)  # fmt: skip
def test_a_url_is_never_guessed(
    load: Callable[..., Loaded], refused: Callable[..., str], edit: Edit, said: str
) -> None:
    """A sample's and a computed one are named with file and line, and with the ways to say it; told elsewhere, all is well."""
    files = edit.files
    message = refused(files)
    assert message.startswith(said)
    assert 'feeder.yml:  site: {url: "https://example.org/"}' in message
    assert "https://option.test/" == load(files, url="https://option.test/").settings.site.url
    assert "Ink & Paper" == load({}, url="https://option.test/").settings.site.title
    assert "https://file.test/" == load({"feeder.yml": "site: {url: 'https://file.test/'}"}).settings.site.url


def test_a_cname_is_the_sites_host(load: Callable[..., Loaded]) -> None:
    """GitHub Pages serves the site there, so it counts where the configuration has no URL, or a sample's."""
    files = {**JEKYLL, "_config.yml": "url: ''\nplugins: []\n", "CNAME": "www.ink.test\n"}
    loaded = load(files)
    assert "https://www.ink.test/" == loaded.settings.site.url
    assert "site.url is https://www.ink.test/, from CNAME" in loaded.details


def test_the_generators_url_goes_before_githubs(load: Callable[..., Loaded]) -> None:
    """What the repository is called counts only where nothing else tells."""
    environ = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "ada/notes"}
    assert "https://ink.test/blog/" == load(JEKYLL, environ).settings.site.url
    assert "https://ada.github.io/notes/" == load({"_config.yml": "title: x\n"}, environ).settings.site.url


# What cannot be read


BROKEN = [
    ("hexo", {"_config.yml": "title: a: b\n", "source/_posts/a.md": POST}, "_config.yml:1:9: not valid YAML"),
    ("jekyll", {"_config.yml": "title: x\nurl: [\n", "_posts/a.md": POST}, "_config.yml:"),
    ("jekyll", {"_config.yml": "url: !ruby/object x\n", "_posts/a.md": POST}, "_config.yml:1:6: a YAML tag"),
    ("hugo", {"hugo.toml": 'title = "a"\n{{ if true }}\nbaseURL = ""\n', "content/a.md": POST}, "hugo.toml:2:"),
    ("hugo", {"hugo.json": '{"baseURL": https}', "content/a.md": POST}, "hugo.json:1:13: not valid JSON"),
    ("hugo", {"hugo.toml": "", "config/_default/params.toml": "x = \n", "content/a.md": POST}, "config/_default/params.toml:1:"),
    ("docusaurus", {"docusaurus.config.js": "module.exports = {\n  title: 'x'\n  url: 'y' };\n", "posts/a.md": POST},
     "docusaurus.config.js:3:3: a table that cannot be read"),
    ("docusaurus", {"docusaurus.config.ts": "const c = {title: 'x'};\nexport default make(c);\n", "posts/a.md": POST},
     "docusaurus.config.ts: what it exports cannot be read without running it"),
    ("astro", {"astro.config.ts": "import x from 'y';\nexport default x;\n", "posts/a.md": POST},
     "astro.config.ts: what it exports cannot be read without running it"),
    ("eleventy", {".eleventy.js": "module.exports = (c) => {\n  return {\n    dir: {, input: 'src'},\n    pathPrefix: '/x/',\n  };\n};\n", "posts/a.md": POST},
     ".eleventy.js:3:11: a key is missing"),
    ("eleventy", {"eleventy.config.js": "export const config = {\n  pathPrefix: '/x/',\n", "posts/a.md": POST},
     "eleventy.config.js:1:23: a table that is never closed"),
    ("pelican", {"pelicanconf.py": "SITENAME = 'x'\nprint 'x'\n", "content/a.md": POST}, "pelicanconf.py:2:"),
    ("jekyll", {"_config.yml": "title: \udcff\n", "_posts/a.md": POST}, "cannot read _config.yml: not UTF-8 at byte 7"),
    ("hexo", {"_config.yml": "source_dir: x\n" + "#" * 2**20, "source/_posts/a.md": POST}, "_config.yml: too large"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "files", "place"), BROKEN)
def test_a_configuration_that_cannot_be_read_is_named(
    load: Callable[..., Loaded], refused: Callable[..., str], name: str, files: Files, place: str
) -> None:
    """With file and line, and with what to say in feeder.yml instead; a URL alone is not enough, since addresses are at stake."""
    message = refused(files)
    assert message.startswith(place)
    assert f"feeder reads this file because the site's generator is {name}" in message
    assert "feeder.yml" in message
    assert "site.url and posts.permalink" in message
    assert "posts.permalink" in refused({}, url="https://a.test/")
    loaded = load({"feeder.yml": "site: {url: 'https://a.test/'}\nposts: {permalink: '/:slug/', path: .}"})
    assert name == loaded.settings.site.dialect
    assert loaded.notes[0].startswith(place)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("SLUG_REGEX_SUBSTITUTIONS = [(r'(', '')]", "must be pairs of a regular expression and a text"),
        ("SLUG_REGEX_SUBSTITUTIONS = [(r'a', r'\\1')]", "must be pairs of a regular expression and a text"),
        ("AUTHOR_REGEX_SUBSTITUTIONS = [(r'a', sign())]", "must be pairs of a regular expression and a text"),
        ("CATEGORY_REGEX_SUBSTITUTIONS = signs()", "is computed by code, which feeder does not run"),
        ("SLUG_SUBSTITUTIONS = (('C++', 'cpp'),)", "is how old releases of Pelican said SLUG_REGEX_SUBSTITUTIONS"),
    ],
)
def test_what_changes_pelicans_addresses_is_understood_or_told(
    said: str, message: str, refused: Callable[..., str]
) -> None:
    """A site whose own signs in addresses cannot be had is told with the line, and with the way out."""
    found = refused({**PELICAN, "pelicanconf.py": f"{said}\n{PELICAN['pelicanconf.py']}"})
    assert f"pelicanconf.py:1: {said.partition(' ')[0]} {message}" in found
    assert "set posts.permalink in feeder.yml" in found


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("ARTICLE_URL = '{slug'", "cannot be used: expected '}' before end of string (got '{slug')"),
        (
            "FILENAME_METADATA = '(?P<date'",
            "cannot be used: missing >, unterminated name at position 4 (got '(?P<date')",
        ),
        ("PATH_METADATA = '(a'", "cannot be used: missing ), unterminated subpattern at position 0 (got '(a')"),
    ],
)
def test_what_pelican_stops_at_is_no_pattern(said: str, message: str, refused: Callable[..., str]) -> None:
    """An address in which a brace is open, and an expression that is none, are told with the line."""
    found = refused({"pelicanconf.py": f"SITEURL = 'https://a.test'\n{said}\n", "content/a.md": POST})
    assert found.startswith(f"pelicanconf.py:2: {said.partition(' ')[0]} {message}")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{'status': 'draft', 'category': 'No'}", {"status": "draft"}),
        ("(('Status', 'hidden'),)", {"status": "hidden"}),
        ("{}", None),
        ("made()", None),
    ],
)
def test_pelicans_default_metadata_is_front_matter(
    said: str, expected: dict[str, str] | None, load: Callable[..., Loaded]
) -> None:
    """It counts for all posts, whether it is a table or pairs; its category never does, in Pelican neither."""
    loaded = load({**PELICAN, "pelicanconf.py": f"DEFAULT_METADATA = {said}\n{PELICAN['pelicanconf.py']}"})
    found = [{key: scalar_text(node) for key, node in one.fields.items()} for one in loaded.settings.habits.bequests]
    assert ([expected] if expected else []) == found
    told = [note for note in loaded.notes if "DEFAULT_METADATA is computed by code" in note]
    assert ("made" in said) is bool(told)


def test_a_pattern_that_is_computed_must_be_given(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """All addresses would be others."""
    files = {**PELICAN, "pelicanconf.py": PELICAN["pelicanconf.py"].replace("YEAR + '", "year() + '")}
    message = refused(files)
    assert "pelicanconf.py:11: ARTICLE_URL is computed by code" in message
    assert "set posts.permalink in feeder.yml" in message
    assert "/:slug/" == load({"feeder.yml": "posts: {permalink: '/:slug/'}"}).settings.posts.permalink


@pytest.mark.parametrize(
    ("files", "said"),
    [({"_config.yml": "url: https://a.test\npermalink: [/:title/]\n", "_posts/2024-01-31-a.md": POST}, "_config.yml:2: permalink cannot be used: it must be text, not a list"),
     ({"_config.yml": "url: https://a.test\npermalink: {{ site.x }}\n", "_posts/2024-01-31-a.md": POST}, "_config.yml:2: permalink cannot be used: it must be text, not a table"),
     ({"_config.yml": "url: https://a.test\npermalink:\n  posts: /:title/\n", "source/_posts/a.md": POST}, "_config.yml:3: permalink cannot be used: it must be text, not a table"),
     ({"hugo.toml": 'baseURL = "https://a.test/"\npermalinks = "/:slug/"\n', "content/posts/a.md": POST}, "hugo.toml:2: permalinks cannot be used: it must be a table of patterns, not text"),
     ({"hugo.toml": 'baseURL = "https://a.test/"\n[permalinks]\nposts = ["/:slug/"]\n', "content/posts/a.md": POST}, "hugo.toml:3: permalinks.posts cannot be used: it must be text, not a list")],
)  # fmt: skip
def test_a_pattern_of_another_kind_is_no_default(
    load: Callable[..., Loaded], refused: Callable[..., str], files: Files, said: str
) -> None:
    """A list or a table where the pattern of addresses belongs does not mean the generator's own pattern."""
    message = refused(files)
    assert message.startswith(said)
    assert "set posts.permalink in feeder.yml" in message
    assert "/:slug/" == load({"feeder.yml": "posts: {permalink: '/:slug/'}"}).settings.posts.permalink


@pytest.mark.parametrize(
    ("edit", "said"),
    [(Edit("jekyll", "_config.yml", "Europe/Vienna", "Wien"), "_config.yml:7: timezone ignored (got 'Wien'); set site.timezone in feeder.yml"),
     (Edit("jekyll", "_config.yml", "posts_limit: 7", "posts_limit: many"), "_config.yml:26: feed.posts_limit ignored (got 'many'); set feeds.limit in feeder.yml"),
     (Edit("hexo", "_config.yml", "[zh-CN, en]", "klingon"), "_config.yml:6: language ignored (got 'klingon'); set site.language in feeder.yml"),
     (Edit("docusaurus", "docusaurus.config.ts", "'Ink & Paper'", "t('x')"), 'docusaurus.config.ts:6: title is computed by code, which feeder does not run (got "t(\'x\')"); set site.title in feeder.yml')],
)  # fmt: skip
def test_what_can_be_done_without_is_told(load: Callable[..., Loaded], edit: Edit, said: str) -> None:
    """A value that feeder cannot use is a note for all to see, and the default stands."""
    loaded = load(edit.files)
    assert [said] == [note for note in loaded.notes if " ignored (" in note or "computed by" in note]


# What is particular to one


def test_tabs_in_hexos_configuration(load: Callable[..., Loaded]) -> None:
    """A tab that begins a line is two spaces to Hexo, in a comment and elsewhere."""
    files = {
        "_config.yml": "url: https://ink.test\nfeed:\n  path: a.xml\n\tlimit: 7\n\t#x: y\n",
        "source/_posts/a.md": POST,
    }
    assert 7 == load(files).settings.feeds.limit


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("**/AGENTS.md, x/**", "exclude: ['**/AGENTS.md', 'x/**']"), ("**/AGENTS.md", "exclude: NONE"),
        (None, "exclude: [...usual(), 'x/**']"), (None, "exclude: usual()"), (None, "path: 'blog'"),
    ],
)  # fmt: skip
def test_files_that_docusaurus_excludes(load: Callable[..., Loaded], expected: str | None, told: str) -> None:
    """A list counts if all of it is known; of any other, what Docusaurus excludes itself stays."""
    config = f"const NONE = ['**/AGENTS.md'];\nmodule.exports = {{title: 'T', url: 'https://ink.test', presets: [['classic', {{blog: {{{told}}}}}]]}};\n"
    options = load({"docusaurus.config.js": config, "blog/2024-01-02-a.md": "x"}).settings.habits.options
    assert expected == options.get("exclude.blog")


@pytest.mark.parametrize(
    ("expected", "named"),
    [
        (("https://ink.test/base/zh/", "zh-Hans", "journal"), "i18n/zh/docusaurus-plugin-content-blog"),
        (("https://ink.test/base/fr/", "fr", "news"), "./i18n/fr/docusaurus-plugin-content-blog-more/"),
        (("https://ink.test/base/", "en", "journal"), "i18n/en/docusaurus-plugin-content-blog"),
        (("https://ink.test/base/", "en", None), "blog"),
    ],
)  # fmt: skip
def test_a_docusaurus_blog_in_another_language(
    load: Callable[..., Loaded], expected: tuple[str, str, str | None], named: str
) -> None:
    """Named as the posts directory, it lies below its language's path, at the address of the blog that it translates."""
    config = """export default {title: 'T', url: 'https://ink.test', baseUrl: '/base/',
    i18n: {defaultLocale: 'en', locales: ['en', 'zh', 'fr'], localeConfigs: {zh: {htmlLang: 'zh-Hans'}}},
    presets: [['classic', {blog: {routeBasePath: 'journal'}}]],
    plugins: [['@docusaurus/plugin-content-blog', {id: 'more', path: 'more', routeBasePath: 'news'}]]};
    """
    place = named.removeprefix("./").rstrip("/")
    files = {"docusaurus.config.js": config, f"{place}/2024-01-02-a.md": "x", "blog/2024-01-02-a.md": "x"}
    settings = load(files, posts=named).settings
    route = settings.habits.options.get(f"routeBasePath.{place}") if place != "blog" else None
    assert expected == (settings.site.url, settings.site.language, route)
    if place == "i18n/zh/docusaurus-plugin-content-blog":
        assert f"found the blog in zh: run feeder build {place}" in load({}).details


def test_a_translation_has_the_authors_of_the_blog(load: Callable[..., Loaded]) -> None:
    """Docusaurus looks for ``authors.yml`` in both, first in the translation's directory."""
    files = {
        "docusaurus.config.js": "export default {title: 'T', url: 'https://ink.test'};\n",
        "blog/authors.yml": "ada:\n  name: Ada Example\n  url: https://ada.test\nbo: {name: Bo}\n",
        "i18n/zh/docusaurus-plugin-content-blog/2024-01-02-a.md": "x",
    }
    settings = load(files, posts="i18n/zh/docusaurus-plugin-content-blog").settings
    expected = {"ada": Author("Ada Example", "", "https://ada.test"), "bo": Author("Bo")}
    assert expected == rules_from_settings(settings, "blog", ()).people


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (["Hidden", "Secret"], "hide_posts: {enable: false}"),
        (["Hidden"], "hide_posts: {filter: secret}"),
        (["Secret"], "hide_posts: {allowlist_generators: [archive]}"),
        (["Hidden", "Secret"], "hide_posts: {allowlist_generators: atom}"),
        (["Hidden", "Secret"], "hide_posts: {allowlist_generators: ['*']}"),
        (["Secret"], "hide_posts: {allowlist_generators: ['*'], blocklist_generators: [index, feed]}"),
    ],
)
def test_posts_that_a_plugin_of_hexo_hides(
    build: Callable[..., Build], write: Callable[..., Path], expected: list[str], said: str
) -> None:
    """The site says by which key, and whether its feeds show them."""
    write("_config.yml", f"theme: x\n{said}\n")
    posts = {
        f"{name}.md": f"---\ntitle: {name.title()}\ndate: 2024-01-31\n{name}: true\n---\n"
        for name in ("hidden", "secret")
    }
    made = build(posts, "site: {dialect: hexo}", url="https://ink.test/")
    assert expected == sorted(item["title"] for item in json.loads(made.documents[-1].data)["items"])


@pytest.mark.parametrize(
    ("limit", "expected"), [("5", 5), ("0", 0), ("false", 0), ("''", 20)],
)  # fmt: skip
def test_hexos_limit(load: Callable[..., Loaded], limit: str, expected: int) -> None:
    """0 and false mean all; nothing means feeder's own."""
    files = {**HEXO, "_config.yml": HEXO["_config.yml"].replace("limit: 0", f"limit: {limit}")}
    assert expected == load(files).settings.feeds.limit


MARKED = """url: https://ink.test
markdown:
  render: {html: true, breaks: false, typographer: true}
  plugins:
    - markdown-it-sub
    - markdown-it-abbr
    - {name: markdown-it-container, options: info}
    - {name: markdown-it-emoji, options: {shortcuts: {}}}
"""


def test_hexo_may_read_markdown_with_markdown_it(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """What its plug-ins read is read, as Hexo's output shows it; line ends and signs are as the site has them."""
    write("_config.yml", MARKED)
    text = (
        ":::info\nnote **x**\n:::\n\n==m== H~2~O x^2^ ++i++ :tada: (c)\n(R) +-\n\n*[HTML]: Hyper Text\n\nTerm\n: Def\n"
    )
    made = build({"a.md": f"---\ndate: 2024-01-31\n---\n{text}"}, "site: {dialect: hexo}", url="https://ink.test/")
    html = json.loads(made.documents[-1].data)["items"][0]["content_html"]
    assert "<p><mark>m</mark> H<sub>2</sub>O x<sup>2</sup> <ins>i</ins> 🎉 ©\n® ±</p>" in html
    assert "<p>note <strong>x</strong></p>\n</blockquote>" in html
    assert "<dl>\n<dt>Term</dt>\n<dd>Def</dd>\n</dl>" in html
    assert [] == [sign for sign in (":::", "Hyper", "~") if sign in html]
    assert () == made.problems


def test_another_renderer_of_hexo_has_its_plugins_unless_one_is_switched_off(
    build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """As hexo-renderer-markdown-it-plus shows it, which reads a mark for a table of contents, too."""
    write(
        "_config.yml",
        "theme: x\nmarkdown_it_plus:\n  breaks: false\n  typographer: false\n  plugins:\n"
        "  - plugin: {name: markdown-it-emoji, enable: false}\n  - plugin: {name: markdown-it-mark, enable: true}\n",
    )
    write("package.json", '{"dependencies": {"hexo-renderer-markdown-it-plus": "^1"}}')
    text = "@[toc]\n\n==m== H~2~O ++i++ :tada: (c)\n+-\n\n*[HTML]: Hyper Text\n"
    made = build({"a.md": f"---\ndate: 2024-01-31\n---\n{text}"}, "site: {dialect: hexo}", url="https://ink.test/")
    html = json.loads(made.documents[-1].data)["items"][0]["content_html"]
    assert "<p><mark>m</mark> H<sub>2</sub>O <ins>i</ins> :tada: (c)\n+-</p>" == html


@pytest.mark.parametrize(("packages", "expected"), [('"hexo-abbrlink": "^2"', ["https://ink.test/f353/"]), ("", [])])
def test_a_plugin_that_makes_addresses(
    build: Callable[..., Build], write: Callable[..., Path], packages: str, expected: list[str]
) -> None:
    """A site has it if its packages say so; else nobody knows the addresses."""
    write("_config.yml", "permalink: :abbrlink/\ntheme: x\nabbrlink: {rep: hex}\n")
    write("package.json", f'{{"dependencies": {{{packages}}}}}')
    made = build(
        {"a.md": "---\ntitle: Hello\ndate: 2024-01-31\n---\nx"}, "site: {dialect: hexo}", url="https://ink.test/"
    )
    assert expected == [item["url"] for item in json.loads(made.documents[-1].data)["items"]]


def test_plugins_of_markdown_it_that_a_script_uses(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """A package that the site asks for itself is one that it uses, and names of classes are no text."""
    write("_config.yml", "theme: x\n")
    packages = '"hexo-renderer-markdown-it": "^5", "markdown-it-attrs": "^4", "markdown-it-mark": "^4", "lodash": "^4"'
    write("package.json", f'{{"dependencies": {{{packages}}}}}')
    text = "## Keys {.cols-2}\n\n==m==\n\n| a | b |\n|---|---|\n| c | d |\n\n{.shortcuts}\n\n`{.code}`\n"
    made = build({"a.md": f"---\ndate: 2024-01-31\n---\n{text}"}, "site: {dialect: hexo}", url="https://ink.test/")
    html = json.loads(made.documents[-1].data)["items"][0]["content_html"]
    assert ["{.code}"] == re.findall(r"\{.*?\}", html)
    assert "<mark>m</mark>" in html


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("smartypants", "markdown: {plugins: [markdown-it-footnote]}"),
        ("commonmark", "markdown: {render: {typographer: false}, plugins: [markdown-it-footnote]}"),
        ("markdown-it", "markdown: {plugins: [markdown-it-footnote, '@x/markdown-it-ins']}"),
        ("smartypants", "markdown: {}"),
    ],
)
def test_hexos_flavours(load: Callable[..., Loaded], expected: str, said: str) -> None:
    """That of markdown-it where its plug-ins read what other flavours do not; signs stay where it is told so."""
    files = {"_config.yml": f"url: https://ink.test\n{said}\n", "source/_posts/a.md": POST}
    assert expected == load(files).settings.markdown.flavor


@pytest.mark.parametrize(
    ("more", "path", "include"),
    [({}, "_posts", ()), ({"sport/_posts/2024-01-31-a.md": POST}, ".", ("_posts/*", "sport/_posts/*")),
     ({"vendor/x/_posts/a.md": POST, "_site/_posts/a.md": POST, "drafts/_posts/a.md": POST, ".x/_posts/a.md": POST}, "_posts", ()),
     ({"a/b/_posts/2024-01-31-a.md": POST}, ".", ("_posts/*", "a/b/_posts/*"))],
)  # fmt: skip
def test_jekylls_posts_are_in_every_posts_directory(
    load: Callable[..., Loaded], more: Files, path: str, include: tuple[str, ...]
) -> None:
    """But not in those that Jekyll does not look into."""
    posts = load({**JEKYLL, **more}).settings.posts
    assert (path, include) == (posts.path, posts.include)


def test_jekylls_source_and_collections(load: Callable[..., Loaded]) -> None:
    """They move the posts and the data; an author may be a key of the data."""
    files = {
        "_config.yml": "source: ./site\ncollections_dir: my\nauthor: ada\nurl: https://ink.test\npermalink: pretty\nplugins: []\n",
        "site/my/_posts/2024-01-31-a.md": POST, "site/_posts/2024-01-31-b.md": POST,
        "site/_data/authors.yml": "ada: {name: Ada Example, web: x, email: ada@ink.test}\nbo: {name: Bo}\n",
    }  # fmt: skip
    settings = load(files).settings
    assert ("site/my/_posts", ("site",)) == (settings.posts.path, settings.site.assets)
    assert (Author("Ada Example", "ada@ink.test"),) == settings.site.author
    assert {"": "pretty"} == settings.habits.permalinks
    assert ("Bo", "my") == (settings.habits.options["authors.bo.name"], settings.habits.options["collections_dir"])


@pytest.mark.parametrize("name", ["_prod.yml", "_config.prod.yml", "_config_production.yaml", "_config-prod.yml"])
def test_jekylls_production_goes_before(load: Callable[..., Loaded], name: str) -> None:
    """The file that a site is published with says its URL; what it does not say, and a file for development, change nothing."""
    files = {
        "_config.yml": "url: ''\nbaseurl: /ink\ntitle: Ink\n", name: "url: https://a.test\nbaseurl: ''\n",
        "_config_dev.yml": "url: http://localhost\ntitle: Dev\n", "_posts/a.md": POST,
    }  # fmt: skip
    settings = load(files).settings
    assert ("https://a.test/", "Ink") == (settings.site.url, settings.site.title)


def test_jekylls_other_languages_are_below_their_own_address(load: Callable[..., Loaded]) -> None:
    """Polyglot makes the site again for each: feeds are those of the default one, and no post has another's address."""
    files = {
        "_config.yml": "url: https://a.test\nlanguages: [en, de, pt-BR]\ndefault_lang: en\npermalink: pretty\n",
        "_posts/2024-01-31-a.md": POST, "_posts/de/2024-01-31-a.md": POST, "_includes/x": "",
    }  # fmt: skip
    settings = load(files).settings
    assert ("_posts", ("de/*", "pt-BR/*")) == (settings.posts.path, settings.posts.exclude)
    rules = rules_from_settings(settings, "/posts", ())
    assert "language" in rules.wants
    for language, path in (("en", ""), ("", ""), ("de", "/de"), ("pt-br", "/pt-BR"), ("fr", "")):
        traits = Traits("2024-01-31-a.md", date=datetime(2024, 1, 31, tzinfo=UTC), language=language)
        assert f"https://a.test{path}/2024/01/31/a/" == address("", traits, rules)
        assert f"https://a.test{path}/own/" == address("/own/", traits, rules)
    more = load({**files, "sport/_posts/de/2024-01-31-a.md": POST}).settings.posts
    assert ("*_posts/de/*", "*_posts/pt-BR/*") == more.exclude


@pytest.mark.parametrize(
    ("more", "path", "url", "address"),
    [
        ("", "_i18n/en/_posts", "https://a.test/b/", "/sport/2024/01/31/a.html"),
        ("default_locale_in_subfolder: true\n", "_i18n/en/_posts", "https://a.test/b/en/", "/sport/2024/01/31/a.html"),
        ("exclude_from_localizations: [_posts]\n", "_posts", "https://a.test/b/", "/sport/2024/01/31/a.html"),
    ],
)  # fmt: skip
def test_jekylls_posts_may_be_translations(
    load: Callable[..., Loaded], more: str, path: str, url: str, address: str
) -> None:
    """A plug-in reads those of the first language from ``_i18n``, whose directories are no categories."""
    files = {
        "_config.yml": f"url: https://a.test\nbaseurl: /b\nlanguages: [en, de]\n{more}",
        "_i18n/en/_posts/2024-01-31-a.md": POST, "_i18n/de/_posts/2024-01-31-a.md": POST, "_posts/2024-01-31-b.md": POST,
        "_layouts/x": "",
    }  # fmt: skip
    settings = load(files).settings
    assert (path, url, "en") == (settings.posts.path, settings.site.url, settings.site.language)
    rules, spoken = rules_from_settings(settings, "/posts", ()), dialect("jekyll")
    assert "_posts" == rules.root
    assert spoken.filed
    assert ("sport",) == spoken.filed("_posts/2024-01-31-a.md", ("sport",), settings.habits)
    traits = Traits("2024-01-31-a.md", date=datetime(2024, 1, 31, tzinfo=UTC), categories=("sport",))
    assert spoken.address
    assert address == spoken.address(traits, settings.habits)


@pytest.mark.parametrize(
    ("data", "expected"),
    [("ada: {name: Ada Example}", "Ada Example"), ("ada: {full_name: Ada Example}", "Ada Example"), ("- {name: ada, full_name: Ada Example}\n- {name: ada}", "Ada Example"),
     ("- {id: ada, name: Ada Example}", "Ada Example"), ("- ada", None), ("no text", None), ("ada: [", None)],
)  # fmt: skip
def test_jekylls_people_are_a_table_or_a_list(load: Callable[..., Loaded], data: str, expected: str | None) -> None:
    """A site's own templates decide what its data looks like: who cannot be read costs a name, never the site."""
    loaded = load({"_config.yml": "url: https://a.test\n", "_posts/a.md": POST, "_data/authors.yml": data})
    assert expected == loaded.settings.habits.options.get("authors.ada.name")
    assert ("[" in data) is any("_data/authors.yml:" in note for note in loaded.notes)


@pytest.mark.parametrize(
    ("config", "data", "expected"),
    [("authors:\n  ada: {name: Ada Example}", "", "Ada Example"), ("authors:\n  ada: {name: A}", "ada: {name: Ada Example}", "Ada Example"),
     ("authors: [ada]", "", None), ("authors: [{name: ada}]", "", None), ("authors: ada", "", None)],
)  # fmt: skip
def test_jekylls_people_may_be_in_the_configuration(
    load: Callable[..., Loaded], config: str, data: str, expected: str | None
) -> None:
    """As sites have them that are older than data files, which go before."""
    files = {"_config.yml": f"url: https://a.test\n{config}\n", "_posts/a.md": POST}
    loaded = load({**files, "_data/authors.yml": data} if data else files)
    assert expected == loaded.settings.habits.options.get("authors.ada.name")


COLLECTIONS = """\
url: https://a.test
permalink: pretty
collections:
  talks: {output: true, permalink: /t/:title/}
  episodes: {output: true}
  people: {output: true}
  notes: {output: false}
defaults:
- scope: {type: talks}
  values: {author: Ada}
- scope: {type: posts}
  values: {author: nobody}
"""
OTHERS: Files = {"_people/ada.md": "---\ntitle: Ada\n---\n", "_notes/2024-01-31-a.md": POST, "_layouts/x": ""}


@pytest.mark.parametrize(
    ("more", "named", "expected"),
    [
        ({"_talks/2024-01-31-a.md": POST}, "", "talks"), ({"_talks/a.md": POST, "_episodes/x/a.md": POST}, "", "episodes"),
        ({"_talks/a.md": POST, "_posts/2024-01-31-a.md": POST}, "", ""), ({"_posts/2024-01-31-a.md": POST}, "_people", "people"),
    ],
)  # fmt: skip
def test_jekylls_posts_may_be_a_collection(load: Callable[..., Loaded], more: Files, named: str, expected: str) -> None:
    """That is one with dates, if there is no ``_posts``, or the one that somebody names; its defaults are theirs."""
    settings = load({"_config.yml": COLLECTIONS, **OTHERS, **more}, posts=named or None).settings
    assert (f"_{expected or 'posts'}", expected) == (
        settings.posts.path, settings.habits.options.get("posts.collection", ""),
    )  # fmt: skip
    authors = [scalar_text(one.fields.get("author")) for one in settings.habits.bequests]
    assert {"talks": ["Ada"], "": ["nobody"]}.get(expected, []) == authors
    spoken, path = dialect("jekyll"), "x/2024-01-31-a.md"
    assert spoken.address
    assert spoken.is_post
    assert spoken.root
    assert {"talks": "/t/a/", "": "/2024/01/31/a/"}.get(expected, f"/{expected}/x/2024-01-31-a/") == spoken.address(
        Traits(path, date=datetime(2024, 1, 31, tzinfo=UTC)), settings.habits
    )
    root = spoken.root(f"/home/_{expected or 'posts'}", settings.habits)
    assert [bool(expected), True, False] == [
        spoken.is_post(one, root, settings.habits) for one in ("a.md", path, "_x.md")
    ]


def test_jekylls_collections_are_named_where_none_is_clear(refused: Callable[..., str]) -> None:
    """Where no collection is the posts' for sure, the message names those that may be."""
    said = refused({"_config.yml": COLLECTIONS, **OTHERS, "_talks/a.md": "---\ntitle: A\n---\n"})
    assert (
        "posts may be documents of a collection: feeder build _talks or _episodes or _people" == said.splitlines()[-1]
    )


def test_jekylls_defaults_give_permalinks(load: Callable[..., Loaded]) -> None:
    """Front matter that all posts have by default goes before the pattern of the site."""
    files = {
        "_config.yml": "url: https://a.test\npermalink: pretty\ndefaults:\n- values: {permalink: /p/:title}\n",
        "_posts/a.md": POST,
    }
    assert {"": "/p/:title"} == load({**files, "_layouts/x": ""}).settings.habits.permalinks


NO_SIGNS: dict[str, Files] = {
    "jekyll, another library": {"_config.yml": "url: https://a.test\nmarkdown: CommonMark\n", "_posts/a.md": POST, "_layouts/x": ""},
    "hugo": {"hugo.yaml": "baseURL: https://a.test\nmarkup: {goldmark: {extensions: {typographer: false}}}\n", "content/posts/a.md": POST},
    "hugo, a table": {"hugo.toml": "baseURL = 'https://a.test'\n[markup.goldmark.extensions.typographer]\ndisable = true\n", "content/posts/a.md": POST},
    "hexo": {"_config.yml": "url: https://a.test\nmarked: {smartypants: false}\n", "source/_posts/a.md": POST, "scaffolds/x": ""},
    "astro": {"astro.config.mjs": "export default {site: 'https://a.test', markdown: {smartypants: false}}", "src/content/blog/a.md": POST},
}  # fmt: skip


@pytest.mark.parametrize("files", NO_SIGNS.values(), ids=NO_SIGNS.keys())
def test_typographic_signs_are_switched_off_as_in_the_generator(load: Callable[..., Loaded], files: Files) -> None:
    """Bodies are plain CommonMark where the site's configuration says that quotes and dashes stay."""
    assert "commonmark" == load(files).settings.markdown.flavor


@pytest.mark.parametrize("quotes", ["'apos,apos,quot,quot'", "[apos, apos, quot, quot]"])
def test_jekylls_quotes_may_stay_as_typed(load: Callable[..., Loaded], quotes: str) -> None:
    """Where kramdown is told so; all else is as it reads it."""
    files = {
        "_config.yml": f"url: https://a.test\nkramdown: {{smart_quotes: {quotes}}}\n",
        "_posts/a.md": POST,
        "_layouts/x": "",
    }
    assert "kramdown-straight" == load(files).settings.markdown.flavor


SCOPES = """\
url: https://a.test
title: Twice
title: Last
collections_dir: my
defaults:
- scope: {path: "", type: posts}
  values: {layout: post, author: ada, tags: [one, two], header: {teaser: /a.png}}
- scope: {path: my/_posts/2023, type: post}
  values: {author: bo}
- scope: {path: "*/_posts/**/d?[ab].md"}
  values: {author: cy, permalink: /d/:title}
- scope: {path: ""}
  values: {author: nobody, lang: de}
- scope: {path: "", type: pages}
  values: {author: pages}
- scope: {path: "", type: ""}
  values: {author: of a type that nothing has, permalink: /no/:title}
- values: {image: /all.png}
"""


def test_jekylls_defaults_are_for_paths(load: Callable[..., Loaded]) -> None:
    """Sets of posts, or of any kind, in the order in which one goes before the other; what they say has no place."""
    loaded = load({"_config.yml": SCOPES, "my/_posts/a.md": POST, "my/b/_posts/a.md": POST, "_layouts/x": ""})
    found = loaded.settings.habits.bequests[::-1]
    authors = [scalar_text(one.fields.get("author")) for one in found]
    assert ["nobody", "", "ada", "bo", "cy"] == authors
    assert {node.mark for one in found for node in one.fields.values()} == {START}
    assert {"author", "tags", "header"} == {*found[2].fields}
    for path, more in (("_posts/a.md", []), ("_posts/2023-1-1-a.md", [3]), ("x/_posts/y/z/d1a.md", [4]), ("x/_posts/d1a.md", [4]), ("x/_posts/d1c.md", [])):  # fmt: skip
        assert [0, 1, 2, *more] == [number for number, one in enumerate(found) if re.fullmatch(one.path, f"/{path}")]
    assert "Last" == loaded.settings.habits.options["site.title"]
    assert ("_config.yml:3: duplicate key title, first given in line 2; the last one is used",) == loaded.notes


def test_jekylls_bodies_may_include_files(load: Callable[..., Loaded]) -> None:
    """What puts values in, or decides by them, is taken as it is, of what loops the definitions of links; beside posts, what is none."""
    files = {
        "_config.yml": "url: https://a.test\n", "_posts/a.md": POST, "_includes/a.md": "{% comment %}x{% endcomment %} A\n",
        "_includes/b/c.markdown": "{% for a in b %}{{ page.title }}\n[x]: /x/\n[y]: {{ site.url }}\n[^1]: note\n", "_includes/head.html": "<p>\n",
        "_includes/d": "{{ page.title }} {% include a.md x='y' %}{% if x %}\n[d]: /d/\n{% endif %}", "_includes/e.html": "{{ content }}", "_includes/long": "x" * 500_001,
        "_posts/r/x.txt": "R", "_posts/2024-01-01-no.md": POST, "_posts/loop.md": "{% for x in y %}\n[a]: /a/\n",
    }  # fmt: skip
    options = load(files).settings.habits.options
    assert {
        "include.a.md": " A", "include.d": files["_includes/d"], "includes.d": "[d]: /d/", "include.head.html": "<p>", "includes.b/c.markdown": "[x]: /x/",
        "relative.a.md": POST.rstrip(), "relative.r/x.txt": "R",
    } == {key: text for key, text in options.items() if key.startswith(("include", "relative"))}  # fmt: skip


def test_jekylls_includes_are_within_the_site(load: Callable[..., Loaded], tmp_path: Path) -> None:
    """A link out of the site is not followed: its file is nobody's to publish."""
    site = {"_config.yml": "url: https://a.test\n", "_posts/a.md": POST, "_includes/a": "A", "x": "inside"}
    (tmp_path / "_includes").mkdir()
    (tmp_path / "_includes/out").symlink_to(Path(__file__))
    (tmp_path / "_includes/in").symlink_to(tmp_path / "x")
    options = load(site).settings.habits.options
    assert ["A", "inside"] == [text for key, text in options.items() if key.startswith("include.")]


UNKNOWN: dict[str, tuple[Files, str]] = {
    "jekyll": ({"_config.yml": "url: https://a.test\npermalink: /:no/:title\n", "_posts/a.md": POST, "_layouts/x": ""}, "_config.yml:2: "),
    "hexo": ({"_config.yml": "url: https://a.test\npermalink: :no/:nil/:title/\n", "source/_posts/a.md": POST, "scaffolds/x": ""}, "_config.yml:2: "),
    "hugo": ({"hugo.toml": "baseURL = 'https://a.test'\n[permalinks]\nposts = '/:no/'\n", "content/posts/a.md": POST}, "hugo.toml:3: "),
    "pelican": ({"pelicanconf.py": "SITEURL = 'https://a.test'\nARTICLE_URL = '{slugno}/'\n", "content/a.md": POST}, "pelicanconf.py:2: "),
}  # fmt: skip


@pytest.mark.parametrize(("files", "place"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_token_is_told_with_its_place(load: Callable[..., Loaded], files: Files, place: str) -> None:
    """Whatever the generator, the file and the line that say the pattern come first."""
    settings = load(files).settings
    with pytest.raises(ConfigurationError, match=f"^{place}the permalink .* has the unknown token .*no") as caught:
        rules_from_settings(settings, "/posts", ())
    assert "title_" not in str(caught.value)


def test_hugos_directory_of_configuration(load: Callable[..., Loaded]) -> None:
    """`config/_default`, file by file, with `config/production` over it, whatever the case of the keys."""
    files = {
        "config/_default/hugo.yaml": "baseurl: http://localhost:1313/\nDefaultContentLanguage: de\ntitle: no\n",
        "config/_default/deep/er/params.toml": 'description = "Notes"\nmainSections = ["blog"]\n', "config/_default/Makefile": "",
        "config/_default/languages.toml": '[de]\ntitle = "Tinte"\ncontentDir = "content/de"\nlanguageCode = "de-AT"\n'
                                          '[en]\ntitle = "Ink"\ncontentDir = "content/en"\nlanguageCode = "en"\n',
        "config/_default/permalinks.toml": 'blog = "/:year/:slug/"\n',
        "config/_default/params.de.toml": 'description = "Notizen"\n',
        "config/production/config.toml": 'baseURL = "https://ink.test/"\n',
        "config/staging/config.toml": 'baseURL = "https://no.test/"\n',
        "content/de/blog/a.md": POST, "content/en/blog/a.md": POST,
    }  # fmt: skip
    settings = load(files).settings
    assert ("hugo", "Tinte", "https://ink.test/", "Notizen", "content/de/blog", "goldmark") == facts(settings)
    assert ("de-AT", ("*.en.md",), {"blog": "/:year/:slug/"}) == (
        settings.site.language,
        settings.posts.exclude,
        settings.habits.permalinks,
    )
    assert "content/de" == settings.habits.options["contentDir"]


def test_hugos_copyright_is_text(load: Callable[..., Loaded]) -> None:
    """Themes show it as HTML, and feeds as text."""
    config = 'baseURL = "https://ink.test/"\ncopyright = "&copy; 2026 <a href=\'/\'>Ada</a>"\n'
    assert "© 2026 Ada" == load({"hugo.toml": config, "content/posts/a.md": POST}).settings.site.copyright


def test_hugos_pictures_may_lie_in_a_theme_and_in_the_content(load: Callable[..., Loaded]) -> None:
    """What is in a theme's `static` stands at the site's root, too, and what is in the content at its path."""
    files = {"themes/a/static/x.png": "", "themes/b/static/x.png": "", "static/x.png": "", "content/posts/a.md": POST}
    site = load({"hugo.toml": "baseURL = 'https://a.test/'\ntheme = ['a', 'c']\n", **files}).settings.site
    assert ("static", "themes/a/static", "content") == site.assets


def test_hugos_patterns_may_be_a_list(load: Callable[..., Loaded]) -> None:
    """Each has the paths that it is for, or none for all pages; those of other kinds of page count for no post."""
    text = (
        "baseURL = 'https://a.test/'\n[[permalinks]]\npattern = '/s/:slug/'\ntarget = {kind = 'section'}\n"
        "[[permalinks]]\npattern = '/n/:slug/'\ntarget = {path = '/News/**'}\n[[permalinks]]\npattern = '/:06/:slug/'\n"
    )
    habits = load({"hugo.toml": text, "content/news/a.md": POST}).settings.habits
    assert {"/news/**": "/n/:slug/", "": "/:06/:slug/"} == habits.permalinks


BILINGUAL = "baseURL: https://a.test/\nlanguages: {en: {weight: 1}, pt-br: {weight: 2}}\n"


@pytest.mark.parametrize(
    ("languages", "more", "path"),
    [(BILINGUAL, {}, "content/en/blog"), (BILINGUAL, {"content/blog/a.md": POST}, "content/blog"),
     ("baseURL: https://a.test/\n", {}, "content")],
)  # fmt: skip
def test_hugos_languages_may_have_directories_that_nobody_names(
    load: Callable[..., Loaded], languages: str, more: Files, path: str
) -> None:
    """Where all that is in the content is a directory for each language, posts are in that of the default one."""
    files = {"content/en/blog/a.md": POST, "content/pt-br/blog/b.md": POST}
    assert path == load({"hugo.yaml": languages, **files, **more}).settings.posts.path


PEOPLE: Files = {
    "content/authors/ada/_index.md": "---\nweight: 1\nname: Other\ntitle: 'Ada\x1e Example'\n---\n",
    "content/authors/ben/_index.md": '+++\ndisplay_name = "Ben Sample"\n+++\ntitle: No\n',
    "content/people/cy.md": "---\nname: Cy\n---\n",
    "content/authors/dee/index.md": "---\ntitle: Dee\n---\n",
    "content/authors/eve/_index.md": "---\ntitle: [no]\n---\n",
    "content/authors/_index.md": "---\ntitle: Authors\n---\n",
}


def test_hugos_authors_are_called_as_their_pages_call_them(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Of a taxonomy of authors, and where podcasts have people; who has no such page is called as the post says."""
    write("hugo.toml", "baseURL = 'https://a.test/'\n[taxonomies]\nauthor = 'authors'\n")
    for name, text in PEOPLE.items():
        write(name, text)
    (tmp_path / "content/authors/fay.md").symlink_to(write("x/elsewhere.md", "---\ntitle: Not Hers\n---\n"))
    write(
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2024-01-31\nauthors: [ada, ben, cy, dee, eve, Ada, fay]\n---\nBody.\n",
    )
    build = feeder.build(now=datetime(2024, 6, 1, tzinfo=UTC), directory=tmp_path, formats=["json"])
    (feed,) = (json.loads(item.data) for item in build.artifacts)
    assert ["Ada Example", "Ben Sample", "Cy", "dee", "eve", "Ada", "fay"] == [
        author["name"] for author in feed["items"][0]["authors"]
    ]


HOSTS = """\
title: A
languages:
  en: {baseURL: "https://a.test/", contentDir: content/en}
  fr: {baseURL: "https://a.test/f/", title: F, permalinks: {blog: "/:year/:slug"}, contentDir: content/fr}
"""


@pytest.mark.parametrize(
    ("config", "posts", "expected"),
    [
        (HOSTS, "content/fr/blog", ("fr", "F", "https://a.test/f/2024/a/")), (HOSTS, None, ("en", "A", "https://a.test/blog/a/")),
        (HOSTS, "content/en/blog", ("en", "A", "https://a.test/blog/a/")),
        (BILINGUAL.replace("pt-br", "fr"), "content/fr/blog", ("fr", "a.test", "https://a.test/fr/blog/a/")),
    ],
)  # fmt: skip
def test_posts_of_another_language_have_what_hugo_is_told_of_that(
    config: str, posts: str | None, expected: tuple[str, str, str], tmp_path: Path, write: Callable[..., Path]
) -> None:
    """Whoever names its directory means the language: its title, its host, its patterns of addresses."""
    write("hugo.yaml", config)
    for language in ("en", "fr"):
        write(f"content/{language}/blog/a.md", POST)
    build = feeder.build(posts, now=datetime(2024, 6, 1, tzinfo=UTC), directory=tmp_path, formats=["json"])
    (feed,) = (json.loads(item.data) for item in build.artifacts)
    assert expected == (feed["language"], feed["title"], feed["items"][0]["url"])


def test_hugos_cascades_are_found_in_the_configuration(load: Callable[..., Loaded]) -> None:
    """The page of the site itself goes before the configuration, and production before what is for every environment."""
    files = {
        "config/_default/hugo.yaml": "baseURL: https://a.test/\ncascade: {author: Default}\n",
        "config/_default/cascade.yaml": "- {target: {path: /b/**}, author: Own File}\n",
        "config/production/hugo.yaml": "cascade: [{params: {author: Production}}]\n",
        "content/_index.md": "---\ncascade: {author: Page}\n---\n",
        "content/b/a.md": POST,
    }
    said = [
        (one.path, {key: node.text for key, node in one.fields.items() if isinstance(node, Scalar)})
        for one in load(files).settings.habits.bequests
    ]
    assert [
        ("", {"author": "Page"}), ("", {"params.author": "Production"}), ("/b/.*", {"author": "Own File"}), ("", {"author": "Default"})
    ] == said  # fmt: skip


@pytest.mark.parametrize(
    ("files", "path", "include"),
    [({"content/docs/a.md": POST, "content/docs/b.md": POST, "content/posts/a.md": POST}, "content/posts", ()),
     ({"content/docs/a.md": POST, "content/docs/b/_index.md": "", "content/x/a.md": POST, "content/x/b.md": POST}, "content/x", ()),
     ({"content/post/a.md": POST, "content/blog/a.md": POST, "content/blog/b.md": POST}, "content", ("blog/*", "post/*")),
     ({"content/a.md": POST}, "content", ())],
)  # fmt: skip
def test_hugos_posts_without_main_sections(
    load: Callable[..., Loaded], files: Files, path: str, include: tuple[str, ...]
) -> None:
    """A section that is named like one of posts; else the one with the most pages, as Hugo has it; else all."""
    posts = load({"hugo.toml": "baseURL = 'https://a.test/'\n", **files}).settings.posts
    assert (path, include) == (posts.path, posts.include)


def test_hugos_other_languages_stay_out(load: Callable[..., Loaded]) -> None:
    """Where languages share a directory, they are told by the names of the files."""
    files = {
        "hugo.toml": "baseURL = 'https://a.test/'\n[languages.en]\n[languages.fr]\nweight = 2\n",
        "content/posts/a.fr.md": POST,
    }
    settings = load(files).settings
    assert ("*.fr.md",) == settings.posts.exclude
    assert {"languages.en", "languages.fr"} == {
        name for name in settings.habits.options if name.startswith("languages.")
    }


@pytest.mark.parametrize(
    "files",
    [{"astro.config.mjs": "import { SITE } from './src/config';\nexport default defineConfig({ site: SITE.website });\n",
      "src/config.ts": "export const SITE: App.Locals['config'] | Part<\"a-b\"> = { website: 'https://ink.test/', title: 'Ink', author: 'Ada' } as const;\n"},
     {"astro.config.ts": "import site from './site.json' with { type: 'json' };\nexport default { ...{}, site: site.url } satisfies X;\n",
      "site.json": '{"url": "https://ink.test/"}', "src/site.config.ts": "export const siteConfig: C = { title: 'Ink', author: 'Ada' };"},
     {"astro.config.mjs": "const { url } = require('./site');\nmodule.exports = { site: url };\n",
      "site.js": "module.exports = { url: 'https://' + 'ink.test' };\n", "src/consts.js": "export const SITE_TITLE = 'Ink', x = 1;\nexport const SITE_AUTHOR = 'Ada'"}],
)  # fmt: skip
def test_what_a_script_imports_is_read(load: Callable[..., Loaded], files: Files) -> None:
    """Constants of the site's own files, as far as they are plain."""
    site = load({**files, "src/data/blog/a.md": POST}).settings.site
    assert ("https://ink.test/", "Ink", (Author("Ada"),)) == (site.url, site.title, site.author)


def test_hugos_files_for_each_language(load: Callable[..., Loaded]) -> None:
    """`languages.de.toml` is that language's; of others only the code counts, and a menu makes no language."""
    files = {
        "config/_default/hugo.toml": "baseURL = 'https://a.test/'\ndefaultContentLanguage = 'de'\n",
        "config/_default/languages.de.toml": "title = 'Tinte'\n[params]\ndescription = '<b>A</b> &amp; B'\n",
        "config/_default/languages.en.toml": "title = broken\n",
        "config/_default/menu.fr.toml": "broken\n",
        "content/posts/a.md": POST,
    }
    settings = load(files).settings
    assert ("Tinte", "A & B", ("*.en.md",)) == (settings.site.title, settings.site.description, settings.posts.exclude)


def test_a_script_reads_nothing_outside_the_site(tmp_path: Path, refused: Callable[..., str]) -> None:
    """An import that leads out of it is not followed."""
    outside = tmp_path.parent / f"{tmp_path.name}.js"
    outside.write_text("export const url = 'https://no.test/';")
    files = {
        "astro.config.mjs": f"import {{ url }} from '../{outside.name}';\nexport default {{ site: url }};\n",
        "src/content/blog/a.md": POST,
    }
    assert "astro.config.mjs:2: site is computed by code" in refused(files)


def test_nothing_is_run(load: Callable[..., Loaded], tmp_path: Path) -> None:
    """A configuration that would write a file does not."""
    code = "\nopen('ran', 'w').write('x')\n__import__('os').system('touch ran')\n"
    load({**PELICAN, "pelicanconf.py": PELICAN["pelicanconf.py"] + code})
    assert not (tmp_path / "ran").exists()


def test_docusauruss_blog_may_be_a_plugin(load: Callable[..., Loaded]) -> None:
    """Where the preset has none."""
    text = """module.exports = async function () { return { title: 'Ink', url: 'https://ink.test', baseUrl: '/',
      presets: [['classic', { blog: false }]],
      plugins: ['x', ['@docusaurus/plugin-content-blog', { id: 'n', path: 'news', routeBasePath: 'n', feedOptions: {limit: 4} }]] }; };"""
    settings = load({"docusaurus.config.js": text, "news/a.md": POST}).settings
    assert ("news", 4, {"routeBasePath.news": "n"}) == (
        settings.posts.path,
        settings.feeds.limit,
        settings.habits.options,
    )


def test_a_site_of_docusaurus_may_have_several_blogs(load: Callable[..., Loaded]) -> None:
    """The feeds are those of the first; the others are told of, and one that is named has its own addresses."""
    text = """module.exports = { title: 'Ink', url: 'https://ink.test', baseUrl: '/', markdown: {format: 'detect'},
      presets: [['classic', { blog: {feedOptions: {title: 'All of Ink', description: 'D', language: 'de'}} }]],
      plugins: [['@docusaurus/plugin-content-blog', { id: 'n', path: './news', routeBasePath: 'n' }]] };"""
    files = {"docusaurus.config.js": text, "news/a.md": POST, "blog/a.md": POST}
    loaded = load(files)
    assert ("blog", "All of Ink", "D", "de") == (
        loaded.settings.posts.path, loaded.settings.site.title, loaded.settings.site.description, loaded.settings.site.language,
    )  # fmt: skip
    assert {"routeBasePath.news": "n", "markdown.format": "detect"} == loaded.settings.habits.options
    assert "found another blog in news: run feeder build news" in loaded.details
    assert "news" == load(files, posts="news").settings.posts.path


def test_eleventys_directories_have_data(load: Callable[..., Loaded]) -> None:
    """Scripts lie over JSON, what is computed over what is said; a program that only chooses makes no address."""
    files = {
        "package.json": '{"scripts": {"build": "npx eleventy --config=conf/e.mjs"}, "devDependencies": {"@11ty/eleventy": "*"}}',
        "conf/e.mjs": "export const config = {dir: {input: 'in'}, pathPrefix: '/p/'};",
        "feed.njk": "no: front matter",
        "in/feed.njk": '---json\n{"metadata": {"title": "Ink", "url": "https://ink.test/", "author": {"name": "Ada"}}}\n---\n',
        "in/in.json": '{"permalink": "/no/"}',
        "in/posts/posts.json": '{"permalink": "/no/"}',
        "in/posts/posts.11tydata.js": "export default {permalink: '/yes/{{ page.fileSlug }}/', eleventyComputed: {permalink: (data) => data.draft ? false : data.permalink}}",
        "in/posts/a/a.11tydata.json": '{"permalink": "/no/", "eleventyComputed": {"permalink": "/a/{{ title | slugify }}/"}}',
        "in/posts/a/b.md": POST,
        "in/posts/b/b.json": '{"permalink": false}',
        "in/posts/c/c.json": '{"eleventyExcludeFromCollections": true}',
        "in/posts/a.md": POST,
    }
    settings = load(files).settings
    assert {"": "/yes/{{ page.fileSlug }}/", "a": "/a/{{ title | slugify }}/"} == settings.habits.permalinks
    assert ("in/posts", ("b/*", "c/*")) == (settings.posts.path, settings.posts.exclude)
    assert ("https://ink.test/p/", "Ink", (Author("Ada"),)) == (
        settings.site.url,
        settings.site.title,
        settings.site.author,
    )


def test_the_data_of_a_directory_that_is_named(load: Callable[..., Loaded]) -> None:
    """Posts that somebody names have the addresses that their own directory gives."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST, "log/a.md": POST,
        "posts/posts.json": '{"permalink": "/p/{{ page.fileSlug }}/"}', "log/log.json": '{"permalink": "/l/{{ page.fileSlug }}/"}',
    }  # fmt: skip
    assert {"": "/p/{{ page.fileSlug }}/"} == load(files).settings.habits.permalinks
    assert {"": "/l/{{ page.fileSlug }}/"} == load(files, posts="./log").settings.habits.permalinks


@pytest.mark.parametrize(
    "config",
    [
        "const config = require('./paths.cjs');\nmodule.exports = () => { return {dir: {input: config.dir.src}}; };",
        "const paths = require('./paths.cjs');\nmodule.exports = () => ({dir: {input: paths.dir.src}});",
        "module.exports = (c) => { c.setInputDirectory('in'); };",
        "const {\n  paths,\n} = require('./lib');\nmodule.exports = () => ({dir: {input: paths.dir.src}});",
        "module.exports = (c) => { c.setInputDirectory(process.env.IN || 'in'); };",
        "const paths = require('./paths.cjs');\nmodule.exports = (c) => { c.setInputDirectory(paths.dir.src); };",
        "module.exports = (c) => { c.addFilter('p', (v) => { return {url: v, title: v, text: v}; });\n  return {dir: {input: 'in'}}; };",
    ],
)
def test_eleventys_input_is_read(load: Callable[..., Loaded], config: str) -> None:
    """As it stands, by the name of what a file says, or set by a call; addresses begin below it."""
    files = {
        ".eleventy.js": config, "paths.cjs": "module.exports = {dir: {src: 'in', out: '_site'}};",
        "lib/index.js": "const other = require('./other');\nconst paths = require('../paths.cjs');\nmodule.exports = { other, paths };",
        "in/_data/site.json": '{"url": "https://ink.test/"}', "in/posts/a.md": POST,
    }  # fmt: skip
    settings = load(files).settings
    assert ("in/posts", "in") == (settings.posts.path, settings.habits.options["dir.input"])


@pytest.mark.parametrize(
    "config",
    [
        "module.exports = () => {\n return {dir: {input: require('path').join('i', 'n')}}; };",
        "module.exports = (c) => {\n c.setInputDirectory(chosen()); };",
    ],
)
def test_eleventys_input_is_never_guessed(
    load: Callable[..., Loaded], refused: Callable[..., str], config: str
) -> None:
    """One that a program makes is told with its line: all addresses hang on it. With ``posts.permalink`` none does."""
    files = {".eleventy.js": config, "package.json": '{"homepage": "https://ink.test"}', "in/posts/a.md": POST}
    said = refused(files)
    assert said.startswith(".eleventy.js:2: ")
    assert "posts.permalink in feeder.yml" in said
    files["feeder.yml"] = "posts: {path: in/posts, permalink: '/:path/'}"
    assert load(files).settings.posts.path == "in/posts"


@pytest.mark.parametrize(
    ("expected", "config"),
    [
        (("*.html",), "module.exports = { templateFormats: ['md', 'njk'] };"),
        (("*.html",), "module.exports = (c) => { c.setTemplateFormats('md, njk'); };"),
        ((), "module.exports = (c) => { c.setTemplateFormats(['html', 'md']); };"),
        ((), "module.exports = {};"),
    ],
)
def test_eleventys_formats(load: Callable[..., Loaded], expected: tuple[str, ...], config: str) -> None:
    """Files of a format that the site makes no pages of are no posts."""
    files = {".eleventy.js": config, "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST}
    assert expected == load(files).settings.posts.exclude


def test_eleventys_layouts_may_say_the_address(load: Callable[..., Loaded]) -> None:
    """That of a directory, by another name or through another layout; else that which the first post names."""
    files = {
        ".eleventy.js": 'module.exports = (c) => { c.addLayoutAlias("short", "layouts/post.njk"); return {dir: {input: "in"}}; };',
        "in/_data/site.json": '{"url": "https://ink.test/"}',
        "in/_includes/layouts/post.njk": "---\nlayout: base\n---\n",
        "in/_includes/base.liquid": "---\npermalink: '/l/{{ page.fileSlug }}/'\n---\n",
        "in/posts/posts.json": '{"layout": "short"}',
        "in/posts/a.md": POST,
    }
    assert {"": "/l/{{ page.fileSlug }}/"} == load(files).settings.habits.permalinks
    files |= {"in/posts/posts.json": "{}", "in/posts/a.md": POST.replace("---\n", "---\nlayout: base\n", 1)}
    assert {"": "/l/{{ page.fileSlug }}/"} == load(files).settings.habits.permalinks
    files |= {"in/in.json": '{"permalink": "/no/"}', "in/posts/posts.json": '{"permalink": "/yes/"}'}
    assert {"": "/yes/"} == load(files).settings.habits.permalinks


def test_posts_whose_layouts_differ(load: Callable[..., Loaded]) -> None:
    """Each has the address that its own layout gives; nothing is looked at where no layout gives one."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}',
        "_includes/long.njk": "---\npermalink: '/l/{{ page.fileSlug }}/'\n---\n", "_includes/note.njk": "---\npermalink: '/n/{{ page.fileSlug }}/'\n---\n",
        "posts/a.md": POST, "posts/b.md": POST.replace("---\n", "---\nlayout: long.njk\n", 1), "posts/c/d.md": POST.replace("---\n", "---\nlayout: 'note'\n", 1),
    }  # fmt: skip
    permalinks = load(files).settings.habits.permalinks
    assert {"": "/l/{{ page.fileSlug }}/", "c/d.md": "/n/{{ page.fileSlug }}/"} == permalinks


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({".eleventy.js": "module.exports = (c) => { c.addGlobalData('permalink', '/{{ page.filePathStem }}.html'); };"}, "/{{ page.filePathStem }}.html"),
        ({".eleventy.js": "module.exports = (c) => { c.addGlobalData('permalink', () => (data) => `${data.page.filePathStem}.${data.page.outputFileExtension}`); };"},
         "{{ page.filePathStem }}.html"),
        ({".eleventy.js": "", "_data/eleventyComputed.js": "module.exports = {permalink: (data) => `/g/${data.page.fileSlug}/`};"}, "/g/{{ page.fileSlug }}/"),
        # by what the front matter says, and with the package that writes dates
        ({".eleventy.js": "", "posts/posts.11tydata.ts": "export default { permalink: (data: Page) => {\n  if (data.isDraft && live) { return false; }\n"
          "  if (data?.topics?.includes('note')) {\n    return `/notes/${data.page.fileSlug}/`;\n  } else if (!data.long) return '/s/';\n  return `/blog/${data.page.fileSlug}/`;\n} };"},
         '{% if topics contains "note" %}/notes/{{ page.fileSlug }}/{% elif not long %}/s/{% else %}/blog/{{ page.fileSlug }}/{% endif %}'),
        ({".eleventy.js": "", "posts/posts.11tydata.js": "module.exports = { permalink(data) { return `/${DateTime.fromJSDate(data.page.date, { zone: 'utc' }).toFormat('yyyy/LL')}/${this.slugify(data.slug || data.title)}/`; } };"},
         '/{{ page.date | form: "%Y/%m" }}/{{ (slug or title) | slugify }}/'),
        ({".eleventy.js": "", "posts/posts.11tydata.js": "module.exports = {eleventyComputed: {permalink: data => { if (process.env.X === 'y') { return data.permalink; } else { return ok(data) ? data.permalink : false; } }}};"}, None),
        ({".eleventy.js": "", "_data/eleventyComputed.js": "module.exports = {\n  permalink: (data) => {\n    const { permalink, page } = data\n    if (later(page)) return false // not yet\n\n    return permalink\n  },\n  other: 1,\n}"}, None),
        ({".eleventy.js": "", "_data/eleventyComputed.js": "module.exports = { permalink: (data) => { const permalink = data.permalink; return later(data) ? false : permalink; } }"}, None),
    ],
)  # fmt: skip
def test_addresses_that_a_whole_site_gives(
    load: Callable[..., Loaded], files: Mapping[str, str], expected: str | None
) -> None:
    """In its configuration, or in what it computes for all pages; a program that keeps or drops what is there gives none."""
    files = {"_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST, **files}
    assert expected == load(files).settings.habits.permalinks.get("")


def test_tags_that_gather_pages_are_no_categories(load: Callable[..., Loaded]) -> None:
    """Those that sites have come to leave out, and those that the data of a directory gives its posts."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "posts/posts.json": '{"tags": ["journal"]}',
    }  # fmt: skip
    rules = rules_from_settings(load(files).settings, "", ())
    tags = labelled(("posts", "css", "journal", "all", "Journal"), rules.labels)
    assert ["css", "Journal"] == [tag for tag in tags if tag]


@pytest.mark.parametrize(
    ("directories", "expected"),
    [(["de", "en", "fr"], "in/de/blog"), (["en", "fr"], "in/en/blog"), (["a", "b"], "in/a/blog")],
)
def test_posts_below_the_directories_of_languages(
    load: Callable[..., Loaded], directories: list[str], expected: str
) -> None:
    """Where no directory of the input is named like posts, one in its directories is: that of the site's language first."""
    files = {
        ".eleventy.js": "module.exports = {dir: {input: 'in'}};",
        "in/_data/site.json": '{"url": "https://ink.test/", "lang": "de"}',
    }
    files |= {f"in/{name}/blog/a.md": POST for name in directories}
    assert expected == load(files).settings.posts.path


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [("", "https://ink.test/"), ("module.exports = {pathPrefix: '/blog/'};", "https://ink.test/blog/")],
)
def test_the_path_of_eleventys_url_is_not_put_before_itself(
    load: Callable[..., Loaded], configuration: str, expected: str
) -> None:
    """Addresses stand behind the host, as in Eleventy, where the posts lie in the directory of that name."""
    files = {".eleventy.js": configuration, "_data/site.json": '{"url": "https://ink.test/blog/"}', "blog/a.md": POST}
    assert expected == load(files).settings.site.url
    files = {".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/blog/"}', "posts/a.md": POST}
    assert "https://ink.test/blog/" == load(files).settings.site.url


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"astro.config.mjs": "import remarkMath from 'remark-math';\nexport default { site: 'https://ink.test' };"}, "true"),
        ({"_config.yml": HEXO["_config.yml"], "package.json": '{"dependencies": {"hexo": "^7", "hexo-renderer-pandoc": "*"}}'}, "true"),
        ({"_config.yml": HEXO["_config.yml"], "package.json": '{"dependencies": {"hexo": "^7", "hexo-renderer-marked": "*"}}'}, None),
    ],
)  # fmt: skip
def test_a_site_that_reads_formulas_says_so(load: Callable[..., Loaded], files: Files, expected: str | None) -> None:
    """By a package, or a plug-in in its configuration, that reads them."""
    files = {"source/_posts/a.md": POST, "src/content/blog/a.md": POST, **files}
    assert expected == load(files).settings.habits.options.get("math")


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("https://ink.test/", "process.env.CI ? 'https://ink.test' : 'http://localhost:4321'"),
        ("https://ink.test/", "process.env.PREVIEW && isPreview()\n  ? `https://${process.env.PREVIEW}`\n  : 'https://ink.test/'"),
        ("https://feed.test/", "isBuild() ? 'https://ink.test' : 'https://other.test'"), ("https://feed.test/", "SERVED"),
        ("https://feed.test/", "'http://localhost:4321'"),
    ],
)  # fmt: skip
def test_the_one_url_that_astro_may_have(load: Callable[..., Loaded], expected: str, said: str) -> None:
    """That which a condition chooses, the other being a sample's or computed; else what the feed is told."""
    files = {
        "astro.config.mjs": f"const site = {said}\n\nexport default {{ site }};\n", "src/content/blog/a.md": POST,
        "src/consts.ts": "export const blog = { title: 'Ink', url: 'https://feed.test' };",
        "src/pages/rss.xml.js": "import { blog } from '../consts';\nexport const GET = () => rss({ title: blog.title, site: blog.url });",
    }  # fmt: skip
    assert expected == load(files).settings.site.url


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("read", "write"), ("src/content", ("read/*", "write/*"), "/read/b/")),
        (("read",), ("src/content/read", (), "/read/2024/b/")),
    ],
)
def test_the_collections_in_astros_feed(
    load: Callable[..., Loaded], pages: tuple[str, ...], expected: tuple[str, tuple[str, ...], str]
) -> None:
    """Where no collection has a usual name: all, if each has its pages below its name; a slug is below that of its collection."""
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };",
        "src/content/read/2024/b.md": POST, "src/content/write/a.md": POST, "src/content/other/c.md": POST,
        "src/pages/rss.xml.js": "const all = [...await getCollection('read'), ...await getCollection('write')];",
        **{f"src/pages/{name}/[...slug].astro": PATHS % "{ slug: post.slug }" for name in pages},
    }  # fmt: skip
    loaded = load(files).settings
    dialect_ = dialect("astro")
    assert dialect_.address
    path = "read/2024/b.md" if loaded.posts.path == "src/content" else "2024/b.md"
    slug = "b" if loaded.posts.path == "src/content" else ""
    traits = Traits(path, root="read", slug=slug)
    assert expected == (loaded.posts.path, loaded.posts.include, dialect_.address(traits, loaded.habits))


@pytest.mark.parametrize(
    ("given", "expected"), [("/%slug%", "/tea"), ("blog/%year%/%month%/%slug%/", "/blog/2024/01/tea")]
)
def test_the_addresses_of_astrowind(load: Callable[..., Loaded], given: str, expected: str) -> None:
    """The theme's own code makes them, by a pattern that the site gives it."""
    files = {
        "astro.config.ts": "export default defineConfig({ output: 'static' });", "src/data/post/tea.md": POST,
        "src/content.config.ts": "const post = defineCollection({ loader: glob({ base: 'src/data/post' }) });\nexport const collections = { post };",
        "src/config.yaml": f"site: {{name: Ink, site: 'https://ink.test', trailingSlash: false}}\napps: {{blog: {{post: {{permalink: '{given}'}}}}}}\n",
        "src/pages/[...blog]/index.astro": PATHS % "made(post)",
    }  # fmt: skip
    settings = load(files).settings
    spoken = dialect("astro")
    assert spoken.address
    traits = Traits("tea.md", root="post", date=datetime(2024, 1, 31, tzinfo=UTC))
    assert ("https://ink.test/", expected) == (settings.site.url, spoken.address(traits, settings.habits))
    with pytest.raises(ValueError, match="has 'ü', which the site's theme spells in its own way"):
        spoken.address(traits._replace(path="grün.md"), settings.habits)


PAPER = """
export function getPostSlug(id: string, filePath: string | undefined): string {
  const segments = filePath
    ?.replace(BLOG_PATH, "")
    .split("/")
    .filter(path => path !== "") // remove empty string
    .filter(path => !path.startsWith("_"))
    .slice(0, -1)
    .map(segment => slugifyStr(segment));
  return `/${[...(segments ?? []), id.split("/").at(-1)].join("/")}`;
}
"""


def astropaper(helper: str) -> Files:
    """Return a site of the theme with a helper for addresses."""
    return {
        "astro.config.ts": "import config from './astro-paper.config';\nexport default defineConfig({ site: config.site.url });",
        "astro-paper.config.ts": "export default defineAstroPaperConfig({ site: { url: 'https://ink.test/', title: 'Ink', author: 'Ada', timezone: 'Asia/Tokyo' } });",
        "src/config.ts": "import user from '@/astro-paper.config';\nconst config = { site: { ...user.site, ogImage: 'a.png' } };\nexport default config;",
        "src/content.config.ts": "export const BLOG_PATH = 'src/data/blog';\nconst posts = defineCollection({ loader: glob({ pattern: '**/[^_]*.md', base: `./${BLOG_PATH}` }) });\n"
        "export const collections = { posts };",
        "src/data/blog/a.md": POST, "src/utils/getPostPaths.ts": helper,
        "src/pages/posts/[...slug]/index.astro": "---\nimport { getPostSlug } from '@/utils/getPostPaths';\n"
        + (PATHS % "{ slug: getPostSlug(post.id, post.filePath) }").removeprefix("---\n"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "files",
    [
        {"src/content.config.ts": "const blogAuthors = defineCollection({\n  loader: file('./src/people.json'),\n});\nconst tags = defineCollection({ loader: file('src/tags.json') });",
         "src/people.json": '{"ada": {"name": "Ada", "url": "https://ada.test/"}}', "src/tags.json": '{"ink": {"name": "Ink"}}'},
        {"src/content.config.ts": "const team = defineCollection({ loader: file('src/team.yaml') });",
         "src/team.yaml": "- {id: ada, name: Ada, url: 'https://ada.test/'}\n- {name: Nobody}\n"},
        {"src/content/authors/ada.json": '{"name": "Ada", "url": "https://ada.test/"}', "src/content/authors/b.json": "["},
        {"src/content/authors/ada.md": "---\nname: Ada\nurl: https://ada.test/\n---\nWrites.\n"},
    ],
)  # fmt: skip
def test_the_authors_of_astro(build: Callable[..., Build], write: Callable[..., Path], files: Files) -> None:
    """Posts name them by their keys in a collection of authors, whatever it is loaded from."""
    write("astro.config.mjs", "export default { site: 'https://ink.test' };")
    for path, text in files.items():
        write(path, text)
    made = build({"src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-31\nauthors: [ada]\n---\n"}, "")
    (item,) = json.loads(next(one.data for one in made.artifacts if one.path == "feed.json"))["items"]
    assert [{"name": "Ada", "url": "https://ada.test/"}] == item["authors"]


def test_the_addresses_of_astropaper(load: Callable[..., Loaded]) -> None:
    """Directories that begin with a line are in none; their posts are posts, as the loader's pattern says."""
    settings = load(astropaper(PAPER)).settings
    assert ("src/data/blog", "https://ink.test/", "Ink", (Author("Ada"),), "Asia/Tokyo") == (
        settings.posts.path, settings.site.url, settings.site.title, settings.site.author, settings.site.timezone,
    )  # fmt: skip
    spoken = dialect("astro")
    assert spoken.address
    assert spoken.is_post
    paths = ["Big Ideas/_old/Tea Cup.md", "_old/tea.md", "tea.md"]
    assert ["/posts/big-ideas/tea-cup/", "/posts/tea/", "/posts/tea/"] == [
        spoken.address(Traits(path, root="blog"), settings.habits) for path in paths
    ]
    assert [True, True, False] == [
        spoken.is_post(path, "blog", settings.habits) for path in ("_old/tea.md", "tea.md", "old/_tea.md")
    ]
    with pytest.raises(ValueError, match="has 'ü' in a directory"):
        spoken.address(Traits("grün/a.md", root="blog"), settings.habits)


def test_addresses_of_astropaper_that_a_site_has_changed(refused: Callable[..., str]) -> None:
    """They are as unknown as any that code makes."""
    said = refused(astropaper(PAPER.replace(".slice(0, -1)", ".slice(1, -1)")))
    assert said.startswith("src/pages/posts/[...slug]/index.astro:5: [slug] in addresses is computed by code")


def test_an_address_of_astrowind_that_takes_its_code_is_refused(refused: Callable[..., str]) -> None:
    """With the file and line."""
    files = {
        "astro.config.ts": "export default {};", "src/content/post/tea.md": POST,
        "src/config.yaml": "site: {site: 'https://ink.test'}\napps:\n  blog:\n    post: {permalink: '/%category%/%slug%'}\n",
    }  # fmt: skip
    assert refused(files).startswith(
        "src/config.yaml:4: apps.blog.post.permalink has %category%, which feeder does not fill in"
    )


PATHS = "---\nexport async function getStaticPaths() {\n  const all = await getCollection('blog');\n  return all.map((post) => ({ params: %s }));\n}\n---\n"
LOCALIZED = """---
export async function getStaticPaths() {
  const posts = await getCollection('blog');
  return posts.map((post) => {
    const [lang, ...slug] = post.id.split('/');
    return { params: %s, props: post };
  });
}
---
"""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("[lang]/blog/[...slug].astro", "/en/blog/tea/"), ("blog/[lang]/[...slug]/index.astro", "/blog/en/tea/"),
        ("[lang]/[...slug].astro", "/en/tea/"),
    ],
)  # fmt: skip
def test_the_languages_of_astro(load: Callable[..., Loaded], page: str, expected: str) -> None:
    """A page may take an id apart, as Astro's own recipe does; the feeds are those of the site's language."""
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test', i18n: { defaultLocale: 'en' } };",
        "src/content/blog/en/tea.md": POST, "src/content/blog/de/tea.md": POST,
        f"src/pages/{page}": LOCALIZED % "{ lang, slug: slug.join('/') || undefined }",
    }  # fmt: skip
    settings = load(files).settings
    address = dialect("astro").address
    assert address
    assert ("src/content/blog", ("en/*",)) == (settings.posts.path, settings.posts.include)
    assert expected == address(Traits("en/tea.md", root="blog"), settings.habits)
    assert expected == address(Traits("tea.md", root="blog/en"), settings.habits)
    if page[0] == "[":
        with pytest.raises(ValueError, match="is made from the parts of an id, and there is only one"):
            address(Traits("tea.md", root="blog"), settings.habits)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"[lang]/blog/[...slug].astro": LOCALIZED % "{ lang: of(post), slug: slug.join('/') }"},
         "src/pages/[lang]/blog/[...slug].astro:6: addresses have more parts than the post's name"),
        ({"en/blog/[slug].astro": PATHS % "{ slug: post.id }", "de/blog/[slug].astro": PATHS % "{ slug: post.id }"},
         "src/pages/de/blog/[slug].astro:1: src/pages/en/blog/[slug].astro is made of posts, too"),
    ],
)  # fmt: skip
def test_pages_of_astro_below_languages_are_no_defaults(
    refused: Callable[..., str], pages: dict[str, str], said: str
) -> None:
    """Where they are made otherwise, or in several places, addresses are not known."""
    files = {"astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog/en/tea.md": POST}
    assert refused({**files, **{f"src/pages/{name}": text for name, text in pages.items()}}).startswith(said)


def test_what_astros_feed_is_told(load: Callable[..., Loaded]) -> None:
    """The page that is the feed names the site, where no file of facts does; names of other files are followed."""
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog/a.md": POST,
        "src/words.ts": "export const TITLE = 'Ink';",
        "src/pages/rss.xml.js": "import { TITLE } from '../words';\nexport async function GET(context) {\n  const posts = await getCollection('blog');\n"
        "  return rss({ title: TITLE, description: 'Notes', site: context.site, items: posts.map((p) => ({ title: p.data.title })) });\n}\n",
    }  # fmt: skip
    assert ("Ink", "Notes") == (load(files).settings.site.title, load(files).settings.site.description)
    files["src/consts.ts"] = "export const SITE_TITLE = 'Paper';"
    assert "Paper" == load(files).settings.site.title


def test_the_language_in_astros_feed(load: Callable[..., Loaded]) -> None:
    """It is the site's, where nothing else says one."""
    page = "export const GET = () => rss({ title: 'Ink', customData: `<copyright>Ada</copyright><language>de-at</language>` });"
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog/a.md": POST,
        "src/pages/rss.xml.js": page,
    }  # fmt: skip
    assert "de-AT" == load(files).settings.site.language
    assert "fr" == load({**files, "src/consts.ts": "export const SITE_LANG = 'fr';"}).settings.site.language
    assert (
        "en"
        == load(
            {**files, "src/consts.ts": "", "src/pages/rss.xml.js": page.replace("de-at", "${x}")}
        ).settings.site.language
    )


@pytest.mark.parametrize(
    ("expected", "feed"),
    [
        ("de-AT", "<rss><channel><language>de-at</language><item></item></channel></rss>"), ("de", '<feed xmlns="x" xml:lang="de"><entry></entry></feed>'),
        ("de", "<feed xml:lang='{{ any.words }}'></feed>"), ("en", "<feed xml:lang='{{ any.words or page.lang }}'></feed>"),
        ("en", "<rss><item><language>de</language></item></rss>"),
    ],
)  # fmt: skip
def test_the_language_in_eleventys_feed(load: Callable[..., Loaded], expected: str, feed: str) -> None:
    """It is the site's, where no data says one."""
    files = {
        ".eleventy.js": "", "_data/any.json": '{"words": "de", "url": "https://ink.test"}', "posts/a.md": POST,
        "feed.njk": feed,
    }  # fmt: skip
    assert expected == load(files).settings.site.language


@pytest.mark.parametrize(
    ("dialect", "files"),
    [
        ("eleventy", {"feed.njk": "<feed><title>All</title>{% for p in x %}<entry><title>{{ p.data.headTitle | escape }}</title></entry>{% endfor %}</feed>"}),
        ("eleventy", {"posts/posts.json": '{"layout": "post"}', "_includes/post.njk": "<h1 class='x'>{{ headTitle }}</h1>{{ content }}"}),
        ("astro", {"src/pages/rss.xml.js": "export const GET = () => rss({ title: 'All', items: posts.map((p) => ({ title: p.data.headTitle, link: p.id })) });"}),
    ],
)  # fmt: skip
def test_the_key_that_a_site_shows_for_titles(
    build: Callable[..., Build], write: Callable[..., Path], dialect: str, files: Files
) -> None:
    """It counts where a post has no ``title``; a heading far below its text is none."""
    post = "---\n{}date: 2024-01-31\n---\n\nText.\n\n## More\n"
    for name, text in {"eleventy.config.js": "", **files}.items() if dialect == "eleventy" else files.items():
        write(name, text)
    given = {"a.md": "headTitle: Tea\n", "b.md": "title: Rice\nheadTitle: No\n", "c-d.md": ""}
    posts = {name: post.format(keys) for name, keys in given.items()}
    made = build(posts, f"site: {{dialect: {dialect}}}", url="https://ink.test/")
    items = json.loads(next(one.data for one in made.artifacts if one.path == "feed.json"))["items"]
    assert ["Rice", "Tea", "c d"] == sorted(item["title"] for item in items)


def test_astros_pages_that_hold_no_posts(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """A directory whose pages are made of collections has none; one page in Markdown is enough to be one."""
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog_a/a.md": POST, "src/content/blog_b/b.md": POST,
        "src/pages/blog/a/[slug].astro": PATHS % "{ slug: post.slug }",
    }  # fmt: skip
    assert "no posts directory found" in refused(files)
    files["src/pages/blog/2024/c.mdx"] = POST
    assert ("src/pages", ("blog/*",)) == (load(files).settings.posts.path, load(files).settings.posts.include)


@pytest.mark.parametrize(
    ("expected", "given"), [("ja", "i18n: { defaultLocale: 'ja' }"), ("en", "")],
)  # fmt: skip
def test_astros_collections_for_each_language(load: Callable[..., Loaded], expected: str, given: str) -> None:
    """That in the site's own has the posts, below the page that asks for it."""
    pages = {
        f"src/pages/blog/{code}/[slug].astro": PATHS.replace("'blog'", f"'blog_{code}'") % "{ slug: post.slug }"
        for code in ("en", "ja")
    }
    settings = load({
        "astro.config.mjs": f"export default {{ site: 'https://ink.test', {given} }};", **pages, "src/content/diary/c.md": POST,
        "src/content/blog_en/a.md": POST, "src/content/blog_ja/b.md": POST,
    }).settings  # fmt: skip
    assert (f"src/content/blog_{expected}", {"": f"/blog/{expected}/:id/"}) == (
        settings.posts.path,
        settings.habits.permalinks,
    )


def test_ids_that_a_program_makes_are_refused(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """Those of the posts; another collection's do no harm."""
    made = "const posts = defineCollection({ loader: glob({ pattern: '**/*.md', base: './in/%s',\n  generateId: ({ entry }) => entry.slice(3) }) });"
    files = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };", "in/log/a.md": POST,
        "src/content.config.ts": f"const posts = defineCollection({{ loader: glob({{ base: './in/log' }}) }});\n{made.replace('posts', 'talks') % 'other'}\nexport const collections = {{ posts }};\n",
    }  # fmt: skip
    assert "in/log" == load(files).settings.posts.path
    said = refused({**files, "src/content.config.ts": f"{made % 'log'}\nexport const collections = {{ posts }};\n"})
    assert said.startswith("src/content.config.ts:2: generateId computes the ids")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None), ({"package.json": '{"dependencies": {"@11ty/eleventy": "^3.1.0"}}'}, None),
        ({"package.json": '{"devDependencies": {"@11ty/eleventy": "^1.0.2"}}'}, "true"),
        ({"eleventy.config.js": "export default (c) => { c.amendLibrary('md', (md) => md.enable('code')); };"}, "true"),
    ],
)  # fmt: skip
def test_whether_indented_text_is_code_in_eleventy(
    load: Callable[..., Loaded], more: Files, expected: str | None
) -> None:
    """It was before Eleventy 2, and is where a site asks for it."""
    files = {"eleventy.config.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST, **more}
    assert expected == load(files).settings.habits.options.get("markdown.code")


@pytest.mark.parametrize(
    ("pages", "post", "expected"),
    [
        ({"blog/[slug].astro": "{ slug: post.id.slice(11) }"}, "src/content/blog/a.md",
         "src/pages/blog/[slug].astro:4: [slug] in addresses is computed by code, which feeder does not run (got 'post.id.slice(11)')"),
        ({"[...path].astro": "{ path: post.url }"}, "content/a.md", "src/pages/[...path].astro:4: [path] in addresses"),
        ({"[year]/[month]/[slug].astro": "dated(post)"}, "src/content/blog/a.md",
         "src/pages/[year]/[month]/[slug].astro:4: addresses have more parts than the post's name"),
    ],
)  # fmt: skip
def test_addresses_that_astros_pages_make_are_refused(
    load: Callable[..., Loaded], refused: Callable[..., str], pages: Files, post: str, expected: str
) -> None:
    """Whether or not posts are in a collection; a pattern of one's own is the way out."""
    site = {
        "astro.config.mjs": "export default { site: 'https://ink.test' };",
        post: POST,
        **{f"src/pages/{page}": PATHS % params for page, params in pages.items()},
    }
    assert refused(site).startswith(expected)
    site["feeder.yml"] = "posts: {permalink: '/:slug/'}\n"
    assert "/:slug/" == load(site).settings.posts.permalink


@pytest.mark.parametrize(
    "made",
    [
        r"post.slug || post.id.replace(/\.md$/, '')", r'post.id.replace(/\.mdx?$/, "")', r"post.id.replace(/\.(md|mdx)$/i, '')",
        r"String(post.id.replace(/\.(?:md|mdx)$/, ``))",
    ],
)  # fmt: skip
def test_the_ending_of_a_file_is_in_no_id_of_astro(
    load: Callable[..., Loaded], refused: Callable[..., str], made: str
) -> None:
    """A page that removes it does no more than take the id; one that removes anything else does."""
    files = {"astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog/a.md": POST}
    page = "src/pages/posts/[...slug].astro"
    assert {"": "/posts/:id/"} == load({**files, page: PATHS % f"{{ slug: {made} }}"}).settings.habits.permalinks
    for other in (made.replace("md", "txt"), made.replace("id", "body"), made.replace("id", "data.slug")):
        said = refused({**files, page: PATHS % f"{{ slug: {other} }}"})
        assert said.startswith(f"{page}:4: [slug] in addresses is computed by code")


def test_the_slug_in_front_matter_is_astros_address(load: Callable[..., Loaded]) -> None:
    """Where the page says so, there is none without it."""
    site = {"astro.config.mjs": "export default { site: 'https://ink.test' };", "src/content/blog/a.md": POST}
    site["src/pages/blog/[slug].astro"] = PATHS % "{ slug: post.data.slug }"
    habits, address = load(site).settings.habits, dialect("astro").address
    assert address is not None
    assert "/blog/given" == address(Traits("a.md", "blog", slug="given"), habits).rstrip("/")
    with pytest.raises(ValueError, match="slug in the front matter"):
        address(Traits("a.md", "blog"), habits)


def test_sites_in_directories_are_pointed_out(refused: Callable[..., str]) -> None:
    """Where there are no posts, but a site lies in a directory, as in many repositories, its name is told."""
    said = refused({"website/docusaurus.config.js": "", "docs/a.txt": "", "node_modules/.eleventy.js": ""})
    told = ["found a site in website (docusaurus: found docusaurus.config.js): run feeder there"]
    assert told == [line for line in said.splitlines() if line.startswith("found a site")]
    said = refused(
        {"packages/docs/astro.config.mjs": "", "packages/core/package.json": "{}", "docs/deep/.eleventy.js": ""}
    )
    assert [
        "found a site in packages/docs (astro: found astro.config.mjs): run feeder there",
        *told,
    ] == said.splitlines()[1:]
    said = refused({".eleventy.js": "", "website/docusaurus.config.js": ""})
    assert "found a site in" not in said


UNREAD = {
    "_quarto.yml": ("project: x\n", "Quarto"), "next.config.mjs": ("", "Next.js"), "gatsby-config.ts": ("", "Gatsby"),
    ".vitepress/config.mts": ("", "VitePress"), "x.lektorproject": ("", "Lektor"), "conf.py": ("BLOG_TITLE = 'x'\n", "Nikola"),
    "config.toml": ("base_url = 'https://a.test'\n", "Zola"), "package.json": ('{"dependencies": {"nuxt": "^3"}}', "nuxt"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREAD)
def test_addresses_of_a_generator_that_nobody_reads_are_not_guessed(
    load: Callable[..., Loaded], refused: Callable[..., str], name: str
) -> None:
    """The site's generator is named, and what to say in its place; a pattern, or `dialect: plain`, is enough."""
    content, shown = UNREAD[name]
    files = {name: content, "posts/a.md": POST}
    said = refused(files, url="https://a.test/")
    assert said.startswith(f"this is a site of {shown} (found {name.partition('/')[0]}), whose configuration")
    assert "posts: {path: posts, permalink: " in said
    for configuration in ("posts: {permalink: '/blog/:name/'}", "site: {dialect: plain}"):
        assert load({**files, "feeder.yml": configuration}, url="https://a.test/").settings.site.dialect == "plain"


def test_posts_may_be_in_the_directory_itself(refused: Callable[..., str]) -> None:
    """The message says how to name it."""
    said = refused({"a.md": "---\ntitle: x\ndate: 2024-01-31\n---\nx\n", "img/b.png": "", "drafts/c.md": "x"})
    assert said.endswith("files with dates in their front matter are here: feeder build .")


def test_posts_beside_documentation_are_not_its_own(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """MkDocs and mdBook have their pages in one directory: what lies elsewhere has the addresses of a plain directory."""
    files = {"mkdocs.yml": "", "docs/blog/posts/a.md": POST, "posts/a.md": POST}
    assert "plain" == load(files, posts="posts", url="https://a.test/").settings.site.dialect
    assert refused(files, posts="docs/blog/posts", url="https://a.test/").startswith("this is a site of MkDocs")


def test_where_posts_are_is_told_by_their_dates(refused: Callable[..., str]) -> None:
    """Without one of the usual directories, the one is named that nearly all files with dates lie in."""
    dated = "---\ntitle: x\ndate: 2024-01-31\n---\nx\n"
    files = {f"writing/notes/{year}/{name}.md": dated for year in (2023, 2024) for name in ("a", "b")}
    said = refused({**files, "README.md": "x", "writing/about.md": "x", "node_modules/x/a.md": dated})
    assert (
        "files with dates in their front matter are in writing/notes: feeder build writing/notes"
        == said.splitlines()[-1]
    )
    said = refused({"zola.toml": "", **files})
    assert "posts: {path: writing/notes, permalink: " in said
    assert "with dates" not in refused({"README.md": "x"})


@pytest.mark.parametrize(("depth", "expected"), [("img", ".."), ("a/b", "../.."), ("a/own/b", "")])
def test_a_directory_of_a_site_says_where_the_site_is(
    tmp_path: Path, write: Callable[..., Path], depth: str, expected: str
) -> None:
    """As far as its repository goes: what is above that is somebody else's."""
    write("_config.yml", "plugins: []\n")
    write("a/own/.git/config", "")
    write(f"{depth}/2024-01-31-x.md", POST)
    with pytest.raises(ConfigurationError) as caught:
        config.load(Options(), {}, tmp_path / depth)
    assert bool(expected) is str(caught.value).endswith(f": run feeder in {expected or 'x'}")


@pytest.mark.parametrize(("depth", "expected"), [("source", ".."), ("source/_posts", "../..")])
def test_the_sources_of_a_hexo_site_are_no_site(
    tmp_path: Path, write: Callable[..., Path], depth: str, expected: str
) -> None:
    """``_posts`` and ``_data`` are Jekyll's if there is no configuration above them."""
    write("_config.yml", "url: https://ink.test\n")
    write("source/_data/x.yml", "")
    write("source/_posts/a.md", POST)
    with pytest.raises(ConfigurationError) as caught:
        config.load(Options(posts="." if depth.endswith("s") else None), {}, tmp_path / depth)
    assert str(caught.value).endswith(
        f"\nthis is a directory of a site (hexo: found _config.yml and files that go with it): run feeder in {expected}"
    )


@pytest.mark.parametrize(
    "program",
    [
        "(data) => `/w/${data.page.fileSlug}/`", "function({page}) { return `/w/${ page.fileSlug }/`; }",
        "data => { return `/w/${data.page.fileSlug}/` }", "({ page }) => `/w/${page.fileSlug}/`",
        "(data) => {\n if (data.draft && !process.env.DRAFTS) {\n return false; // hidden\n }\n return `/w/${data.page?.fileSlug}/`;\n}",
    ],
)  # fmt: skip
def test_an_address_that_a_program_only_fills_in(load: Callable[..., Loaded], program: str) -> None:
    """A function that returns a template with the file name in it is as good as a pattern."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "posts/posts.11tydata.js": f"export default {{permalink: {program}}};\n",
    }  # fmt: skip
    assert {"": "/w/{{ page.fileSlug }}/"} == load(files).settings.habits.permalinks


@pytest.mark.parametrize(
    "program",
    [
        "permalink: (data) => `/${data.year + 1}/`",
        "permalink: permalinkOf",
        "permalink: (data) => { const permalink = of(data); return permalink; }",
        "permalink: (data) => { const permalink = data.permalink || of(data); return permalink; }",
        "permalink: (data) => {\n const { url: permalink } = of(data)\n return permalink\n }",
        "permalink(data) { " + "const a = of(data.permalink);\\n" * 50 + "return `/x/${a}/`; }",
        "permalink(data) { return data.lang ? `/a/${data.page.fileSlug}/` : `/${data.page.fileSlug}/`; }",
        "permalink(data) { if (of(data.lang)) return `/a/${data.page.fileSlug}/`; return `/${data.page.fileSlug}/`; }",
        "permalink(data) { if (data.a) { if (data.b) return `/a/`; } return `/${data.page.fileSlug}/`; }",
        "async permalink({ permalink, page }) { if (page.url) return `${page.filePathStem}/index.html`; else return permalink; }",
    ],
)
def test_an_address_that_a_directorys_program_makes_is_refused(refused: Callable[..., str], program: str) -> None:
    """With the file and line, and what to say instead."""
    said = refused({
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "posts/posts.11tydata.js": f"module.exports = {{\n  {program},\n}};\n",
    })  # fmt: skip
    assert said.startswith("posts/posts.11tydata.js:2: permalink is computed by code, which feeder does not run")
    assert "set posts.permalink in feeder.yml instead" in said


def test_a_program_that_keeps_posts_out_is_told_of(load: Callable[..., Loaded]) -> None:
    """Data in TypeScript count as those in JavaScript; which posts get no page for other reasons than a draft, nobody can tell."""
    files = {
        "eleventy.config.js": "export default (c) => { c.addDataExtension('ts', {}); };",
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "posts/posts.11tydata.js": "export { default } from './posts.11tydata.ts'",
        "posts/posts.11tydata.ts": "const data = {\n  layout: 'p',\n  permalink(data: Post) {\n    if (!shown(data)) return false;\n"
        "    const d = new Date(data.date);\n    const year = d.getUTCFullYear();\n    return `/${year}/${data.page.fileSlug}/`;\n  },\n};\n"
        "export default data;\n",
    }  # fmt: skip
    loaded = load(files)
    assert {"": '/{{ page.date | form: "%Y" }}/{{ page.fileSlug }}/'} == loaded.settings.habits.permalinks
    assert any(
        note.startswith("posts/posts.11tydata.ts:3: permalink gives some posts no page") for note in loaded.notes
    )


def test_filters_of_eleventy_that_a_site_replaces(load: Callable[..., Loaded]) -> None:
    """By those of its own, in its configuration or in what that imports."""
    files = {
        ".eleventy.js": "const filters = require('./filters.js');\nmodule.exports = (c) => { c.addFilter('slugify', own); filters(c); };",
        "filters.js": "module.exports = (c) => { c.addNunjucksFilter('date', (d) => d); c.addFilter('x', y); };",
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
    }  # fmt: skip
    options = load(files).settings.habits.options
    assert ("date, slugify", None) == (options["filters"], options.get("filters.slugify"))


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        # as Eleventy's manual has it, and as a starter that many have begun with
        ("c.addFilter('slug', (str) => {\n  if (!str) {\n    return;\n  }\n  return slugify(str, {\n    lower: true,\n    strict: true,\n    remove: /[\"]/g,\n  });\n});",
         ("slug", "its-ab-and-c")),
        ("c.addFilter('slugify', filters.slugifyString);", ("slugify", "its-a/b-and-c")),
        ("c.addFilter('slug', (str) => slugify(str, {lower: true, locale: 'de'}));", ("slug", None)),
        ("c.addFilter('slug', (str) => slugify(str, {lower: true, remove: /[^a-z]/g}));", ("slug", None)),
    ],
)  # fmt: skip
def test_filters_of_eleventy_that_use_a_package(
    load: Callable[..., Loaded], config: str, expected: tuple[str, str | None]
) -> None:
    """What the package slugify is told to remove is known, wherever in the site's files it is told."""
    files = {
        "eleventy.config.js": f"import filters from './lib/filters.js';\nexport default (c) => {{ {config} }};\n",
        "lib/filters.js": "import {slugifyString} from './slugify.js';\nexport default { slugifyString };\n",
        "lib/slugify.js": "export const slugifyString = str => {\n  return slugify(str, {\n    replacement: '-',\n"
        "    remove: /[#,&,+()$~%.'\":*¿?¡!<>{}]/g,\n    lower: true\n  });\n};\n",
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
    }  # fmt: skip
    options = load(files).settings.habits.options
    name, made = expected
    removed = options.get(f"filters.{name}")
    assert (name, made) == (
        options["filters"],
        slug_without("It\u2019s a/b & \u201cC\u201d \u2013", removed) if removed else None,
    )


def test_filters_of_a_site_that_write_a_date(load: Callable[..., Loaded]) -> None:
    """By name, wherever their programs stand; what does anything else is none."""
    config = """import one from './lib/one.js';
      const two = (d) => moment(d).format('YYYY');
      export default (eleventyConfig) => {
        eleventyConfig.addFilter('one', one);
        eleventyConfig.addFilter('two', two);
        eleventyConfig.addFilter("three", (d) => { return DateTime.fromJSDate(d).toFormat('LL'); });
        eleventyConfig.addFilter('four', (d) => words(d));
        eleventyConfig.addFilter('five', (at) => {
          const year = at.getFullYear();
          const month = String(at.getMonth() + 1).padStart(2, '0');
          return `${year}/${month}`;
        });
        eleventyConfig.addFilter('six', (d) =>
          DateTime.fromJSDate(d, { zone: 'utc' }).toFormat(
            'yyyy'
          ));
        Object.keys(more).forEach((name) => eleventyConfig.addFilter(name, more[name]));
      };
      const more = {
        seven: (d) => {
          const at = of(d);
          return DateTime.fromJSDate(at).toFormat('yyyy');
        },
        eight: d => moment(d).format('YY'),
      };"""
    files = {
        "eleventy.config.js": config, "lib/one.js": "export default (d) => format(new Date(d), 'yyyy/MM');",
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
    }  # fmt: skip
    assert (
        "eight %y\nfive %Y/%m\none %Y/%m\nseven %Y\nsix %Y\nthree %m\ntwo %Y"
        == load(files).settings.habits.options["filters.dates"]
    )


@pytest.mark.parametrize(
    ("expected", "paths"),
    [("in", ("in/tea/a.md", "in/rice/b.md")), ("in/essays", ("in/essays/a.md", "in/essays/c/b.md"))],
)
def test_posts_of_eleventy_in_no_usual_directory(
    load: Callable[..., Loaded], refused: Callable[..., str], expected: str, paths: tuple[str, ...]
) -> None:
    """They are those that have dates, below the input directory; elsewhere, anything may have."""
    files = {
        ".eleventy.js": "module.exports = () => ({ dir: { input: 'in' } });",
        "in/_data/site.json": '{"url": "https://ink.test/"}', "old/x.md": POST, "in/about.md": "Ink\n",
    }  # fmt: skip
    assert "no posts directory found" in refused(files)
    assert expected == load({**files, **dict.fromkeys(paths, POST)}).settings.posts.path


def test_eleventys_plugin_for_several_feeds(load: Callable[..., Loaded]) -> None:
    """In a file that the configuration imports: what makes the feed of posts counts, by its collection."""
    call = "c.addPlugin(feedPlugin, {{ collection: {{ name: '{0}' }}, metadata: {{ title: 'Of {0}', base: 'https://ink.test/' }} }});"
    files = {
        "eleventy.config.js": "import feeds from './lib/feeds.js';\nexport default (c) => { feeds(c); };", "posts/a.md": POST,
        "lib/feeds.js": f"export default (c) => {{\n{call.format('docs')}\n{call.format('posts')}\n}};",
    }  # fmt: skip
    site = load(files).settings.site
    assert ("Of posts", "https://ink.test/") == (site.title, site.url)
    other = {**files, "lib/feeds.js": f"export default (c) => {{ {call.format('docs')} {call.format('notes')} }};"}
    assert "ink.test" == load({**other, "_data/site.json": '{"url": "https://ink.test"}'}).settings.site.title


def test_the_url_of_an_eleventy_site_under_two_names(load: Callable[..., Loaded], refused: Callable[..., str]) -> None:
    """One that the host gives to the build is that which is written out beside it; else nobody knows it."""
    said = "export default { url: process.env.URL, fullUrl: process.env.SITE_URL || 'https://ink.test' };"
    files = {".eleventy.js": "", "posts/a.md": POST, "_data/metadata.js": said}
    assert "https://ink.test/" == load(files).settings.site.url
    assert "_data/metadata.js:1: url is computed" in refused(
        {**files, "_data/metadata.js": "export default { url: process.env.URL };"}
    )


def test_a_directory_of_eleventys_authors(load: Callable[..., Loaded]) -> None:
    """Each has a file there, of the name by which posts call them."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "_data/authors/ada.json": '{"name": "Ada Example"}', "_data/authors/list.json": "[]", "_data/authors/b.json": "{",
    }  # fmt: skip
    assert "Ada Example" == load(files).settings.habits.options["authors.ada.name"]


def test_what_an_eleventy_site_copies(load: Callable[..., Loaded]) -> None:
    """As it lies, and where to: that is below the site without the input directory, or as a table says."""
    config = "module.exports = (c) => { c.addPassthroughCopy('./in/pics/'); c.addPassthroughCopy({ 'in/raw': '/photos', 'css': 'css' }); return { dir: { input: 'in' } }; };"
    files = {".eleventy.js": config, "in/_data/site.json": '{"url": "https://ink.test/"}', "in/posts/a.md": POST}
    assert "in/pics pics\nin/raw photos\ncss css" == load(files).settings.habits.options["passthrough"]


def test_people_of_eleventy_that_are_no_table(load: Callable[..., Loaded]) -> None:
    """A file of data that is called like people is no fault of the site's, whatever it holds."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
        "_data/authors.json": '[{"name": "Ada", "books": []}]',
    }  # fmt: skip
    assert "https://ink.test/" == load(files).settings.site.url


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # the feed's template, by a value of the data and as a text; entries have titles of their own
        ({"_data/site.js": "export default {url: 'https://ink.test', author: 'Ada', about: 'Of ink'};",
          "pages/rss.liquid": "---\npermalink: /feed.xml\n---\n<feed>{% for post in collections.posts %}{% assign last = post %}{% endfor %}\n<title>{{ site.author | escape }}</title><subtitle>{{ site.about }}</subtitle>"
          "{% for post in collections.posts %}<entry><title>{{ post.title }}</title></entry>{% endfor %}</feed>"},
         ("Ada", "Of ink", "https://ink.test/")),
        ({"_data/site.json": '{"url": "https://ink.test"}', "atom.njk": "<feed><title>Ink &amp; Co</title><subtitle>{{ f(x) }}</subtitle></feed>"},
         ("Ink & Co", "", "https://ink.test/")),
        # data of any name
        ({"_data/global.json": '{"URL": "https://ink.test", "SITENAME": "Ink"}', "_data/results.yaml": "site_url: https://ink.test/\n",
          "_data/list.json": "[1]", "_data/build.js": "module.exports = {url: process.env.URL || 'http://localhost:8080'};"},
         ("Ink", "", "https://ink.test/")),
        # which is about the whole site, and not asked by a program
        ({"_data/podcast.yml": "title: Talk\nurl: https://ink.test/talk/\n", "_data/meta.js": "export default {title: 'Ink'};",
          "_data/numbers.js": "const url = 'https://numbers.test';\nmodule.exports = () => get(url);", "package.json": '{"homepage": "https://ink.test"}'},
         ("Ink", "", "https://ink.test/")),
        # the feed's template, or the map of the site, that writes the URL before each address, wherever it lies
        ({"_layouts/feeds/rss.njk": "<rss><title>Ink</title>{% for p in all %}<item><link>https://ink.test{{ p.url }}</link></item>{% endfor %}</rss>"},
         ("Ink", "", "https://ink.test/")),
        ({"blog/rss/all.njk": "---\nsite: https://ink.test\nname: Ink\n---\n<rss><title>{{ name }}</title><link>{{ site }}{{ p.url }}</link></rss>"},
         ("Ink", "", "https://ink.test/")),
        ({"feed.njk": "<feed><title>Ink</title><id>{{ p.url | url | absoluteUrl('https://ink.test/') }}</id></feed>"},
         ("Ink", "", "https://ink.test/")),
        ({"_data/meta.json": '{"title": "Ink"}', "sitemap.xml.njk": "<urlset><loc>https://ink.test{{ item.url }}</loc></urlset>"},
         ("Ink", "", "https://ink.test/")),
        # what the feed says goes before those
        ({"_data/any.json": '{"url": "https://www.ink.test"}', "feed.njk": "---\nmetadata: {title: Ink, url: 'https://ink.test'}\n---\n<feed></feed>"},
         ("Ink", "", "https://ink.test/")),
    ],
)  # fmt: skip
def test_what_eleventys_feed_and_data_say(
    load: Callable[..., Loaded], files: Files, expected: tuple[str, str, str]
) -> None:
    """Where no data of the usual names does."""
    site = load({".eleventy.js": "", "posts/a.md": POST, **files}).settings.site
    assert expected == (site.title, site.description, site.url)


@pytest.mark.parametrize(
    ("config", "files"),
    [
        ("", ("public/atom.xml",)), ("", ("dist/atom.xml",)), ("c.setOutputDirectory('out');", ("out/feed.xml",)),
        ("return {dir: {output: './out'}};", ("out/feed.xml",)),
        ("", ("feeds/atom.xml", "feeds/.feeder.json")), ("", ("atom.xml", ".feeder.json")),
    ],
)  # fmt: skip
def test_what_is_built_says_nothing_of_eleventys_site(
    load: Callable[..., Loaded], config: str, files: tuple[str, ...]
) -> None:
    """Neither what the site builds nor what feeder wrote: a title that changes would stay what it was."""
    feed = "<feed><title>Old</title><subtitle>Of old</subtitle></feed>"
    manifest = json.dumps({"version": "1", "files": {"atom.xml": {}}})
    site = {
        ".eleventy.js": f"module.exports = (c) => {{ {config} }};", "_data/site.json": '{"url": "https://ink.test"}',
        "posts/a.md": POST, **{name: manifest if name.endswith(".json") else feed for name in files},
    }  # fmt: skip
    loaded = load(site).settings.site
    assert ("ink.test", "") == (loaded.title, loaded.description)
    assert "Old" == load({**site, "new/feed.njk": feed}).settings.site.title


@pytest.mark.parametrize(
    ("expected", "files"),
    [
        # what the feed itself is told, unless it is a theme's
        (("New", "https://new.test/", 0), {"feed.njk": "---\nmetadata: {title: New, url: 'https://new.test/'}\n---\n<feed></feed>", "CNAME": "new.test"}),
        (("Old", "https://old.test/", 0), {"feed.njk": "---\nmetadata: {title: New, url: 'https://example.com/'}\n---\n<feed></feed>"}),
        (("Old", "https://old.test/", 0), {"feed.njk": "---\ntitle: All posts\n---\n<feed></feed>"}),
        # what it puts before addresses
        (("Old", "https://new.test/", 1), {"feed.njk": "<feed><link href='{{ x.feed }}'/><link href='{{ any.url }}/feed' rel='self'/></feed>", "_data/any.json": '{"url": "https://new.test"}'}),
        # where it is
        (("Old", "https://new.test/", 0), {".eleventy.js": "module.exports = (c) => { c.addGlobalData('base', 'https://new.test'); };", "CNAME": "new.test"}),
        (("Old", "https://old.test/", 0), {".eleventy.js": "module.exports = (c) => { c.addGlobalData('base', 'https://new.test'); };", "CNAME": "www.old.test"}),
        # else nobody can tell
        (("Old", "https://old.test/", 1), {".eleventy.js": "module.exports = (c) => { c.addGlobalData('base', 'https://new.test'); };"}),
        (("Old", "https://old.test/", 0), {".eleventy.js": "module.exports = (c) => { c.addGlobalData('base', 'https://www.old.test'); };"}),
    ],
)  # fmt: skip
def test_urls_of_an_eleventy_site_that_differ(
    load: Callable[..., Loaded], expected: tuple[str, str, int], files: Files
) -> None:
    """The feed's own goes first, then that of ``CNAME``; what nothing settles is told."""
    said = {".eleventy.js": "", "_data/site.json": '{"title": "Old", "url": "https://old.test"}', "posts/a.md": POST}
    loaded = load({**said, **files})
    site = loaded.settings.site
    assert expected == (
        site.title,
        site.url,
        sum("the site's URL is taken from" in note for note in loaded.notes),
    )


def test_data_of_several_sites_are_not_chosen_from(refused: Callable[..., str]) -> None:
    """Two URLs in files of any name are none."""
    files = {
        ".eleventy.js": "",
        "_data/a.json": '{"url": "https://a.test"}',
        "_data/b.json": '{"url": "https://b.test"}',
    }
    assert "the site's URL is not known" in refused({**files, "posts/a.md": POST})


@pytest.mark.parametrize(
    ("config", "feed"),
    [
        ("c.addCollection('entries', (api) => {\n  return api.getFilteredByGlob('./in/tales/*.md');\n});", "{% for post in collections.entries %}"),
        ("c.addCollection('entries', (api) => api.getFilteredByGlob(['tales/**/*.md']));", ""),
        ("", "{% for post in collections['tales'] %}"),
    ],
)  # fmt: skip
def test_the_posts_in_eleventys_feed(load: Callable[..., Loaded], config: str, feed: str) -> None:
    """Where no directory has a usual name, those of the feed's collections are taken, by their patterns or their names."""
    files = {
        ".eleventy.js": f"module.exports = (c) => {{ {config}\n return {{dir: {{input: 'in'}}}}; }};",
        "in/_data/site.json": '{"url": "https://ink.test/"}', "in/tales/a.md": POST, "in/other/b.md": POST,
    }  # fmt: skip
    if feed:
        files["in/feed.njk"] = f"<feed>{feed}</feed>"
    assert "in/tales" == load(files).settings.posts.path


@pytest.mark.parametrize(
    ("expected", "glob", "feed"),
    [
        ("in/tales", "c.addCollection('posts', (api) => api.getFilteredByGlob('./in/tales/**/*.md'));", ""),
        ("in/tales", "c.addCollection('entries', (api) => api.getFilteredByGlob(['in/tales/*.md']));", "{% for post in collections.entries %}"),
        ("in/posts", "c.addCollection('entries', (api) => api.getFilteredByGlob('in/tales/*.md'));", ""),  # of talks, maybe
        ("in/posts", "c.addCollection('talks', (api) => api.getFilteredByGlob('in/tales/*.md'));", "{% for post in collections.all %}"),
        ("in/posts", "c.addCollection('posts', (api) => api.getFilteredByGlob('in/**/*.md'));", ""),
        ("in/posts", "c.addCollection('posts', (api) => api.getFilteredByGlob(['in/tales/*.md', 'in/posts/*.md']));", ""),
        ("in/posts", "c.addCollection('posts', (api) => api.getFilteredByGlob('in/gone/*.md'));", ""),
        ("in/posts", "c.addCollection('posts', (api) => api.getFilteredByGlob('in/empty/*.md'));", ""),
    ],
)  # fmt: skip
def test_patterns_of_eleventys_posts_go_before_names(
    load: Callable[..., Loaded], expected: str, glob: str, feed: str
) -> None:
    """What the configuration names by one pattern for the feed's collection is sure; a directory may be left over."""
    files = {
        ".eleventy.js": "const own = require('./own.js');\nmodule.exports = (c) => { own(c); return {dir: {input: 'in'}}; };",
        "own.js": f"module.exports = (c) => {{ {glob} }};", "in/_data/site.json": '{"url": "https://ink.test/"}',
        "in/tales/a.md": POST, "in/posts/b.md": POST, "in/empty/c.txt": "",
    }  # fmt: skip
    if feed:
        files["in/feed.njk"] = f"<feed>{feed}</feed>"
    assert expected == load(files).settings.posts.path


@pytest.mark.parametrize(
    ("plugins", "options", "expected"),
    [
        ((), "", ("commonmark", False, None)), (("deflist",), "", ("definitions", False, None)),
        ((), "typographer: true, breaks: true", ("smartypants", True, None)),
        (("deflist", "attrs", "emoji"), "typographer: true", ("goldmark", False, "attrs, emoji")),
        (("mark",), "// breaks: true", ("markdown-it", False, None)),
    ],
)  # fmt: skip
def test_the_markdown_of_eleventy(
    load: Callable[..., Loaded], plugins: tuple[str, ...], options: str, expected: tuple[str, bool, str | None]
) -> None:
    """The plug-ins are those that the site installs, the options stand in its configuration or in what that imports."""
    files = {
        "eleventy.config.js": "import md from './lib/md.js';\nexport default (c) => { c.setLibrary('md', md); };",
        "lib/md.js": f"export default markdownIt({{\n  html: true,\n  {options}\n}});",
        "package.json": json.dumps({"devDependencies": {f"markdown-it-{name}": "1" for name in plugins}}),
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
    }  # fmt: skip
    settings = load(files).settings
    assert expected == (
        settings.markdown.flavor,
        settings.markdown.breaks,
        settings.habits.options.get("markdown-it"),
    )


@pytest.mark.parametrize(
    ("expected", "config"),
    [
        (False, "import own from './lib/own.js';\nexport default (c) => { c.addPairedShortcode('note', own); };"),
        (False, "import own from './lib/own.js';\nimport lib from './lib/md.js';\nexport default (c) => {\n  c.setLibrary('md', lib)\n  c.addFilter('note', own)\n};"),
        (False, "import own from './lib/own.js';\nexport default (c) => {\n  const md = markdownIt({ html: true })\n    .use(x)\n  c.setLibrary('md', md)\n  c.addFilter('note', own)\n};"),
        (True, "import own from './lib/own.js';\nexport default (c) => { c.setLibrary('md', own); };"),
        (True, "import own from './lib/own.js';\nexport default (c) => {\n  const md = own()\n    .use(x)\n  c.setLibrary('md', md)\n};"),
        (True, "module.exports = (c) => { c.setLibrary('md', require('./lib/own.js')); };"),
        (True, "import lib from './lib/outer.js';\nexport default (c) => { c.amendLibrary('md', lib); };"),
        (True, "import plugin from './lib/plugin.js';\nexport default (c) => { c.addPlugin(plugin); };"),
        (True, "export default (c) => { c.setLibrary('md', markdownIt({ typographer: true, breaks: true }).enable('code')); };"),
    ],
)  # fmt: skip
def test_whose_options_eleventys_markdown_has(load: Callable[..., Loaded], config: str, *, expected: bool) -> None:
    """Those of what is handed to Eleventy for its library; those that a shortcode or a filter has to itself are its own."""
    made = "markdownIt({ typographer: true, breaks: true }).enable('code')"
    settings = load({
        "eleventy.config.js": config, "lib/own.js": f"export default {made};", "lib/md.js": "export default markdownIt({ html: true });",
        "lib/outer.js": "import own from './own.js';\nexport default own;",
        "lib/plugin.js": f"export default (c) => {{ c.setLibrary('md', {made}); }};",
        "_data/site.json": '{"url": "https://ink.test/"}', "posts/a.md": POST,
    }).settings  # fmt: skip
    assert ("smartypants" if expected else "commonmark", expected) == (
        settings.markdown.flavor,
        settings.markdown.breaks,
    )
    assert ("true" if expected else None) == settings.habits.options.get("markdown.code")


def test_the_data_of_eleventys_site_in_bodies(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """A URL is what the data say, with its path; so is anything else that the site says of itself."""
    write(".eleventy.js", "module.exports = () => ({});")
    write("_data/site.json", '{"url": "https://ink.test/tea", "title": "Ink", "links": {"mood": "calm"}}')
    text = "![]({{ site.url }}/cup.png) {{ site.links.mood | upcase }}{{ site.other }}"
    made = build({"a.md": f"---\ntitle: A\ndate: 2024-01-31\n---\n{text}\n"}, "site: {dialect: eleventy}", url=None)
    (item,) = json.loads(next(one.data for one in made.artifacts if one.path == "feed.json"))["items"]
    assert '<p><img src="https://ink.test/tea/cup.png" alt=""> CALM</p>' == item["content_html"].strip()
    assert ["removed unknown tag: {{ site.other }} (line 5)"] == [
        found.message for found in made.problems if found.code == "unknown-tag"
    ]


def test_attributes_in_eleventys_markdown(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """With markdown-it-attrs, what stands in braces behind a link, or at the end of a block, is no text; code and other braces are."""
    write("package.json", '{"devDependencies": {"markdown-it-attrs": "4", "@11ty/eleventy": "3"}}')
    text = '# Head {#id}\n\n[a](/b){target="_blank"} of {x} `c{.d}`\n\n{.wide}\n'
    made = build(
        {"posts/a.md": f"---\ntitle: A\ndate: 2024-01-31\n---\n{text}"},
        "site: {dialect: eleventy}",
        url="https://ink.test/",
    )
    (item,) = json.loads(next(one.data for one in made.artifacts if one.path == "feed.json"))["items"]
    assert (
        '<h1>Head</h1>\n<p><a href="https://ink.test/b">a</a> of {x} <code>c{.d}</code></p>'
        == item["content_html"].strip()
    )


def test_addresses_of_directories_of_eleventy(load: Callable[..., Loaded]) -> None:
    """What directories say under the names that addresses are made of is known to each post; those without posts harm nobody."""
    files = {
        ".eleventy.js": "", "_data/site.json": '{"url": "https://ink.test/"}',
        "posts/posts.json": '{"lang": "de", "permalink": "/{{ lang }}/{{ page.fileSlug }}/"}', "posts/a.md": POST,
        "posts/en/en.json": '{"lang": "en"}', "posts/en/b.md": POST,
        "posts/none/none.11tydata.js": "module.exports = {permalink: (data) => make(data)};",
    }  # fmt: skip
    habits = load(files).settings.habits
    assert {"": "/{{ lang }}/{{ page.fileSlug }}/"} == habits.permalinks
    assert [("posts/en", "en"), ("posts", "de")] == [
        (one.below, one.fields["lang"].text) for one in habits.bequests if isinstance(one.fields["lang"], Scalar)
    ]


def test_what_eleventys_plugin_for_feeds_is_told(load: Callable[..., Loaded]) -> None:
    """Where no data says it."""
    text = """export default function (c) {
      c.addPlugin(feedPlugin, {type: "atom", metadata: {language: "de", title: "Ink", base: "https://ink.test/", author: {name: "Ada"}}});
    }"""
    site = load({"eleventy.config.js": text, "posts/a.md": POST}).settings.site
    assert ("https://ink.test/", "Ink", "de", (Author("Ada"),)) == (site.url, site.title, site.language, site.author)


@pytest.mark.parametrize(
    "given",
    [
        "{ title: 'Ink', url: 'https://ink.test/', language: 'de', author: { name: 'Ada' } }",
        "() => ({ title: 'Ink', url: 'https://ink.test/', language: 'de', author: 'Ada' })",
        "facts",
    ],
)
def test_what_eleventys_configuration_gives_all_pages(load: Callable[..., Loaded], given: str) -> None:
    """It is data as that in files is, which win."""
    text = f"""const facts = {{ title: 'Ink', url: 'https://ink.test/', language: 'de', author: 'Ada' }};
    export default function (c) {{
      c.addGlobalData('year', () => new Date().getFullYear());
      c.addGlobalData("metadata", {given});
      return {{ dir: {{ input: '.' }} }};
    }}"""
    files = {"eleventy.config.js": text, "posts/a.md": POST}
    site = load(files).settings.site
    assert ("https://ink.test/", "Ink", "de", (Author("Ada"),)) == (site.url, site.title, site.language, site.author)
    assert "Paper" == load({**files, "_data/metadata.json": '{"title": "Paper"}'}).settings.site.title


def test_a_url_that_eleventys_configuration_computes_is_refused(refused: Callable[..., str]) -> None:
    """In the data of all pages, too."""
    text = "export default (c) => {\n  c.addGlobalData('site', { url: `https://${host}/` });\n};\n"
    assert "eleventy.config.js:2" in refused({"eleventy.config.js": text, "posts/a.md": POST})


def test_the_blog_in_documentation_by_starlight(load: Callable[..., Loaded]) -> None:
    """It lies among the pages, which are below the site's root; pages are no posts."""
    files = {
        "astro.config.mjs": """const site = 'https://ink.test';
            export default defineConfig({ site, integrations: [starlight({ title: 'Ink', plugins: [starlightBlog({
              prefix: 'log', authors: {ada: {name: 'Ada', url: 'https://ada.test/'}} })] })] });""",
        "src/content/docs/log/a.md": POST,
        "src/content/docs/guide.md": POST,
    }
    settings = load(files).settings
    assert ("src/content/docs/log", "Ink", {"": "/log/:id/"}) == (
        settings.posts.path, settings.site.title, settings.habits.permalinks,
    )  # fmt: skip
    assert "Ada" == settings.habits.options["authors.ada.name"]


def test_pages_of_documentation_are_no_posts(refused: Callable[..., str]) -> None:
    """A site by Starlight may have no blog."""
    files = {"astro.config.mjs": "export default {site: 'https://ink.test'}", "src/content/docs/guide.md": POST}
    assert "no posts directory found" in refused(files)


def test_posts_are_where_a_loader_reads_them(load: Callable[..., Loaded]) -> None:
    """And at the only page that is made of what it is given."""
    files = {
        "astro.config.mjs": "export default {site: 'https://ink.test'}",
        "src/content.config.ts": """const OTHER = 'data/other';
            export const collections = {
              logs: defineCollection({loader: glob({base: `./data/${LOGS}`, pattern: '**/*.md'})}),
              mine: defineCollection({loader: file('x.json')}) };""",
        "src/consts.ts": "export const LOGS = 'log-book';",
        "src/pages/[...page].astro": "",
        "src/pages/tags/[tag].astro": "",
        "src/pages/entries/[slug]/index.astro": "",
        "data/log-book/a.md": POST,
    }
    settings = load(files).settings
    assert ("data/log-book", {"": "/entries/:id/"}) == (settings.posts.path, settings.habits.permalinks)


@pytest.mark.parametrize(
    ("homepage", "known"),
    [("https://ink.test/", "yes"), ("https://github.com/ada/ink#readme", ""), ("https://github.com/ada/ink", "")],
)  # fmt: skip
def test_eleventys_home_page(
    load: Callable[..., Loaded], refused: Callable[..., str], homepage: str, known: str
) -> None:
    """That of package.json counts where no data tells the URL, unless it is that of the code."""
    files = {".eleventy.js": "", "package.json": f'{{"homepage": "{homepage}"}}', "src/posts/a.md": POST}
    if known:
        assert (homepage, "src/posts") == (load(files).settings.site.url, load(files).settings.posts.path)
    else:
        assert "the site's URL is not known" in refused(files)


@pytest.mark.parametrize("value", ["/etc", "../x", "~", "a:b"])
def test_directories_outside_the_site_are_not_taken(load: Callable[..., Loaded], value: str) -> None:
    """What another program's configuration names is looked for within the site."""
    settings = load({"_config.yml": f"url: https://a.test\nsource_dir: {value}\n", "posts/a.md": POST}).settings
    assert ("posts", ("static",)) == (settings.posts.path, settings.site.assets)


@pytest.mark.parametrize("name", ["hexo", "jekyll", "hugo", "eleventy", "astro", "docusaurus", "pelican"])
def test_a_dialect_without_its_configuration_has_its_rules(
    tmp_path: Path, write: Callable[..., Path], name: str
) -> None:
    """Posts of a generator whose configuration is elsewhere are read as its posts."""
    write("posts/2024-01-31-a.md", POST)
    write("feeder.yml", f"site: {{dialect: {name}, url: 'https://a.test/'}}\n")
    assert name == config.load(Options(), {}, tmp_path).settings.site.dialect


def test_astro_may_have_emoji(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """By their names, where a plug-in reads them; else they are text."""
    post = {"a.md": "---\ndate: 2024-01-31\n---\n:tada: at 10:30:00\n"}
    for script, expected in (("import e from 'remark-emoji';\n", "\U0001f389"), ("", ":tada:")):
        write("astro.config.mjs", f"{script}export default {{ markdown: {{}} }};\n")
        made = build(post, "site: {dialect: astro}", url="https://ink.test/")
        (item,) = json.loads(next(one.data for one in made.artifacts if one.path == "feed.json"))["items"]
        assert f"<p>{expected} at 10:30:00</p>" == item["content_html"].strip()


def test_astro_may_have_directives(build: Callable[..., Build], write: Callable[..., Path]) -> None:
    """Where the configuration has remark-directive, those of a line, or within one, stand for what they name, or are told."""
    write(
        "astro.config.mjs", "import d from 'remark-directive';\nexport default { markdown: { remarkPlugins: [d] } };\n"
    )
    text = (
        '::github{repo="ada/tea"}\n\n::youtube[A *cup*]{#01ab2cd3efg}\n\nA :kbd[Ctrl] at 10:30, :smile: :odd[one]{a=b} '
        "and `:kbd[x]`.\n\n::unheard-of{x=1}\n"
    )
    made = build({"a.md": f"---\ndate: 2024-01-31\n---\n{text}"}, "site: {dialect: astro}", url="https://ink.test/")
    html = json.loads(made.documents[-1].data)["items"][0]["content_html"]
    assert '<a href="https://github.com/ada/tea">' in html
    assert '<a href="https://www.youtube.com/watch?v=01ab2cd3efg">' in html
    assert "<p>A <kbd>Ctrl</kbd> at 10:30, :smile: one and <code>:kbd[x]</code>.</p>" in html
    assert "::" not in html
    said = "removed unknown tags: ::unheard-of{x=1} (line 10), :odd[one]{a=b} (line 8)"
    assert [said] == [item.message for item in made.problems]


@pytest.mark.parametrize(
    "said",
    ["import os\nif os.environ.get('PUBLISH') == 'true':\n    SITEURL = 'https://ink.test'\n",
     "SITEURL = ''\nREAL = 'https://ink.test'\nif not LOCAL:\n    SITEURL = REAL\n",
     "if LOCAL:\n    SITEURL = 'http://localhost:8000'\nelse:\n    SITEURL = 'https://ink.test'\n",
     "SITEURL = 'https://ink.test' if publish() else 'http://localhost:8000'\n"],
)  # fmt: skip
def test_the_one_url_of_a_condition_in_python(load: Callable[..., Loaded], said: str) -> None:
    """Whatever the condition, the other value is nobody's, or none."""
    assert "https://ink.test/" == load({"pelicanconf.py": said, "content/a.md": POST}).settings.site.url


@pytest.mark.parametrize(
    "step",
    ["pelican --extra-settings SITEURL='\"https://ink.test\"'", 'pelican content -e SITEURL=\\"https://ink.test/\\"',
     "SITEURL=https://ink.test make publish", 'siteurl: "https://ink.test"', "SITEURL='\"http://localhost\"'\nSITEURL=https://ink.test"],
)  # fmt: skip
@pytest.mark.parametrize("own", ["", "SITEURL = 'http://localhost:8000'\n", "SITEURL = url()\n"])
def test_pelican_may_be_given_the_url_where_a_site_is_deployed(
    load: Callable[..., Loaded], refused: Callable[..., str], step: str, own: str
) -> None:
    """A workflow says it where the configuration does not; what it computes, and one URL of two, are not taken."""
    files = {"pelicanconf.py": own + "SITENAME = 'A'\n", "content/a.md": POST}
    loaded = load({**files, ".github/workflows/deploy.yaml": f"run: |\n  {step}\n"})
    assert "https://ink.test/" == loaded.settings.site.url
    assert "site.url is https://ink.test/, from .github/workflows/deploy.yaml" in loaded.details
    for other in (f"{step}\nSITEURL=https://preview.test", "SITEURL=${{ env.URL }}", "SITEURL=https://${HOST}/a"):
        assert "site's URL is not known" in refused({**files, ".github/workflows/deploy.yaml": f"run: |\n  {other}\n"})


def test_a_description_of_pelican_may_be_markdown(load: Callable[..., Loaded]) -> None:
    """Themes hand it to a filter for Markdown; a feed's has no signs."""
    said = "SITEURL = 'https://a.test'\nSITEDESCRIPTION = 'I work at [Mobe](https://m.test) on *tea* & <b>cups</b>'\n"
    assert (
        "I work at Mobe on tea & cups" == load({"pelicanconf.py": said, "content/a.md": POST}).settings.site.description
    )


@pytest.mark.parametrize(
    ("more", "flavor"),
    [("", "python-markdown"), ("MYST_DOCUTILS_SETTINGS = {'myst_heading_anchors': 7}\n", "commonmark"),
     ("TYPOGRIFY = True\nMYST_FORCE_SPHINX = True\n", "smartypants")],
)  # fmt: skip
def test_posts_of_pelican_may_be_in_myst(load: Callable[..., Loaded], more: str, flavor: str) -> None:
    """Which is CommonMark, and told by its options."""
    files = {"pelicanconf.py": f"SITEURL = 'https://a.test'\n{more}", "content/a.md": POST}
    assert flavor == load(files).settings.markdown.flavor


@pytest.mark.parametrize(
    ("files", "content"),
    [({"Makefile": "BASEDIR=$(CURDIR)\nINPUTDIR=$(BASEDIR)/notes\n", "notes/a.md": POST, "content/a.md": POST}, "notes"),
     ({"Makefile": "INPUTDIR=$(BASEDIR)/../notes\n", "content/a.md": POST}, "content"),
     ({"pelicanconf.py": "ARTICLE_PATHS = ['content']\n", "content/2024/a.md": POST, "pages/a.md": POST}, "."),
     ({"pelicanconf.py": "ARTICLE_PATHS = ['blog']\n", "content/blog/a.md": POST, "blog/a.md": POST}, "content"),
     ({"pelicanconf.py": "PATH = 'content'\n", "Makefile": "INPUTDIR=$(BASEDIR)/notes\n", "notes/a.md": POST, "content/a.md": POST}, "content"),
     ({"a.md": POST}, ".")],
)  # fmt: skip
def test_where_pelican_is_told_its_content(load: Callable[..., Loaded], files: Files, content: str) -> None:
    """Without a `PATH`, a Makefile says it, else the paths of articles do, which begin in the site's directory."""
    said = "SITEURL = 'https://a.test'\n" + files.get("pelicanconf.py", "")
    assert content == load({**files, "pelicanconf.py": said}).settings.posts.path


def test_addresses_that_a_plug_in_of_pelican_makes_are_told(load: Callable[..., Loaded]) -> None:
    """Its file is named, if the site uses it, and it is only read; nothing is looked at outside the site."""
    sets = (
        "raise SystemExit\nimport os\ndef f(article):\n    article.override_save_as = article.override_url = 'til/'\n"
    )
    plugins = "PLUGIN_PATHS = ['plugins', '/etc', '..']\nPLUGINS = ['til_urls', 'single', 'other']\n"
    files = {
        "pelicanconf.py": PELICAN["pelicanconf.py"] + plugins,
        "plugins/til_urls/__init__.py": sets, "plugins/single.py": sets, "plugins/unused.py": sets,
        "plugins/other/__init__.py": "",
    }  # fmt: skip
    notes = load({**PELICAN, **files}).notes
    assert ["plugins/single.py", "plugins/til_urls/__init__.py"] == [note.partition(":")[0] for note in notes]
    assert "override_save_as" in notes[0]


def test_a_site_without_a_url_is_named(refused: Callable[..., str]) -> None:
    """The message says whose site it is by which file, since that lacks the URL."""
    said = refused({"_config.yml": "baseurl: /x\n", "_posts/2024-01-31-a.md": POST, "_layouts/a.html": ""})
    last = said.splitlines()[-1]
    assert ["jekyll", "_config.yml", "no URL"] == [word for word in ("jekyll", "_config.yml", "no URL") if word in last]


def test_a_pattern_is_told_once(load: Callable[..., Loaded]) -> None:
    """What Jekyll excludes anywhere is one pattern, if it does not begin with any directory."""
    config = "url: https://a.test\nexclude: ['*.nix', '**/*.toml']\n"
    files = {"_config.yml": config, "_posts/2024-01-31-a.md": POST, "_layouts/a.html": ""}
    assert ("*.nix", "**/*.toml", "*.toml") == load(files).settings.posts.exclude
