"""Posts for benchmarks: seeded, half Markdown and half HTML, Chinese and English, 40 categories with a long tail."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORDS = (
    "harbour feed reader entry clock morning letter window table signal paper river engine garden number story "
    "network winter copper lantern bridge market thread journey silver meadow archive summer kettle compass"
).split()
_CHARACTERS = "潮汐海岸清晨山茶风雨书信灯塔船只市场城市河流花园机器时间读者文章数字冬天夏天钟声罗盘纸张银色草地"
_BODY = 2_500
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
CATEGORIES = tuple(f"Topic {number}" for number in range(40))


def write_posts(directory: Path, number: int, seed: int = 1) -> None:
    """Write ``number`` posts with front matter of eight keys and bodies of some 2.5 kB below ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    for index in range(number):
        (directory / f"{index:06}.md").write_text(_post(index, chance), encoding="utf-8")


def _post(index: int, chance: random.Random) -> str:
    chinese, markup = index % 4 < 2, index % 2 == 0
    date = _FIRST + timedelta(minutes=index * 37 % 5_000_000)
    categories = sorted({CATEGORIES[min(int(chance.paretovariate(0.8)) - 1, 39)] for _ in range(2)})
    lines = [
        "---",
        f"title: '{_sentence(chance, 8, chinese=chinese)}'",
        "categories:",
        *(f" - {name}" for name in categories),
        f"headimg: 'https://pictures.example.org/{index}_1024.jpg'",
        f"author: Author {chance.randrange(50)}",
        "comments: false",
        f"date: {date:%Y-%m-%d %H:%M:%S}",
        f"thumbnail: 'https://pictures.example.org/{index}.jpg'",
        f"description: {_sentence(chance, 12, chinese=chinese)}",
        "---",
        "",
    ]
    return "\n".join([*lines, *(_html(chance, chinese=chinese) if markup else _markdown(chance, chinese=chinese)), ""])


def _html(chance: random.Random, *, chinese: bool) -> Iterator[str]:
    yield "<div>"
    length = 0
    while length < _BODY:
        text = _sentence(chance, 30, chinese=chinese)
        yield f'<p>{text}<a href="/{chance.randrange(999)}/">{_sentence(chance, 2, chinese=chinese)}</a></p>'
        length += len(text.encode()) + 40
    yield '<p><img src="/pictures/one.jpg" alt="one"></p>'
    yield "</div>"


def _markdown(chance: random.Random, *, chinese: bool) -> Iterator[str]:
    length = 0
    while length < _BODY:
        text = _sentence(chance, 30, chinese=chinese)
        strong = _sentence(chance, 2, chinese=chinese)
        line = f"{text} **{strong}** [link](../{chance.randrange(999)}/) `code`."
        yield from (f"## {_sentence(chance, 3, chinese=chinese)}", "", line, "", "- one", "- two", "")
        length += len(text.encode()) + 80
    yield from ("```python", "for entry in feed:", "    print(entry)", "```", "", "![one](/pictures/one.jpg)")


def _sentence(chance: random.Random, words: int, *, chinese: bool) -> str:
    if chinese:
        return "".join(chance.choices(_CHARACTERS, k=words * 2))
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()
