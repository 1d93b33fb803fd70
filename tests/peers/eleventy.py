"""Eleventy: ``@11ty/eleventy`` from npm."""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING

from . import node
from .contract import Item, Peer, items_from_json, lay, run

if TYPE_CHECKING:
    from pathlib import Path

# Whatever the site's configuration says of its input directory, this one is asked for by it.
_TEMPLATE = """module.exports = class {
  data() {
    return {permalink: '/peers.json', eleventyExcludeFromCollections: true};
  }
  render({collections, metadata, site}) {
    const base = (metadata || site || {url: ''}).url;
    return JSON.stringify(collections.all.filter(one => one.url).map(one => ({
      path: one.inputPath.replace(/^\\.\\//, ''),
      title: String(one.data.title ?? ''),
      link: new URL(this.url(one.data.page.url), base).href,
      date: one.date.toISOString(),
      categories: [],
      tags: (one.data.tags || []).filter(tag => !['all', 'post', 'posts'].includes(tag)).map(String),
      html: one.templateContent,
    })));
  }
};
"""


def _items(site: Path) -> list[Item]:
    node.link(site, "@11ty/eleventy")
    lay(_input(site) / "peers.11ty.cjs", _TEMPLATE)
    named = re.search(r"--config=\S+\.\w+", (site / "package.json").read_text(encoding="utf-8"))
    run(["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet", *([named[0]] if named else [])], site)
    return items_from_json(json.loads(next(site.rglob("peers.json")).read_text(encoding="utf-8")))


def _input(site: Path) -> Path:
    """Return the directory that the site's posts are below."""
    return next((path for path in (site / "src", site / "content") if path.is_dir()), site)


ELEVENTY = Peer("eleventy", functools.partial(node.version, "@11ty/eleventy"), _items)
