"""A picture in a body that is not on disk."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder import urls
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Shelves
    from feeder.subjects import Reading

CODE = Code(
    name="body-picture-missing",
    severity=Severity.WARNING,
    meaning="A picture in a body whose file is neither beside the post nor in `site.assets`; its URL is published as it is.",
    why="Readers show a broken picture, and keep the broken one even when the file comes later.",
    mend="Put the file where the post looks for it, or correct the path (names are told apart by case).",
    example="![The harbour](harbor.jpg)\n--\n![The harbour](harbour.jpg)",
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each local picture that is not there, where that can be said."""
    for link in reading.body.links:
        if link.alt is None or urls.scheme(link.target) or link.target.startswith("//"):
            continue
        local = unquote(urlsplit(link.target).path)
        own = urlsplit(reading.settings.site.url).path
        if local.startswith("/"):
            local = "/" + local.removeprefix(own).lstrip("/")
        if not local or not reading.url_of(link):
            continue
        if _is_missing(reading.library, local, "" if local.startswith("/") else reading.post.path):
            message = "no such file beside the post or in site.assets"
            yield problem(reading.post.shown, reading.body.mark(link.offset), CODE, message, link.target)


@lru_cache(1024)
def _is_missing(library: Shelves, local: str, post_path: str) -> bool:
    sight = library.see(local, post_path, as_picture=False)
    return not sight.there and sight.missing


RULE: Rule[Reading] = Rule(code=CODE, check=check)
