"""feeder/texts/plaintext.py: what XML can carry, what stays of white space and markup, and where a text is cut."""

from __future__ import annotations

import unicodedata
from time import process_time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeder.texts.plaintext import clean, escape, fold, nfc, resolve_references, shorten, without_markup

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
GERMANY = "🇩🇪"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
GRAPHEMES = (
    "a", "中", "é", "e\u0301", "a\u0300\u0323\u0331", FAMILY, GERMANY, ENGLAND, "👍🏽", "1\ufe0f\u20e3", "☃\ufe0f", "नि", "ก็",
    "❤\ufe0f\u200d🔥", "\u1112\u1161\u11ab",
)  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a\nb\nc\n\nd", "a\r\nb\rc\r\r\nd"),
        ("abcd", "\x00a\x08b\x0bc\x0cd\x1f"),
        ("a\tb\nc", "a\tb\nc"),
        ("ab", "a\x7f\x80\x84\x86\x9fb"),
        ("a…b", "a\x85b"),
        ("ab", "\ud800a\udfffb\udcff"),
        ("ab", "a\ufffe\uffffb"),
        ("\ufeffa\u2028b", "\ufeffa\u2028b\ufffd"),
        ("👨\u200d👩\U0010ffff", "👨\u200d👩\U0010ffff"),
        ("", ""),
    ],
)
def test_what_xml_cannot_carry_goes(expected: str, text: str) -> None:
    """Control characters, surrogates, U+FFFE/FFFF and U+FFFD (what was lost) go, lines end in LF, all else stays."""
    assert expected == clean(text)


@given(st.text(st.characters() | st.characters(categories=("Cs", "Cc"))))
def test_an_xml_parser_takes_what_is_clean(text: str) -> None:
    """Any text, cleaned and escaped, is what an XML parser reads back; to clean it again changes nothing."""
    cleaned = clean(text)
    assert cleaned == (ET.fromstring(f"<a>{escape(cleaned)}</a>").text or "")
    assert cleaned == clean(cleaned)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a b c", "  a\t b\n\n c \n"),
        ("a\u3000b", "a\u3000b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a b", "a\u2028\u2029b"),
        ("日本\u3000語 x", "日本\u3000語\n x"),
        ("", " \t\n"),
    ],
)
def test_white_space_is_folded(expected: str, text: str) -> None:
    """Runs of white space are one space, none at the ends; an ideographic and a no-break space are set on purpose."""
    assert expected == fold(text)


@pytest.mark.parametrize(
    "text",
    ["use <T> & R&D", "Vec<String>", "std::vector<int>", "1 < 2 > 0", "a <b and c> d", "<b>x", "x</b>", "x <y> z", "AT&T",
     "a & b", "&c", "&;", "&#;", "&#x;", "& amp;", "fish &chips", "<T>x</T>", "x -> y <- z", "<3", "a<b", "HashMap<K, V>"],
)  # fmt: skip
def test_what_only_looks_like_markup_stays(text: str) -> None:
    """Angle brackets and ampersands that make no element and no reference are the author's own."""
    assert text == without_markup(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("a b", "<b>a</b> b"), ("bold and it", "<STRONG>bold</strong> and <em class='x'>it</em >"), ("x", "<i><b>x</b></i>"),
        ("x", "<em><em>x</em></em>"), ("link", '<a href="https://x.example/?a=1&b=2">link</a>'), ("H2O", "H<sub>2</sub>O"),
        ("Ctrl+C", "<kbd>Ctrl</kbd>+<kbd>C</kbd>"), ("a b", "a<br>b"), ("a b", "a<br/>b"), ("a b", "a <img src=x alt=y> b"),
        ("x", "<span>\nx\n</span>"), ("漢字", "<ruby>漢字</ruby>"), ("Title", "<h1>Title</h1>"), ("", "<b></b>"),
        ("l", '<a title="a > b">l</a>'), ("x", "<!-- note -->x"),
        ("R&D", "R&amp;D"), ("<b>", "&lt;b&gt;"), ("&lt;", "&amp;lt;"), ("&amp;", "&amp;amp;"), ("…", "&hellip;"), ("€", "&#128;"),
        ("中", "&#20013;"), ("中", "&#x4E2d;"), ("😀", "&#128512;"), ("a\u00a0b", "a&nbsp;b"), ("", "&#xD800;"),
        ("", "&#0;"), ("ab", "a&#8;b"), ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"), ("List<T>", "<code>List&lt;T&gt;</code>"),
        ("a b", "  a \n b "), ("&copy 2024", "&copy 2024"), ("© 2024", "&copy; 2024"), ("&unknown;", "&unknown;"),
    ],
)  # fmt: skip
def test_markup_goes_and_references_are_resolved(expected: str, text: str) -> None:
    """Paired inline elements leave their text, each character reference is its character, resolved once."""
    assert expected == without_markup(text)


@given(st.text())
def test_what_was_escaped_comes_back(text: str) -> None:
    """Plain text that is escaped as HTML comes back as it was, folded, whatever it looks like."""
    assert fold(clean(text)) == fold(resolve_references(escape(clean(text)).replace("\r", "")))
    assert fold(clean(text)) == without_markup(escape(clean(text)))


@pytest.mark.parametrize("part", ["<b>", "<b>x</i>", "<b><i>", "<a ", "<", "&", "&#", "&amp", "<br ", "</b>"])
def test_a_long_title_takes_no_time(part: str) -> None:
    """100,000 characters of half-open markup are read in less than a second."""
    begin = process_time()
    without_markup(part * (100_000 // len(part)))
    assert process_time() - begin < 2


@pytest.mark.parametrize(
    ("expected", "text", "limit"),
    [
        ("hello world", "hello world", 11),
        ("hello wide…", "hello wide world", 13),
        ("hello wide…", "hello wide world", 11),
        ("hello…", "hello, wide world", 8),
        ("aaaa…", "aaaaaaaaaa", 5),
        ("中文字…", "中文字符测试", 4),
        ("中文…", "中文。字符", 4),
        ("…", "abc", 1),
        ("", "", 5),
        (f"x{FAMILY}…", f"x{FAMILY}{FAMILY}", 12),
        ("x…", f"x{FAMILY}{FAMILY}", 7),
        (f"{GERMANY}…", GERMANY * 5, 4),
        (f"{GERMANY}{GERMANY}…", GERMANY * 5, 5),
        (f"{ENGLAND}…", ENGLAND * 3, 10),
        ("👍🏽…", "👍🏽" * 5, 4),
        ("e\u0301…", "e\u0301" * 10, 4),
        ("1\ufe0f\u20e3…", "1\ufe0f\u20e3" * 4, 6),
    ],
)
def test_a_text_is_cut_between_words_or_characters(expected: str, text: str, limit: int) -> None:
    """A text that is too long ends at a word, or between characters where there are no words, with an ellipsis."""
    assert expected == shorten(text, limit)


@given(st.lists(st.sampled_from(GRAPHEMES), min_size=1, max_size=30), st.integers(1, 40))
@example([GERMANY] * 4, 4)
@example(["x", ENGLAND, ENGLAND], 10)
@example(["\u1112\u1161\u11ab"] * 4, 5)
def test_a_cut_keeps_what_readers_see_whole(graphemes: list[str], limit: int) -> None:
    """What is cut is no longer than asked for and ends where some character, as readers see it, ends."""
    text = "".join(graphemes)
    shown = shorten(text, limit)
    assert len(shown) <= limit
    if shown != text:
        assert "…" == shown[-1]
        assert (
            shown[:-1] in {"".join(graphemes[:count]) for count in range(len(graphemes))} or len(graphemes[0]) >= limit
        )


@given(st.text(), st.integers(1, 50))
def test_a_cut_text_is_a_beginning(text: str, limit: int) -> None:
    """A cut text, but for its ellipsis, begins the whole; one that fits is left alone."""
    shown = shorten(text, limit)
    assert len(shown) <= limit
    assert text == shown if len(text) <= limit else text.startswith(shown[:-1])


@given(st.text())
def test_composed_text_stays(text: str) -> None:
    """Composed text is what Unicode says it is, and composing it again changes nothing."""
    assert unicodedata.normalize("NFC", text) == nfc(text) == nfc(nfc(text))


def test_html_is_escaped_for_text() -> None:
    """In text only <, > and & need an escape; quotes stay as they are."""
    assert "&lt;T&gt; &amp; \"R\" 'D'" == escape("<T> & \"R\" 'D'")
