"""feeder/texts/mediatypes.py: the media type that an extension says, and nothing that it does not say."""

from __future__ import annotations

import pytest

from feeder.texts.mediatypes import UNKNOWN, media_type_of


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("image/jpeg", "a.jpg"), ("image/jpeg", "a.JPEG"), ("image/png", "/img/a.png"), ("image/webp", "a.jpg.webp"),
        ("image/svg+xml", "a.svg"), ("image/avif", "a.avif"), ("image/gif", "a.gif"), ("audio/mpeg", "https://x.example/a.mp3"),
        ("audio/x-m4a", "a.m4a"), ("video/x-m4v", "a.m4v"), ("audio/mp4", "a.m4b"), ("audio/ogg", "a.opus"), ("video/mp4", "a.mp4"), ("video/quicktime", "a.mov"),
        ("application/pdf", "a.pdf"), ("application/gzip", "a.tar.gz"), ("text/vtt", "a.vtt"),
        ("image/jpeg", "a.jpg?w=100"), ("image/jpeg", "a.jpg#x"), ("image/jpeg", "a.jpg!thumb420"), ("image/png", "a.png@2x"),
        ("image/jpeg", "a.jpg;x=1"), ("image/jpeg", "a.jpg/w/100"), ("image/jpeg", "https://cdn.example/a.jpg:large"),
        ("audio/mpeg", "https://cdn.example/play?file=b.mp3&x=1"), ("audio/mpeg", "https://cdn.example/redirect.php/a.mp3?t=.x"),
        ("image/png", "https://proxy.example/?url=https://x.example/a.png"),
    ],
)  # fmt: skip
def test_an_extension_says_its_type(expected: str, url: str) -> None:
    """The last known extension in a path or a query says the type, in any case and with what networks append."""
    assert expected == media_type_of(url)


@pytest.mark.parametrize(
    "url",
    ["", "a", "a.", ".", "a.xyz", "mp3", "amp3", "a.mp3x", "a#b.mp3", "https://x.example/", "https://a.json.example/x", "\uff41.\uff4a\uff50\uff47", "a.jpg_b",
     "https://podcast.md/episode", "https://files.zip/1", "https://my.mov", "https://a.mp3:8080/x", "//x.md/a"],
)  # fmt: skip
def test_nothing_says_nothing(url: str) -> None:
    """Without a known extension there is no type; the end of a host's name and a fragment are none."""
    assert "" == media_type_of(url)


def test_unknown_is_a_media_type() -> None:
    """What stands in for an unknown type is the one for any bytes (RFC 2046 section 4.5.1)."""
    assert "application/octet-stream" == UNKNOWN
