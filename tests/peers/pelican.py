"""Pelican, with Markdown."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from .contract import Item, Peer, items_from_json, lay, program, run

_CONFIGURATION = """import sys

sys.path.insert(0, ".")
from pelicanconf import *

PLUGINS = [*globals().get("PLUGINS", []), "peersplugin"]
"""
_PLUGIN = """import json
import os
from urllib.parse import quote

from markupsafe import Markup
from pelican import signals


def write(generators):
    generator = next(one for one in generators if hasattr(one, "articles"))
    site = generator.settings["SITEURL"]
    root = os.getcwd()
    items = [
        {
            "path": os.path.relpath(one.source_path, root),
            "title": str(Markup(one.title).striptags()),  # as in Pelican's own feeds
            "link": quote(f"{site}/{one.url}", safe="/:?#[]@!$&'()*+,;=%~"),
            "date": one.date.isoformat(),
            "categories": [str(one.category)],
            "tags": [str(tag) for tag in getattr(one, "tags", [])],
            "html": one.content,
        }
        for one in [*generator.articles, *generator.translations]
    ]
    with open("peers.json", "w", encoding="utf-8") as file:
        json.dump(items, file)
    os._exit(0)  # before pages are written, which takes long


def register():
    signals.all_generators_finalized.connect(write)
"""


def _items(site: Path) -> list[Item]:
    lay(site / "peersconf.py", _CONFIGURATION)
    lay(site / "peersplugin.py", _PLUGIN)
    run([program("pelican"), "-s", "peersconf.py", "-o", "peers-output", "-q"], site)
    return items_from_json(json.loads(site.joinpath("peers.json").read_text(encoding="utf-8")))


@functools.cache
def _version() -> str:
    return run([program("pelican"), "--version"], Path()).strip() if program("pelican") else ""


PELICAN = Peer("pelican", _version, _items)
