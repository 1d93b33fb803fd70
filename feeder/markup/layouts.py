"""A site's own shortcodes: what the template of one comes to, by the call, the post and the site; nothing else is known."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from feeder.markup import UnknownError
from feeder.markup.gofunctions import FUNCTIONS, Html, Marked, Store, function_named, holds, text_of
from feeder.markup.gotemplates import Block, Evaluation, Pipeline, parsed
from feeder.nodes import Scalar
from feeder.records import NamedTuple
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OPEN = re.compile(r"<[a-zA-Z/][^<>]*$")
"""The beginning of a tag, with what stands in it so far."""
_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
_ADDRESSES = frozenset({"relurl", "absurl", "rellangurl", "abslangurl"})
_FLAGS: Mapping[str, Any] = {"true": True, "false": False}
_NEAR = 4_000
"""Characters that a tag may have before a value in it."""
_DEEPEST = 5
"""Templates within templates."""
_MARK = "\0"
"""Stands before and behind Markdown that goes on lines of its own."""


def laid_out(template: str, call: Call, desk: Desk) -> str | None:
    """Return the Markdown that a call comes to by its template, None where that is not known."""
    try:
        return _Filling(call, desk).filled(_COMMENT.sub("", template))
    except (UnknownError, RecursionError):
        return None


class _Filling:
    """One call, and its template as far as it is filled."""

    def __init__(self, call: Call, desk: Desk) -> None:
        self._call, self._desk = call, desk
        self._parts: list[str] = []
        site = _Site(desk)
        page = _Page(desk, site)
        self._globals = {"site": site, "page": page}
        self._functions: dict[str, Callable[..., Any]] = dict.fromkeys(_ADDRESSES, self._address)
        self._functions |= {"partial": self._partial, "partialcached": self._partial, "apply": self._applied}
        self._said = Evaluation(_Shortcode(call, page, site, Store()), self._globals, self._functions)
        self._depth = 0

    def filled(self, template: str) -> str:
        """Return what it comes to: lines of HTML without space before them, and Markdown between empty lines."""
        self._run(parsed(template))
        pieces = "".join(self._parts).split(_MARK)
        for at in range(0, len(pieces), 2):
            pieces[at] = _set_close(_TAG.sub(lambda match: " ".join(match[0].split()), pieces[at]))
        text = "\n\n".join(filter(str.strip, pieces))
        return text if self._call.margin is None else self._call.block(text) if text else ""

    def _run(self, nodes: Sequence[str | Pipeline | Block]) -> None:
        for node in nodes:
            self._take_room(0)
            if isinstance(node, str):
                self._add(node)
            elif isinstance(node, Block):
                self._block(node)
            else:
                value = self._said.value(node)
                if node.names:
                    self._said.set(node.names[0], value)
                else:
                    self._show(value)

    def _block(self, block: Block) -> None:
        for condition, inner in block.branches:
            value = self._said.value(condition) if condition else True
            if not holds(value):
                continue
            dot = self._said.dot
            if block.kind == "range" and condition:
                self._each(value, condition.names, inner)
            else:
                if condition and condition.names:
                    self._said.set(condition.names[0], value)
                self._said.dot = value if block.kind == "with" and condition else dot
                self._run(inner)
            self._said.dot = dot
            return

    def _each(self, values: Any, names: Sequence[str], inner: Sequence[Any]) -> None:
        if not isinstance(values, (list, dict)):
            raise UnknownError(self._call.name)
        for key, value in sorted(values.items()) if isinstance(values, dict) else enumerate(values):
            self._take_room(0)
            for name, what in zip(reversed(names), (value, key), strict=False):
                self._said.set(name, what)
            self._said.dot = value
            self._run(inner)

    def _show(self, value: Any) -> None:
        """Add a value: in a tag as a part of it, else as Markdown, HTML or text."""
        text = text_of(value)
        if _OPEN.search(self._near()):
            self._add(escape(text).replace('"', "&quot;").replace("\n", " "))
        elif isinstance(value, Marked):
            text = dedent(text.strip("\n"))
            alone = self._call.margin is not None or "\n" in text
            self._add(f"{_MARK}{text}{_MARK}" if alone else text.strip())
        else:
            self._add(text if isinstance(value, Html) else escape(text))

    def _near(self) -> str:
        """Return what was added last."""
        last: list[str] = []
        length = 0
        for part in reversed(self._parts):
            last.append(part)
            length += len(part)
            if length > _NEAR:
                break
        return "".join(reversed(last))[-_NEAR:]

    def _add(self, text: str) -> None:
        self._take_room(len(text))
        self._parts.append(text)

    def _take_room(self, length: int) -> None:
        """Count text and steps, which have their limit in the body. Raises `UnknownError` beyond it."""
        if not self._desk.has_room(length):
            raise UnknownError(self._call.name)

    def _partial(self, name: Any, dot: Any = None, *_: Any) -> Html:
        """Return what another template comes to, for which the dot is a value."""
        template = self._desk.settings.habits.options.get(f"partial.{text_of(name).removesuffix('.html')}")
        if template is None or self._depth >= _DEEPEST:
            raise UnknownError(text_of(name))
        kept = self._parts, self._said
        self._parts, self._said = [], Evaluation(dot, self._globals, self._functions)
        self._depth += 1
        self._run(parsed(_COMMENT.sub("", template)))
        made = "".join(self._parts)
        self._parts, self._said = kept
        self._depth -= 1
        return Html(made)

    def _applied(self, values: Any, name: str, *arguments: Any) -> list[Any]:
        """Return what a function makes of each value, which stands where a dot is."""
        short = function_named(name)
        function = self._functions.get(short) or FUNCTIONS[short]
        return [function(*(value if argument == "." else argument for argument in arguments)) for value in values]

    def _address(self, path: Any) -> str:
        said = text_of(path)
        return said if "://" in said or said.startswith(("//", "#")) else self._desk.of_site(said)


def _set_close(text: str) -> str:
    """Return text without space at the ends of its lines and without empty lines, in which Markdown would see code or an end."""
    if "\n" not in text:
        return text
    first, *between, last = text.split("\n")
    return "\n".join(filter(None, (first.rstrip(), *map(str.strip, between), last.lstrip())))


# What a template may name


class _Shortcode(NamedTuple):
    """A call, for the dot."""

    call: Call
    page: _Page
    site: _Site
    store: Store

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return what the call says. Raises `UnknownError`."""
        call = self.call
        if name == "Get" and len(arguments) == 1:
            key = arguments[0]
            if isinstance(key, int):
                return call.words[key] if 0 <= key < len(call.words) else ""
            return call.named.get(text_of(key).lower(), "")
        known: Mapping[str, Any] = {
            "Inner": Marked(call.inner or ""),
            "InnerDeindent": Marked(call.inner or ""),
            "IsNamedParams": bool(call.named),
            "Name": call.name,
            "Params": {**call.named} if call.named else [*call.words],
            "Page": self.page,
            "Site": self.site,
            "Scratch": self.store,
            "Store": self.store,
        }
        return _known(known, name, arguments)


class _Page(NamedTuple):
    """The post."""

    desk: Desk
    site: _Site

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return what is known of it. Raises `UnknownError`."""
        post = self.desk.post
        if name == "RenderString" and arguments:
            return Marked(text_of(arguments[-1]))
        known = {
            "Title": post.title,
            "Permalink": post.url,
            "RelPermalink": post.url,
            "Site": self.site,
            "Params": _Given(self.desk),
        }
        return _known(known, name, arguments)


class _Site(NamedTuple):
    """The site."""

    desk: Desk

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return what is known of it. Raises `UnknownError`."""
        site = self.desk.settings.site
        return _known(
            {"Title": site.title, "BaseURL": site.url, "Params": _Told(self.desk, "params.")}, name, arguments
        )


class _Given(NamedTuple):
    """The front matter of the post."""

    desk: Desk

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return a text of it, None for none. Raises `UnknownError` for what is more."""
        node = self.desk.given(name)
        if arguments or not (node is None or isinstance(node, Scalar)):
            raise UnknownError(name)
        return None if node is None else _FLAGS.get(node.text, node.text)


class _Told(NamedTuple):
    """Parameters of the site."""

    desk: Desk
    prefix: str

    def field(self, name: str, arguments: Sequence[Any]) -> Any:
        """Return one of them, None for none; of a table, more of them. Raises `UnknownError`."""
        options, key = self.desk.settings.habits.options, f"{self.prefix}{name.lower()}"
        if arguments:
            raise UnknownError(name)
        if key in options:
            return _FLAGS.get(options[key], options[key])
        return self._replace(prefix=f"{key}.") if any(option.startswith(f"{key}.") for option in options) else None


def _known(values: Mapping[str, Any], name: str, arguments: Sequence[Any]) -> Any:
    if name not in values or arguments:
        raise UnknownError(name)
    return values[name]
