"""Templates in Go's language -> blocks and expressions, and what an expression comes to; of `markup.layouts`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from feeder.markup import UnknownError
from feeder.markup.gofunctions import FUNCTIONS, function_named
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_ACTION = re.compile(
    r"""\{\{(-?)\s*(?:/\*.*?\*/|((?:`[^`]*`|"(?:\\.|[^"\\\n])*"|[^`"}]|\}(?!\}))*?))\s*(?:-\}\}\s*|\}\})""",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"""\s*(?:(?P<text>`[^`]*`|"(?:\\.|[^"\\])*")|(?P<number>-?\d+)\b|(?P<sign>:=|=|\||\(|,)|(?P<close>\)(?:\.\w+)*)"""
    r"""|(?P<name>\$?\w*(?:\.\w+)+|\$\w*|\w+|\.))"""
)
_BEFORE = 4
"""Signs up to that by which variables are set: two names, and the comma between them."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t"}
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "nil": None}
_GLOBAL = ("site", "page")
"""What templates name without a dot before it."""
_DEEPEST = 20
"""Blocks within blocks of a template, and brackets within brackets of an expression."""
_LONGEST = 20_000
"""Characters of a template that is read."""
_MOST = 200_000
"""Characters of a value, or items of a list."""
_BLOCKS = ("if", "with", "range")


@runtime_checkable
class Context(Protocol):
    """What has fields and methods: a call, a page, a site."""

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return a field, or what a method makes. Raises `UnknownError`."""


class Constant(NamedTuple):
    """A value that stands in the template."""

    value: Any


class Path(NamedTuple):
    """Fields of a variable, or of what is in brackets; the variable "" is the dot, and "$" what that was at first."""

    start: Any
    fields: tuple[str, ...] = ()


class Function(NamedTuple):
    """The name of a function."""

    name: str


class Pipeline(NamedTuple):
    """Commands, each with the value of the one before it as its last argument; ``names`` are the variables that it is for."""

    commands: tuple[tuple[Any, ...], ...]
    names: tuple[str, ...] = ()


class Block(NamedTuple):
    """``if``, ``with`` or ``range`` with its branches; one without a condition is the last."""

    kind: str
    branches: tuple[tuple[Pipeline | None, tuple[Any, ...]], ...]


@lru_cache(maxsize=256)
def parsed(template: str) -> tuple[str | Pipeline | Block, ...]:
    """Return the texts, pipelines and blocks of a template. Raises `UnknownError` for what is more."""
    if len(template) > _LONGEST:
        raise UnknownError(template[:50])
    # Of each block that is open: its kind, its branches so far, and the condition and the contents of the last.
    open_: list[tuple[str, list[Any], Pipeline | None, list[Any]]] = [("", [], None, [])]
    position = 0
    for match in _ACTION.finditer(template):
        text = template[position : match.start()]
        open_[-1][3].append(text.rstrip() if match[1] else text)
        position = match.end()
        word, _, rest = (match[2] or "").strip().partition(" ")
        if word in _BLOCKS and len(open_) < _DEEPEST:
            open_.append((word, [], expression(rest), []))
        elif word in {"else", "end"} and len(open_) > 1:
            kind, branches, condition, inner = open_.pop()
            branches.append((condition, tuple(inner)))
            again, _, rest = rest.strip().partition(" ")
            if word == "end":
                open_[-1][3].append(Block(kind, tuple(branches)))
            elif again in {"", kind}:
                open_.append((kind, branches, expression(rest) if again else None, []))
            else:
                raise UnknownError(again)
        elif word:
            open_[-1][3].append(expression(match[2]))
    if len(open_) > 1 or "{{" in template[position:]:
        raise UnknownError(template[:50])
    return (*open_[0][3], template[position:])


def expression(said: str) -> Pipeline:
    """Return an expression as a pipeline. Raises `UnknownError`."""
    tokens: list[tuple[str, str]] = []
    position, said = 0, said.rstrip()
    while position < len(said):
        match = _TOKEN.match(said, position)
        if match is None:
            raise UnknownError(said)
        position = match.end()
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
    signs = [sign for _, sign in tokens[:_BEFORE]]
    at = next((at for at, sign in enumerate(signs) if sign in {":=", "="}), -1)
    names = tuple(name for name in signs[:at] if name != ",") if at > 0 else ()
    return _pipeline(iter(tokens[at + 1 :]), [])._replace(names=names)


def _pipeline(tokens: Iterator[tuple[str, str]], closed: list[str], depth: int = 0) -> Pipeline:
    """Read up to the end or a closing bracket, which is added to ``closed`` with the fields behind it."""
    commands: list[list[Any]] = [[]]
    for kind, token in tokens:
        if kind == "close":
            closed.append(token)
            break
        if kind == "sign" and token == "|":  # noqa: S105
            commands.append([])
        elif kind == "sign":
            fields: list[str] = []
            inner = _pipeline(tokens, fields, depth + 1) if token == "(" and depth < _DEEPEST else None  # noqa: S105
            if inner is None or not fields:
                raise UnknownError(token)
            commands[-1].append(Path(inner, tuple(fields[0].split(".")[1:])))
        else:
            commands[-1].append(_operand(kind, token))
    if not all(commands) or (closed and not depth):
        raise UnknownError("|")
    return Pipeline(tuple(map(tuple, commands)))


def _operand(kind: str, token: str) -> Constant | Path | Function:
    if kind == "text":
        inner = token[1:-1]
        return Constant(
            inner if token[0] == "`" else _ESCAPED.sub(lambda match: _ESCAPES.get(match[1], match[1]), inner)
        )
    if kind == "number":
        return Constant(int(token))
    start, *names = token.split(".") if token != "." else [""]  # noqa: S105
    if token[0] in ".$" or start in _GLOBAL:
        return Path(start, tuple(names))
    return Constant(_CONSTANTS[token]) if token in _CONSTANTS else Function(function_named(token))


class Evaluation:
    """What pipelines come to, by the variables that were set so far."""

    def __init__(self, root: Any, variables: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self.dot = root
        self._variables: dict[str, Any] = {"$": root, **variables}
        self._functions = functions

    def set(self, name: str, value: Any) -> None:
        """Set a variable."""
        self._variables[name] = value

    def value(self, pipeline: Pipeline) -> Any:
        """Return what a pipeline comes to. Raises `UnknownError`."""
        piped: tuple[Any, ...] = ()
        for head, *rest in pipeline.commands:
            arguments = [self._called(one, []) for one in rest]
            piped = (self._called(head, [*arguments, *piped]),)
            if isinstance(piped[0], (str, list)) and len(piped[0]) > _MOST:
                raise UnknownError(str(head))
        return piped[0]

    def _called(self, head: Any, arguments: list[Any]) -> Any:
        if isinstance(head, Function):
            return self._made(head.name, arguments)
        if isinstance(head, Constant):
            value: Any = head.value
        elif isinstance(head.start, Pipeline):
            value = self.value(head.start)
        elif not head.start:
            value = self.dot
        elif head.start in self._variables:
            value = self._variables[head.start]
        else:
            raise UnknownError(head.start)
        fields = () if isinstance(head, Constant) else head.fields
        for at, name in enumerate(fields, 1):
            given = arguments if at == len(fields) else []
            if isinstance(value, dict) and not given:
                value = value.get(name, value.get(name.lower()))
            elif isinstance(value, Context):
                value = value.field(name, given)
            else:
                raise UnknownError(name)
        if arguments and not fields:
            raise UnknownError(str(value))
        return value

    def _made(self, name: str, arguments: list[Any]) -> Any:
        function = self._functions.get(name) or FUNCTIONS.get(name)
        if function is None:
            raise UnknownError(name)
        try:
            return function(*arguments)
        except (TypeError, ValueError, LookupError, ArithmeticError, re.error) as error:
            raise UnknownError(name) from error
