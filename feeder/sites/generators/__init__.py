"""The generators whose configuration feeder reads, one file each, and which of them a directory is the site of.

A file is loaded when a site is its generator's. It has one function, ``read``, which takes a `feeder.sites.found.Findings`.
Nothing of a site is ever run.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeder.sites.found import Found

_PACKAGES = ("apps", "packages", "projects", "sites", "web")
"""Directories in which a repository of several packages has them."""
PLAIN = "plain"

_BYTES = 2**18
_BY_FILE = {
    **{f"docusaurus.config.{ending}": "docusaurus" for ending in ("js", "ts", "mjs", "cjs", "mts")},
    **{f"astro.config.{ending}": "astro" for ending in ("mjs", "js", "ts", "cjs", "mts")},
    ".eleventy.js": "eleventy",
    **{f"eleventy.config.{ending}": "eleventy" for ending in ("js", "cjs", "mjs", "ts")},
    **{f"hugo.{ending}": "hugo" for ending in ("toml", "yaml", "yml", "json")},
    "pelicanconf.py": "pelican",
    "pelican.conf.py": "pelican",
    "publishconf.py": "pelican",
}
"""Generators by files that are theirs alone; of several, the first counts."""
_SHARED = ("_config.yml", "_config.yaml", "_config.toml", "_config.json")
"""Files of Jekyll's and Hexo's sites; in a directory below one of Hexo's lie what Jekyll has beside it."""
# Patterns are compiled where they are needed: most directories need none.
_HEXO_KEYS = (
    r"(?m)^(?:source_dir|public_dir|new_post_name|default_layout|post_asset_folder|category_map|skip_render|code_dir|i18n_dir"
    r"|archive_dir|category_dir|titlecase|external_link|filename_case|render_drafts|relative_link|pretty_urls|root|per_page"
    r"|date_format|time_format|deploy) *:"
)  # fmt: skip
_JEKYLL_KEYS = (
    r"(?m)^(?:plugins|gems|markdown|kramdown|baseurl|collections|collections_dir|defaults|exclude|sass|remote_theme|highlighter"
    r"|paginate_path|plugins_dir|layouts_dir|liquid|incremental|show_drafts|whitelist|safe|redcarpet|pygments) *:"
)  # fmt: skip
_JEKYLL_NAMES = frozenset({"_posts", "_layouts", "_includes", "_sass", "_data", "_drafts", "Gemfile"})
_HUGO_KEYS = (
    r"(?im)(?:^|[{,])\s*[\"']?(?:baseURL|languageCode|contentDir|publishDir|defaultContentLanguage|enableRobotsTXT|hasCJKLanguage"
    r"|buildDrafts|canonifyURLs|googleAnalytics|disqusShortname|paginate)[\"']?\s*[=:]"
)  # fmt: skip
_UNREAD = {
    **{f"{name}.config.{ending}": shown for name, shown in (
        ("gatsby", "Gatsby"), ("next", "Next.js"), ("nuxt", "Nuxt"), ("svelte", "SvelteKit"), ("gridsome", "Gridsome"),
        ("quartz", "Quartz"),
    ) for ending in ("js", "mjs", "cjs", "ts", "mts")},
    **{f"gatsby-config.{ending}": "Gatsby" for ending in ("js", "mjs", "cjs", "ts")},
    ".vitepress": "VitePress",
    ".vuepress": "VuePress",
    "mkdocs.yml": "MkDocs",
    "mkdocs.yaml": "MkDocs",
    "zensical.toml": "Zensical",
    "zola.toml": "Zola",
    "book.toml": "mdBook",
    "_quarto.yml": "Quarto",
    "_cobalt.yml": "Cobalt",
    "bridgetown.config.yml": "Bridgetown",
    "nanoc.yaml": "nanoc",
    "soupault.toml": "Soupault",
}  # fmt: skip
"""Other generators by files that are theirs alone: nobody reads their configuration here."""
_UNREAD_KEYS = (
    ("config.toml", r"(?m)^base_url\s*=", "Zola"),
    ("conf.py", r"(?m)^BLOG_TITLE\s*=", "Nikola"),
    ("conf.py", r"(?m)^extensions\s*=", "Sphinx"),
    ("config.rb", r"(?m)^activate\s*\(?\s*:", "Middleman"),
    (
        "package.json",
        r"\"(gatsby|next|nuxt|@sveltejs/kit|vitepress|vuepress|gridsome)\"\s*:\s*\"(?:[~^<>=v]*\d|[a-z*]+\"|workspace:)",
        "",
    ),
)
"""The same by what a file holds; of a package, by its name."""
_IN_PACKAGE = r"\"(?:@11ty/(eleventy)|(hexo)|(astro))\"\s*:"


class Detected(NamedTuple):
    """A dialect, and what speaks for it."""

    dialect: str
    reason: str
    unread: str = ""
    """Of a plain directory, the generator whose site it seems to be, and whose configuration nobody reads here."""


def detected(directory: Path) -> Detected:
    """Return whose site lies in a directory, by its files; ``plain`` where nothing tells."""
    try:
        names = {entry.name for entry in os.scandir(directory)}
    except OSError:
        return Detected(PLAIN, "the directory cannot be read")
    return (
        _by_files(directory, names)
        or _by_package(directory, names)
        or _unread(directory, names)
        or Detected(PLAIN, "found no generator's files")
    )


def sites_below(directory: Path) -> list[str]:
    """Return what to say of the sites in the directories of one that is none, which may be meant."""
    if detected(directory).dialect != PLAIN:
        return []  # what it says of its posts comes first
    names = [below for name in _directories(directory) for below in (name, *_within(directory, name))]
    known = {name: detected(directory / name) for name in names}
    return [
        f"found a site in {name} ({dialect}: {reason}): run feeder there"
        if dialect != PLAIN
        else f"found a site in {name} ({unread}: {reason}), whose configuration feeder does not read"
        for name, (dialect, reason, unread) in known.items()
        if dialect != PLAIN or unread
    ]


def _directories(directory: Path) -> list[str]:
    names = sorted(entry.name for entry in os.scandir(directory) if entry.is_dir())
    return [name for name in names if name[0] != "." and name != "node_modules"]


def _within(directory: Path, name: str) -> list[str]:
    """Return the packages of a repository that has several, of one of its directories."""
    return [f"{name}/{below}" for below in _directories(directory / name)] if name in _PACKAGES else []


def find(dialect: str, reason: str, directory: Path, posts: str = "") -> Found:
    """Return what the configuration of a generator says, its faults included; ``posts`` are those that somebody names."""
    from feeder.dialects import dialect as spoken
    from feeder.problems import ConfigurationError
    from feeder.sites.directories import custom_host, names_formulas
    from feeder.sites.found import WHOLE, Findings, Found

    findings = Findings(directory, posts)
    generator = import_module(f"feeder.sites.generators.{dialect}")
    try:
        generator.read(findings)
        if any("formulas" in names for names in spoken(dialect).syntaxes.values()) and (
            name := names_formulas(directory, (*generator.FILES, "package.json"))
        ):
            findings.let("math", "true", name)
    except ConfigurationError as error:
        return Found(dialect, reason, faults={WHOLE: str(error)})
    if "site.url" not in findings.values and (
        custom := custom_host(
            directory, findings.values["site.assets"].value if "site.assets" in findings.values else ()
        )
    ):
        findings.give("site.url", f"https://{custom[0]}/", custom[1])
    return findings.found(dialect, reason)


class _Sign(NamedTuple):
    """A file or a directory that speaks for a generator, and what else does."""

    dialect: str
    name: str
    more: str = ""


def _by_files(directory: Path, names: set[str]) -> Detected | None:
    """Return the generator whose files there are; where those of several are, the reason says so."""
    own = [_Sign(dialect, name) for name, dialect in _BY_FILE.items() if name in names]
    signs = [*own, *_shared(directory, names)]
    if hugo := next((sign for sign in signs if sign.dialect == "hugo"), None):
        first = signs[0]
        no_posts = "content" in names and not _has_posts(directory, names)
        left_over = first.name.startswith("_config.") and (no_posts or _is_alone(directory, names))
        if first.dialect == "pelican" or left_over:
            signs.insert(0, hugo)  # Pelican's sites move to Hugo; GitHub leaves its Jekyll's file behind
    if not signs:
        return None
    first = signs[0]
    other = next((sign for sign in signs if sign.dialect != first.dialect), None)
    beside = f", next to {other.name}; set site.dialect: {other.dialect} to override" if other else ""
    return Detected(first.dialect, f"found {first.name}{first.more}{beside}")


def _shared(directory: Path, names: set[str]) -> Iterator[_Sign]:
    """Yield a sign for each generator by files whose names several have: ``_config.yml``, ``config.toml``."""
    for name in _SHARED:
        if name in names:
            yield _Sign(_hexo_or_jekyll(directory, names, name), name, " and files that go with it")
            break
    for name in ("config.toml", "config.yaml", "config.yml", "config.json"):
        if name in names and re.search(_HUGO_KEYS, _head(directory, name)):
            yield _Sign("hugo", name, " with Hugo's keys")
            break
    else:
        if "config" in names and (directory / "config" / "_default").is_dir():
            yield _Sign("hugo", "config/_default")
    if "settings.py" in names and re.search(r"(?m)^SITENAME\s*=", _head(directory, "settings.py")):
        yield _Sign("pelican", "settings.py", " with Pelican's SITENAME")
    others = names & {"_layouts", "_includes", "_data", "Gemfile"} if "_posts" in names else set()
    beside_hexo = others == {"_data"} and any((directory.resolve().parent / name).is_file() for name in _SHARED)
    if others and not beside_hexo:
        yield _Sign("jekyll", "_posts", f" and {min(others)}")


def _has_posts(directory: Path, names: set[str]) -> bool:
    """Whether Jekyll's or Hexo's directory of posts is there."""
    return "_posts" in names or (directory / "source" / "_posts").is_dir()


def _is_alone(directory: Path, names: set[str]) -> bool:
    """Whether a ``_config.yml`` is left from what a site was before: nothing else of that is there."""
    return not (names & _JEKYLL_NAMES or "scaffolds" in names or (directory / "source" / "_posts").is_dir())


def _hexo_or_jekyll(directory: Path, names: set[str], name: str) -> str:
    """Return which of the two has a ``_config.yml``: by directories that one alone has, else by more of the keys."""
    if names & _JEKYLL_NAMES:
        return "jekyll"
    if "scaffolds" in names or _has_posts(directory, names):
        return "hexo"
    text = _head(directory, name)
    return "hexo" if len(re.findall(_HEXO_KEYS, text)) > len(re.findall(_JEKYLL_KEYS, text)) else "jekyll"


def _by_package(directory: Path, names: set[str]) -> Detected | None:
    if "package.json" not in names or not (match := re.search(_IN_PACKAGE, _head(directory, "package.json"))):
        return None
    return Detected(match[1] or match[2] or match[3], f"package.json mentions {match[1] or match[2] or match[3]}")


def _unread(directory: Path, names: set[str]) -> Detected | None:
    if name := next(filter(_UNREAD.__contains__, sorted(names)), ""):
        return Detected(PLAIN, f"found {name}", _UNREAD[name])
    if name := next((name for name in sorted(names) if name.endswith(".lektorproject")), ""):
        return Detected(PLAIN, f"found {name}", "Lektor")
    for name, wanted, whose in _UNREAD_KEYS:
        if name in names and (match := re.search(wanted, _head(directory, name))):
            return Detected(PLAIN, f"found {name}", whose or match[1])
    return None


def _head(directory: Path, name: str) -> str:
    try:
        with (directory / name).open("rb") as stream:
            return stream.read(_BYTES).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
