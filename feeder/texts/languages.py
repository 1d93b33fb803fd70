"""Language tags (BCP 47), as far as a feed must get them right."""

from __future__ import annotations

import re

# ISO 639-1. A tag that begins with any other two letters (cn, jp, gr, …) is a country's code or a slip.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
_NAMES = {
    "arabic": "ar", "bengali": "bn", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi",
    "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id",
    "italian": "it", "japanese": "ja", "korean": "ko", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk",
    "vietnamese": "vi",
}  # fmt: skip
"""What languages are called, where somebody writes that for a tag."""
_GRANDFATHERED = {
    tag.lower(): tag
    for tag in (
        "art-lojban cel-gaulish en-GB-oed i-ami i-bnn i-default i-enochian i-hak i-klingon i-lux i-mingo i-navajo i-pwn "
        "i-tao i-tay i-tsu no-bok no-nyn sgn-BE-FR sgn-BE-NL sgn-CH-DE zh-guoyu zh-hakka zh-min zh-min-nan zh-xiang"
    ).split()
}
"""Tags that are good because they were registered before there were rules (RFC 5646 section 2.2.8)."""
_PRIVATE = r"x(?:-[A-Za-z0-9]{1,8})+"
_TAG = (
    r"([A-Za-z]{2,3})(-[A-Za-z]{4})?(-(?:[A-Za-z]{2}|\d{3}))?(-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"
    rf"(-(?!x)[A-Za-z0-9](?:-[A-Za-z0-9]{{2,8}})+)*(-{_PRIVATE})?"
)
_PRIMARY_LENGTH, _SCRIPT_LENGTH, _REGION_LENGTH = 2, 4, 2


def language_tag(text: str) -> str | None:
    """Return ``text`` as a language tag in its usual case (RFC 5646 section 2.1.1), None if it is none.

    An underscore counts as a hyphen: ``zh_cn`` is ``zh-CN``. The name of a language stands for its tag.
    """
    said = text.strip().replace("_", "-")
    if known := _NAMES.get(said.lower()) or _GRANDFATHERED.get(said.lower()):
        return known
    if re.fullmatch(_PRIVATE, said, re.IGNORECASE | re.ASCII):
        return said.lower()
    match = re.fullmatch(_TAG, said, re.IGNORECASE | re.ASCII)
    if not match or (len(match[1]) == _PRIMARY_LENGTH and match[1].lower() not in _TWO_LETTERS):
        return None
    first, *rest = match[0].split("-")
    single = next((place for place, subtag in enumerate(rest) if len(subtag) == 1), len(rest))
    return "-".join([first.lower(), *map(_cased, rest[:single]), *map(str.lower, rest[single:])])


def _cased(subtag: str) -> str:
    if len(subtag) == _SCRIPT_LENGTH and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == _REGION_LENGTH else subtag.lower()
