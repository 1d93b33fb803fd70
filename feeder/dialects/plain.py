"""A directory of posts that belongs to no generator: every common name of a field is understood."""

from __future__ import annotations

from feeder.kinds import Dialect

DIALECT = Dialect.of(
    name="plain",
    names={
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
    },
)
