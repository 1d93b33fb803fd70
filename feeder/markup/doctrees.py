"""A document of docutils -> HTML that a feed may carry: plain elements, without the classes that a style sheet would need.

It knows the tree by the names of its nodes, so it needs nothing of docutils.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeder.markup.pieces import attribute
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Callable

_ELEMENTS = {
    "paragraph": "p", "bullet_list": "ul", "list_item": "li", "definition_list": "dl", "field_list": "dl", "option_list": "dl",
    "field_name": "dt", "option_group": "dt",
    "block_quote": "blockquote", "sidebar": "blockquote", "table": "table", "thead": "thead", "tbody": "tbody", "row": "tr",
    "container": "div", "compound": "div",
    "emphasis": "em", "strong": "strong", "literal": "code", "math": "code", "subscript": "sub", "superscript": "sup",
    "title_reference": "cite", "abbreviation": "abbr", "acronym": "abbr",
}  # fmt: skip
"""Name of a node -> its element; of those that are in no table here, what they hold is all that is shown."""
_BLOCKS = frozenset("p ul li dl dd dt blockquote figure table thead tbody tr div".split())
_NOTES = frozenset("admonition attention caution danger error hint important note tip warning".split())
_SILENT = frozenset("substitution_definition pending decoration docinfo header footer meta colspec classifier".split())
_MORE = re.compile(r"more|TEASER_END|END_TEASER|PELICAN_END_SUMMARY", re.IGNORECASE)
_STYLES = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_PIXELS = re.compile(r"(\d{1,5})(?:px)?")
_INTERPRETED = re.compile(r":[\w.:+-]+:`(.*)`|`(.*)`:[\w.:+-]+:|[`|]*(.*?)[`|]*_{0,2}", re.DOTALL)
_TARGET = re.compile(r"\s*<[^<>]*>$")
_TOP = 1
"""The level of the title of the page, above all headings."""

Node = Any
"""A node of a tree: docutils has no types."""


def html_of(document: Node, replace: Callable[[Node], str]) -> str:
    """Return the HTML of a document; ``replace`` returns what stands for a message about something that docutils refused."""
    return _Writer(replace).inside(document)


class _Writer:
    """Goes through a tree; a method of a node's name writes it, else `_ELEMENTS` says how."""

    def __init__(self, replace: Callable[[Node], str]) -> None:
        self.system_message = replace
        self._level = _TOP

    def html(self, node: Node) -> str:
        name = node.tagname
        if name == "#text":
            return escape(node.astext())
        if name in _SILENT:
            return ""
        if name in _NOTES:
            return self._note(node)
        own: Callable[[Node], str] | None = getattr(self, name, None)
        if own:
            return own(node)
        element = _ELEMENTS.get(name, "")
        return self._element(element, node) if element else self._anchors(node) + self.inside(node)

    def inside(self, node: Node) -> str:
        """Return the HTML of all that a node holds."""
        return "".join(map(self.html, node.children))

    def _element(self, name: str, node: Node, more: str = "", inner: str | None = None) -> str:
        ids = node.get("ids") or []
        own = f' id="{attribute(ids[0])}"' if ids else ""
        others = "".join(f'<span id="{attribute(one)}"></span>' for one in ids[1:])
        end = "\n" if name in _BLOCKS else ""
        return f"<{name}{own}{more}>{others}{self.inside(node) if inner is None else inner}</{name}>{end}"

    def _anchors(self, node: Node) -> str:
        return "".join(f'<span id="{attribute(one)}"></span>' for one in node.get("ids") or [])

    # Sections and what is set apart

    def section(self, node: Node) -> str:
        self._level += 1
        inner = "".join(
            self._element(f"h{min(self._level, 6)}", node, inner=self.inside(child)) + "\n"
            if child.tagname == "title"
            else self.html(child)
            for child in node.children
        )
        self._level -= 1
        return inner

    def title(self, node: Node) -> str:
        if node.parent.tagname == "table":
            return self._element("caption", node)
        return f"<p><strong>{self.inside(node)}</strong></p>\n"

    rubric = subtitle = title

    def topic(self, node: Node) -> str:
        return "" if "contents" in (node.get("classes") or ()) else self._element("blockquote", node)

    def _note(self, node: Node) -> str:
        head = "" if node.tagname == "admonition" else f"<p><strong>{node.tagname.capitalize()}</strong></p>\n"
        return self._element("blockquote", node, inner=head + self.inside(node))

    def attribution(self, node: Node) -> str:
        return f"<p>— {self.inside(node)}</p>\n"

    def comment(self, node: Node) -> str:
        return "<!-- more -->\n" if _MORE.fullmatch(node.astext().strip()) else ""

    def transition(self, _: Node) -> str:
        return "<hr>\n"

    # Lists

    def enumerated_list(self, node: Node) -> str:
        start, style = node.get("start", 1), _STYLES.get(node.get("enumtype", ""), "")
        more = (f' start="{start}"' if start != 1 else "") + (f' type="{style}"' if style else "")
        return self._element("ol", node, more) + "\n"

    def list_item(self, node: Node) -> str:
        return self._element("li", node, inner=self._unwrapped(node, all(map(_is_short, node.parent.children))))

    def field_body(self, node: Node) -> str:
        return self._element("dd", node, inner=self._unwrapped(node, _is_short(node)))

    definition = description = field_body

    def entry(self, node: Node) -> str:
        more = "".join(
            f' {name}="{node[key] + 1}"'
            for key, name in (("morecols", "colspan"), ("morerows", "rowspan"))
            if key in node
        )
        heads = node.parent.parent.tagname == "thead" or "stub" in (node.get("classes") or ())
        return self._element("th" if heads else "td", node, more, self._unwrapped(node, _is_short(node)))

    def _unwrapped(self, node: Node, short: object) -> str:
        """Return what a node holds, the first paragraph without its element where it is ``short``."""
        if not short:
            return self.inside(node)
        first, *rest = node.children or [None]
        return (self.inside(first) if first else "") + "".join(map(self.html, rest))

    def term(self, node: Node) -> str:
        others = (child for child in node.parent.children if child.tagname == "classifier")
        return self._element(
            "dt", node, inner=self.inside(node) + "".join(f" : <em>{self.inside(one)}</em>" for one in others)
        )

    def option_argument(self, node: Node) -> str:
        return f"{escape(node.get('delimiter', ' '))}<var>{self.inside(node)}</var>"

    def option(self, node: Node) -> str:
        first = node.parent.children[0] is node
        return f"{'' if first else ', '}<code>{self.inside(node)}</code>"

    def line_block(self, node: Node) -> str:
        if node.parent.tagname == "line_block":
            return "".join("&nbsp;&nbsp;" * 2 + self.html(child) for child in node.children)
        return self._element("div", node)

    def line(self, node: Node) -> str:
        return f"{self.inside(node)}<br>\n"

    # Code

    def literal_block(self, node: Node) -> str:
        classes = [name for name in node.get("classes") or () if name != "code"]
        return _code(node, classes[0] if classes else "", self._anchors(node))

    def doctest_block(self, node: Node) -> str:
        return _code(node, "python", self._anchors(node))

    def math_block(self, node: Node) -> str:
        return _code(node, "latex", self._anchors(node))

    # Within a line

    def inline(self, node: Node) -> str:
        name = "code" if "code" in (node.get("classes") or ()) else ""
        return self._element(name, node) if name else self._anchors(node) + self.inside(node)

    def reference(self, node: Node) -> str:
        url = node.get("refuri") or (f"#{node['refid']}" if node.get("refid") else "")
        return self._element("a", node, f' href="{attribute(url)}"') if url else self.inside(node)

    def footnote_reference(self, node: Node) -> str:
        return f"<sup>{self.reference(node)}</sup>"

    def citation_reference(self, node: Node) -> str:
        return f"[{self.reference(node)}]"

    def footnote(self, node: Node) -> str:
        label = node.children[0].astext()
        back = next(iter(node.get("backrefs") or ()), "")
        mark = f'<a href="#{attribute(back)}">{escape(label)}</a>' if back else escape(label)
        body = "".join(map(self.html, node.children[1:]))
        opening, closing = ("[", "]") if node.tagname == "citation" else ("<sup>", "</sup>")
        inner = body.replace("<p>", f"<p>{opening}{mark}{closing} ", 1) if body.startswith("<p>") else f"{mark} {body}"
        return self._element("div", node, inner=inner)

    citation = footnote

    def image(self, node: Node) -> str:
        url = node["uri"]
        sizes = {name: found[1] for name in ("width", "height") if (found := _PIXELS.fullmatch(node.get(name, "")))}
        more = "".join(f' {name}="{size}"' for name, size in sizes.items())
        picture = f'<img src="{attribute(url)}" alt="{attribute(node.get("alt", ""))}"{more}>'
        alone = node.parent.tagname not in {"paragraph", "reference", "figure", "term", "title"}
        return f"<p>{self._anchors(node)}{picture}</p>\n" if alone else self._anchors(node) + picture

    def figure(self, node: Node) -> str:
        texts = [child for child in node.children if child.tagname in {"caption", "legend"}]
        caption = "".join(map(self.inside, texts))
        pictures = "".join(self.html(child) for child in node.children if child not in texts)
        return self._element(
            "figure", node, inner=pictures + (f"<figcaption>{caption}</figcaption>" if caption else "")
        )

    def target(self, node: Node) -> str:
        return "" if node.get("refuri") or node.get("refid") else self._anchors(node) + self.inside(node)

    def problematic(self, node: Node) -> str:
        found = _INTERPRETED.fullmatch(node.astext())
        text = next((part for part in found.groups() if part is not None), "") if found else node.astext()
        return escape(_TARGET.sub("", text).strip("~!") if text != node.astext() else text)

    def raw(self, node: Node) -> str:
        return node.astext() if "html" in node.get("format", "").split() else ""


def _is_short(node: Node) -> bool:
    """Whether a node is one paragraph, or begins with one that only lists follow."""
    names = [child.tagname for child in node.children]
    return names[:1] == ["paragraph"] and all(name in {"bullet_list", "enumerated_list"} for name in names[1:])


def _code(node: Node, language: str, anchors: str) -> str:
    named = f' class="language-{attribute(language)}"' if language else ""
    return f"{anchors}<pre><code{named}>{escape(node.astext())}\n</code></pre>\n"
