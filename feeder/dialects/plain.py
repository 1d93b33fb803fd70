"""A directory of posts that belongs to no generator: every common name of a field is understood."""

from __future__ import annotations

from feeder.kinds import Dialect
from feeder.texts.fieldnames import COMMON
from feeder.texts.tagnames import MDX

DIALECT = Dialect.of(
    "plain",
    {**COMMON, "published": (*COMMON["published"], "posted"), "image": (*COMMON["image"], "images")},
    flavor="python-markdown",
    extensions=(".md", ".markdown", ".mdx", ".html", ".htm", ".txt", ".rst"),
    headers="comments",
    tags=MDX,
    syntaxes={".mdx": ("mdx", "withinhtml", "unindented"), ".rst": ("restructuredtext",)},
    every=frozenset({"categories", "tags"}),
)
