"""Markdown as Python-Markdown reads it, with the extensions that blogs have come to rely on."""

from __future__ import annotations

from functools import lru_cache
from threading import get_ident
from typing import TYPE_CHECKING

from feeder.flavors.codeinfo import without_first_lines
from feeder.html.rawhtml import BodyTooDeepError

if TYPE_CHECKING:
    from markdown import Markdown

MAX_OPEN = 2_000
"""Tags, brackets or abbreviations that cost Python-Markdown quadratic time."""


def html(body: str, *, breaks: bool = False, extras: str = "") -> str:
    """Return the HTML of ``body``; ``breaks`` makes line breaks of line ends. Raises `BodyTooDeepError`.

    ``extras`` are further extensions, as `feeder.flavors.markdownextras.packed` returns them.
    """
    from feeder.flavors.fencedcode import TAB

    if (
        any(body.count(opening) - body.count(closing) > MAX_OPEN for opening, closing in ("<>", "[]", "()"))
        or body.count("\n*[") > MAX_OPEN
    ):
        raise BodyTooDeepError
    try:
        return without_first_lines(
            _converter(get_ident(), breaks=breaks, extras=extras).reset().convert(body).replace(TAB, "\t")
        )
    except RecursionError as error:
        _converter.cache_clear()  # its parser's state is left where the recursion broke
        raise BodyTooDeepError from error


@lru_cache(64)
def _converter(_thread: int, *, breaks: bool = False, extras: str = "") -> Markdown:
    """Return the converter of a thread: it keeps the state of the body that it converts, so no two may share one."""
    from markdown import Markdown
    from markdown.extensions.abbr import AbbrExtension
    from markdown.extensions.attr_list import AttrListExtension
    from markdown.extensions.def_list import DefListExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.md_in_html import MarkdownInHtmlExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    from feeder.flavors.fencedcode import FencedCode
    from feeder.flavors.inlines import Inlines
    from feeder.flavors.quotes import Quotes

    # By name, Python-Markdown would look through every package that is installed, which takes longer than a small build.
    converter = Markdown(
        extensions=[
            AbbrExtension(), AttrListExtension(), DefListExtension(), FencedCode(), FootnoteExtension(),
            MarkdownInHtmlExtension(), SaneListExtension(), TableExtension(use_align_attribute=True),
        ],
        output_format="html",
    )  # fmt: skip
    if breaks:
        from markdown.extensions.nl2br import Nl2BrExtension

        Nl2BrExtension().extendMarkdown(converter)
    if extras:
        from feeder.flavors.markdownextras import extend  # few sites ask for any

        extend(converter, extras)
    converter.parser.blockprocessors.register(Quotes(converter.parser), "quote", 20)
    converter.treeprocessors.register(Inlines(converter), "inline", 20)
    converter.ESCAPED_CHARS += ["<"]  # or "List\\<T>" would lose its <T>
    return converter
