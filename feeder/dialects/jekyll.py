"""Jekyll: posts in ``_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect
from feeder.tagnames import LIQUID

TAGS = {
    **LIQUID,
    "post_url": "address",
    "link": "address",
    "include_relative": "include",
    "include_cached": "include",
    "codeblock": "code",
    "blockquote": "quote",
    "pullquote": "quote",
    "img": "picture",
    "asset": "picture",
    "seo": "nothing",
    "feed_meta": "nothing",
    "toc": "nothing",
}
"""Jekyll's own tags, and those of its plug-ins, Octopress's among them."""
SYNTAXES = {"": ("filelinks", "liquid", "kramdown", "toc")}

DIALECT = Dialect.of("jekyll", COMMON, flavor="commonmark", tags=TAGS, syntaxes=SYNTAXES)
