"""What can be wrong: problems with a place, a severity and a code, and how one reads."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

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
            bad_date="A date that is not in an accepted form, or that the calendar does not have; the post is left out.",
            bad_name="A file whose name, or that of a directory above it, is not UTF-8 or holds control characters; it is left out.",
            bad_permalink="A permalink that only the site's generator can work out, since it runs a template or spells foreign letters; the post is left out.",
            bad_slug="A slug that would leave its directory, or is empty; the post is left out.",
            bad_url="A URL that is not http or https, or that cannot be parsed; the field is dropped, a permalink costs the post.",
            duplicate_id="Two posts with one id: the older one is published, the other is left out.",
            duplicate_key="Front matter that gives one key twice (case, `-` and `_` do not count); the post is left out, but in a Jekyll or Hugo site, where the last counts and this is a warning.",
            front_matter_syntax="Front matter that is not valid YAML, TOML or JSON; the post is left out.",
            front_matter_too_deep="Front matter nested or aliased beyond any sensible use; the post is left out.",
            front_matter_type="Front matter that is not a table of keys and values; the post is left out.",
            front_matter_unclosed="Front matter whose closing fence is missing; the post is left out.",
            missing_date="A post without a date in its front matter or its file name; it is left out.",
            not_a_file="Something named like a post that is no regular file (a directory, a FIFO, a device); it is left out.",
            not_pinned="A post whose id cannot be written into its front matter without changing anything else; its file stays as it is.",
            not_text="A file that is neither UTF-8 nor UTF-16 with a byte order mark; it is left out.",
            outside="A symbolic link or a path that leaves the posts directory and the assets; it is never read.",
            too_large="A file beyond 64 MiB; it is not read.",
            unreadable="A file that the system does not let feeder read; it is left out.",
            wrong_type="A value of another kind than its key takes (a table for a title, say); a date, id or title costs the post.",
            yaml_tag="A YAML tag such as `!!python/object`; feeder reads text, so the post is left out.",
        ),
        *_codes(
            Severity.WARNING,
            ambiguous_zone="A date with a zone such as CST, which mails and the site's own place use for different times; it is read as in mails.",
            bad_authors="A file of authors that cannot be read; posts show the names by which they call their authors.",
            bad_email="A mail address that is none; the author is published without it.",
            duplicate_guid="Two episodes with one guid; podcast apps show one of them.",
            recording_unknown="A recording whose length or duration is not given and cannot be read from a local file.",
            episode_value="A value that an episode cannot have (a duration, a number, a type); it is left out.",
            episode_without_audio="A post with an episode's number or guid and no enclosure of audio or video; it is not in the podcast.",
            podcast_artwork="Artwork that Apple does not take: not a square JPEG or PNG of 1400 to 3000 pixels, or not there.",
            bad_language="A language that is not a BCP 47 tag; the site's language is used.",
            body_picture_missing="A picture, sound or film in a body whose file is neither beside the post nor in `site.assets`; its URL is published as it is.",
            body_too_deep="A body nested too deeply to be rendered; the entry has its summary only.",
            body_too_large="A body beyond a million characters; the entry has its summary only.",
            enclosure_missing="An enclosure that should be a local file and is not there; it is published with length 0.",
            id_not_uri="An id that is no URI, as Atom demands one; the permalink is used as the id.",
            link_missing="A tag or a link that names another post, or a page, (`post_url`, `relref`, `other.md`) where none is; its text is published without the link.",
            no_episodes="A podcast without an episode; Apple refuses it.",
            no_posts="A directory in which no posts were found; the feeds are empty.",
            picture_missing="A local picture that is not there; its URL is published without size or type.",
            picture_unreadable="A local picture that cannot be identified, or is too big to be one; its URL is published as it is.",
            repeated_key="A header that was given before, in a file whose front matter is headers; the first one counts.",
            permalink_unsure="A post of Hexo's on several paths of categories, with `:category` in its address: which one Hexo takes depends on the posts that it knew before.",
            symlinked_directory="A symbolic link to a directory; feeder does not follow it.",
            unread_format="Posts in AsciiDoc, Org or Textile, in Eleventy's languages for templates, or in reStructuredText where the package is missing that reads it; they are in no feed.",
            unknown_tag="Tags of the site's generator of which feeder does not know what they stand for; they are removed, and what they hold stays.",
            updated_before_published="An update earlier than the publication; the publication date is used for both.",
            updated_in_future="An update later than the build; the publication date is used for both.",
        ),
        *_codes(
            Severity.NOTE,
            feed_over_budget="A feed beyond `feeds.max_bytes`: older entries have their summary only, and then the oldest are left out.",
            picture_renamed="A picture that the site gives a name of its own when it is built, so that its URL cannot be known; the next best one is published.",
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
    got = "" if item.got is None else f" (got {shortened(item.got)!r})"
    return f"{item.path}:{item.line}:{item.column}: {item.severity} [{item.code}] {item.message}{got}"


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
