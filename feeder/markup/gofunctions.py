"""The functions of Hugo's templates, as far as they make text of text: name -> function; and the kinds of text there are."""

from __future__ import annotations

import re
from hashlib import md5
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeder.markup import UnknownError
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMESPACES = {
    "cast": "", "collections": "", "compare": "", "fmt": "", "math": "", "safe": "safe", "strings": "", "transform": "", "urls": "",
}  # fmt: skip
"""What stands before the name of a function -> what its short name begins with."""
_VERB = re.compile(r"%(?:\[\d+\])?[-+ #0]*[\d.]*([a-zA-Z%])")
_RISKY = re.compile(r"[)}*+?][*+{]|\)\?|\\\d|\(\?")
"""What makes a regular expression slow in Python and not in Go, or means something else in Go."""
_LONGEST = 2_000
"""Characters of a text in which a regular expression is looked for, and of what a text is repeated to."""
_REPEATS = 3
"""Repetitions in a regular expression."""
_TAGS = re.compile(r"<[^<>]*>")


class Html(str):
    """Text that is HTML."""

    __slots__ = ()


class Marked(str):
    """Text that is Markdown."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """Return a value as a template shows it. Raises `UnknownError` for what is no text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    raise UnknownError(str(type(value)))


def holds(value: Any) -> bool:
    """Whether a condition holds: nothing, zero and what is empty do not."""
    return bool(value) or isinstance(value, tuple)


def function_named(name: str) -> str:
    """Return the short name of a function, in small letters: ``strings.ToUpper`` is ``toupper``."""
    space, dot, short = name.rpartition(".")
    return _NAMESPACES[space] + short.lower() if dot and space in _NAMESPACES else name.lower()


def _same(one: Any, other: Any) -> bool:
    return one == other if type(one) is type(other) else text_of(one) == text_of(other)


def _printed(pattern: str, *values: Any) -> str:
    rest = iter(values)

    def shown(match: re.Match[str]) -> str:
        if match[1] == "%":
            return "%"
        if match[1] not in "sdv" or len(match[0]) > 2:  # noqa: PLR2004 - a width, or digits
            raise UnknownError(match[0])
        return text_of(next(rest))

    return _VERB.sub(shown, text_of(pattern))


def _replaced(pattern: str, replacement: str, text: str) -> str:
    repeats = pattern.count("*") + pattern.count("+")
    if _RISKY.search(pattern) or max(len(text), len(pattern)) > _LONGEST or repeats > _REPEATS:
        raise UnknownError(pattern)
    return re.sub(pattern, re.sub(r"\$\{?(\d)\}?", r"\\\1", replacement.replace("\\", "\\\\")), text)


def _index(value: Any, *keys: Any) -> Any:
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int):
            value = value[key] if 0 <= key < len(value) else None
        else:
            raise UnknownError(str(key))
    return value


def _dictionary(*pairs: Any) -> dict[str, Any]:
    return {text_of(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=True)}


def _within(values: Any, value: Any) -> bool:
    return text_of(value) in values if isinstance(values, str) else any(_same(one, value) for one in values)


def _is_set(values: Any, key: Any) -> bool:
    return text_of(key).lower() in values if isinstance(values, dict) else 0 <= key < len(values)


def _part(text: str, start: int, length: int | None = None) -> str:
    return text[start:] if length is None else text[start:][:length]


def _joined(values: Any, sign: str, last: str = "") -> str:
    texts = [*map(text_of, values)]
    return sign.join([*texts[:-2], (last or sign).join(texts[-2:])] if texts else texts)


def _fallback(other: Any, value: Any = None) -> Any:
    return value if holds(value) else other


def _parts(url: str) -> dict[str, str]:
    found = urlsplit(url)
    return {"Scheme": found.scheme, "Host": found.netloc, "Path": found.path, "RawQuery": found.query}


def _words(text: str) -> str:
    return re.sub(r"(^|[\s-])([a-z])", lambda match: match[1] + match[2].upper(), text)


class Store:
    """Values that a template keeps for later."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def field(self, name: str, arguments: Any) -> Any:
        """Return what is kept, or keep it. Raises `UnknownError`."""
        if name == "Get" and len(arguments) == 1:
            return self._values.get(text_of(arguments[0]))
        if name in {"Set", "Add"} and len(arguments) == 2:  # noqa: PLR2004
            key, value = text_of(arguments[0]), arguments[1]
            self._values[key] = self._values[key] + value if name == "Add" and key in self._values else value
            return ""
        raise UnknownError(name)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    # Conditions
    "and": lambda *values: next((value for value in values if not holds(value)), values[-1]),
    "or": lambda *values: next((value for value in values if holds(value)), values[-1]),
    "not": lambda value: not holds(value),
    "eq": lambda one, *others: any(_same(one, other) for other in others),
    "ne": lambda one, other: not _same(one, other),
    "lt": lambda one, other: int(one) < int(other),
    "le": lambda one, other: int(one) <= int(other),
    "gt": lambda one, other: int(one) > int(other),
    "ge": lambda one, other: int(one) >= int(other),
    "cond": lambda condition, one, other: one if holds(condition) else other,
    "default": _fallback,
    "isset": _is_set,
    "in": _within,
    # Text
    "print": lambda *values: "".join(map(text_of, values)),
    "printf": _printed,
    "lower": lambda text: text_of(text).lower(),
    "tolower": lambda text: text_of(text).lower(),
    "upper": lambda text: text_of(text).upper(),
    "toupper": lambda text: text_of(text).upper(),
    "title": lambda text: _words(text_of(text)),
    "trim": lambda text, signs: text_of(text).strip(signs),
    "trimspace": lambda text: text_of(text).strip(),
    "trimprefix": lambda prefix, text: text_of(text).removeprefix(prefix),
    "trimsuffix": lambda suffix, text: text_of(text).removesuffix(suffix),
    "trimleft": lambda signs, text: text_of(text).lstrip(signs),
    "trimright": lambda signs, text: text_of(text).rstrip(signs),
    "hasprefix": lambda text, prefix: text_of(text).startswith(prefix),
    "hassuffix": lambda text, suffix: text_of(text).endswith(suffix),
    "contains": lambda text, part: part in text_of(text),
    "replace": lambda text, old, new: text_of(text).replace(old, new),
    "replacere": lambda pattern, new, text: _replaced(pattern, new, text_of(text)),
    "substr": lambda text, *where: _part(text_of(text), *where),
    "split": lambda text, sign: text_of(text).split(sign) if sign else [*text_of(text)],
    "delimit": _joined,
    "string": text_of,
    "tostring": text_of,
    "int": lambda value: int(text_of(value)),
    "toint": lambda value: int(text_of(value)),
    # Lists and tables
    "len": len,
    "index": _index,
    "slice": lambda *values: [*values],
    "shuffle": lambda values: values,
    "append": lambda *values: [*values[-1], *values[:-1]],
    "dict": _dictionary,
    "newscratch": Store,
    "add": lambda one, other: int(one) + int(other),
    "sub": lambda one, other: int(one) - int(other),
    # Addresses
    "parse": lambda url: _parts(text_of(url)),
    # HTML
    "markdownify": lambda text: Marked(text_of(text)),
    "safehtml": lambda text: Html(text_of(text)),
    "safehtmlattr": lambda text: Html(text_of(text)),
    "safeurl": text_of,
    "safecss": text_of,
    "safejs": lambda text: Html(text_of(text)),
    "plainify": lambda text: unescape(_TAGS.sub("", text_of(text))),
    "htmlescape": lambda text: Html(escape(text_of(text))),
    "htmlunescape": lambda text: unescape(text_of(text)),
    "emojify": text_of,
    "md5": lambda text: md5(text_of(text).encode(), usedforsecurity=False).hexdigest(),
    "errorf": lambda *_: "",
    "warnf": lambda *_: "",
}
