"""Of `generators.eleventy`: what a configuration does to filters, and what it has markdown-it read, by options and plug-ins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.sites.directories import is_file, text_in
from feeder.sites.scripts import imported_text
from feeder.trees.javascript import imports

if TYPE_CHECKING:
    from feeder.sites.found import Findings

_FILTER = pattern(r"\badd(?:Async|Nunjucks|Liquid)?Filter\(\s*[\"'](slugify|slug|date)[\"']")
_SYNTAXES = ("abbr", "attrs", "emoji")
"""The plug-ins for what is no Markdown to others."""
_MARKS = frozenset({"ins", "mark", "sub", "sup"})
_FLAVORS = {
    (False, True): "smartypants",
    (True, False): "definitions",
    (True, True): "goldmark",
}
"""Whether there are lists of definitions, and typographic signs -> the flavour, where it is not CommonMark."""


def configuration(find: Findings, file: str) -> str:
    """Return the text of the configuration, and of the files that it imports."""
    text = text_in(find.directory / file, file) if is_file(find.directory / file) else ""
    paths = dict.fromkeys(path for _, path, *_ in imports(text))
    more = (imported_text(find.directory, file, path) for path in paths)
    return "\n".join((text, *(found[1] for found in more if found)))


def read_filters(find: Findings, script: str) -> None:
    """Note the filters for addresses that the configuration replaces by some of its own."""
    if names := sorted(set(_FILTER.findall(script))):
        find.let("filters", ", ".join(names), "")


def read_markdown(find: Findings, file: str, script: str) -> None:
    """Take what the configuration tells markdown-it; ``package.json`` has its plug-ins."""
    package, _ = find.first(("package.json",))
    names = (*_SYNTAXES, *_MARKS, "deflist")
    plugins = {
        name
        for name in names
        if package.text(f"dependencies.markdown-it-{name}", f"devDependencies.markdown-it-{name}")
    }
    if syntaxes := sorted(plugins.intersection(_SYNTAXES)):
        find.let("markdown-it", ", ".join(syntaxes), "package.json")
    signs = _is_on("typographer", script)
    flavor = "markdown-it" if plugins & _MARKS else _FLAVORS.get(("deflist" in plugins, signs))
    if flavor:
        find.give("markdown.flavor", flavor, file if signs else "package.json")
    if _is_on("breaks", script):
        find.give("markdown.breaks", place=file, value=True)
    release = package.text("dependencies.@11ty/eleventy") or package.text("devDependencies.@11ty/eleventy")
    if major := re.match(r"[\^~=v]*(\d+)", release):
        find.let("release", major[1], "")
    if major and major[1] in {"0", "1"}:
        find.let("markdown.code", "true", "package.json")  # indented text is code, which it is no more since Eleventy 2
    elif re.search(r"\.enable\([^()]*[\"']code[\"']", script):
        find.let("markdown.code", "true", file)


def _is_on(option: str, script: str) -> bool:
    return re.search(rf"^(?![ \t]*(?://|\*)).*\b{option}[\"']?\s*:\s*true\b", script, re.MULTILINE) is not None
