"""Source -> Draft: takes the front matter off a file and reads it; the body stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.model import Draft, Source
from feeder.nodes import Node, Scalar, Table, type_names
from feeder.patterns import pattern
from feeder.problems import Mark, Unsound, problem
from feeder.records import NamedTuple
from feeder.texts.fieldnames import folded_key
from feeder.texts.plaintext import INDENTED, without_tabs
from feeder.texts.postnames import is_restructured
from feeder.trees import SyntaxFault, json_end, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from feeder.headers import Headers
    from feeder.nodes import Repeated

    _Head: TypeAlias = tuple[tuple[int, int | None], Mapping[str, Node], Mapping[str, Scalar], Sequence[Repeated]]
    """Where the body is, the fields, their keys, and the keys that were there before."""

_BLANK_LINES = r"\A(?:[ \t]*\n)*"
_COMMENT = r"[ \t]*(?:(?<=[ \t])#[^\n]*)?"


class Fence(NamedTuple):
    """How one kind of front matter begins and ends. ``closing`` is None where the syntax itself knows its end."""

    syntax: str
    opening: re.Pattern[str]
    closing: re.Pattern[str] | None


FENCES = (
    Fence(
        "yaml",
        pattern(_BLANK_LINES + rf"-{{3,}}{_COMMENT}(?:\n|\Z)"),
        pattern(rf"^(?:-{{3,}}|\.\.\.){_COMMENT}$\n?", re.MULTILINE),
    ),
    Fence("toml", pattern(_BLANK_LINES + r"[ \t]*\+\+\+[ \t]*(?:\n|\Z)"), pattern(r"^\+\+\+[ \t]*$\n?", re.MULTILINE)),
    *(
        Fence(syntax, pattern(rf"{_BLANK_LINES}---[ \t]*(?:{names})[ \t]*\n"), pattern(r"^---[ \t]*$\n?", re.MULTILINE))
        for syntax, names in (("json", "json"), ("yaml", "ya?ml"), ("toml", "toml"), ("javascript", "js|javascript"))
    ),
    Fence("json", pattern(_BLANK_LINES + r'[ \t]*(?=\{\s*["}])'), None),
    Fence("json", pattern(_BLANK_LINES + r";{3,}[ \t]*(?:\n|\Z)"), pattern(r"^;{3,}[ \t]*$\n?", re.MULTILINE)),
)
"""The kinds of front matter feeder reads, one row each."""

_UNOPENED = (
    Fence(
        "yaml", pattern(_BLANK_LINES + r"(?=[A-Za-z][\w-]*:(?:[ \t]|\n))"), pattern(r"^-{3,}[ \t]*$\n?", re.MULTILINE)
    ),
    Fence("json", pattern(_BLANK_LINES + r'(?="[\w-]+"[ \t]*:)'), pattern(r"^;{3,}[ \t]*$\n?", re.MULTILINE)),
)

_MIXED = pattern(r"\n\t* ")
_NO_POST = pattern(r"(?:.*/)?(?:readme\.[a-z]+|(?![^/]*\d{4}-?\d\d-?\d\d)[^/]*\.txt)", re.IGNORECASE)


def draft_from_source(source: Source, *, headers: str = "") -> Draft | None:
    """Return the file taken apart, or None when it is no post: a README, or a text whose name has no date, without front matter.

    ``headers`` is what front matter may be without a fence, as `feeder.kinds.Dialect` has it. Raises `Unsound` when front matter is there and cannot be read.
    """
    if draft := _before_fences(source, headers):
        return None if _NO_POST.fullmatch(source.path) and set(draft.fields) <= {"title"} else draft
    text = _without_tabs(source.text) if headers == "unopened" and "\n\t" in source.text else source.text
    for fence in FENCES:
        if opening := fence.opening.match(text):
            try:
                head = _taken_apart(text, fence, opening)
            except SyntaxFault as fault:
                if headers == "lines" and (draft := _headed(source)):
                    return draft
                raise Unsound(problem(source.shown, fault.mark, fault.code, fault.message, fault.got)) from fault
            return _draft(source, *_in_file(source, text, head))
    if draft := _unopened(source, text) if headers == "unopened" else _headed(source) if headers == "lines" else None:
        return draft
    if _NO_POST.fullmatch(source.path):
        return None
    return Draft(path=source.path, shown=source.shown, fields={}, body=source.text)


def body_alone(source: Source) -> Draft | None:
    """Return a file whose front matter cannot be read without any of it, None when nobody can tell where it ends."""
    for fence in FENCES:
        if opening := fence.opening.match(source.text):
            closing = fence.closing.search(source.text, opening.end()) if fence.closing else None
            return _draft(source, (closing.end(), None), {}, {}) if closing else None
    return None


def _draft(
    source: Source,
    span: tuple[int, int | None],
    fields: Mapping[str, Node],
    keys: Mapping[str, Scalar],
    repeated: Sequence[Repeated] = (),
) -> Draft:
    """Return the file taken apart; ``span`` is where its body is."""
    text, (start, end) = source.text, span
    return Draft(
        path=source.path,
        shown=source.shown,
        fields=fields,
        body=text[start:end],
        keys=keys,
        start=start,
        origin=Mark(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)),
        repeated=tuple(repeated),
    )


def _without_tabs(text: str) -> str:
    """Return a text as Hexo reads its front matter; one space for a tab keeps all places, where no line begins with spaces."""
    mixed = _MIXED.search(text, 0, max(text.find("\n---", 1), 0))
    return without_tabs(text) if mixed else INDENTED.sub(lambda tabs: " " * len(tabs[0]), text)


def _in_file(source: Source, text: str, head: _Head) -> _Head:
    """Return what was taken from a text without tabs, with the place of the body in the file."""
    (start, end), fields, keys, repeated = head
    if len(text) != len(source.text):
        for tabs in INDENTED.finditer(source.text):
            if tabs.start() >= start:
                break
            start -= len(tabs[0])
    return (start, end), fields, keys, repeated


def _unopened(source: Source, text: str) -> Draft | None:
    """Return a file taken apart whose front matter has the closing fence only, None when there is none.

    ``text`` is that of the file as far as front matter goes.
    """
    for fence in _UNOPENED:
        opening = fence.opening.match(text)
        if opening and fence.closing and fence.closing.search(text):
            try:
                return _draft(source, *_in_file(source, text, _taken_apart(text, fence, opening)))
            except SyntaxFault:
                return None  # a heading that is underlined, then
    return None


def _before_fences(source: Source, kind: str) -> Draft | None:
    """Return a file taken apart that has no fences, though it may look so: a title may have a line above it, as YAML has."""
    restructured = is_restructured(source.path)
    if (restructured or kind == "comments") and source.text.lstrip()[:4] == "<!--":
        from feeder.headers import commented

        return _drafted(source, commented(source.text))
    if kind == "comments" and source.text.startswith("# "):
        from feeder.headers import exported

        return _drafted(source, exported(source.text))
    if kind == "lines" and source.text.startswith("---") and not restructured:
        from feeder.headers import within_fences

        return _drafted(source, within_fences(source.text, source.path))
    return _headed(source) if restructured else None


def _headed(source: Source) -> Draft | None:
    """Return a file taken apart whose front matter has no fence, None when there is none."""
    from feeder.headers import headers  # few posts have these

    return _drafted(source, headers(source.text, source.path))


def _drafted(source: Source, found: Headers | None) -> Draft | None:
    if found is None:
        return None
    return _draft(source, (found.start, found.end), found.fields, found.keys)._replace(late=found.repeated)


def _taken_apart(text: str, fence: Fence, opening: re.Match[str]) -> _Head:
    """Return where the body is, the fields, their keys, and the keys that were there before."""
    if fence.closing is None:
        end = body = json_end(text)
        start = 0
    else:
        start = opening.end()
        closing = fence.closing.search(text, start)
        if closing is None:
            line = text.count("\n", 0, start - 1) + 1
            mark = opening[0].strip()[:3]
            message = f"the front matter that begins here is never closed; end it with a line {mark}"
            raise SyntaxFault("front-matter-unclosed", message, Mark(line, 1))
        end, body = closing.span()
    # Line feeds in place of what comes before keep every place true to the file.
    head = text[start:end] if start == 0 else "\n" * text.count("\n", 0, start) + text[start:end]
    if fence.syntax == "json" and fence.closing and not head.lstrip().startswith("{"):  # Hexo's, without its braces
        head = "{" + head + "}" if start == 0 else head.replace("\n", "{\n", 1) + "}"
    repeated: list[Repeated] = []
    tree = _exported(head) if fence.syntax == "javascript" else parse(fence.syntax, head, repeated)
    return ((body, None), *_fields(tree, repeated), repeated)


def _exported(head: str) -> Node:
    """Return what front matter in JavaScript hands out: an object, or all that it binds to names. Nothing is run."""
    if not head.lstrip().startswith("{"):
        return parse("javascript", head)
    tree = parse("javascript", f"export default{head}")
    return tree.pairs[0][1] if isinstance(tree, Table) and tree.pairs else tree


def _fields(tree: Node, repeated: list[Repeated]) -> tuple[dict[str, Node], dict[str, Scalar]]:
    """Return the fields and their keys; of two that differ in spelling only, the one that is spelled plainly, else the last."""
    if not isinstance(tree, Table):
        got = tree.text if isinstance(tree, Scalar) else None
        message = f"front matter must be a table of keys and values, not {type_names[type(tree)]}"
        raise SyntaxFault("front-matter-type", message, tree.mark, got)
    fields: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in tree.pairs:
        name = folded_key(key.text)
        if name in fields:
            repeated.append((key, keys[name].mark))
            if keys[name].text == name:
                continue
        fields[name] = value
        keys[name] = key
    return fields, keys
