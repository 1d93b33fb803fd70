"""Patterns of the feeds of groups: where one lies, what it is called. Each has tokens, such as ``:slug``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PATH_TOKENS = ("slug",)
"""What a path is made of."""
TITLE_TOKENS = ("name", "site", "slug", "title")
"""What a title is made of; ``:title`` is that of the site, as ``:site`` is."""
_NAMED = r":([a-z_]+)"
_SEGMENT = r"(?:\w|:slug)(?:[\w.~-]|:slug)*(?<!\.)"
"""Not compiled until a site has a pattern of its own: most have none."""


def feed_path(text: str) -> str:
    """Return the pattern of a feed's directory, ending in ``/``. Raises `ValueError` for one that cannot be used."""
    path = unicodedata.normalize("NFC", text).strip("/")
    _check(path, PATH_TOKENS)
    if "slug" not in re.findall(_NAMED, path):
        raise ValueError("needs :slug, or all feeds would share one path")
    for segment in path.split("/"):
        if not re.fullmatch(_SEGMENT, segment):
            raise ValueError(f"has {segment!r}, which is not a directory name")
    if "." in path.rpartition(":slug")[2].rpartition("/")[2]:
        raise ValueError("must name a directory: each format has its own file there")
    return f"{path}/"


def feed_title(text: str) -> str:
    """Return the pattern of a feed's title. Raises `ValueError` for an unknown token."""
    _check(text, TITLE_TOKENS)
    if not text:
        raise ValueError("must not be empty")
    return text


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """Return a pattern with each token replaced by its value; what values hold is no token."""
    return re.sub(_NAMED, lambda match: values[match[1]], pattern)


def _check(pattern: str, known: Collection[str]) -> None:
    for token in re.findall(_NAMED, pattern):
        if token not in known:
            from difflib import get_close_matches

            near = get_close_matches(token, known, 1)
            hint = (
                f"did you mean :{near[0]}?" if near else f"known tokens are {', '.join(f':{name}' for name in known)}"
            )
            raise ValueError(f"has the unknown token :{token}; {hint}")
