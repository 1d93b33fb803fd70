"""Which files are posts, by their names and sizes: the same rules wherever posts lie."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.texts.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTEBOOK, META = ".ipynb", ".meta"
UNREAD = (".adoc", ".asciidoc", ".org", ".textile", NOTEBOOK, META)
"""What the name of a post ends in that some generator reads, and feeder does not: whose they are should hear of it."""
TEMPLATES = (".njk", ".liquid", ".webc", ".hbs", ".ejs", ".pug", ".vto")
"""What the name of a page ends in that is written in a language for templates, which feeder does not run."""
MARKDOWN = (".md", ".markdown", ".mdx", ".mkd", ".mkdn", ".mkdown", ".mdown")
"""What the name of a file in Markdown ends in; which of these a generator reads, each dialect says."""
TEXTS = (*MARKDOWN, ".html", ".htm", ".rst")
"""What the name of a post or a page ends in that feeder reads, but for plain text."""
EXTENSIONS = (*TEXTS, ".txt", *UNREAD, *TEMPLATES)
"""What the name of a file ends in, whatever the case, that may be a post; which are, each dialect says."""
MAX_BYTES = 64 * 2**20
TOO_LARGE = "{} bytes; feeder reads posts up to " + str(MAX_BYTES)
NOT_TEXT = "the names of a file and its directories must be UTF-8 without control characters"
DIRECTORY = "a directory with the name of a post"
DRAFT_DIRECTORY = pattern(r"(?:.*/)?_drafts/")
"""What the path of a draft begins with."""
_NEVER = frozenset({"node_modules"})
_UNPRINTABLE = pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def is_restructured(path: str) -> bool:
    """Whether a file is in reStructuredText."""
    return path[-4:].lower() == ".rst"


def is_no_markdown(path: str) -> bool:
    """Whether a body is HTML by its file's name, or becomes that before anybody looks for Markdown."""
    return path.lower().endswith((".html", ".htm")) or is_restructured(path)


def stays_out(name: str) -> bool:
    """Whether a file or directory of this name is never looked at: a hidden one, or other people's."""
    return name.startswith(".") or name in _NEVER


def like_post(path: str, include: Sequence[str], exclude: Sequence[str]) -> bool:
    """Whether a path is named like a post that is wanted; patterns are `fnmatch`'s, and ``*`` spans ``/``."""
    if not path.lower().endswith(EXTENSIONS):
        return False
    included = not include or any(fnmatchcase(path, pattern) for pattern in include)
    return included and not any(fnmatchcase(path, pattern) for pattern in exclude)


def is_text(name: str) -> bool:
    """Whether a name can stand in a URL and in a message."""
    return (name.isascii() and name.isprintable()) or (clean(name) == name and "\n" not in name)


def printable(text: str) -> str:
    """Return ``text`` on one line, what cannot be printed as an escape."""
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
