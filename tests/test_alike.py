"""feeder/flavors/alike.py: what is rendered for Python-Markdown by comrak is what Python-Markdown makes of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeder.content import is_html
from feeder.flavors import commonmark, python_markdown
from feeder.flavors.alike import is_alike
from feeder.flavors.markdownextras import LAZY_LISTS, packed

_PIECES = [
    *"a Tea 日本 é x1 * ** *** _ __ ` `` [ ] ( ) ![ ](/u) ](u_v) [l][r] [r] [r][] [a](b) ![i](j.png) < > # - + = | & &amp; !".split(),
    *". , : \\ { } ~ ^ \" ' **b** *e* _f_ __g__ `c` a@b.c http://x.y/z_w <http://a.b> <br> 。 “ 🎉 [^1] {:.x} ![i][r] ![ [a](/%2) &#1. %20".split(),
    " ", " ", "  ", "    ", "\t", "\u3000", "\u00a0", "\u200b", "\ufdd1", "\n", "\n", "\n\n", "\n\n", '](u "t")', "[ ] ",
    "> ", "# ", "## ", "- ", "* ", "+ ", "1. ", "2. ", "10. ", "---\n", "***\n", "===\n", "```\n", "```py\n", "~~~\n", "[r]: /x\n",
    "\n\n[r]: /x\n\n", "a|b\n-|-\n", ": d\n", "*[A]: b\n", "- a\n", "- b\n", "1. a\n", "2. b\n", "* c\n", "    - d\n",
    "\n\n- p\n\n- q\n\n", "\n\n> q\n\n", "\n\n```py\nx = 1\n\ty\n```\n\n", "\n\n## h\n\n", "\n\n- a\n    - b\n- c\n\n",
]  # fmt: skip
_BLOCKS = frozenset("p li ul ol h1 h2 h3 h4 h5 h6 blockquote hr br pre".split())


class _Seen(HTMLParser):
    """What a reader sees of HTML: tags, whatever the order of their attributes, and text, but for idle white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self._code = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code += tag == "pre"
        self._tag((tag, sorted((name, value or "") for name, value in attrs)), tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "pre"
        self._tag(f"/{tag}", tag)

    def handle_data(self, data: str) -> None:
        last = self.parts[-1] if self.parts else ""
        text = data if self._code else " ".join(f"-{data}-".split())[1:-1]
        if isinstance(last, str) and last.startswith("="):
            text = f"{last[1:]}{text}".replace("  ", " ") if not self._code else last[1:] + text
            self.parts.pop()
        block = not self._code and (not self.parts or self._is_block(self.parts[-1]))
        if text := text.lstrip(" ") if block else text:
            self.parts.append(f"={text}")

    def _tag(self, part: object, tag: str) -> None:
        if tag in _BLOCKS and self.parts and isinstance(last := self.parts[-1], str) and last.startswith("="):
            self.parts[-1] = last if tag == "pre" else last.rstrip(" ")
            if self.parts[-1] == "=":
                self.parts.pop()
        self.parts.append(part)

    @staticmethod
    def _is_block(part: object) -> bool:
        name = part[0] if isinstance(part, tuple) else str(part).lstrip("/")
        return name in _BLOCKS


def _readings(body: str, *, breaks: bool) -> list[list[object]]:
    """Return what comrak makes of a body, what Python-Markdown does, and that with the lists that Pelican has."""
    lazy = packed({LAZY_LISTS: {}})
    pages = (
        commonmark.without_additions(body, breaks=breaks),
        python_markdown.html(body, breaks=breaks),
        python_markdown.html(body, breaks=breaks, extras=lazy),
    )
    return [_Seen(page).parts for page in pages]


@settings(max_examples=1_000, deadline=None)
@given(body=st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12).map("".join), breaks=st.booleans())
def test_no_body_is_taken_that_the_two_read_otherwise(*, body: str, breaks: bool) -> None:
    """Whatever is put together: if it is said to be read alike, both make the same of it."""
    taken = is_alike(body) and not is_html(body, "a.md", "python-markdown")
    ours, *theirs = _readings(body, breaks=breaks) if taken else [[]]
    assert [ours] * len(theirs) == theirs


ALIKE = {
    "prose": "Tea, they say, is *good*; **very** good. A_b, 1 < 2 & 3.\nSecond line.  \nThird `a * b` one.",
    "headings": "# One\n\n## Two, `code`\ntext\n### Three\n",
    "links": 'See [this](/a_b?c=1&d=2 "T") and ![it](i.png) or <https://a.example/b>, [x] too, [![p](q.png)](r).',
    "references": 'Two [kinds][k], [one][], [one].\n\n[k]: https://k.example/ "K"\n[one]: /one\n',
    "bullets": "- one\n- **two**\n  goes on\n- three\n\nText.\n\n* a\n    * b\n    * c\n* d\n",
    "loose": "1. one\n\n2. two\n\n3. three\n\nText.",
    "quotes": "> one\n> two\n\nText.\n\n---\n\nMore.",
    "fences": "Text:\n\n```python\nif a < b:\n\n    # *no* emphasis\n```\n\nAnd:\n~~~\n```\n~~~\n",
    "chinese": "## 标题\n\n这是**重点** 和 *斜体*。\n\n- 一\n- 二\n",
    "underscores": "A _word_ and a __strong one__, snake_case_name too.",
}


@pytest.mark.parametrize("body", ALIKE.values(), ids=ALIKE.keys())
@pytest.mark.parametrize("breaks", [False, True])
def test_what_most_posts_are_made_of_is_read_alike(body: str, *, breaks: bool) -> None:
    """Ordinary bodies are found, with line breaks for line ends and without, and both make the same of them."""
    ours, *theirs = _readings(body, breaks=breaks)
    assert is_alike(body)
    assert [ours, ours] == theirs


UNLIKE = {
    "no space in a heading": "#heading",
    "html": "<div>*a*</div>",
    "a list without an empty line": "Text\n- one",
    "two blanks": "- one\n  - two",
    "attributes": "# Title {: #id }",
    "a note": "Text[^1]\n\n[^1]: Note",
    "an abbreviation": "HTML\n\n*[HTML]: Language",
    "a definition": "Term\n: What it is",
    "a table": "a | b\n--- | ---\n1 | 2",
    "an underlined heading": "a\nb\n===",
    "an escape": "1\\) one",
    "two signs in one list": "- a\n* b",
    "a list after a list": "- a\n\n\n1. b",
    "an address twice": "[a][b]\n\n[b]: /1\n[b]: /2",
    "unknown brackets": "[r][x]\n\n[r]: /1",
    "emphasis beside a letter": "**a:**b",
    "a bare ampersand's reference": "a &copy; b",
    "half an escape in an address": "[a](/%2)",
    "a picture in the words for another": "![![a](b)](c)",
    "a picture whose words begin like a note": "![^a](b)",
    "an unfinished reference in code": "`&#1.`",
    "a language that is none": "```-x\ntext\n```",
    "a link in the title of a picture": '![a](b "see [c](d)")',
    "a byte order mark": "\ufefftext",
    "an ideographic space": "\u3000text",
    "an open fence": "```\ntext",
}


@pytest.mark.parametrize("body", UNLIKE.values(), ids=UNLIKE.keys())
def test_what_the_two_read_otherwise_is_left_to_python_markdown(body: str) -> None:
    """What the two are known to read otherwise, or may, is not taken."""
    assert not is_alike(body)
