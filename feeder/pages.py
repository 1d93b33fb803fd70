"""A file of the site that is no post -> where the site has it: a page at its own address, any other file as it lies.

Built when the first body names one, and not before. A file is looked into each time, so that who remembers its address learns
when it moves.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feeder.fields.lookup import Fields
from feeder.frontmatter import draft_from_source
from feeder.kinds import Traits
from feeder.markup import Answer
from feeder.model import Draft
from feeder.normalize import is_draft
from feeder.permalinks import former, permalink
from feeder.problems import UnreadablePictureError, Unsound
from feeder.rulings import date_in, inherited_by, moment
from feeder.storage.files import source_from_bytes
from feeder.texts import urls
from feeder.texts.plaintext import fold
from feeder.texts.postnames import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeder.kinds import Site
    from feeder.rulings import Rules

_LARGEST = 2**20
"""Bytes of a file that may begin with front matter."""


class Pages:
    """The files of a site, by the paths that its bodies give; ``rules`` are those by which posts are read."""

    def __init__(self, site: Site, rules: Rules) -> None:
        self._site = site
        dialect, habits = rules.dialect, rules.habits
        spoken = dialect._replace(address=dialect.page)
        bequests = rules.bequests if habits.pages is None else habits.pages
        self._rules = rules._replace(dialect=spoken, root="", permalink="", wants=Traits._fields, bequests=bequests)

    def by_path(self, paths: Sequence[str]) -> Answer | None:
        """Return where the first of these files is that is there, None when none is."""
        found = (file for path in paths for file in self._files(path))
        return next(map(self._answer, found), None)

    def addresses(self) -> Iterator[str]:
        """Yield where each page is, and the addresses that lead there."""
        for path in self._site.pages.find()[0]:
            answer, draft = self._read(path)
            if answer.url:
                yield answer.url
                yield from former(draft, answer.url, self._rules.roots.site) if draft else ()

    def by_name(self, name: str) -> Answer | None:
        """Return where the only page of a name is, of a generator that knows pages by theirs; None for none, and for several."""
        files = self._by_name.get(self._place(f"{name}.md"), ()) if self._rules.dialect.place else ()
        return self._answer(files[0]) if len(files) == 1 else None

    def _files(self, path: str) -> Iterator[str]:
        rules = self._rules
        if rules.dialect.place:
            text = path if path.lower().endswith(EXTENSIONS) else f"{path}.md"
            if found := self._by_place.get(self._place(text)):
                yield found
            return
        for one in rules.dialect.sought(path, rules.habits) if rules.dialect.sought else (path,):
            if self._site.files.see(one, "", as_picture=False).there:
                yield one

    def _answer(self, path: str) -> Answer:
        """Return where a file is that is there."""
        return self._read(path)[0]

    def _read(self, path: str) -> tuple[Answer, Draft | None]:
        """Return where a file is that is there, and what it says, None for one that is served as it lies, or cannot be read."""
        rules, shown = self._rules, self._site.pages.shown(path)
        try:
            draft = self._draft(path, shown)
        except (Unsound, UnreadablePictureError):
            return Answer("", why=f"{shown} has an error"), None
        if draft is None:
            return Answer(urls.canonical(rules.roots.site + urls.quoted_path(path))), None
        fields = Fields(draft, rules.dialect, inherited_by(path, rules))
        if is_draft(fields, fields.text("status").strip().lower()):
            return Answer("", why=f"{shown} is a draft"), draft
        url = permalink(fields, rules, self._traits(fields, path))
        if fields.fatal:
            return Answer("", why=f"{shown} exists, but its address is not known: {fields.problems[-1].message}"), draft
        return Answer(url), draft

    def _draft(self, path: str, shown: str) -> Draft | None:
        """Return a page taken apart, None for a file that is served as it lies. Raises what readers do."""
        served = self._rules.dialect.served
        seen = self._site.files.see(path, "", as_picture=False)
        if served and seen.facts.length > _LARGEST:
            return None
        if not seen.there:
            return Draft(path=path, shown=shown, fields={}, body="")
        data = self._site.files.read(path, "")
        if served and not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
            return None
        found = draft_from_source(source_from_bytes(data, path, shown), headers=self._rules.dialect.headers)
        return found or Draft(path=path, shown=shown, fields={}, body="")

    def _traits(self, fields: Fields, path: str) -> Traits:
        """Return what a page is known by, its date being of use where it has one."""
        text = fields.text("published") or date_in(path, self._rules)
        try:
            date = moment(text, self._rules) if text else None
        except ValueError:
            date = None
        return Traits(path, date=date, title=fold(fields.text("title")))

    # Generators that know pages by what they call them

    def _place(self, path: str) -> str:
        place, rules = self._rules.dialect.place, self._rules
        folder, _, name = path.rpartition("/")
        name = name.removeprefix("_") if name.startswith("_index.") else name
        return place(f"{folder}/{name}".lstrip("/"), "", rules.habits) if place else path

    @cached_property
    def _by_place(self) -> Mapping[str, str]:
        """The pages by their places; of those in several languages, that which no name says a language of.

        Each directory in the first row has one, be there a file or not.
        """
        found = sorted(self._site.pages.find()[0], key=lambda path: (path.count("."), path), reverse=True)
        folders = {path.partition("/")[0]: f"{path.partition('/')[0]}/_index.md" for path in found if "/" in path}
        return {self._place(path): path for path in (*folders.values(), *found)}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for place, path in self._by_place.items():
            found.setdefault(place.rpartition("/")[2], []).append(path)
        return found
