"""feeder/bodies/headings.py: the first heading of a body, as a title for posts that have none."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder.bodies.headings import first_heading


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ("A", "# A"), ("A", "###### A"), ("A", "   # A"), ("B", "text\n\n## A\n\n# B"), ("A", "# A #"), ("A", "## A ##  "),
        ("A #", "# A \\#"), ("A#", "# A#"), ("A", "#\tA"), ("中文", "# 中文"), ("A", "A\n="), ("A", "A\n-----"), ("A", " A \n  ===  "),
        ("b", "a\nb\n==="), ("A", "---\n\n# A"), ("A", "para\n\n---\n\n# A"), ("A", "#A\n\n# A"), ("A", "####### B\n# A"),
        ("A", "#\n# A"), ("A", "> q\n===\n# A"), ("A", "- item\n---\n# A"), ("A", "1. item\n---\n# A"), ("A", "\n\n\n# A"),
        ("", ""), ("", "text"), ("", "#"), ("", "para\n\n---\n"), ("", "#hashtag"),
        ("", "text\n\n## A"), ("", "text\n\nA\n---"), ("A", "text\n\nA\n==="), ("A", "![a picture](a.png)\n\n<br>\n\n## A"),
    ],
)  # fmt: skip
def test_markdown(expected: str, body: str) -> None:
    """A heading is one to six hashes and a space, or a line underlined by = or -; below text, one of the first level."""
    assert expected == first_heading(body)


@pytest.mark.parametrize(
    "code",
    ["```\n# no\n```", "~~~sh\n# no\n```\n# no\n~~~", "````\n```\n# no\n````", "   ```\n# no\n   ```", "    # no", "\t# no",
     "- ```sh\n  # no\n  ```", "10. ~~~\n    # no\n    ~~~", "> ```\n# no\n> ```", "```\n> ```\n# no\n```", "```\nno\n===\n```", "<pre>\n# no\n</pre>", "<div>\n<pre><code># no\n# no\n</code></pre>\n</div>", "<!--\n# no\n-->",
     "```html\n<h1>no</h1>\n```", "`<h1>no</h1>`"],
)  # fmt: skip
def test_code_and_comments_have_no_heading(code: str) -> None:
    """A comment line of a shell, or HTML shown as code, is no heading; nor is what an HTML comment hides."""
    assert "yes" == first_heading(f"{code}\n\n# yes\n")
    assert "" == first_heading(f"{code}\n")


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ("A", "<h1>A</h1>"), ("A", "<div>\n<H2 class='x'>A</H2>\n</div>"), ("A <b>b</b>", "<h3>A <b>b</b></h3>"),
        ("B", "<p>x</p><h2 id=a>A</h2 ><h1>B</h1>"), ("", "text\n<h2>A</h2>"), ("A", "<p><h2 id=a>A</h2 ><h1>B</h1>"), ("\nA\n", "<div><h1>\nA\n</h1></div>"), ("", "<h1>A"), ("", "<h7>A</h7>"),
        ("", "<p>A</p>"), ("\nA\n", "<h1>\nA\n</h1>\n\n# B"),
    ],
)  # fmt: skip
def test_html(expected: str, body: str) -> None:
    """In HTML the first h1 to h6 that is closed counts, below text an h1, its markup left for the title to strip."""
    assert expected == first_heading(body)


@pytest.mark.parametrize(
    ("expected", "heading"),
    [
        ("bold it code", "**bold** *it* `code`"), ("a b c", "__a__ _b_ ~~c~~"), ("bi", "***bi***"), ("co*d*e", "`co*d*e`"),
        ("a`b", "``a`b``"), ("<T> & x", "`<T>` & x"), ("link", "[link](https://x.example/)"), ("link", "[link][1]"),
        ("alt", "![alt](a.png)"), ("a [b]", "a \\[b\\]"), ("*a*", "\\*a\\*"), ("_a_", "\\_a\\_"), ("snake_case_name", "snake_case_name"),
        ("2*3*4", "2*3*4"), ("2 * 3 * 4", "2 * 3 * 4"), ("A", "A {#id}"), ("A", "A {.c #d}"), ("A", "A {: #x}"), ("A {x}", "A {x}"),
        ("C# and F#", "C# and F#"), ("a <b>b</b>", "a <b>b</b>"), ("R&amp;D", "R&amp;D"), ("init", "__init__"),
    ],
)  # fmt: skip
def test_inline_markdown_is_resolved(expected: str, heading: str) -> None:
    """Emphasis, code, links, pictures, escapes and attribute lists give way to the text that readers see."""
    assert expected == first_heading(f"# {heading}")


@pytest.mark.parametrize(
    "body",
    [
        "# " + "*a " * 33_000, "# " + "`" * 100_000, "# " + "`a" * 50_000, "# " + "[" * 100_000, "# " + "[a](" * 25_000, "# " + "_" * 100_000,
        "<h1>" * 50_000, "<h1 " * 50_000, "<h1>x</h2>" * 20_000, "#" + " " * 100_000, "A\n" + "=" * 100_000 + "x", "\n" * 100_000,
        " " * 100_000, "# A {#" + "x" * 100_000, "```\n" * 50_000, "<h1>\n" * 40_000,
    ],
    ids=lambda body: repr(body[:12]),
)  # fmt: skip
def test_a_large_body_takes_no_time(body: str) -> None:
    """200,000 characters of anything are searched in less than two seconds."""
    begin = process_time()
    assert isinstance(first_heading(body), str)
    assert process_time() - begin < 2


@given(st.text("#=-~`*_[]()<>h1/ \\\nab{}!.", max_size=80))
def test_any_body_has_a_heading_or_none(body: str) -> None:
    """Any body gives text, and the heading of a body is made of characters that stand in it."""
    assert set(first_heading(body)) <= set(body)
