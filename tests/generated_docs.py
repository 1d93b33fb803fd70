"""The parts of the documentation that are made from the code. ``python tests/generated_docs.py`` writes them anew."""

from __future__ import annotations

import json
import re
from contextlib import chdir
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click
from click.testing import CliRunner

from feeder.addresses.tokens import OWN
from feeder.cli import COMMANDS, main
from feeder.comparison.compare import LABELS, MEANINGS, Kind
from feeder.comparison.readers import READERS, effects
from feeder.config import schema
from feeder.dialects import DIALECTS, dialect
from feeder.explanations import all_codes
from feeder.formats import FORMATS
from feeder.reports import REPORTS
from feeder.settings import Group, Settings, keys_of, section_of
from feeder.texts.fieldnames import EPISODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).parent.parent
_BLOCK = re.compile(r"(<!-- generated: ([\w -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_FIELDS = {
    "title": "Plain text; inline HTML is stripped. Without it: a heading at the top or of level 1, then the file's name.",
    "published": "When the post was published. Without it: the date in a file name such as `2024-01-31-title.md`.",
    "updated": "When it last changed in a way that matters. Never moves the publication date.",
    "id": "A URI that never changes; as `guid`, any text. Without it: the permalink.",
    "url": "The permalink: absolute, or relative to the site. Without it: as the site's generator makes it, or `posts.permalink`.",
    "slug": "One name, for `:slug` in `posts.permalink`.",
    "summary": "Plain text. Without it: what stands before `<!-- more -->`, then the first paragraphs.",
    "authors": "A name, `Name <mail>`, a table of `name`, `email`, `url`, or a list of these. Without it: `site.author`.",
    "categories": "Text with commas, a list, a list of lists, tables with a `name`.",
    "tags": "The same, as a kind of their own.",
    "image": "The large picture: a URL, or a path beside the post or in `site.assets`; or a table with a `url`.",
    "thumbnail": "The small one. Each of the two stands in for the other; then the body's first picture, then `site.image`.",
    "enclosures": "A URL, a path, a table of `url`, `length`, `type`, `title`, or a list of these.",
    "language": "A BCP 47 tag, if it is not the site's language.",
    "comments": "`true`: the comments are at the post's `#comments`; a URL: there.",
    "expires": "The post leaves the feeds then.",
    "draft": "`true` keeps the post out.",
    "public": "`false` keeps the post out.",
    "status": "`draft` keeps the post out.",
    "listed": "`false` or `never` keeps the post out of the feeds, though it is published.",
    "unlisted": "`true` does the same.",
    "feed": "`false` keeps the post out of the feeds, though it is published.",
    "sealed": "A password that readers of the post need, or `true`: its text is in no feed, only its `abstract` or `message`.",
}
_EPISODE = {
    "recording": "What is played: a URL, a path beside the post or in `site.assets`, or a table as for `enclosure`. Without an extension it counts as MP3.",
    "file": "The same, where it has the extension of audio or video; `url` and `link`, too, if that is the whole URL of such a file, or the generator makes no address of it (Jekyll, Hexo, Eleventy, Docusaurus).",
    "media_length": "Bytes of the recording. A local file is looked at.",
    "media_type": "Its media type, where the extension says another or none.",
    "duration": "`1843`, `30:43`, `1:02:03` or `PT30M43S`. Without it: read from a local file.",
    "episode": "The number of the episode; Apple knows whole ones only, `12.5` is for the others.",
    "season": "The number of the season.",
    "episode_type": "`full`, `trailer` or `bonus`.",
    "episode_title": "The title without the number, where the post's has it.",
    "episode_guid": "What podcast apps know the episode by, letter for letter. Without it: `id` or `guid` as it is written, then the id of the entry.",
    "explicit": "`true` or `yes`, `false`, `no` or `clean`; without it, what the show says.",
    "block": "`true` asks directories to leave the episode out.",
    "artwork": "A square picture of 1400 to 3000 pixels. Without it: the post's picture, if it is a local one of that kind.",
    "transcripts": "A URL, a path, a table of `url`, `type`, `language`, `rel`, or a list of these.",
    "chapters": "The URL or path of a JSON file of chapters.",
    "hosts": "Names, or tables of `name`, `role`, `group`, `img`, `href`.",
    "guests": "The same; their role is `guest`.",
    "people": "The same, with any role.",
}
_ELSEWHERE = frozenset({"listed", "unlisted"})
"""Fields that only docs/front-matter.md tells of."""

_MEANINGS = {
    "raw": "What is in it, as it is; tags in it are shown as code.",
    "code": "A block of code.",
    "comment": "Nothing, nor what is in it.",
    "nothing": "Nothing.",
    "inner": "What is in it.",
    "github": "A link to the repository on GitHub.",
    "sealed": "Nothing: what is in it is for those who know a password; a warning says so.",
    "text": "The text in it, or that it is told.",
    "words": "The text in it, or its words.",
    "aside": "A quote, with the title in bold.",
    "quote": "A quote, with who said it.",
    "center": "A quote.",
    "label": "Its text.",
    "styled": "Its text, without the words before the comma that say how it looks.",
    "hidden": "Its text, without what says how it is shown on demand.",
    "ruby": "The characters, with how they are read above them.",
    "details": "What is shown on demand.",
    "tabs": "One tab below the other, each below its name.",
    "tab": "What is in it, below its name.",
    "param": "A value of the front matter, else of the site's parameters.",
    "picture": "A picture, with its caption.",
    "hexo-picture": "A picture.",
    "asset-path": "The address of a file beside the post.",
    "asset-link": "A link to a file beside the post.",
    "include": "A picture, a player, a note, a text or a link, by what it is told; else unknown.",
    "include-code": "A link to the file.",
    "youtube": "A link to the film, with its picture.",
    "vimeo": "A link to the film.",
    "bilibili": "A link to the film.",
    "video": "A player.",
    "audio": "A player.",
    "aplayer": "A player.",
    "site-url": "The site's URL.",
    "post-url": "The URL of the post itself.",
    "dplayer": "A player.",
    "iframe": "A link.",
    "embed": "A link, to a film with its picture.",
    "gist": "A link.",
    "tweet": "A link.",
    "instagram": "A link.",
    "jsfiddle": "A link.",
    "codepen": "A link.",
    "link": "A link.",
    "link-or-text": "A link, or what is in it.",
    "button": "A link.",
    "address": "The address of the post, or of another file of the site.",
    "post-link": "A link to the post, with its title.",
    "if": "The branch that holds.",
    "case": "What is in it for the value that it has, where that is known.",
    "loop": "Nothing; it is told as unknown.",
    "assign": "Nothing; the value is kept.",
    "capture": "Nothing; the text is kept.",
}
"""What becomes of a tag -> how that is said."""


def configuration() -> Iterator[str]:
    """Yield the table of every key, by section."""
    yield from ("| key | default | what it says |", "|---|---|---|")
    for name, section in keys_of(Settings).items():
        if section["kind"] == "section":
            defaults = section_of(Settings(), name)
            for key, item in keys_of(defaults).items():
                yield _row(f"{name}.{key}", getattr(defaults, key), item)
        else:
            yield _row(name, getattr(Settings(), name), section)


def groups() -> Iterator[str]:
    """Yield the table of what can be said of the feeds of a kind of groups."""
    yield from ("| key | default | what it says |", "|---|---|---|")
    for name, item in keys_of(Group()).items():
        yield _row(name, getattr(Group(), name), item)


def _row(key: str, default: Any, metadata: Any) -> str:
    return f"| `{key}` | {metadata.get('shown') or _shown(default)} | {metadata['doc']} |"


def _shown(value: Any) -> str:
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case tuple():
            return f"`[{', '.join(value)}]`" if value else "none"
        case dict() | "":
            return "none"
        case _:
            return f"`{value}`"


def problems() -> Iterator[str]:
    """Yield the table of every code, and then each in full."""
    yield from ("| code | severity | meaning |", "|---|---|---|")
    codes = all_codes()
    for code in codes:
        yield f"| [`{code.name}`](#{code.name}) | {code.severity} | {code.meaning} |"
    for code in sorted(codes, key=lambda code: code.name):
        wrong, right = code.example.split("\n--\n")
        yield from ("", f"### {code.name}", "", code.meaning, code.why, code.mend, "")
        yield from ("```text", wrong, "```", "", "becomes", "", "```text", right, "```")


def reports() -> Iterator[str]:
    """Yield the table of every form of report."""
    yield from ("| format | what it is |", "|---|---|")
    for name, said in REPORTS.items():
        yield f"| `{name}` | {said} |"


def front_matter() -> Iterator[str]:
    """Yield the table of every field and the names that it goes by."""
    names = dialect("plain").names
    yield from ("| field | names | what it takes |", "|---|---|---|")
    for field, doc in _FIELDS.items():
        if field in _ELSEWHERE:
            continue
        yield f"| {field} | {', '.join(f'`{name}`' for name in names[field])} | {doc} |"
    missing = set(names) - set(_FIELDS) - set(EPISODE)
    if missing:
        message = f"no documentation for {sorted(missing)}"
        raise LookupError(message)


def episode_front_matter() -> Iterator[str]:
    """Yield the table of every field of an episode and the names that it goes by."""
    yield from ("| field | names | what it takes |", "|---|---|---|")
    for field, doc in _EPISODE.items():
        yield f"| {field} | {', '.join(f'`{name}`' for name in EPISODE[field])} | {doc} |"
    if missing := set(EPISODE) - set(_EPISODE):
        message = f"no documentation for {sorted(missing)}"
        raise LookupError(message)


def dialects() -> Iterator[str]:
    """Yield the table of every name that each dialect has for each field."""
    yield from ("| field | " + " | ".join(DIALECTS) + " |", "|---|" + "---|" * len(DIALECTS))
    for field in _FIELDS:
        names = (", ".join(f"`{key}`" for key in dialect(name).names[field]) for name in DIALECTS)
        yield f"| {field} | {' | '.join(names)} |"


def tokens() -> Iterator[str]:
    """Yield the table of the tokens in each dialect's patterns of addresses."""
    yield from ("| dialect | tokens |", "|---|---|")
    for name in DIALECTS:
        module = "addresses.pelicanpaths" if name == "pelican" else f"dialects.{name}"
        syntax = getattr(import_module(f"feeder.{module}"), "SYNTAX", OWN if name == "plain" else None)
        if syntax:
            shown = (syntax.shown.format(token) for token in sorted(syntax.tokens) if not token.endswith("_"))
            yield f"| {name} | {', '.join(f'`{token}`' for token in shown)} |"


def tags() -> Iterator[str]:
    """Yield the table of every tag of every dialect, by what becomes of it."""
    yield from ("| dialect | tags | what becomes of them |", "|---|---|---|")
    for name in DIALECTS:
        known = dialect(name).tags
        for meaning, said in _MEANINGS.items():
            if having := sorted(tag for tag in known if known[tag] == meaning):
                yield f"| {name} | {', '.join(f'`{tag}`' for tag in having)} | {said} |"


def formats() -> Iterator[str]:
    """Yield the table of every format."""
    yield from ("| format | file | served as | specification |", "|---|---|---|---|")
    specifications = {
        "rss": "RSS 2.0, the RSS Advisory Board's profile, Media RSS",
        "atom": "Atom 1.0 (RFC 4287), Media RSS",
        "json": "JSON Feed 1.1",
    }
    for name, form in FORMATS.items():
        yield f"| `{name}` | `{form.file_name}` | `{form.media_type}` | {specifications[name]} |"


def command_help() -> Iterator[str]:
    """Yield the help of feeder and of every command."""
    with click.Context(main, info_name="feeder", terminal_width=100, max_content_width=100) as context:
        for command, name in ((main, ""), *((main.get_command(context, name), name) for name in COMMANDS)):
            assert command is not None
            inner = click.Context(
                command, info_name=f"feeder {name}".strip(), terminal_width=100, max_content_width=100
            )
            inner.help_option_names = context.help_option_names = ["-h", "--help"]
            yield f"### feeder {name}".rstrip()
            yield from ("", "```text", command.get_help(inner), "```", "")


def kinds() -> Iterator[str]:
    """Yield the table of what can happen to subscribers."""
    yield from ("| report | `--fail-on` | what it means |", "|---|---|---|")
    for kind in Kind:
        yield f"| {LABELS[kind]} | `{kind}` | {MEANINGS[kind]} |"


def readers() -> Iterator[str]:
    """Yield the table of what readers do."""
    yield from (f"| | {' | '.join(READERS)} |", f"|---|{'---|' * len(READERS)}")
    for kind in Kind:
        if known := effects(kind):
            yield f"| {LABELS[kind]} | {' | '.join(known.get(reader, '') for reader in READERS)} |"


def diff_as(form: str) -> Callable[[], Iterator[str]]:
    """Return what yields the report on a small site whose posts were changed after they were published."""

    def example() -> Iterator[str]:
        with TemporaryDirectory() as directory, chdir(directory):
            posts = Path("posts")
            posts.mkdir()
            texts = {"kettle": "Water, patience, a whistle.", "teapot": "Round, brown and older than the house.",
                     "cups": "Six were bought, four are left.", "sugar": "Two lumps, or none at all."}  # fmt: skip
            for day, (name, text) in enumerate(texts.items(), 10):
                front = f"title: The {name}\ndate: 2026-01-{day}\ncategories: Tea\n"
                (posts / f"{name}.md").write_text(f"---\n{front}---\n{text}\n", encoding="utf-8")
            run = ["--url", "https://example.org/", "--now", "2026-02-01", "--no-cache", "-q"]
            CliRunner().invoke(main, ["build", *run], catch_exceptions=False)
            (posts / "teapot.md").rename(posts / "pot.md")
            (posts / "sugar.md").unlink()
            edited = (posts / "cups.md").read_text(encoding="utf-8")
            edited = (
                edited.replace("The cups", "The good cups").replace("four are", "three are").replace("Tea", "China")
            )
            (posts / "cups.md").write_text(edited, encoding="utf-8")
            result = CliRunner().invoke(main, ["diff", "--format", form, *run], catch_exceptions=False)
            yield from (f"```{form}", result.stdout.rstrip("\n"), "```")

    return example


BLOCKS: dict[str, Callable[[], Iterator[str]]] = {
    "configuration": configuration,
    "groups": groups,
    "problems": problems,
    "reports": reports,
    "front matter": front_matter,
    "episode front matter": episode_front_matter,
    "dialects": dialects,
    "tokens": tokens,
    "formats": formats,
    "tags": tags,
    "help": command_help,
    "kinds": kinds,
    "readers": readers,
    "diff as text": diff_as("text"),
    "diff as markdown": diff_as("markdown"),
}


def pages() -> dict[Path, str]:
    """Return every page that has a generated part, as it should be."""
    found = {
        path: _BLOCK.sub(lambda match: f"{match[1]}{chr(10).join(BLOCKS[match[2]]())}\n{match[3]}", text)
        for path in [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
        if "<!-- generated: " in (text := path.read_text(encoding="utf-8"))
    }
    schema_text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    return {**found, REPOSITORY / "docs" / "feeder.schema.json": schema_text}


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
