"""What another generator would have replaced: its tags are text to a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.htmltags import BLOCKS, DROPPED, TAGS
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="foreign-tag",
    severity=Severity.WARNING,
    meaning="A tag (`{% %}`, `{{< >}}`, `{{ }}`, `<% %>`, `:::`, MDX, WordPress's `[gallery]`, `[[a wiki's]]`) that the site's own generator does not have: nothing replaces it.",
    why="Subscribers read the tag itself, and what it would have made of it (a picture, a link, a note) is not there.",
    mend="Write in Markdown or HTML what the tag stands for; if the text is about tags, put it into code.",
    example="{% youtube dQw4w9WgXcQ %}\n--\n[The video](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
)
_VALUE = r"(?:\"[^\"\[\]\n]{0,500}\"|'[^'\[\]\n]{0,500}'|[\u201c\u201d\u2033][^\[\]\n]{0,500}?[\u201c\u201d\u2033])"
_HOSTS = "audio|codepen|dailymotion|embed|flickr|gist|googlemaps|instagram|slideshare|soundcloud|ted|tiktok|tweet|twitter|video|vimeo|wpvideo|youtube|youku"
_TAGS = re.compile(
    r"(?P<curly>\{%[^\n]{0,500}?%\}|\{\{[^\n]{1,500}?\}\})"
    r"|(?P<embedded><%[^%]{1,500}?%>)"
    r"|^[ \t]*(?P<fence>:::+)[ \t]*\{?\.?[a-zA-Z][^\n]*$"
    r"|^(?P<module>import\s+(?:[\w{*][^\n]*\sfrom\s+)?[\"'][^\"'\n]+[\"'];?|export\s+(?:const|default|let|function)\s[^\n]*)$"
    r"|<(?P<component>[A-Z][\w.]*)(?:\s[^<>]*?)?(?P<empty>/?)>"
    r"|(?P<wiki>!?\[\[(?=\S)[^\[\]\n]{1,200}(?<=\S)\]\](?![(\[]))"
    r"|(?<![\\!\]\w\[])(?P<short>\[(?:"
    rf"[A-Za-z][\w-]{{0,40}}(?:\s+[\w-]{{1,40}}={_VALUE}){{1,20}}\s*/?"  # [caption id="x" width="300"]
    rf"|(?:{_HOSTS})[ =:]\s?(?:https?://[^\s\[\]]{{1,500}}|(?=[\w-]{{0,40}}\d)[\w-]{{6,40}})(?:\s[^\[\]\n]{{0,200}})?"  # [youtube=…]
    r"|(?P<pair>[a-z][\w-]{0,40})(?:[=\s][^\[\]\n]{0,500})?"  # [quote] … [/quote]
    r")\](?![(\[:]))"
    r"|(?P<marks>(?:^[ \t]{0,3}|(?<=[)\]*_`]))\{:\s*[#.][\w-][^{}\n]{0,200}\})",
    re.MULTILINE,
)
_ALONE = re.compile(
    r"^[ \t]{0,3}(?:(?P<alone>\[(?:gallery|playlist|TOC|toc)\])[ \t]*$|(?:>[ \t]*){1,20}(?P<callout>\[![\w-]{1,30}\][-+]?))",
    re.MULTILINE,
)
_HANDLED = {
    "liquid": "curly", "nunjucks": "curly", "mdx": "module component", "admonitions": "fence", "toc": "toc", "kramdown": "marks",
}  # fmt: skip
"""What of bodies is translated for a dialect -> the groups of `_TAGS` that are then no tags of another generator."""
_CALL = re.compile(r"[.|\"'=(]|\w\s+\w")
"""What a tag says beside its name: in a title, one that says nothing else may be what the title is about."""
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_HTML = frozenset(name.lower() for name in (*TAGS, *BLOCKS, *DROPPED))
_NO_LINK = frozenset(
    "assume carries_dependency deprecated fallthrough likely maybe_unused no_unique_address nodiscard noreturn unlikely toc _toc_".split()
)
"""What stands in two brackets and is no name of a page: C++ has these."""
_NO_TAG = frozenset({"and", "or", "to"})
"""What stands between two signs that a sentence is about."""
_MESSAGE = "a tag of another generator; feeder does not run it, and readers will see it or miss it"
_IN_BRACKETS = "a wiki's link, or one whose address nobody gives; readers will see the brackets"


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each tag, in titles and summaries, and in running text only."""
    for field, shown in (("title", reading.post.title), ("summary", reading.post.summary)):
        if any(sign in shown for sign in ("{", "[", "<%")):
            start, written = reading.written(field)
            hidden = _CODE.sub(lambda code: " " * len(code[0]), written)
            for match in _TAGS.finditer(hidden):
                group = next((name for name in ("curly", "embedded", "short") if match[name]), "")
                if group and match[0][:2] in shown and _is_call(match, hidden):
                    yield _problem(reading, start, match)
    prose = reading.body.prose
    handled = " ".join(_HANDLED.get(name, "") for name in reading.body.spoken.syntaxes).split()
    shortcodes = "shortcodes" in reading.body.spoken.syntaxes
    for match in _TAGS.finditer(prose):
        if any(match.groupdict().get(group) for group in handled) or (
            shortcodes and (match["curly"] or "").startswith(("{{<", "{{%"))
        ):
            continue
        if _is_foreign(match, reading, prose):
            yield _problem(reading, 0, match)
    for match in _ALONE.finditer(prose) if "[" in prose else ():
        group = str(match.lastgroup)
        is_toc = match[group].lower() == "[toc]"
        if not (is_toc and "toc" in handled) and match[group] in reading.text:
            yield _problem(reading, 0, match, group)


def _problem(reading: Reading, start: int, match: re.Match[str], group: str | int = 0) -> Problem:
    said = match[group]
    offset = start + match.start(group) + len(said) - len(said.lstrip())
    message = _IN_BRACKETS if said.startswith("[[") else _MESSAGE
    return problem(reading.post.shown, reading.body.mark(offset), CODE, message, " ".join(said.split()))


def _is_call(match: re.Match[str], text: str) -> bool:
    """Whether a tag of a title is more than a name."""
    if match["short"]:
        return not match["pair"] or f"[/{match['pair']}]" in text
    return _CALL.search(match[0].strip("{}%<>= \t-")) is not None


def _is_foreign(match: re.Match[str], reading: Reading, prose: str) -> bool:
    if name := match["component"]:
        used = match["empty"] or f"</{name}>" in prose
        return bool(used) and name.lower() not in _HTML
    if match["short"]:
        name = match["pair"]
        return (not name or f"[/{name}]" in prose) and re.split(r"[\s=\]]", match[0])[0] in reading.text
    if match["wiki"]:
        name = match["wiki"].strip("![]")
        if "::" in name or name.lower() in _NO_LINK or not any(map(str.isalpha, name)):
            return False
        return f"[[{' '.join(name.split())}]]" in reading.text  # not where a definition makes a link of it
    if match["curly"] and (not re.search(r"\w", said := match["curly"].strip("{}%- \t")) or said in _NO_TAG):
        return False
    start = match["curly"] or match["embedded"] or match["fence"] or match["marks"]
    return (start[:2] if start else match["module"].split()[0]) in reading.text


RULE: Rule[Reading] = Rule(code=CODE, check=check)
