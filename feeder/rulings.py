"""Settings -> Rules: what normalizing needs of them, looked up once for all posts; and what a path says by these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.addresses.tokens import UnknownTokenError
from feeder.dialects import dialect
from feeder.fields.lookup import FREE, TRUE
from feeder.fields.references import Roots
from feeder.model import Author, Habits
from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.texts.dates import parse_date, zone_named
from feeder.texts.pathnames import date_in_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo

    from feeder.cascades import Bequest
    from feeder.kinds import Dialect
    from feeder.nodes import Node
    from feeder.settings import Settings


class Rules(NamedTuple):
    """What normalizing needs of the settings, looked up once for all posts."""

    dialect: Dialect
    zone: tzinfo
    roots: Roots
    language: str
    authors: tuple[Author, ...]
    permalink: str
    habits: Habits
    root: str = ""
    """The posts directory below what the generator takes for its content."""
    wants: tuple[str, ...] = ()
    """The traits that addresses are made of, beside path, slug and date."""
    branches: Mapping[str, str] = {}
    """The directories, below the content, that are sections of their own, and their slugs, or titles."""
    bequests: tuple[Bequest, ...] = ()
    """What the site says for posts that do not say it themselves, best first."""
    people: Mapping[str, Author] = {}
    """Authors by the names that posts call them."""
    labels: Mapping[str, str] = {}
    """The names of tags by the keys that posts call them; "" for one that is no category."""
    podcast: bool = False
    media: str = ""
    """Where a podcast's recordings lie, if not on the site."""


def rules_from_settings(settings: Settings, posts: str, assets: tuple[str, ...]) -> Rules:
    """Return the rules by which posts are normalized; ``posts`` and ``assets`` are the directories' absolute paths.

    Raises `ConfigurationError` for a pattern of addresses with an unknown token.
    """
    site, habits, pattern = settings.site, settings.habits, settings.posts.permalink
    spoken = dialect(site.dialect)
    if spoken.suited:
        spoken = spoken.suited(spoken, habits)
    said = habits.options.get(spoken.beside_needs, "").strip().lower()
    # A configuration that does not say it has what the generator has then: off. Without one, nobody knows.
    off = bool(spoken.beside_needs and habits.options) and said not in TRUE
    wants: Iterable[str] = ()
    if spoken.wants and not pattern:
        try:
            wants = spoken.wants(habits)
        except UnknownTokenError as error:
            told = (habits.places.get(key) for key, text in habits.permalinks.items() if text == error.pattern)
            whose = next(filter(None, told), spoken.name)
            message = f"{whose}: the permalink {error.pattern!r} {error}; set posts.permalink in feeder.yml instead"
            raise ConfigurationError(message) from error
    return Rules(
        dialect=spoken,
        zone=zone_named(site.timezone),
        roots=Roots(site.url, posts, assets, "nowhere" if off else spoken.beside, spoken.marks),
        language=site.language,
        authors=site.author,
        permalink=pattern,
        habits=habits,
        root=spoken.root(settings.posts.path, habits) if spoken.root else "",
        wants=("title",) if ":title" in pattern else tuple(sorted(wants)),
        people=_people(habits.options),
        bequests=habits.bequests,
        labels=dict.fromkeys(habits.options.get("collections", "").splitlines(), ""),
        podcast=settings.podcast is not None,
        media=(settings.podcast.media_url if settings.podcast else "") or habits.options.get("media_prefix", ""),
    )


def _people(options: Mapping[str, str]) -> dict[str, Author]:
    """Return the authors that the site's configuration has by a key, as ``authors.KEY.name``, ``email`` and ``url``."""
    keys = [option[8:-5] for option in options if option.startswith("authors.") and option.endswith(".name")]
    return {key: Author(*(options.get(f"authors.{key}.{name}", "") for name in Author._fields)) for key in keys}


def inherited_by(path: str, rules: Rules) -> Mapping[str, Node]:
    """Return what a post's front matter says where it says nothing itself, by folded key; ``table.key`` within tables."""
    if not rules.bequests:
        return {}
    from feeder.cascades import bequeathed  # few sites have any

    place = rules.dialect.place
    whole = place(path, rules.root, rules.habits) if place else f"{rules.root}/{path}".lstrip("/")
    found = bequeathed(whole, rules.bequests)
    ranks = rules.dialect.ranks
    return {key if key in ranks else key.removeprefix(f"{FREE}."): node for key, node in found.items()}


def moment(text: str, rules: Rules) -> datetime:
    """Return the moment that a date stands for, in the site's zone where it names none.

    Raises `feeder.texts.dates.BadDateError`.
    """
    clock = rules.dialect.clock
    return parse_date(clock(text) if clock else text, rules.zone)


def date_in(path: str, rules: Rules) -> str:
    """Return the date that a post's path says, "" for none."""
    dated = rules.dialect.dated
    return dated(path, rules.habits) if dated else date_in_path(path)


def address_date(published: datetime | None, rules: Rules) -> datetime | None:
    """Return a date as addresses have it: in the site's zone where the generator puts it there."""
    if published and not rules.permalink and rules.dialect.local and rules.dialect.address:
        return published.astimezone(rules.zone)
    return published


def language_in(path: str, rules: Rules) -> str:
    """Return the language that a file's name ends in, "" for none."""
    return rules.dialect.named(path, rules.habits) if rules.dialect.named else ""


def filed_in(path: str, names: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the categories of a post, those that its path gives too."""
    filed = rules.dialect.filed
    return filed(f"{rules.root}/{path}".lstrip("/"), names, rules.habits) if filed else names
