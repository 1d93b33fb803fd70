"""Artifacts -> an output directory that holds what was built and nothing that a former build left behind.

What a build does, in this order, so that a kill at any moment leaves whole files and nothing that is forgotten:
the manifest says what will be written; it is; what is no longer built is removed; the manifest says what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.model import Artifact
from feeder.records import NamedTuple
from feeder.storage.manifest import NAME, Manifest, Print, manifest_from_bytes
from feeder.texts.plaintext import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeder.kinds import Outlet
    from feeder.model import Written

_MEDIA_TYPE = "application/json"


class Outcome(NamedTuple):
    """What a build did to its output: every artifact, the paths removed, and those that are not feeder's any more."""

    written: Sequence[Written] = ()
    removed: Sequence[str] = ()
    kept: Sequence[str] = ()
    """What a former build wrote, this one did not, and somebody changed in between: feeder leaves it alone."""
    unreadable: bool = False
    """Whether there is a manifest that cannot be read, so that nothing could be removed."""


class Difference(NamedTuple):
    """A file that is not as a build would leave it: it ``differs``, is ``missing`` or is ``left over``."""

    path: str
    how: str


def publish(artifacts: Sequence[Artifact], outlet: Outlet, version: str, *, alone: bool = False) -> Outcome:
    """Write the artifacts and remove what a former build wrote and this one does not; return what was done.

    ``alone`` says that no other build can be writing there now. Raises `feeder.problems.ConfigurationError` when
    something cannot be written or removed; every file is whole then, and the next build completes the work.
    """
    planned = {artifact.path: Print.of(artifact) for artifact in artifacts}
    before, unreadable = _former(outlet)
    if alone:
        outlet.sweep([NAME, *sorted({*planned, *before.files, *before.unfinished})])
    if before.files != planned or before.unfinished:
        before = _settled(before, outlet)
        coming = {path: item for path, item in planned.items() if before.files.get(path) != item}
        _write(before._replace(version=version, unfinished=coming), outlet)
    written = list(outlet.write(artifacts))
    leftovers, kept = _leftovers(before, planned, outlet)
    for path in leftovers:
        outlet.remove(path)
    _write(_after(before, planned, version), outlet)
    return Outcome(written, leftovers, kept, unreadable)


def differences(artifacts: Sequence[Artifact], outlet: Outlet) -> list[Difference]:
    """Return how the files of the outlet differ from what `publish` would leave there, by path. Writes nothing.

    A manifest differs by what it says of files. The version of feeder in it, and how that wrote it, are of the build
    that was the last to change anything: who commits feeds has them up to date whoever built them.
    """
    planned = {artifact.path: Print.of(artifact) for artifact in artifacts}
    before, unreadable = _former(outlet)
    found = []
    for artifact in artifacts:
        data = outlet.read(artifact.path)
        if data != artifact.data:
            found.append(Difference(artifact.path, "missing" if data is None else "differs"))
    if unreadable or before != _after(before, planned, before.version):
        found.append(Difference(NAME, "missing" if outlet.read(NAME) is None else "differs"))
    leftovers, _ = _leftovers(before, planned, outlet)
    return sorted([*found, *(Difference(path, "left over") for path in leftovers)])


def has_files(outlet: Outlet) -> bool:
    """Whether a former build wrote something there."""
    return bool(_former(outlet)[0].files)


def record_pings(told: Mapping[str, Mapping[str, str]], hubs: Iterable[str], outlet: Outlet) -> None:
    """Add to the manifest which bytes (path -> SHA-256) each hub was told of; forget hubs that are none of ``hubs``."""
    before, _ = _former(outlet)
    pinged = {hub: {**before.pinged.get(hub, {}), **told.get(hub, {})} for hub in hubs}
    _write(before._replace(pinged={hub: paths for hub, paths in pinged.items() if paths}), outlet)


def _former(outlet: Outlet) -> tuple[Manifest, bool]:
    """Return what the manifest says, nothing where there is none; and whether there is one that cannot be read."""
    data = outlet.read(NAME)
    if data is None:
        return Manifest(), False
    try:
        return manifest_from_bytes(data), False
    except ValueError:
        return Manifest(), True


def _after(before: Manifest, planned: Mapping[str, Print], version: str) -> Manifest:
    """Return the manifest of a finished build, which keeps what hubs were told of files that are still there."""
    pinged = {
        hub: {path: told for path, told in paths.items() if path in planned} for hub, paths in before.pinged.items()
    }
    return Manifest(version, planned, pinged={hub: paths for hub, paths in pinged.items() if paths})


def _file(manifest: Manifest) -> Artifact:
    return Artifact(path=NAME, media_type=_MEDIA_TYPE, data=manifest.to_bytes())


def _write(manifest: Manifest, outlet: Outlet) -> None:
    for _ in outlet.write([_file(manifest)]):
        pass


def _settled(manifest: Manifest, outlet: Outlet) -> Manifest:
    """Return the manifest with one print for each file: after a killed build, the one that the file has."""
    if not manifest.unfinished:
        return manifest
    files = dict(manifest.files)
    for path in manifest.unfinished:
        data = outlet.read(path)
        if found := next((item for item in manifest.prints(path) if item.fits(data)), None):
            files[path] = found
    return manifest._replace(files=files, unfinished={})


def _leftovers(before: Manifest, planned: Mapping[str, Print], outlet: Outlet) -> tuple[list[str], list[str]]:
    """Return what is to be removed, and what is to be left alone because it was changed since it was written."""
    twins = {folded(path): path for path in planned}
    leftovers: list[str] = []
    kept: list[str] = []
    for path in sorted({*before.files, *before.unfinished} - set(planned)):
        twin = twins.get(folded(path))
        data = outlet.read(path)
        if data is None or (twin and outlet.same(path, twin)):
            continue
        ours = any(item.fits(data) for item in before.prints(path))
        (leftovers if ours else kept).append(path)
    return leftovers, kept
