"""A post's body as its author wrote it -> its links, where they lead, and their places in the file. Part of `pictures`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeder.problems import START, Mark
from feeder.texts import urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.bodies.bodytext import BodyText, Link
    from feeder.model import Draft, Post
    from feeder.settings import Settings


class OwnLinks:
    """The links of one body; nothing is looked for before something is wrong with a post."""

    def __init__(self, post: Post, draft: Draft, settings: Settings) -> None:
        self._post, self._draft, self._settings = post, draft, settings

    @cached_property
    def body(self) -> BodyText:
        """The body as its author wrote it."""
        from feeder.bodies.bodytext import BodyText  # for a post with which something is wrong
        from feeder.bodies.spoken import Spoken
        from feeder.content import is_html
        from feeder.dialects import dialect
        from feeder.markup import syntaxes, verbatim

        body, path, habits = self._draft.body, self._post.path, self._settings.habits
        spoken = dialect(self._settings.site.dialect)
        html, blocks = is_html(body, path, self._settings.markdown.flavor), verbatim(spoken, path, habits)
        return BodyText(body, 0, html=html, verbatim=blocks, spoken=Spoken(syntaxes(spoken, path, habits)))

    @cached_property
    def links(self) -> Sequence[Link]:
        """The links of the body, without marks of the site's root."""
        from feeder.dialects import dialect
        from feeder.fields.references import unmarked
        from feeder.markup.filelinks import rooted

        marks = dialect(self._settings.site.dialect).marks
        links = [link._replace(target=unmarked(link.target, marks)) for link in self.body.links]
        if {"rooted", "rootedpictures"}.isdisjoint(self.body.spoken.syntaxes):
            return links
        base = urlsplit(self._settings.site.url).path.rstrip("/")
        return [link._replace(target=rooted(link.target, base)) for link in links]

    def leads(self, link: Link) -> str:
        """Return the URL that a link leads to, "" where that is none."""
        try:
            return urls.absolute(link.target, self._post.url)
        except urls.BadUrlError:
            return ""

    def at_url(self, url: str) -> Mark:
        """Return the place of what the body shows from a URL; where a tag stands for it, that of the file's name."""
        if link := next((link for link in self.links if link.shown and self.leads(link) == url), None):
            return self.place(link.offset)
        return self.place(self.body.naming(url, 0)[0])

    def place(self, offset: int) -> Mark:
        """Return where in the file an offset in the body is, the file's start for one below 0."""
        return self._draft.place(self.body.mark(offset)) if offset >= 0 else START
