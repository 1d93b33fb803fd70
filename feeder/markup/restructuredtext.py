"""reStructuredText -> HTML, by docutils, which only this module knows and not everybody has; `doctrees` writes the HTML.

Nothing in a text reads a file, fetches, asks the clock or runs. What docutils does not know, or refuses, it leaves in the
tree as a message: a directive that the plug-ins of generators have becomes what it means, any other leaves what it holds.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from textwrap import dedent
from threading import Lock
from typing import TYPE_CHECKING, Any

from feeder.markup.calls import Call
from feeder.markup.doctrees import html_of
from feeder.markup.meanings import MEANINGS
from feeder.markup.scanning import MAX_DEPTH
from feeder.texts.tagnames import tags_by_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.markup.desk import Desk

DIRECTIVES = tags_by_meaning(
    code="code code-block sourcecode highlight",
    youtube="youtube",
    vimeo="vimeo",
    picture="thumbnail image figure lead-figure",
    gist="gist",
    tweet="tweet",
    video="video html5video",
    audio="audio",
    nothing="contents toctree slideshow gallery post-list index only",
    aside="seealso versionadded deprecated todo",
)
"""Directives of Pelican's and Nikola's plug-ins, and those of docutils with options that it does not know -> meanings."""
_DIRECTIVE = re.compile(r"\.\.[ ]+(?:\|[^|\n]*\|[ ]+)?([\w.:+-]+?)::[ ]*(.*)", re.DOTALL)
_OPTION = re.compile(r"[ \t]*:([\w-]+):[ \t]*(.*)")
_TOLD = (
    (re.compile(r'Unknown interpreted text role "([^"]{1,100})"'), ":{}:"),
    (re.compile(r'Unknown target name: "([^"]{1,100})"'), "{}_"),
)
"""What messages say that are about nothing in their place, and how that is written."""
_LONGEST = 200_000
"""Characters that docutils reads within seconds."""
_COSTLIEST = 10**8
"""Characters of a paragraph, times the signs in it that may be markup: docutils weighs each against all that follows."""
_SIGN = re.compile(r"[*_`|]")
_ROLE = re.compile(r":([A-Za-z][\w.+-]*):(?=`)|(?<=`):([A-Za-z][\w.+-]*):")
_TURNS = Lock()


def is_there() -> bool:
    """Whether docutils is installed."""
    return find_spec("docutils") is not None


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body as HTML; "", reported, for one that nobody could read in reasonable time."""
    try:
        return desk.refused() if len(body) > _LONGEST or _is_costly(body) else _html(body, desk, 0, 0)
    except RecursionError:
        return desk.refused()


def _is_costly(text: str) -> bool:
    return any(len(part) * len(_SIGN.findall(part)) > _COSTLIEST for part in text.split("\n\n") if len(part) > 10_000)  # noqa: PLR2004 - what is shorter never is


def _html(text: str, desk: Desk, offset: int, depth: int) -> str:
    """Return the HTML of a text that stands at an ``offset`` of the body."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def replace(message: Any) -> str:
        line = min(max(message.get("line") or 1, 1), len(starts)) - 1
        block = next((child.astext() for child in message.children if child.tagname == "literal_block"), "")
        return _replaced(message.astext(), block, desk, offset + starts[line] * (depth == 0), depth)

    document = _document(text, desk.settings.habits.options.get("TYPOGRIFY", ""))
    html = html_of(document, replace)
    for message in document.transform_messages:  # about what is nowhere: these stand behind the text
        replace(message)
    return html


def _replaced(message: str, block: str, desk: Desk, offset: int, depth: int) -> str:
    """Return what stands for a message: what the directive means that it is about, else what that holds."""
    found = _DIRECTIVE.match(block)
    if found is None:
        for pattern, written in _TOLD:
            if told := pattern.search(message):
                desk.unknown(written.format(told[1]), offset)
        return ""
    name, rest = found[1].lower(), found[2]
    first, _, more = rest.partition("\n")
    lines = dedent(more).split("\n")
    named: dict[str, str] = {}
    while lines and (option := _OPTION.fullmatch(lines[0])):
        named[option[1].lower()] = option[2].strip()
        del lines[0]
    content = "\n".join(lines).strip("\n")
    meaning = DIRECTIVES.get(name, "")
    inner = content if meaning in {"code", "nothing", ""} or not content or depth >= MAX_DEPTH else None
    if inner is None or (not meaning and content and depth < MAX_DEPTH):
        inner = _html(content, desk, offset, depth + 1)
    call = Call(name, offset, first.strip(), tuple(first.split()), named, inner, "")
    made = MEANINGS[meaning](call, desk) if meaning else None
    if made is None:
        desk.unknown(f".. {name}::", offset)
        return inner
    return f"<p>{made.strip()}</p>\n" if made.lstrip().startswith("<a ") else made


def _document(text: str, smart: str) -> Any:
    """Return the tree of a text, its references resolved; ``smart`` names what becomes typographic, as docutils has it."""
    from docutils.parsers.rst import Parser
    from docutils.readers.standalone import Reader
    from docutils.utils import new_document

    parser = Parser()
    reader = Reader(parser)
    document = new_document("", _settings(smart=bool(smart)))
    with _TURNS, _own_names(), _quotes(smart):
        _take_roles(text)
        parser.parse(text, document)
        _undo_broken_substitutions(document)
        document.transformer.populate_from_components((reader, parser))
        document.transformer.apply_transforms()
    return document


@cache
def _settings(*, smart: bool) -> Any:
    """Return settings by which no file is read, not even docutils' own of the user, and nothing is printed or raised."""
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.readers.standalone import Reader

    settings = get_default_settings(Parser, Reader)
    settings.file_insertion_enabled = False
    settings.raw_enabled = True  # the sanitiser has the last word
    settings.doctitle_xform = settings.docinfo_xform = settings.sectsubtitle_xform = False
    settings.syntax_highlight = "none"
    settings.halt_level = settings.report_level = 5
    settings.warning_stream = False
    settings.smart_quotes = smart
    settings.line_length_limit = _LONGEST  # a text with a longer line would be nothing
    settings.toc_backlinks = False
    return settings


@contextmanager
def _own_names() -> Iterator[None]:
    """Keep what one text names (its roles) from all others, and take away the directive that asks the clock."""
    from docutils.parsers.rst import directives, roles

    kept = [(names, dict(names)) for names in (directives._directives, roles._roles)]  # noqa: SLF001 - there is no other way
    directives.register_directive("date", _refused())
    try:
        yield
    finally:
        for names, before in kept:
            names.clear()
            names.update(before)


@contextmanager
def _quotes(smart: str) -> Iterator[None]:
    """Let docutils make what ``smart`` names of quotes, dashes and dots, which it has no setting for."""
    from docutils.transforms.universal import SmartQuotes

    kept = SmartQuotes.smartquotes_action
    SmartQuotes.smartquotes_action = smart or kept
    try:
        yield
    finally:
        SmartQuotes.smartquotes_action = kept


def _take_roles(text: str) -> None:
    """Let the roles that nobody knows keep their text: without that, all of a substitution's definition is lost with one."""
    from docutils.parsers.rst import roles
    from docutils.parsers.rst.languages import en

    known = {*roles._role_registry, *en.roles}  # noqa: SLF001 - there is no other way
    for name in {(found[1] or found[2]).lower() for found in _ROLE.finditer(text)} - known:
        roles.register_local_role(name, _unknown_role)


def _unknown_role(name: str, _: str, text: str, line: int, inliner: Any, *__: Any) -> tuple[list[Any], list[Any]]:
    from docutils.nodes import Text, unescape

    told = inliner.reporter.error(f'Unknown interpreted text role "{name}".', line=line)
    return [Text(unescape(text))], [told]


def _undo_broken_substitutions(document: Any) -> None:
    """Take the substitutions out of definitions that no definition is there for: docutils fails with a `KeyError` at them."""
    from docutils.nodes import Text, substitution_reference

    for definition in document.substitution_defs.values():
        for reference in list(definition.findall(substitution_reference)):
            if reference["refname"].lower() not in document.substitution_names:
                reference.replace_self(Text(reference.astext()))


@cache
def _refused() -> Any:
    from docutils.parsers.rst import Directive

    class Refused(Directive):  # type: ignore[misc]
        """A directive that is as good as unknown."""

        optional_arguments = 1
        final_argument_whitespace = True

        def run(self) -> list[Any]:
            raise self.warning(f'"{self.name}" directive disabled.')

    return Refused
