"""A directory of posts that belongs to no generator: every common name of a field is understood."""

from __future__ import annotations

from feeder.kinds import Dialect
from feeder.texts.fieldnames import COMMON

DIALECT = Dialect.of(
    "plain",
    {**COMMON, "published": (*COMMON["published"], "posted"), "image": (*COMMON["image"], "images")},
    flavor="python-markdown",
    extensions=(".md", ".markdown", ".html", ".htm", ".txt", ".rst"),
    headers="comments",
    syntaxes={".rst": ("restructuredtext",)},
    every=frozenset({"categories", "tags"}),
)
