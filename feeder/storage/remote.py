"""Posts and feeds in buckets and the like, through fsspec: what `feeder.storage.files` and `feeder.storage.outlet` do on disk.

Its values are URLs only, so they can be sent to any machine; what opens them is found there, with its credentials.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from feeder.model import Content, Written
from feeder.problems import START, ConfigurationError, Problem, Unsound, problem
from feeder.records import NamedTuple
from feeder.storage.placenames import without_password
from feeder.texts.postnames import DIRECTORY, MAX_BYTES, NOT_TEXT, TOO_LARGE, is_text, like_post, printable, stays_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from feeder.model import Artifact

REFUSED = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)
"""What is wrong with one file. Anything else is wrong with the connection, and a build that cannot see is none."""
_AT_ONCE = 8
"""Files to write at a time: most of it is waiting for answers."""
_STORES = frozenset({"abfs", "abfss", "az", "gcs", "gs", "memory", "oss", "s3", "s3a"})
"""Where a file is replaced in one step, and directories need not be made."""
_ONE_REQUEST = {"max_concurrency": 1}
_OPTIONS = {"s3": _ONE_REQUEST, "s3a": _ONE_REQUEST}
"""Scheme -> how to open it: s3fs asks for the length of each file first, lest a large one could be fetched in parts."""
_MEDIA_TYPE = {"gcs": "content_type", "gs": "content_type", "s3": "ContentType", "s3a": "ContentType"}
"""Scheme -> the argument by which the store is told what to serve a file as; they do not go by its name."""


class PostsDirectory(NamedTuple):
    """Where posts are read from, and what of it, as `feeder.storage.files.PostsDirectory`; ``output`` is a URL, or ""."""

    url: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    output: str = ""

    def find(self) -> tuple[list[str], list[Problem]]:
        """Return the paths of all posts below the URL, sorted, and what is named like one and cannot be read.

        Raises `ConfigurationError` when there is no such place.
        """
        system, root = opened(self.url)
        try:
            entries: Mapping[str, Mapping[str, Any]] = system.find(root, detail=True)
            there = bool(entries) or system.isdir(root)
        except Exception as error:  # noqa: BLE001 - each kind of file system has exceptions of its own
            give_up("read", self.url, error)
        if not there or root in entries:
            message = f"cannot read posts: {self.shown('')}: {'not a directory' if there else 'no such directory'}"
            raise ConfigurationError(message)
        found: list[str] = []
        faults: dict[str, tuple[str, str]] = {}
        for name, facts in entries.items():
            path = name.removeprefix(root).removeprefix("/")
            names = path.split("/")
            if any(map(stays_out, names)) or not names[-1] or self._is_output(path):
                continue  # an empty last name is how a console marks a directory
            above = ["/".join(names[:length]) for length in range(1, len(names))]
            faults |= {part: ("not-a-file", DIRECTORY) for part in above if self._is_wanted(part)}
            if not self._is_wanted(path):
                continue
            if fault := _fault(path, names, facts):
                faults[path] = fault
            else:
                found.append(path)
        return sorted(found), [self.problem(path, *fault) for path, fault in sorted(faults.items())]

    def read(self, path: str) -> Content:
        """Return the post at ``path``. Raises `Unsound`, and `ConfigurationError` when nothing can be read any more."""
        system, root = opened(self.url)
        try:
            data: bytes = system.cat_file(f"{root}/{path}")
        except REFUSED as error:
            raise Unsound(self.problem(path, "unreadable", f"cannot be read: {_said(error)}")) from error
        except Exception as error:  # noqa: BLE001
            give_up("read", self.shown(path), error)
        if len(data) > MAX_BYTES:
            raise Unsound(self.problem(path, "too-large", TOO_LARGE.format(len(data))))
        return Content(data, None)

    def stamp(self, path: str) -> None:
        """Return None: what a store tells of a file differs from one to the next."""

    def shown(self, path: str) -> str:
        """Return the URL of ``path`` as messages name it, printable on one line."""
        return printable(without_password(f"{self.url}/{path}" if path else self.url))

    def problem(self, path: str, code: str, message: str) -> Problem:
        """Return a problem of a whole file."""
        return problem(self.shown(path), START, code, message)

    def _is_wanted(self, path: str) -> bool:
        return like_post(path, self.include, self.exclude)

    def _is_output(self, path: str) -> bool:
        below = self.output.startswith(f"{self.url}/")
        return below and f"{self.url}/{path}".startswith(f"{self.output}/")


def write(artifacts: Iterable[Artifact], output: str) -> Iterator[Written]:
    """Write each artifact below the URL ``output``, whole or not at all; an identical file is left untouched.

    Raises `ConfigurationError` when one cannot be written.
    """
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(partial(_written, output), artifacts)


class Outlet(NamedTuple):
    """The output as a whole, as `feeder.publish` needs it. Nothing can be locked there, nor is anything swept."""

    url: str
    lockable: None = None

    def read(self, path: str) -> bytes | None:
        """Return what is at a path, None when nothing is."""
        system, root = opened(self.url)
        try:
            return _held(system, f"{root}/{path}")
        except Exception as error:  # noqa: BLE001
            give_up("read", self.shown(path), error)

    def write(self, artifacts: Iterable[Artifact]) -> Iterator[Written]:
        """Write each artifact whole or not at all. Raises `ConfigurationError`."""
        return write(artifacts, self.url)

    def remove(self, path: str) -> None:
        """Remove what is at a path. Raises `ConfigurationError`."""
        system, root = opened(self.url)
        try:
            with suppress(FileNotFoundError):
                system.rm_file(f"{root}/{path}")
        except Exception as error:  # noqa: BLE001
            give_up("remove", self.shown(path), error)

    def same(self, *_: str) -> bool:
        """Return False: what has two names there is two files."""
        return False

    def sweep(self, paths: Iterable[str]) -> None:
        """Leave all as it is: who else writes there cannot be known."""

    def shown(self, path: str) -> str:
        """Return the URL of a path as messages name it."""
        return f"{without_password(self.url)}/{path}"


def _written(output: str, artifact: Artifact) -> Written:
    system, root = opened(output)
    scheme = output.partition("://")[0]
    target = f"{root}/{artifact.path}"
    shown = f"{without_password(output)}/{artifact.path}"
    try:
        changed = _held(system, target) != artifact.data
        if changed and scheme in _STORES:
            told = {_MEDIA_TYPE[scheme]: artifact.media_type} if scheme in _MEDIA_TYPE else {}
            system.pipe_file(target, artifact.data, **told)
        elif changed:
            _replace(system, target, artifact.data)
    except Exception as error:  # noqa: BLE001
        give_up("write", shown, error)
    return Written(artifact, shown, changed)


def opened(url: str) -> tuple[Any, str]:
    """Return the file system of a URL, and the URL's path on it. Raises `ConfigurationError`.

    fsspec itself keeps one for each process and thread: one that was opened before a fork is of no use after it.
    """
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url, **_OPTIONS.get(url.partition("://")[0], {}))
    except ImportError as error:
        message = (
            f"cannot open {without_password(url)}: {_said(error)}. This needs fsspec and the package for such URLs "
            "(s3fs for s3://, gcsfs for gs://): pip install 'feeder[dask]' s3fs"
        )
        raise ConfigurationError(message) from error
    except Exception as error:  # noqa: BLE001
        give_up("open", url, error)
    if (listings := getattr(system, "dircache", None)) is not None:
        listings.use_listings_cache = False  # a worker lives longer than what it saw of a bucket is true
    return system, path.rstrip("/")


def give_up(what: str, url: str, error: Exception) -> NoReturn:
    """Raise `ConfigurationError` for what a store says no to."""
    message = f"cannot {what} {printable(without_password(url))}: {_said(error)}"
    raise ConfigurationError(message) from error


def _said(error: Exception) -> str:
    """Return what an exception says, on one line."""
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(text.split()) or type(error).__name__


def _fault(path: str, names: list[str], facts: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the code and message for what cannot be read as a post."""
    if not is_text(path):
        return "bad-name", NOT_TEXT
    if "" in names or facts.get("type") != "file":
        return "not-a-file", "named like a post, but not a regular file"
    size = facts.get("size") or 0
    return ("too-large", TOO_LARGE.format(size)) if size > MAX_BYTES else None


def _held(system: Any, path: str) -> bytes | None:
    """Return what is at a path, None when nothing is."""
    try:
        data: bytes = system.cat_file(path)
    except FileNotFoundError:
        return None
    return data


def _replace(system: Any, target: str, data: bytes) -> None:
    """Put ``data`` at ``target``: written beside it, and moved over it."""
    above, _, name = target.rpartition("/")
    system.makedirs(above, exist_ok=True)
    temporary = f"{above}/.{name}.tmp"
    try:
        system.pipe_file(temporary, data)
        system.mv(temporary, target)
    except BaseException:
        with suppress(Exception):
            system.rm_file(temporary)
        raise
