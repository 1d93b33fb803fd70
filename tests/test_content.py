"""feeder/content.py: bodies come out safe, absolute and whole, and say in a sentence what they are about."""

from __future__ import annotations

import inspect
import re
import sys
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fixtures_reader import read_fixture

from feeder.content import MAX_BODY, is_html, rendered
from feeder.html.excerpts import SUMMARY_LENGTH, pictures_of, summary_of
from feeder.html.rawhtml import BodyTooDeepError

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build

BASE = "https://site.example/2024/post/"
PREFIX = "p1-"
FLAVOR = "python-markdown"
SUMMARIES = read_fixture("summaries.txt")
URL_ATTRIBUTES = frozenset({"href", "src", "poster", "cite", "data", "action", "background", "longdesc"})
SECONDS = 10
"""In which any body of a megabyte is done; a slow machine and a loaded one included."""


def html_of(body: str, path: str = "post.md", prefix: str = PREFIX) -> str:
    return rendered(body, path, BASE, prefix, FLAVOR).html


def page(body: str) -> str:
    """Return what a body that is an HTML file becomes."""
    return html_of(body, "post.html")


class Elements(HTMLParser):
    """The start tags of HTML with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def attributes(html: str, tag: str) -> list[dict[str, str]]:
    return [found for name, found in Elements(html).found if name == tag]


def urls_in(html: str) -> list[str]:
    """Return every URL in HTML, those of ``srcset`` one by one."""
    found: list[str] = []
    for _, given in Elements(html).found:
        found += [value for name, value in given.items() if name in URL_ATTRIBUTES]
        found += [part.split()[0] for part in given.get("srcset", "").split(", ") if part]
    return found


# Safe


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<script src="https://x.example/x.js"></script>',
        "<SCRIPT\n>alert(1)</SCRIPT\n>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
        "<math><mtext></p><img src=x onerror=alert(1)></mtext></math>",
        "<img src=x onerror=alert(1)>",
        '<img src="x" onerror="alert(1)" ONLOAD="alert(1)">',
        '<p onclick=alert(1) onmouseover="alert(1)">',
        "<body onload=alert(1)><p>x",
        '<img src="x` `<script>alert(1)</script>"` `>',
        '<img """><script>alert(1)</script>">',
        '<a href="javascript:alert(1)">',
        '<a href=" javascript:alert(1)">',
        '<a href="java\nscript:alert(1)">',
        '<a href="&#106;avascript:alert(1)">',
        '<a href="javascript&colon;alert(1)">',
        '<a href="\x01javascript:alert(1)">',
        '<a href="vbscript:alert(1)">',
        '<a href="data:text/html,<script>alert(1)</script>">',
        '<img src="javascript:alert(1)">',
        '<img srcset="javascript:alert(1) 1x">',
        '<video poster="javascript:alert(1)" src="javascript:alert(1)"></video>',
        '<blockquote cite="javascript:alert(1)">x</blockquote>',
        '<iframe src="javascript:alert(1)"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<object data="javascript:alert(1)"><embed src="javascript:alert(1)"></object>',
        '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
        '<p style="background:url(javascript:alert(1))">',
        "<style>@import 'javascript:alert(1)';</style>",
        '<link rel="stylesheet" href="javascript:alert(1)">',
        '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
        '<base href="javascript:alert(1)//">',
        "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<template><img src=x onerror=alert(1)></template>",
        "<!--><img src=x onerror=alert(1)>-->",
        '<img alt="<!-- more -->" src=x onerror=alert(1)>',
        '<p title="<!--more--><script>alert(1)</script>">x</p>',
    ],
)
@pytest.mark.parametrize("path", ["post.md", "post.html"])
def test_nothing_that_runs_gets_through(body: str, path: str) -> None:
    """Whatever way a script is hidden, no element, handler or URL of the result runs one."""
    html = html_of(f"before\n\n{body}\n\nafter", path)
    for tag, given in Elements(html).found:
        assert tag not in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "form",
            "link",
            "meta",
            "base",
            "svg",
            "math",
        }
        assert [] == [name for name in given if name.startswith("on") or name in {"style", "srcdoc", "formaction"}]
    assert [] == [url for url in urls_in(html) if not url.startswith("https://site.example/")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a<script>x</script>b</p>", "<p>ab</p>"),
        ('<p style="position:fixed" onclick="x()" class="c" data-x="y">a</p>', "<p>a</p>"),
        (
            "<p>run <path> and <set></p><p>vector<int> v, <true/> then</p><list>this<p>kept</p>",
            "<p>run  and </p><p>vector v,  then</p>this<p>kept</p>",
        ),
        ("<ul><li>an <object> is</li><li>b</li></ul><p>kept</p>", "<ul><li>an  is</li><li>b</li></ul><p>kept</p>"),
        ('<my-tag a="x>y"><p>kept</p></my-tag><o:p></o:p>', "<p>kept</p>"),
        ('<form action="/x"><input name="q"><p>kept</p><select><option>o</select></form>', "<p>kept</p>"),
        ('<p>a<object data="x.swf">, or </object><embed src="y.swf">b</p>', "<p>a, or b</p>"),
        ("<p>a<style>p{color:red}</style>b</p>", "<p>ab</p>"),
        ("<p>a <custom-element>b</custom-element> <blink>c</blink></p>", "<p>a b c</p>"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p><a>a</a></p>"),
        ("<p>a<!-- comment -->b</p>", "<p>ab</p>"),
        ("<p>a</p><template><p>b</p></template>", "<p>a</p>"),
    ],
)
def test_what_is_not_for_readers_goes_and_the_text_around_it_stays(body: str, expected: str) -> None:
    """Elements that do something go with what they hold; of unknown ones the text stays."""
    assert expected == page(body)


@pytest.mark.parametrize(
    "body",
    [
        '<h2 lang="de" dir="ltr" title="t">x</h2>',
        '<td colspan="2" rowspan="3" align="right">x</td>',
        '<ol start="3" reversed=""><li value="7">x</li></ol>',
        '<details open=""><summary>s</summary>x</details>',
        '<time datetime="2024-01-02">x</time>',
        "<ruby>漢<rt>kan</rt></ruby>",
        '<p>a <kbd>b</kbd> <mark>c</mark> <sub>d</sub> <del>e</del> <abbr title="F">f</abbr></p>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
    ],
)
def test_what_readers_show_stays(body: str) -> None:
    """Tables, lists, annotations and inline markup come through as they are."""
    wrapped = f"<table><tbody><tr>{body}</tr></tbody></table>" if body.startswith("<td") else body
    assert wrapped == page(wrapped)


# Embeds


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        pytest.param(
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="A &quot;T&quot; &amp; B"></iframe>',
            '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">'
            '<img src="https://i.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" alt="A &quot;T&quot; &amp; B"></a>',
            id="youtube",
        ),
        pytest.param(
            '<iframe src="//www.youtube-nocookie.com/embed/abc_-12345X"></iframe>',
            '<a href="https://www.youtube.com/watch?v=abc_-12345X"><img src="https://i.ytimg.com/vi/abc_-12345X/'
            'hqdefault.jpg" alt="https://www.youtube.com/watch?v=abc_-12345X"></a>',
            id="youtube without cookies or scheme",
        ),
        pytest.param(
            '<iframe src="https://player.vimeo.com/video/12345?h=x" title="Film"></iframe>',
            '<a href="https://vimeo.com/12345">Film</a>',
            id="vimeo",
        ),
        pytest.param(
            '<iframe src="//player.bilibili.com/player.html?aid=1&bvid=BV1xx411c7mD&page=1"></iframe>',
            '<a href="https://www.bilibili.com/video/BV1xx411c7mD">https://www.bilibili.com/video/BV1xx411c7mD</a>',
            id="bilibili",
        ),
        pytest.param(
            '<iframe src="/map.html?a=1&amp;b=2" title="The <map>"></iframe>',
            '<a href="https://site.example/map.html?a=1&amp;b=2">The &lt;map&gt;</a>',
            id="any other",
        ),
        pytest.param(
            '<iframe data-src="https://x.example/lazy"></iframe>',
            '<a href="https://x.example/lazy">https://x.example/lazy</a>',
            id="lazy",
        ),
        pytest.param("<IFRAME SRC='https://x.example/'></IFRAME>", '<a href="https://x.example/">https://x.example/</a>',
                     id="capitals"),
        pytest.param('<iframe src="about:blank"></iframe>', "", id="leads nowhere"),
        pytest.param("<iframe></iframe>", "", id="leads nowhere either"),
        pytest.param('<iframe srcdoc="<p>x</p>"></iframe>', "", id="holds its own page"),
    ],
)  # fmt: skip
def test_an_iframe_becomes_a_link(frame: str, expected: str) -> None:
    """What a reader would not run becomes a link to its page, with a poster where there is one."""
    assert f"<p>a{expected}b</p>" == page(f"<p>a{frame}b</p>")


# Pictures


@pytest.mark.parametrize(
    ("picture", "source"),
    [
        ('<img data-src="a.jpg">', f"{BASE}a.jpg"),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="a.jpg">', f"{BASE}a.jpg"),
        ('<img src="spinner.gif" data-src="a.jpg">', f"{BASE}a.jpg"),
        ('<img src="spinner.gif" data-original="a.jpg">', f"{BASE}a.jpg"),
        ('<img data-lazy-src="/a.jpg">', "https://site.example/a.jpg"),
        ('<img data-src="">', None),
        ('<img src="a.jpg" data-src="">', f"{BASE}a.jpg"),
        ('<img src="a.jpg" data-src="data:image/gif;base64,R0">', f"{BASE}a.jpg"),
        ('<img data-srcset="a.jpg 100w, b.jpg 200w">', f"{BASE}b.jpg"),
        ('<img srcset="a.jpg 1x, b.jpg 1.5x">', f"{BASE}b.jpg"),
        ('<img src="data:image/gif;base64,R0" srcset="b.jpg 200w, a.jpg 100w">', f"{BASE}b.jpg"),
        ('<img srcset="data:image/gif;base64,R0,x 1x, b.jpg">', f"{BASE}b.jpg"),
        ('<img src="a.jpg" srcset="b.jpg 2x">', f"{BASE}a.jpg"),
        ('<img src="data:image/png;base64,iVBOR" alt="x">', None),
        ('<img src="file:///etc/passwd">', None),
        ('<img alt="x">', None),
        ('<img src="">', None),
        ("<IMG SRC=a.jpg>", f"{BASE}a.jpg"),
    ],
)
def test_a_picture_has_the_source_that_it_will_show(picture: str, source: str | None) -> None:
    """Lazy pictures get the source that a script would give them; one without any that a reader can load goes."""
    expected = [] if source is None else [source]
    assert expected == [found["src"] for found in attributes(page(f"<p>{picture}</p>"), "img")]


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a.jpg 1x, b.jpg 2x", f"{BASE}a.jpg 1x, {BASE}b.jpg 2x"),
        ("a.jpg 1x,b.jpg 2x,", f"{BASE}a.jpg 1x, {BASE}b.jpg 2x"),
        ("a.jpg, /b.jpg 2x", f"{BASE}a.jpg, https://site.example/b.jpg 2x"),
        ("\n  a.jpg 100w,\n  b.jpg 200w\n", f"{BASE}a.jpg 100w, {BASE}b.jpg 200w"),
        ("https://x.example/w_1,h_2/a.jpg 100w", "https://x.example/w_1,h_2/a.jpg 100w"),
        ("//cdn.example/a.jpg 1.5x", "https://cdn.example/a.jpg 1.5x"),
        ("javascript:alert(1) 1x, b.jpg 2x", f"{BASE}b.jpg 2x"),
    ],
)
def test_every_candidate_of_a_srcset_is_absolute(srcset: str, expected: str) -> None:
    """A ``srcset`` keeps the candidates that a reader may load, in their order."""
    html = page(f'<p><img src="z.jpg" srcset="{srcset}"></p>')
    assert [expected] == [found["srcset"] for found in attributes(html, "img")]


@pytest.mark.parametrize(
    "srcset",
    [
        pytest.param("a.jpg 100w 50h, b.jpg 200w", id="a height beside the width"),
        pytest.param("a.jpg -1x, b.jpg 2x", id="a density below zero"),
        pytest.param("a.jpg 1e1x, b.jpg 2x", id="an exponent"),
        pytest.param("a.jpg 1..2x, b.jpg 2x", id="a number that is none"),
        pytest.param("a.jpg . x, b.jpg 2x", id="a dot"),
    ],
)
def test_a_candidate_that_breaks_the_grammar_is_never_another_url(srcset: str) -> None:
    """What stands behind a candidate's URL is never taken for a picture; the sound candidates serve."""
    html = page(f'<p><img srcset="{srcset}"></p>')
    assert f"{BASE}b.jpg" in urls_in(html)
    assert {f"{BASE}a.jpg", f"{BASE}b.jpg"} >= set(urls_in(html))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param('<img data-src="a.jpg"><noscript><img src="a.jpg"></noscript>', ["a.jpg"], id="beside it"),
        pytest.param('<noscript><img src="a.jpg"></noscript><img data-src="a.jpg">', ["a.jpg"], id="before it"),
        pytest.param('<img class="lazy"><noscript><img src="a.jpg"></noscript>', ["a.jpg"], id="the only one"),
        pytest.param('<noscript><img src="a.jpg"></noscript>', ["a.jpg"], id="alone"),
        pytest.param(
            '<img src="data:image/gif;base64,R0" data-src="a.jpg"><noscript><img src=\'a.jpg\'></noscript>',
            ["a.jpg"],
            id="another quote",
        ),
        pytest.param(
            '<img src="aa.jpg"><noscript><img src="a.jpg"></noscript>', ["aa.jpg", "a.jpg"], id="a name within a name"
        ),
        pytest.param(
            '<a href="a.jpg"><img class="lazy"><noscript><img src="a.jpg"></noscript></a>', ["a.jpg"], id="in its link"
        ),
        pytest.param(
            '<img data-src="a.jpg?b=1&c=2"><noscript><img src="a.jpg?b=1&amp;c=2"></noscript>',
            ["a.jpg?b=1&c=2"],
            id="escaped in one place only",
        ),
        pytest.param(
            '<img data-src="a.jpg"><noscript><img src="/2024/post/a.jpg"></noscript>', ["a.jpg"], id="the same address"
        ),
    ],
)
def test_what_stands_in_noscript_is_shown_once(body: str, expected: list[str]) -> None:
    """A fallback for browsers without scripts takes the place of its lazy picture, and never stands beside it."""
    assert [BASE + name for name in expected] == [found["src"] for found in attributes(page(f"<p>{body}</p>"), "img")]


def test_noscript_text_stays() -> None:
    """A reader is a browser without scripts: what is meant for one is shown."""
    assert "<p>a fallback b</p>" == page("<p>a<noscript> fallback </noscript>b</p>")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="https://x.example/a.jpg">', ["https://x.example/a.jpg"]),
        ('<img src="https://x.example/a.jpg?a=1&amp;b=2">', ["https://x.example/a.jpg?a=1&b=2"]),
        ('<img src="https://x.example/pixel.gif">', []),
        ('<img src="https://x.example/a.jpg" width="1" height="1">', []),
        ('<img src="https://x.example/emoji.png" height="15">', []),
        ('<img src="https://x.example/a.jpg" width="16" height="100%">', ["https://x.example/a.jpg"]),
        ('<img alt="x > y" src="https://x.example/a.jpg"><img src="https://x.example/b.jpg">',
         ["https://x.example/a.jpg", "https://x.example/b.jpg"]),
        ('<img src="https://x.example/pixelated-art.jpg">', ["https://x.example/pixelated-art.jpg"]),
        ("<p>none</p>", []),
    ],
)  # fmt: skip
def test_real_pictures_are_those_that_a_person_sees(html: str, expected: list[str]) -> None:
    """Tracking pixels, icons and emoji are no pictures of a post."""
    assert expected == list(pictures_of(page(html)))


# Absolute


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("b.html", f"{BASE}b.html"),
        ("../b.html", "https://site.example/2024/b.html"),
        ("../../../b.html", "https://site.example/b.html"),
        ("/b", "https://site.example/b"),
        ("//cdn.example/b", "https://cdn.example/b"),
        ("?q=1&amp;r=2", f"{BASE}?q=1&r=2"),
        ("", BASE),
        ("b%20c.html", f"{BASE}b%20c.html"),
        ("b c.html", f"{BASE}b%20c.html"),
        ("ü.html", f"{BASE}%C3%BC.html"),
        ("https://x.example/b?c#d", "https://x.example/b?c#d"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#nowhere", f"{BASE}#nowhere"),
    ],
)
def test_links_are_absolute_against_the_post(reference: str, expected: str) -> None:
    """A relative link leads where it leads on the post's own page."""
    assert [expected] == [found["href"] for found in attributes(page(f'<p><a href="{reference}">x</a></p>'), "a")]


def test_every_url_of_media_is_absolute() -> None:
    """Sources, candidates, posters and tracks are absolute, in Markdown and in HTML; citations no reader shows are gone."""
    body = (
        '<picture><source srcset="a.webp 1x, b.webp 2x" type="image/webp"><source data-srcset="c.avif"><img src="a.jpg">'
        '</picture><video src="v.mp4" poster="p.jpg" controls><source src="v.webm"><track src="t.vtt"></video>'
        '<audio src="a.mp3" controls></audio><q cite="q.html">a</q><del cite="d.html">b</del><ins cite="i.html">c</ins>'
        '<blockquote cite="../c.html">d</blockquote>'
    )
    expected = [
        *(
            BASE + name
            for name in ["a.webp", "b.webp", "c.avif", "a.jpg", "v.mp4", "p.jpg", "v.webm", "t.vtt", "a.mp3"]
        ),
    ]
    assert expected == urls_in(page(body))
    assert expected == urls_in(html_of(body))


def test_markdown_links_and_pictures_are_absolute() -> None:
    """Inline links, reference links, pictures and bare addresses in angle brackets are absolute."""
    html = html_of("[a](../b.html) [c] ![d](d.png) <https://x.example/?e=1&f=2>\n\n[c]: /c.html 'title'")
    assert [
        "https://site.example/2024/b.html",
        "https://site.example/c.html",
        f"{BASE}d.png",
        "https://x.example/?e=1&f=2",
    ] == urls_in(html)


@pytest.mark.parametrize("url", ["http://[::1", "http://[bad", "https://a b/", "http://"])
def test_a_url_that_cannot_be_parsed_goes(url: str) -> None:
    """A link to nowhere loses its address, a picture of nowhere goes."""
    assert "<p><a>x</a>y</p>" == page(f'<p><a href="{url}">x</a><img src="{url}">y</p>')


# Ids


@pytest.mark.parametrize(
    ("identifier", "fragment"),
    [
        pytest.param('id="sec"', "sec", id="plain"),
        pytest.param("id=sec", "sec", id="unquoted"),
        pytest.param("ID='sec'", "sec", id="capitals"),
        pytest.param('id="中文"', "中文", id="not ascii"),
        pytest.param('id="中文"', "%E4%B8%AD%E6%96%87", id="not ascii, encoded in the link"),
        pytest.param('id="a&amp;b"', "a&amp;b", id="escaped"),
        pytest.param('id="fn:1"', "fn:1", id="a colon"),
    ],
)
def test_a_fragment_and_its_target_have_the_same_prefix(identifier: str, fragment: str) -> None:
    """A link within the post leads to the post's page, to the id as it now is."""
    html = page(f'<h2 {identifier}>H</h2><p><a href="#{fragment}">x</a></p>')
    target = attributes(html, "h2")[0]["id"]
    assert target.startswith(PREFIX)
    assert f"{BASE}#{target}" == _decoded(attributes(html, "a")[0]["href"])


def test_a_named_anchor_is_an_id_like_any_other() -> None:
    """``<a name>``, as old pages have it, is a target that its link still reaches."""
    html = page('<p><a name="old">x</a> <a href="#old">y</a></p>')
    assert [f"{PREFIX}old", f"{BASE}#{PREFIX}old"] == [
        attributes(html, "a")[0]["id"],
        attributes(html, "a")[1]["href"],
    ]


def _decoded(url: str) -> str:
    from urllib.parse import unquote

    return unquote(url)


def test_footnotes_lead_to_one_another() -> None:
    """A footnote's mark and its way back are links whose targets exist, under the post's prefix."""
    html = html_of("A[^1] B[^b]\n\n[^1]: One.\n[^b]: Two.")
    targets = {found["id"] for _, found in Elements(html).found if "id" in found}
    fragments = {found["href"].removeprefix(BASE + "#") for found in attributes(html, "a")}
    assert 4 == len(targets)
    assert targets == fragments
    assert all(target.startswith(PREFIX) for target in targets)


def test_footnotes_of_two_posts_have_no_id_in_common(build: Callable[..., Build]) -> None:
    """Readers show several posts on one page: the same footnote in two of them has two ids."""
    body = "A[^1]\n\n[^1]: Note."
    result = build({f"{name}.md": f"---\ntitle: {name}\ndate: 2024-01-02\n---\n{body}" for name in "ab"})
    data = next(artifact.data for artifact in result.artifacts if artifact.path == "feed.json").decode()
    found = re.findall(r'id=\\"([^"\\]+)', data)
    assert 4 == len(found) == len(set(found))


@pytest.mark.parametrize(
    "anchor",
    [
        '<a class="headerlink" href="#sec" title="Permanent link">¶</a>',
        '<a href="#sec">#</a>',
        "<a href='#sec' class='anchor'>🔗</a>",
        '<a href="#sec" class="anchor" aria-hidden="true"></a>',
        '<a href="#sec">&para;</a>',
        '<a id="a" class="anchor" href="#sec"><svg viewBox="0 0 16 16"><path d="M1"></path></svg></a>',
        '<a href="#sec"><span class="icon icon-link"></span></a>',
    ],
)
def test_permalink_anchors_are_dropped(anchor: str) -> None:
    """The paragraph sign beside a heading is for the page; a reader would show it as part of the heading."""
    assert f'<h2 id="{PREFIX}sec">Head</h2>' == page(f'<h2 id="sec">Head{anchor}</h2>')


def test_a_link_within_the_post_with_words_stays() -> None:
    """Only signs are permalinks."""
    assert f'<p><a href="{BASE}#sec">see there</a></p>' == page('<p><a href="#sec">see there</a></p>')


# Whole


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("```python\n\tx = 1\n\n\n\n\tif x < 1 && y:  \n```", '<pre><code class="language-python">'
                     "\tx = 1\n\n\n\n\tif x &lt; 1 &amp;&amp; y:  \n</code></pre>", id="fence"),
        pytest.param("~~~\n\ta\n\n\tb\n~~~", "<pre><code>\ta\n\n\tb\n</code></pre>", id="tildes"),
        pytest.param("````\n```\n\tin\n```\n````", "<pre><code>```\n\tin\n```\n</code></pre>", id="fence in a fence"),
        pytest.param("    a\n\n\n      b", "<pre><code>a\n\n\n  b\n</code></pre>", id="indented"),
        pytest.param("text\n\n<pre>\n\ta\n\n\n\tb *c* [d](e)\n</pre>\n\ntext",
                     "<p>text</p>\n<pre>\ta\n\n\n\tb *c* [d](e)\n</pre>\n\n<p>text</p>", id="pre in Markdown"),
        pytest.param("<pre><code>\ta\n\n\n  b &lt;x&gt; &amp;amp;  \n</code></pre>",
                     "<pre><code>\ta\n\n\n  b &lt;x&gt; &amp;amp;  \n</code></pre>", id="pre in HTML"),
        pytest.param("- item\n\n    ```\n    a\n      b\n    ```", None, id="fence in a list"),
    ],
)  # fmt: skip
def test_code_keeps_its_bytes(body: str, expected: str | None) -> None:
    """Tabs, blank lines, trailing spaces and characters of markup in code are those of the author."""
    if expected is None:
        code = re.search("<pre><code>(.*?)</code></pre>", html_of(body), re.DOTALL)
        assert "a\n  b\n" == (code[1] if code else None)
    else:
        assert expected == html_of(body)


@pytest.mark.parametrize("name", ["post.md", "post.html"])
def test_code_with_crlf_line_ends_has_lf_ones(name: str, build: Callable[..., Build]) -> None:
    """A file of Windows has the code that the same file of Unix has, without a ``&#13;``."""
    fence = "```\n\ta\n\n\n\tb\n```\n" if name.endswith("md") else "<pre><code>\ta\n\n\n\tb\n</code></pre>\n"
    text = f"---\ntitle: T\ndate: 2024-01-02\n---\n{fence}"
    result = build({name: text.replace("\n", "\r\n").encode()})
    for artifact in result.artifacts:
        assert b"\r" not in artifact.data
        assert b"#13" not in artifact.data
    data = next(artifact.data for artifact in result.artifacts if artifact.path == "feed.json").decode()
    assert r"<pre><code>\ta\n\n\n\tb\n</code></pre>" in data


def test_tables_keep_their_alignment() -> None:
    """Columns are aligned by attribute, since no style comes through."""
    html = html_of("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert ["left", "center", "right"] == [found.get("align") for found in attributes(html, "th")]
    assert ["left", "center", "right"] == [found.get("align") for found in attributes(html, "td")]


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ("<div>\n<p>*a*</p>\n</div>", "a.md", True),
        ("\n\n  <div><div>x</div></div>\n\n<p>y</p>\n<table><tr><td>z</table>\n", "a.txt", True),
        ("<DIV>x</DIV>", "a.md", True),
        ("<p>never closed\n\n*two*", "a.md", False),
        ("<p>one\n<ul>\n\n<li>x</li></ul>\n\n<p>two</p>\n\n![y](y.png)", "a.md", False),
        ("<p>one\n<ul><li>x</li></ul>\n\n<P>two</P>\n\n<div>z</div>", "a.md", True),
        ("<p>\n\n" * 20_000 + "*two*", "a.md", False),
        ("<p>one\n\n<p>two", "a.md", True),
        ("<div>x</div>\n\nand *Markdown*", "a.md", False),
        ("<div>x</div>\n<!-- more -->\n<p>y</p>", "a.md", True),
        ("<!-- made by hand -->\n<div>x</div>", "a.md", True),
        ("<b>bold</b> text", "a.md", False),
        ("<preface>", "a.md", False),
        ("<https://x.example/>", "a.md", False),
        ("text <p>x</p>", "a.md", False),
        ("", "a.md", False),
        ("text", "a.HTM", True),
        ("*text*", "a.html", True),
    ],
)
def test_an_html_body_is_told_from_markdown(body: str, path: str, expected: bool) -> None:  # noqa: FBT001
    """HTML is what says so by its extension, or is one block element after another; Markdown may begin with one."""
    assert expected is is_html(body, path, "python-markdown")


@pytest.mark.parametrize("name", ["commonmark", "smartypants", "goldmark", "markdown-it"])
def test_a_blank_line_ends_html_in_commonmark(name: str) -> None:
    """As GitHub and Hugo have it: what stands between the tags, apart by blank lines, is Markdown."""
    body = '<div align="center">\n\n![a](https://a.example/a.png)\n\n# Heading\n\n</div>\n\n<p>\n*raw*\n</p>\n'
    html = rendered(body, "post.md", BASE, PREFIX, name).html
    assert '<p><img src="https://a.example/a.png" alt="a"></p>' in html
    assert "<h1>Heading</h1>" in html
    assert "<p>\n*raw*\n</p>" in html
    assert "# Heading" in rendered(body, "post.md", BASE, PREFIX, "kramdown").html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>*a*</div>\n\nNow *b*.", "<div>*a*</div>\n\n<p>Now <em>b</em>.</p>"),
        ("<div>\n\n    <p>*a*</p>\n\n</div>", "<div>\n\n    <p>*a*</p>\n\n</div>"),
        ("<div><p>a</p></div>\n<!-- more -->\n\n    <p>b</p>", "<div><p>a</p></div>\n\n\n    <p>b</p>"),
        ("<p>a</p>\n<!-- note -->\n\n    <p>b</p>", "<p>a</p>\n\n\n    <p>b</p>"),
    ],
)
def test_html_is_not_run_through_markdown(body: str, expected: str) -> None:
    """Indentation in HTML is no code and stars are stars; Markdown after a block is Markdown."""
    assert re.sub(r"\n+", "\n", expected) == re.sub(r"\n+", "\n", html_of(body))


@pytest.mark.parametrize(
    ("body", "html", "excerpt"),
    [
        ("one *two*\n\n<!-- more -->\n\nthree", "<p>one <em>two</em></p>\n<p>three</p>", "one two"),
        ("one\n\n<!--MORE-->\n\nthree", "<p>one</p>\n<p>three</p>", "one"),
        ("one <!--  more  --> two", "<p>one  two</p>", "one"),
        ("<p>one</p><!-- more --><p>two</p>", "<p>one</p><p>two</p>", "one"),
        ("<div><p>one</p>\n<!-- more -->\n<p>two</p></div>", "<div><p>one</p>\n\n<p>two</p></div>", "one"),
        ("<!-- more -->\n\none", "<p>one</p>", ""),
        ("one\n\n<!-- more -->\n\ntwo\n\n<!-- more -->\n\nthree", "<p>one</p>\n<p>two</p>\n<p>three</p>", "one"),
        ("one\n\n<!-- moreover -->\n\ntwo", "<p>one</p>\n\n<p>two</p>", ""),
    ],
)
def test_the_excerpt_is_what_comes_before_more(body: str, html: str, excerpt: str) -> None:
    """``<!-- more -->`` ends the excerpt, and leaves neither a sign of itself nor an empty paragraph."""
    found = rendered(body, "post.md", BASE, PREFIX, FLAVOR)
    assert excerpt == found.excerpt
    assert re.sub(r"\n+", "\n", html) == re.sub(r"\n+", "\n", found.html)


# Summaries


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in SUMMARIES], ids=[case[0] for case in SUMMARIES])
def test_a_summary_is_the_first_paragraphs(body: str, expected: str) -> None:
    """A summary is the plain text of the first paragraphs, on one line, cut at a word."""
    assert expected == summary_of(html_of(body))


@pytest.mark.parametrize(
    "unit", ["汉字", "\u0e01\u0e49", "e\u0301", "\U0001f469\u200d\U0001f4bb", "\U0001f44d\U0001f3fd"]
)
def test_a_summary_without_spaces_is_cut_between_graphemes(unit: str) -> None:
    """Chinese, Thai, letters with marks and composed emoji are cut between what a person sees as characters."""
    text = summary_of(html_of(unit * SUMMARY_LENGTH))
    assert SUMMARY_LENGTH >= len(text) > SUMMARY_LENGTH - 10
    kept = text.removesuffix("…")
    assert len(kept) == len(text) - 1
    assert "" == kept.replace("汉字", "").removesuffix("汉") if unit == "汉字" else "" == kept.replace(unit, "")


# Bounded


def test_5000_nested_divs_are_rendered() -> None:
    """A body nested deeply is neither refused nor slow, and stays whole."""
    html = _in_time("<div>" * 5000 + "deep" + "</div>" * 5000)
    assert 5000 == html.count("<div>") == html.count("</div>")
    assert "deep" in html


def test_5000_divs_that_are_never_closed_are_closed() -> None:
    """What the author left open is closed, so that it does not swallow the next entry."""
    html = _in_time("<div>" * 5000 + "deep")
    assert 5000 == html.count("</div>")


NESTED_LISTS = "".join(f"{' ' * 4 * level}- item {level}\n" for level in range(300))


def test_300_nested_lists_are_rendered_or_refused() -> None:
    """Lists beyond what the Markdown library can nest are refused by name, never by a crash."""
    try:
        html = _in_time(NESTED_LISTS)
    except BodyTooDeepError:
        html = "item 299"
    assert "item 299" in html


def test_a_body_that_is_too_deep_leaves_the_next_one_alone() -> None:
    """What comes after a refused body is rendered as if that had never been, wherever it broke off."""
    limit = sys.getrecursionlimit()
    lists = "".join(f"{' ' * 4 * level}- item\n" for level in range(60))
    for frames in range(150, 170, 2):
        sys.setrecursionlimit(len(inspect.stack()) + frames)
        try:
            with pytest.raises(BodyTooDeepError):
                html_of(lists)
        finally:
            sys.setrecursionlimit(limit)
        assert "<p>one</p>\n<p>two</p>\n<ul>\n<li>three</li>\n</ul>" == html_of("one\n\ntwo\n\n- three")


def test_more_nesting_than_any_reader_takes_is_refused() -> None:
    """Elements nested beyond all reason are refused, where the sanitiser would need quadratic time."""
    with pytest.raises(BodyTooDeepError):
        page("<div>" * 100_000)


def _in_time(body: str, path: str = "post.md") -> str:
    start = time.process_time()
    html = html_of(body, path)
    summary_of(html)
    list(pictures_of(html))
    assert time.process_time() - start < SECONDS
    return html


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("word " * (MAX_BODY // 5), id="words"),
        pytest.param("汉字" * (MAX_BODY // 2), id="Chinese"),
        pytest.param("<p>word word word</p>\n" * (MAX_BODY // 22), id="paragraphs of HTML"),
        pytest.param(f"    {'code' * 20}\n" * (MAX_BODY // 85), id="code"),
        pytest.param(f"```\n{'x' * 60}\n```\n\n" * (MAX_BODY // 70), id="fences"),
    ],
)
def test_a_megabyte_is_rendered_in_seconds(body: str) -> None:
    """A body of the greatest length that is rendered takes seconds, and is all there."""
    assert len(_in_time(body)) > MAX_BODY * 0.9


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<img src="' * 50_000, id="quotes never closed"),
        pytest.param("<a \"'" * 9_000, id="quotes mixed"),
        pytest.param("<p title=" + "x" * 900_000, id="a tag never closed"),
        pytest.param("<a " + "x " * 400_000 + ">", id="400,000 attributes"),
        pytest.param("<" * 300_000, id="only brackets"),
        pytest.param("&" * 300_000, id="only ampersands"),
        pytest.param("<!--" * 200_000, id="comments never closed"),
        pytest.param("<b><p>" * 4_000, id="paragraphs in bold"),
        pytest.param("<table><td>" * 3_000, id="tables in cells"),
        pytest.param("</div>" * 150_000, id="only ends"),
        pytest.param('<img srcset="' + "a," * 400_000 + '">', id="a long srcset"),
        pytest.param("<noscript>" * 9_000, id="noscript never closed"),
        pytest.param("".join(f'<noscript><img src="{i}.jpg"></noscript>' for i in range(3_000)), id="3,000 noscripts"),
        pytest.param('<a href="#x">' * 9_000, id="fragments never closed"),
        pytest.param("<h1>" * 9_000 + "</h2>", id="headings never closed"),
        pytest.param("<p></p><figcaption>" * 9_000, id="captions never closed"),
        pytest.param('<sup id="fnref">' * 9_000, id="marks never closed"),
        pytest.param("\x00\x01\x02" * 100_000, id="control characters"),
    ],
)
def test_malformed_html_takes_bounded_time(body: str) -> None:
    """Whatever is left open, the result is there in seconds and every element in it is closed."""
    html = _in_time(body, "post.html")
    # HTMLParser itself is quadratic in what is left open; the sanitiser's output leaves nothing so.
    opened = Elements(html[:50_000]).found
    assert "script" not in {tag for tag, _ in opened}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[" * 1_900, id="brackets"),
        pytest.param("[" * 1_900 + "](x)" * 1_900, id="brackets in brackets"),
        pytest.param("*a **b " * 20_000, id="emphasis"),
        pytest.param("`a ``b " * 20_000, id="backticks"),
        pytest.param("> " * 3_000 + "a", id="3,000 quotations"),
        pytest.param("<a " * 1_900, id="tags never closed"),
        pytest.param("_" * 100_000, id="underscores"),
        pytest.param("```\n" * 30_001, id="fences never closed"),
    ],
)
def test_malformed_markdown_takes_bounded_time(body: str) -> None:
    """Markdown that is left open is text, in seconds."""
    assert _in_time(body)
