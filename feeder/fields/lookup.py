"""A draft's fields by the dialect's names, and what is wrong with them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from feeder.nodes import Node, Scalar, Table, each, type_names
from feeder.patterns import pattern
from feeder.problems import START, Mark, Problem, Severity, problem
from feeder.texts.fieldnames import folded_key
from feeder.texts.mediatypes import is_recording
from feeder.texts.plaintext import fold
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.kinds import Dialect
    from feeder.model import Draft

TRUE = frozenset({"true", "yes", "on", "1"})
FALSE = frozenset({"false", "no", "off", "0"})
FLAGS = TRUE | FALSE
_DECIDING = frozenset({"url", "slug", "published", "id", "title", "draft", "public"})
"""Fields without which nobody knows whether, when and where a post is published."""


_SLOT = pattern(r"\{\{-?\s*([A-Za-z_]\w*)\s*(?:\|\s*safe\s*)?-?\}\}")
_TEMPLATE = pattern(r"\{[{%]")
_LATER = 1_000
"""More than any field has keys."""


class Fields:
    """A draft's fields by the dialect's names, beside those that it has by default; collects what is wrong with them."""

    def __init__(self, draft: Draft, dialect: Dialect, inherited: Mapping[str, Node] = MappingProxyType({})) -> None:
        self.draft = draft
        self.dialect = dialect
        self.problems = [_told_twice(key, first, draft, dialect) for key, first in draft.repeated]
        self.marks: dict[str, Mark] = {}
        self.keys: dict[str, str] = {}
        self.fatal = bool(draft.repeated) and not dialect.last_wins
        self._inherited = inherited
        given: dict[str, list[tuple[int, str, Node]]] = {}
        said: set[str] = set()
        if inherited and dialect.inherits_by_key:
            inherited = dict(_bequeathed(draft, inherited))
        for fields in (draft.fields, inherited) if inherited else (draft.fields,):
            for key, node in _with_tables(fields, dialect):
                if isinstance(node, Computed):
                    if key in dialect.ranks and dialect.ranks[key][0] in _DECIDING:
                        message = f"{key} is computed by code, which feeder does not run; write it out"
                        self.report("wrong-type", node, message, fatal=True)
                    continue
                if key not in dialect.ranks or (isinstance(node, Scalar) and not node.text.strip()):
                    continue
                name, rank = dialect.ranks[key]
                name, rank = _meant(name, rank, node, dialect)
                if fields is not draft.fields:  # what a post says goes before what it has by default
                    if key in said and key not in dialect.added:
                        continue
                    rank += -_LATER if key in dialect.added else _LATER
                said.add(key)
                given.setdefault(name, []).append((rank, key, node))
        self._given = {name: sorted(found) for name, found in given.items()}

    def all_pairs(self, name: str) -> tuple[tuple[str, Node], ...]:
        """Return the keys that give a field, with what they give, best first; empty text is as good as nothing."""
        return tuple((key, node) for _, key, node in self._given.get(name, ()))

    def pairs(self, name: str) -> tuple[tuple[str, Node], ...]:
        """Return those of `all_pairs` that count: the first, except where the dialect takes all together."""
        self.nodes(name)
        found = self.all_pairs(name)
        return found if name in self.dialect.every else found[:1]

    def nodes(self, name: str) -> tuple[Node, ...]:
        """Return what the front matter gives for a field, best name first; empty text is as good as nothing."""
        given = self._given.get(name)
        if not given:
            return ()
        _, key, best = given[0]
        self.marks.setdefault(name, best.mark)
        self.keys.setdefault(name, key)
        return tuple(node for _, _, node in given)

    def node(self, name: str) -> Node | None:
        """Return what the best name of a field gives, None when it is absent."""
        return next(iter(self.nodes(name)), None)

    def empty(self, name: str) -> Node | None:
        """Return the key that is there for a field and says nothing, in its place; None when there is none."""
        for folded, key in self.draft.keys.items():
            node = self.draft.fields.get(folded)
            if self.dialect.ranks.get(folded, ("",))[0] == name and isinstance(node, Scalar) and not node.text.strip():
                return Scalar("", key.mark)
        return None

    def text(self, name: str, *, fatal: bool = False) -> str:
        """Return the field as text, "" when it is absent or, reported, of another type."""
        node = self.node(name)
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return node.text
        self.wrong_type(node, name, "text", fatal=fatal)
        return ""

    def wrong_type(self, node: Node, name: str, wanted: str, *, fatal: bool = False) -> None:
        """Report a value of another type than ``wanted``."""
        self.report(
            "wrong-type",
            node,
            f"{self.keys.get(name, name)} must be {wanted}, not {type_names[type(node)]}",
            fatal=fatal,
        )

    def plain(self) -> dict[str, str]:
        """Return all that is plain text, by folded key, be it a field or not: what the post says over what it has by default.

        Of a list of texts, each has its line.
        """
        pairs = {**self._inherited, **self.draft.fields}.items()
        texts = {key: "\n".join(item.text for item in each(node) if type(item) is Scalar) for key, node in pairs}
        return {key: text for key, text in texts.items() if text.strip()}

    def flag(self, name: str) -> bool | None:
        """Return the field as true or false, None when it is absent or something else."""
        node = self.node(name)
        word = node.text.strip().lower() if isinstance(node, Scalar) else ""
        return True if word in TRUE else False if word in FALSE else None

    def report(self, code: str, node: Node | None, message: str, *, fatal: bool = False) -> None:
        """Add a problem at ``node`` (at the file's start for None); a fatal one keeps the post out."""
        got = (node.text or None) if isinstance(node, Scalar) else None
        mark = node.mark if node is not None else START
        self.problems.append(problem(self.draft.shown, mark, code, message, got))
        self.fatal = self.fatal or fatal


def _meant(name: str, rank: int, node: Node, dialect: Dialect) -> tuple[str, int]:
    """Return the field that a value is of, and its rank, where a key that gives one says something that is another's."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if name == "published" and text.lower() in FLAGS:
        return "public", rank  # some say by one key when a post was published, or that it is
    if name == "public" and text[:1].isdigit() and text not in FLAGS and not dialect.address:
        return "published", rank + _LATER // 2  # to generators, it says whether
    return ("file" if name == "url" and is_recording(text) else name), rank


def _told_twice(key: Scalar, first: Mark, draft: Draft, dialect: Dialect) -> Problem:
    """Return the problem of a key that was given before: a warning where the generator takes the last."""
    message = f"duplicate key, first given in line {first.line}"
    if dialect.last_wins:
        counts = draft.keys.get(folded_key(key.text), key)
        which = "last one" if counts.mark >= key.mark else "plain spelling"
        said = problem(draft.shown, key.mark, "duplicate-key", f"{message}; the {which} is used", key.text)
        return said._replace(severity=Severity.WARNING)
    return problem(draft.shown, key.mark, "duplicate-key", f"{message} (case, - and _ are ignored)", key.text)


def scalar_text(node: Node | None) -> str:
    """Return a node's text on one line, "" when it is none."""
    return fold(node.text) if isinstance(node, Scalar) else ""


def _filled(node: Node, fields: Mapping[str, Node]) -> Node:
    """Return a template with what the front matter says in it; one that needs more, which only the generator has, says nothing."""
    if type(node) is not Scalar or "{" not in node.text:
        return node
    text = _SLOT.sub(lambda match: scalar_text(fields.get(folded_key(match[1]))) or match[0], node.text)
    return Scalar("" if _TEMPLATE.search(text) else text, node.mark)


def _with_tables(fields: Mapping[str, Node], dialect: Dialect) -> Iterator[tuple[str, Node]]:
    """Yield each folded key of the front matter, those within a table that holds fields as ``table.key``."""
    for key, node in fields.items():
        yield key, node
        if key in dialect.tables and isinstance(node, Table):
            for inner, value in node.pairs:
                name = f"{key}.{folded_key(inner.text)}"
                template = (
                    key == dialect.computed and dialect.ranks.get(name, ("",))[0] != "url"
                )  # which has more to it
                yield name, _filled(value, fields) if template else value


def _bequeathed(draft: Draft, inherited: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """Yield what a post inherits: what it has no key for itself, nor a table that would have it."""
    for key, node in inherited.items():
        table, _, inner = key.partition(".")
        own = draft.fields.get(table)
        if own is None or (table == FREE and isinstance(own, Table) and inner not in _keys(own)):
            yield key, node


FREE = "params"
"""The table of a site's own keys: each is inherited by itself, and those of other tables together."""


def _keys(table: Table) -> Iterator[str]:
    return (folded_key(key.text) for key, _ in table.pairs)
