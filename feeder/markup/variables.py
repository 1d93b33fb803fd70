"""What variables of the site stand for in bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeder.settings import Settings


def of_site(name: str, settings: Settings, origin: str, base: str) -> str | None:
    """Return what the site's variable of a name stands for, None when that is not known."""
    site = settings.site
    author = site.author[0] if site.author else None
    known = {
        "url": origin,
        "baseurl": base,
        "root": f"{base}/",
        "title": site.title,
        "name": site.title,
        "description": site.description,
        "language": site.language,
        "lang": site.language,
        "timezone": site.timezone,
        "author": author.name if author else None,
        "author.name": author.name if author else None,
        "email": author.email if author else None,
        "author.email": author.email if author else None,
    }
    told = settings.habits.options.get(name)
    if (value := told if told is not None else known.get(name)) is not None:
        return value
    return settings.habits.options.get(f"site.{name}")
