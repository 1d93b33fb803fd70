"""feeder/texts/languages.py: which language tags are good, and how they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder.texts import languages
from feeder.texts.languages import language_tag


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "en"), ("en", "EN"), ("en", "  en "), ("en-US", "en-us"), ("zh-CN", "zh_cn"), ("zh-Hans", "zh-hans"),
        ("zh-Hans-CN", "ZH-HANS-CN"), ("zh-Hant-TW", "zh_Hant_TW"), ("es-419", "es-419"), ("sr-Latn-RS", "sr-latn-rs"),
        ("de-1996", "de-1996"), ("sl-rozaj", "sl-ROZAJ"), ("ca-valencia", "ca-valencia"), ("fil", "fil"), ("und", "und"),
        ("hy-Latn-IT-arevela", "hy-latn-it-AREVELA"), ("no", "no"), ("nb-NO", "nb-no"), ("en", "English"), ("zh", " chinese "),
        ("x-klingon", "x-klingon"), ("x-a-12345678", "X-A-12345678"), ("i-default", "i-DEFAULT"), ("en-GB-oed", "en_gb_OED"),
        ("zh-min-nan", "zh-min-nan"), ("sgn-BE-FR", "sgn-be-fr"), ("az-Latn-x-latn", "AZ-latn-X-LATN"), ("en-CA-x-ca", "en-ca-x-ca"),
        ("de-DE-u-co-phonebk", "de-de-u-co-phonebk"), ("en-a-bbb-x-a-ccc", "en-a-bbb-x-a-ccc"),
    ],
)  # fmt: skip
def test_a_tag_is_written_as_usual(expected: str, text: str) -> None:
    """A good tag comes out with its language small, its script capitalised and its country in capitals (RFC 5646)."""
    assert expected == language_tag(text)
    assert expected == language_tag(expected)


@pytest.mark.parametrize(
    "text",
    ["", " ", "e", "klingon", "english us", "xx", "cn", "jp", "en-", "-en", "en--us", "en us", "en_US.UTF-8", "C", "root", "e1", "\uff45\uff4e", "中文", "\u0131",
     "en-US-", "<en>", "en;q=0.5", "en,de", "x", "x-", "x-123456789", "i-unknown", "en-x", "en-u", "en-usa", "en-x-", "a-de", "en-GB-oeds-", "en\x00", "en" + "-12345" * 10_000 + "!"],
)  # fmt: skip
def test_what_is_no_tag(text: str) -> None:
    """A country's code, a locale, a name, other scripts and lists are no language tags."""
    assert language_tag(text) is None


@given(st.text("aeinuszhxcnCNUS_-419 ", max_size=12) | st.text(max_size=5))
def test_a_tag_is_ascii_and_settled(text: str) -> None:
    """Whatever is taken for a tag is ASCII without underscore, and is its own usual form."""
    tag = language_tag(text)
    if tag is not None:
        assert tag.replace("-", "").isalnum()
        assert tag.isascii()
        assert tag == language_tag(tag)
        said = text.strip().replace("_", "-").lower()
        assert tag.lower() == said or tag == languages._NAMES[said]
