"""Pair -> [Change]: which fields of a post changed, and how much of those that are too long to be shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feeder.comparison.matching import file_name
from feeder.comparison.words import measure, words
from feeder.html.excerpts import pictures_of, text_of
from feeder.records import NamedTuple
from feeder.texts.dates import format_rfc3339
from feeder.texts.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feeder.comparison.matching import Candidate, Pair
    from feeder.published.items import PublishedItem

_SHOWN_WHOLE = 120
"""Characters of a summary that a report shows before and after."""


class Change(NamedTuple):
    """One field of an item before and after, as text; ``note`` says it where both sides would be too long."""

    field: str
    old: str
    new: str
    note: str = ""


class Exchanged(NamedTuple):
    """The pictures that only the old text shows, and those that only the new one does, by their URLs."""

    gone: Sequence[str]
    added: Sequence[str]
    lost: bool
    """Whether there are fewer now. What goes with half of the text, or more, is edited and not lost."""

    def change(self, *others: str) -> Change | None:
        """Return which they are, but for those that are told elsewhere; None for none."""
        gone, added = (" ".join(url for url in urls if url not in others) for urls in (self.gone, self.added))
        return text_change("pictures in the text", gone, added)


def exchanged(pair: Pair) -> Exchanged:
    """Return what other pictures a text shows. One is known by its file's name: redesigns change the rest of its URL."""
    if pair.old.item.html == pair.new.item.html:
        return Exchanged((), (), lost=False)
    old, new = (list(dict.fromkeys(pictures_of(candidate.item.html))) for candidate in (pair.old, pair.new))
    gone, added = list(_beyond(old, new)), list(_beyond(new, old))
    return Exchanged(gone, added, len(gone) > len(added) and 2 * len(pair.new.words) >= len(pair.old.words))


def _beyond(urls: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """Yield the URLs that the others don't have, under whatever address."""
    left = Counter(file_name(url) for url in others if url not in urls)
    for url in urls:
        if url not in others:
            left[file_name(url)] -= 1
            if left[file_name(url)] < 0:
                yield url


def edits(pair: Pair, *, one_enclosure: bool) -> Iterator[Change | None]:
    """Yield what changed in the fields of a post that are told as one edit, and None for what did not.

    ``one_enclosure`` says that either feed shows the first enclosure only, as RSS does.
    """
    old, new = pair.old.item, pair.new.item
    shown = 1 if one_enclosure else None
    yield text_change("title", old.title, new.title)
    yield text_change("link", old.url, new.url)
    yield _body_change(pair.old, pair.new)
    if not (pictures := exchanged(pair)).lost:
        yield pictures.change(*((old.picture, new.picture) if old.picture != new.picture else ()))
    if old.summary and new.summary and not (_says_all(old) and _says_all(new)):
        yield _summary_change(old.summary, new.summary)
    yield text_change("authors", ", ".join(old.authors), ", ".join(new.authors))
    if new.picture:
        yield text_change("picture", old.picture, new.picture)
    if old.thumbnail and new.thumbnail and (old.thumbnail, new.thumbnail) != (old.picture, new.picture):
        yield text_change("thumbnail", old.thumbnail, new.thumbnail)
    yield text_change("enclosures", " ".join(old.enclosures[:shown]), " ".join(new.enclosures[:shown]))


def _says_all(item: PublishedItem) -> bool:
    """Whether the summary is the whole text: how both changed is told of the text then."""
    return item.summary == text_of(item.html)


def text_change(field: str, old: str, new: str) -> Change | None:
    """Return the change of a field, None where there is none."""
    return Change(field, old, new) if old != new else None


def _summary_change(old: str, new: str) -> Change | None:
    """Return a change whole, if both sides can be seen at once; else its measure, for long summaries begin alike."""
    if max(len(old), len(new)) <= _SHOWN_WHOLE or old == new:
        return text_change("summary", old, new)
    before, after = words(nfc(old)), words(nfc(new))
    return Change(
        "summary", "", "", _measured(before, after) if before != after else "same words, different punctuation"
    )


def _measured(old: Sequence[str], new: Sequence[str]) -> str:
    changed, whole = measure(old, new)
    return f"{changed} of {whole} words changed" if changed else "same words in a different order"


def _body_change(old: Candidate, new: Candidate) -> Change | None:
    if old.markup == new.markup:
        return None
    if old.words == new.words:
        note = "same words, different links, pictures, punctuation or markup"
    else:
        note = _measured(old.words, new.words)
    return Change("text", "", "", note)


def moment(date: datetime | None) -> str:
    """Return a date as reports show it, "" for none."""
    return format_rfc3339(date) if date else ""
