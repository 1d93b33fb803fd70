"""Text -> slugs as two packages of JavaScript write them, which filters of Eleventy are: ``slugify`` and ``slug``."""

from __future__ import annotations

import re
from unicodedata import category

from feeder.texts.slugs import without_marks

# What the slugify filter spells out, where taking off the marks would not do.
_SPELLED = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": " and ", "♥": " love ", "🦄": " unicorn ",
})  # fmt: skip
_PICTURES = re.compile(
    "[\u203d\u2460-\u24ff\U0001d400-\U0001d7ff\U0001f110-\U0001f19a\U0001f4af\U0001f519-\U0001f524\U0001f650-\U0001f77f]"
)
"""Signs in which it sees letters and numbers."""
_UNSPELLED = re.compile(
    "[\u05d0-\u05ea\u3041-\u3096\u30a1-\u30fb\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
"""Letters that are no more than a space to it: Hebrew, Chinese, Japanese, Korean, and wide ones."""
_AS_WORDS = str.maketrans({"$": "dollar", "%": "percent", "&": "and", "<": "less", ">": "greater", "|": "or"})
"""What the filter slug makes words of."""


def slugify(text: str) -> str:
    """Return text as the filter of that name writes it. Raises `ValueError` for letters that it spells otherwise, or has no others beside."""
    bare = without_marks(_UNSPELLED.sub(" ", text).translate(_SPELLED)).lower()
    made = re.sub(r"[^a-z0-9]+", "-", re.sub(r"([a-z0-9])'([ts])(?=\s|\Z)", r"\1\2", bare)).strip("-")
    alone = "" if made else text
    if foreign := next((one for one in bare + alone if not one.isascii() and _is_spelled(one)), ""):
        message = f"has the letter {foreign!r}, which slugify spells in its own way; write out the permalink"
        raise ValueError(message)
    return made


def _is_spelled(sign: str) -> bool:
    return sign.isalnum() or category(sign) == "Sc" or _PICTURES.match(sign) is not None


_LETTERS = re.compile("[\u00c0-\u017f\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_UNSURE = frozenset("ĈĉĊċĐđĔĕĜĝĠġĤĥĦħĬĭĴĵĹĺŉŌōŎŏŖŗŜŝŦŧŬŭŴŵŶŷŸſ")
"""Latin letters that releases of the package slugify leave out, or spell otherwise than without their marks."""


def _latin(sign: str) -> str:
    """Return a Latin letter as the package slugify spells it, and any other sign as it is."""
    if sign == "ß":
        return "ss"
    known = _LETTERS.fullmatch(sign) and sign not in _UNSURE
    return without_marks(sign) if known else sign


def slug(text: str) -> str:
    """Return text as the older filter of that name writes it.

    Raises `ValueError` for letters that it has a table of its own for, and for quotes, which Nunjucks escapes and Liquid does not.
    """
    text = "".join(map(_latin, text))
    if foreign := re.search(r"[^\x00-\x7f]|[\"']", text):
        message = f"has {foreign[0]!r}, which the filter slug spells in its own way; write out the permalink"
        raise ValueError(message)
    spelled = re.sub(r"[^\w\s$*_+~.()!:@]+", "", text.replace("-", " ").translate(_AS_WORDS))
    return "-".join(spelled.split()).lower()


_TYPED = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2026": "..."}


def slug_without(text: str, removed: str) -> str:
    """Return text as the package of ``slug`` writes it when it is told what to remove, and to write all small.

    Raises `ValueError` for letters that it has a table of its own for, and for signs that Nunjucks escapes.
    """
    parts = []
    for sign in text:
        bare = _TYPED.get(sign) or _latin(sign.translate(_AS_WORDS))
        if not bare.isascii():
            message = f"has {sign!r}, which the filter spells in its own way; write out the permalink"
            raise ValueError(message)
        parts += [one for one in (" " if bare == "-" else bare) if one not in removed]
    made = "-".join("".join(parts).split()).lower()
    if escaped := re.search(r"[&<>\"']", made):
        message = f"has {escaped[0]!r}, which templates write in their own way; write out the permalink"
        raise ValueError(message)
    return made
