"""Cards and the ids that they are to keep -> Patches of their files, with the reasons for those that get none."""

from __future__ import annotations

import os
from difflib import unified_diff
from typing import TYPE_CHECKING

from feeder.fields.lookup import Fields
from feeder.frontmatter import draft_from_source
from feeder.normalize import id_of
from feeder.pinning import pinned
from feeder.problems import START, ConfigurationError, Problem, Unsound, problem
from feeder.records import NamedTuple
from feeder.storage.files import PostsDirectory, encoding_of, rewrite, source_from_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from feeder.model import Card
    from feeder.survey import SurveyContext


class Patch(NamedTuple):
    """A post's file as it is, and as it is with its id in it. ``shown`` is how messages name the file."""

    path: Path
    shown: str
    identity: str
    before: bytes
    after: bytes

    def write(self) -> None:
        """Change the file. Raises `ConfigurationError` when that cannot be done, or it is no longer as it was."""
        rewrite(self.path, self.before, self.after)

    @property
    def is_binary(self) -> bool:
        """Whether the file is not in UTF-8, the one encoding in which there can be a patch."""
        return encoding_of(self.before)[1] != "utf-8"

    def lines(self) -> Iterator[str]:
        """Yield the patch as `git apply` and `patch -p1` take it, line by line, without the line feeds."""
        before, after = (_lines(data) for data in (self.before, self.after))
        for line in unified_diff(before, after, self._named("a"), self._named("b"), n=1):
            yield line.removesuffix("\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"

    def _named(self, side: str) -> str:
        """Return the file's name as patches have it: in quotes with a tab in it, which would end it."""
        name = f"{side}/{self.path.as_posix()}"
        if "\t" in name:
            return '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t"))
        return f"{name}\t" if " " in name else name  # without it, GNU patch takes a name for ended by its first space


class Pinning(NamedTuple):
    """What pinning comes to: what changes, the cards whose front matter has an id already, and what is refused."""

    patches: tuple[Patch, ...]
    kept: tuple[Card, ...]
    problems: tuple[Problem, ...]


def pins(survey: SurveyContext, ids: Iterable[tuple[Card, str]]) -> Pinning:
    """Return what puts each id into the file of its post. Nothing is written yet.

    Raises `ConfigurationError` when the posts are not on disk.
    """
    directory = survey.directory
    if not isinstance(directory, PostsDirectory):
        message = f"cannot write to {directory.shown('')}: ids can only be written into posts on disk"
        raise ConfigurationError(message)
    wanted = list(ids)
    paths = [(directory.named or directory.root) / card.path for card, _ in wanted]
    linked = {os.path.realpath(path) for path in paths if path.is_symlink()}
    patches: list[Patch] = []
    kept: list[Card] = []
    problems: list[Problem] = []
    for path, (card, identity) in zip(paths, wanted, strict=True):
        try:
            patch = _patch(survey, card, identity, path, linked)
        except Unsound as unsound:
            problems += unsound.problems
        else:
            if patch:
                patches.append(patch)
            else:
                kept.append(card)
    return Pinning(tuple(patches), tuple(kept), tuple(problems))


def _patch(survey: SurveyContext, card: Card, identity: str, path: Path, linked: Collection[str]) -> Patch | None:
    """Return the patch of a post's file, None when it has an id already. Raises `Unsound` when it gets none."""
    data = survey.directory.read(card.path).data
    headers = survey.rules.dialect.headers
    draft = draft_from_source(source_from_bytes(data, card.path, card.shown), headers=headers)
    if draft and id_of(Fields(draft, survey.rules.dialect), ""):
        return None
    if linked and os.path.realpath(path) in linked:
        message = "a symbolic link gives this file two paths, but it can have only one id"
        raise Unsound(problem(card.shown, START, "not-pinned", message))
    return Patch(path, card.shown, identity, data, pinned(data, card.path, card.shown, identity, headers=headers))


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file as git counts them: those that line feeds end."""
    mark_length, encoding = encoding_of(data)
    lines = data[mark_length:].decode(encoding).split("\n")
    lines[0] = data[:mark_length].decode(encoding) + lines[0]
    return [*(f"{line}\n" for line in lines[:-1]), *filter(None, lines[-1:])]
