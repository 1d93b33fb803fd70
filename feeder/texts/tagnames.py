"""What the tags that several generators have mean; the tables of their dialects begin with these."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIQUID: Mapping[str, str] = {
    "raw": "raw",
    "verbatim": "raw",
    "comment": "comment",
    "encrypt": "sealed",
    "highlight": "code",
    "if": "if",
    "unless": "if",
    "case": "case",
    "for": "loop",
    "tablerow": "loop",
    "assign": "assign",
    "set": "assign",
    "capture": "capture",
    "increment": "nothing",
    "decrement": "nothing",
    "break": "nothing",
    "continue": "nothing",
    "include": "include",
    "render": "include",
    "gist": "gist",
    "youtube": "youtube",
    "vimeo": "vimeo",
    "embed": "embed",
    "oembed": "embed",
    "github": "github",
    "codesandbox": "embed",
    "tweet": "tweet",
    "twitter": "tweet",
    "instagram": "instagram",
    "codepen": "codepen",
    "jsfiddle": "jsfiddle",
    "mermaid": "code",
    "details": "details",
    "figure": "picture",
    "picture": "picture",
    "image": "picture",
    "quote": "quote",
    **dict.fromkeys(("note", "notice", "admonition", "callout", "alert", "hint", "tip", "info", "warning"), "aside"),
    "video": "video",
    "audio": "audio",
}
"""Tags between ``{%`` and ``%}``: those of Liquid, and those that plug-ins have added in most places."""


def tags_by_meaning(**names: str) -> dict[str, str]:
    """Return what each tag means, of tags by their meaning (``_`` for ``-``), with spaces between them."""
    return {tag: meaning.replace("_", "-") for meaning, tags in names.items() for tag in tags.split()}


MDX: Mapping[str, str] = {
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
    "Bluesky": "tweet",
    "BlueskyPost": "tweet",
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
}
"""The components that sites in MDX have come to share."""
