"""The page that Astro makes of each post -> what fills the place in its address: the post's id, or what a program says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.records import NamedTuple
from feeder.trees.javascript import imports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = frozenset({"id", "slug"})
"""What an entry of a collection is called by."""
_PARAMS = re.compile(r"(?<![\w.$])params\b(?:\s*:\s*(?=\S)|(?=\s*[,}])(?![^{}()]*\}\s*(?::[^=()]*)?(?:=|\)\s*=>)))")
"""Where parameters are given, and not taken out of anything."""
_SPLIT = re.compile(r"\|\||\?\?")
_WRAPPED = re.compile(r"\s*(?:String\(([^()]*)\)|`\$\{([^{}`]*)\}`|\(([^()]*)\)|(.*?)\s+as\s+\w+|(.*?)\.toString\(\)|(.*)!)\s*", re.DOTALL)  # fmt: skip
_ENDING = re.compile(r"(?<=\bid)\.replace\(\s*/\\\.(?:mdx?|mdx\?|\((?:\?:)?md\|mdx\))\$/i?\s*,\s*([\"'`])\1\s*\)")
"""How the ending of a file is removed, which the id of an entry has only in old collections: it is in no address."""
_PREFIX = re.compile(
    r"(?<=\b(?:id))\.replace\(\s*/\^((?:\\d(?:\{\d+(?:,\d*)?\}|\+)?|\\?[-_.])+)/\w*\s*,\s*([\"'`])\2\s*\)"
)
"""How what the names of files begin with is removed, such as a date."""
_PATH = re.compile(r"(\w+)((?:(?:\?|!)?\.\w+)*)")
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\\/\"'`])//[^\n]*", re.DOTALL)
_AWAITED = re.compile(r"\bawait\s+(\w[\w.]*)\(")
_CALL = re.compile(r"(\w+)\(\s*\w+\s*\)")
_FUNCTION = r"\b(?:function\s+|(?:const|let)\s+)%s\s*(?:=\s*)?\(\s*(\w+)[^()]*\)[^{}()=]*(?:\{\s*return|=>)\s+(\w+)((?:[?!]?\.\w+)+)\s*[;\n}]"
_ID_SPLIT = re.compile(
    r"\b(?:const|let)\s+\[\s*(\w+)\s*,\s*(\.\.\.)?\s*(\w+)\s*\]\s*=\s*(?:\w+\.)+(?:id|slug)\.split\(\s*[\"'`]/[\"'`]\s*\)"
)
_LONGEST, _TABLE = 20_000, 2_000
"""Characters of a script that is read, and of a table in it."""
_MAX_STEPS = 4
"""Names that are followed, one to the next."""


class Made(NamedTuple):
    """What fills the place: ``id`` or, of front matter alone, ``slug``; ``other`` for what takes running the page, in ``line``."""

    kind: str
    line: int = 0
    said: str = ""
    removed: str = ""
    """The regular expression of what is removed from the beginning of an id."""


def made(text: str, name: str, read: Callable[[str], str], *, whole: bool = False) -> Made:
    """Return what a page's ``getStaticPaths`` gives for the parameter of this name; ``read`` has the text of an import.

    The parameter may be the ``whole`` address, which the front matter's permalink is then.
    """
    script = _blanked(text)
    begun = re.search(r"\bgetStaticPaths\b", script)
    if begun is None:
        return Made("id")  # it is asked for by any id, and looks it up
    start = begun.start()
    if len(script) > _LONGEST:
        return Made("other", script.count("\n", 0, start) + 1, "getStaticPaths")
    kinds = []
    values = _Values(script, read, whole=whole)
    for at, params in list(_objects(script, start)) or [(start, None)]:
        value = None if params is None else _value(params, name)
        kind = "other" if value is None else values.kind(value)
        if kind == "slug" and set(_AWAITED.findall(script, start, at)) != {"getCollection"}:
            kind = "other"  # a function between may put anything into the data
        if kind == "other":
            said = "getStaticPaths" if params is None else " ".join((value or params).split())
            return Made(kind, script.count("\n", 0, at) + 1, said)
        kinds.append(kind)
    return Made("slug" if "slug" in kinds else "id", removed=values.removed)


def parts_of_id(text: str, first: str, rest: str) -> bool:
    """Whether a page takes the first part of an entry's id for one parameter, and what follows for another."""
    script = _blanked(text)
    begun, split = script.find("getStaticPaths"), _ID_SPLIT.search(script)
    if begun < 0 or split is None or len(script) > _LONGEST:
        return False
    joined = rf"{split[3]}\.join\(\s*[\"'`]/[\"'`]\s*\)(?:\s*(?:\|\||\?\?)\s*undefined)?" if split[2] else split[3]
    bound = re.search(rf"\bconst\s+(\w+)\s*=\s*{joined}\s*[;\n]", script)
    tables = [params for _, params in _objects(script, begun)]
    return bool(tables) and all(
        table is not None
        and re.fullmatch(rf"{split[1]}(?:\s+as\s+\w+|!)?", _value(table, first) or "")
        and re.fullmatch(f"{joined}|{bound[1]}" if bound else joined, _value(table, rest) or "")
        for table in tables
    )


def _blanked(text: str) -> str:
    """Return the script of a page, without what it says in comments; all lines stay in their places."""
    if text.startswith("---"):
        text = text[: text.find("\n---", 3)]
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def _objects(script: str, start: int) -> Iterator[tuple[int, str | None]]:
    """Yield where parameters are given, and the table of them, None where it is none."""
    for match in _PARAMS.finditer(script, start):
        at = match.end()
        shown = _balanced(script, at) if script.startswith("{", at) else None
        if shown is None and (name := re.match(r"\w+(?=\s*[,}\n])", script[at:]) or re.match("params", match[0])):
            bound = re.search(rf"\b(?:const|let|var)\s+{name[0]}\s*(?::[^={{]+)?=\s*(?=\{{)", script)
            shown = _balanced(script, bound.end()) if bound else None
        if shown is not None and re.fullmatch(r"\{\s*\w+\??\s*:\s*(?:string|undefined|[|\s])+;?\s*\}", shown):
            continue  # a type
        yield match.start(), shown


def _balanced(script: str, start: int) -> str | None:
    """Return the braces that begin here, with what is in them."""
    depth = 0
    for sign in re.compile(r"[{}]").finditer(script, start, start + _TABLE):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return script[start : sign.end()]
    return None


def _value(table: str, name: str) -> str | None:
    """Return what a table gives for a name, None for nothing that is seen."""
    inside = table[1:-1]
    depth = start = 0
    parts = []
    for sign in re.compile(r"[\[({})\],]").finditer(inside):
        depth += {"[": 1, "(": 1, "{": 1, ",": 0}.get(sign[0], -1)
        if sign[0] == "," and depth == 0:
            parts.append(inside[start : sign.start()])
            start = sign.end()
    for part in (*parts, inside[start:]):
        key, colon, value = part.strip().partition(":")
        if key.strip("\"' ") == name:
            return value.strip() if colon else name
    return None


class _Values:
    """What values of a script are, as `Made` says it."""

    def __init__(self, script: str, read: Callable[[str], str], *, whole: bool) -> None:
        self._script = script
        self._read = read
        self._whole = whole
        self.removed = ""

    def kind(self, value: str, steps: int = 0) -> str:
        """Return ``id``, ``slug`` or ``other``."""
        value = _ENDING.sub("", value)
        if prefix := _PREFIX.search(value):
            self.removed, value = prefix[1], _PREFIX.sub("", value)
        sides = _SPLIT.split(value)
        if self._whole and len(sides) > 1 and re.fullmatch(r"\s*(?:\w+\??\.)*data\??\.permalink\s*", sides[0]):
            sides = sides[1:]  # it is the address of the posts that have one
            value = sides[0]
        if len(sides) > 1:  # a slug that is given is the id
            kinds = [self.kind(side, steps) for side in sides]
            return "other" if "other" in kinds else kinds[-1]
        if wrapped := _WRAPPED.fullmatch(value):
            return self.kind(next(filter(None, wrapped.groups()), ""), steps)
        if call := _CALL.fullmatch(value.strip()):
            return self._returned(call[1])
        path = _PATH.fullmatch(value.strip())
        if path is None or steps > _MAX_STEPS:
            return "other"
        if names := re.findall(r"\w+", path[2]):
            return _member_kind(names)
        kinds = [self.kind(bound, steps + 1) for bound in _bindings(path[1], self._script)]
        return next(iter(kinds), "other")

    def _returned(self, function: str) -> str:
        """Return what a function gives for an entry, where it does nothing but name a member of that."""
        sources = [self._script, *(self._read(path) for name, path, *_ in imports(self._script) if name == function)]
        for source in map(_blanked, sources):
            if found := re.search(_FUNCTION % function, source):
                names = re.findall(r"\w+", found[3])
                return _member_kind(names) if found[1] == found[2] else "other"
        return "other"


def _member_kind(names: list[str]) -> str:
    """Return what these members of an entry lead to."""
    if names[-1] not in _NAMES:
        return "other"
    if "data" not in names and "frontmatter" not in names:
        return "id"
    return "slug" if names[-2:] == ["data", "slug"] else "other"


def _bindings(name: str, script: str) -> Iterator[str]:
    """Yield what a name stands for: a value that it is given, or a member that it is taken out of."""
    for match in re.finditer(rf"\b(?:const|let|var)\s+{name}\s*(?::[^=;]+)?=\s*([^;\n]+)", script):
        yield match[1].strip()
    table = rf"(\{{[^=()]*?\b{name}\b[^=()]*?\}})\s*(?::[^=()]*)?"
    for match in re.finditer(rf"\b(?:const|let|var)\s+{table}=\s*(\w+(?:[?!]?\.\w+)*)(?=\s*[;\n])", script):
        yield f"{match[2]}.{_member(match[1], name)}"
    for match in re.finditer(rf"\(\s*{table}(?:,[^()]*)?\)\s*=>", script):
        yield f"entry.{_member(match[1], name)}"


def _member(table: str, name: str) -> str:
    """Return the member that a name is taken out of: ``{ data: { slug: name } }`` -> ``data.slug``."""
    key = re.search(rf"(\w+)\s*:\s*{name}\b", table)
    within = re.search(rf"\bdata\s*:\s*\{{[^{{}}]*\b{name}\b", table)
    return f"{'data.' if within else ''}{key[1] if key else name}"
