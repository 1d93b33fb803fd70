"""JSON Feed 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeder.archives import links
from feeder.kinds import Format
from feeder.texts.dates import format_rfc3339
from feeder.texts.mediatypes import media_type_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Author, Channel, Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


def items(entries: Sequence[Entry], channel: Channel) -> list[bytes]:
    """Return each entry as a JSON object in UTF-8, indented as it stands among the items."""
    return [_indented(_item(entry, channel.language)) for entry in entries]


def short(item: bytes) -> bytes:
    """Return a JSON object without its text; the picture that was in there is attached, or Miniflux would not show it."""
    import json

    found = json.loads(item)
    summary, image = found.get("summary", ""), found.get("image", "")
    if not summary or "content_html" not in found:
        return item
    if image and image not in (attached["url"] for attached in found.setdefault("attachments", [])):
        found["attachments"].append({"url": image, "mime_type": media_type_of(image) or "image/jpeg"})
    shortened = {"content_text" if name == "content_html" else name: value for name, value in found.items()}
    return _indented({**shortened, "content_text": summary})


def document(feed: Feed, items: Sequence[bytes], url: str) -> bytes:
    """Return the feed as JSON in UTF-8; keys that would be empty are left out (JSON Feed 1.1, "Top-level")."""
    channel = feed.channel
    head = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": url,
        "next_url": next((href for rel, href in links(feed, url) if rel == "prev-archive"), ""),
        "description": channel.description,
        "icon": channel.icon,
        "favicon": channel.icon,
        "authors": [_author(author) for author in channel.authors],
        "language": channel.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in channel.hubs],
    }
    # The items are finished text; an object without its closing brace takes them as its last member.
    frame = _text(_filled(head, set())).removesuffix("\n}").encode() + b',\n  "items": ['
    listed = b",".join(b"\n    " + item for item in items)
    return b"".join([frame, listed, b"\n  ]" if items else b"]", b"\n}\n"])


def _text(value: dict[str, Any]) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def _indented(item: dict[str, Any]) -> bytes:
    return _text(item).replace("\n", "\n    ").encode()


def _item(entry: Entry, language: str) -> dict[str, Any]:
    post = entry.post
    body = {"content_html": entry.html} if entry.html else {"content_text": entry.summary}
    return _filled(
        {
            "id": post.id,
            "url": post.url,
            "title": post.title,
            **body,
            "summary": entry.summary,
            "image": entry.image.url if entry.image else "",
            "banner_image": entry.image.url if entry.image else "",
            "date_published": format_rfc3339(post.published),
            "date_modified": format_rfc3339(post.updated),
            "authors": [_author(author) for author in post.authors],
            "tags": [category.name for category in entry.categories],
            "language": post.language if post.language != language else "",
            "attachments": _attachments(entry),
        },
        set(body),
    )


def _attachments(entry: Entry) -> list[dict[str, Any]]:
    attachments = [
        _filled(
            {"url": item.url, "mime_type": item.type, "title": item.title, "size_in_bytes": item.length}, {"mime_type"}
        )
        for item in entry.enclosures
    ]
    # Miniflux shows attachments and the body's pictures, and nothing of "image".
    if entry.image and not entry.image_in_body:
        picture = {"url": entry.image.url, "mime_type": entry.image.type, "size_in_bytes": entry.image.length}
        attachments.append(_filled(picture, {"mime_type"}))
    return attachments


def _author(author: Author) -> dict[str, str]:
    # The format has no place for an address; a mailto URL is what its specification offers.
    return _filled({"name": author.name, "url": author.url or (author.email and f"mailto:{author.email}")}, {"name"})


def _filled(values: dict[str, Any], required: set[str]) -> dict[str, Any]:
    """Return ``values`` without those that are empty, but for the required."""
    return {key: value for key, value in values.items() if value or key in required}


FORMAT = Format(
    name="json", file_name="feed.json", media_type="application/feed+json", items=items, document=document, short=short
)
