"""Bytes -> Card, or Post, at a glance: the posts that are plain and certainly sound, which nearly all are.

It reads what `frontmatter` and `normalize` read, with their own functions where a field takes thought, and gives up on
anything that could be a problem, or is out of the ordinary; these take over then, and say what is wrong. That both
give one card, and one post, is a property test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.fields.filing import labelled
from feeder.fields.lookup import TRUE
from feeder.fields.protection import TAGS
from feeder.fields.references import RENAMED, SWITCHES, located
from feeder.fields.titles import summary_from_text, title_from_text
from feeder.harmless import (
    HARMLESS,
    DoubtError,
    Said,
    author_of,
    authors_of,
    kept_categories,
    language_of,
    listed_of,
    names_of,
    said_of,
    text_of,
)
from feeder.kinds import Traits
from feeder.model import Card, Post, Reference
from feeder.nodes import Scalar
from feeder.permalinks import address
from feeder.problems import START
from feeder.rulings import address_date, date_in, filed_in, inherited_by, language_in, moment
from feeder.texts import urls
from feeder.texts.dates import other_reading
from feeder.texts.fieldnames import EPISODE, folded_key
from feeder.texts.mediatypes import media_type_of
from feeder.texts.plaintext import clean, is_clean, nfc
from feeder.texts.postnames import DRAFT_DIRECTORY, is_restructured
from feeder.trees import plainyaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from feeder.model import Author
    from feeder.rulings import Rules

_FILED = frozenset({"categories", "tags"})

Look = tuple[bytes, str, str]
"""What a file holds, its path below the posts directory, and how messages name it."""


class Glance:
    """Reads posts by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        # Fields that make more of a post than a card can tell at a glance.
        telling = {"enclosures": rules.podcast, "tags": TAGS in rules.habits.options}
        self._doubtful = {*EPISODE, *filter(telling.get, telling)}
        self._fields = rules.dialect.ranks
        self._folded: dict[str, str] = {}
        self._slips: dict[str, str] = {}
        self._names: tuple[str, ...] = ()

    def card(self, data: bytes, path: str, shown: str) -> Card | None:
        """Return the one of `cards`."""
        return self.cards([(data, path, shown)])[0]

    def cards(self, looks: Sequence[Look]) -> list[Card | None]:
        """Return the card of each post that has no problem; None for one that takes a closer look.

        All are taken apart before the first is judged: done by turns, either would have to be brought back into the
        processor's memory.
        """
        found: list[Card | None] = []
        for given, (_, path, shown) in zip([self._given_in(data, path) for data, path, _ in looks], looks, strict=True):
            try:
                found.append(None if given is None else self._card(given, path, shown))
            except (DoubtError, ValueError):  # of dates, addresses and text
                found.append(None)
        return found

    def _given_in(self, data: bytes, path: str) -> dict[str, Said] | None:
        """Return what a file's front matter says, None where that takes a closer look."""
        try:
            return None if DRAFT_DIRECTORY.match(path) else self._parted(data, path)[0]
        except (DoubtError, ValueError):
            return None

    def post(self, data: bytes, card: Card, *, same: bool = False) -> tuple[Post, str] | None:
        """Return the post with this card, without the places of its fields, and its body; None as `card` does.

        ``same`` says that the card is known to be that of these bytes: it is not made again to see.
        """
        try:
            given, body = self._parted(data, card.path)
            if not same and self._card(given, card.path, card.shown)._replace(updated=card.updated) != card:
                return None  # it changed since
            return self._post(given, card), clean(body)
        except (DoubtError, ValueError):
            return None

    def _parted(self, data: bytes, path: str) -> tuple[dict[str, Said], str]:
        """Return what a file's front matter says, and its body. Raises `DoubtError`, or `UnicodeDecodeError`."""
        text = data.decode()
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        if self._rules.dialect.headers == "lines" and (found := self._in_headers(text, path)):
            return found
        if is_restructured(path):
            raise DoubtError
        end = text.find("\n---\n", 3)
        if end < 0 or not text.startswith("---\n"):
            raise DoubtError
        return self._given(text[4:end], path), text[end + 5 :]

    def _given(self, head: str, path: str) -> dict[str, Said]:
        """Return what the front matter says, by the name of the field. Raises `DoubtError`."""
        lines = plainyaml.lines(head) if is_clean(head) else None
        if lines is None:
            raise DoubtError
        folded, value = self._folded, plainyaml.value
        said: dict[str, Said | None] = {}
        key = indent = ""
        for name, _, text, dash, _, item in lines:
            if name:
                key = folded.get(name) or folded.setdefault(name, folded_key(name))
                if key in said or name[0] == " " or name in plainyaml.NULLS:
                    raise DoubtError
                said[key] = (value(text) if text[0] != "[" else listed_of(text)) if text else ""
                indent = "" if text else "?"
            elif item:
                one = value(item)
                if one is None or indent not in {"?", dash}:
                    raise DoubtError
                said[key] = (*(said[key] or ()), one)
                indent = dash
        return self._with_inherited(said, path)

    def _with_inherited(self, own: Mapping[str, Said | None], path: str) -> dict[str, Said]:
        """Return what the keys of the front matter give, and what the post has by default. Raises `DoubtError`."""
        given = self._fields_of(own)
        dialect, more = self._rules.dialect, dict[str, Said | None]()
        for key, node in inherited_by(path, self._rules).items() if self._rules.bequests else ():
            field = self._fields[key][0] if key in self._fields else ""
            blank = not dialect.inherits_by_key and not given.get(field)
            if (key in own and not blank) or field in given:
                if key in dialect.added or field in dialect.every:
                    raise DoubtError
            elif field or key in dialect.tables:
                more[key] = said_of(node)
        return given | self._fields_of(more)

    def _in_headers(self, text: str, path: str) -> tuple[dict[str, Said], str] | None:
        """Return what headers say, by the name of the field, and the body; None for YAML. Raises `DoubtError`."""
        from feeder.headers import headers, within_fences  # one dialect has these

        fenced = text.startswith("---")
        found = within_fences(text, path) if fenced else headers(text, path)
        if found is None and fenced:
            return None
        if found is None or found.repeated or not is_clean(text[: found.start]):
            raise DoubtError
        said = {key: node.text for key, node in found.fields.items() if isinstance(node, Scalar)}
        return self._with_inherited(said, path), text[found.start : found.end]

    def _fields_of(self, said: Mapping[str, Said | None]) -> dict[str, Said]:
        """Return what the keys say by the name of the field, without what is blank. Raises `DoubtError`."""
        given: dict[str, Said] = {}
        several = self._rules.dialect.several
        for key, text in said.items():
            if text is None:
                raise DoubtError
            known = self._fields.get(key)
            if known and (isinstance(text, tuple) or text.strip()):
                field = known[0]
                harmless = HARMLESS.get(field)
                if field in given or field in self._doubtful or (harmless and not harmless(text)):
                    raise DoubtError
                given[field] = self._split(key, text) if field in _FILED or key in several else text
            elif not known and (self._slips[key] if key in self._slips else self._slip(key)):
                raise DoubtError
        return given

    def _slip(self, key: str) -> str:
        """Return the name of which a key that nobody knows is a slip, "" for none."""
        from feeder.rules import unknown_key  # most posts have known keys only

        self._names = self._names or unknown_key.names_of(self._rules.dialect)
        found = self._slips[key] = unknown_key.meant(key, self._names)
        return found

    def _split(self, key: str, said: Said) -> tuple[str, ...]:
        """Return the names of categories or tags that a key gives."""
        if isinstance(said, tuple):
            return tuple(filter(str.strip, said))
        split = self._rules.dialect.split
        return tuple([name.strip() for name in (split(key, said) if split else (said,)) if name.strip()])

    def _card(self, given: Mapping[str, Said], path: str, shown: str) -> Card:
        rules = self._rules
        dated = given.get("published") or date_in(path, rules)
        if not dated:
            raise DoubtError
        published = self._date(dated)
        updated = self._date(given["updated"]) if "updated" in given else published
        if updated < published:
            raise DoubtError
        filed = filed_in(path, tuple(given.get("categories", ())), rules)
        language = text_of(given["language"]) if "language" in given else language_in(path, rules)
        authors = names_of(self._people(given))
        traits = Traits(
            path,
            rules.root,
            address_date(published, rules),
            self._title(given, path) if "title" in rules.wants else "",
            text_of(given.get("slug", "")),
            filed if "categories" in rules.wants else (),
            authors[0] if authors else "",
            language if "language" in rules.wants else "",
            text_of(given.get("id", "")),
            rules.branches,
        )
        text = nfc(text_of(given["url"])) if "url" in given else ""
        url = address(text, traits, rules)
        return Card(
            path,
            shown,
            text_of(given["id"]).strip() if "id" in given else url,
            url,
            published,
            updated,
            self._date(given["expires"]) if "expires" in given else None,
            language_of(language) if language else rules.language,
            authors,
            kept_categories(filed, labelled(tuple(given.get("tags", ())), rules.labels)),
        )

    def _post(self, given: Mapping[str, Said], card: Card) -> Post:
        title = title_from_text(text_of(given.get("title", "")), card.path, self._rules.habits)
        if not title:
            raise DoubtError
        image, thumbnail = (next(self._references(given, name, card), None) for name in ("image", "thumbnail"))
        comments = given.get("comments", "")
        return Post(
            card.path,
            card.shown,
            card.id,
            card.url,
            title,
            card.published,
            card.updated,
            card.language,
            self._people(given),
            card.categories,
            image or thumbnail,
            thumbnail or image,
            tuple({item.url: item for item in self._references(given, "enclosures", card)}.values()),
            summary_from_text(text_of(given.get("summary", "")), card.path, self._rules.dialect),
            f"{card.url.partition('#')[0]}#comments" if text_of(comments).strip().lower() in TRUE else "",
            card.expires,
        )

    def _references(self, given: Mapping[str, Said], field: str, card: Card) -> Iterator[Reference]:
        """Yield what a field with names of files refers to."""
        said = given.get(field, ())
        for text in (said,) if isinstance(said, str) else said:
            if text.lower() in SWITCHES:
                continue
            found = (text, "") if urls.is_canonical(text) else located(text, card.path, card.url, self._rules.roots)
            if not found or found is RENAMED:
                raise DoubtError
            yield Reference(*found, START, type=media_type_of(found[0]))

    def _title(self, given: Mapping[str, Said], path: str) -> str:
        """Return the title that an address is made of: what readers see in feeder's own pattern, else what is written."""
        title = text_of(given.get("title", ""))
        if self._rules.permalink and not (title := title_from_text(title, path, self._rules.habits)):
            raise DoubtError
        return title

    def _people(self, given: Mapping[str, Said]) -> tuple[Author, ...]:
        """Return the authors whom a post names, else the site's."""
        said = given.get("authors", ())
        texts = (said,) if isinstance(said, str) else said
        known = self._rules.people
        if known and any(text.strip() in known for text in texts):
            return tuple(dict.fromkeys(known.get(text.strip()) or author_of(text) for text in texts))
        return authors_of(texts) or self._rules.authors

    def _date(self, text: Said) -> datetime:
        said = text_of(text)
        if other_reading(said, read := moment(said, self._rules), self._rules.zone):
            raise DoubtError
        return read
