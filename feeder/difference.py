"""Build and Publication -> Difference: which feed is compared with which, and what comes of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.comparison.compare import Finding, Kind, Surroundings, by_name, compare, ids, name_in
from feeder.comparison.matching import file_name
from feeder.formats import FORMATS
from feeder.problems import Severity
from feeder.published.places import Names
from feeder.published.read import read_feed
from feeder.records import NamedTuple
from feeder.texts.dates import zone_named
from feeder.texts.pathnames import slug_in_path
from feeder.texts.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from feeder.model import Artifact, Feed
    from feeder.pipeline import Build
    from feeder.published.items import Publication, PublishedFeed, PublishedItem
    from feeder.settings import Settings

_NO_PICTURE = frozenset({"body-picture-missing", "picture-missing"})
"""What a build says of a post that names a picture whose file is not there."""


class Compared(NamedTuple):
    """Feeds that show the same changes: their paths, how many items each side has, what happens to subscribers."""

    paths: tuple[str, ...]
    old: int
    new: int
    findings: tuple[Finding, ...]


class Difference(NamedTuple):
    """What changes for the subscribers of each feed, when what was built takes the place of what is published."""

    against: str
    zone: tzinfo
    """The site's: in which days are told."""
    changed: tuple[Compared, ...]
    unchanged: tuple[str, ...]
    """Paths of feeds in which nothing changed that a subscriber sees."""
    added: tuple[str, ...]
    """Paths of feeds that are not published yet."""
    gone: tuple[str, ...]
    """Paths of feeds that are published, and no longer made."""
    faults: tuple[str, ...]
    """What is wrong with the published feeds themselves."""

    def counts(self) -> Counter[Kind]:
        """Return to how many posts each kind of thing happens, and how many feeds are gone.

        A post counts once, in however many feeds and formats it happens to it.
        """
        met = {_post(finding) for compared in self.changed for finding in compared.findings}
        return Counter(kind for kind, *_ in met) + Counter({Kind.GONE: len(self.gone)})

    def edited(self) -> tuple[str, ...]:
        """Return the names of all fields that changed in posts that were edited."""
        findings = (
            finding for compared in self.changed for finding in compared.findings if finding.kind is Kind.EDITED
        )
        return tuple(dict.fromkeys(change.field for finding in findings for change in finding.changes))


def difference(build: Build, settings: Settings, publication: Publication) -> Difference:
    """Return how what was built differs from what is published, feed by feed.

    Raises `feeder.problems.ConfigurationError` when a published feed cannot be read.
    """
    alone = frozenset(feed.path for feed in build.feeds if feed.path)
    lost = () if publication.whole else _lost_group(build.documents, publication, settings)
    pairs: list[tuple[Artifact, str]] = []
    if publication.whole:
        pairs = _counterparts(build.documents, publication, alone)
    elif not lost:
        pairs = _single(build.documents, publication, settings, alone)
    comparison = _Comparison(build, publication, pairs)
    for artifact, path in pairs:
        comparison.compare(artifact, path)
    made = {artifact.path for artifact in build.documents}
    met = {artifact.path for artifact, _ in pairs}
    return Difference(
        against=publication.shown,
        zone=zone_named(settings.site.timezone),
        changed=tuple(comparison.changed.values()),
        unchanged=tuple(comparison.unchanged),
        added=tuple(sorted(made - met)) if publication.whole else (),
        gone=tuple(sorted(publication.files.keys() - made)) if publication.whole else lost,
        faults=tuple(comparison.faults),
    )


class _Comparison:
    """Compares feeds with their counterparts, the site's own first, and puts those together in which the same changes."""

    def __init__(self, build: Build, publication: Publication, pairs: Iterable[tuple[Artifact, str]]) -> None:
        self.changed: dict[tuple[Finding, ...], Compared] = {}
        self.unchanged: list[str] = []
        self.faults: dict[str, None] = {}
        self._publication = publication
        self._feeds = {feed.path or feed.directory: feed for feed in build.feeds}
        self._longest = 0  # of the feeds so far: the site's own has the posts of all others
        without_file = frozenset(
            (item.path, file_name(item.got)) for item in build.problems if item.code in _NO_PICTURE and item.got
        )
        self._everywhere = Surroundings(
            posts=by_name(build.published), full=False, was_full=False, without_file=without_file, absent=_absent(build)
        )
        history = [feed for feed in build.feeds if feed.before is not None]
        self._will_be = frozenset(identity for feed in history for post in feed.posts for identity in ids(post))
        self._were = _published_ids(pairs, {feed.directory for feed in history}, publication)

    def compare(self, artifact: Artifact, path: str) -> None:
        """Compare a feed with the published one at ``path``."""
        data, whole = self._publication.files[path], self._publication.whole
        feed = self._feeds.get(artifact.path) or self._feeds.get(_directory(artifact.path))
        if data == artifact.data:
            self.unchanged.append(artifact.path)
            self._note_length(feed, len(feed.posts) if feed else 0)
            return
        shown = f"{self._publication.shown}/{path}" if whole else self._publication.shown
        published = read_feed(data, shown)
        if published.fault:
            self.faults[f"{shown} is not well-formed, and strict readers refuse it: {published.fault}"] = None
        self._note_length(feed, len(published.items))
        compared = _compared(artifact, published, self._around(feed, len(published.items)))
        if not compared.findings:
            self.unchanged.append(artifact.path)
        elif same := self.changed.get(compared.findings):
            self.changed[compared.findings] = same._replace(paths=(*same.paths, artifact.path))
        else:
            self.changed[compared.findings] = compared

    def _note_length(self, feed: Feed | None, length: int) -> None:
        if not (feed and (feed.archive or feed.path)):
            self._longest = max(self._longest, length)

    def _around(self, feed: Feed | None, published: int) -> Surroundings:
        """Return what is known around a feed that was published with so many items.

        One that is shorter than the longest had no limit to obey; but a podcast has a limit of its own, an archive none.
        """
        limit = feed.limit if feed else 0
        around = self._everywhere._replace(full=0 < limit <= (len(feed.posts) if feed else 0))
        if feed and feed.archive:
            return around._replace(were=self._were, will_be=self._will_be)
        return around._replace(was_full=published in ({limit} if feed and feed.path else {self._longest, limit}))


def _absent(build: Build) -> Mapping[str, str]:
    """Return why posts are in no feed whose files are there, by the names of these; nothing for a name that several have."""
    shown = {card.shown for card in build.published}
    found: dict[str, dict[str, str]] = {}
    for one in build.left_out:
        reason = f"{one.path} is left out: {one.reason}"
        found.setdefault(name_in(f"/{slug_in_path(one.path)}"), {})[one.path] = reason
    for item in build.problems:
        if item.severity is Severity.ERROR and item.path not in shown:
            reason = f"{item.path}:{item.line}:{item.column} has an error: {item.code}"
            found.setdefault(name_in(f"/{slug_in_path(item.path)}"), {}).setdefault(item.path, reason)
    return {name: next(iter(reasons.values())) for name, reasons in found.items() if len(reasons) == 1}


def _post(finding: Finding) -> tuple[Kind, Hashable, Hashable]:
    """Return what tells the posts of findings of one kind from each other; an item without an id is known by all it is."""
    old, new = (item and (item.id or item) for item in (finding.old, finding.new))
    return finding.kind, old or new, new or old


def _published_ids(
    counterparts: Iterable[tuple[Artifact, str]], directories: Container[str], publication: Publication
) -> frozenset[str]:
    """Return the ids of all items in the published feeds of some directories."""
    paths = {path for artifact, path in counterparts if _directory(artifact.path) in directories}
    return frozenset(item.id for path in paths for item in read_feed(publication.files[path], path).items)


def _compared(artifact: Artifact, published: PublishedFeed, surroundings: Surroundings) -> Compared:
    """Return what changes in one feed."""
    built = read_feed(artifact.data, artifact.path)
    surroundings = surroundings._replace(one_enclosure="rss" in {published.format, built.format})
    findings = [
        finding._replace(old=_in_any_format(finding.old), new=_in_any_format(finding.new))
        for finding in compare(published.items, built.items, surroundings)
    ]
    return Compared((artifact.path,), len(published.items), len(built.items), tuple(findings))


def _in_any_format(item: PublishedItem | None) -> PublishedItem | None:
    """Return an item without what only some formats tell, so that the same findings are equal in all of them."""
    return item and item._replace(picture_found=None, thumbnail="")


def _counterparts(
    artifacts: Sequence[Artifact], publication: Publication, alone: frozenset[str]
) -> list[tuple[Artifact, str]]:
    """Return each artifact with the published feed in its place, else with one of another format beside it.

    Those that are ``alone`` have no other format.
    """
    return [
        (artifact, path)
        for artifact in artifacts
        if (path := next(_candidates(artifact.path, publication, alone), None)) is not None
    ]


def _candidates(path: str, publication: Publication, alone: frozenset[str]) -> Iterator[str]:
    if path in publication.files:
        yield path
    if path not in alone:
        yield from sorted(
            other for other in publication.files if other not in alone and _directory(other) == _directory(path)
        )


def _single(
    artifacts: Sequence[Artifact], publication: Publication, settings: Settings, alone: frozenset[str]
) -> list[tuple[Artifact, str]]:
    """Return the artifact that takes the place of a single published feed.

    That is the one with its address, else with the end of it, else of its format among the site's own feeds, else the
    first of these; one of those that are ``alone`` takes no other's place.
    """
    (path, data), *_ = publication.files.items()
    published = read_feed(data, publication.shown)
    addresses = {artifact.path: settings.feeds.url + quoted_path(artifact.path) for artifact in artifacts}

    def rank(artifact: Artifact) -> tuple[bool, ...]:
        address = addresses[artifact.path]
        return (
            address not in {path, published.own_url},
            not f"/{publication.shown}".endswith(f"/{artifact.path}"),
            "/" in artifact.path or artifact.path in alone,
            artifact.media_type != FORMATS[published.format].media_type,
        )

    return [(min(artifacts, key=rank), path)] if artifacts else []


def _lost_group(artifacts: Iterable[Artifact], publication: Publication, settings: Settings) -> tuple[str, ...]:
    """Return the path of a single published feed if it is one of a group, by the site's names, and no longer made.

    What it says of its own address counts, else its URL, or where its file lies: a feed of elsewhere is no group's.
    """
    ((path, data),) = publication.files.items()
    made = {artifact.path for artifact in artifacts}
    names = Names.of(settings.feeds)
    url = read_feed(data, publication.shown).own_url or path
    if "://" in url:
        below = unquote(url.removeprefix(settings.feeds.url)) if url.startswith(settings.feeds.url) else ""
        ends = [below]
    else:
        parts = publication.shown.split("/")
        ends = ["/".join(parts[at:]) for at in range(len(parts))]
    found = [end for end in ends if "/" in end and names.is_feed(end)]
    return () if made.intersection(found) else tuple(found[:1])


def _directory(path: str) -> str:
    return path[: path.rfind("/") + 1]
