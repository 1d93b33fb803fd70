"""Pictures of pixels: what their headers say, and thumbnails of them. The only module for Pillow."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from feeder.media.endings import is_cut_off
from feeder.problems import UnreadablePictureError
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from PIL.Image import Image as Picture
    from PIL.ImageFile import ImageFile

MAX_PIXELS = 100_000_000
"""Pixels beyond which a picture counts as a decompression bomb: it is known by its header, and never decoded."""
_JPEG, _PNG, _WEBP = ("JPEG", "image/jpeg", ".jpg"), ("PNG", "image/png", ".png"), ("WEBP", "image/webp", ".webp")
_KINDS = {
    "AVIF": _JPEG, "BMP": _JPEG, "GIF": _PNG, "JPEG": _JPEG, "MPO": _JPEG, "PNG": _PNG, "TIFF": _JPEG, "WEBP": _WEBP,
}  # fmt: skip
"""What thumbnails are made of, and what they are: format, media type, extension. No other decoder is ever started."""
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "JPEG": {"quality": 82, "progressive": True, "optimize": True, "subsampling": "4:2:0"},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82, "method": 6, "exact": False},
}
_RECIPE = b"1"
"""Changes with whatever makes other thumbnails of the same picture, since their names must change then."""
_ORIENTATION = 0x0112
_KEPT = 32
"""Thumbnails that a process remembers: the site's own picture stands in for many posts."""


class Thumbnail(NamedTuple):
    """A small picture as a file: its name tells what it was made of, and how."""

    name: str
    media_type: str
    width: int
    height: int
    data: bytes


def raster_facts(stream: BinaryIO) -> tuple[str, int, int]:
    """Return media type, width and height of a picture as it is shown, from its header. Raises `UnreadablePictureError`."""
    with _decoding(), _opened(stream) as picture:
        from PIL import Image

        kind = "JPEG" if picture.format == "MPO" else picture.format or ""  # a JPEG with more behind it
        width, height = picture.size
        if width * height > MAX_PIXELS:
            message = f"{width} x {height} pixels, more than any reader shows"
            raise UnreadablePictureError(message)
        if is_cut_off(stream, kind):
            message = "it is cut off: its end is not there"
            raise UnreadablePictureError(message)
        if _orientation(picture) in _SIDEWAYS:
            width, height = height, width
        return Image.MIME.get(kind, ""), width, height


_made: dict[bytes, Thumbnail | None] = {}


def thumbnail(data: bytes, width: int) -> Thumbnail | None:
    """Return the picture in ``data`` as it is shown, ``width`` pixels wide; None for one that is to be left as it is.

    That is one that is not wider, that moves, or of a kind that cannot be written. The same data and Pillow give the
    same bytes. Raises `UnreadablePictureError`.
    """
    key = sha256(b"%s %d " % (_RECIPE, width) + data).digest()
    if key not in _made:
        made = _new_thumbnail(data, width, key.hex()[:24])
        while len(_made) >= _KEPT:
            _made.pop(next(iter(_made)), None)
        _made[key] = made
    return _made[key]


def _new_thumbnail(data: bytes, width: int, name: str) -> Thumbnail | None:
    with _decoding(), _opened(io.BytesIO(data)) as picture:
        full = picture.size
        if full[0] * full[1] > MAX_PIXELS:
            message = f"{full[0]} x {full[1]} pixels, more than any reader shows"
            raise UnreadablePictureError(message)
        moves = picture.format != "MPO" and getattr(picture, "is_animated", False)
        turn = _orientation(picture)
        sideways = turn in _SIDEWAYS
        shown_width, shown_height = reversed(full) if sideways else full
        if moves or shown_width <= width or picture.mode == "F" or picture.format not in _KINDS:
            return None
        height = max(1, round(shown_height * width / shown_width))
        size = (height, width) if sideways else (width, height)
        picture.draft(None, (2 * size[0], 2 * size[1]))  # JPEG alone can be decoded at a fraction of its size
        small = _in_usual_colours(_smaller(picture, size), picture.info.get("icc_profile"))
        if turn in _TURNS:
            from PIL.Image import Transpose

            small = small.transpose(Transpose[_TURNS[turn]])
        kind, media_type, extension = _KINDS[picture.format]
        if kind == "JPEG" and small.mode in {"LA", "RGBA"}:
            kind, media_type, extension = _PNG
        small.info = {}  # where it was taken, with what, by whom: nothing of it is for subscribers
        stream = io.BytesIO()
        small.save(stream, kind, **_OPTIONS[kind])
        return Thumbnail(f"{name}-{width}{extension}", media_type, *small.size, stream.getvalue())


_SIDEWAYS = frozenset({5, 6, 7, 8})
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip
"""EXIF's orientation -> what makes the picture upright."""


def _orientation(picture: ImageFile) -> int:
    """Return EXIF's orientation, 1 where a picture has none, or nothing that can be read as such.

    It is where a header is: elsewhere it would have to be decoded to know. Pillow turns TIFF by itself.
    """
    try:
        return 1 if "exif" not in picture.info else int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the picture can be shown as it lies
        return 1


def _smaller(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return a picture in this size, in a mode in which colours can be mixed: L, LA, RGB, RGBA, or CMYK and the like."""
    from PIL.Image import Resampling

    if picture.mode in {"P", "PA"}:
        picture = picture.convert("RGBA" if "A" in picture.mode or "transparency" in picture.info else "RGB")
    elif "transparency" in picture.info and picture.mode in {"1", "L", "RGB"}:  # one colour of a PNG is no colour
        picture = picture.convert("RGBA")
    elif picture.mode == "1":
        picture = picture.convert("L")
    elif picture.mode.startswith("I"):  # 16 bits, of which the upper eight are wanted
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture.resize(size, Resampling.LANCZOS, reducing_gap=2.0)


def _in_usual_colours(picture: Picture, profile: bytes | None) -> Picture:
    """Return a picture in sRGB, which is what a picture without a profile is taken for."""
    alpha = picture.getchannel("A") if picture.mode in {"LA", "RGBA"} else None
    plain = picture.convert("RGB") if picture.mode == "RGBA" else picture.convert("L") if alpha else picture
    if profile and plain.mode in {"L", "RGB", "CMYK"}:
        plain = _by_profile(plain, profile)
    if plain.mode not in {"L", "RGB"}:
        plain = plain.convert("RGB")
    if alpha is None or alpha.getextrema()[0] == 255:  # noqa: PLR2004 - opaque all over
        return plain
    whole = plain.convert("RGBA")
    whole.putalpha(alpha)
    return whole


def _by_profile(picture: Picture, profile: bytes) -> Picture:
    """Return a picture in sRGB by its own profile; as it is, where that cannot be used."""
    from PIL import ImageCms

    try:
        own = ImageCms.getOpenProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned or picture


_ONE_BY_ONE = Lock()
"""Which warnings are heard is told to the whole process, so of several threads one at a time may tell it."""


@contextmanager
def _decoding() -> Iterator[None]:
    """Make whatever a decoder raises an `UnreadablePictureError`, and let nobody hear its warnings."""
    from PIL import UnidentifiedImageError

    try:
        with _ONE_BY_ONE, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnreadablePictureError:
        raise
    except UnidentifiedImageError as error:
        message = "not a recognisable picture"
        raise UnreadablePictureError(message) from error
    except Exception as error:  # a decoder that meets nonsense raises anything
        said = " ".join(str(error).split()) or type(error).__name__
        message = f"the file is damaged or cut short ({said})"
        raise UnreadablePictureError(message) from error


def _opened(stream: BinaryIO) -> ImageFile:
    from PIL import Image

    return Image.open(stream)
