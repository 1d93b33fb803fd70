"""What the files in a site's directory tell without any configuration: where posts are, and which host it has."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.problems import ConfigurationError
from feeder.texts.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

POSTS_DIRECTORIES = (
    "posts", "_posts", "source/_posts", "content/posts", "content/post", "content/blog", "content", "src/content/blog",
)  # fmt: skip
"""Where posts are looked for when nobody says where they are, best first."""
_ROOTS = ("static", "public", "source", "docs")
"""Directories whose files usually stand at a site's root."""

_FORMULAS = pattern(r"remark-?math|katex|mathjax|hexo-math|hexo-renderer-(?:pandoc|kramdown)", re.IGNORECASE)
"""Packages and plug-ins of sites that read formulas in Markdown."""


def usual_posts(directory: Path) -> str:
    """Return the first of `POSTS_DIRECTORIES` that is there. Raises `ConfigurationError`."""
    for name in POSTS_DIRECTORIES:
        if (directory / name).is_dir():
            return name
    message = f"no posts directory found; looked for {', '.join(POSTS_DIRECTORIES)}. To name it: feeder build DIRECTORY"
    raise ConfigurationError(message)


def custom_host(directory: Path, assets: Iterable[str]) -> tuple[str, str] | None:
    """Return the host that a ``CNAME`` file names, and the file: GitHub Pages serves the site there."""
    for place in ("", *assets, *_ROOTS):
        path = directory / place / "CNAME"
        if is_file(path) and (host := _host(path.read_text(encoding="utf-8", errors="replace"))):
            return host, str(PurePosixPath(place, "CNAME"))
    return None


def pages_url(environ: Mapping[str, str], directory: Path, assets: Iterable[str]) -> tuple[str, str] | None:
    """Return the URL of the Pages site of GitHub or GitLab that this run is for, and what says so."""
    if environ.get("GITLAB_CI") == "true" and (url := environ.get("CI_PAGES_URL")):
        return url, "CI_PAGES_URL"
    if environ.get("GITHUB_ACTIONS") != "true":
        return None
    if custom := custom_host(directory, assets):
        return f"https://{custom[0]}/", custom[1]
    owner, _, name = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if not (owner and name):
        return None
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" + ("" if name.lower() == host else f"{name}/"), "GITHUB_REPOSITORY"


def text_in(path: Path, shown: str) -> str:
    """Return the text of a configuration; ``shown`` names it. Raises `ConfigurationError`."""
    try:
        return clean(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"cannot read {shown}: {error.strerror or error}"
        raise ConfigurationError(message) from error
    except UnicodeDecodeError as error:
        message = f"cannot read {shown}: not UTF-8 at byte {error.start}"
        raise ConfigurationError(message) from error


def is_file(path: Path) -> bool:
    """Whether there is a file; false for a path that cannot be one, and where nobody may look."""
    try:
        return path.is_file()
    except OSError:
        return False


def names_formulas(directory: Path, names: Iterable[str]) -> str:
    """Return the first of these files that names what reads formulas in Markdown, "" for none."""
    texts = ((name, directory / name) for name in names)
    return next((name for name, path in texts if is_file(path) and _FORMULAS.search(text_in(path, name))), "")


def _host(text: str) -> str:
    """Return the host that a ``CNAME`` file names: its first line that is none of a comment's."""
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if re.fullmatch(r"[\w.-]+", line)), "")
