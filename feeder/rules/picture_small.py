"""A picture too small to lead an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="picture-small",
    severity=Severity.WARNING,
    meaning="A post's picture that is less than 200 pixels wide or 100 pixels high.",
    why="Readers scale the picture to the width of a card: a small one is blurred, or taken for an icon and left out.",
    mend="Use a picture of about 1200 by 630 pixels; put a small one in `thumbnail`.",
    example="image: favicon-32.png\n--\nimage: cover-1200.png",
)
WIDTH, HEIGHT = 200, 100


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for the large picture, where the front matter names it and its size is known to be small."""
    named, picture = reading.post.image, reading.entry.image
    if "image" not in reading.post.marks or named is None or picture is None or picture.type == "image/svg+xml":
        return
    if 0 < picture.width < WIDTH or 0 < picture.height < HEIGHT:
        message = f"{picture.width} by {picture.height} pixels; readers expect at least {WIDTH} by {HEIGHT}"
        yield problem(reading.post.shown, named.mark, CODE, message, named.local or named.url)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
