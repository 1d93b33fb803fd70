"""What another generator would have replaced: its tags are text to a reader."""

from __future__ import annotations

import re
from bisect import bisect, insort
from typing import TYPE_CHECKING

from feeder.html.htmltags import BLOCKS, DROPPED, TAGS
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="foreign-tag",
    severity=Severity.WARNING,
    meaning="A tag (`{% %}`, `{{< >}}`, `{{ }}`, `<% %>`, `:::`, MDX, WordPress's `[gallery]`, `[[a wiki's]]`) that the site's own generator does not have; it is left as it is.",
    why="Subscribers see the tag itself instead of what it stands for (a picture, a link, a note).",
    mend="Replace the tag with Markdown or HTML; if the text is about tags, mark it as code.",
    example="{% youtube dQw4w9WgXcQ %}\n--\n[The video](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
)
_VALUE = r"(?:\"[^\"\[\]\n]{0,500}\"|'[^'\[\]\n]{0,500}'|[\u201c\u201d\u2033][^\[\]\n]{0,500}?[\u201c\u201d\u2033])"
_HOSTS = "audio|codepen|dailymotion|embed|flickr|gist|googlemaps|instagram|slideshare|soundcloud|ted|tiktok|tweet|twitter|video|vimeo|wpvideo|youtube|youku"
_SHORT = (
    r"\[(?<![\\!\w\[]\[)(?:(?:"
    rf"[A-Za-z][\w-]{{0,40}}(?:\s+[\w-]{{1,40}}={_VALUE}){{1,20}}\s*/?"  # [caption id="x" width="300"]
    rf"|(?:{_HOSTS})[ =:]\s?(?:https?://[^\s\[\]]{{1,500}}|(?=[\w-]{{0,40}}\d)[\w-]{{6,40}})(?:\s[^\[\]\n]{{0,200}})?"  # [youtube=…]
    r")\](?![(\[:])|(?P<pair>[a-z][\w-]{0,40})(?:[=\s][^\[\]\n]{0,500})?\](?![(:]))"  # [quote] … [/quote]
)
_KINDS = (
    ("curly", ("{{", "{%"), r"\{%[^\n]{0,500}?%\}|\{\{[^\n]{1,500}?\}\}"),
    ("embedded", ("<%",), r"<%[^%]{1,500}?%>"),
    ("fence", (":::",), r"^[ \t]*(?P<fence>:::+)[ \t]*\{?\.?[a-zA-Z][^\n]*$"),
    (
        "module",
        ("import ", "export "),
        r"^(?:import\s+(?:[\w{*][^\n]*\sfrom\s+)?[\"'][^\"'\n]+[\"'];?|export\s+(?:const|default|let|function)\s[^\n]*)$",
    ),
    ("component", ("<",), r"<(?P<component>[A-Z][\w.]*)(?:\s[^<>]*?)?(?P<empty>/?)>"),
    ("wiki", ("[[",), r"!?\[\[(?![:\s])[^\[\]\n]{1,200}(?<=\S)\]\](?![(\[])"),
    (
        "short",
        ("[",),
        _SHORT,
    ),
    ("sized", ("=",), r"!\[[^\[\]\n]{0,300}\]\([^\s()]{1,500}[ \t]+=\d{0,5}x\d{0,5}\)"),
    ("marks", ("{:",), r"(?:^[ \t]{0,3}|(?<=[)\]*_`]))\{:\s*[#.][\w-][^{}\n]{0,200}\}"),
    ("alone", ("[gallery]", "[playlist]"), r"^[ \t]{0,3}\[(?:gallery|playlist)\](?=[ \t]*$)"),
    ("toc", ("[TOC]", "[toc]"), r"^[ \t]{0,3}\[(?:TOC|toc)\](?=[ \t]*$)"),
)
"""Each kind of tag: its name, the signs of which a text with one has one, and its pattern."""
_PATTERNS = {name: re.compile(pattern, re.MULTILINE) for name, _, pattern in _KINDS}
_HANDLED = {
    "liquid": "curly", "nunjucks": "curly", "mdx": "module component", "admonitions": "fence", "toc": "toc", "kramdown": "marks",
}  # fmt: skip
"""What of bodies is translated for a dialect -> the kinds of tags that are then none of another generator."""
_IN_TITLES = frozenset({"curly", "embedded", "short"})
_WHOLE = frozenset({"alone", "toc", "wiki"})
_CALL = re.compile(r"[.|\"'=(]|\w\s+\w")
"""What a tag says beside its name: in a title, one that says nothing else is likely what the title is about."""
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_HTML = frozenset(name.lower() for name in (*TAGS, *BLOCKS, *DROPPED))
_NO_LINK = frozenset(
    "assume carries_dependency deprecated fallthrough likely maybe_unused no_unique_address nodiscard noreturn unlikely toc _toc_".split()
)
"""What stands in two brackets and is no name of a page: C++ has these."""
_NO_TAG = frozenset({"and", "or", "to"})
"""What stands between two signs that a sentence is about."""
_MESSAGE = "tag of another generator; feeder does not run it, so readers will see it or miss its content"
_BARE = "a tag in the {}, which generators leave as it is, too; readers see its brackets and signs"
_ABOUT = "If it is what the text is about, its name alone reads better; else write what the tag stands for."
_IN_BRACKETS = "wiki link, or link without an address; readers will see the brackets"


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each tag, in titles, summaries and names, and in running text only."""
    for field, shown in (("title", reading.post.title), ("summary", reading.post.summary)):
        start, written = reading.written(field) if any(sign in shown for sign in ("{", "[", "<%")) else (0, "")
        hidden = _CODE.sub(lambda code: " " * len(code[0]), written)
        for kind, match in _found(hidden, _IN_TITLES):
            if match[0][:2] in shown:
                if _is_call(kind, match, hidden):
                    yield _problem(reading, start, kind, match)
                elif kind != "short":
                    bare = _problem(reading, start, kind, match)
                    yield bare._replace(severity=Severity.NOTE, message=_BARE.format(field), hint=_ABOUT)
    yield from _in_names(reading)
    prose = reading.body.prose
    spoken = reading.body.spoken.syntaxes
    handled = " ".join(_HANDLED.get(name, "") for name in spoken).split()
    for kind, match in _found(prose, [name for name, _, _ in _KINDS if name not in handled]):
        shortcode = "shortcodes" in spoken and match[0].startswith(("{{<", "{{%"))
        if not shortcode and _is_foreign(kind, match, reading, prose):
            yield _problem(reading, 0, kind, match)


def _in_names(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each tag where the names of people and categories are, which are never about tags."""
    post = reading.post
    names = [author.name for author in post.authors], [category.name for category in post.categories]
    for fields, shown in zip((("authors",), ("categories", "tags")), map(" ".join, names), strict=True):
        for field in fields if "{" in shown or "<%" in shown else ():
            start, written = reading.written(field)
            for kind, match in _found(written, ("curly", "embedded")):
                if match[0][:2] in shown:
                    yield _problem(reading, start, kind, match)


def _found(text: str, kinds: Collection[str]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield each tag of these kinds, but for those within others."""
    spans: list[tuple[int, int]] = []
    for name, signs, _ in _KINDS:
        if name in kinds and any(sign in text for sign in signs):
            for match in _PATTERNS[name].finditer(text):
                before = bisect(spans, (match.start(),)) - 1
                if before < 0 or spans[before][1] <= match.start():
                    insort(spans, match.span())
                    yield name, match


def _problem(reading: Reading, start: int, kind: str, match: re.Match[str]) -> Problem:
    said = match[0]
    offset = start + match.start() + len(said) - len(said.lstrip())
    message = _IN_BRACKETS if kind == "wiki" and said.startswith("[[") else _MESSAGE
    return problem(reading.post.shown, reading.body.mark(offset), CODE, message, " ".join(said.split()))


def _is_call(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether a tag of a title is more than a name."""
    if kind == "short":
        return not match["pair"] or f"[/{match['pair']}]" in text
    return _CALL.search(match[0].strip("{}%<>= \t-")) is not None


def _is_foreign(kind: str, match: re.Match[str], reading: Reading, prose: str) -> bool:
    """Whether readers will see a tag of the body, or miss what it stands for."""
    said = match[0].strip()
    if kind == "component":
        name = match["component"]
        return bool(match["empty"] or f"</{name}>" in prose) and name.lower() not in _HTML
    if kind == "curly":
        inside = said.strip("{}%- \t")
        if inside in _NO_TAG or not re.search(r"\w", inside):
            return False
    if kind == "wiki":
        inside = " ".join(said.strip("![]").split())
        if "::" in inside or inside.lower() in _NO_LINK or not any(map(str.isalpha, inside)):
            return False
        said = f"[[{inside}]]"  # the whole of it, since a definition may make a link of it
    if kind == "short" and match["pair"] and f"[/{match['pair']}]" not in prose:
        return False
    if kind in {"module", "short"}:
        return re.split(r"[\s=\]]", said)[0] in reading.text
    return (said if kind in _WHOLE else said[:2]) in reading.text


RULE: Rule[Reading] = Rule(code=CODE, check=check)
