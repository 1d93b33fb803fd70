"""Docusaurus: ``@docusaurus/core`` and its classic preset from npm. Its blog is loaded and not built, which takes minutes."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING

from . import node
from .contract import Item, Peer, items_from_json, lay, run

if TYPE_CHECKING:
    from pathlib import Path

_SCRIPT = """process.env.NODE_ENV = 'production';
process.env.BABEL_ENV = 'production';
const fs = require('fs');
const path = require('path');
const {loadSite} = require('@docusaurus/core/lib/server/site');
const {applyTrailingSlash} = require('@docusaurus/utils-common');
(async () => {
  const {props} = await loadSite({siteDir: process.cwd()});
  const blogs = props.plugins.filter(plugin => plugin.name === 'docusaurus-plugin-content-blog').slice(0, 1);
  const items = blogs.flatMap(plugin => plugin.content.blogPosts.filter(post => !post.metadata.unlisted).map(({metadata}) => ({
    path: metadata.source.replace('@site/', ''),
    title: metadata.title,
    link: new URL(applyTrailingSlash(metadata.permalink, props.siteConfig), props.siteConfig.url).href,
    date: new Date(metadata.date).toISOString(),
    categories: [],
    tags: metadata.tags.map(tag => tag.label),
    html: '',
  })));
  fs.writeFileSync('peers.json', JSON.stringify(items));
  process.exit(0);
})().catch(error => { console.error(error); process.exit(1); });
"""


def _items(site: Path) -> list[Item]:
    node.link(site, "@docusaurus/core")
    lay(site / "peers.cjs", _SCRIPT)
    run(["node", "--preserve-symlinks", "peers.cjs"], site)
    return items_from_json(json.loads((site / "peers.json").read_text(encoding="utf-8")))


DOCUSAURUS = Peer("docusaurus", functools.partial(node.version, "@docusaurus/core"), _items)
