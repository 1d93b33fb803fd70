"""Astro: ``astro`` from npm, with ``@astrojs/mdx`` where a site asks for it."""

from __future__ import annotations

import functools
import json
import re
from typing import TYPE_CHECKING, Any

from . import node
from .contract import Item, NotBuiltError, Peer, items_from_json, lay, run

if TYPE_CHECKING:
    from pathlib import Path

# Posts of a collection have an id, and the site's own page makes an address of it, which the page says to be canonical;
# those below `src/pages` have an address by themselves.
_LIST = """const pages = Object.values(import.meta.glob('./**/*.{md,mdx}', {eager: true}));
const facts = data => ({
  title: data.title, date: new Date(data.pubDate || data.date).toISOString(), tags: data.tags || [],
  categories: data.category ? [data.category] : [], draft: data.draft === true,
});
export async function GET() {
  const found = pages.map(page => ({path: page.file, url: page.url, ...facts(page.frontmatter)}));
  COLLECTION
  return new Response(JSON.stringify(found));
}
"""
_COLLECTION = """const {getCollection} = await import('astro:content');
  for (const post of await getCollection('blog'))
    found.push({path: post.filePath, id: post.id, ...facts(post.data)});"""
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


def _items(site: Path) -> list[Item]:
    node.link(site, "astro")
    collection = _COLLECTION if (site / "src/content.config.ts").exists() else ""
    lay(site / "src/pages/peers.json.js", _LIST.replace("COLLECTION", collection))
    run(["node", "node_modules/astro/astro.js", "build"], site)
    listed = json.loads((site / "dist/peers.json").read_text(encoding="utf-8"))
    return items_from_json([_item(one, site) for one in listed if not one["draft"]])


def _item(one: dict[str, Any], site: Path) -> dict[str, object]:
    path = one["path"].replace(f"{site.resolve()}/", "").replace(f"{site}/", "")
    return {
        "path": path,
        "title": one["title"],
        "link": _address(one, site / "dist"),
        "date": one["date"],
        "categories": one["categories"],
        "tags": one["tags"],
    }


def _address(one: dict[str, Any], output: Path) -> str:
    name = one.get("id") or one["url"].strip("/")
    for path in sorted(output.rglob("*.html")):
        relative = path.relative_to(output).as_posix()
        if f"/{relative}".endswith((f"/{name}/index.html", f"/{name}.html")):
            found = _CANONICAL.search(path.read_text(encoding="utf-8"))
            if found:
                return found[1]
    raise NotBuiltError(f"{one['path']} has no page that says its address")


ASTRO = Peer("astro", functools.partial(node.version, "astro"), _items)
