"""A link to the own site by http, though it is served by https."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeder.kinds import Rule
from feeder.nodes import Scalar, walk
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="insecure-link",
    severity=Severity.WARNING,
    meaning="An http URL of the site itself, although the site uses https.",
    why="Readers on https pages block such pictures, and each such link costs a redirect or shows a warning.",
    mend="Use https, or a path without scheme and host.",
    example="![The harbour](http://example.org/harbour.jpg)\n--\n![The harbour](/harbour.jpg)",
)
_NAMES = re.compile(r"id$|guid|uid|disqus|comment|isso|thread")
"""Keys whose values are names of posts, in the form of a URL: another would send the post again, or lose its comments."""
_MESSAGE = "the site uses https"


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such URL in the front matter and in the body."""
    site = urlsplit(reading.settings.site.url)
    if site.scheme != "https":
        return
    ports = {None, 80, site.port}
    for key, node in reading.draft.fields.items():
        for value in () if _NAMES.match(key) else walk(node):
            if isinstance(value, Scalar) and _leads_to(value.text.strip(), site.hostname, ports):
                yield problem(reading.post.shown, value.mark, CODE, _MESSAGE, value.text)
    for link in reading.body.links:
        if _leads_to(link.target, site.hostname, ports) and reading.url_of(link):
            yield problem(reading.post.shown, reading.body.mark(link.offset), CODE, _MESSAGE, link.target)


def _leads_to(url: str, host: str | None, ports: Collection[int | None]) -> bool:
    """Whether a URL is one of the site's host by http, in whatever case, with or without the port that is http's anyway."""
    if not url.lower().startswith("http://"):
        return False
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return False  # no URL, which is told as that
    return parts.hostname == host and port in ports


RULE: Rule[Reading] = Rule(code=CODE, check=check)
