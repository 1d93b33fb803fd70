"""What tags mean that hold text: code, notes, quotes, tabs, and variables."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING

from feeder.markup import pieces
from feeder.markup.leftovers import shielded
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk


def raw(call: Call, desk: Desk) -> str:
    """Return what is between a tag and its end as it is; tags in it are text."""
    inner = call.inner or ""
    if call.margin is not None:
        inner = inner.strip("\n").removeprefix(call.margin)  # which stands before the tag already
    return shielded(inner, html=desk.html)


def code(call: Call, desk: Desk) -> str:
    """Return a block of code, or code within a line."""
    words = [word for word in call.words if ":" not in word or word.startswith("lang:")]
    language = next((word[5:] for word in words if word.startswith("lang:")), "") or call.first(
        "lang", "language", "type"
    )
    title, linked = call.first("title", "caption"), ""
    if not language and words and call.name not in {"codeblock", "mermaid"}:
        language = words[0]
    elif call.name == "codeblock":
        shown = [word for word in call.words if not re.match(r"\w+:(?!//)", word)]
        at = next((at for at, word in enumerate(shown) if at and "://" in word), len(shown))
        linked = pieces.link(shown[at], escape(" ".join(shown[at + 1 :]) or "link")) if at < len(shown) else ""
        title = title or " ".join(shown[:at])
    if not re.fullmatch(r"[\w#+.-]+", language):
        language = ""
    inner = call.inner or ""
    if call.name == "mermaid":
        language, inner = call.name, f"{call.text}\n{inner.lstrip(chr(10))}" if call.text else inner
    if call.margin is None and "\n" not in inner:
        return pieces.literal(inner.strip())
    return call.block(pieces.code(dedent(inner.strip("\n")), language, title, linked))


def nothing(call: Call, desk: Desk) -> str:
    """Return nothing."""
    return ""


def sealed(call: Call, desk: Desk) -> str:
    """Return nothing: what is in the tag is for those who know a password, which is reported."""
    desk.sealed(call.offset)
    return ""


def inner(call: Call, desk: Desk) -> str:
    """Return what is in the tag."""
    return call.inner or ""


def text(call: Call, desk: Desk) -> str | None:
    """Return the text that is in the tag or that it is told."""
    return (
        call.inner or call.first("text", "content", "message", "body", "title", "label", "name", "term", word=0) or None
    )


def words(call: Call, desk: Desk) -> str:
    """Return what is in the tag, or its words, without those that say how it looks."""
    return escape(" ".join(word for word in call.words if not _LOOK.match(word))) if call.inner is None else call.inner


def styled(call: Call, desk: Desk) -> str:
    """Return what is in the tag, or its text behind the words, before a comma or two colons, that say how it looks."""
    styles, comma, said = call.text.partition("::" if "::" in call.text.partition(",")[0] else ",")
    box = "" if call.name != "checkbox" else "☑ " if "checked" in styles.split() else "☐ "
    return call.inner or box + escape((said if comma else styles).strip())


def hidden(call: Call, desk: Desk) -> str:
    """Return the text before the first comma, behind which stands how it is shown on demand."""
    return call.inner or escape(call.text.partition(",")[0].strip())


def ruby(call: Call, desk: Desk) -> str:
    """Return characters with how they are read above them."""
    text, _, read = call.text.partition("|")
    return f"<ruby>{escape(text.strip())}<rt>{escape(read.strip())}</rt></ruby>"


_LOOK = re.compile(r"(?:color|bg|style|size):\S*$")
TITLED = frozenset(
    "note notice admonition callout alert hint tip info warning danger caution important success error question example abstract".split()
)
_NO_TITLE = frozenset(
    "default primary info success warning danger error tip simple modern flat disabled no-icon note secondary light dark "
    "blue pink red purple orange green".split()
)


def aside(call: Call, desk: Desk) -> str | None:
    """Return a note as a quote: its title is what is named so, the words of Hexo's that are no style, or its kind."""
    inner = call.inner if call.inner is not None else call.first("content", "text", "message", "body")
    title = call.first("title", "heading")
    kind = call.first("type", "kind", word=0).lower()
    if not title and desk.dialect.name == "hexo":
        title = " ".join(
            word for word in call.words if word.lower() not in _NO_TITLE and not re.match(r"fa[sbr]?[ -]|['#]", word)
        )
    elif not title:
        title = (
            call.first(word=1) or (kind if kind in TITLED else call.name if call.name in TITLED else "").capitalize()
        )
    if not inner:
        return None
    if call.margin is None and "\n" not in inner:
        return inner
    return call.block(pieces.quote(inner, escape(title)))


def quote(call: Call, desk: Desk) -> str | None:
    """Return a quote: who said it, where, and the link to that, as Hexo and Octopress have them."""
    if call.inner is None:
        return None
    if call.named:
        title = call.first("cite", "source", "work", "title")
        url = next(filter(_ADDRESS.fullmatch, (call.first("link"), call.first("url"), title)), "")
        who, title = call.first("author", "by", "footer", "name", "attribution"), "" if title == url else title
    else:
        url = next((word for word in call.words if "://" in word), "")
        before, _, behind = call.text.partition(url) if url else (call.text, "", "")
        who, title = " ".join(before.replace('"', "").split()), " ".join(behind.split())
    who, title = escape(who.strip(" ,")), escape(title)
    foot = (", " if call.named and title else " ").join(filter(None, (who, pieces.link(url, title) if url else title)))
    return call.block(pieces.quote(call.inner, foot=f"— {foot}" if foot and call.name != "pullquote" else ""))


def center(call: Call, desk: Desk) -> str:
    """Return centred text as a quote."""
    return words(call, desk) if call.inner is None else call.block(pieces.quote(call.inner))


def label(call: Call, desk: Desk) -> str:
    """Return the text of a label: NexT's is behind an @, Butterfly's before a colour."""
    text = call.text.strip()
    return escape(text.partition("@")[2] if "@" in text else " ".join(call.words[:-1] or call.words))


def details(call: Call, desk: Desk) -> str | None:
    """Return what is shown on demand."""
    if call.inner is None:
        return None
    hexo = desk.dialect.name == "hexo"
    before, _, behind = call.text.partition(",")
    words = ((behind if call.name in {"folding", "fold"} else "") or before) if hexo else call.first(word=0)
    summary = call.first("summary", "title", "label") or words.strip() or "…"
    marked = desk.dialect.name == "hugo" and not call.margin
    return call.block(pieces.details(call.inner, escape(summary), marked=marked))


_ADDRESS = re.compile(r"(?:https?:/|\.{0,2})/\S+", re.IGNORECASE)
_TAB = re.compile(r"<!--\s*(?:tab|timeline|node)\b[ \t]*([^\n]{0,200}?)[ \t]*-->|<!--\s*(?:end\w*)\s*-->")


def tabs(call: Call, desk: Desk) -> str:
    """Return what is on each tab, below the name of the tab."""
    inner = call.inner or ""

    def named(match: re.Match[str]) -> str:
        name = (match[1] or "").partition("@")[0].strip()
        return f"\n\n<strong>{escape(name)}</strong>\n\n" if name else "\n"

    head = f"\n\n<strong>{escape(call.text)}</strong>\n" if call.name == "timeline" and call.text else ""
    return head + _TAB.sub(named, inner)


def tab(call: Call, desk: Desk) -> str:
    """Return what is on a tab, below the tab's name."""
    title = call.first("name", "label", "title", "header", "tabname", "text", "lang", "value", word=0)
    head = f"\n\n{call.margin or ''}<strong>{escape(title)}</strong>\n\n" if title else ""
    return f"{head}{call.inner or ''}\n"


def param(call: Call, desk: Desk) -> str | None:
    """Return a value of the post's or the site's."""
    name = call.first("name", word=0)
    names = (name, f"site.params.{name.lower()}", f"site.{name}")
    value = next((told for told in map(desk.variable, names) if told is not None), None)
    return None if value is None else escape(value)
