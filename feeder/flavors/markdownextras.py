"""Extensions of Python-Markdown that a site asks for by name, beyond those that `flavors.python_markdown` always has.

What a site's configuration names is looked up in one table, and nothing else is ever imported.
"""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_FORMULA = r"(?<![\\$])(?:\$\$(?!\$)(?:(?!\$\$).){1,20000}\$\$|\$(?![$\s])[^$]{1,1000}(?<![\\\s])\$(?![$\d]))"
_SMARTY = ("smart_dashes", "smart_quotes", "smart_angled_quotes", "smart_ellipses", "substitutions")
KNOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "admonition": ("markdown.extensions.admonition", ()),
    "legacy_em": ("markdown.extensions.legacy_em", ()),
    "nl2br": ("markdown.extensions.nl2br", ()),
    "smarty": ("markdown.extensions.smarty", _SMARTY),
    "wikilinks": ("markdown.extensions.wikilinks", ("base_url", "end_url")),
    "pymdownx.betterem": ("pymdownx.betterem", ("smart_enable",)),
    "pymdownx.caret": ("pymdownx.caret", ("smart_insert", "insert", "superscript")),
    "pymdownx.details": ("pymdownx.details", ()),
    "pymdownx.keys": ("pymdownx.keys", ("separator",)),
    "pymdownx.magiclink": ("pymdownx.magiclink", ("hide_protocol", "repo_url_shortener", "provider", "user", "repo")),
    "pymdownx.mark": ("pymdownx.mark", ("smart_mark",)),
    "pymdownx.smartsymbols": ("pymdownx.smartsymbols", ()),
    "pymdownx.tilde": ("pymdownx.tilde", ("smart_delete", "delete", "subscript")),
}
"""Name -> the module, and the options that may be plain values."""
LAZY_LISTS = "lazy_lists"
"""An extension of ours: Python-Markdown's own lists, which those of `sane_lists` replace everywhere else."""
FORMULAS = "formulas"
"""Another: formulas between dollars stay as they are, since their signs are none of Markdown's."""
MATHEMATICAL = frozenset({"mathjax", "mdx_math", "pymdownx.arithmatex"})
"""Extensions that read formulas, each in its own way."""
NEEDLESS = frozenset({
    "abbr", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "headerid", "legacy_attrs",
    "md_in_html", "meta", "sane_lists", "tables", "toc", "pymdownx.extra", "pymdownx.highlight", "pymdownx.inlinehilite",
    "pymdownx.superfences", "pymdownx.saneheaders", "pymdownx.escapeall", "pymdownx.tasklist",
})  # fmt: skip
"""What feeder does for every site, and what says how a page looks."""


def name_of(written: str) -> str:
    """Return the name of an extension, which a site may write as that of a module, or with options behind it."""
    name = written.partition("(")[0].partition(":")[0].strip().removeprefix("markdown.extensions.")
    return name.lower() if name.lower() in {*KNOWN, *NEEDLESS} else name


def is_there(name: str) -> bool:
    """Whether the package of a known extension is installed."""
    return find_spec(KNOWN[name][0].partition(".")[0]) is not None


def packed(wanted: Mapping[str, Mapping[str, str]]) -> str:
    """Return names and their options, by dotted keys, as one text, the same for the same."""
    return json.dumps({name: dict(sorted(wanted[name].items())) for name in sorted(wanted)}) if wanted else ""


def extend(converter: Markdown, wanted: str) -> None:
    """Add to a converter what `packed` holds. An option that the extension refuses is left out."""
    named: dict[str, dict[str, str]] = json.loads(wanted)
    for name, add in ((LAZY_LISTS, _add_lazy_lists), (FORMULAS, _add_formulas)):
        if named.pop(name, None) is not None:
            add(converter)
    for name, told in named.items():
        module, options = KNOWN[name]
        make = import_module(module).makeExtension
        try:
            extension = make(**_nested(told, options))
        except (KeyError, TypeError, ValueError):
            extension = make()
        extension.extendMarkdown(converter)
    if "admonition" in named:
        _register_quotes(converter)


def _add_lazy_lists(converter: Markdown) -> None:
    from markdown.blockprocessors import OListProcessor, UListProcessor

    converter.parser.blockprocessors.register(OListProcessor(converter.parser), "olist", 40)
    converter.parser.blockprocessors.register(UListProcessor(converter.parser), "ulist", 30)


def _add_formulas(converter: Markdown) -> None:
    from markdown.inlinepatterns import InlineProcessor

    class Formula(InlineProcessor):
        """Keeps a formula, and comes before all that finds signs in text, but for code."""

        def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override] # noqa: ARG002, N802
            return m[0].replace("<", "&lt;"), m.start(), m.end()

    converter.inlinePatterns.register(Formula(_FORMULA, converter), "formula", 185)


def _nested(told: Mapping[str, str], known: Iterable[str]) -> dict[str, str | dict[str, str]]:
    """Return the options that are known, those below one in a table of it."""
    found: dict[str, str | dict[str, str]] = {}
    for key, value in told.items():
        option, _, below = key.partition(".")
        if option in known:
            inner = found.get(option)
            found[option] = {**(inner if isinstance(inner, dict) else {}), below: value} if below else value
    return found


def _register_quotes(converter: Markdown) -> None:
    from markdown.treeprocessors import Treeprocessor

    class Quotes(Treeprocessor):
        """Makes quotes of admonitions: a reader shows no style that would set them apart."""

        def run(self, root: Element) -> None:
            for division in root.iter("div"):
                if (division.get("class") or "").split()[:1] == ["admonition"]:
                    division.tag = "blockquote"
                    del division.attrib["class"]
                    _embolden(paragraph for paragraph in division if paragraph.get("class") == "admonition-title")

    converter.treeprocessors.register(Quotes(converter), "quotes", 5)


def _embolden(paragraphs: Iterable[Element]) -> None:
    for paragraph in paragraphs:
        strong = paragraph.makeelement("strong", {})
        strong.text, strong[:] = paragraph.text, paragraph[:]
        paragraph.clear()
        paragraph.append(strong)
