"""References and safe HTML -> the pictures and enclosures of an entry, with what is known of their files. Part of `render`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.html.excerpts import PICTURE, shown_in
from feeder.media.copies import PICTURES, inlined, is_inlined, is_placed, linked
from feeder.media.whereabouts import BUNDLED
from feeder.model import Artifact, Enclosure, Picture, Reference
from feeder.ownlinks import OwnLinks
from feeder.problems import START, Mark, Problem, UnreadablePictureError, problem
from feeder.texts import urls
from feeder.texts.mediatypes import UNKNOWN, media_type_of
from feeder.texts.plaintext import escape, resolve_references

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from feeder.kinds import FileStore
    from feeder.media.rasters import Thumbnail
    from feeder.model import Draft, Post, Sight
    from feeder.settings import Settings

THUMBNAILS = "thumbnails/"
"""Where thumbnails are, below the output directory."""
_USUAL_PICTURE = "image/jpeg"
_SHOWING = ("<img ", "<video ", "<audio ", "<source ", "<track ")
_NOT_THERE = "no such file next to the post or in site.assets"


class Files:
    """The files that one post names: looks at them, and collects what it saw, what is wrong and what was made of them."""

    def __init__(self, post: Post, draft: Draft, settings: Settings, library: FileStore) -> None:
        self._post, self._settings, self._library = post, settings, library
        self._own = OwnLinks(post, draft, settings)
        self._seen: dict[tuple[str, bool], Sight] = {}
        self._heard: list[Sight] = []
        self._copies: dict[str, str] = {}  # URL -> the local path of what it is the copy of
        self._pictures: dict[Reference, Picture] = {}
        self.problems: list[Problem] = []
        self.thumbnails: dict[str, Artifact] = {}

    @property
    def sights(self) -> tuple[Sight, ...]:
        """What was seen."""
        return (*self._seen.values(), *self._heard)

    def report(self, mark: Mark, code: str, message: str, got: str | None = None) -> None:
        """Add a problem of the post."""
        self.problems.append(problem(self._post.shown, mark, code, message, got))

    def picture(self, reference: Reference) -> Picture:
        """Return the picture that a reference leads to."""
        if reference not in self._pictures:
            self._pictures[reference] = self._picture(reference)
        return self._pictures[reference]

    def _picture(self, reference: Reference) -> Picture:
        guessed = reference.type or media_type_of(reference.url)
        picture = Picture(url=reference.url, type=guessed if guessed.startswith("image/") else _USUAL_PICTURE)
        if not reference.local:
            return picture
        sight = self.see(reference.local, as_picture=True)
        named = self._is_named(reference)
        if not sight.there:
            if named and sight.missing:
                self.report(reference.mark, "picture-missing", _NOT_THERE, reference.local)
            return picture
        picture = picture._replace(url=self.served(sight, reference.url, moved=named))
        if sight.fault:
            message = f"{reference.local.lstrip('/')}: {sight.fault}"
            self.report(self._mark(reference), "picture-unreadable", message)
            return picture
        facts = sight.facts
        return picture._replace(
            type=facts.type or picture.type, width=facts.width, height=facts.height, length=facts.length
        )

    def thumbnail(self, reference: Reference) -> Picture:
        """Return the picture that a reference leads to, in the width that the settings ask for."""
        picture = self.picture(reference)
        width = self._settings.images.thumbnail_width
        if not width or not reference.local or picture.width <= width:
            return picture
        try:
            made = self._made(reference.local, width)
        except UnreadablePictureError as error:
            message = f"{reference.local.lstrip('/')}: cannot make a thumbnail: {error}"
            self.report(self._mark(reference), "picture-unreadable", message)
            return picture
        if made is None:
            return picture
        path = THUMBNAILS + made.name
        self.thumbnails[path] = Artifact(path, made.media_type, made.data)
        return Picture(self._settings.feeds.url + path, made.media_type, made.width, made.height, len(made.data))

    def _made(self, local: str, width: int) -> Thumbnail | None:
        from hashlib import sha256

        from feeder.media.rasters import thumbnail

        data = self._library.read(local, self._post.path)
        sight = self._seen[local, True]
        self._seen[local, True] = sight._replace(digest=sha256(data).hexdigest())
        return thumbnail(data, width)

    def enclosure(self, reference: Reference) -> Enclosure:
        """Return the enclosure that a reference leads to."""
        length = reference.length or 0
        url = reference.url
        sight = self.see(reference.local, as_picture=False) if reference.local else None
        if sight and sight.there:
            length = sight.facts.length
            url = self.served(sight, url, moved=True)
        elif sight and reference.length is None:
            message = f"{_NOT_THERE}, and no length given"
            self.report(reference.mark, "enclosure-missing", message, reference.local)
        return Enclosure(url=url, type=reference.type or UNKNOWN, length=length, title=reference.title)

    def mended(self, html: str) -> str:
        """Return a rendered body whose pictures have the URL at which they are served; report the files that nobody has.

        The text of a picture that has no address that anybody knows stands in for it; one that the site writes into its
        pages is written into the feed.
        """
        if self._library.beside == "hashed":
            html = linked(html, self._settings.site.url, self._sight)
        if not self._shows_own(html):
            return html
        html = self._with_served(html)
        self._tell_missing(html)
        return html

    def _with_served(self, html: str) -> str:
        hidden: list[str] = []

        def mend(match: re.Match[str]) -> str:
            url = resolve_references(match["src"])
            sight = self._sight(url)
            if sight and self._is_hidden(sight, url):
                if data := self._inlined(sight, url):
                    return match[0].replace(match["src"], data)
                hidden.append(url)
                return match["alt"] or ""
            served = self.served(sight, url, moved=False) if sight else url
            return match[0] if served == url else match[0].replace(match["src"], escape(served).replace('"', "&quot;"))

        html = PICTURE.sub(mend, html)
        if hidden:
            message = "pictures of this text have no URL, or one that only the site's build knows; their descriptions are published instead"
            self.report(min(map(self._own.at_url, hidden)), "picture-renamed", message)
        return html

    def _inlined(self, sight: Sight, url: str) -> str:
        """Return a small picture as the site writes it into its pages, "" for one that it does not."""
        kind = media_type_of(urls.bare(url))
        if not (sight.copy and is_inlined(sight) and kind.startswith("image/")):
            return ""
        try:
            return inlined(self._library.read(sight.local, self._post.path), kind)
        except UnreadablePictureError:
            return ""

    def of_url(self, url: str) -> Reference | None:
        """Return a reference to a picture that the body or the site shows, None for no URL."""
        if not url:
            return None
        sight = self._sight(url)
        return Reference(url=url, local=sight.local if sight else "", mark=START)

    def _tell_missing(self, html: str) -> None:
        """Report each local file that a rendered body shows and nobody has, in its place in the source."""
        lost = set(filter(self._is_lost, shown_in(html)))
        for link in self._own.links if lost else ():
            if link.shown and self._own.leads(link) in lost and self._is_missing(link.target):
                self.report(self._own.place(link.offset), "body-picture-missing", _NOT_THERE, link.target)
        written = {self._own.leads(link) for link in self._own.links} if lost else set()
        if self._library.beside in BUNDLED:
            return
        for url in sorted(lost - written):  # what a tag of the site's generator stands for
            sight, local = self._sight(url), min(self._locals(url), key=len, default="")
            if sight and (sight.missing or url.startswith(urls.own_address(self._post.url))):
                offset, name = self._own.body.naming(url, 0)
                self.report(self._own.place(offset), "body-picture-missing", _NOT_THERE, name or local)

    def _shows_own(self, html: str) -> bool:
        """Whether a rendered body may show a file of the site: of most, a glance tells that it does not."""
        return any(tag in html for tag in _SHOWING) and escape(self._settings.site.url) in html

    def _sight(self, url: str) -> Sight | None:
        """Return what is seen of the file that a URL leads to, None when that is not one of the site's."""
        first = None
        for local in self._locals(url):
            sight = self.see(local, as_picture=False)
            if sight.there:
                return sight
            first = first or sight
        return first

    def _is_lost(self, url: str) -> bool:
        """Whether the site should have the file that a URL leads to, as far as that can be said, and has not."""
        sights = [self.see(local, as_picture=False) for local in self._locals(url)]
        return any(sight.missing for sight in sights) and not any(sight.there for sight in sights)

    def _locals(self, url: str) -> Iterator[str]:
        """Yield what a post may mean by the URL, if that is below the site: a path from its root, one beside the post."""
        if url in self._copies:
            yield self._copies[url]
            return
        path, site = urls.bare(url), self._settings.site.url
        if not path.startswith(site) or path == site:
            return
        yield "/" + unquote(path.removeprefix(site))
        own = urls.bare(self._post.url)
        for base in dict.fromkeys((own[: own.rfind("/") + 1], urls.own_address(own))):
            if path.startswith(base) and path != base:
                yield unquote(path.removeprefix(base))

    def _is_missing(self, target: str) -> bool:
        """Whether what a body shows is missing when its path is read as one beside the post, too."""
        local = unquote(urlsplit(target).path)
        if local.startswith("/"):
            local = "/" + local.removeprefix(urlsplit(self._settings.site.url).path).lstrip("/")
        elif self._library.beside in BUNDLED and not is_placed(target, self._post.path):
            return False
        sight = self.see(local, as_picture=False)
        return not sight.there and sight.missing

    def _is_hidden(self, sight: Sight, url: str) -> bool:
        """Whether nobody knows where the site serves a file. One that should be in a known place is missing."""
        lost = self._library.beside in BUNDLED and not sight.there and sight.missing
        return (sight.renamed and not (sight.copy and not is_inlined(sight))) or (
            lost
            and not any(
                is_placed(link.target, self._post.path) and self._own.leads(link) == url for link in self._own.links
            )
        )

    def _mark(self, reference: Reference) -> Mark:
        """Return the place that names a picture: in the front matter, or in the body."""
        return reference.mark if self._is_named(reference) else self._own.at_url(reference.url)

    def _is_named(self, reference: Reference) -> bool:
        post = self._post
        return reference in {post.image, post.thumbnail, post.episode and post.episode.image}

    def see(self, local: str, *, as_picture: bool) -> Sight:
        """Return what is there, looking into the file only ``as_picture``."""
        key = local, as_picture
        if key not in self._seen:
            self._seen[key] = self._library.see(local, self._post.path, as_picture=as_picture)
        return self._seen[key]

    def hear(self, local: str) -> Sight:
        """Return what is there, and how long it plays."""
        self._heard.append(self._library.hear(local, self._post.path))
        return self._heard[-1]

    def served(self, sight: Sight, url: str, *, moved: bool) -> str:
        """Return the URL at which a file is served; one of the assets counts as ``moved`` where authors leave its root out."""
        if sight.copy:
            self._copies[copied := self._settings.site.url + PICTURES + sight.copy] = sight.local
            return copied
        if sight.own:
            return urls.canonical(urls.own_address(self._post.url) + sight.own)
        return self._settings.site.url + sight.asset if sight.asset and moved else url
