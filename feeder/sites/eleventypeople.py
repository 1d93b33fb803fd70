"""Of `generators.eleventy`: the people that posts name by a key, in the data of a site."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from feeder.nodes import Table
from feeder.problems import ConfigurationError
from feeder.sites.found import inside
from feeder.sites.told import Book

if TYPE_CHECKING:
    from feeder.sites.found import Findings


def people(find: Findings, data: str) -> Book:
    """Return what a file of people says by their keys, or a directory with a file for each.

    Nothing for one that is anything else: sites keep all kinds of data.
    """
    names = [f"{data}/{name}.{ending}" for name in ("authors", "people") for ending in ("json", "js", "yml", "yaml")]
    book = Book()
    with suppress(ConfigurationError):
        book, _ = find.first(names, "authors")
    for place in (
        f"{data}/{name}" for name in ("authors", "people") if not book and inside(data) and find.is_dir(data, name)
    ):
        for entry in sorted(os.scandir(find.directory / place), key=lambda entry: entry.name):
            stem, _, ending = entry.name.rpartition(".")
            with suppress(ConfigurationError):
                tree = find.tree(f"{place}/{entry.name}") if ending in {"json", "yml", "yaml"} else None
                if isinstance(tree, Table):
                    book.add(tree, f"{place}/{entry.name}", f"authors.{stem}")
    return book
