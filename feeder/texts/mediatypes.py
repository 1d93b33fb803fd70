"""Media types by file extension: a table of our own, since the system's differs from machine to machine.

Those of ``.m4a`` and ``.m4v`` are Apple's, which its podcasts must have: a file has one type in all feeds.
"""

from __future__ import annotations

from feeder.patterns import pattern

_TYPES = {
    "aac": "audio/aac", "flac": "audio/flac", "m4a": "audio/x-m4a", "m4b": "audio/mp4", "mid": "audio/midi",
    "mp3": "audio/mpeg", "oga": "audio/ogg", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
    "weba": "audio/webm", "avi": "video/x-msvideo", "m4v": "video/x-m4v", "mkv": "video/x-matroska",
    "mov": "video/quicktime", "mp4": "video/mp4", "mpeg": "video/mpeg", "mpg": "video/mpeg", "ogv": "video/ogg",
    "webm": "video/webm", "avif": "image/avif", "bmp": "image/bmp", "gif": "image/gif", "heic": "image/heic",
    "ico": "image/vnd.microsoft.icon", "jpe": "image/jpeg", "jpeg": "image/jpeg", "jpg": "image/jpeg",
    "jxl": "image/jxl", "png": "image/png", "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff",
    "webp": "image/webp", "epub": "application/epub+zip", "gz": "application/gzip", "json": "application/json",
    "pdf": "application/pdf", "zip": "application/zip", "csv": "text/csv", "htm": "text/html", "html": "text/html",
    "md": "text/markdown", "txt": "text/plain", "vtt": "text/vtt", "srt": "application/x-subrip",
}  # fmt: skip
# Content delivery networks append to the name (photo.jpg!thumb420, photo.png@2x) or proxy another URL in the query.
_EXTENSION = pattern(r"\.([A-Za-z0-9]{2,5})(?=$|[?#!@&/:;,~*])")
_HOST = pattern(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?]*")
UNKNOWN = "application/octet-stream"
PLAYED = ("audio/", "video/")
"""How the media types of what is played begin."""


def is_recording(text: str) -> bool:
    """Whether a text is the whole address of audio or video, and so no page's, whatever it is called."""
    return "://" in text and media_type_of(text).startswith(PLAYED)


def media_type_of(url: str) -> str:
    """Return the media type that the extension of a URL or path says, "" when it says nothing."""
    path = _HOST.sub("", url.partition("#")[0])
    for match in reversed(_EXTENSION.findall(path)):
        if found := _TYPES.get(match.lower()):
            return found
    return ""
