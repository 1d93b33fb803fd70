"""Hexo: ``hexo`` with ``hexo-renderer-marked`` from npm."""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING

from . import node
from .contract import Item, Peer, items_from_json, lay, run

if TYPE_CHECKING:
    from pathlib import Path

_SCRIPT = """hexo.extend.generator.register('peers', locals => ({
  path: 'peers.json',
  data: JSON.stringify(locals.posts.toArray().map(post => ({
    path: 'source/' + post.source,
    title: post.title,
    link: post.permalink,
    date: post.date.toISOString(true),
    categories: post.categories.toArray().map(one => one.name),
    tags: post.tags.toArray().map(one => one.name),
    html: post.content,
  }))),
}));
"""
_ZONE = re.compile(r"^timezone: *['\"]?(\w[^\s'\"]*)", re.MULTILINE)


def _items(site: Path) -> list[Item]:
    node.link(site, "hexo")
    packages = ["hexo", "hexo-renderer-marked"]
    lay(site / "package.json", json.dumps({"name": "site", "hexo": {}, "dependencies": dict.fromkeys(packages, "*")}))
    lay(site / "scripts/peers.js", _SCRIPT)
    configuration = (site / "_config.yml").read_text(encoding="utf-8")
    zone = _ZONE.search(configuration)
    # Hexo makes addresses of dates in the machine's zone, which is the author's own.
    run(["node", "node_modules/hexo/bin/hexo", "generate", "--bail"], site, zone[1] if zone else "UTC")
    found = next(site.rglob("peers.json"))
    return items_from_json(json.loads(found.read_text(encoding="utf-8")))


HEXO = Peer("hexo", functools.partial(node.version, "hexo"), _items)
