"""Names of categories and tags -> categories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.model import Category
from feeder.texts.plaintext import nfc, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def categories_from_names(names: Iterable[str], kind: str) -> tuple[Category, ...]:
    """Return categories of a kind, each once; the first spelling wins."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(Category(name=name, kind=kind) for name in found.values())


def names_in_text(text: str) -> Iterator[str]:
    """Yield the names in a comma list."""
    return filter(None, (nfc(without_markup(part)) for part in re.split("[,\uff0c]", text)))


def categories_of(names: tuple[str, ...], kind: str) -> tuple[Category, ...]:
    """Return categories of a kind.

    A comma separates within a name too: FreshRSS and Thunderbird split categories there whatever the feed says.
    """
    return categories_from_names((part for name in names for part in names_in_text(name)), kind)
