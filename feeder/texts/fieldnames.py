"""The names that a field of front matter goes by among generators; dialects begin with these."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

EPISODE: Mapping[str, tuple[str, ...]] = {
    "recording": (
        "podcastfile", "podcastaudio", "podcastlink", "podcasturl", "audiofile", "audiourl", "audiolink", "mp3", "mp3url",
        "episodefile", "mediafile", "mediaurl", "enclosureurl",
    ),
    "file": ("file", "podcast"),
    "media_length": (
        "podcastbytes", "podcastlength", "podcastsize", "audiobytes", "audiolength", "audiosize", "enclosurelength",
        "filesize", "bytes", "length",
    ),
    "media_type": ("podcasttype", "audiotype", "enclosuretype", "mimetype"),
    "duration": ("podcastduration", "audioduration", "episodeduration", "itunesduration", "duration"),
    "episode": ("episode", "episodenumber", "itunesepisode", "podcastepisode", "podcast.episode", "podcast.episodenumber", "podcast.number"),
    "season": ("season", "seasonnumber", "itunesseason", "podcastseason", "podcast.season"),
    "episode_type": ("episodetype", "itunesepisodetype"),
    "episode_title": ("episodetitle", "itunestitle", "podcasttitle"),
    "episode_guid": ("episodeguid", "podcastguid", "podcast.guid"),
    "explicit": ("explicit", "itunesexplicit", "podcastexplicit", "podcast.explicit"),
    "block": ("itunesblock", "podcastblock"),
    "artwork": ("episodeimage", "podcastimage", "itunesimage", "episodeartwork", "artwork"),
    "transcripts": ("transcripts", "transcript", "podcasttranscript"),
    "chapters": ("chapters", "podcastchapters"),
    "people": ("people", "persons", "podcastpeople"),
    "hosts": ("hosts", "host"),
    "guests": ("guests", "guest"),
}  # fmt: skip
"""The fields of a podcast's episodes. Their names are short and common, so nothing else is read into them."""

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
    "sealed": ("password", "passwd", "postpassword", "encpwd", "encrypt", "encrypted"),
    "language": ("lang", "language"),
    "authors": ("authors", "author"),
    "categories": ("categories", "category"),
    "tags": ("tags", "tag", "keywords"),
    "image": ("image", "headimg", "cover", "banner", "featuredimage", "ogimage", "coverimage", "hero", "heroimage"),
    "thumbnail": ("thumbnail", "thumb", "thumbnailurl", "thumbnailimage"),
    "enclosures": ("enclosure", "enclosures", "audio", "video"),
    "summary": ("description", "summary", "excerpt"),
    "comments": ("comments",),
    **EPISODE,
}
"""Field -> its folded keys, best first; what `plain` knows, and what the dialects have in common."""


def names_with(**more: str) -> Mapping[str, tuple[str, ...]]:
    """Return `COMMON` with other keys for some fields, in words, best first; ``url`` or ``link`` may be a file's where it is no address."""
    names = {**COMMON, **{field: tuple(keys.split()) for field, keys in more.items()}}
    return {**names, "file": (*names["file"], *(key for key in ("url", "link") if key not in names["url"]))}


def folded_key(key: str) -> str:
    """Return a key as it is looked up: ``Featured-Image``, ``featured_image`` and ``featuredImage`` are one."""
    return key.casefold().replace("-", "").replace("_", "")
