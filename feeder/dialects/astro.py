"""Astro: posts in ``src/content`` or ``src/pages``, what the site says in ``astro.config.mjs``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, expanded, of_date, one_slash, tokens_in
from feeder.dialects import titled_by_site
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_javascript
from feeder.texts.fieldnames import names_with
from feeder.texts.pathnames import below, below_directory
from feeder.texts.tagnames import MDX

if TYPE_CHECKING:
    from feeder.kinds import Traits
    from feeder.model import Habits

_DEFAULT = "/:collection/:id/"
_KEPT = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"})
_PLAIN = re.compile(r"[a-z0-9_-]*", re.ASCII)


@lru_cache(4096)
def github_slug(name: str) -> str:
    """Return a name as GitHub writes it in fragments: lower case, spaces as hyphens, without punctuation."""
    if _PLAIN.fullmatch(name):
        return name
    kept = (one for one in name.lower() if one in " -" or unicodedata.category(one) in _KEPT)
    return "".join(kept).replace(" ", "-")


def _id(traits: Traits, habits: Habits) -> str:
    """Return the id of an entry in its collection, without what the site's page takes off its beginning."""
    if traits.slug:
        return traits.slug
    made = "/".join(map(github_slug, below(traits.path).split("/")))
    removed = habits.options.get("id.without")
    return re.sub(f"^{removed}", "", made) if removed else made


def _parts(traits: Traits, habits: Habits) -> tuple[str, str]:
    """Return the first part of an id, such as a language, and the rest. Raises `ValueError` where there is but one part."""
    below_collection = traits.root.partition("/")[2]
    first, _, rest = f"{below_collection}/{_id(traits, habits)}".lstrip("/").partition("/")
    if not rest:
        message = "is made from the parts of an id, and there is only one"
        raise ValueError(message)
    return first, rest


def _plain_id(traits: Traits, habits: Habits) -> str:
    """Return the id of an entry, all in ASCII. Raises `ValueError` for one that is spelled out with a table of its own."""
    spelled = _id(traits, habits)
    if found := re.search(r"[^a-z0-9/-]", spelled):
        message = f"has {found[0]!r}, which the site's theme spells in its own way; write out the permalink"
        raise ValueError(message)
    return spelled


def _paper_slug(traits: Traits, habits: Habits) -> str:
    """Return the slug that AstroPaper makes: the directories whose names do not begin with ``_``, and the last part of the id.

    Raises `ValueError` for directories that it spells with tables of its own.
    """
    directories = [part for part in traits.path.split("/")[:-1] if not part.startswith("_")]
    if found := re.search(r"[^A-Za-z0-9_ -]", "".join(directories)):
        message = (
            f"has {found[0]!r} in a directory, which the site's theme spells in its own way; write out the permalink"
        )
        raise ValueError(message)
    slugs = ("-".join(re.split(r"[ -]+", part)).strip("-").lower() for part in directories)
    return "/".join((*slugs, _id(traits, habits).rpartition("/")[2]))


def _entry(traits: Traits, habits: Habits) -> str:
    """Return the collection of an entry, which is the first directory in its path, and its id there."""
    collection, _, path = traits.path.partition("/")
    return f"{collection}/{_id(traits._replace(path=path), habits)}"


def _own_slug(traits: Traits, _: Habits) -> str:
    """Return the slug that the front matter gives. Raises `ValueError` where it gives none."""
    if not traits.slug:
        message = "is made from the slug in the front matter, and there is none"
        raise ValueError(message)
    return traits.slug


SYNTAX = Syntax(
    re.compile(r":([a-z_]+)"),
    {
        "id": _id,
        "slug": _id,
        "own_slug": _own_slug,
        "entry": _entry,
        "first": lambda traits, habits: _parts(traits, habits)[0],
        "rest": lambda traits, habits: _parts(traits, habits)[1],
        "plain_id": _plain_id,
        "paper_slug": _paper_slug,
        "path": lambda traits, _: below(traits.path),
        "collection": lambda traits, _: traits.root,
        "year": of_date("year"),
        "month": of_date("month"),
        "day": of_date("day"),
    },
)


def root(posts: str, _: Habits) -> str:
    """Return the collection, or the directory among the pages."""
    for directory in ("src/content", "src/pages"):
        if found := below_directory(posts, directory):
            return found
    return "" if posts.rstrip("/").endswith("src/pages") else posts.rstrip("/").rpartition("/")[2]


def is_post(path: str, _: str, habits: Habits) -> bool:
    """Whether Astro reads a file: what begins with ``_`` is none of its business, unless a loader's pattern has it."""
    where = habits.options.get("underscores", "")
    parts = path.split("/")[-1 if where == "in directories" else 0 :]
    return where == "anywhere" or not any(part.startswith("_") for part in parts)


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's pattern needs. Raises `ValueError` naming an unknown token."""
    tokens_in(habits.permalinks.get("", "") or _DEFAULT, SYNTAX)
    return frozenset()


def address(traits: Traits, habits: Habits) -> str:
    """Return the path of an entry below that of its collection."""
    return _ended(expanded(habits.permalinks.get("", "") or _DEFAULT, SYNTAX, traits, habits), habits)


def _ended(path: str, habits: Habits) -> str:
    """Return a path with a slash at its end, or none, as the site has it."""
    path = one_slash(f"/{path}")
    trailing = habits.options.get("trailingSlash", "")
    if trailing == "never" or (not trailing and habits.options.get("build.format") == "file"):
        return path.rstrip("/")
    return f"{path}/" if trailing == "always" and not path.endswith("/") else path


def source(_: Habits) -> str:
    """Return the directory of the site, which pages and collections are below."""
    return "."


_PAGES = "src/pages/"


def page(traits: Traits, habits: Habits) -> str:
    """Return the path of a page. Raises `ValueError` for an entry of a collection: the site's own code makes its address."""
    if not traits.path.startswith(_PAGES):
        message = "is computed by the site's own code"
        raise ValueError(message)
    name = below(traits.path.removeprefix(_PAGES))
    return _ended(f"/{'' if name == 'index' else name}/", habits)


TAGS = {
    **MDX,
    "Code": "nothing",
    "Fragment": "inner",
    "Steps": "inner",
    "Card": "aside",
    "CardGrid": "inner",
    "LinkCard": "link-or-text",
    "BlogImage": "picture",
}
"""Components that Astro and its themes have, or that many sites define alike."""
SYNTAXES = {
    "": ("filelinks", "admonitions", "formulas", "toc"),
    ".mdx": ("filelinks", "mdx", "admonitions", "formulas", "withinhtml", "unindented", "toc"),
}


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect with the key of titles that the site's feed shows, and what plug-ins of its Markdown read."""
    dialect = titled_by_site(dialect, habits)
    plugins = {name for name, said in habits.options.items() if said == "true"}
    emoji = ("emoji",) if plugins & {"remark-emoji", "remark-gemoji"} else ()
    directives = ("remarkdirectives",) if "remark-directive" in plugins else ()  # of MDX, braces are its own
    more = {ending: (*names, *emoji) for ending, names in dialect.syntaxes.items()}
    return dialect._replace(syntaxes={**more, "": (*directives, *more[""])}) if plugins else dialect


DIALECT = Dialect.of(
    "astro",
    names_with(
        url="permalink",
        published="pubdate pubdatetime publishdate publisheddate publishedat date datepublished published created added",
        updated="updateddate updated moddatetime modified lastmod lastmodified updatedat dateupdated updatedate",
        public="public",
        draft="draft isdraft",
        tags="tags tag",
        image="heroimage image cover coverimage ogimage banner hero featuredimage featuredimg headimg",
    ),
    extensions=(".md", ".mdx", ".markdown"),
    flavor="smartypants",
    beside="renamed",
    pages=(),
    root=root,
    is_post=is_post,
    source=source,
    address=address,
    page=page,
    suited=suited,
    clock=as_in_javascript,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
