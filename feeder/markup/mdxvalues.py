"""Values that MDX names: what a module imports or sets, and expressions that can be told without running them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.markup.pieces import is_picture

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_IMPORT = re.compile(r"^import\s+([\w$]+)(?:\s*,\s*\{[^{}]{0,2000}\})?\s+from\s+[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_CONSTANT = re.compile(
    r"^export\s+(?:const|let|var)\s+([\w$]+)\s*=\s*(\"[^\"\n]*\"|'[^'\n]*'|-?\d[\d.]*)\s*;?\s*$", re.MULTILINE
)
_FILE = re.compile(
    r"(?:(?:await\s+)?import|require|useBaseUrl|withBase)\(\s*[\"'`]([^\"'`]+)[\"'`]\s*(?:,[^()]*)?\)(?:\.default|\.src)?"
)
_LIGHT = re.compile(r"\{\s*light:\s*([^,{}]+)")
"""A picture for each of two themes, of which readers have the usual one."""
_NAME = re.compile(r"([A-Za-z_$][\w$]*)((?:\.[\w$]+)*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class Values:
    """What is known of the names of one body."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._named: dict[str, str] = {}

    def take(self, statement: str) -> None:
        """Take note of what an import or export statement gives a name to."""
        for name, path in _IMPORT.findall(statement):
            self._named[name] = _site_file(path, self._desk)
        for name, value in _CONSTANT.findall(statement):
            self._named[name] = value.strip("\"'")

    def of(self, expression: str) -> str | None:
        """Return what an expression stands for, None when that takes running it."""
        text = expression.strip()
        light = _LIGHT.match(text)
        text = light[1].strip() if light else text
        if (
            len(text) > 1
            and text[0] == text[-1]
            and text[0] in "\"'`"
            and text[0] not in text[1:-1]
            and "${" not in text
        ):
            return text[1:-1]
        if _NUMBER.fullmatch(text):
            return text
        if found := _FILE.fullmatch(text):
            return _site_file(found[1], self._desk)
        if found := _NAME.fullmatch(text):
            if found[1] in self._named and found[2] in {"", ".src", ".default"}:
                return self._named[found[1]]
            if found[1] in {"frontMatter", "frontmatter", "metadata"}:
                return self._desk.variable(f"page{found[2]}")
        return None


def _site_file(path: str, desk: Desk) -> str:
    """Return the address of a file that a module names."""
    if path.startswith("../") and "../static/" in path:
        path = path.replace("../", "", path.count("../") - 1).removeprefix("..")
    for alias in ("@site/static/", "/static/", "@/static/"):
        if path.startswith(alias):
            return desk.of_site(path.removeprefix(alias))
    return desk.of_site(path) if path.startswith("/") and is_picture(path) else path
