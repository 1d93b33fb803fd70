"""feeder/pages.py: a body may name any file of its site; the sites in ``tests/cases`` whose names end in ``-links`` have more."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeder import pipeline
from feeder.cache import Cache
from feeder.config import Options, load
from feeder.dialects import dialect
from feeder.model import Habits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2024, 3, 1, tzinfo=UTC)
JEKYLL = "url: https://a.test\npermalink: pretty\n"
DOCUSAURUS = """module.exports = { title: 'D', url: 'https://a.test', baseUrl: '/base/',
  presets: [['classic', { docs: {path: 'docs', routeBasePath: 'manual'}, blog: {} }]],
  plugins: [['@docusaurus/plugin-content-docs', {id: 'api', path: 'api-docs', routeBasePath: 'api', numberPrefixParser: false}]],
};"""
ROUTES = {
    "api-docs/01-first.md": "api/01-first",
    "docs/01-start/02-next.md": "manual/next/start/next",
    "docs/01-start/index.md": "manual/next/start/",
    "docs/02 - two/x.md": "manual/next/two/x",
    "docs/1.2-v.md": "manual/next/1.2-v",
    "docs/10_under.md": "manual/next/under",
    "docs/2024-01-02-dated.md": "manual/next/2024-01-02-dated",
    "docs/Upper Case.md": "manual/next/Upper%20Case",
    "docs/api/api.mdx": "manual/next/api/",
    "docs/guides/README.md": "manual/next/guides/",
    "docs/guides/rel.md\nslug: rel-slug": "manual/next/guides/rel-slug",
    "docs/own.md\nid: other-id": "manual/next/other-id",
    "docs/slug.md\nslug: /abs/here": "manual/next/abs/here",
    "src/pages/about.md": "about",
    "src/pages/index.md": "",
    "src/pages/sub/index.mdx": "sub/",
    "src/pages/sub/other.md": "sub/other",
    "versioned_docs/version-1.0/intro.md": "manual/intro",
}
"""Files, with what their front matter says, -> where Docusaurus 3.10 has them below the site's root."""


def lay(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def built(root: Path, cache: Path | None = None) -> tuple[list[str], list[str]]:
    """Return where the links of all bodies lead, "" for none, and what is told; whether there is a cache makes no difference."""
    found = load(Options(), {}, root).settings
    made = pipeline.build(found, root, NOW, "1", pipeline.Means())
    if cache:
        assert made == pipeline.build(found, root, NOW, "1", pipeline.Means(cache=Cache(cache), installation="1"))
    feed = json.loads(next(item.data for item in made.artifacts if item.path == "feed.json"))
    links = [match for item in feed["items"] for match in re.findall(r'<a(?: href="([^"]*)")?', item["content_html"])]
    return links, [f"{item.path}:{item.line}: {item.message.partition(';')[0]}" for item in made.problems]


def test_docusauruss_docs_and_pages_have_their_routes(tmp_path: Path) -> None:
    """Numbers go, indices are directories, ``id`` and ``slug`` count, and versions have directories."""
    files = {key.partition("\n")[0]: f"---\ntitle: T\n{key.partition(chr(10))[2]}\n---\n" for key in ROUTES}
    body = "\n".join(f"[a](../{name.replace(' ', '%20')})" for name in files)
    more = {"docusaurus.config.js": DOCUSAURUS, "versions.json": '["1.0"]', "blog/2024-01-01-p.md": body}
    lay(tmp_path, files | more)
    assert ([f"https://a.test/base/{route}" for route in ROUTES.values()], []) == built(tmp_path)


def test_a_cached_post_follows_the_page_that_it_links_to(tmp_path: Path) -> None:
    """When a page moves, or is gone, a post that did not change leads there, or says so."""
    post = "---\ntitle: P\n---\n[a]({% link about.md %})"
    lay(tmp_path, {"_config.yml": JEKYLL, "_posts/2024-01-01-p.md": post})
    for front, expected in (
        ("---\n---\n", "https://a.test/about/"),
        ("---\n---\n", "https://a.test/about/"),
        ("---\npermalink: /me/\n---\n", "https://a.test/me/"),
        ("no page", "https://a.test/about.md"),
        ("---\npublished: false\n---\n", ""),
    ):
        (tmp_path / "about.md").write_text(front)
        assert [expected] == built(tmp_path, tmp_path / "cache")[0]
    (tmp_path / "about.md").unlink()
    assert [""] == built(tmp_path, tmp_path / "cache")[0]


def test_what_keeps_a_page_from_being_linked_to_is_told(tmp_path: Path) -> None:
    """One that is not there is told from a draft, one that cannot be read, and one whose address is not known."""
    names = ("none.md", "draft.md", "broken.md", "odd.md", "none.pdf")
    files = {
        "_config.yml": JEKYLL,
        "_posts/2024-01-01-p.md": "---\ntitle: P\n---\n" + "\n".join(f"[a]({{% link {name} %}})" for name in names),
        "draft.md": "---\npublished: false\n---\n",
        "broken.md": "---\na: [\n---\n",
        "odd.md": "---\npermalink: /:basename/\n---\n",
    }
    lay(tmp_path, files)
    links, told = built(tmp_path)
    assert [""] * 5 == links
    where = "_posts/2024-01-01-p.md"
    assert [
        f"{where}:4: no such post, page or file",
        f"{where}:5: draft.md is a draft",
        f"{where}:6: broken.md has an error",
        f"{where}:7: odd.md exists, but its address is not known: the address has the unknown token :basename",
        f"{where}:8: no such post, page or file",
    ] == [one.replace(f"{tmp_path}/", "") for one in told]


def test_a_link_out_of_the_site_is_not_followed(tmp_path: Path) -> None:
    """Neither a path nor a symbolic link makes feeder look at a file that is none of the site's."""
    lay(tmp_path, {"out.md": "---\npermalink: /secret/\n---\n"})
    site = tmp_path / "site"
    body = "---\ntitle: P\n---\n[a]({% link ../out.md %}) [a]({% link in.md %})"
    lay(site, {"_config.yml": JEKYLL, "_posts/2024-01-01-p.md": body})
    (site / "in.md").symlink_to(tmp_path / "out.md")
    links, told = built(site)
    assert ([""] * 2, 2) == (links, len(told))


@pytest.mark.parametrize(
    ("name", "posts", "options", "expected"),
    [
        ("jekyll", "_posts", {}, (".", "_posts")),
        ("jekyll", "./docs/_posts", {"source": "docs"}, ("docs", "_posts")),
        ("jekyll", "/site/_posts", {}, ("/site", "_posts")),
        ("jekyll", "parts/_posts", {"collections_dir": "parts"}, (".", "parts/_posts")),
        ("hugo", "content/posts", {}, ("content", "posts")),
        ("hugo", "s3://b/content/posts", {}, ("s3://b/content", "posts")),
        ("hugo", "texts", {}, ("texts", "")),
        ("docusaurus", "blog", {}, (".", "blog")),
        ("docusaurus", "/site/blog", {}, ("", "")),
        ("pelican", "content", {}, ("content", "")),
    ],
)
def test_a_site_begins_where_its_generators_paths_do(
    name: str, posts: str, options: dict[str, str], expected: tuple[str, str]
) -> None:
    """Bodies name files from there; where nobody can tell, nothing is looked for."""
    assert expected == dialect(name).ground(posts, Habits(options=options))


def test_a_document_of_a_collection_is_named_without_the_directory_of_all(tmp_path: Path) -> None:
    """As Jekyll has it; the posts lie there, too."""
    files = {
        "_config.yml": JEKYLL + "collections_dir: parts\ncollections: {docs: {output: true}}\n",
        "parts/_posts/2024-01-01-p.md": "---\ntitle: P\n---\n[a]({% link _docs/x.md %}) [a]({% link about.md %})",
        "parts/_docs/x.md": "---\n---\n",
        "about.md": "---\n---\n",
    }
    lay(tmp_path, files)
    assert (["https://a.test/docs/x/", "https://a.test/about/"], []) == built(tmp_path)
