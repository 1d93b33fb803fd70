"""Of `generators.eleventy`: a function in JavaScript that makes addresses -> the pattern that it fills in, if it does no more.

Such a function may keep posts out, by returning nothing; it must have one template for all others, and fill it with what the
site knows of each post: parts of its file's name, its date, its front matter. Of anything else nobody can tell the addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.sites.dateforms import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 10_000
"""Characters of a function that is read."""
_MAX_STEPS = 5
"""Names that are followed, one to the next."""
_COMMENT = pattern(r"/\*.*?\*/|(?<![:\\/\"'`])//[^\n]*", re.DOTALL)
_HEAD = pattern(
    r"(?:async\s+)?(?:function\b\s*)?\w*\s*\(\s*(?P<given>\{[^{}]*\}|\w*)[^(){}]*\)\s*(?::[^{}=]{1,200})?(?:=>\s*)?\{"
    r"|(?:async\s+)?(?P<name>\w+)\s*=>\s*\{"
)
_ARROW = pattern(r"(?:\(\s*(?P<given>\{[^{}]*\}|\w*)[^(){}]*\)|(?P<name>\w+))\s*=>\s*`(?P<text>[^`]*)`")
"""A function that returns a template and does nothing else."""
_NESTED = pattern(r"\bfunction\b|=>\s*\{")
_RETURN = pattern(r"\breturn\b[ \t]*(?:(?P<text>`[^`]*`|'[^'\n]*'|\"[^\"\n]*\")|(?P<other>[^;}\n]*))[ \t]*;?")
_NOTHING = frozenset({"", "false", "null", "undefined", '""', "''"})
_SLOT = pattern(r"\$\{((?:[^{}]|\{[^{}]*\})*)\}")
_CONDITION = pattern(r"\bif\s*\(([^{;\n]*)")
_WHOLE = 1_000
"""Characters of a program below which all of it is known."""
_RETURNED = pattern(r"\breturn\b\s*([^;}\n]*)")
_KEPT = r"(?:(?:\w+\.)*permalink|false|undefined|null|\"\"|'')"
_CHOSEN = pattern(rf"(?:[^?:]+\?\s*{_KEPT}\s*:\s*)?{_KEPT}")
"""What a program returns that chooses between the permalink that is there and nothing."""
_TAKEN = pattern(r"\.permalink\b|\{[^{}]*\bpermalink\b[^{}]*\}\s*\)\s*(?:=>|\{)")
"""That a program looks at the permalink that is there."""
_REPLACED = pattern(
    r"\bpermalink\s*=(?![=>])(?!\s*(?:\w+\.)+permalink\b(?!\s*[|?&+.(\[]))|\{[^{}?]*:\s*permalink\b[^{}?]*\}\s*=(?![=>])"
)
"""That what a program calls the permalink is something else."""
_PAGE = pattern(r"(?:\w+\.)?page\.(fileSlug|filePathStem|outputFileExtension)")
_SLUG = pattern(r"this\.(slugify|slug)\((.+)\)")
_TWO = r"\.padStart\(\s*2\s*,\s*['\"]0['\"]\s*\)"
_PARTS = {
    "%Y": pattern(r"(.+)\.get(?:UTC)?FullYear\(\)(?:\.toString\(\))?"),
    "%m": pattern(
        rf"(?:String\((.+)\.get(?:UTC)?Month\(\)\s*\+\s*1\)|\((.+)\.get(?:UTC)?Month\(\)\s*\+\s*1\)\.toString\(\)){_TWO}"
    ),
    "%d": pattern(rf"(?:String\((.+)\.get(?:UTC)?Date\(\)\)|(.+)\.get(?:UTC)?Date\(\)\.toString\(\)){_TWO}"),
    "%Y-%m-%d": pattern(r"(.+)\.toISOString\(\)\.(?:(?:slice|substring|substr)\(0,\s*10\)|split\(['\"]T['\"]\)\[0\])"),
}
"""Parts of a date in JavaScript, by what they are in a pattern."""
_DATE = pattern(r"(?:\w+\.)?(?:page\.)?date|\w*[dD]ate\w*\((?:\w+\.)*\w*(?:[pP]ath|[dD]ate|page|data)\)")


_PLAIN = pattern(r"\{\{ ([\w.]+) \}\}")
_DATED = pattern(r"\b(?:fromJSDate|fromISO|format|moment|dayjs|utc)\(\s*([\w.]+)")
"""What a package is given to write."""
_GUARD = pattern(
    r"\bif\s*\((?P<asked>(?:[^(){};\n]|\([^(){};\n]*\))*)\)\s*(?P<open>\{)?\s*return\b[ \t]*"
    r"(?:(?P<text>`[^`]*`|'[^'\n]*'|\"[^\"\n]*\")|[^;}\n]*)[ \t]*;?\s*(?(open)\})"
)
"""A condition on which a function returns something."""
_ASKS = pattern(r"\b(?:if|for|while|switch|try)\b")
_KEYED = r"(?P<key>[\w.]+)"
_CONDITIONS = (
    (pattern(_KEYED), "{key}"),
    (pattern(rf"!\s*{_KEYED}"), "not {key}"),
    (pattern(rf"{_KEYED} ?(?P<sign>[!=])==? ?[\"'](?P<value>[^\"'%{{}}]*)[\"']"), '{key} {sign}= "{value}"'),
    (pattern(rf"{_KEYED}\.includes\( ?[\"'](?P<value>[^\"'%{{}}]*)[\"'] ?\)"), '{key} contains "{value}"'),
)
"""What a function asks of front matter, and how a template does."""


class Filled(NamedTuple):
    """The pattern that a function fills in, and whether it gives some posts no page for reasons of its own."""

    pattern: str
    selective: bool = False


def keeps(program: str) -> bool:
    """Whether a program makes no address of its own: it chooses between what is there and nothing."""
    if len(program) >= _WHOLE or _REPLACED.search(program):
        return False
    returned = _RETURNED.findall(program)
    if returned and all(_CHOSEN.fullmatch(one.strip()) for one in returned):
        return True
    return _TAKEN.search(program) is not None and not re.search(r"[\"'`+]", program)


def function_in(program: str) -> str:
    """Return the function that begins here, in its lines and without comments, "" for none."""
    text = _COMMENT.sub("", program[:_LONGEST])
    head = _HEAD.match(text)
    body = _body(text, head.end()) if head else ""
    return f"{head[0]}{body}}}" if head and body else ""


def filled_pattern(program: str) -> Filled | None:
    """Return the pattern of a function that begins here, None for one that does more than fill it in."""
    text = _COMMENT.sub("", program[:_LONGEST])
    if arrow := _ARROW.match(text):
        pattern = _Values("", arrow["given"] or arrow["name"]).filled(arrow["text"])
        return Filled(pattern) if pattern else None
    head = _HEAD.match(text)
    body = _body(text, head.end()) if head else ""
    if head is None or not body or _NESTED.search(body):
        return None
    found = list(_RETURN.finditer(body))
    others = {one["other"].strip() for one in found if one["text"] is None}
    texts = {one["text"] for one in found if one["text"] and one["text"][1:-1]}
    if not texts or not others <= _NOTHING or body[found[-1].end() :].strip("} \t\n;"):
        return None
    values = _Values(body, head["name"] or head["given"] or "")
    pattern = values.filled(texts.pop()[1:-1]) if len(texts) == 1 else values.chosen(found[-1])
    draft = all("draft" in condition.lower() for condition in _CONDITION.findall(body))
    return Filled(pattern, bool(others) and not draft) if pattern else None


def _body(text: str, start: int) -> str:
    """Return what is between the brace that ends here and the one that closes it, "" for none."""
    depth = 1
    for sign in re.compile(r"[{}]").finditer(text, start):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            return text[start : sign.start()]
    return ""


class _Values:
    """What values in a function's body stand for; ``given`` is what it takes, a name or some names in braces."""

    def __init__(self, body: str, given: str) -> None:
        self._body = body
        self._given = given

    def filled(self, template: str) -> str:
        """Return the pattern that a template in JavaScript is, "" for one with a value that is not known."""
        tokens = {slot: self.token(slot) for slot in _SLOT.findall(template)}
        return _SLOT.sub(lambda slot: tokens[slot[1]], template) if all(tokens.values()) else ""

    def chosen(self, last: re.Match[str]) -> str:
        """Return the pattern of a function that returns one of several templates, by keys of the front matter; "" for any other."""
        guards = list(_GUARD.finditer(self._body, 0, last.start()))
        if len(guards) != len(_ASKS.findall(self._body)) or not last["text"]:
            return ""  # what asks for anything else
        pattern = f"{{% else %}}{self.filled(last['text'][1:-1])}{{% endif %}}"
        for guard in reversed(guards):
            if not guard["text"]:
                continue
            asked, made = self._condition(guard["asked"]), self.filled(guard["text"][1:-1])
            if not asked or not made:
                return ""
            pattern = f"{{% elif {asked} %}}{made}{pattern}"
        return pattern.replace("{% elif", "{% if", 1) if self.filled(last["text"][1:-1]) else ""

    def _condition(self, asked: str) -> str:
        """Return what a function asks for as a template does, "" for what is not about one key of the front matter."""
        asked = " ".join(asked.replace("?.", ".").split())
        for form, said in _CONDITIONS:
            if found := form.fullmatch(asked):
                key = re.fullmatch(r"\{\{ (\w+) \}\}", self.token(found["key"]))
                return said.format(**{**found.groupdict(), "key": key[1]}) if key else ""
        return ""

    def token(self, value: str, steps: int = 0) -> str:
        """Return the token of a pattern that stands for a value, "" for none."""
        value = value.strip().replace("?.", ".")
        if page := _PAGE.fullmatch(value):
            return "html" if page[1] == "outputFileExtension" else f"{{{{ page.{page[1]} }}}}"
        if slug := _SLUG.fullmatch(value):
            inner = self.token(slug[2], steps)
            return inner.replace(" }}", f" | {slug[1]} }}}}") if inner.count("}}") == 1 else ""
        if len(sides := re.split(r"\|\||\?\?", value)) > 1:
            names = [_PLAIN.fullmatch(self.token(side, steps)) for side in sides]
            return f"{{{{ ({' or '.join(name[1] for name in names if name)}) }}}}" if all(names) else ""
        form = self._form(value, steps)
        return f'{{{{ page.date | form: "{form}" }}}}' if form else self._key(value, steps)

    def _form(self, value: str, steps: int) -> str:
        """Return the form in which a value is a part of the post's date, "" for any other."""
        if (form := form_of(value)) and (dated := _DATED.search(value)) and self._is_date(dated[1], steps):
            return form
        found = ((form, part.fullmatch(value)) for form, part in _PARTS.items())
        return next(
            (form for form, part in found if part and self._is_date(next(filter(None, part.groups())), steps)), ""
        )

    def _key(self, value: str, steps: int) -> str:
        """Return the token of a name, or of a key of the front matter, "" for none."""
        if re.fullmatch(r"\w+", value):
            if self._given.startswith("{") and re.search(rf"[{{,]\s*{value}\s*[,}}]", self._given):
                return f"{{{{ {value} }}}}"
            found_tokens = (
                {self.token(bound, steps + 1) for bound in self._bound(value)} if steps < _MAX_STEPS else {""}
            )
            return found_tokens.pop() if len(found_tokens) == 1 else ""
        key = re.fullmatch(rf"{self._given}\.(\w+)", value) if self._given.isidentifier() else None
        return f"{{{{ {key[1]} }}}}" if key and key[1] not in {"page", "date"} else ""

    def _is_date(self, value: str, steps: int) -> bool:
        """Whether a value is the date of the post."""
        value = value.strip()
        if made := re.fullmatch(r"new Date\((.+)\)", value):
            return self._is_date(made[1], steps)
        if _DATE.fullmatch(value) and not re.fullmatch(r"\w+", value):
            return True
        bound = list(self._bound(value)) if re.fullmatch(r"\w+", value) and steps < _MAX_STEPS else []
        return all(self._is_date(one, steps + 1) for one in bound) if bound else value == "date"

    def _bound(self, name: str) -> Iterator[str]:
        """Yield what is bound to a name: a value, or a member that it is taken out of."""
        for match in re.finditer(rf"\b(?:const|let|var)\s+{name}\s*=\s*([^;\n]+)", self._body):
            yield match[1].strip().replace("?.", ".")
        for match in re.finditer(
            rf"\b(?:const|let|var)\s+\{{[^{{}}]*\b{name}\b[^{{}}]*\}}\s*=\s*([\w.?]+)", self._body
        ):
            yield f"{match[1]}.{name}".replace("?.", ".")
        for match in re.finditer(rf"(?<![\w.]){name}\s*=(?![=>])\s*([^;\n]+)", self._body):
            if not re.search(r"\b(?:const|let|var)\s+$", self._body[: match.start()]):
                yield ""  # given anew, which may be anything
