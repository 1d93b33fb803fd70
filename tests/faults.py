"""A site of many sound posts, and faults put into some of them: what `feeder check` must find, and where.

No line of feeder is used here: a fault's place is where its text stands in the file.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://site.example/"
CONFIG = """\
site:
  url: https://site.example/
  title: Faults
  language: en
posts:
  permalink: /:year/:slug/
"""
_TOPICS = ("Tea", "Harbours", "C++", "Open Source", "Café")


class Text(NamedTuple):
    """A post: lines of front matter, and its body."""

    number: int
    front: dict[str, str]
    body: list[str]

    def __str__(self) -> str:
        head = "\n".join(f"{key}: {value}" for key, value in self.front.items() if value)
        return f"---\n{head}\n---\n" + "\n\n".join(self.body) + "\n"


class Found(NamedTuple):
    """What must be found: the code, at the first character of a text that the post has once."""

    code: str
    text: str
    skip: int = 0
    """Characters of the text before the place itself."""


Fault = Callable[[Text], tuple[Text, Found]]


def slug(number: int) -> str:
    return f"note-{number:05d}-{random.Random(number).getrandbits(40):010x}"


def name(number: int) -> str:
    return f"{2020 + number % 5}/{slug(number)}.md"


def url(number: int) -> str:
    return f"/{2020 + number % 5}/{slug(number)}/"


def sound(number: int) -> Text:
    """Return a post in which nothing is wrong, though much of it looks like it. It links to one that stays sound."""
    other = number // 10 * 10
    year, day = 2020 + number % 5, 1 + number % 28
    front = {
        "title": f"Note {number}, use <T> & R&D",
        "date": f"{year}-{1 + number % 12:02d}-{day:02d} {number % 24:02d}:{number % 60:02d}:00 +01:00",
        "description": f"What there is to say of number {number}.",
        "image": "/cover.png",
        "categories": f"[{_TOPICS[number % 5]}]",
        "layout": "post",
        "images": "[]",
    }
    body = [
        f"The first paragraph of {number}, with a [link]({url(other)}#the-harbour) and [another](/about/).",
        f"## The harbour\n\nAs [above](#the-harbour), ![The harbour](/cover.png) and `{{{{ code }}}}` in [`code`]({url(other)}).",
        "```jinja\n{% for post in posts %}![](nowhere.png) http://site.example/ &amp;nbsp;{% endfor %}\n```",
        "- an item\n\n    that goes on with [a link](https://other.example/#there)\n- another",
        "A code block:\n\n    {{ indented }} ![](gone.png) <Tabs />",
        '<p>Raw <img src="/cover.png" alt=""> and <a href="/2020/">a year</a>.</p>',
        "Ein Spaß“ and CAFÉ… are fine, AT&amp;T too.[^1]\n\n[^1]: A note.",
    ]
    return Text(number, front, body)


def _front(key: str, value: str, code: str, *, at_key: bool = False, skip: int = 0) -> Fault:
    def fault(post: Text) -> tuple[Text, Found]:
        where = 1 if at_key else len(f"\n{key}: ") + skip
        return post._replace(front={**post.front, key: value}), Found(code, f"\n{key}: ", where)

    return fault


def _without(key: str, code: str, at: str = "") -> Fault:
    def fault(post: Text) -> tuple[Text, Found]:
        front = {old: text for old, text in post.front.items() if old != key}
        return post._replace(front=front), Found(code, at or "---\n", len(at))

    return fault


def _body(line: str, code: str, mark: str) -> Fault:
    """Return a fault that is a line of the body; ``mark`` is where, within it."""

    def fault(post: Text) -> tuple[Text, Found]:
        at = 1 + post.number % len(post.body)
        return post._replace(body=[*post.body[:at], line, *post.body[at:]]), Found(code, line, line.index(mark))

    return fault


def _no_title(post: Text) -> tuple[Text, Found]:
    front = {old: text for old, text in post.front.items() if old != "title"}
    return post._replace(front=front, body=[line for line in post.body if "##" not in line]), Found(
        "missing-title", "---\n"
    )


FAULTS: dict[str, Fault] = {
    "month first": _front("date", "01/31/2024", "bad-date"),
    "ambiguous order": _front("date", "03/04/2024", "bad-date"),
    "no such day": _front("date", "2023-02-29", "bad-date"),
    "base 60": _front("tags", "12:30:00", "yaml-value"),
    "yaml's no": _front("title", "no", "yaml-value"),
    "no zone": _front("date", "2024-03-01 18:30", "date-without-zone"),
    "no date": _without("date", "missing-date"),
    "duplicate key": _front("Title", "Again", "duplicate-key", at_key=True),
    "broken front matter": _front("summary2", '"open', "front-matter-syntax"),
    "tag": _front("extra", "!!python/object:os.system x", "yaml-tag"),
    "before 1990": _front("date", "1924-01-31", "implausible-date"),
    "far future": _front("date", "2042-01-31", "far-future"),
    "updated before": _front("updated", "2001-01-01", "updated-before-published"),
    "updated in future": _front("updated", "2035-01-01", "updated-in-future"),
    "no title": _no_title,
    "no summary": _without("description", "missing-summary", "\ntitle: "),
    "misspelled key": _front("sumary", "Lost.", "unknown-key", at_key=True),
    "another misspelled key": _front("thumbnial", "x.png", "unknown-key", at_key=True),
    "picture gone": _front("image", "/gone.png", "picture-missing"),
    "picture small": _front("image", "/small.png", "picture-small"),
    "picture kind": _front("image", "/logo.svg", "picture-kind"),
    "long title": _front("title", "A very " * 30 + "long title", "title-long"),
    "shouting": _front("title", "ALL YOU EVER NEED IS TEA", "title-shouting"),
    "markup in title": _front("title", "All about **tea** at last", "title-markup"),
    "title ends in a tag": _front("title", "All about tea</b>", "title-markup"),
    "other accents": _front("categories", "[Cafe]", "category-spelling", skip=1),
    "other case": _front("categories", "[open-source]", "category-spelling", skip=1),
    "id no uri": _front("id", "tea", "id-not-uri"),
    "bad language": _front("lang", "English please", "bad-language"),
    "wrong type": _front("description", "[a, b]", "wrong-type"),
    "no alt": _body("Look: ![](/cover.png) there.", "missing-alt", "![]"),
    "no alt in HTML": _body('<p>Look: <img class="x" src="/cover.png"> there.</p>', "missing-alt", "<img"),
    "body picture gone": _body("Look: ![gone](/gone-too.png) there.", "body-picture-missing", "/gone-too"),
    "link to source": _body("See [that](../2021/nothing-here.md) post.", "broken-link", "../2021"),
    "link beside posts": _body("See [that](/2021/nothing-like-this-one/) post.", "broken-link", "/2021"),
    "broken fragment": _body("See [below](#no-such-heading).", "broken-fragment", "#no"),
    "http": _body("See [us](http://site.example/about/).", "insecure-link", "http"),
    "liquid": _body("{% include tea.html %} is here.", "foreign-tag", "{%"),
    "hugo": _body('Here: {{< figure src="tea.jpg" >}}', "foreign-tag", "{{<"),
    "mustache": _body("The site is {{ site.title }}.", "foreign-tag", "{{"),
    "fence": _body(":::note\nMind the gap.\n:::", "foreign-tag", ":::"),
    "mdx": _body("import Tabs from '@theme/Tabs'", "foreign-tag", "import"),
    "component": _body('Here <YouTube id="x" /> it is.', "foreign-tag", "<You"),
    "mojibake": _body("A cafÃ© by the sea.", "mojibake", "Ã©"),
    "quotes garbled": _body("Itâ€™s tea.", "mojibake", "â€™"),
    "lost character": _body("A caf\ufffd by the sea.", "mojibake", "\ufffd"),
    "tag in title": _front("title", "All of {{ site.title }} at last", "foreign-tag", skip=7),
    "entity in title": _front("title", "Tea &amp;amp; milk", "visible-entity", skip=4),
    "emphasis in title": _front("title", "Tea at _last_", "title-markup"),
    "wordpress": _body("Here: [gallery ids='1,2'] it is.", "foreign-tag", "[gallery"),
    "wiki": _body("See [[another-page]] too.", "foreign-tag", "[["),
    "erb": _body("The site is <%= site.title %>.", "foreign-tag", "<%"),
    "escaped twice": _body("Tea&amp;nbsp;time.", "visible-entity", "&amp;"),
    "reference": _body("See [the quay][keys].", "undefined-reference", "["),
    "slug outside": _front("slug", "../..", "bad-slug"),
    "script": _front("url", "javascript:alert(1)", "bad-url"),
    "title of a kind": _front("title", "{a: b}", "wrong-type"),
    "id of a kind": _front("id", "[a, b]", "wrong-type"),
    "no such expiry": _front("expires", "2023-02-29", "bad-date"),
    "no such update": _front("updated", "2023-02-29", "bad-date"),
    "base 60 for a date": _front("date", "12:30:00", "bad-date"),
    "no address": _front("author", "{name: A, email: nope}", "bad-email", skip=17),
    "enclosure gone": _front("enclosure", "gone.mp3", "enclosure-missing"),
    "picture of a script": _front("thumbnail", "javascript:x", "bad-url"),
    "misspelled flag": _front("draft", "fales", "wrong-type"),
    "misspelled rule": _body("<!-- feeder: off missing-sumary -->", "unknown-rule", "missing-sumary"),
}  # fmt: skip


class Expected(NamedTuple):
    path: str
    line: int
    column: int
    code: str


def write_frame(directory: Path) -> None:
    """Write what a site has beside its posts."""
    (directory / "static").mkdir(parents=True)
    (directory / "feeder.yml").write_text(CONFIG, encoding="utf-8")
    Image.new("RGB", (1200, 630)).save(directory / "static" / "cover.png")
    Image.new("RGB", (32, 32)).save(directory / "static" / "small.png")
    (directory / "static" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")


def write_post(directory: Path, post: Text, *found: Found) -> list[Expected]:
    """Write one post; return what must be found in it."""
    text = str(post)
    path = directory / "posts" / name(post.number)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    offsets = [text.index(fault.text) + fault.skip for fault in found]
    return [
        Expected(
            f"posts/{name(post.number)}",
            text.count("\n", 0, offset) + 1,
            offset - text.rfind("\n", 0, offset),
            fault.code,
        )
        for fault, offset in zip(found, offsets, strict=True)
    ]


def write_site(directory: Path, posts: int, faults: int, seed: int = 1) -> list[Expected]:
    """Write a site with as many posts, as many of them at fault, all kinds alike; return what must be found, sorted."""
    write_frame(directory)
    kinds = list(FAULTS.values())
    # In posts that nobody links to, so that each fault is found once.
    chosen = random.Random(seed).sample([number for number in range(posts) if number % 10], faults)
    at_fault = {number: kinds[at % len(kinds)] for at, number in enumerate(chosen)}
    expected: list[Expected] = []
    for number in range(posts):
        post, found = at_fault[number](sound(number)) if number in at_fault else (sound(number), None)
        expected += write_post(directory, post, *([found] if found else []))
    return sorted(expected)


def changed(fault: Fault) -> set[str]:
    """Return the keys that a fault changes."""
    before, after = sound(1).front, fault(sound(1))[0].front
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def write_pairs(directory: Path, hiders: dict[str, Fault], idle: set[tuple[str, str]]) -> list[Expected]:
    """Write a site whose posts have two faults each, one of the ``hiders`` and any other; return what must be found, sorted.

    Those that change one key are no pairs, nor those that ``idle`` names: one of them is no fault beside the other.
    """
    write_frame(directory)
    expected: list[Expected] = []
    number = 0
    for hider, first in hiders.items():
        for other, second in {**FAULTS, **hiders}.items():
            if changed(first) & changed(second) or {(hider, other), (other, hider)} & idle:
                continue
            number += 1
            if number % 10 == 0:  # as `sound` links to it
                write_post(directory, sound(number))
                number += 1
            post, found = first(sound(number))
            post, also = second(post)
            expected += write_post(directory, post, found, also)
    write_post(directory, sound(0))
    write_post(directory, sound(number // 10 * 10))
    return sorted(expected)
