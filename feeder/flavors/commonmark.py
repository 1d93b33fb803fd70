"""Markdown as CommonMark says, with GitHub's tables, strikethrough, task lists, footnotes and bare addresses."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from feeder.flavors.codeinfo import with_plain_languages
from feeder.html.rawhtml import BodyTooDeepError
from feeder.patterns import pattern
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from comrak import ExtensionOptions, ParseOptions, RenderOptions

MAX_CELLS = 500_000
"""Cells of tables: a row is filled up to the width of its header, so that a few characters can ask for many."""
MAX_SIGNS = 10_000
"""Mail addresses, which cost comrak quadratic time within a paragraph, or notes, each of which becomes much HTML."""
MAX_CLOSING = 10_000
"""Closing parentheses in a word; at the end of an address, comrak weighs each against all of them."""
_NO_WORDS = pattern(r"(?<![^\r\n])[^\w\r\n]++(?![^\r\n])")
"""A line that could end the header of a table: dashes, colons and bars."""
_TASK = pattern(r'<li><input type="checkbox" (checked="" )?disabled="" /> (\n<p>)?')
_ANGLES = {"\u00ab": "&lt;&lt;", "\u00bb": "&gt;&gt;"}
"""Signs of quotation that are made of two angles -> these, in HTML."""
_TYPED = {
    **_ANGLES,
    "\u201c": "&quot;", "\u201d": "&quot;", "\u2018": "'", "\u2019": "'", "\u2013": "--", "\u2014": "---", "\u2026": "...",
}  # fmt: skip
"""Typographic signs -> what stands for them in Markdown."""
_HIDDEN = {ord(sign): chr(0xE000 + number) for number, sign in enumerate("\u201c\u201d\u2018\u2019")}
"""Quotes that an author typed -> characters of nobody's, by which they are told from those that comrak makes."""
_CODE = pattern(r"<(code|kbd|samp|tt|var)\b[^<>]*>.*?</\1>", re.DOTALL)
_LONE = r"(?:\n {0,3}<(?:br|img)\b[^<>\n]*>[ \t]*)+\n(?= *+[^\s])"
"""Line breaks and pictures on lines of their own, before another line."""
_IN_LIST = r"^[ \t>]*(?:[-*+]|\d{1,9}[.)]|>)[ \t]+(?!```)[\w\[\"'(*_`][^\n]*"
"""A line of text in a list or a quote."""
_LAZY = pattern(f"{_IN_LIST}{_LONE}", re.MULTILINE)
_INLINED = pattern(r"^( {0,3}\[[^\[\]\n]{1,999}\]:[ \t]*)<?data:[^\s<>]{500,}+>?", re.MULTILINE)
"""Where a reference leads that is a long file, as Google Docs exports pictures: comrak resolves none so long, and no feed shows one."""
_LINE_END = pattern(r"\s*\n\s*")
_NOTES = '<section class="footnotes" data-footnotes>\n'


class _Syntax(NamedTuple):
    """What is read beside CommonMark and GitHub's additions."""

    breaks: bool
    """Line ends are line breaks."""
    smart: bool = False
    """Quotes, dashes and ellipses become typographic."""
    angles: bool = False
    """And two angles become the quotes that some languages have."""
    definitions: bool = False
    """There are lists of definitions."""
    marks: bool = False
    """``^above^``, ``~below~``, ``++inserted++`` and ``==marked==`` mean that."""
    cjk: bool = True
    """Emphasis needs no spaces beside it where words have none between them."""
    github: bool = True
    """There are tables, strikethrough, task lists, footnotes and bare addresses."""
    spelled: bool = False
    """Bare addresses end before the letters of such words."""


def html(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body``, raw HTML as it is; with ``breaks``, of line breaks for line ends. Raises `BodyTooDeepError`."""
    return _rendered(body, _Syntax(breaks))


def without_additions(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` as CommonMark alone has it."""
    return _rendered(body, _Syntax(breaks, cjk=False, github=False))


def _rendered(body: str, syntax: _Syntax) -> str:
    if syntax.github and (
        any(body.count(sign) > MAX_SIGNS for sign in ("@", "[^"))
        or (body.count(")") > MAX_CLOSING and any(word.count(")") > MAX_CLOSING for word in body.split()))
        or _cells(body) > MAX_CELLS
    ):
        raise BodyTooDeepError
    if ("\n<br" in body or "\n<img" in body) and _LAZY.search(body):
        body = _with_lazy_tags(body)
    if "]:" in body and "data:" in body:
        body = _INLINED.sub(r"\1<data:,>", body)
    rendered = _by_comrak(body, syntax)
    if syntax.smart and _CODE.search(body) and not any(sign in body for sign in _TYPED):
        rendered = _CODE.sub(_as_typed, rendered)  # comrak takes what is in HTML within a line for text
    if syntax.smart and not syntax.angles and not any(sign in body for sign in (*_ANGLES, "aquo;")):
        for sign, typed in _ANGLES.items():  # `cat a >> b` is no quotation; comrak has no switch for these alone
            rendered = rendered.replace(sign, typed)
    # A reader shows no style that would set the notes apart, and no form: a box is a character.
    return with_plain_languages(_TASK.sub(_task, rendered).replace(_NOTES, f"{_NOTES}<hr>\n"))


def _by_comrak(body: str, syntax: _Syntax) -> str:
    from comrak import render_markdown

    extensions, parsing, rendering = _options(syntax)
    if not syntax.github or body.isascii() or not any(sign in body for sign in ('"', "://", "www.")):
        return render_markdown(body, extensions, parsing, rendering)
    from feeder.flavors import unspaced  # few bodies need it

    if not unspaced.has_unspaced(body):
        return render_markdown(body, extensions, parsing, rendering)
    quoted = syntax.smart and '"' in body
    rendered = render_markdown(unspaced.with_quotes_hidden(body) if quoted else body, extensions, parsing, rendering)
    if quoted:
        rendered = unspaced.with_quotes_shown(rendered)
    return unspaced.with_addresses_ended(rendered, body, letters=syntax.spelled)


def _with_lazy_tags(body: str) -> str:
    """Return a body in which tags go on with the paragraph of a list or a quote above them, as CommonMark has it.

    For comrak they begin HTML, in which nothing is Markdown up to an empty line.
    """
    from feeder.flavors.kramdown import CODE  # few bodies need it

    def joined(match: re.Match[str]) -> str:
        first, _, rest = match[0].partition("\n")
        return match[0] if match["code"] is not None else f"{first}\n{_LINE_END.sub(' ', rest)}"

    return re.sub(rf"(?P<code>{CODE})|{_IN_LIST}{_LONE}", joined, body, flags=re.MULTILINE | re.DOTALL)


def _as_typed(code: re.Match[str]) -> str:
    """Return code with the signs that its author typed."""
    return "".join(_TYPED.get(sign, sign) for sign in code[0])


def _cells(body: str) -> int:
    """Return how many cells the body's tables have at most: the widest line that could end a header, times all lines."""
    if "|" not in body:
        return 0
    widest = max((match[0].count("|") for match in _NO_WORDS.finditer(body)), default=0)
    return widest * (body.count("\n") + body.count("\r"))


def _task(match: re.Match[str]) -> str:
    """Return the start of a task list's item, with the box within the paragraph where there is one."""
    return f"<li>{match[2] or ''}{'☑' if match[1] else '☐'} "


def smartypants(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` with typographic quotes, dashes and ellipses. Raises `BodyTooDeepError`."""
    return _rendered(body, _Syntax(breaks, smart=True))


def definitions(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` with lists of definitions. Raises `BodyTooDeepError`."""
    return _rendered(body, _Syntax(breaks, definitions=True))


def goldmark(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` with typographic signs and lists of definitions. Raises `BodyTooDeepError`."""
    if "|" in body:
        from feeder.flavors.kramdown import CODE
        from feeder.flavors.tables import with_whole_headers  # some bodies have tables

        body = with_whole_headers(body, CODE)
    syntax = _Syntax(breaks, smart=True, angles=True, definitions=True, cjk=False, spelled=True)
    return _rendered(_with_strong(body), syntax)


def markdown_it(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` as markdown-it reads it with its usual plug-ins. Raises `BodyTooDeepError`."""
    return _rendered(_with_strong(body), _Syntax(breaks, smart=True, definitions=True, marks=True, cjk=False))


def _with_strong(body: str) -> str:
    """Return a body whose strong emphasis beside Chinese, Japanese or Korean is read as what it looks like."""
    if "**" not in body or body.isascii():
        return body
    from feeder.flavors.emphasis import with_strong  # few bodies need it
    from feeder.flavors.kramdown import CODE

    return with_strong(body, CODE)


def kramdown(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` as kramdown reads it, which `goldmark` is the nearest to. Raises `BodyTooDeepError`."""
    from feeder.flavors.kramdown import as_commonmark, mended  # one generator's

    return mended(_rendered(as_commonmark(body), _Syntax(breaks, smart=True, angles=True, definitions=True)), body)


def kramdown_straight(body: str, *, breaks: bool = False) -> str:
    """Return the HTML of ``body`` as kramdown reads it that leaves quotes as they are typed. Raises `BodyTooDeepError`."""
    made = kramdown(body.translate(_HIDDEN), breaks=breaks)
    for sign in _HIDDEN:
        made = made.replace(chr(sign), _TYPED[chr(sign)])
    return made.translate({ord(hidden): sign for sign, hidden in _HIDDEN.items()})


@cache
def _options(syntax: _Syntax) -> tuple[ExtensionOptions, ParseOptions, RenderOptions]:
    from comrak import ExtensionOptions, ParseOptions, RenderOptions

    extensions = ExtensionOptions()
    extensions.autolink = extensions.footnotes = extensions.strikethrough = syntax.github
    extensions.table = extensions.tasklist = syntax.github
    extensions.cjk_friendly_emphasis = syntax.cjk  # `**否。**是` is meant as it looks; older marked reads it so
    rendering = RenderOptions()
    rendering.unsafe_ = True  # the sanitiser has the last word
    rendering.hardbreaks = syntax.breaks
    extensions.description_lists = syntax.definitions
    extensions.superscript = extensions.subscript = extensions.insert = extensions.highlight = syntax.marks
    parsing = ParseOptions()
    parsing.smart = syntax.smart
    return extensions, parsing, rendering


@lru_cache(1024)
def emoji(name: str) -> str:
    """Return the character that a name such as ``tada`` stands for on GitHub, "" for none."""
    from comrak import ExtensionOptions, render_markdown

    extensions = ExtensionOptions()
    extensions.shortcodes = True
    found = render_markdown(f":{name}:", extension_options=extensions).strip().removeprefix("<p>").removesuffix("</p>")
    return "" if found.isascii() else found
