"""The programs that are measured, each doing the same work: RSS feeds of the same posts, and no pages."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SITE = "https://bench.example/"


class Scenario(NamedTuple):
    """What is built: how many posts a feed holds (0 for all), and whether each category has one."""

    limit: int
    categories: bool


SCENARIOS: Mapping[str, Scenario] = {
    "a": Scenario(20, categories=False),
    "b": Scenario(0, categories=False),
    "c": Scenario(20, categories=True),
}
"""a: the site's feed, newest 20. b: every post, full text, one feed. c: a feed per category, 20 each."""


class Peer(NamedTuple):
    """A program: ``prepare`` writes its site around the posts and returns the command that builds it."""

    name: str
    prepare: Callable[[Path, Path, Scenario], Sequence[str | Path]]
    installed: Callable[[], bool]


def _feeder(site: Path, posts: Path, scenario: Scenario) -> Sequence[str | Path]:
    feeds = f"{{formats: [rss], limit: {scenario.limit}, categories: {str(scenario.categories).lower()}}}"
    (site / "feeder.yml").write_text(f"site: {{url: '{SITE}', title: Bench}}\nfeeds: {feeds}\n", encoding="utf-8")
    return [sys.executable, "-m", "feeder", "build", posts, "-o", site / "public", "-q"]


def _hugo(site: Path, posts: Path, scenario: Scenario) -> Sequence[str | Path]:
    kinds = ["section", "sitemap", "robotsTXT", "404", *([] if scenario.categories else ["taxonomy", "term"])]
    lines = [
        f"baseURL = '{SITE}'",
        "title = 'Bench'",
        f"contentDir = '{posts}'",
        f"disableKinds = {kinds}",
        f"services.rss.limit = {scenario.limit or -1}",
        "taxonomies.category = 'categories'",
        f"outputs = {{home = ['RSS'], page = [], section = [], taxonomy = [], term = {['RSS'] if scenario.categories else []}}}",
        "markup.goldmark.renderer.unsafe = true",
    ]
    (site / "hugo.toml").write_text("\n".join(lines), encoding="utf-8")
    layout = site / "layouts" / "_default"
    layout.mkdir(parents=True, exist_ok=True)
    (layout / "rss.xml").write_text(_HUGO_LAYOUT, encoding="utf-8")
    return [_program("hugo"), "--source", site, "--destination", site / "public", "--quiet", "--noBuildLock"]


_HUGO_LAYOUT = """{{- $pages := .Site.RegularPages -}}
{{- if eq .Kind "term" }}{{ $pages = .Pages }}{{ end -}}
{{- $limit := .Site.Config.Services.RSS.Limit -}}
{{- if ge $limit 1 }}{{ $pages = $pages | first $limit }}{{ end -}}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{{ .Site.Title }}</title>
<link>{{ .Permalink }}</link><description>Bench</description>
{{ range $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
{{ range .Params.categories }}<category>{{ . }}</category>{{ end }}
<description>{{ .Description | transform.XMLEscape }}</description>
<content:encoded>{{ .Content | transform.XMLEscape }}</content:encoded></item>
{{ end }}</channel></rss>
"""


def _pelican(site: Path, posts: Path, scenario: Scenario) -> Sequence[str | Path]:
    limit = scenario.limit or None
    (site / "pelicanconf.py").write_text(
        f"SITENAME = 'Bench'\nSITEURL = '{SITE.rstrip('/')}'\nPATH = {str(posts)!r}\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\n"
        f"FEED_MAX_ITEMS = {limit}\nFEED_ALL_RSS = 'rss.xml'\nFEED_ALL_ATOM = CATEGORY_FEED_ATOM = None\nRSS_FEED_SUMMARY_ONLY = False\n"
        f"CATEGORY_FEED_RSS = {'categories/{slug}.xml' if scenario.categories else None!r}\nTRANSLATION_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\nDIRECT_TEMPLATES = []\nARTICLE_SAVE_AS = AUTHOR_SAVE_AS = ''\n"
        "CATEGORY_SAVE_AS = TAG_SAVE_AS = ''\nSLUGIFY_SOURCE = 'basename'\n",
        encoding="utf-8",
    )
    return [_program("pelican"), posts, "-s", site / "pelicanconf.py", "-o", site / "public", "-q"]


def _naive(site: Path, posts: Path, scenario: Scenario) -> Sequence[str | Path]:
    script = Path(__file__).with_name("naive.py")
    return [sys.executable, script, posts, site / "public", str(scenario.limit), str(int(scenario.categories))]


def _program(name: str) -> str:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name) or name


def _here(name: str) -> Callable[[], bool]:
    return lambda: Path(_program(name)).exists()


PEERS: Mapping[str, Peer] = {
    "feeder": Peer("feeder", _feeder, lambda: True),
    "hugo": Peer("hugo", _hugo, _here("hugo")),
    "naive": Peer("naive", _naive, lambda: True),
    "pelican": Peer("pelican", _pelican, _here("pelican")),
}
"""Name in ``--peers`` -> peer."""
