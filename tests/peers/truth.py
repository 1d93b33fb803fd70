"""The truth of a site: the items that its generator makes, as they are kept beside it in ``expected-items.json``."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

import feeder

from . import PEERS
from .contract import Item, items_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.pipeline import Build

    from .contract import Peer

CASES = Path(__file__).parents[1] / "cases"
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
"""When feeder builds the sites. A feed never holds a post of the future, which some generators publish."""
_KEPT = "expected-items.json"
_LINK = re.compile(r'<a href="([^"]*)"')


class Kept(NamedTuple):
    """What is kept of a site: the generator that made it, and its items without bodies."""

    made_by: str
    items: list[Item]


class Difference(NamedTuple):
    """One thing that two sides say differently of one item; "-" where a side has no such item."""

    site: str
    item: str
    what: str
    theirs: str
    ours: str


def sites(names: Iterable[str] = PEERS) -> list[Path]:
    """Return the sites of some generators."""
    return [path for path in sorted(CASES.iterdir()) if path.is_dir() and path.name.partition("-")[0] in {*names}]


def peer_of(site: Path) -> Peer:
    """Return the generator that a site is written for."""
    return PEERS[site.name.partition("-")[0]]


def made(site: Path) -> Kept:
    """Return what a site's generator makes of it now. Raises `peers.contract.NotBuiltError`."""
    peer = peer_of(site)
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory).resolve() / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("expected*"))
        return Kept(f"{peer.name} {peer.version()}", [_plain(item, site) for item in peer.items(copy)])


def kept(site: Path) -> Kept:
    """Return what the site's generator made of it when it was asked last."""
    found = json.loads((site / _KEPT).read_text(encoding="utf-8"))
    return Kept(found["made_by"], items_from_json(found["items"]))


def keep(site: Path, found: Kept) -> None:
    """Keep what a generator made, an item a line."""
    lines = ",\n".join("    " + json.dumps(_shown(item), ensure_ascii=False) for item in found.items)
    text = f'{{\n  "made_by": {json.dumps(found.made_by)},\n  "items": [\n{lines}\n  ]\n}}\n'
    (site / _KEPT).write_text(text, encoding="utf-8")


def ours(site: Path) -> list[Item]:
    """Return the items of the JSON feed that feeder makes of a site, with all posts in it."""
    build = feeder.build(now=NOW, directory=site, formats=["json"], limit=0)
    return [_item(item, site) for item in _json(build)]


def bodies(build: Build) -> list[str]:
    """Return the HTML of each item of a build's main JSON feed."""
    return [item["content_html"] for item in _json(build) if "content_html" in item]


def _json(build: Build) -> list[dict[str, Any]]:
    (feed,) = (item.data for item in build.artifacts if item.path == "feed.json")
    found: list[dict[str, Any]] = json.loads(feed)["items"]
    return found


def differences(site: str, theirs: Iterable[Item], others: Iterable[Item]) -> Iterator[Difference]:
    """Yield what is different between two sides' items, those that only one has included.

    Items are the same by their links, else by their titles; pages without a date are none. Categories and tags are one set, as they are in a feed.
    A title that a generator does not have (Hugo's and Hexo's, of a post without one) is not compared.
    """
    pairs, missing, more = _paired(filter(_counts, theirs), filter(_counts, others))
    yield from (Difference(site, item.path or item.link, "item", item.link, "-") for item in missing)
    yield from (Difference(site, item.link, "item", "-", item.link) for item in more)
    for one, other in pairs:
        for what, said, heard in (
            ("link", one.link, other.link),
            ("title", one.title or other.title, other.title),
            ("date", one.date, other.date),
            ("categories", _names(one), _names(other)),
            ("links", " ".join(one.links), " ".join(other.links)),
        ):
            if said != heard:
                yield Difference(site, one.path or one.link, what, said, heard)


def _paired(theirs: Iterable[Item], others: Iterable[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Return the items that both sides have, and those that only one has."""
    missing, more = list(theirs), list(others)
    pairs: list[tuple[Item, Item]] = []
    for key in (attrgetter("link"), attrgetter("title")):
        left = {key(item): item for item in more}
        both = [(item, left.pop(key(item))) for item in missing if key(item) in left]
        missing = [item for item in missing if item not in [one for one, _ in both]]
        more = [item for item in more if item not in [other for _, other in both]]
        pairs += both
    return pairs, missing, more


def _counts(item: Item) -> bool:
    """Whether an item is one that a feed may hold: it has a date, and that has come."""
    return bool(item.date) and _moment(item.date) <= NOW


def _names(item: Item) -> str:
    return ", ".join(sorted({*item.categories, *item.tags}))


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _plain(item: Item, site: Path) -> Item:
    date = _moment(item.date).astimezone(UTC).replace(microsecond=0).isoformat() if item.date else ""
    links = tuple(urljoin(item.link, link) for link in _LINK.findall(item.html)) if site.name.endswith("-links") else ()
    return item._replace(date=date.replace("+00:00", "Z"), html="", links=links)


def _shown(item: Item) -> dict[str, Any]:
    return {name: value for name, value in item._asdict().items() if value or name not in {"html", "links"}}


def _item(found: dict[str, Any], site: Path) -> Item:
    tags = tuple(found.get("tags", ()))
    html = found.get("content_html", "")
    return _plain(Item("", found["title"], found["url"], found["date_published"], (), tags, html), site)
