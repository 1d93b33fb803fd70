"""Hexo: posts in ``source/_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING

from feeder.addresses.hexopaths import (
    SYNTAX,  # noqa: F401 - every dialect with a language of patterns shows it under this name
    below_posts,
    in_name,
    made_token,
    new_name,
    own_token,
    pattern_of,
    spelled,
    syntax_of,
    wants,
)
from feeder.addresses.tokens import expanded, one_slash, says
from feeder.kinds import Dialect
from feeder.texts.dates import parse_date
from feeder.texts.datestyles import as_in_javascript
from feeder.texts.fieldnames import folded_key, names_with
from feeder.texts.tagnames import LIQUID, tags_by_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.kinds import Traits
    from feeder.model import Habits

_HIDDEN = re.compile(r"(?:.*/)?[_.]")
_ZONED = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?[ \t]*(?:[Zz]|[-+]\d\d?(?::\d\d)?)")
"""A timestamp of YAML that says its zone."""


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern gives."""
    pattern = pattern_of(habits)
    path = spelled(one_slash("/" + expanded(pattern, syntax_of(pattern), traits, habits)), habits)
    return _pretty(_as_folder(path, habits), habits)


def url(text: str, _: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, which is below the site's root."""
    return text if ":" in text else _pretty(_as_folder(spelled("/" + text.lstrip("/"), habits), habits), habits)


def _as_folder(path: str, habits: Habits) -> str:
    return path + "/" if says(habits, "post_asset_folder") and not path.endswith(("/", ".html")) else path


def _pretty(path: str, habits: Habits) -> str:
    index = path.endswith("index.html")
    if index and habits.options.get("pretty_urls.trailing_index", "").lower() == "false":
        return path.removesuffix("index.html")
    if not index and habits.options.get("pretty_urls.trailing_html", "").lower() == "false":
        return path.removesuffix(".html")
    return path


def dated(path: str, habits: Habits) -> str:
    """Return the date in a file's name: where ``new_post_name`` says, else at its beginning."""
    said = in_name(path, habits)
    parts = said.get("year"), said.get("month") or said.get("i_month"), said.get("day") or said.get("i_day")
    if all(parts):
        return "-".join(filter(None, parts))
    from feeder.texts.pathnames import date_in_path

    return date_in_path(path)


def clock(text: str) -> str:
    """Return a date as Hexo takes it: YAML's timestamps become UTC, and what a clock shows there is taken as local."""
    if not _ZONED.fullmatch(text):
        return as_in_javascript(text)
    return parse_date(text, UTC).astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def root(posts: str, habits: Habits) -> str:
    """Return ``source`` for the directory of pages and posts, "" for one of posts only."""
    source = (habits.options.get("source_dir") or "source").strip("/")
    return "source" if f"/{posts.strip('/')}".endswith(f"/{source}") else ""


def is_post(path: str, above: str, habits: Habits) -> bool:
    """Whether Hexo reads a file: one whose name, and whose directories', begin with neither ``_`` nor a dot.

    Where posts have folders of their own for pictures, only what ends as new posts do is one; nowhere what is not rendered.
    """
    if says(habits, "post_asset_folder") and not path.endswith(new_name(habits)[new_name(habits).rindex(".") :]):
        return False
    if above and not path.startswith(("_posts/", "_drafts/")):
        return False
    below = path if above else f"_posts/{path}"
    return not (_HIDDEN.match(below_posts(path)) or _is_skipped(below, habits) or _is_ignored(below, habits))


def _is_ignored(path: str, habits: Habits) -> bool:
    """Whether ``ignore`` names a file, or a directory that it is in, by the whole path: where the site lies, nobody knows here."""
    if not (told := habits.options.get("ignore")):
        return False
    from feeder.cascades import matches, pattern_of

    parts = f"{(habits.options.get('source_dir') or 'source').strip('/')}/{path}".split("/")
    paths = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    globs = [glob.removeprefix("**/") for glob in told.split(", ") if glob.startswith("**/")]
    return any(matches(pattern_of(f"{{**/,}}{glob.replace('**/', '{**/,}')}"), one) for glob in globs for one in paths)


def _is_skipped(path: str, habits: Habits) -> bool:
    """Whether ``skip_render`` names a file of ``source``: Hexo copies it, and it is no post."""
    if not (told := habits.options.get("skip_render")):
        return False
    from feeder.cascades import matches, pattern_of  # few sites skip anything

    globs = (glob.replace("**/", "{**/,}") for glob in told.split(", "))  # it spans no directory, too
    return any(matches(pattern_of(glob.removeprefix("!")), path) is not glob.startswith("!") for glob in globs)


def split(_: str, text: str) -> Iterable[str]:
    """Yield a name: text is one, whatever it holds."""
    return (text,)


TAGS = {
    **LIQUID,
    **tags_by_meaning(
        code="codeblock code wavedrom score abcjs plantuml",
        include_code="include_code include-code",
        hexo_picture="asset_img img image fullimage inlineimage inlineimg inlineImg fi",
        asset_path="asset_path",
        asset_link="asset_link",
        link="link exturl extlink linkcard",
        post_link="post_link",
        address="post_path",
        quote="blockquote pullquote",
        iframe="iframe pdf",
        aside="note subnote admonition tip",
        center="centerquote cq",
        tabs="tabs subtabs subsubtabs timeline",
        tab="tab timenode",
        button="btn button",
        label="label",
        hidden="hideInline",
        details="hideBlock hideToggle folding fold spoiler",
        inner="grouppicture gp gallery",
        nothing="galleryGroup flink linkgrid lg caniuse can meting aplayerlist series chartjs echarts",
        github="ghcard",
        bilibili="bilibili",
        aplayer="aplayer aplayerlrc",
        dplayer="dplayer",
        styled="span p checkbox radio",
        ruby="ruby",
        words="u emp wavy del kbd psw mark quot",
    ),
}
"""Hexo's own tags, and those of the themes NexT, Butterfly and Volantis."""
_PLUGGED = {"container": "containers", "emoji": "emoji", "abbr": "abbreviations", "attrs": "goldmark"}
"""Plug-ins of markdown-it -> the syntaxes that they read."""


_FEEDS = frozenset({"feed", "atom", "rss2"})
"""What the generator of Hexo's feeds is called, where a site says which generators show hidden posts."""


def _hiding(habits: Habits) -> tuple[str, ...]:
    """Return the keys that keep a post out of lists, those of hexo-hide-posts as the site has set it up."""
    told = {name: habits.options.get(f"hide_posts.{name}", "") for name in ("enable", "filter")}
    allowed, blocked = (
        {*habits.options.get(f"hide_posts.{name}_generators", "").split(", ")} for name in ("allowlist", "blocklist")
    )
    shown = allowed & _FEEDS or ("*" in allowed and not blocked & _FEEDS)
    key = folded_key(told["filter"] or "hidden")
    keys = ("unlisted", "hide") if shown or told["enable"] == "false" else ("unlisted", key, "hide")
    return tuple(dict.fromkeys(keys))


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect with the key that the site's addresses are made of, and the syntaxes that its plug-ins read."""
    keys = _hiding(habits)
    if keys != dialect.names["unlisted"] and dialect.ranks.keys().isdisjoint({*keys} - {*dialect.names["unlisted"]}):
        dialect = dialect.with_names({**dialect.names, "unlisted": keys})
    if token := own_token(pattern_of(habits)) or made_token(habits):
        dialect = dialect.with_names({**dialect.names, "slug": (folded_key(token),)})
    plugged = habits.options.get("markdown.plugins")
    if plugged is None:
        return dialect
    more = [_PLUGGED[name] for name in plugged.split(", ") if name in _PLUGGED]
    signs = [] if habits.options.get("markdown.render.typographer") == "false" else ["typographer"]
    return dialect._replace(syntaxes={"": (*dialect.syntaxes[""], *more, *signs)})


SYNTAXES = {"": ("hexofences", "nunjucks", "wideheadings", "localaddresses", "rootedpictures", "formulas", "toc")}

DIALECT = Dialect.of(
    "hexo",
    names_with(
        url="permalink",
        published="date pubdate publishdate",
        slug="abbrlink urlname slug",
        tags="tags tag",
        unlisted="unlisted hidden hide",
        image="cover headimg image banner bannerimg topimg featuredimage ogimage coverimage indeximg img coverimg headerimg hero heroimage photos photo bgimage",
    ),
    flavor="smartypants",
    beside="folder",
    beside_needs="post_asset_folder",
    paths=True,
    suited=suited,
    split=split,
    root=root,
    dated=dated,
    headers="unopened",
    clock=clock,
    is_post=is_post,
    address=address,
    url=url,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
