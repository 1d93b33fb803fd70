"""How much two texts differ, in words: a measure for bodies, a diff for titles. A character is a word where no spaces are."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts without spaces between words: Thai, Lao, Khmer, Japanese, Chinese."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['\u2019][^\W{_UNSPACED}]+)*")
_TOKEN = re.compile(rf"\s+|[{_UNSPACED}]|[^\s{_UNSPACED}]+")


class Segment(NamedTuple):
    """A part of a title: ``kind`` is "same", "removed" or "added"."""

    kind: str
    text: str


class Measure(NamedTuple):
    """How many words changed (were removed or added, whichever is more), of how many in the longer text."""

    changed: int
    whole: int


def words(text: str) -> list[str]:
    """Return the words of ``text``, without punctuation."""
    return _WORD.findall(text)


def measure(old: Sequence[str], new: Sequence[str]) -> Measure:
    """Return how much two lists of words differ, wherever in the text their words stand."""
    before, after = Counter(old), Counter(new)
    return Measure(max((before - after).total(), (after - before).total()), max(len(old), len(new)))


def similarity(old: Mapping[str, int], new: Mapping[str, int]) -> float:
    """Return the share of words that two texts, given as counts, have in common: 0 to 1, and 0 for no words at all."""
    few, many = sorted((old, new), key=len)
    common = sum(min(number, many.get(word, 0)) for word, number in few.items())
    whole = sum(old.values()) + sum(new.values())
    return 2 * common / whole if whole else 0.0


def word_diff(old: str, new: str) -> tuple[Segment, ...]:
    """Return how ``old`` becomes ``new``, word by word; without the added (removed) segments it is ``old`` (``new``)."""
    from difflib import SequenceMatcher

    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    segments: list[Segment] = []
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            segments.append(Segment("same", "".join(before[start:end])))
            continue
        if start < end:
            segments.append(Segment("removed", "".join(before[start:end])))
        if new_start < new_end:
            segments.append(Segment("added", "".join(after[new_start:new_end])))
    return tuple(segments)
