"""Docusaurus: posts in ``blog``, what the site says in ``docusaurus.config.js``."""

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
    "BrowserWindow": "inner",
    "BrowserOnly": "nothing",
    "CodeBlock": "inner",
    "IdealImage": "picture",
    "ThemedImage": "picture",
    "IdealLink": "link-or-text",
    "LiteYouTube": "youtube",
}
"""Components that Docusaurus has, or that many sites define alike."""
SYNTAXES = {"": ("filelinks", "mdx", "admonitions", "toc")}

DIALECT = Dialect.of("docusaurus", COMMON, flavor="commonmark", tags=TAGS, syntaxes=SYNTAXES)
