"""Jekyll, of Debian or as a gem."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from .contract import Item, Peer, items_from_json, lay, program, run

# The filter is the one that the feed plug-in gives addresses with.
_PLUGIN = """require "json"
module Peers
  class Urls
    include Jekyll::Filters::URLFilters
    def initialize(site)
      @context = Liquid::Context.new({}, {}, { :site => site })
    end
  end
  Jekyll::Hooks.register :site, :post_write do |site|
    urls = Urls.new(site)
    posts = site.posts.docs
    posts = site.collections.values.select(&:write?).flat_map(&:docs) if posts.empty?
    items = posts.map do |post|
      { "path" => post.relative_path, "title" => post.data["title"].to_s, "link" => urls.absolute_url(post.url),
        "date" => post.date.xmlschema, "categories" => post.data["categories"].map(&:to_s),
        "tags" => post.data["tags"].map(&:to_s), "html" => post.content }
    end
    File.write(File.join(site.source, "peers.json"), JSON.generate(items))
  end
end
"""


def _items(site: Path) -> list[Item]:
    lay(site / "_plugins/peers.rb", _PLUGIN)
    run([program("jekyll"), "build", "--quiet", "--disable-disk-cache"], site)
    return items_from_json(json.loads(site.joinpath("peers.json").read_text(encoding="utf-8")))


@functools.cache
def _version() -> str:
    return run([program("jekyll"), "--version"], Path()).split()[-1] if program("jekyll") else ""


JEKYLL = Peer("jekyll", _version, _items)
