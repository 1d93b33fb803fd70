"""Of `assemble`: published Cards -> groups, each with the directory that its feed has for good."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feeder.archives import directory, is_archive
from feeder.feedpatterns import filled
from feeder.formats import FORMATS
from feeder.records import NamedTuple
from feeder.settings import Group
from feeder.texts.pathnames import section_in_path
from feeder.texts.plaintext import folded, nfc
from feeder.texts.slugs import distinct_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from feeder.model import Card
    from feeder.settings import Feeds


class Grouping(NamedTuple):
    """A kind of feeds beside the site's: the setting of this ``name``, and a post's groups in it."""

    name: str
    groups: Callable[[Card], Iterable[str]]


GROUPINGS = (
    Grouping("categories", lambda post: (item.name for item in post.categories if item.kind == "category")),
    Grouping("tags", lambda post: (item.name for item in post.categories if item.kind == "tag")),
    Grouping("authors", lambda post: post.authors),
    Grouping("languages", lambda post: (post.language,)),
    Grouping("sections", lambda post: filter(None, [section_in_path(post.path)])),
)


_Key = tuple[str, str]
"""The kind of a group, and its folded name."""


class Grouped(NamedTuple):
    """A group that has a feed: of which ``kind``, where, its posts, newest first, and how many of them it shows."""

    kind: str
    directory: str
    title: str
    posts: Sequence[Card]
    limit: int


def grouped(posts: Sequence[Card], feeds: Feeds, site: str) -> Iterator[Grouped]:
    """Yield each group that has a feed, kind by kind and by slug. ``posts`` come newest first, ``site`` is its title.

    A group keeps its directory, whatever groups come later, of whichever kind: the older has the better claim, whether
    or not it has posts enough for a feed.
    """
    plans = [(item, plan) for item in GROUPINGS if (plan := _plan(item.name, feeds))]
    if not plans:
        return
    groups: dict[_Key, list[Card]] = {}
    spellings: dict[_Key, Counter[str]] = {}
    for post in reversed(posts):  # oldest first: an old group keeps its slug, the older of two spellings wins a tie
        for grouping, _ in plans:
            for text, name in {nfc(name).casefold(): name for name in grouping.groups(post)}.items():
                groups.setdefault((grouping.name, text), []).append(post)
                spellings.setdefault((grouping.name, text), Counter())[name] += 1
    paths = {grouping.name: plan.path for grouping, plan in plans}
    slugs = _slugs(groups, paths, feeds)
    for grouping, plan in plans:
        for key in sorted((key for key in groups if key[0] == grouping.name), key=slugs.__getitem__):
            if len(groups[key]) >= plan.minimum:
                name, slug = spellings[key].most_common(1)[0][0], slugs[key]
                title = filled(plan.title, {"name": name, "site": site, "title": site, "slug": slug})
                limit = feeds.limit if plan.limit is None else plan.limit
                yield Grouped(grouping.name, filled(plan.path, {"slug": slug}), title, groups[key][::-1], limit)


def _plan(name: str, feeds: Feeds) -> Group | None:
    """Return how the feeds of a kind are made, None when there are none."""
    wanted = getattr(feeds, name)
    if not wanted:
        return None
    plan = wanted if isinstance(wanted, Group) else Group()
    return plan._replace(path=plan.path or _usual_path(name))


def patterns(feeds: Feeds) -> tuple[str, ...]:
    """Return the patterns of all directories in which feeds lie, or may have lain before something was configured."""
    configured = (plan.path for item in GROUPINGS if (plan := _plan(item.name, feeds)))
    return tuple(dict.fromkeys([*(_usual_path(item.name) for item in GROUPINGS), *configured, directory(":slug")]))


def _usual_path(kind: str) -> str:
    return f"{kind}/:slug/"


def _slugs(groups: Iterable[_Key], paths: Mapping[str, str], feeds: Feeds) -> dict[_Key, str]:
    """Return the slug of each group, oldest first, such that no two feeds share a file, or have a directory for one."""
    taken = _Taken([feeds.names.get(name, FORMATS[name].file_name) for name in feeds.formats])
    taken.add("")
    slugs: dict[_Key, str] = {}
    for kind, key in groups:

        def fits(slug: str, path: str = paths[kind]) -> bool:
            place = filled(path, {"slug": slug})
            return not (feeds.archive and is_archive(folded(place))) and taken.has_room(place)

        slugs[kind, key] = slug = distinct_slug(key, fits)
        taken.add(filled(paths[kind], {"slug": slug}))
    return slugs


class _Taken:
    """Files and directories of feeds, as file systems have them that fold case and compose characters."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._files: set[str] = set()
        self._directories: set[str] = set()

    def has_room(self, place: str) -> bool:
        """Whether a feed may lie in a directory."""
        return all(
            file not in self._files and file not in self._directories and self._files.isdisjoint(above)
            for file, above in self._of(place)
        )

    def add(self, place: str) -> None:
        """Take the place of a feed."""
        for file, above in self._of(place):
            self._files.add(file)
            self._directories.update(above)

    def _of(self, place: str) -> Iterator[tuple[str, list[str]]]:
        """Yield each file of a feed, and the directories that it is in."""
        for name in self._names:
            file = folded(place + name)
            yield file, [file[:at] for at, character in enumerate(file) if character == "/"]
