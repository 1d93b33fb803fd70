"""A git revision -> Publication: the bytes that it has, without a checkout, and without running anything of it."""

from __future__ import annotations

import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory

from feeder.problems import ConfigurationError
from feeder.published.items import MAX_BYTES, Publication
from feeder.published.places import OTHER_NAMES, Names, listed_feeds, too_large, whole_publication
from feeder.storage.manifest import NAME

_PATIENCE = 120
"""Seconds that git may take."""


def from_git(revision: str, output: str, directory: Path, names: Names) -> Publication:
    """Return what ``revision`` publishes: ``HEAD~1``, or ``HEAD~1:path`` of a feed or of another output directory.

    Paths are relative to ``directory``, which lies in the repository. Raises `ConfigurationError`.
    """
    name, _, path = revision.partition(":")
    shown = f"git:{name}:{path or output}"
    tree = _commit(name, directory)
    place = _git(directory, "rev-parse", "--show-prefix").decode().strip() + (path or output)
    place = normpath(place)
    listed = _git(directory, "ls-tree", "-r", "-z", "-l", "--full-tree", tree, "--", f":(literal){place}")
    blobs = dict(_blob(entry) for entry in listed.split(b"\0") if entry.split(b" ", 2)[1:2] == [b"blob"])
    if place in blobs:
        return Publication(shown, {place.rpartition("/")[2]: _content(directory, shown, blobs[place])}, whole=False)
    inside = {full.removeprefix(f"{place}/"): blob for full, blob in sorted(blobs.items())}
    known = listed_feeds(_content(directory, f"{shown}/{NAME}", inside[NAME]) if NAME in inside else None)
    files = {
        inner: _content(directory, f"{shown}/{inner}", blob)
        for inner, blob in inside.items()
        if inner in known or names.is_feed(inner)
    }
    return whole_publication(shown, files, (inner for inner in OTHER_NAMES if inner in inside))


def export(revision: str, directory: Path, target: Path) -> None:
    """Write the files of ``revision`` below ``directory``, which lies in the repository, to ``target``.

    What would lead outside ``target`` is left out. Raises `ConfigurationError`.
    """
    commit = _commit(revision, directory)
    if not _git(directory, "ls-tree", "--name-only", commit):
        message = f"cannot compare with git:{revision}: it has neither feeds nor posts in this directory"
        raise ConfigurationError(message)
    with TemporaryDirectory() as beside:
        archive = Path(beside) / "revision.tar"
        _git(directory, "archive", "--format=tar", f"--output={archive}", commit)
        with suppress(tarfile.ReadError), tarfile.open(archive) as files:  # which that of no files at all raises
            files.errorlevel = 0
            if hasattr(tarfile, "data_filter"):
                files.extractall(target, filter="data")
            else:  # Python before 3.11.4; git's names lead nowhere else, but its links may
                files.extractall(target, [file for file in files if file.isreg() or file.isdir()])  # noqa: S202


def _commit(revision: str, directory: Path) -> str:
    # --end-of-options: a revision that begins with a dash must not become an option.
    found = _git(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found:
        message = f"cannot compare with git:{revision}: no such revision (is the clone shallow?)"
        raise ConfigurationError(message)
    return found.decode().strip()


def _blob(entry: bytes) -> tuple[str, tuple[str, int]]:
    """Return path, hash and length of a line of ``git ls-tree -l``."""
    facts, _, path = entry.partition(b"\t")
    _, _, digest, length = facts.split()
    size = (
        int(length) if length.isdigit() else 0
    )  # of one that is not in this clone, git says BAD; who reads it is told
    return path.decode("utf-8", "surrogateescape"), (digest.decode(), size)


def _content(directory: Path, shown: str, blob: tuple[str, int]) -> bytes:
    digest, length = blob
    if length > MAX_BYTES:
        raise too_large(shown)
    return _git(directory, "cat-file", "blob", digest)


def _git(directory: Path, *arguments: str) -> bytes:
    """Return what git prints. Raises `ConfigurationError` when it cannot be run, or complains."""
    command = ["git", *arguments]
    try:
        with subprocess.Popen(  # noqa: S603 - no shell, and git is whatever the user calls so
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            try:
                output, complaint = process.communicate(timeout=_PATIENCE)
            finally:
                process.kill()
    except FileNotFoundError as error:
        message = "cannot compare with a git revision: git is not installed"
        raise ConfigurationError(message) from error
    except subprocess.TimeoutExpired as error:
        message = f"cannot compare with a git revision: git took longer than {_PATIENCE} seconds"
        raise ConfigurationError(message) from error
    if process.returncode and complaint.strip():
        said = complaint.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        why = "this directory is not in a git repository" if "not a git repository" in said else f"git says: {said}"
        message = f"cannot compare with a git revision: {why}"
        raise ConfigurationError(message)
    return output
