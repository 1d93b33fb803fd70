"""feeder/markup/: what is no Markdown becomes what its generator means, or is removed and told; nothing reaches a reader."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from fixtures_reader import read_fixture
from generated_docs import _MEANINGS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeder import pipeline
from feeder.cache import Cache
from feeder.cascades import Bequest
from feeder.config import Options, load
from feeder.content import MAX_BODY, rendered
from feeder.dialects import DIALECTS, dialect
from feeder.markup import SYNTAXES, Answer, Question, Translation, UnansweredError, sweeper, translated
from feeder.markup.liquid import LOGIC
from feeder.markup.meanings import MEANINGS
from feeder.model import Draft, Habits, Post
from feeder.nodes import Items, Node, Scalar
from feeder.problems import START, Mark, format_problem
from feeder.settings import Posts, Settings, Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder import Build

URL = "https://site.example/blog/"
NOW = datetime(2024, 3, 1, tzinfo=UTC)
SECONDS = 10
"""In which any body is translated; on a slow machine and a loaded one."""
TEA = "2024-01-31-tea"
FILE = "files/a.pdf"


def told(
    name: str, body: str, path: str = "2024-02-01-post.md", *, known: bool | None = None, habits: Habits | None = None
) -> Translation:
    """Return a body translated for a site that has one other post, and one file, or (``known``) any or none."""
    post = Post(path=path, shown=path, id="a:b", url=f"{URL}post/", title="Tea", published=NOW, updated=NOW)
    posts = {"jekyll": "_posts", "hugo": "content/posts"}.get(name, "blog")
    site = Settings(site=Site(url=URL, title="My site", dialect=name), posts=Posts(path=posts))
    site = site._replace(markdown=site.markdown._replace(flavor=dialect(name).flavor))
    site = site._replace(habits=habits) if habits else site
    draft = Draft(path=path, shown=path, fields={}, body=body, origin=Mark(5, 1))
    try:
        return translated(post, draft, site, dialect(name), {})
    except UnansweredError as unanswered:
        answers = {question: _answer(question, known=known) for question in unanswered.questions}
        return translated(post, draft, site, dialect(name), answers)


def _answer(question: Question, *, known: bool | None) -> Answer:
    there = known if known is not None else bool({TEA, "tea"} & {*question.paths, question.name})
    if not there and FILE in question.files:
        return Answer(f"{URL}{FILE}")
    return Answer(f"{URL}tea/", "Tea, tea, tea" if question.titled else "") if there else Answer("")


def shown(name: str, body: str, path: str = "2024-02-01-post.md", *, known: bool | None = None) -> str:
    """Return what a reader gets of a body."""
    html = rendered(told(name, body, path, known=known).body, path, f"{URL}post/", "p1-", dialect(name).flavor).html
    sweep = sweeper(dialect(name), path, Habits())
    return sweep(html) if sweep else html


# What each dialect says

FORMULAS = [
    (
        "$$\\text{A}_t = \\exp\\!\\left(m_1\\right) \\\\\n- b_{*}'$$",
        "$$\\text{A}_t = \\exp\\!\\left(m_1\\right) \\\\\n- b_{*}'$$",
    ),
    ("a $x_1 *y*$ and *b* `$c_1$ d_1` e", "a $x_1 *y*$ and <em>b</em> <code>$c_1$ d_1</code> e"),
    ("costs $5 and *c*, or `a$b` and $6", "costs $5 and <em>c</em>, or <code>a$b</code> and $6"),
]


@pytest.mark.parametrize(("body", "expected"), FORMULAS)
@pytest.mark.parametrize(
    ("name", "path"), [("astro", "a.md"), ("docusaurus", "2024-02-01-a.mdx"), ("hexo", "a.md"), ("eleventy", "a.md")]
)
def test_formulas_stay_as_they_are_written(name: str, path: str, body: str, expected: str) -> None:
    """Where the site reads formulas, nothing in them is Markdown; code and prices are none."""
    habits = Habits(options={"math": "true"})
    html = rendered(told(name, body, path, habits=habits).body, path, URL, "p-", "commonmark").html
    assert f"<p>{expected}</p>" == html
    assert body == told(name, body, path).body


def test_a_formula_in_a_quote_leaves_the_quote() -> None:
    """Its lines keep the signs that they begin with; a table beside a formula is one."""
    habits = Habits(options={"math": "true"})
    body = "> $$\n> a_1 *b*\n> $$\n\n| $x_1$ | b |\n|---|---|\n| 1 | 2 |"
    html = rendered(told("astro", body, "a.md", habits=habits).body, "a.md", URL, "p-", "commonmark").html
    assert "<blockquote>\n<p>$$\na_1 *b*\n$$</p>\n</blockquote>" in html
    assert "<th>$x_1$</th>" in html


@pytest.mark.parametrize(
    ("title", "body", "expected"), read_fixture("markup.txt"), ids=[case[0] for case in read_fixture("markup.txt")]
)
def test_tags_become_what_their_generator_means(title: str, body: str, expected: str) -> None:
    """Known tags become HTML, unknown ones are removed and told, and code stays as it is."""
    name = title.partition(":")[0]
    html, *warnings = re.split(r"^\(warning\) ", expected, flags=re.MULTILINE)
    said = [format_problem(item).partition(":")[2].replace("warning ", "") for item in told(name, body).problems]
    assert [warning.strip() for warning in warnings] == [item.replace(": [", " [") for item in said]
    assert html.strip() == shown(name, body)


# expression of Liquid -> what Jekyll 4.3.1 makes of it; and None for what feeder does not know
FILTERED = [
    ("""'a "q" <b> & c' | escape""", "a &quot;q&quot; &lt;b&gt; &amp; c"),
    ('"it\'s" | escape', "it&#39;s"),
    ("""'"q"' | xml_escape""", "&quot;q&quot;"),
    ("""'a &amp; "b" & c' | escape_once""", "a &amp; &quot;b&quot; &amp; c"),
    ('"My GREAT title" | capitalize', "My great title"),
    ('"C++ & Tea" | slugify', "c-tea"),
    ('"C++ & Tea, v1.2_x" | slugify: "pretty"', "c++-&-tea,-v1.2_x"),
    ('"C++ & Tea" | slugify: "raw"', "c++-&-tea"),
    ('"Größe Ünï" | slugify', "größe-ünï"),
    ('"Größe Ünï" | slugify: "ascii"', "gr-e-n"),
    ('"Größe" | slugify: "latin"', None),
    ('"a b/c?d=e&f*~!é" | url_encode', "a+b%2Fc%3Fd%3De%26f%2A~%21%C3%A9"),
    ('"a b+c" | cgi_escape', "a+b%2Bc"),
    ('"a b/c?d=e*~!é[x]#y%20" | uri_escape', "a%20b/c?d=e*~!%C3%A9[x]#y%20"),
    ('"2024-03-05T17:08:09" | date: "%a %A %b %B %e %d %j %y %I %l %k %p %P %H:%M:%S"',
     "Tue Tuesday Mar March  5 05 065 24 05  5 17 PM pm 17:08:09"),
    ('"2024-03-05T17:08:09" | date: "%F %T %R %D %h %% %u %w %V %G %U %W %C"',
     "2024-03-05 17:08:09 17:08 03/05/24 Mar % 2 2 10 2024 09 10 20"),
    ('"2024-03-05T17:08:09" | date: "%-m/%-d/%-y %-H %-I %-M %-S %^b %^B %c %x %X %L"',
     "3/5/24 17 5 8 9 MAR MARCH Tue Mar  5 17:08:09 2024 03/05/24 17:08:09 000"),
    ('"2024-03-05" | date: ""', "2024-03-05"),
    ('"2024-03-05" | date: "%Q"', None),
    ('"2024-03-05" | date_to_string', "05 Mar 2024"),
    ('"2024-03-05" | date_to_string: "ordinal"', "5th Mar 2024"),
    ('"2024-03-22" | date_to_long_string: "ordinal", "US"', "March 22nd, 2024"),
    ('"2024-03-11" | date_to_long_string: "ordinal"', "11th March 2024"),
    ('"one two three four five" | truncate: 12', "one two t..."),
    ('"one two three four five" | truncate: 12, "--"', "one two th--"),
    ('"a <b>c</b> <!-- x --> <script>d</script>" | strip_html', "a c  "),
    ('"a-b-a" | remove_first: "a"', "-b-a"),
    ('"a" | nothing_of_this_name', None),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), FILTERED)
def test_filters_make_what_jekyll_makes(expression: str, expected: str | None) -> None:
    """Whatever the locale; what a filter cannot make of its text is told."""
    found = told("jekyll", f"<p>[{{{{ {expression} }}}}]</p>", "2024-01-02-a.html")
    assert f"<p>[{expected or ''}]</p>" == found.body
    assert (expected is None) is bool(found.problems)


# condition -> whether it holds in Jekyll 4.3.1; None for what feeder does not know, and tells
CONDITIONS = {
    True: """page.a == "x" and page.b == "y" | page.a == "z" or page.b == "y" | true or false and false | page.n > 0
        page.n >= 3 | page.n <= 3 | page.n == 3 | page.nothing == nil | page.a != nil | page.a != blank | page.e == empty
        page.e == "" | page.e | page.nothing != "x" | page.a contains "x" | page.title contains "ea" | page.tags contains "tea"
        page.tags.size > 1 | page.title.size == 3 | page.a=="x" | "a and b" == page.c | page.n > page.m | page.yes == true
        page.n > 0 and page.a | "" | 0 | site.n == 3 | page.a <> "z" | page.nothing == null""",
    False: """page.a == "x" and page.b == "z" | page.a == "z" or page.b == "z" | page.n < 3 | page.n != 3 | page.n <> 3
        false and false or true | page.nothing != nil | page.a == nil | page.nothing == empty | page.nothing == "" | page.nothing
        page.nothing contains "x" | page.tags contains "te" | page.c == "a or b" | page.nothing > 0 | page.tags == empty
        page.no | page.no != false | site.nothing | nil | false | page.nothing.size > 0""",
    None: """page.a && page.b | page.a is "x" | (page.a | size) > 0 | site.posts.size > 1 | site.data.x | page.next | nobody
        page.a = "x" | page.a == """,
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "condition"),
    [(holds, one.strip()) for holds, text in CONDITIONS.items() for one in re.split(r" \| (?!size)|\n", text)],
)
def test_a_condition_holds_where_it_does_in_jekyll(condition: str, *, expected: bool | None) -> None:
    """Text is shown or not as there; where that is not known, a warning tells."""
    given = {"a": "x", "b": "y", "c": "a and b", "n": "3", "m": "2", "e": "", "yes": "true", "no": "false"}
    fields: dict[str, Node] = {key: Scalar(text, START) for key, text in given.items()}
    fields["tags"] = Items((Scalar("tea", START), Scalar("ink", START)), START)
    body = f"[{{% if {condition} %}}T{{% else %}}F{{% endif %}}] [{{% unless {condition} %}}T{{% else %}}F{{% endunless %}}]"
    post = Post(path="a.html", shown="a.html", id="a:b", url=f"{URL}post/", title="Tea", published=NOW, updated=NOW)
    draft = Draft(path="a.html", shown="a.html", fields=fields, body=body, origin=Mark(5, 1))
    site = Settings(site=Site(url=URL, dialect="jekyll"), habits=Habits({}, {"site.n": "3"}))
    found = translated(post, draft, site, dialect("jekyll"), {})
    assert ("[T] [F]" if expected else "[F] [T]") == found.body
    assert (expected is None) is any("unknown-tag" == item.code for item in found.problems)


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ("2", '{% case page.title %}{% when "z" %}1{% when "x", "Tea" %}2{% else %}3{% endcase %}'),
        ("1", '{% case page.title %}{% when "z" or "Tea" %}1{% else %}3{% endcase %}'),
        ("3", '{% case page.nothing %}{% when "x" %}1{% else %}3{% endcase %}'),
        ("1", "{% case page.nothing %}{% when nil %}1{% else %}3{% endcase %}"),
        ("2", '{% if page.title == "z" %}1{% elsif page.title == "Tea" and 3 > 2 %}2{% else %}3{% endif %}'),
        ("2", '{% unless page.title == "Tea" %}1{% elsif true %}2{% else %}3{% endunless %}'),
        ("2", "{% if page.nothing %}{% if site.posts %}1{% elsif site.data %}3{% endif %}{% else %}2{% endif %}"),
    ],
)  # fmt: skip
def test_a_case_and_branches_are_decided(expected: str, body: str) -> None:
    """As in Jekyll; nothing is told of what stands in a branch that nobody takes."""
    found = told("jekyll", body, "2024-01-02-a.html")
    assert (expected, ()) == (found.body, found.problems)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_table_names_meanings_that_there_are(name: str) -> None:
    """Each tag of each dialect has a meaning, and each syntax is one."""
    assert [] == [meaning for meaning in dialect(name).tags.values() if meaning not in {*MEANINGS, *LOGIC}]
    assert [] == [meaning for meaning in dialect(name).tags.values() if meaning not in _MEANINGS]
    assert [] == [one for names in dialect(name).syntaxes.values() for one in names if one not in SYNTAXES]


def test_a_file_has_one_warning_of_its_unknown_tags() -> None:
    """A file has one warning for its unknown tags, at the place of the first, which names five of them, each once."""
    body = "".join(f"a {{% x{number % 8} %}}\n" for number in range(20))
    (problem,) = told("jekyll", body).problems
    assert ("unknown-tag", 5, 3) == (problem.code, problem.line, problem.column)
    named = "{% x0 %} (line 5), {% x1 %} (line 6), {% x2 %} (line 7), {% x3 %} (line 8), {% x4 %} (line 9), and 3 more"
    assert f"removed unknown tags: {named}" == problem.message


def test_elements_in_lists_and_in_elements_hold_markdown_in_mdx() -> None:
    """What is in an item stays in it, however far it is indented; a fence in it is code."""
    body = "- a\n\n  <details>\n    <summary>b</summary>\n\n    **c**\n\n    ```js\n    if (d)\n      e;\n    ```\n  </details>\n\n- f\n\n"
    body += "<div>\n  <p>\n    [g](https://x.test/)\n  </p>\n</div>\n"
    found = shown("docusaurus", body, "a.mdx")
    assert "<p><strong>c</strong></p>" in found
    assert '<pre><code class="language-js">if (d)\n  e;\n</code></pre>\n</details>\n</li>\n<li>\n<p>f</p>' in found
    assert '<div>\n<p><a href="https://x.test/">g</a></p>\n</div>' in found


def test_what_other_programs_take_for_code_is_mdx() -> None:
    """A fence of ``mdx-code-block`` is none for Docusaurus, and moves nothing that is told; Astro shows it."""
    body = "a\n\n```mdx-code-block\nimport X from './x';\n\n<b>c</b>\n```\n\n- d\n\n  ````mdx-code-block\n  <X>e</X>\n  ````\n"
    for path in ("a.mdx", "a.md"):
        assert "<p>a</p>\n<p><b>c</b></p>\n<ul>\n<li>\n<p>d</p>\n<p>e</p>\n</li>\n</ul>" == shown(
            "docusaurus", body, path
        )
    (problem,) = told("docusaurus", body, "a.mdx").problems
    assert (16, 3) == (problem.line, problem.column)
    assert "&lt;b&gt;c" in shown("astro", body, "a.mdx")


def test_data_in_an_unknown_block_goes_with_it() -> None:
    """JSON is no text for readers; anything else in such a block stays."""
    assert "<p>a</p>\n<p>b</p>" == shown("hexo", 'a\n\n{% faq %}\n[\n {"q": "Q1"}\n]\n{% endfaq %}\n\nb')
    assert "[note] c" in shown("hexo", "a\n\n{% faq %}\n[note] c\n{% endfaq %}")


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ('<p><img src="https://site.example/blog/post/cup.jpg" alt="A cup"> b</p>', '<Image src={import("./cup.jpg")} alt="A cup" /> b'),
        ('<p><img src="https://site.example/blog/post/cup.jpg" alt="A cup"></p>', '<Image src={await import("./cup.jpg")} alt="A cup" />'),
        ("<p>Some &amp; other</p>", '<Image src={of.post} alt="Some & other" />'), ("", "<Image src={of.post} />"),
    ],
)  # fmt: skip
def test_a_picture_that_a_program_chooses_is_its_text(expected: str, body: str) -> None:
    """One that is imported where it is shown is the file."""
    assert expected == shown("astro", body, "a.mdx").strip()


def test_mdx_is_read_where_it_is_mdx() -> None:
    """Astro's ``.mdx`` has expressions; its ``.md`` has braces."""
    assert "<p>A {x} b</p>" == shown("astro", "A {x} b", "a.md")
    assert "<p>A  b</p>" == shown("astro", "A {x} b", "a.mdx")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](https://x.test/~1{id}/get)", '<a href="https://x.test/~1%7Bid%7D/get">a</a>'),
        ("![a b](/x{y}.png)", '<img src="https://site.example/blog/x%7By%7D.png" alt="a b">'),
        (
            '(http://l.test/p?q={"a":{"b":1}})',
            '(<a href="http://l.test/p?q=%7B%22a%22:%7B%22b%22:1%7D%7D">http://l.test/p?q={"a":{"b":1}}</a>)',
        ),
        ("[r]\n\n[r]: https://x.test/{id}", '<a href="https://x.test/%7Bid%7D">r</a>'),
        ("[a](https://x.test/){x}", '<a href="https://x.test/">a</a>'),
        ("www.x.test {x}", '<a href="http://www.x.test">www.x.test</a>'),
    ],
)
def test_a_brace_in_an_address_begins_no_expression(body: str, expected: str) -> None:
    """MDX reads links, and addresses that are links by themselves, as Markdown does."""
    assert f"<p>{expected}</p>" == shown("docusaurus", body, "a.mdx").replace(" </p>", "</p>")


@pytest.mark.parametrize(
    "light", ["'/blog/img/a.png'", "useBaseUrl('/img/a.png')", "require('@site/static/img/a.png').default"]
)
def test_of_a_picture_for_each_theme_readers_have_the_light_one(light: str) -> None:
    """It is what a site shows that was asked for neither."""
    body = f"<ThemedImage\n  alt=\"A\"\n  sources={{{{\n    light: {light},\n    dark: '/img/b.png',\n  }}}}\n/>"
    assert '<p><img src="https://site.example/blog/img/a.png" alt="A"></p>' == shown("docusaurus", body, "a.mdx")


# What is true of all

CONSTRUCTS = st.sampled_from([
    "{% raw %}", "{% endraw %}", "{% highlight js %}", "{% endhighlight %}", "{% if x %}", "{% endif %}", "{% else %}",
    "{% note %}", "{% endnote %}", "{% post_url 2024-01-31-tea %}", "{% include a.html src='a.png' %}", "{% x %}", "{%",
    "%}", "{{ site.title }}", "{{ x | y }}", "{{", "}}", "{% comment %}", "{% endcomment %}", "{{< x >}}", "{{< /x >}}",
    '{{< figure src="a.png" caption="*b*" >}}', '{{< ref "a" >}}', "{{% notice %}}", "{{% /notice %}}", "{{<", ">}}", "{{%",
    "%}}", "{{</* x */>}}", "{{< highlight go >}}", "{{< /highlight >}}", "import a from 'b'", 'import {\n a } from "b";',
    "export const a = 1", "<Tabs>", "</Tabs>", '<TabItem label="a">', "</TabItem>", "<Foo a={{b: 1}} />", "<Foo", "/>",
    "{a}", "{", "}", "{/* a */}", "<>", "</>", "<img src={a} />", '<div className="a">', "</div>", ":::note[a]", ":::",
    "::::tip", "{: .a}", "{:toc}", "[toc]", "## a {#b}", "{% tabs a %}", "<!-- tab a -->", "{% endtabs %}", "<!--", "-->",
    "`", "```", "~~~", "    ", "- ", "> ", "*", "[a](b.md)", "a", "word ", "\\", "|", '"', "'", "<pre>", "</pre>", "<code>", "</code>",
    "$", "\\{", "&lt;Foo>", "\\<Foo>", "{% asset_img a.png %}", "{# a #}", "{% codeblock a lang:js %}", "{% endcodeblock %}",
]) | st.sampled_from(["\n", "\n\n", " "])  # fmt: skip
BODIES = st.lists(CONSTRUCTS, max_size=30).map("".join)
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_JSX = r"</?[A-Z][\w.]*(?:\s[^<>\0]*)?/?>|^[\s\0]*import .*\bfrom ['\"][^'\"]*['\"];?[\s\0]*$"
_LEFT = {
    "jekyll": r"\{%",
    "hexo": r"\{%",
    "eleventy": r"\{%",
    "hugo": r"\{\{[<%]",
    "pelican": r"\{%",
    "docusaurus": _JSX,
    "astro": _JSX,
}


MDX_ELEMENTS = [
    ("<p>a **b** [l](https://l.example/)</p>", '<p>a <strong>b</strong> <a href="https://l.example/">l</a></p>'),
    ("<center>![s](https://l.example/a.png)</center>", '<center><img src="https://l.example/a.png" alt="s"></center>'),
    ("<div><p>**b**</p></div>", "<p><strong>b</strong></p>"),
    ("Text.\n\n<details>\n<summary>Sum *b*</summary>\nHidden *c*\n</details>", "<p>Text.</p>\n<details>\n<summary>Sum <em>b</em></summary>\n<p>Hidden <em>c</em></p>\n</details>"),
    ("<p>`**b**`</p>\n\n```html\n<p>**b**</p>\n```", '<p><code>**b**</code></p>\n<pre><code class="language-html">&lt;p&gt;**b**&lt;/p&gt;\n</code></pre>'),
    ("a\n\n    b *c*\n\n- d\n\n    e", "<p>a</p>\n<p>b <em>c</em></p>\n<ul>\n<li>\n<p>d</p>\n<p>e</p>\n</li>\n</ul>"),
]  # fmt: skip
"""Bodies, and what MDX makes of them; its own summaries have a paragraph around them, which HTML does not allow there."""


@pytest.mark.parametrize("name", ["astro", "docusaurus"])
@pytest.mark.parametrize(("body", "expected"), MDX_ELEMENTS)
def test_in_mdx_text_within_elements_is_markdown(name: str, body: str, expected: str) -> None:
    """Though tags and text are one line; and indented text is no code."""
    assert expected == shown(name, body, "2024-02-01-a.mdx").replace("<div>", "").replace("</div>", "").strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\n\n    b *c*\n\td", "<p>a</p>\n<p>b <em>c</em>\nd</p>"),
        ("a\n\n    # b", "<p>a</p>\n<p># b</p>"), ("a\n\n    1. b", "<p>a</p>\n<p>1. b</p>"), ("a\n\n    - b", "<p>a</p>\n<p>- b</p>"),
        ("a\n\n    <b>c</b> > 1. *d*", "<p>a</p>\n<p><b>c</b> &gt; 1. <em>d</em></p>"), ("- a\n\n    b", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>"),
        ("```\n\n    a\n```", "<pre><code>\n    a\n</code></pre>"),
    ],
)  # fmt: skip
def test_indented_text_is_no_code_in_eleventy(body: str, expected: str) -> None:
    """It is a paragraph, whatever it begins with; unless the site has its parser read code in it."""
    assert expected == shown("eleventy", body).strip()
    assert body == told("eleventy", body, habits=Habits(options={"markdown.code": "true"})).body


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ('<p><img src="https://site.example/blog/post/cup.jpg" alt="A cup"></p>', '{% image "./cup.jpg", "A cup" %}'),
        ('<p><img src="https://site.example/blog/pics/cup.jpg" alt="A cup"></p>', '{% image "./src/pics/cup.jpg", "A cup" %}'),
        ('<p><img src="https://site.example/blog/photos/a/cup.jpg" alt="A cup"></p>', '{% image "src/raw/a/cup.jpg", "A cup" %}'),
        ("<p>A cup</p>", '{% image "./src/other/cup.jpg", "A cup" %}'),
    ],
)  # fmt: skip
def test_a_picture_by_its_path_in_an_eleventy_project(expected: str, body: str) -> None:
    """Its plug-in gives it a name that nobody else knows: it is where the site copies it, or its text stands for it."""
    options = {"dir.input": "src", "passthrough": "src/pics pics\nsrc/raw photos"}
    html = rendered(
        told("eleventy", body, habits=Habits(options=options)).body, "a.md", f"{URL}post/", "p1-", "commonmark"
    ).html
    assert expected == html.strip()


@pytest.mark.parametrize("name", _LEFT)
@settings(max_examples=120, deadline=None)
@given(body=BODIES)
@example(body="{%")
@example(body="<img src={a} /> import a from 'b'")
@example(body="{% raw %}import a from 'b'&lt;Foo>")
@example(body="<div>import a from 'b'</div>")
@example(body="<!-- {% x -->\n\n`{%`")
def test_no_tag_is_left_outside_code(name: str, body: str) -> None:
    """Whatever stands beside what, no reader sees a tag of the site's generator, but in code."""
    html = shown(name, body, "a.mdx", known=True)
    text = unescape(re.sub(r"<[^>]*>", "\0", _CODE.sub("\1", html)))
    assert None is re.search(_LEFT[name], text, re.MULTILINE), html


@pytest.mark.parametrize("name", DIALECTS)
@settings(max_examples=60, deadline=None)
@given(
    body=st.lists(st.sampled_from(["word ", "*a*", "\n", "\n\n", "- ", "`code`", "[a](https://a.example/)", "é"])).map(
        "".join
    )
)
def test_a_body_without_tags_is_left_alone(name: str, body: str) -> None:
    """What is Markdown stays as it is, to the character."""
    made = told(name, body)
    assert (body, (), ()) == (made.body, made.problems, made.links)


@pytest.mark.parametrize("name", ["hexo", "hugo", "docusaurus", "jekyll"])
@pytest.mark.parametrize(
    "unit",
    [
        "{%", "{{", "{% raw ", "{% note %}", "{% note %}{% endnote %}", "{{< a >}}", "{{< notice >}}", "{", "{'", "{`",
        '<a b="', "<A ", "<A>", "<A x={", "import {", "export const x = (\n\n", ":::note\n", "# a {#", "{:", "](a.md)",
        "{% assign x = x | append: x %}", "{{</*", "    {% raw %}\n", "{{{}}}", "`` ` ", "- {: .a}\n", "[a]: x.md\n",
    ],
)  # fmt: skip
def test_a_hostile_body_takes_bounded_time(name: str, unit: str) -> None:
    """A million characters that begin and never end are done in seconds."""
    body = (unit * (MAX_BODY // len(unit) + 1))[:MAX_BODY]
    start = time.process_time()
    told(name, body, known=True)
    assert time.process_time() - start < SECONDS


# In a build


def html_in(build: Build) -> str:
    return next(artifact.data.decode() for artifact in build.artifacts if artifact.path == "feed.json")


JEKYLL = f"site: {{url: '{URL}', dialect: jekyll}}\nmarkdown: {{flavor: commonmark}}\nposts: {{path: posts, permalink: /:slug/}}"


def test_a_post_is_linked_to_where_it_is(build: Callable[..., Build]) -> None:
    """A tag that names a post becomes its address; one that names none is a warning at its place."""
    posts = {
        "2024-01-31-tea.md": "---\ntitle: Tea\n---\nA",
        "2024-02-01-cup.md": "---\ntitle: Cup\n---\nSee\n[it]({% post_url 2024-01-31-tea %}), [no]({% post_url 2024-01-31-tae %}).",
    }
    made = build(posts, JEKYLL)
    assert f'<a href=\\"{URL}tea/\\">it</a>, <a>no</a>.' in html_in(made)
    assert [("2024-02-01-cup.md", 5, "link-missing")] == [
        (item.path.rpartition("/")[2], item.line, item.code) for item in made.problems
    ]


def test_a_link_to_what_nobody_can_open_says_why(build: Callable[..., Build]) -> None:
    """Of a post that is named, a draft is told from one with an error; one that is only in no feed is linked to."""
    posts = {
        "2024-01-31-tea.md": "---\npublished: false\n---\n",
        "2024-02-01-cup.md": "---\npermalink: https://\n---\n",
        "2024-02-02-pot.md": "---\nfeed: false\n---\n",
        "2024-02-03-all.md": "---\ntitle: All\n---\n[a]({% post_url 2024-01-31-tea %})\n[b]({% post_url cup %})\n"
        "[c]({% post_url 2024-02-02-pot %}#d)",
    }
    made = build(posts, JEKYLL)
    assert f'<a href=\\"{URL}pot/#d\\">c</a>' in html_in(made)
    told = [item for item in made.problems if item.code == "link-missing"]
    assert [(4, "2024-01-31-tea.md is a draft"), (5, "2024-02-01-cup.md has an error")] == [
        (item.line, item.message.partition(";")[0].rpartition("/")[2]) for item in told
    ]


def test_a_cached_post_follows_the_one_that_it_links_to(tmp_path: Path) -> None:
    """When a linked post moves, or is gone, a post that did not change says so; and it is rendered again only then."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "feeder.yml").write_text(JEKYLL)
    tea, cup = tmp_path / "posts" / "2024-01-31-tea.md", tmp_path / "posts" / "2024-02-01-cup.md"
    cup.write_text("---\ntitle: Cup\n---\n[it]({% post_url 2024-01-31-tea %})")
    found = load(Options(), {}, tmp_path).settings

    def link() -> str:
        means = pipeline.Means(cache=Cache(tmp_path / "cache"), installation="1")
        made = pipeline.build(found, tmp_path, NOW, "1", means)
        assert made == pipeline.build(found, tmp_path, NOW, "1", pipeline.Means())
        said = re.search(r"<a[^<>]*>it</a>", html_in(made))
        return said[0].replace("\\", "") if said else ""

    for front, expected in (
        ("title: Tea", f'<a href="{URL}tea/">it</a>'),
        ("title: Tea", f'<a href="{URL}tea/">it</a>'),
        ("title: Tea\nslug: green", f'<a href="{URL}green/">it</a>'),
        ("title: Tea\ndraft: true", "<a>it</a>"),
    ):
        tea.write_text(f"---\n{front}\n---\nA")
        assert expected == link()


def test_all_posts_are_not_looked_through_for_those_that_name_none(
    build: Callable[..., Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no body names another post, nobody asks where the posts are."""
    from feeder.neighbours import Neighbours

    def fail(*_: object) -> None:
        pytest.fail("somebody asked")

    monkeypatch.setattr(Neighbours, "_answer", fail)
    made = build({"2024-01-31-tea.md": "---\ntitle: Tea\n---\n{{ page.title }}"}, JEKYLL)
    assert "<p>Tea</p>" in html_in(made)


INCLUDES = {
    "include.who.html": "<b>{{ include.who | upcase }}</b>",
    "include.nest": "<p>{% include who.html who=include.Word %}</p>",
    "include.self": "a {% include self %}",
    "include.twice": "{% include big %}{% include big %}",
    "include.big": "x" * (MAX_BODY // 2),
    "include.far": "a {{ site.nobody }}",
    "include.none": "",
    "include.figure": '<figure>{%- if include.link and include.link != "" -%}<a href="{{ include.link }}">{% endif -%}\n'
    '  <img src="{{ include.src }}" {% if include.alt %}alt="{{ include.alt }}"{% else %}alt=""{% endif %}>{%- if include.link %}</a>'
    "{% endif %} {% unless include.bare %}{{ include.caption }}{% endunless %}{{ include.nothing }}</figure>",
    "include.note": "{% assign kind = include.type | default: 'note' %}{% case kind %}{% when 'warn', 'danger' %}"
    "{% assign head = 'Beware' %}{% when 'tip' or 'hint' %}{% capture head %}Tip of {{ page.title }}{% endcapture %}{% else %}"
    "{% assign head = 'Note' %}{% endcase %}<p>{{ head }}{% if page.nobody == nil %} n{% endif %}"
    "{% if include.n > 3 %} many{% elsif include.n %} few{% endif %} <code>{% if include.type %}c{% endif %}</code></p>",
    "include.outer": "{% include note type=include.kind %}",
    "include.either": '<p>{% if include.x == "a" or include.x == "b" and include.y %}1{% else %}2{% endif %}</p>',
    "include.dead": "<p>{% if page.nobody %}{{ site.nobody }}{% include far2 %}{% endif %}a</p>",
    "include.far2": "{{ site.nobody }}",
    "include.highlit": "{% if page.title %}\n{% highlight c %}\na\n{% endhighlight %}\n{% endif %}",
    "include.linked": "{{ site.nobody }}",
    "includes.linked": "[x]: https://x.example/",
    "include.told": "<div>{{ include.message | markdownify }}</div>",
    "include.way": '<a href="{% link {{ include.file }} %}">x</a>',
    "include.strange": "{% assign a = include.a | nobodys: 'x' %}<b>{{ a }}</b>",
    "relative.sub/near.md": "*near* {{ page.title }}",
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('a {% include who.html who="Al & Co" %} b', "<p>a <b>AL &amp; CO</b> b</p>"),
        ("{% include who.html who=page.title %}", "<p><b>TEA</b></p>"),
        ("{% assign her = 'ada' %}{% include who.html who=her %}", "<p><b>ADA</b></p>"),
        ("{% include who.html %} {{ include.who }}", "<p><b></b></p>"),
        ("{%- include nest Word='bo' -%}", "<p><b>BO</b></p>"),
        ("{% include_relative near.md %}", "<p><em>near</em> Tea</p>"),
        ("{% include_relative ../near.md %}{% include_relative who.html %}", ""),
        ("{% include self %}{% include far %}", ""),
        ("{% include figure src='/a.png' alt='A' link='https://x.example/' caption='c' %}",
         '<figure><a href="https://x.example/"><img src="https://site.example/a.png" alt="A"></a> c</figure>'),
        ("{% include figure src='/a.png' bare=true %}", '<figure><img src="https://site.example/a.png" alt=""> </figure>'),
        ("{% include note n=5 %}", "<p>Note n many <code></code></p>"),
        ("{% include note type='hint' n=2 %}", "<p>Tip of Tea n few <code>c</code></p>"),
        ("{% include outer kind='danger' %}", "<p>Beware n <code>c</code></p>"),
        ("{% include outer %}", "<p>Note n <code></code></p>"),
        ("{% include either x='a' %}", "<p>1</p>"),
        ("{% include either x='b' %}", "<p>2</p>"),
        ("{% include either x='b' y='c' %}", "<p>1</p>"),
        ("{% include dead %}", "<p>a</p>"),
        ("{% include highlit %}", '<pre><code class="language-c">a\n</code></pre>'),
        ("{% include linked %}\n[x]", '<p><a href="https://x.example/">x</a></p>'),
        ('{% include told\nmessage="\nA *b* \\"c\\".\n\nD\n" %}\n\ne', "<div><p>A <em>b</em> “c”.</p>\n<p>D</p>\n</div>\n<p>e</p>"),
        ("{% include way file='files/a.pdf' %}", '<p><a href="https://site.example/blog/files/a.pdf">x</a></p>'),
        ("a{% include way %}{% include strange a='b' %}", "<p>a</p>"),
        ("x {%- if page.title -%} y {%- endif -%} z {{- page.title -}} w", "<p>xyzTeaw</p>"),
        ("a{% include none %}b{% include twice %}", "<p>ab</p>" ),
    ],
)  # fmt: skip
def test_jekylls_includes_are_filled(body: str, expected: str) -> None:
    """As Jekyll fills them: with what they are told, the post and the site; what nobody knows, or has no end, goes as a whole."""
    path = "sub/2024-02-01-post.md"
    made = told("jekyll", body, path, habits=Habits(options=INCLUDES))
    assert expected == rendered(made.body, path, f"{URL}post/", "p1-", "kramdown").html


def test_who_has_no_text_left_is_told() -> None:
    """A post that was nothing but an unknown tag is empty now, which the warning says."""
    for body, end in (("{% x %}\n", "{% x %} (line 5); the post's text is now empty"), ("{% x %}a", "(line 5)")):
        assert told("jekyll", body).problems[0].message.endswith(end)


def test_a_page_has_what_it_has_by_default(build: Callable[..., Build], tmp_path: Path) -> None:
    """What the site's configuration gives a post is a variable as what its front matter gives, which goes before."""
    body = "{{ page.mood }} {{ page.tone }} {{ page.none | default: 'no' }}"
    build({"2024-01-31-tea.md": f"---\ntitle: Tea\ntone: high\n---\n{body}"}, JEKYLL)
    bequest = Bequest("", "/posts/.*", {"mood": Scalar("calm", START), "tone": Scalar("low", START)})
    found = load(Options(), {}, tmp_path).settings._replace(habits=Habits(bequests=(bequest,)))
    made = pipeline.build(found, tmp_path, NOW, "1", pipeline.Means())
    assert ("<p>calm high no</p>", ()) == (json.loads(html_in(made))["items"][0]["content_html"], made.problems)


def test_a_table_of_a_page_is_true_and_has_what_is_in_it(build: Callable[..., Build]) -> None:
    """As in Liquid, a key of a table is a variable, and the table itself is true."""
    body = (
        "{% if page.shot %}{{ page.shot.big_file }} {{ page.shot.by.who }}{% endif %}{% if page.none.by %}c{% endif %}"
    )
    front = "title: Tea\nshot:\n  big_file: a.png\n  by: {who: Ada}\nnone: 1"
    made = build({"2024-01-31-tea.md": f"---\n{front}\n---\n{body}"}, JEKYLL)
    assert ("<p>a.png Ada</p>", ()) == (json.loads(html_in(made))["items"][0]["content_html"], made.problems)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("gallery", '<p><img src="https://site.example/blog/s.png" alt="A" title="B"> <img src="https://x.example/c.jpg" alt=""></p>'),
        ('gallery id="more" caption="D"', '<figure><img src="https://site.example/blog/e.gif" alt="F"><figcaption>D</figcaption></figure>'),
        ("slides.html elements=page.more n=3", '<p><img src="https://site.example/blog/e.gif" alt="F"></p>'),
        ("slides.html elements=page.words", ""),
    ],
)  # fmt: skip
def test_an_include_that_is_told_a_list_of_pictures_shows_them(
    build: Callable[..., Build], tag: str, expected: str
) -> None:
    """As the galleries of themes do: by the list's own name, by its key, by its value; any other list is unknown."""
    front = (
        "title: Tea\ngallery:\n- {url: /large.png, image_path: /s.png, alt: A, title: B}\n- https://x.example/c.jpg\n"
        "more: [{image: /e.gif, caption: F}, nothing]\nwords: [a, b]"
    )
    made = build({"2024-01-31-tea.md": f"---\n{front}\n---\n{{% include {tag} %}}"}, JEKYLL)
    assert expected == json.loads(html_in(made))["items"][0].get("content_html", "").strip()


def test_a_body_of_a_plain_directory_is_left_as_it_is(build: Callable[..., Build]) -> None:
    """Where there is no generator, there is nothing to replace."""
    assert "{{ page.title }}" in html_in(build({"2024-01-31-tea.md": "---\ntitle: Tea\n---\n{{ page.title }}"}))


def test_mdx_of_a_plain_directory_is_read_as_such(build: Callable[..., Build]) -> None:
    """A file of this name is MDX whoever reads it, with CommonMark in it; the files beside it are not."""
    text = "---\ntitle: Tea\n---\nimport X from './x'\n\n<Image src='/a.png' alt='A' />\n\nA {1} ~~b~~\n"
    html = html_in(build({"2024-01-31-tea.mdx": text, "2024-01-30-tea.md": "---\ntitle: T\n---\nA {1} <X>b</X>"}))
    assert '<img src=\\"https://site.example/a.png\\" alt=\\"A\\"' in html
    assert "<p>A 1 <del>b</del></p>" in html
    assert ("import X" in html, "A {1} b" in html) == (False, True)


def test_lines_behind_fenced_code_are_those_of_the_file() -> None:
    """Hexo's fences become one line each; what stands behind them is told where its author has it."""
    body = "```js\na\nb\n```\n\n{% nosuch %}\n\n```\nc\n```\n{% other %}\n"
    (found,) = told("hexo", body).problems
    assert "removed unknown tags: {% nosuch %} (line 10), {% other %} (line 15)" == found.message
    assert 10 == found.line


def test_a_fence_within_a_tag_of_code_is_code() -> None:
    """What `{% codeblock %}` shows is no fence of Hexo's, whatever it looks like."""
    assert (
        "<pre><code>```&#10;x&#10;```&#10;</code></pre>"
        in told("hexo", "{% codeblock %}\n```\nx\n```\n{% endcodeblock %}\n").body
    )


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ("see <http://localhost:4000/x> there", "see http://localhost:4000/x there"),
        ("**see <http://localhost:80/a>**", "**see http://localhost:80/a**"),
        ("<http://localhost:80/a>.", "http://localhost:80/a."),
        ("[at https://localhost](https://x.example/)", "[at https://localhost](https://x.example/)"),
    ],
)
def test_an_address_of_this_machine_is_a_link(expected: str, body: str) -> None:
    """As marked has it in Hexo; without the signs around it, and not within a link."""
    assert expected == told("hexo", body).body


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ("Text.\n\n<pre>", "Text.\n\n    ```js\n    a\n    ```\n"),
        ("1. One\n\n    <pre>", "1. One\n\n    ```js\n    a\n    ```\n"),
        ("- a\n\n    b\n\n    <pre>", "- a\n\n    b\n\n    ```js\n    a\n    ```\n"),
    ],
)
def test_an_indented_fence_is_code_and_no_text_of_html(expected: str, body: str) -> None:
    """It keeps its indent in an item, to which it belongs."""
    assert expected == told("hexo", body).body[: len(expected)]


@pytest.mark.parametrize("before", ["```js\nx\n```", "```js a.js\nx\n```", "{% codeblock %}\nx\n{% endcodeblock %}"])
def test_a_picture_behind_code_leaves_what_follows_to_markdown(before: str) -> None:
    """A line of HTML that ends by itself has nothing that a block of the picture's own would end."""
    assert shown("hexo", f"{before}\n{{% asset_img a.png %}}\n## Tea\n").endswith('.png" alt=""></p>\n<h2>Tea</h2>')


@pytest.mark.parametrize("name", ["eleventy", "jekyll", "hexo"])
@pytest.mark.parametrize(
    ("expected", "tag"),
    [
        ('<a href="https://b.test/x">https:&#47;&#47;b.test/x</a>', '{% embed "https://b.test/x" %}'),
        ('<a href="https://github.com/a/b">https:&#47;&#47;github.com/a/b</a>', "{% github https://github.com/a/b %}"),
        ('<a href="https://www.youtube.com/watch?v=abcdefghijk"><img ', "{% embed https://youtu.be/abcdefghijk?t=3 %}"),
        ('<a href="https://www.youtube.com/@tea">', '{% embed "https://www.youtube.com/@tea" %}'),
        ('<a href="https://vimeo.com/123456">', "{% oembed 'https://vimeo.com/123456' %}"),
    ],
)
def test_what_is_embedded_by_its_address_is_a_link(name: str, expected: str, tag: str) -> None:
    """To the page, which for a film has its picture; nothing is told of a tag that leaves none behind."""
    translation = told(name, f"See\n\n{tag}\n")
    assert expected in translation.body
    assert () == translation.problems


def test_what_is_embedded_by_another_name_is_the_sites_own() -> None:
    """Nobody but the site knows what that is."""
    (found,) = told("eleventy", "See\n\n{% embed 'a-b' %}\n").problems
    assert "removed unknown tag: {% embed 'a-b' %} (line 7)" == found.message


def test_another_address_beside_a_picture_is_what_the_picture_links_to() -> None:
    """A tag of the site's own with a picture and an address shows the picture, not the address as one."""
    tag = '{{< preview url="https://b.test/x" title="B" image="https://b.test/b.jpg" >}}'
    expected = '<a href="https://b.test/x"><img src="https://b.test/b.jpg" alt="B"></a>'
    assert expected in shown("hugo", f"Text\n\n{tag}\n")


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("[[Tea]] and [[tea|a cup]]", f"[Tea](<{URL}tea/>) and [a cup](<{URL}tea/>)"),
        ("[[notes/Tea.md#On *cups*|cups]] | [[tea\\|a]]", f"[cups](<{URL}tea/>) | [a](<{URL}tea/>)"),
        ("[[Nobody's note]], [[x|y]], [[#Below]], [[Nobody#^id]]", "Nobody's note, y, Below, Nobody"),
        ("[[nodiscard]] [[1, 2]] [[ -f x ]] [[1]](/x) [[a]][b] [[[c]]] [[x]y]", "[[nodiscard]] [[1, 2]] [[ -f x ]] [[1]](/x) [[a]][b] [[[c]]] [[x]y]"),
        ("![[a cup.png]] ![[b.jpg|300]] ![[b.jpg|A cup]]", "![](a%20cup.png) ![](b.jpg) ![A cup](b.jpg)"),
        ("![[talk.mp3]] ![[Tea]] ![[Else]]", f"[talk.mp3](talk.mp3) [Tea](<{URL}tea/>) Else"),
        ("`[[Tea]]`\n\n```\n[[Tea]]\n```\n", "`[[Tea]]`\n\n```\n[[Tea]]\n```\n"),
    ],
)  # fmt: skip
def test_links_between_brackets(body: str, made: str) -> None:
    """In a plain directory, they lead to the posts that they name, and are text where they name none, without a warning."""
    translation = told("plain", body)
    assert (made, ()) == (translation.body, translation.problems)


def test_brackets_are_nobodys_elsewhere() -> None:
    """A generator says what they are."""
    assert "[[Tea]]" == told("hexo", "[[Tea]]").body
