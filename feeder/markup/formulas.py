"""Formulas between dollars, which remark-math and its like hand to MathJax -> the same, out of Markdown's reach."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, without

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

OPTION = "math"
"""The option of `feeder.model.Habits` of a site that reads formulas."""
_FORMULA = re.compile(
    r"(?<![\\$])(?:\$\$(?!\$)(?:(?!\$\$|\n[ \t]*\n).){1,20000}\$\$|\$(?!\$)[^$\n]{1,1000}(?<!\\)\$(?![$\d]))", re.DOTALL
)
_LINE = re.compile(r"^([ \t>]*)(.*)$", re.MULTILINE)
_SIGN = re.compile(r"[!-#%-/:-@\[-`{-~]")
"""ASCII punctuation but for the dollar, any of which a backslash keeps as it is."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body whose formulas have all their signs escaped, where the site reads formulas."""
    if not desk.settings.habits.options.get(OPTION):
        return body
    parts: list[str] = []
    at = 0
    for formula in _FORMULA.finditer(without(body, code_spans(body, html=desk.html))):
        parts += body[at : formula.start()], _LINE.sub(_escaped, body[formula.start() : formula.end()])
        at = formula.end()
    return "".join((*parts, body[at:]))


def _escaped(line: re.Match[str]) -> str:
    """Return a line of a formula; its margin, and the signs of a quote that it stands in, stay."""
    return line[1] + _SIGN.sub(r"\\\g<0>", line[2])
