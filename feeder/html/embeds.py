"""What an iframe becomes in a feed, where no reader runs one: a link to its page, with a poster where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts import urls
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    import re

    from feeder.html.htmltags import Tag


class Embed(NamedTuple):
    r"""A player whose page and poster can be told from its address; ``\1`` is the video."""

    player: re.Pattern[str]
    page: str
    poster: str = ""


EMBEDS = (
    Embed(
        pattern(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,})(?:[?&/#].*)?"),
        r"https://www.youtube.com/watch?v=\1",
        r"https://i.ytimg.com/vi/\1/hqdefault.jpg",
    ),
    Embed(pattern(r"https?://player\.vimeo\.com/video/(\d+)(?:[?&/#].*)?"), r"https://vimeo.com/\1"),
    Embed(
        pattern(r"https?://player\.bilibili\.com/player\.html\?(?:.*&)?bvid=(\w+).*"),
        r"https://www.bilibili.com/video/\1",
    ),
)


def link(frame: Tag, base: str) -> str:
    """Return an ``iframe`` as a link named by its title, "" when it leads nowhere; HTML that is not yet sanitised."""
    source = next((frame.attributes[name] for name in ("src", "data-src") if frame.attributes.get(name)), "")
    try:
        url = urls.absolute(source, base) if source and source != "about:blank" else ""
    except urls.BadUrlError:
        url = ""
    if not url:
        return ""
    known = next(((embed, match) for embed in EMBEDS if (match := embed.player.fullmatch(url))), None)
    page = known[1].expand(known[0].page) if known else url
    name = escape(frame.attributes.get("title") or page).replace('"', "&quot;")
    poster = known[1].expand(known[0].poster) if known and known[0].poster else ""
    shown = f'<img src="{poster}" alt="{name}">' if poster else name
    return f'<a href="{escape(page).replace(chr(34), "&quot;")}">{shown}</a>'
