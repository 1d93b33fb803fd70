"""Whose a URL in a configuration is: the site's, or one that stands for it until somebody puts in the real one."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SAMPLES = (
    "example.com", "example.net", "example.org", "localhost", "127.0.0.1", "0.0.0.0", "yoursite.com",  # noqa: S104
    "your-docusaurus-test-site.com",
)  # fmt: skip
"""Hosts that stand in new sites until somebody puts in the real one; their subdomains do, too."""
_CONDITION = r"(?<!\?)\?(?![.?]).*:(?!//)|\bif\b.*\belse\b"
_URL = r"([\"'`])(https?://[^\s\"'`$]+)\1"


def host_in(url: str) -> str:
    """Return the host of a URL, "" where there is none, or none that can be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def path_in(url: str) -> str:
    """Return the path of a URL without slashes around it, "" where there is none, or none that can be read."""
    try:
        return urlsplit(url).path.strip("/")
    except ValueError:
        return ""


def is_sample(url: str) -> bool:
    """Whether a URL is nobody's."""
    host = host_in(url)
    return any(host == sample or host.endswith(f".{sample}") for sample in SAMPLES)


def chosen_url(expression: str) -> str:
    """Return the one URL that a condition in a script chooses, the other being nobody's or a preview's; "" for any other."""
    if not re.search(_CONDITION, expression):
        return ""
    urls = {url for _, url in re.findall(_URL, expression) if not is_sample(url)}
    return urls.pop() if len(urls) == 1 else ""
