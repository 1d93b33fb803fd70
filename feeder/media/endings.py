"""A picture's file -> whether its end is there. Nothing is decoded: the last bytes are enough for nearly all, and of the rest the frame."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

_TAIL = 64
"""Bytes in which the end is, with what some programs leave behind it."""
_START_OF_SCAN, _END_OF_IMAGE, _MARKER = 0xDA, b"\xff\xd9", 0xFF
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})


def is_cut_off(stream: BinaryIO, kind: str) -> bool:
    """Whether a picture of a kind, as Pillow names it, lacks its end; never for a kind whose end nobody can tell."""
    ended = _ENDED.get(kind)
    if ended is None:
        return False
    length = stream.seek(0, os.SEEK_END)
    return not ended(stream, length)


def _jpeg(stream: BinaryIO, length: int) -> bool:
    """Whether the mark of the end comes after the picture's data: a preview in its head has one of its own."""
    if _END_OF_IMAGE in _read(stream, max(length - _TAIL, 2), _TAIL) and length > _TAIL:
        return True
    place = 2
    while len(head := _read(stream, place, 4)) == 4 and head[0] == _MARKER:  # noqa: PLR2004 - a marker and a length
        if head[1] == _START_OF_SCAN:
            return _END_OF_IMAGE in _read(stream, place, length)
        place += 1 if head[1] == _MARKER else 2 if head[1] in _WITHOUT_LENGTH else 2 + int.from_bytes(head[2:], "big")
    return False


def _png(stream: BinaryIO, length: int) -> bool:
    if b"IEND" in _read(stream, max(length - _TAIL, 8), _TAIL):
        return True
    place = 8
    while len(head := _read(stream, place, 8)) == 8:  # noqa: PLR2004 - a length and a name
        place += 12 + int.from_bytes(head[:4], "big")
        if head[4:] == b"IEND":
            return place <= length
    return False


def _gif(stream: BinaryIO, length: int) -> bool:
    """Whether the blocks end with the one that says so."""
    if _read(stream, max(length - 2, 0), 2) == b"\0;":
        return True
    data = _read(stream, 0, length)
    place = 13 + _palette(data[10:11])
    while data[place : place + 1] in {b",", b"!"}:
        if data[place] == 0x2C:  # noqa: PLR2004 - a picture, with where it goes
            place += 11 + _palette(data[place + 9 : place + 10])
        else:
            place += 2
        while size := int.from_bytes(data[place : place + 1], "big"):
            place += 1 + size
        place += 1
    return data[place : place + 1] == b";"


def _palette(flags: bytes) -> int:
    """Return the bytes of the colours that follow."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _webp(stream: BinaryIO, length: int) -> bool:
    return int.from_bytes(_read(stream, 4, 4), "little") + 8 <= length + 1


def _avif(stream: BinaryIO, length: int) -> bool:
    """Whether all boxes are whole; behind those of a picture anything may come."""
    place, seen = 0, set[bytes]()
    while place < length and not {b"meta", b"mdat"} <= seen:
        head = _read(stream, place, 16)
        size = int.from_bytes(head[:4], "big")
        size = int.from_bytes(head[8:], "big") if size == 1 else size or length - place
        seen.add(head[4:8])
        place += max(size, 8)
    return place <= length


def _read(stream: BinaryIO, place: int, number: int) -> bytes:
    stream.seek(place)
    return stream.read(number)


_ENDED: Mapping[str, Callable[[BinaryIO, int], bool]] = {
    "JPEG": _jpeg, "MPO": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp, "AVIF": _avif,
}  # fmt: skip
