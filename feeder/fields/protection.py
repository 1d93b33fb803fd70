"""Of `normalize`: a post that the site shows to those who know a password -> what everybody may read in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.fields.lookup import FALSE
from feeder.nodes import Node, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeder.fields.lookup import Fields

TAGS = "encrypt.tags"
"""The option that has the tags whose posts are protected, each on a line."""
_NOTICES = ("abstract", "message", "passwordhint")
"""The keys, of a post or of the site's ``encrypt``, that say what stands in place of the text, best first."""
_SWITCHES = frozenset({"encrypt", "encrypted"})
"""Keys that may say no; of any other, each value is a password."""


def notice_of(fields: Fields, tags: Iterable[str], options: Mapping[str, str]) -> str | None:
    """Return what everybody may read in place of a post's text, None where that is all of it; that it is not is reported.

    ``tags`` are the post's, ``options`` those of the site.
    """
    node = _protected_by(fields)
    protected = options.get(TAGS, "").split("\n")
    tag = next(filter(None, (name for name in tags if name in protected)), "")
    if node is None and not tag:
        return None
    raw = fields.draft.fields
    said = ((raw.get(key), options.get(f"encrypt.{key}")) for key in _NOTICES)
    notice = next((text for pair in said for one in pair if (text := one.text if isinstance(one, Scalar) else one)), "")
    why = f"the tag {tag!r} asks for a password" if node is None else f"protected by {fields.keys['sealed']}"
    rest = "feeds show what the site shows in place of the text" if notice else "feeds leave out the text"
    # The password itself is not repeated: logs of builds are read by others.
    fields.report("protected-post", node and Scalar("", node.mark), f"{why}; {rest}")
    return str(notice)


def _protected_by(fields: Fields) -> Node | None:
    """Return what protects a post, None where nothing does."""
    if not fields.nodes("sealed"):  # as for nearly all posts
        return None
    for key, node in fields.all_pairs("sealed"):
        if (
            key.rpartition(".")[2] not in _SWITCHES
            or not isinstance(node, Scalar)
            or node.text.strip().lower() not in FALSE
        ):
            fields.marks["sealed"], fields.keys["sealed"] = node.mark, key
            return node
    return None
