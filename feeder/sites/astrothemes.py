"""Of `generators.astro`: addresses that a theme's code makes by what the site tells the theme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeder.sites.found import Findings
    from feeder.sites.told import Book

_ASTROWIND = {"slug": ":plain_id", "id": ":id", "year": ":year", "month": ":month", "day": ":day"}
"""What stands between percent signs in the addresses of AstroWind."""


def take_theme(find: Findings, facts: Book) -> None:
    """Take the pattern of addresses in the configuration of AstroWind, whose own code fills it in."""
    told = facts.plain("apps.blog.post.permalink")
    if told is None or "posts.path" not in find.values:
        return
    if unknown := next((name for name in re.findall(r"%(\w+)%", told.text) if name not in _ASTROWIND), ""):
        find.faults["posts.permalink"] = f"{told.place}: {told.name} has %{unknown}%, which feeder does not fill in"
        return
    find.faults.pop("posts.permalink", None)
    find.pattern(re.sub(r"%(\w+)%", lambda match: _ASTROWIND[match[1]], f"/{told.text.strip('/')}/"), told.place)
    find.let("trailingSlash", "always" if facts.text("site.trailingSlash") == "true" else "never", told.file)
