"""Astro: posts in ``src/content`` or ``src/pages``, what the site says in ``astro.config.mjs``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

TAGS = {
    "Image": "picture",
    "Img": "picture",
    "Picture": "picture",
    "Figure": "picture",
    "YouTube": "youtube",
    "Youtube": "youtube",
    "YoutubeEmbed": "youtube",
    "YouTubeEmbed": "youtube",
    "LiteYouTubeEmbed": "youtube",
    "Vimeo": "vimeo",
    "Tweet": "tweet",
    "Gist": "gist",
    "Link": "link-or-text",
    "Button": "link-or-text",
    "Tabs": "inner",
    "TabItem": "tab",
    "Tab": "tab",
    "Details": "details",
    "Admonition": "aside",
    "Aside": "aside",
    "Callout": "aside",
    "Note": "aside",
    "Tip": "aside",
    "Warning": "aside",
    "Highlight": "inner",
    "Blockquote": "quote",
    "TOCInline": "nothing",
    "Head": "nothing",
    "Code": "nothing",
    "Fragment": "inner",
    "Steps": "inner",
    "Card": "aside",
    "CardGrid": "inner",
    "LinkCard": "link-or-text",
    "BlogImage": "picture",
}
"""Components that Astro and its themes have, or that many sites define alike."""
SYNTAXES = {"": ("filelinks", "admonitions", "toc"), ".mdx": ("filelinks", "mdx", "admonitions", "toc")}

DIALECT = Dialect.of("astro", COMMON, flavor="commonmark", tags=TAGS, syntaxes=SYNTAXES)
