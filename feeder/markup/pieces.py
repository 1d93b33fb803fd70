"""What tags come to: a picture, a player, a quote, code, a link, as HTML that stands in Markdown as well as in HTML."""

from __future__ import annotations

import re

from feeder.html import embeds
from feeder.html.htmltags import Tag
from feeder.texts.plaintext import escape

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp)(?:[?#].*)?$", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\"\w])(https?)://|(?<![\w\"/])www\.")
_MARKED = re.compile(r"[*_`\[]")
_NOT_IN_TITLE = re.compile(r"</?(?:p|div|br)\b[^<>]*>")


def attribute(text: str) -> str:
    """Return text as the value of an attribute."""
    return escape(text).replace('"', "&quot;").replace("\n", " ")


def link(url: str, html: str = "") -> str:
    """Return a link; ``html`` is what is shown, the address where there is none."""
    html = html or _no_address(escape(url))
    return f'<a href="{attribute(url.replace(" ", "%20"))}">{html}</a>'


def _no_address(html: str) -> str:
    """Return HTML in whose text no address is that Markdown would make a link of, since it is within one."""
    return _IN_TEXT.sub(lambda match: f"{match[1]}:&#47;&#47;" if match[1] else "www&#46;", html)


def is_picture(url: str) -> bool:
    """Whether an address is one of a picture, by its ending."""
    return _PICTURE.search(url) is not None


def image(url: str, alt: str = "", title: str = "", width: str = "", height: str = "") -> str:
    """Return a picture."""
    sizes = {"title": title, "width": width, "height": height}
    more = "".join(f' {name}="{attribute(value)}"' for name, value in sizes.items() if value)
    return f'<img src="{attribute(url.strip().replace(" ", "%20"))}" alt="{attribute(alt)}"{more}>'


def figure(picture: str, caption: str, title: str = "") -> str:
    """Return a picture with a caption, in which there may be Markdown, below a title; the picture alone without one."""
    text = _NOT_IN_TITLE.sub(" ", " ".join(caption.split()))
    if title:
        text = f"<h4>{title}</h4>\n\n{text}"
    if title or _MARKED.search(text):
        return f'<figure markdown="1">{picture}<figcaption markdown="1">\n\n{text}\n\n</figcaption></figure>'
    return f"<figure>{picture}<figcaption>{text}</figcaption></figure>" if text else picture


def player(url: str, title: str = "", base: str = "") -> str:
    """Return what an iframe of this address becomes: a link, and a poster where that is known."""
    return _no_address(embeds.link(Tag("iframe", {"src": url, "title": title}), base))


def code(text: str, language: str = "", title: str = "", linked: str = "") -> str:
    """Return a block of code on one line, with a title and a link: no list and no blank line can take it apart."""
    named = f' class="language-{attribute(language)}"' if language else ""
    lines = escape(text.strip("\n")).replace("{", "&#123;").replace("\n", "&#10;")
    said = " ".join(filter(None, (escape(title), linked)))
    # The comment has the block of HTML end with this line, as <pre> by itself does.
    caption = f"<!-- --><p>{said}</p>" if said else ""
    return f"{caption}<pre><code{named}>{lines}&#10;</code></pre>"


def literal(text: str) -> str:
    """Return text within a line as code."""
    return f"<code>{escape(text).replace('{', '&#123;')}</code>"


def quote(inner: str, title: str = "", foot: str = "") -> str:
    """Return a quote, a note or a warning, with Markdown in it."""
    head = f"<strong>{title}</strong>\n\n" if title else ""
    tail = f"\n\n{foot}" if foot else ""
    return f'<blockquote markdown="1">\n\n{head}{inner.strip(chr(10))}{tail}\n\n</blockquote>'


def details(inner: str, summary: str, *, marked: bool = False) -> str:
    """Return what is shown on demand; ``marked`` says that there may be Markdown in the summary."""
    inline = not (marked and _MARKED.search(summary))
    head = f"<summary>{summary}</summary>" if inline else f'<summary markdown="1">\n\n{summary}\n\n</summary>'
    return f'<details markdown="1">\n{head}\n\n{inner.strip(chr(10))}\n\n</details>'
