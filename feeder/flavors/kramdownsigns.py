r"""Signs of running text that kramdown takes otherwise than CommonMark -> those that mean the same; of `kramdown`.

Fences that nothing closes are text; emphasis needs no space beside it; ``\\\\`` at the end of a line breaks it;
``[text] [label]`` is a link; a bare address may have signs escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.fences import FENCE, MARGIN, closing
from feeder.flavors.emphasis import EMPHASIS, as_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FENCE = re.compile(rf"^{MARGIN}{FENCE}[^\n]*$", re.MULTILINE)
_SOME = re.compile(r"\\[*_][*_]|\w\*|\*\w|\\\\[ \t]*\n|\\\)|\[\[|\[[^\[\]\n]+\[")
"""What a body has that has any of these signs."""
_ADDRESS = r"[^\s()<>]{1,1000}"
_BEGINS = r"(?=[`~<\[\]$*\\]|^[ \t>+\d-])"
"""What any of them begins with, and code."""
_SIGNS = (
    # what has an end that CommonMark knows, where the word beside it begins or ends with a sign
    rf"|{EMPHASIS}"
    # a sign that is none, and those of its kind around the next word
    r"|(?P<literal>\\(?P<sign>[*_])(?P=sign)(?!(?P=sign))[^\s*_](?:[^\n*_]{0,200}[^\s*_])?(?P=sign){2}(?!(?P=sign)))"
    rf"|(?P<escaped>\]\({_ADDRESS}?\([^\s()<>]{{0,1000}}?\\\)[^\s()<>]{{0,1000}}\))"
    rf"|(?P<nested>\[(?P<before>[^\[\]\n]{{0,200}})(?<!!)\[(?P<text>[^\[\]\n]{{1,200}})\]\({_ADDRESS}\)"
    rf"(?P<after>[^\[\]\n]{{0,200}})(?=\]\({_ADDRESS}\)))"
    r"|(?P<break>\\\\[ \t]*\n(?![ \t]*\n))"
)


_APART = re.compile(r"\](?:[ \t]+|[ \t]*\n[ \t]*)\[")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)(?P<label>[^\]\n]{1,200})\]:", re.MULTILINE)
_REFERENCE = (
    # references that are whole, notes, and the boxes of tasks
    r"|(?P<whole>\]\[[^\[\]]{0,200}\]|\[\^[^\[\]\n]{1,200}\]|(?:[*+-]|\d\.)[ \t]+\[[ xX]\])"
    r"|(?<!\\)\](?P<space>[ \t]+|[ \t]*\n[ \t]*)\[(?P<label>[^\[\]^][^\[\]]{0,200})\](?!\()"
)


_BARE = (
    # what is an element, or defines a label
    r"|(?P<kept><[A-Za-z/!][^<>]{0,2000}>|^ {0,3}\[[^\]\n]{1,200}\]:[^\n]*)"
    r"|(?<![\w<\"'\[/=:])(?<!\]\()(?P<url>https?://[^\s<>()\[\]\"'\\]{0,1000}(?:\\_[^\s<>()\[\]\"'\\]{0,1000}){1,100}+)"
)


def with_bare_addresses(body: str, code: str) -> str:
    r"""Return a body whose bare addresses have no ``\_`` for ``_``, which would be a part of them; ``code`` matches what stays."""
    if "\\_" not in body or "://" not in body:
        return body
    return re.sub(f"(?P<code>{code}){_BARE}", _bare, body, flags=re.MULTILINE | re.DOTALL)


def _bare(match: re.Match[str]) -> str:
    if not match["url"]:
        return match[0]
    url = match["url"].rstrip(".,;:!?*~")
    return "<" + url.replace("\\_", "_") + ">" + match["url"][len(url) :]


def with_last_definitions(body: str, code: str) -> str:
    """Return a body without what defines labels that are defined again further down; ``code`` matches what stays."""
    labels = [_label(found["label"]) for found in _DEFINED.finditer(body)] if "]:" in body else []
    if len(labels) == len(set(labels)):
        return body
    found = [
        match
        for match in re.finditer(rf"(?P<code>{code})|{_DEFINED.pattern}[^\n]*(?:\n|\Z)", body, re.MULTILINE | re.DOTALL)
        if match["code"] is None
    ]
    last = {_label(match["label"]): match for match in found}
    parts: list[str] = []
    at = 0
    for match in found:
        if last[_label(match["label"])] is not match:
            parts.append(body[at : match.start()])
            at = match.end()
    return "".join((*parts, body[at:]))


def with_references(body: str, code: str) -> str:
    """Return a body whose references have their labels beside their texts; ``code`` matches what stays."""
    if not (_APART.search(body) and (defined := {_label(found["label"]) for found in _DEFINED.finditer(body)})):
        return body

    def joined(match: re.Match[str]) -> str:
        if match["label"] is None or _label(match["label"]) not in defined:
            return match[0]
        if "\n" in match["space"]:
            line = body[body.rfind("\n", 0, match.start()) + 1 : match.start()].lstrip()
            if line.startswith(("#", "|")) or body.startswith(":", match.end()):
                return match[0]  # a head, a row, or what defines a label
        return f"][{match['label']}]"

    return re.sub(f"(?P<code>{code}){_REFERENCE}", joined, body, flags=re.MULTILINE | re.DOTALL)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def with_text_for_open_fences(body: str) -> str:
    """Return a body in which the fences that nothing closes are text."""
    found = [opening for opening in _FENCE.finditer(body) if opening["fence"]] if "```" in body or "~~~" in body else []
    opened: list[re.Match[str]] = []
    hopeless: list[str] = []
    at = 0
    for opening in found:
        if opening.start() < at:
            continue
        fence = opening["fence"]
        closed = (
            None if any(fence.startswith(one) for one in hopeless) else closing(opening).search(body, opening.end())
        )
        if closed:
            at = closed.end()
        else:
            opened.append(opening)
            hopeless.append(fence)
    parts: list[str] = []
    at = 0
    for opening in opened:
        start, end = opening.span("fence")
        # As references, they are the same within HTML and code.
        parts += [body[at:start], f"&#{ord(body[start])};" * (end - start)]
        at = end
    return "".join([*parts, body[at:]])


def with_signs_of_commonmark(body: str, code: str) -> str:
    """Return a body with emphasis, escapes, line breaks and links as CommonMark has them; ``code`` matches what stays."""
    if _SOME.search(body) is None:
        return body
    skipped = rf"(?P<code>{code}|\$\$[^$]{{1,5000}}\$\$|<[A-Za-z/][^<>]{{0,2000}}>)"
    return re.sub(f"{_BEGINS}(?:{skipped}{_SIGNS})", _rewritten, body, flags=re.MULTILINE | re.DOTALL)


def _rewritten(match: re.Match[str]) -> str:
    name = next(name for name in _WRITERS if match[name] is not None)
    return _WRITERS[name](match)


_WRITERS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "code": lambda match: match[0],
    "emphasis": as_html,
    "literal": lambda match: re.sub(r"(?<!\\)[*_]", r"\\\g<0>", match[0]),
    "escaped": lambda match: "](" + re.sub(r"(?<!\\)\(", r"\(", match[0][2:]),
    "nested": lambda match: f"[{match['before']}{match['text']}{match['after']}",
    "break": lambda _: "\\\n",
}
