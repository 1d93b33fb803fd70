"""What can be wrong: problems with a place, a severity and a code, and how one reads."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


GOT_LENGTH = 60
"""Characters of an offending value that a message repeats."""


class Mark(NamedTuple):
    """A place in a file; both count from 1, columns in characters."""

    line: int
    column: int


START = Mark(1, 1)


class Severity(StrEnum):
    """How much a problem matters: an error makes the exit code 1, a warning does so under ``--strict``, a note never.

    What is off is not told, unless the configuration or the post asks for it.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


class Code(NamedTuple):
    """One kind of problem: its name, its default severity, and what it means in one sentence.

    ``why`` says why readers care, ``mend`` what to do; ``example`` shows it wrong and, after a line ``--``, right.
    """

    name: str
    severity: Severity
    meaning: str
    why: str = ""
    mend: str = ""
    example: str = ""


def _codes(severity: Severity, **meanings: str) -> Iterator[Code]:
    for name, meaning in meanings.items():
        yield Code(name=name.replace("_", "-"), severity=severity, meaning=meaning)


CODES: Mapping[str, Code] = {
    code.name: code
    for code in (
        *_codes(
            Severity.ERROR,
            bad_date="A date in an unknown format, or one that does not exist; the post is left out.",
            bad_name="A file whose name, or that of a directory above it, is not UTF-8 or holds control characters; it is left out.",
            bad_permalink="A permalink that only the site's generator can compute, because it uses a template or transliterates letters; the post is left out.",
            bad_slug="A slug that would leave its directory, or is empty; the post is left out.",
            bad_url="A URL that is not http or https, or that cannot be parsed; the field is dropped; for a permalink, the post is left out.",
            duplicate_id="Two posts with the same id: the older one is published, the other is left out.",
            duplicate_key="Front matter with the same key twice (ignoring case, `-` and `_`); the post is left out, except in a Jekyll or Hugo site, where the last one wins and this is a warning.",
            front_matter_syntax="Front matter that is not valid YAML, TOML or JSON; the post is left out.",
            front_matter_too_deep="Front matter nested or aliased beyond any sensible use; the post is left out.",
            front_matter_type="Front matter that is not a table of keys and values; the post is left out.",
            front_matter_unclosed="Front matter whose closing fence is missing; the post is left out.",
            missing_date="A post without a date in its front matter or its file name; it is left out.",
            not_a_file="Something named like a post that is not a regular file (a directory, a FIFO, a device); it is left out.",
            not_pinned="A post whose id cannot be added to its front matter without changing anything else; its file is left unchanged.",
            not_text="A file that is neither UTF-8 nor UTF-16 with a byte order mark; it is left out.",
            outside="A symbolic link or path that leads outside the posts directory and the assets; it is never read.",
            too_large="A file larger than 64 MiB; it is not read.",
            unreadable="A file that the operating system does not let feeder read; it is left out.",
            wrong_type="A value of the wrong type for its key, such as a table for a title; for a date, id or title, the post is left out.",
            yaml_tag="A YAML tag such as `!!python/object`; feeder reads only text, so the post is left out.",
        ),
        *_codes(
            Severity.WARNING,
            ambiguous_zone="A date with a zone abbreviation such as CST, which means one offset in email and another in the site's own time zone; it is read as in email. In a Jekyll site also one that Jekyll does not know, such as CEST; Jekyll and feeder read such a date in the site's time zone.",
            bad_authors="An authors file that cannot be read; posts show the keys of their authors instead of the names.",
            bad_email="An invalid email address; the author is published without it.",
            duplicate_guid="Two episodes with the same guid; podcast apps show only one of them.",
            recording_unknown="A recording whose length or duration is neither given nor readable from a local file.",
            episode_value="An invalid duration, number or type of an episode; the value is left out.",
            episode_without_audio="A post with an episode number or guid but without an audio or video enclosure; it is not in the podcast.",
            podcast_artwork="Artwork that Apple does not accept: missing, or not a square JPEG or PNG of 1400 to 3000 pixels.",
            bad_language="A language that is not a BCP 47 tag; the site's language is used.",
            body_picture_missing="A picture, audio or video file in a body that is neither next to the post nor in `site.assets`; its URL is published as it is.",
            body_too_deep="A body nested too deeply to be rendered; only the summary is published.",
            body_too_large="A body of more than a million characters; only the summary is published.",
            enclosure_missing="An enclosure whose local file does not exist; it is published with length 0.",
            id_not_uri="An id that is not a URI, which Atom requires; the permalink is used as the id.",
            link_missing="A tag or link to a post or page (`post_url`, `relref`, `other.md`) that does not exist; its text is published without the link.",
            no_episodes="A podcast without episodes; Apple rejects it.",
            no_posts="A directory in which no posts were found; the feeds are empty.",
            picture_missing="A local picture that does not exist; its URL is published without size or type.",
            picture_unreadable="A local picture that cannot be identified or is too large; its URL is published as it is.",
            repeated_key="A repeated header, in a file whose front matter is headers; the first one is used.",
            protected_post="A post that the site shows to those who know a password; feeds have its title, and in place of its text what the site says there.",
            permalink_unsure="A Hexo post with several category paths and `:category` in its permalink: which one Hexo uses depends on the posts it has read before.",
            symlinked_directory="A symbolic link to a directory; it is not followed.",
            unread_format="Posts in AsciiDoc, Org, Textile or an Eleventy template language, or in reStructuredText without the package that reads it; they are in no feed.",
            unknown_tag="Tags of the site's generator that feeder does not know; they are removed, and their content is kept.",
            updated_before_published="An update date before the publication date; the publication date is used for both.",
            updated_in_future="An update date after the build; the publication date is used for both.",
        ),
        *_codes(
            Severity.NOTE,
            feed_over_budget="A feed larger than `feeds.max_bytes`: older entries are cut to their summary, and then the oldest are left out.",
            picture_renamed="A picture without a URL, or with one that only the site's build knows; the next best one is published.",
        ),
    )
}
"""The codes of what reading and rendering find, by name; `feeder.explanations` says more of them.

The other codes are those of `feeder.rules`.
"""


class Problem(NamedTuple):
    """One problem at one place. Lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    got: str | None = None
    hint: str = ""
    """What to do about it, where that is known."""


def problem(path: str, mark: Mark, code: str | Code, message: str, got: str | None = None) -> Problem:
    """Return a `Problem` with the default severity of ``code``: a rule's own, or the name of one of `CODES`."""
    kind = CODES[code] if isinstance(code, str) else code
    return Problem(
        path=path, line=mark.line, column=mark.column, severity=kind.severity, code=kind.name, message=message, got=got
    )


def sort_key(item: Problem) -> tuple[str, int, int, str, str]:
    """Return the key that puts problems in reading order: path, line, column, code."""
    return (item.path, item.line, item.column, item.code, item.message)


def format_problem(item: Problem) -> str:
    """Return the problem on one line: ``path:line:column: severity [code] message (got 'value')``."""
    return f"{item.path}:{item.line}:{item.column}: {item.severity} [{item.code}] {said_of(item)}"


def said_of(item: Problem) -> str:
    """Return a problem's message, with what was found in its place."""
    return with_got(item.message, item.got)


_PASSWORD = pattern(r"(?<=//)[^/@\s]*:[^/@\s]*(?=@)")


def with_got(message: str, got: str | None) -> str:
    """Return a message that ends with what was found: ``message (got 'value')``; the message alone for None.

    The password of an address is not said: messages are in the logs of CI.
    """
    return message if got is None else f"{message} (got {shortened(_PASSWORD.sub('…', got))!r})"


def shortened(value: str) -> str:
    """Return ``value``, cut to `GOT_LENGTH` characters and an ellipsis."""
    return value if len(value) <= GOT_LENGTH else value[: GOT_LENGTH - 1] + "…"


class Unsound(Exception):  # noqa: N818 - it names a state of a post, not a fault of the program
    """A post that cannot be published; carries every problem found in it, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(format_problem, problems)))
        self.problems = problems


class UnreadablePictureError(Exception):
    """A file that is there and is no picture one could show; the message says why."""


class ConfigurationError(Exception):
    """Usage or configuration that feeder cannot work with; the message is for a person. Exit code 2."""
