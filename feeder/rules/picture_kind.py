"""A picture of a kind that readers do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.model import Reference
    from feeder.subjects import Reading

CODE = Code(
    name="picture-kind",
    severity=Severity.WARNING,
    meaning="A post's picture that is no JPEG, PNG, GIF, WebP or AVIF.",
    why="Readers and mail clients refuse SVG, since it can run scripts, and cannot show TIFF, BMP, ICO or HEIC.",
    mend="Save the picture as JPEG, PNG or WebP.",
    example="image: logo.svg\n--\nimage: logo.png",
)
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each picture that the front matter names and that is of another kind."""
    pairs = [(reading.post.image, reading.entry.image)]
    if reading.post.thumbnail != reading.post.image:
        pairs.append((reading.post.thumbnail, reading.entry.thumbnail))
    for named, picture in pairs:
        if named and picture and picture.type not in SHOWN and not _is_missing(named, reading):
            message = f"readers do not show {picture.type}"
            yield problem(reading.post.shown, named.mark, CODE, message, named.local or named.url)


def _is_missing(named: Reference, reading: Reading) -> bool:
    """Whether a picture is a file that is not there, which is told as that."""
    if not named.local:
        return False
    sight = reading.library.see(named.local, reading.post.path, as_picture=False)
    return sight.missing and not sight.there


RULE: Rule[Reading] = Rule(code=CODE, check=check)
