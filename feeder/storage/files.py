"""posts/* -> Source, and Artifact -> public/*: the only place where posts are read and feeds are written."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.kinds import stamp_of
from feeder.model import Content, Source, Stamp, Written
from feeder.problems import START, ConfigurationError, Mark, Problem, Unsound, problem
from feeder.records import NamedTuple
from feeder.texts.plaintext import clean
from feeder.texts.postnames import DIRECTORY, MAX_BYTES, NOT_TEXT, TOO_LARGE, is_text, like_post, printable, stays_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.model import Artifact

_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_BOMS = (
    (b"\xef\xbb\xbf", (3, "utf-8")),
    (b"\xff\xfe", (2, "utf-16-le")),
    (b"\xfe\xff", (2, "utf-16-be")),
)
"""Byte order mark -> its length and the encoding that it tells."""


class PostsDirectory(NamedTuple):
    """Where posts are read from, and what of it. Patterns are `fnmatch`'s, on paths below ``root``; ``*`` spans ``/``."""

    root: Path
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    output: Path | None = None
    """The output directory, which is never read, should it lie below ``root``."""
    named: Path | None = None
    """How messages name ``root``, where that is another way."""

    def find(self) -> tuple[list[str], list[Problem]]:
        """Return the paths of all posts below the directory, sorted, with ``/``, and what could not be looked into.

        Hidden files and directories stay out; symbolic links are followed to files within the directory only.
        Raises `ConfigurationError` when the directory itself cannot be read.
        """
        real = self.root.resolve()
        skipped = os.path.realpath(self.output) if self.output else None
        found: list[str] = []
        problems: list[Problem] = []
        pending = [""]
        while pending:
            below = pending.pop()
            try:
                entries = sorted(os.scandir(self.root / below), key=lambda entry: entry.name)
            except OSError as error:
                if not below:
                    message = f"cannot read {self.named or self.root}: {error.strerror or error}"
                    raise ConfigurationError(message) from error
                problems.append(self.problem(below, "unreadable", f"cannot be read: {error.strerror or error}"))
                continue
            for entry in entries:
                if stays_out(entry.name):
                    continue
                path = below + entry.name
                named_like_post = like_post(path, self.include, self.exclude)
                if entry.is_dir(follow_symlinks=False) and os.path.realpath(entry.path) != skipped:
                    pending.append(path + "/")
                if fault := _fault(entry, path, real, named_like_post=named_like_post):
                    problems.append(self.problem(path, *fault))
                elif named_like_post:
                    found.append(path)
        return sorted(found), problems

    def read(self, path: str) -> Content:
        """Return the post at ``path``. Raises `Unsound`."""
        try:
            return _read_regular(f"{self.root}{os.sep}{path}")
        except OSError as error:
            raise Unsound(self.problem(path, "unreadable", f"cannot be read: {error.strerror or error}")) from error
        except _UnfitError as error:
            raise Unsound(self.problem(path, error.code, str(error))) from error

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of the file at ``path``, None when it cannot be had."""
        try:
            return stamp_of(os.stat(f"{self.root}{os.sep}{path}"))  # noqa: PTH116 - for all posts; pathlib takes twice as long
        except OSError:
            return None

    def shown(self, path: str) -> str:
        """Return ``path`` as messages name it: from the working directory, printable on one line."""
        full = os.fsencode((self.named or self.root) / path).decode("utf-8", "backslashreplace")
        return printable(full.replace(os.sep, "/"))

    def problem(self, path: str, code: str, message: str) -> Problem:
        """Return a problem of a whole file."""
        return problem(self.shown(path), START, code, message)


def source_from_bytes(data: bytes, path: str, shown: str) -> Source:
    """Return a post as text: UTF-8, or UTF-16 with a byte order mark; LF line ends. Raises `Unsound`."""
    if data.startswith(_UTF_32):
        raise Unsound(problem(shown, START, "not-text", "UTF-32; feeder reads UTF-8 and UTF-16"))
    mark_length, encoding = encoding_of(data)
    try:
        text = data[mark_length:].decode(encoding)
    except UnicodeDecodeError as error:
        before = clean(data[mark_length:][: error.start].decode(encoding, "replace"))
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        at = mark_length + error.start
        message = f"not {encoding[:6].upper().rstrip('-')}: byte 0x{data[at]:02X} at offset {at}"
        raise Unsound(problem(shown, mark, "not-text", message)) from error
    return Source(path=path, shown=shown, text=clean(text))


def encoding_of(data: bytes) -> tuple[int, str]:
    """Return the length of a file's byte order mark, and the encoding that it tells: UTF-8 where there is none.

    A program that adds one without looking leaves several; generators pass over them, and so does whoever looks at the file.
    """
    bom, (length, encoding) = next((found for found in _BOMS if data.startswith(found[0])), (b"", (0, "utf-8")))
    end = length
    while end and data.startswith(bom, end):
        end += length
    return end, encoding


def write(artifacts: Iterable[Artifact], output: Path) -> Iterator[Written]:
    """Write each artifact below ``output``, whole or not at all; an identical file is left untouched.

    Raises `ConfigurationError` when a file cannot be written, or would land outside ``output`` through a link.
    """
    artifacts = list(artifacts)
    root = os.path.realpath(output)
    for artifact in artifacts:
        target = output / artifact.path
        if not Path(os.path.realpath(target.parent)).is_relative_to(root):
            message = f"{target} is outside {output}: feeder does not follow the symbolic link that leads there"
            raise ConfigurationError(message)
    for artifact in artifacts:
        target = output / artifact.path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            changed = not _holds(target, artifact.data)
            if changed:
                _replace(target, artifact.data)
        except OSError as error:
            message = f"cannot write {target}: {error.strerror or error}"
            raise ConfigurationError(message) from error
        yield Written(artifact, target, changed)


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Put ``after`` where a file holds ``before``, in one step; the file keeps its mode.

    Raises `ConfigurationError` when it no longer holds that, or cannot be written.
    """
    try:
        if not _holds(path, before):
            message = f"{path} changed while feeder was reading it; it was left unchanged"
            raise ConfigurationError(message)
        _replace(path, after, stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        message = f"cannot write {path}: {error.strerror or error}"
        raise ConfigurationError(message) from error


class _UnfitError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


# O_NONBLOCK: a FIFO without a writer would wait for ever, before anyone could see that it is one.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _read_regular(path: str) -> Content:
    # By descriptor: a stream costs as much again as the reading, and there may be a hundred thousand posts.
    descriptor = os.open(path, _READ)
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            code, message = "not-a-file", "named like a post, but not a regular file"
            raise _UnfitError(code, message)
        if facts.st_size > MAX_BYTES:
            code, message = "too-large", TOO_LARGE.format(facts.st_size)
            raise _UnfitError(code, message)
        data = os.read(descriptor, facts.st_size + 1)
        if len(data) == facts.st_size:
            return Content(data, stamp_of(facts))
        parts = [data]  # a file that grows, or a read that was cut short
        while part := os.read(descriptor, 65536):
            parts.append(part)
        return Content(b"".join(parts), None)
    finally:
        os.close(descriptor)


def _fault(entry: os.DirEntry[str], path: str, root: Path, *, named_like_post: bool) -> tuple[str, str] | None:
    """Return the code and message for what cannot be read as a post, None for a post and for what is no matter."""
    if entry.is_symlink() and Path(entry.path).is_dir():
        return "symlinked-directory", "a symbolic link to a directory is not followed"
    if not named_like_post:
        return None
    if entry.is_dir(follow_symlinks=False):
        return "not-a-file", DIRECTORY
    if not is_text(path):
        return "bad-name", NOT_TEXT
    return _link_fault(Path(entry.path), root) if entry.is_symlink() else None


def _link_fault(link: Path, root: Path) -> tuple[str, str] | None:
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        return "unreadable", "a broken symbolic link"
    if not target.is_relative_to(root):
        return "outside", "a symbolic link that leads out of the posts directory is not followed"
    return None


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _replace(target: Path, data: bytes, mode: int | None = None) -> None:
    """Put ``data`` at ``target`` in one step: a reader sees the old file or the new one."""
    temporary = target.parent / f".{target.name}.{os.urandom(6).hex()}.tmp"
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
