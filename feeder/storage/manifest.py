"""What a build wrote, as one small file beside it: bytes -> Manifest -> bytes, and nothing in it is trusted."""

from __future__ import annotations

import json
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.model import Artifact

NAME = ".feeder.json"
"""Where it is, in the output directory."""


class Print(NamedTuple):
    """What tells one file from any other: its length in bytes and their SHA-256, in hexadecimal. And what it is."""

    length: int
    sha256: str
    media_type: str

    @classmethod
    def of(cls, artifact: Artifact) -> Print:
        """Return the print of an artifact."""
        return cls(len(artifact.data), sha256(artifact.data).hexdigest(), artifact.media_type)

    def fits(self, data: bytes | None) -> bool:
        """Return whether a file has these very bytes. ``data`` is None where there is no file."""
        return data is not None and len(data) == self.length and sha256(data).hexdigest() == self.sha256


_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Manifest(NamedTuple):
    """What feeder wrote into an output directory, by path below it, and what hubs were told of it."""

    version: str = ""
    files: Mapping[str, Print] = _NOTHING
    unfinished: Mapping[str, Print] = _NOTHING
    """What a build set out to write. It is there while one writes, and stays when that one is killed."""
    pinged: Mapping[str, Mapping[str, str]] = _NOTHING
    """Hub -> path -> the SHA-256 of the bytes that it was last told of."""

    def prints(self, path: str) -> Iterator[Print]:
        """Yield the prints that a file may have if it is still feeder's."""
        yield from (known[path] for known in (self.files, self.unfinished) if path in known)

    def to_bytes(self) -> bytes:
        """Return the manifest as a file; equal manifests give equal bytes."""
        document = {
            "about": "What feeder wrote here. It removes no other files; keep this one beside them.",
            "version": self.version,
            "files": _plain(self.files),
            **({"unfinished": _plain(self.unfinished)} if self.unfinished else {}),
            **({"pinged": {hub: dict(told) for hub, told in self.pinged.items()}} if self.pinged else {}),
        }
        return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()


def manifest_from_bytes(data: bytes) -> Manifest:
    """Return the manifest that a file holds, without any path that could leave the directory.

    Raises `ValueError` for what is no manifest.
    """
    try:
        document = json.loads(data)
        return Manifest(
            version=str(document["version"]),
            files=_prints(document["files"]),
            unfinished=_prints(document.get("unfinished", {})),
            pinged={
                hub: {path: str(told) for path, told in paths.items()}
                for hub, paths in document.get("pinged", {}).items()
            },
        )
    except (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        message = f"not a manifest: {error!r}"
        raise ValueError(message) from error


def _plain(prints: Mapping[str, Print]) -> dict[str, Any]:
    return {
        path: {"bytes": item.length, "sha256": item.sha256, "type": item.media_type} for path, item in prints.items()
    }


def _prints(files: Mapping[str, Any]) -> dict[str, Print]:
    return {
        path: Print(int(facts["bytes"]), str(facts["sha256"]), str(facts["type"]))
        for path, facts in files.items()
        if _is_below(path)
    }


def _is_below(path: str) -> bool:
    """Whether a path leads to a place below the directory it is relative to, on any system."""
    parts = path.split("/")
    return not any(part in {"", ".", "..", NAME} or set(part) & set("\\:\0") for part in parts)
