"""The names that a field of front matter goes by among generators; dialects begin with these."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid"),
    "url": ("permalink", "url", "link"),
    "slug": ("slug",),
    "title": ("title",),
    "published": ("date", "pubdate", "publishdate"),
    "updated": ("updated", "lastmod", "modified"),
    "expires": ("expirydate", "expires"),
    "draft": ("draft",),
    "public": ("published",),
    "status": ("status",),
    "listed": ("listed",),
    "unlisted": ("unlisted",),
    "feed": ("feed",),
    "language": ("lang", "language"),
    "authors": ("authors", "author"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "image": ("image", "headimg", "cover", "banner", "featuredimage", "ogimage", "coverimage", "hero", "heroimage"),
    "thumbnail": ("thumbnail", "thumb", "thumbnailurl", "thumbnailimage"),
    "enclosures": ("enclosure", "enclosures", "audio", "video"),
    "summary": ("description", "summary", "excerpt"),
    "comments": ("comments",),
}
"""Field -> its folded keys, best first; what `plain` knows, and what the dialects have in common."""


def names_with(**more: str) -> Mapping[str, tuple[str, ...]]:
    """Return `COMMON` with other keys for some fields, in words, best first."""
    return {**COMMON, **{field: tuple(keys.split()) for field, keys in more.items()}}


def folded_key(key: str) -> str:
    """Return a key as it is looked up: ``Featured-Image``, ``featured_image`` and ``featuredImage`` are one."""
    return key.casefold().replace("-", "").replace("_", "")
