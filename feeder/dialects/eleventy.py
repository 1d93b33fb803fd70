"""Eleventy: posts anywhere, what the site says in JavaScript."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect
from feeder.tagnames import LIQUID

TAGS = {
    **LIQUID,
    "js": "comment",
    "css": "comment",
    "img": "picture",
    "respimg": "picture",
    "link": "link",
    "callout": "aside",
    "video": "video",
    "toc": "nothing",
    "block": "inner",
    "import": "nothing",
    "extends": "nothing",
    "from": "nothing",
    "macro": "comment",
}
"""Liquid's and Nunjucks's tags, and shortcodes that many sites define alike."""
SYNTAXES = {"": ("nunjucks", "toc")}

DIALECT = Dialect.of("eleventy", COMMON, flavor="commonmark", tags=TAGS, syntaxes=SYNTAXES)
