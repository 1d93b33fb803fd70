"""What tags mean that show something: pictures, players, and what is kept elsewhere."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.fields.lookup import scalar_text
from feeder.markup import pieces
from feeder.markup.nowhere import NOWHERE
from feeder.nodes import Items, Table
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk
    from feeder.nodes import Node


SOURCES = (
    "src",
    "image_path",
    "path",
    "url",
    "file",
    "image",
    "img",
    "imageurl",
    "source",
    "href",
    "link",
    "filename",
    "sources",
)
_TWO_TEXTS = re.compile(r"""(?:"([^"]*)"|'([^']*)'|(.*?))\s*(?<!\w)(?:"([^"]*)"|'([^']*)')""")
"""The title and the text that stands for a picture, as Hexo's tags are told them."""
_OF_PAGE = re.compile(r"=\s*page\.([\w.-]+)")
"""What a tag is told of the front matter."""
_CAPTIONS = ("caption", "title", "description", "desc", "text")


def picture(call: Call, desk: Desk) -> str | None:
    """Return a picture, with a caption where it has its line for itself."""
    call = _with_options(call)
    source = next(filter(pieces.is_picture, call.words), "") or call.first(*SOURCES, word=0)
    if not source:
        return _of_pictures(call)
    if call.name == "imgproc" and not pieces.is_picture(source):
        return call.inner or ""  # a part of a name, of which only the site's directory tells the rest
    others = [word for word in call.words if word != source]
    served = in_project(source, desk)
    alt = call.first("alt", "alttext") or (others[0] if others and call.words[0] == source else "")
    caption = call.first(*_CAPTIONS) or (call.inner or "").strip()
    alt = alt or _plain(caption)
    attribution = call.first("attr", "credit", "attribution")
    if attribution:
        where = call.first("attrlink")
        shown = pieces.link(where, escape(attribution)) if where else escape(attribution)
        caption = f"{caption} {shown}".strip()
    if served == NOWHERE:
        return escape(alt)  # which stands for it
    shown = pieces.image(served, alt, "", _pixels(call, "width"), _pixels(call, "height"))
    link = call.named.get("link", "") if source != call.named.get("link") else ""
    if link:
        shown = pieces.link(link, shown)
    if call.margin is None:
        return shown
    titled = call.name == "figure" and desk.dialect.name == "hugo" and call.first("caption")  # Hugo's own has both
    title = escape(call.first("title")) if titled else ""
    return call.block(pieces.figure(shown, caption, title) if caption else f"<p>{shown}</p>")


def in_project(source: str, desk: Desk) -> str:
    """Return where a picture is served that Eleventy's plug-in for pictures is told by its path in the project.

    That plug-in gives it a name of its own, so it is nowhere, unless the site copies the file as it lies, too.
    """
    options = desk.settings.habits.options
    place = options.get("dir.input", "").strip("./")
    path = normpath(source)
    if desk.dialect.name != "eleventy" or not place or not path.startswith(f"{place}/"):
        return source
    for line in options.get("passthrough", "").split("\n"):
        copied, _, target = line.partition(" ")
        if copied and f"{path}/".startswith(f"{copied}/"):
            return desk.rooted(f"/{target}{path.removeprefix(copied)}".replace("//", "/"))
    return NOWHERE


def _of_pictures(call: Call) -> str | None:
    """Return a figure of the pictures that are in a tag, with its caption; None for one without any."""
    caption = " ".join(call.first(*_CAPTIONS).split())
    if call.margin is None or not call.inner or not caption:
        return call.inner if call.name == "figure" else None
    inner = call.inner.strip("\n")
    return call.block(
        f'<figure markdown="1">\n\n{inner}\n\n<figcaption markdown="1">\n\n{caption}\n\n</figcaption>\n\n</figure>'
    )


def gallery(call: Call, desk: Desk) -> str | None:
    """Return the pictures of a list in the front matter that a call is told, or that has its ``id`` or name; None for none."""
    name = call.words[0].rpartition("/")[2].partition(".")[0] if call.words else ""
    for key in (*_OF_PAGE.findall(call.text), call.first("id"), name):
        node = desk.given(key) if key else None
        shown = [made for item in node.items if (made := _of_item(item, desk))] if isinstance(node, Items) else []
        if shown:
            caption = call.first("caption")
            html = pieces.figure("\n".join(shown), caption) if caption else f"<p>{' '.join(shown)}</p>"
            return html if call.margin is None else call.block(html)
    return None


def _of_item(item: Node, desk: Desk) -> str:
    """Return the picture that an item of a list is, or that its table names, "" for none."""
    said = {key.text.lower(): scalar_text(value) for key, value in item.pairs} if isinstance(item, Table) else {}
    sources = (scalar_text(item), *(said.get(name, "") for name in ("image_path", *SOURCES)))
    source = next(filter(pieces.is_picture, sources), "")
    alt = said.get("alt") or next((said[name] for name in _CAPTIONS if said.get(name)), "")
    return pieces.image(desk.rooted(source), alt, said.get("title", "")) if source else ""


def _with_options(call: Call) -> Call:
    """Return a call whose options, ``--alt`` and the words up to the next, have become named values."""
    first = next((number for number, word in enumerate(call.words) if word.startswith("--")), None)
    if first is None:
        return call
    told: dict[str, list[str]] = {}
    words: list[str] = []
    for word in call.words[first:]:
        if word.startswith("--"):
            words = told.setdefault(word[2:], [])
        else:
            words.append(word)
    named = {name: " ".join(words) for name, words in told.items()}
    return call._replace(words=call.words[:first], named={**named, **call.named})


def _plain(html: str) -> str:
    return re.sub(r"<[^<>]*>|[*_`]|\]\([^()]*\)|\[", "", html)


def _pixels(call: Call, name: str) -> str:
    return call.named[name].removesuffix("px") if call.named.get(name, "").removesuffix("px").isdigit() else ""


def hexo_picture(call: Call, desk: Desk) -> str | None:
    """Return Hexo's ``{% img [class] path [width] [height] "title" "alt" %}``, or that of a post's own asset."""
    own = call.name.startswith("asset")
    if call.name in {"fullimage", "fi"} and "," in call.text:  # NexT's: an address, a text, a title
        address, text, *others = (part.strip() for part in call.text.split(","))
        shown = pieces.image(desk.rooted(address), text, others[0] if others else "")
        return shown if call.margin is None else call.block(f"<p>{shown}</p>")
    words = list(call.words)
    at = next((number for number, word in enumerate(words) if pieces.is_picture(word) or "/" in word), None)
    if at is None:
        at = 0 if own and words else None
    if at is None:
        return None
    source, rest = words[at], words[at + 1 :]
    sizes = [rest.pop(0).removesuffix("px") for _ in range(2) if rest and rest[0].removesuffix("px").isdigit()]
    both = tuple(rest) if len(rest) == 2 and call.text.endswith(("'", '"')) else ()  # noqa: PLR2004 - in quotes each
    title, alt = both or _title_and_alt(" ".join(rest).strip())
    width, height = (*sizes, "", "")[:2]
    shown = pieces.image(desk.beside(source) if own else desk.rooted(source), alt, title, width, height)
    alone = call.margin is not None and not desk.within_html(call.offset)
    return call.block(f"<p>{shown}</p>") if alone else shown


def _title_and_alt(text: str) -> tuple[str, str]:
    """Return the two texts in ``"title" "alt"``; the quotes around the first may be missing, and one text is both."""
    found = _TWO_TEXTS.fullmatch(text)
    title, alt = (found[1] or found[2] or found[3] or "", found[4] or found[5] or "") if found else (text, "")
    title, alt = title.strip("\"' "), alt.strip()
    return title or alt, alt or title


def hosted(page: str) -> Callable[[Call, Desk], str | None]:
    r"""Return what makes a player of a video's id, ``{}`` in the address of its page."""

    def made(call: Call, desk: Desk) -> str | None:
        identity = call.first("id", "youtubeid", "vimeoid", "videoid", "youtube_id", "video", "v", "bvid", word=0)
        if found := re.search(r"(?:v=|youtu\.be/|/embed/|vimeo\.com/(?:video/)?|/video/)([\w-]{6,})", identity):
            identity = found[1]
        identity = re.split("[?&]", identity, maxsplit=1)[0]  # where to begin, as some write it behind the id
        if not re.fullmatch(r"[\w-]+", identity):
            return None
        return pieces.player(page.format(identity), call.first("title", "caption"), desk.post.url)

    return made


def linked(page: str, *names: str) -> Callable[[Call, Desk], str | None]:
    """Return what makes a link of the ids that a call names, ``{}`` in the address."""

    def made(call: Call, desk: Desk) -> str | None:
        given = [call.named[name] for name in names if name in call.named] or list(
            call.words[: max(1, page.count("{}"))]
        )
        given = [word for word in given if word]
        if not given:
            return None
        if "://" in given[-1]:
            return pieces.link(given[-1])
        identity = (
            "/".join(given[: 2 if page.endswith("{}") else 1]) if len(names) > 1 or page.count("{}") > 1 else given[-1]
        )
        url = page.replace("{}", identity, 1).replace("/{}", "")
        return pieces.link(url)

    return made


def tweet(call: Call, desk: Desk) -> str | None:
    """Return a link to what somebody wrote."""
    user, identity = call.first("user") or "i", call.first("id", "tweetid", "src", "url", word=0)
    if "://" in identity:
        return pieces.link(identity)
    if not re.fullmatch(r"\d+", identity):
        return None
    url = f"https://twitter.com/{user}/status/{identity}"
    return pieces.link(url)


def element(name: str) -> Callable[[Call, Desk], str | None]:
    """Return what makes a player of a file, by the name of its element."""

    def made(call: Call, desk: Desk) -> str | None:
        source = call.first("src", "url", "file", "path", "mp4", "webm", "mp3", word=0)
        if not source and "." in call.first("id"):
            source = call.first("id")  # of a site's own, a file and no key of some host
        return call.block(f'<{name} src="{pieces.attribute(source)}" controls></{name}>') if source else None

    return made


def aplayer(call: Call, desk: Desk) -> str | None:
    """Return a player of the file that APlayer is told after its title and author."""
    source = next((word for word in call.words[1:] if "/" in word), "")
    return element("audio")(call._replace(words=(source,)), desk) if source else None


def dplayer(call: Call, desk: Desk) -> str | None:
    """Return a player of the file that DPlayer is told, in quotes or without."""
    told = dict(word.split("=", 1) for word in call.words if "=" in word)
    return element("video")(call._replace(words=(), named={**call.named, **told}), desk)


def iframe(call: Call, desk: Desk) -> str | None:
    """Return what an iframe becomes."""
    source = call.first("src", "url", word=0)
    return pieces.player(source, call.first("title"), desk.post.url) if source else None


youtube = hosted("https://www.youtube.com/embed/{}")
vimeo = hosted("https://player.vimeo.com/video/{}")


def embed(call: Call, desk: Desk) -> str | None:
    """Return what the page at an address becomes: a film's player where it is one, else a link."""
    source = call.first("url", "src", "href", word=0)
    host = re.match(r"https?://(?:(?:www|m|player)\.)?(youtube\.com|youtu\.be|vimeo\.com)?", source)
    if not host:
        return None
    player = {"": None, "vimeo.com": vimeo}.get(host[1] or "", youtube)
    shown = player and player(call._replace(words=(source,), named={"title": call.first("title")}), desk)
    return shown or pieces.link(source, escape(call.first("title")))
