"""Plain text fit for a feed: what XML can carry, folded white space, no markup. The one place that cleans."""

from __future__ import annotations

import re
import unicodedata

from feeder.patterns import pattern

_LINE_ENDS = pattern("\r\n?")
_NEXT_LINE = "\x85"
"""A line end to few programs, and the ellipsis of Windows-1252 that was taken for Latin-1, which is what posts have."""
# XML 1.0 section 2.2 excludes the C0 controls but tab and line feed, surrogates and U+FFFE/FFFF. The C1 controls
# and noncharacters are legal and invisible, and U+FFFD stands for what was lost: both come from broken encodings, readers print boxes
# for them, and the feed validator warns [BadCharacters].
_NOT_TEXT = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
# Not U+3000 and U+00A0: authors of Japanese and French set them on purpose.
_WHITE = pattern("[ \t\n\u2028\u2029]+")
_ELEMENTS = (
    "a abbr acronym article aside blockquote div li ol p pre script section style table td th tr ul b bdi bdo big br cite code del dfn em font h1 h2 h3 h4 h5 h6 i img ins kbd mark p q "
    "rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_VOID = r"(?i)<(?:br|wbr|img)\b[^<>]*>"
_COMMENT = r"(?s)<!--.{0,1000}?-->"
_PAIRED = rf"""(?is)<({_ELEMENTS.replace(" ", "|")})(?:\s(?:[^<>"']|"[^"<]{{0,500}}"|'[^'<]{{0,500}}')*+)?>(.{{0,1000}}?)</\1\s*>"""
"""Compiled when the first title has a ``<``: most sites have none."""
_REFERENCE = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
INDENTED = pattern(r"(?<=\n)\t+")
"""Tabs that begin a line."""
_JOINER = "\u200d"
_ENOUGH_NESTING = 20
_BEFORE_ELLIPSIS = " ,;:.、\uff0c\uff1b\uff1a。"


def clean(text: str) -> str:
    """Return ``text`` with LF line ends and without the characters that XML cannot carry (XML 1.0, 2.2)."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if _NEXT_LINE in text:
        text = text.replace(_NEXT_LINE, "…")
    return text if is_clean(text) else _NOT_TEXT.sub("", text)


def without_tabs(text: str) -> str:
    """Return a text in YAML with two spaces in place of each tab that begins a line, as Hexo reads it."""
    return INDENTED.sub(lambda tabs: "  " * len(tabs[0]), text) if "\n\t" in text else text


def is_clean(text: str) -> bool:
    """Whether `clean` would return ``text`` as it is."""
    return (is_printable(text) and "\ufffd" not in text) or _NOT_TEXT.search(text) is None


def is_printable(text: str) -> bool:
    """Whether ``text`` has only characters that show, spaces and line feeds; faster to tell than by a search for others."""
    return text.replace("\n", "").isprintable()


def fold(text: str) -> str:
    """Return ``text`` on one line: runs of white space are one space, none at the ends."""
    return _WHITE.sub(" ", text).strip()


def nfc(text: str) -> str:
    """Return ``text`` in Unicode's composed form, in which equal-looking names are equal."""
    return unicodedata.normalize("NFC", text)


def nfkd(text: str) -> str:
    """Return ``text`` with every accent apart from its letter."""
    return unicodedata.normalize("NFKD", text)


def folded(path: str) -> str:
    """Return a path as file systems compare it that know neither case nor composed characters."""
    return nfc(unicodedata.normalize("NFD", path).casefold())


def without_markup(text: str) -> str:
    """Return a title as plain text: paired inline HTML elements gone, references resolved, white space folded.

    What only looks like markup stays: ``use <T> & R&D`` comes back as it is.
    """
    if "<" in text:
        text = re.sub(_VOID, " ", re.sub(_COMMENT, "", text))
        for _ in range(_ENOUGH_NESTING):
            text, found = re.subn(_PAIRED, r"\2", text)
            if not found:
                break
    return fold(resolve_references(text))


def resolve_references(text: str) -> str:
    """Return ``text`` with its character references resolved; an ``&`` that begins none stays."""
    if "&" not in text:
        return text
    from html import unescape  # two thousand names, for the few texts that have one

    return clean(_REFERENCE.sub(lambda match: unescape(match[0]), text))


def escape(text: str) -> str:
    """Return plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(text: str, limit: int) -> str:
    """Return ``text`` in at most ``limit`` characters, cut at a word and ended by an ellipsis if it was longer.

    Scripts without spaces are cut between characters, never inside a grapheme.
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    space = text.rfind(" ", 0, end + 1)
    if space > end * 3 // 4:
        end = space
    while end > 1 and (_extends(text[end]) or text[end - 1] == _JOINER or _parts_a_flag(text, end)):
        end -= 1
    return text[:end].rstrip(_BEFORE_ELLIPSIS) + "…"


def _extends(character: str) -> bool:
    """Whether ``character`` belongs to the one before it: a combining mark, a joiner, a selector, a tag, or half of a Hangul syllable."""
    return (
        character == _JOINER
        or unicodedata.category(character) in {"Mn", "Mc", "Me"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7ff"
    )


def _parts_a_flag(text: str, end: int) -> bool:
    """Whether a cut before ``end`` would leave half of a flag, which is two regional indicators."""
    start = end
    while start > 0 and "\U0001f1e6" <= text[start - 1] <= "\U0001f1ff":
        start -= 1
    return "\U0001f1e6" <= text[end] <= "\U0001f1ff" and (end - start) % 2 == 1
