"""Of `generators.eleventy`: what a configuration does to filters, and what it has markdown-it read, by options and plug-ins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.sites.dateforms import form_of
from feeder.sites.directories import is_file, text_in
from feeder.sites.scripts import imported_text
from feeder.trees.javascript import imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.sites.found import Findings

_FILTER = pattern(
    r"\badd(?:Async|Nunjucks|Liquid)?Filter\(\s*[\"'](slugify|slug|date)[\"']\s*,\s*([\w.]+|[^,;]{0,100}?=>)"
)
_ANY_FILTER, _PROGRAM = pattern(r"\badd(?:Nunjucks|Liquid|JavaScript)?Filter\(\s*[\"'](\w+)[\"']\s*,\s*"), 400
"""Where a filter begins, and the characters of its program that are looked at."""
_TOLD = pattern(r"(?:(?!\n\};?\n).){0,300}?\bslugify\(\s*[\w. +\"']+,\s*\{(?P<options>.{0,400}?)\}\s*\)", re.DOTALL)
"""How a function tells the package slugify what to do."""
_LIBRARY = pattern(r"\b(?:set|amend)Library\(\s*(?:[\"'`]md[\"'`]|\w+)\s*,")
_IMPORTED = pattern(r"\b(?:require|import)\(\s*[\"'](\.{1,2}/[^\"'\n]+)[\"']")
_BOUND = pattern(r"\b(?:const|let|var)\s+(\w+)\s*=\s*([^;]{1,500}?)(?=;|\n\s*(?![\s.)}\]])|\Z)")
_LONGEST = 2_000
"""Characters of what Eleventy is handed."""
_SYNTAXES = ("abbr", "attrs", "emoji")
"""The plug-ins for what is no Markdown to others."""
_MARKS = frozenset({"ins", "mark", "sub", "sup"})
_FLAVORS = {
    (False, True): "smartypants",
    (True, False): "definitions",
    (True, True): "goldmark",
}
"""Whether there are lists of definitions, and typographic signs -> the flavour, where it is not CommonMark."""


def configuration(find: Findings, file: str) -> dict[str, str]:
    """Return the configuration by its name, with the files that it imports, and those that these do: name -> text."""
    texts = {file: text_in(find.directory / file, file) if is_file(find.directory / file) else ""}
    for _ in range(2):
        for name, text in list(texts.items()):
            for path in dict.fromkeys(path for _, path, *_ in imports(text)):
                if found := imported_text(find.directory, name, path):
                    texts.setdefault(*found)
    return texts


def _of_markdown(find: Findings, file: str, texts: dict[str, str]) -> str:
    """Return of a configuration's texts what makes the markdown-it that reads posts: others are for a shortcode or a filter.

    That is the configuration itself, each file that hands a library to Eleventy, and where what is handed comes from.
    """
    told = {name: text for name, text in texts.items() if name == file or _LIBRARY.search(text)}
    for _ in range(2):
        for name, text in list(told.items()):
            handed = _handed(text) if name == file or _LIBRARY.search(text) else None
            paths = [path for here, path, *_ in imports(text) if handed is None or here in handed]
            paths += [path for call in _calls(text) for path in _IMPORTED.findall(call)]
            for found in filter(None, (imported_text(find.directory, name, path) for path in paths)):
                told.setdefault(*found)
    return "\n".join(told.values())


def _calls(text: str) -> Iterator[str]:
    """Yield what Eleventy is handed for a library."""
    for call in _LIBRARY.finditer(text):
        depth, end = 1, call.end()
        for sign in re.compile(r"[()]").finditer(text, end, end + _LONGEST):
            depth += 1 if sign[0] == "(" else -1
            end = sign.end()
            if depth == 0:
                break
        yield text[call.end() : end]


def _handed(text: str) -> set[str]:
    """Return the names that a library is made of, as far as a script says it."""
    names = {name for call in _calls(text) for name in re.findall(r"\w+", call)}
    for _ in range(2):
        bound = (match[2] for match in _BOUND.finditer(text) if match[1] in names)
        names |= {name for value in list(bound) for name in re.findall(r"\w+", value)}
    return names


def read_filters(find: Findings, texts: dict[str, str]) -> None:
    """Note the filters for addresses that the configuration replaces by some of its own, and what these are told."""
    _read_date_filters(find, texts)
    script = "\n".join(texts.values())
    given = dict(_FILTER.findall(script))
    if given:
        find.let("filters", ", ".join(sorted(given)), "")
    for name, program in given.items():
        called = program.rpartition(".")[2]
        made = _TOLD.match(script, script.find(program)) if "=>" in program else None
        made = made or re.search(rf"\b{re.escape(called)}\b\s*(?:=|\()" + _TOLD.pattern, script, re.DOTALL)
        removed = _removed(made["options"]) if made else None
        if removed is not None:
            find.let(f"filters.{name}", removed, "")


def _read_date_filters(find: Findings, texts: dict[str, str]) -> None:
    """Note the filters of the site's own that only write a date, by name, with the form in which they do."""
    forms = {}
    for file, text in texts.items():
        sources = {name: path for name, path, *_ in imports(text)}
        for match in _ANY_FILTER.finditer(text):
            program = _program(text, match.end())
            if called := re.match(r"(\w+)\s*\)", program):
                other = imported_text(find.directory, file, sources[called[1]]) if called[1] in sources else None
                bound = re.search(rf"\b(?:function\s+{called[1]}\b|(?:const|let|var)\s+{called[1]}\s*=)", text)
                program = other[1] if other else _program(text, bound.end()) if bound else ""
            if form := form_of(program):
                forms[match[1]] = form
    if forms:
        find.let("filters.dates", "\n".join(f"{name} {form}" for name, form in sorted(forms.items())), "")


def _program(text: str, start: int) -> str:
    """Return the text of a function that begins here, as far as what comes next does."""
    return re.split(
        r"\n\s*(?:const|let|var|function|export|\w+\.add\w+\()", text[start : start + _PROGRAM], maxsplit=1
    )[0]


def _removed(options: str) -> str | None:
    """Return the signs that the package slugify is told to remove, None where it is told anything else."""
    if not re.search(r"\blower:\s*true", options) or re.search(r"replacement:(?!\s*[\"']-[\"'])|\blocale:", options):
        return None
    if re.search(r"\bstrict:\s*true", options):
        return "".join(sign for sign in map(chr, range(33, 127)) if not sign.isalnum() and sign != "-")
    listed = re.search(r"\bremove:\s*/\[((?:[^\]\\\n]|\\[^\w\n])+)\]\+?/g", options)
    signs = re.sub(r"\\(.)", r"\1", listed[1]) if listed else ""
    return signs if signs and signs[0] != "^" and "-" not in signs[1:-1] else None


def read_markdown(find: Findings, file: str, texts: dict[str, str]) -> None:
    """Take what the configuration tells markdown-it; ``package.json`` has its plug-ins."""
    script = _of_markdown(find, file, texts)
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
