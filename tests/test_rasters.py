"""feeder/media/rasters.py: thumbnails of pictures of every kind, upright, in the usual colours, and nothing of a bomb."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageCms
from test_images import png_header

from feeder.media import rasters
from feeder.media.rasters import MAX_PIXELS, Thumbnail, raster_facts, thumbnail
from feeder.problems import UnreadablePictureError

if TYPE_CHECKING:
    from collections.abc import Callable

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (40, 60, 200), (255, 255, 255)
QUARTERS = {(0.25, 0.25): RED, (0.75, 0.25): GREEN, (0.25, 0.75): BLUE, (0.75, 0.75): WHITE}
"""Where a picture shows which colour, as parts of its width and height."""


def quartered(width: int = 400, height: int = 200) -> Image.Image:
    """Return a picture of four colours, which tells how it lies."""
    made = Image.new("RGB", (width, height))
    for (x, y), colour in QUARTERS.items():
        made.paste(colour, (int(x > 0.5) * width // 2, int(y > 0.5) * height // 2, width, height))
    return made


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def small(data: bytes, width: int = 100) -> Thumbnail:
    """Return a thumbnail that there must be."""
    made = thumbnail(data, width)
    assert made is not None
    return made


def shown(made: Thumbnail) -> Image.Image:
    """Return the picture that a thumbnail's file holds, as Pillow reads it; it is of the type and size that are told."""
    image = Image.open(io.BytesIO(made.data))
    assert (made.media_type, (made.width, made.height)) == (Image.MIME[image.format or ""], image.size)
    return image


def lies_right(image: Image.Image, slack: int = 24) -> bool:
    """Whether a picture shows each colour of the four where it should be."""
    plain = image.convert("RGB")
    return all(
        abs(got - wanted) <= slack
        for (x, y), colour in QUARTERS.items()
        for got, wanted in zip(plain.getpixel((int(x * image.width), int(y * image.height))), colour, strict=True)  # type: ignore[arg-type]
    )


TURNED = {
    1: lambda image: image,
    2: lambda image: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    3: lambda image: image.transpose(Image.Transpose.ROTATE_180),
    4: lambda image: image.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
}
"""EXIF's orientation -> how a camera that is held so lays the picture down."""


@pytest.mark.parametrize("orientation", TURNED)
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_picture_is_upright(kind: str, orientation: int) -> None:
    """However the camera was held, the thumbnail shows the sky above, and the picture's size is that which is shown."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(TURNED[orientation](quartered()), kind, exif=exif)
    assert (Image.MIME[kind], 400, 200) == raster_facts(io.BytesIO(data))
    made = small(data)
    assert (100, 50) == (made.width, made.height)
    assert lies_right(shown(made))
    assert not shown(made).getexif()


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        *(("JPEG", mode, "image/jpeg") for mode in ("RGB", "CMYK", "YCbCr")),
        *(("TIFF", mode, "image/jpeg") for mode in ("RGB", "CMYK", "YCbCr", "P")),
        *(("MPO", mode, "image/jpeg") for mode in ("RGB", "CMYK")),
        *(("BMP", mode, "image/jpeg") for mode in ("RGB", "P")),
        *((kind, mode, "image/png") for mode in ("RGB", "P") for kind in ("PNG", "GIF")),
        *(("WEBP", mode, "image/webp") for mode in ("RGB", "P")),
    ],
)
def test_a_picture_keeps_its_colours(kind: str, mode: str, media_type: str) -> None:
    """Pictures of all colour models and kinds give thumbnails of the same colours: JPEG, PNG or WebP."""
    made = small(saved(quartered().convert(mode), kind))
    assert media_type == made.media_type
    assert lies_right(shown(made))


def swapped_profile() -> bytes:
    """Return the profile of a screen that is sRGB's but for this: its red is blue, and its blue is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


def test_a_profile_is_applied_and_dropped() -> None:
    """A picture has the colours that its profile says; neither that nor anything else that it says is handed on."""
    red, green, blue = quartered().split()
    swapped = Image.merge("RGB", (blue, green, red))
    data = saved(swapped, "JPEG", icc_profile=swapped_profile(), comment=b"made by me", quality=95)
    made = shown(small(data))
    assert not lies_right(swapped)
    assert lies_right(made)
    assert set() == {"icc_profile", "comment", "exif"} & set(made.info)
    assert b"made by me" not in small(data).data


def test_a_profile_that_is_none_changes_nothing() -> None:
    """A profile that cannot be read, or is of another kind of colours, costs the picture nothing."""
    for profile in (swapped_profile()[:90] + b"x" * 40, b"nonsense"):
        assert lies_right(shown(small(saved(quartered(), "PNG", icc_profile=profile))))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept(kind: str) -> None:
    """What one sees through stays so, and what is half so, too."""
    image = quartered().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    made = shown(small(saved(image, kind)))
    assert "RGBA" == made.mode
    low, high = made.getchannel("A").getextrema()
    assert low < 20  # type: ignore[operator]
    assert high > 235  # type: ignore[operator]


@pytest.mark.parametrize(
    ("mode", "options"),
    [("P", {"transparency": 0}), ("RGB", {"transparency": WHITE}), ("L", {"transparency": 255}), ("LA", {})],
)
def test_a_colour_may_be_none(mode: str, options: dict[str, object]) -> None:
    """A palette or a PNG may say which colour is none; the thumbnail shows nothing there either."""
    image = quartered().convert(mode)
    if mode == "LA":
        image.putalpha(Image.new("L", image.size, 0))
    if mode == "P":
        options = {"transparency": image.getpixel((399, 199))}
    made = shown(small(saved(image, "PNG", **options)))
    assert 0 == made.convert("RGBA").getpixel((90, 45))[3]  # type: ignore[index]


def test_an_opaque_picture_has_no_channel_for_it() -> None:
    """Where nothing is seen through, no byte is spent on saying so."""
    assert "RGB" == shown(small(saved(quartered().convert("RGBA"), "PNG"))).mode
    assert "L" == shown(small(saved(quartered().convert("L").convert("LA"), "PNG"))).mode


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_a_picture_in_grey_is_as_bright(mode: str) -> None:
    """Pictures of one bit, of eight and of sixteen are as dark and as bright as they were."""
    ramp = Image.linear_gradient("L").resize((400, 200))
    image = ramp.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else ramp.convert(mode)
    made = shown(small(saved(image, "PNG")))
    assert "L" == made.mode
    for row in (2, 25, 47):
        assert made.getpixel((50, row)) == pytest.approx(255 * (row + 0.5) / 50, abs=40)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(saved(quartered(100, 50), "PNG"), id="as wide"),
        pytest.param(saved(quartered(50, 400), "JPEG"), id="narrow and high"),
        pytest.param(saved(quartered(), "GIF", save_all=True, append_images=[Image.new("RGB", (400, 200))]), id="GIF"),
        pytest.param(
            saved(quartered(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 200))]), id="WebP"
        ),
        pytest.param(saved(quartered(), "PNG", save_all=True, append_images=[Image.new("RGB", (400, 200))]), id="PNG"),
        pytest.param(saved(quartered(), "PPM"), id="a kind that no site shows"),
        pytest.param(saved(Image.new("F", (400, 200)), "TIFF"), id="measurements"),
    ],
)
def test_what_is_left_as_it_is(data: bytes) -> None:
    """A picture is never enlarged; one that moves, and one that is no picture for the web, is left alone."""
    assert thumbnail(data, 100) is None


def bomb(width: int, height: int) -> bytes:
    """Return a PNG with a body that says it has this size, and little in it."""
    chunk = b"IDAT" + zlib.compress(b"\0" * 10_000)
    return png_header(width, height) + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bomb(100_000, 100_000), id="a bomb"),
        pytest.param(bomb(MAX_PIXELS // 10 + 1, 10), id="just too many pixels"),
        pytest.param(bomb(4_000, 4_000), id="nearly empty"),
        pytest.param(saved(quartered(), "PNG")[:-60], id="a truncated PNG"),
        pytest.param(saved(quartered(), "JPEG")[:-900], id="a truncated JPEG"),
        pytest.param(saved(quartered(), "WEBP")[:-80], id="a truncated WebP"),
        pytest.param(saved(quartered(), "GIF")[:-90], id="a truncated GIF"),
        pytest.param(b"", id="empty"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="a drawing"),
        pytest.param(bytes(range(256)) * 50, id="noise"),
    ],
)
def test_what_cannot_be_decoded_is_refused(data: bytes) -> None:
    """A bomb by its header, a broken picture by what is missing: one exception, with a reason on one line."""
    with pytest.raises(UnreadablePictureError, match=r"^[^\n]*\w[^\n]*$"):
        thumbnail(data, 100)


def test_damage_raises_nothing_else() -> None:
    """Whatever bytes of a picture are wrong, there is a thumbnail, none, or an `UnreadablePictureError`."""
    kinds = [saved(quartered(), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "TIFF")]
    ends: set[type] = set()
    for data in kinds:
        for at in range(0, min(len(data), 1_200), 9):
            damaged = bytearray(data)
            damaged[at] ^= 0xFF
            try:
                ends.add(type(rasters._new_thumbnail(bytes(damaged), 100, "x")))
            except UnreadablePictureError:
                ends.add(UnreadablePictureError)
    assert {Thumbnail, UnreadablePictureError} <= ends <= {Thumbnail, UnreadablePictureError, type(None)}


def test_a_thumbnail_is_the_same_each_time() -> None:
    """The same picture gives the same name and bytes, made again, too; another width or picture another name."""
    data = saved(quartered(), "JPEG")
    first = small(data)
    rasters._made.clear()
    assert first == small(data)
    names = {first.name, small(data, 99).name, small(saved(quartered(), "PNG")).name}
    assert 3 == len(names)
    assert all(name.isascii() and name == name.lower() for name in names)


def test_a_picture_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that many posts have is decoded once in a process, as long as it is among the last ones."""
    decoded: list[int] = []
    make: Callable[..., Thumbnail | None] = rasters._new_thumbnail

    def noted(data: bytes, width: int, name: str) -> Thumbnail | None:
        decoded.append(width)
        return make(data, width, name)

    monkeypatch.setattr(rasters, "_new_thumbnail", noted)
    monkeypatch.setattr(rasters, "_made", {})
    data = saved(quartered(), "JPEG")
    for width in (90, 90, 91, 90, *range(92, 92 + rasters._KEPT), 90):
        thumbnail(data, width)
    assert 2 == decoded.count(90)
    assert len(rasters._made) <= rasters._KEPT


def test_a_large_photograph_takes_little_memory() -> None:
    """A JPEG is decoded at a fraction of its size; the one of a camera has no more than a thumbnail's worth of bytes."""
    made = small(saved(quartered(4_000, 3_000), "JPEG"), 320)
    assert (320, 240) == (made.width, made.height)
    assert len(made.data) < 20_000
    assert shown(made).info.get("progressive")
