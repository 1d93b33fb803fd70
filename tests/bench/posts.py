"""Posts for benchmarks: seeded, half Markdown and half HTML, Chinese and English, 40 categories with a long tail."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .scenarios import Scenario

_WORDS = (
    "harbour feed reader entry clock morning letter window table signal paper river engine garden number story "
    "network winter copper lantern bridge market thread journey silver meadow archive summer kettle compass"
).split()
_CHARACTERS = "潮汐海岸清晨山茶风雨书信灯塔船只市场城市河流花园机器时间读者文章数字冬天夏天钟声罗盘纸张银色草地"
LENGTH = 2_500
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
_SPAN = 5_000_000
CATEGORIES = tuple(f"Topic {number}" for number in range(40))


class Post(NamedTuple):
    """What the benchmark remembers of a post."""

    number: int
    title: str
    categories: tuple[str, ...]


class Posts:
    """A directory of ``number`` posts with front matter of eight keys and bodies of some 2.5 kB, and what befalls it."""

    def __init__(self, directory: Path, number: int, seed: int = 1) -> None:
        directory.mkdir(parents=True)
        self.directory = directory
        # As it was at first: a run of deletions alone leaves fewer.
        self.number = number
        self._chance = random.Random(seed)
        # Minutes between two posts; the newest must lie in the past.
        self._step = min(37, _SPAN // number)
        self._posts = [self._write(index) for index in range(number)]

    def __len__(self) -> int:
        return len(self._posts)

    def edit(self) -> str:
        """Give the newest post another body and title, and return the title."""
        post = self._posts[-1]
        self._posts[-1] = self._write(post.number, post.categories)
        return self._posts[-1].title

    def add(self) -> str:
        """Write a post that is newer than all, and return its title."""
        # By four: it is Markdown or HTML, Chinese or English, as the newest was, so that rounds can be compared.
        self._posts.append(self._write(self._posts[-1].number + 4))
        return self._posts[-1].title

    def delete(self) -> str:
        """Delete the newest post but one, and return its title: after an edit and an addition it is the edited one.

        A category keeps a post: what becomes of a feed without posts is not what is measured.
        """
        numbers = self._numbers()
        post = next(post for post in self._posts[-2::-1] if all(numbers[name] > 1 for name in post.categories))
        self._posts.remove(post)
        self._path(post.number).unlink()
        return post.title

    def expected(self, scenario: Scenario) -> list[int]:
        """Return the number of items that each feed must have, in ascending order."""
        numbers = [len(self._posts), *(self._numbers().values() if scenario.categories else ())]
        return sorted(min(number, scenario.limit or number) for number in numbers)

    def _numbers(self) -> Counter[str]:
        return Counter(name for post in self._posts for name in post.categories)

    def _path(self, index: int) -> Path:
        return self.directory / f"{index:06}.md"

    def _write(self, index: int, categories: tuple[str, ...] = ()) -> Post:
        chance = self._chance
        chinese, markup = index % 4 < 2, index % 2 == 0
        title = _sentence(chance, 8, chinese=chinese)
        post = Post(index, title, categories or _categories(chance))
        lines = [
            "---",
            f"title: '{title}'",
            "categories:",
            *(f" - {name}" for name in post.categories),
            f"headimg: 'https://pictures.example.org/{index}_1024.jpg'",
            f"author: Author {chance.randrange(50)}",
            "comments: false",
            f"date: {_FIRST + timedelta(minutes=index * self._step):%Y-%m-%d %H:%M:%S}",
            f"thumbnail: 'https://pictures.example.org/{index}.jpg'",
            f"description: {_sentence(chance, 12, chinese=chinese)}",
            "---",
            "",
        ]
        body = _html(chance, chinese=chinese) if markup else _markdown(chance, chinese=chinese)
        self._path(index).write_text("\n".join([*lines, *body, ""]), encoding="utf-8")
        return post


def _categories(chance: random.Random) -> tuple[str, ...]:
    return tuple(sorted({CATEGORIES[min(int(chance.paretovariate(0.8)) - 1, 39)] for _ in range(2)}))


def _html(chance: random.Random, *, chinese: bool) -> Iterator[str]:
    yield "<div>"
    length = 0
    while length < LENGTH:
        text = _sentence(chance, 30, chinese=chinese)
        yield f'<p>{text}<a href="/{chance.randrange(999)}/">{_sentence(chance, 2, chinese=chinese)}</a></p>'
        length += len(text.encode()) + 40
    yield '<p><img src="/pictures/one.jpg" alt="one"></p>'
    yield "</div>"


def _markdown(chance: random.Random, *, chinese: bool) -> Iterator[str]:
    length = 0
    while length < LENGTH:
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
