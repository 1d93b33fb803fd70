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
    meaning="A tag in a body (`{% %}`, `{{< >}}`, `{{ }}`, `:::`, MDX) that the site's own generator does not have: nothing replaces it.",
    why="Subscribers read the tag itself, and what it would have made of it (a picture, a link, a note) is not there.",
    mend="Write in Markdown or HTML what the tag stands for; if the text is about tags, put it into code.",
    example="{% youtube dQw4w9WgXcQ %}\n--\n[The video](https://www.youtube.com/watch?v=dQw4w9WgXcQ)",
)
_TAGS = re.compile(
    r"(?P<curly>\{%[^\n]{0,500}?%\}|\{\{[^\n]{1,500}?\}\})"
    r"|^[ \t]*(?P<fence>:::+)[ \t]*\{?\.?[a-zA-Z][^\n]*$"
    r"|^(?P<module>import\s+(?:[\w{*][^\n]*\sfrom\s+)?[\"'][^\"'\n]+[\"'];?|export\s+(?:const|default|let|function)\s[^\n]*)$"
    r"|<(?P<component>[A-Z][\w.]*)(?:\s[^<>]*?)?(?P<empty>/?)>"
    r"|(?P<wiki>!\[\[[^\[\]\n]+\]\])",
    re.MULTILINE,
)
_HANDLED = {
    "liquid": "curly", "nunjucks": "curly", "mdx": "module component", "admonitions": "fence",
}  # fmt: skip
"""What of bodies is translated for a dialect -> the groups of `_TAGS` that are then no tags of another generator."""
_HTML = frozenset(name.lower() for name in (*TAGS, *BLOCKS, *DROPPED))


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each tag, in running text only."""
    prose = reading.body.prose
    handled = " ".join(_HANDLED.get(name, "") for name in reading.body.spoken.syntaxes).split()
    for match in _TAGS.finditer(prose):
        if any(match[group] for group in handled) or (
            "shortcodes" in reading.body.spoken.syntaxes and (match["curly"] or "").startswith(("{{<", "{{%"))
        ):
            continue
        if _is_foreign(match, reading, prose):
            message = "a tag of another generator; feeder does not run it, and readers will see it or miss it"
            offset = match.start() + len(match[0]) - len(match[0].lstrip())
            got = " ".join(match[0].split())
            yield problem(reading.post.shown, reading.body.mark(offset), CODE, message, got)


def _is_foreign(match: re.Match[str], reading: Reading, prose: str) -> bool:
    if name := match["component"]:
        used = match["empty"] or f"</{name}>" in prose
        return bool(used) and name.lower() not in _HTML
    start = match["curly"] or match["fence"] or match["wiki"]
    return (start[:2] if start else match["module"].split()[0]) in reading.text


RULE: Rule[Reading] = Rule(code=CODE, check=check)
