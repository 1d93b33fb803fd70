"""Jekyll, with a layout for RSS and a generator that makes the feeds: its feed plug-in writes Atom only."""

from __future__ import annotations

import functools
import json
import subprocess
from typing import TYPE_CHECKING

from ..scenarios import URL
from .contract import Peer, program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ..scenarios import Site

_LAYOUT = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{{ site.title }}</title><link>{{ site.url }}/</link><description>Bench</description>
{% for post in page.entries %}<item><title>{{ post.title | xml_escape }}</title>
<link>{{ post.url | absolute_url }}</link><guid>{{ post.url | absolute_url }}</guid>
<pubDate>{{ post.date | date_to_rfc822 }}</pubDate>
{% for category in post.categories %}<category>{{ category | xml_escape }}</category>{% endfor %}
<description>{{ post.description | xml_escape }}</description>
<content:encoded>{{ post.content | xml_escape }}</content:encoded></item>
{% endfor %}</channel></rss>
"""

_GENERATOR = """class Feeds < Jekyll::Generator
  def generate(site)
    entries = site.collections["entries"].docs.sort_by { |entry| entry.date }.reverse
    feed(site, "", "rss.xml", entries)
    return unless site.config["category_feeds"]
    groups = Hash.new { |all, name| all[name] = [] }
    entries.each { |entry| entry.data["categories"].each { |name| groups[name] << entry } }
    groups.each { |name, group| feed(site, "categories", "#{Jekyll::Utils.slugify(name)}.xml", group) }
  end

  def feed(site, directory, name, entries)
    limit = site.config["feed_limit"]
    page = Jekyll::PageWithoutAFile.new(site, site.source, directory, name)
    page.data["layout"] = "rss"
    page.data["entries"] = limit.zero? ? entries : entries.first(limit)
    site.pages << page
  end
end
"""


def _prepare(site: Site) -> Sequence[str | Path]:
    limit, categories, _ = site.scenario
    configuration = {
        "title": "Bench",
        "url": URL.rstrip("/"),
        "timezone": "UTC",
        "collections": {"entries": {"output": False}},
        # Neither runs templates in bodies nor colours code: no peer does.
        "defaults": [{"scope": {"path": ""}, "values": {"render_with_liquid": False}}],
        "kramdown": {"syntax_highlighter": None, "syntax_highlighter_opts": {"disable": True}},
        "excerpt_separator": "",
        "exclude": ["cache", "public"],
        "cache_dir": "cache",
        "feed_limit": limit,
        "category_feeds": categories,
    }
    site.write("_config.yml", json.dumps(configuration))
    site.write("_layouts/rss.xml", _LAYOUT)
    site.write("_plugins/feeds.rb", _GENERATOR)
    entries = site.directory / "_entries"
    if not entries.exists():
        entries.symlink_to(site.posts)
    cache = [] if site.cached else ["--disable-disk-cache"]
    return [program("jekyll"), "build", "-s", site.directory, "-d", site.output, "--quiet", *cache]


@functools.cache
def _version() -> str:
    if not program("jekyll"):
        return ""
    return subprocess.run([program("jekyll"), "--version"], capture_output=True, text=True, check=True).stdout.split()[
        -1
    ]


JEKYLL = Peer("jekyll", _prepare, _version)
