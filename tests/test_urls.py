"""feeder/texts/urls.py: RFC 3986's own examples, one canonical form, and no scheme that a reader must not open."""

from __future__ import annotations

from contextlib import suppress
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeder.texts.urls import LINKS, WEB, BadUrlError, absolute, canonical, is_uri, quoted_path, scheme, site_absolute

PAGE = "https://site.example/blog/post/"
ROUGH = "aA%2eEfF4/.:?#@[]\\ ;&=+é~-_1\t"

# RFC 3986 section 5.4.1 and 5.4.2 against http://a/b/c/d;p?q, whose own empty path canonical form fills.
RFC3986 = {
    "g": "http://a/b/c/g", "./g": "http://a/b/c/g", "g/": "http://a/b/c/g/", "/g": "http://a/g", "//g": "http://g/",
    "?y": "http://a/b/c/d;p?y", "g?y": "http://a/b/c/g?y", "#s": "http://a/b/c/d;p?q#s", "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s", ";x": "http://a/b/c/;x", "g;x": "http://a/b/c/g;x", "g;x?y#s": "http://a/b/c/g;x?y#s",
    "": "http://a/b/c/d;p?q", ".": "http://a/b/c/", "./": "http://a/b/c/", "..": "http://a/b/", "../": "http://a/b/",
    "../g": "http://a/b/g", "../..": "http://a/", "../../": "http://a/", "../../g": "http://a/g",
    "../../../g": "http://a/g", "../../../../g": "http://a/g", "/./g": "http://a/g", "/../g": "http://a/g",
    "g.": "http://a/b/c/g.", ".g": "http://a/b/c/.g", "g..": "http://a/b/c/g..", "..g": "http://a/b/c/..g",
    "./../g": "http://a/b/g", "./g/.": "http://a/b/c/g/", "g/./h": "http://a/b/c/g/h", "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y", "g;x=1/../y": "http://a/b/c/y", "g?y/./x": "http://a/b/c/g?y/./x",
    "g?y/../x": "http://a/b/c/g?y/../x", "g#s/./x": "http://a/b/c/g#s/./x", "g#s/../x": "http://a/b/c/g#s/../x",
}  # fmt: skip


@pytest.mark.parametrize("reference", RFC3986)
def test_a_reference_is_resolved(reference: str) -> None:
    """Every example of RFC 3986 section 5.4 resolves as that section says."""
    assert RFC3986[reference] == absolute(reference, "http://a/b/c/d;p?q")


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("https://x.example/", "https://x.example"),
        ("https://x.example/A", "HTTPS://X.EXAMPLE:443/A"),
        ("http://x.example/", "http://x.example:80"),
        ("http://x.example:443/", "http://x.example:443"),
        ("https://x.example:8443/", "https://x.example:8443/"),
        ("https://x.example/", "https://x.example:/"),
        ("https://x.example/", "https://x.example./"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        ("https://me:p%40ss@x.example/", "https://me:p%40ss@x.example/"),
        ("https://x.example/a/c", "https://x.example/a/./b/../c"),
        ("https://x.example/a", "https://x.example/../../a"),
        ("https://x.example/a", "https://x.example/%2e%2E/a"),
        ("https://x.example//a//b", "https://x.example//a//b"),
        ("https://x.example/a%20b", "https://x.example/a b"),
        ("https://x.example/a%20b", "https://x.example/a%20b"),
        ("https://x.example/~me", "https://x.example/%7eme"),
        ("https://x.example/%C3%A4", "https://x.example/ä"),
        ("https://x.example/%C3%A4", "https://x.example/%c3%a4"),
        ("https://x.example/%E4", "https://x.example/%e4"),
        ("https://x.example/a%2Fb", "https://x.example/a%2fb"),
        ("https://x.example/100%25", "https://x.example/100%"),
        ("https://x.example/100%25zz", "https://x.example/100%zz"),
        ("https://x.example/100%2525", "https://x.example/100%2525"),
        ("https://x.example/%25A", "https://x.example/%%41"),
        ("https://x.example/%5Ba%5D%7C%5E%60%22%3C%3E", 'https://x.example/[a]|^`"<>'),
        ("https://x.example/?q=a%20b&r=%C3%BC+1/2?", "https://x.example/?q=a b&r=ü+1/2?"),
        ("https://x.example/#%C3%BC", "https://x.example/#ü"),
        ("https://x.example/a'(b)*!,;=:@$&", "https://x.example/a'(b)*!,;=:@$&"),
        ("https://xn--r8jz45g.jp/%E3%83%91%E3%82%B9", "https://例え.jp/パス"),
        ("https://xn--r8jz45g.jp/", "https://XN--R8JZ45G.jp/"),
        ("https://xn--mnchen-3ya.example/", "https://MÜNCHEN.example/"),
        ("https://x_y.example/", "https://x_y.example/"),
        ("mailto:a@b.example?subject=a%20b", "mailto:a@b.example?subject=a b"),
        ("tel:+49%2030", "TEL:+49 30"),
    ],
)
def test_a_url_has_one_form(expected: str, url: str) -> None:
    """A URL comes out in the form of RFC 3986 section 6.2.2, encoded once, its host in ASCII."""
    assert expected == canonical(url)


@given(
    st.sampled_from(
        ("https://x.example", "http://X.example:80/", "https://u:p@x.example/a/", "https://", "mailto:", "")
    ),
    st.text(ROUGH, max_size=25) | st.text(max_size=25),
)
@example("", "\x01javascript:alert(1)")
@example("", "\x1bA:")
def test_what_comes_out_stays(start: str, rest: str) -> None:
    """An absolute URL has an allowed scheme, is ASCII without white space, and is its own canonical form."""
    try:
        url = absolute(start + rest, PAGE, LINKS)
    except BadUrlError:
        return
    assert scheme(url) in LINKS
    assert url.isascii()
    assert url.split() == [url]
    assert url == canonical(url) == absolute(url, "https://else.example/", LINKS)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "java\nscript:alert(1)", "java\r\nscript:alert(1)", "\x00javascript:alert(1)", "\x01javascript:alert(1)",
        "\x1fjavascript:alert(1)", "\x0b\x0cjavascript:alert(1)", "\t \x08javascript:alert(1)", "javascript\t:alert(1)",
        "vbscript:x", "VB\tScript:x", "data:text/html,x", "DATA:image/png;base64,AA", "\x02data:text/html,x",
        "file:///etc/passwd", "blob:https://x.example/1", "view-source:https://x.example/", "feed:https://x.example/",
        "filesystem:https://x.example/", "about:blank", "intent:x", "C:\\x.png",
    ],
)  # fmt: skip
@pytest.mark.parametrize("schemes", [WEB, LINKS], ids=["web", "links"])
def test_a_dangerous_scheme_is_refused(url: str, schemes: frozenset[str]) -> None:
    """No URL that runs, embeds or opens something local passes, whatever browsers ignore is mixed in."""
    with pytest.raises(BadUrlError, match=r"a URL must be http or https, not [a-z-]+:"):
        absolute(url, PAGE, schemes)


@pytest.mark.parametrize(
    ("expected", "reference"),
    [
        ("https://site.example/blog/post/jav&#x09;ascript:x", "jav&#x09;ascript:x"),
        ("https://site.example/blog/post/javascript%E2%80%8B:x", "javascript\u200b:x"),
        ("https://site.example/blog/post/1:2", "1:2"),
        ("https://site.example/blog/post/a:b", "./a:b"),
        ("https://cdn.example/x", "//cdn.example/x"),
        ("https://cdn.example/x", "\\\\cdn.example\\x"),
        ("https://site.example/blog/post/img/a.png", "img\\a.png"),
        ("https://site.example/blog/post/ab", " a\nb "),
        ("https://site.example/x%20y", "/x y"),
    ],
)
def test_what_is_no_scheme_is_relative(expected: str, reference: str) -> None:
    """What browsers take for a relative reference is resolved as one; a backslash is a slash."""
    assert expected == absolute(reference, PAGE)


@pytest.mark.parametrize("allowed", sorted(LINKS - WEB))
def test_a_link_may_do_more_than_a_picture(allowed: str) -> None:
    """Schemes of links pass in a body and nowhere else."""
    url = f"{allowed}:x" if allowed not in {"gemini", "gopher", "ftp", "irc", "ircs"} else f"{allowed}://x.example/"
    assert url == absolute(url, PAGE, LINKS)
    with pytest.raises(BadUrlError, match=f"not {allowed}:"):
        absolute(url, PAGE)


@pytest.mark.parametrize(
    "url",
    ["https://", "https:///a", "http:a", "https://user@/", "https://x.example:99999/", "https://x.example:port/",
     "https://[::1", "https://exa mple/", "https://exa<mple/", "https://" + "ä" * 64 + ".example/", "https://\ud800/",
     "https://x.example/\ud800", "ht!tp://x", "1http://x.example/", "://x.example/"],
)  # fmt: skip
def test_what_cannot_be_a_url(url: str) -> None:
    """A URL without host, with an impossible host or port, or that has no bytes is refused, with a reason."""
    with pytest.raises(BadUrlError, match=r"."):
        absolute(url, PAGE)


@pytest.mark.parametrize("part", [":", "%", "/..", "/.", "\t", "[", "a@", "?", "é"])
def test_a_long_url_takes_no_time(part: str) -> None:
    """100,000 characters of anything are made absolute or refused in less than a second."""
    begin = process_time()
    with suppress(BadUrlError):
        absolute(part * (100_000 // len(part)), PAGE)
    assert process_time() - begin < 2


@pytest.mark.parametrize(
    ("expected", "reference"),
    [
        ("https://x.example/blog/about/", "/about/"),
        ("https://x.example/blog/about/", "/blog/about/"),
        ("https://x.example/blog/about", "about"),
        ("https://x.example/blog/blogger", "/blogger"),
        ("https://x.example/blog/", "/"),
        ("https://x.example/blog/", ""),
        ("https://x.example/blog/?q#f", "?q#f"),
        ("https://x.example/blog/%C3%A4%20b", "/ä b"),
        ("https://cdn.example/x", "//cdn.example/x"),
        ("https://other.example/", "https://other.example/"),
    ],
)
def test_a_reference_of_a_site_below_a_path(expected: str, reference: str) -> None:
    """On a site below a path, a path from the root is one from the site's root, whether it says the prefix or not."""
    assert expected == site_absolute(reference, "https://x.example/blog/")


@pytest.mark.parametrize("reference", ["/about/", "about/", "https://x.example/about/"])
def test_a_reference_of_a_site_at_a_root(reference: str) -> None:
    """On a site at its host's root, all ways to say one page are one URL."""
    assert "https://x.example/about/" == site_absolute(reference, "https://x.example/")


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "https://x.example/1"), (True, "tag:x.example,2024:1"), (True, "urn:uuid:550e8400-e29b-41d4-a716-446655440000"),
        (True, "https://例え.jp/パス"), (True, "urn:isbn:1"), (False, ""), (False, "1"), (False, "abc"), (False, "/a"),
        (False, "a b:c"), (False, "https://x.example/a b"), (False, "1a:b"), (False, "x:"), (False, "x:<a>"),
        (False, "C:\\x"), (False, "x:a\n"), (False, "550e8400-e29b-41d4-a716-446655440000"),
    ],
)  # fmt: skip
def test_an_id_is_an_absolute_iri(expected: bool, text: str) -> None:  # noqa: FBT001
    """Only an absolute IRI without white space can be an Atom id (RFC 4287 section 4.2.6)."""
    assert expected is is_uri(text)


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("a%20b/c", "a b/c"), ("100%25", "100%"), ("a%2520b", "a%20b"), ("%C3%A9", "e\u0301"), ("%C3%A9", "é"),
        ("%23%3F", "#?"), ("%E4%B8%AD%E6%96%87", "中文"), ("c++", "c++"),
    ],
)  # fmt: skip
def test_a_name_is_no_url(expected: str, path: str) -> None:
    """In a path made from file names, each character stands for itself, a percent sign and a hash too; NFC."""
    assert expected == quoted_path(path)
