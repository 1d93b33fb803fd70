"""Pelican, with a reader for YAML front matter: its own knows one category and no lists."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from ..scenarios import URL
from .contract import Peer, program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..scenarios import Site

# Categories are Pelican's tags, since a post has one category there.
_READER = """from pathlib import Path

import yaml
from markdown import Markdown
from pelican.readers import MarkdownReader


class FrontMatterReader(MarkdownReader):
    def __init__(self, settings):
        super().__init__(settings)
        self._markdown = Markdown(extensions=["extra"])

    def read(self, source_path):
        _, head, body = Path(source_path).read_text(encoding="utf-8").split("---\\n", 2)
        keys = yaml.load(head, yaml.CSafeLoader)
        fields = {
            "title": keys["title"],
            "date": str(keys["date"]),
            "author": keys["author"],
            "tags": keys["categories"],
            "summary": keys["description"],
        }
        metadata = {name: self.process_metadata(name, value) for name, value in fields.items()}
        return self._markdown.reset().convert(body), metadata
"""


def _prepare(site: Site) -> Sequence[str | Path]:
    limit, categories, _ = site.scenario
    settings: dict[str, object] = {
        "SITENAME": "Bench",
        "SITEURL": URL.rstrip("/"),
        "TIMEZONE": "UTC",
        "DEFAULT_LANG": "en",
        "FEED_MAX_ITEMS": limit or None,
        "FEED_ALL_RSS": "rss.xml",
        "TAG_FEED_RSS": "categories/{slug}.xml" if categories else None,
        "RSS_FEED_SUMMARY_ONLY": False,
        "SLUGIFY_SOURCE": "basename",
        "CACHE_CONTENT": site.cached,
        "LOAD_CONTENT_CACHE": site.cached,
        "CACHE_PATH": str(site.cache),
        # All that is not a feed.
        **dict.fromkeys(["FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM", "AUTHOR_FEED_ATOM"]),
        "AUTHOR_FEED_RSS": None,
        **dict.fromkeys(["ARTICLE_SAVE_AS", "AUTHOR_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS"], ""),
        "DIRECT_TEMPLATES": [],
        "PAGE_PATHS": [],
        "STATIC_PATHS": [],
        "THEME_STATIC_PATHS": [],
    }
    lines = [
        _READER,
        'READERS = {"md": FrontMatterReader}',
        *(f"{name} = {value!r}" for name, value in settings.items()),
    ]
    configuration = site.write("pelicanconf.py", "\n".join(lines))
    return [program("pelican"), site.posts, "-s", configuration, "-o", site.output, "-q"]


def _version() -> str:
    try:
        return version("pelican") if program("pelican") else ""
    except PackageNotFoundError:
        return "?"


PELICAN = Peer("pelican", _prepare, _version)
