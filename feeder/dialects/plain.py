"""A directory of posts that belongs to no generator: every common name of a field is understood."""

from __future__ import annotations

from feeder.kinds import Dialect
from feeder.texts.fieldnames import COMMON
from feeder.texts.tagnames import MDX

DIALECT = Dialect.of(
    "plain",
    {
        **COMMON,
        "published": (
            *COMMON["published"],
            *"posted publishedat datepublished publisheddate created createdat".split(),
        ),
        "updated": (*COMMON["updated"], *"updatedat lastmodified lastupdated datemodified dateupdated".split()),
        "categories": (*COMMON["categories"], "taxonomies.categories"),
        "tags": (*COMMON["tags"], "taxonomies.tags"),
        "image": (*COMMON["image"], "images", "featureimage"),
    },
    flavor="python-markdown",
    extensions=(".md", ".markdown", ".mdx", ".html", ".htm", ".txt", ".rst"),
    headers="comments",
    tags=MDX,
    syntaxes={"": ("wikilinks",), ".mdx": ("mdx", "withinhtml", "unindented"), ".rst": ("restructuredtext",)},
    every=frozenset({"categories", "tags"}),
)
