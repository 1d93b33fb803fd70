"""feeder/elsewhere.py: a link to what the site has beside its posts is not broken, in sites of each generator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feeder import pipeline
from feeder.check import check
from feeder.config import Options, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2024, 3, 1, tzinfo=UTC)
URL = "https://a.test/"
REDIRECTS = """# /shop/broken /shop/a/
/shop/moved/ /shop/a/ 301
https://old.test/shop/there/* /shop/:splat
/shop/years/:year/:name /shop/:name 302
/shop/gone /404.html 404
/* /index.html 200
"""
SITES: Mapping[str, tuple[dict[str, str], str, list[str]]] = {
    "jekyll": (
        {
            "_config.yml": "permalink: /shop/:title/\ncollections: {jobs: {output: true, permalink: '/shop/:path/'}}\n",
            "_posts/2024-01-01-a.md": "LINKS",
            "_posts/2024-01-02-b.md": "---\ntitle: B\nredirect_from: [/shop/once/, shop/twice]\n---\n",
            "_jobs/themes.md": "---\ntitle: T\n---\n",
            "_redirects": REDIRECTS,
            "shop/page.html": "---\n---\n",
            "texts/elsewhere.md": "---\npermalink: /shop/here/\nredirect_from: /shop/there-before/\n---\n",
        },
        "once twice/ themes/ moved/ there/x/ years/2024/x page/ here/ there-before/ broken/ gone/ themes-2/",
        ["broken/", "gone/", "themes-2/"],
    ),
    "hugo": (
        {
            "hugo.toml": "title = 'A'\n",
            "content/shop/a.md": "LINKS",
            "content/shop/b.md": "+++\ntitle = 'B'\ndate = 2024-01-02\naliases = ['/shop/once/', 'twice']\n+++\n",
            "content/shop/part/_index.md": "---\ntitle: T\n---\n",
            "content/pages/page.md": "---\ntitle: P\nurl: /shop/here/\naliases: /shop/there-before\ndate: 2024-01-01\n---\n",
            "static/_redirects": REDIRECTS,
        },
        "once/ twice part/ here there-before/ moved/ broken/",
        ["broken/"],
    ),
    "hexo": (
        {
            "_config.yml": "permalink: shop/:title/\n",
            "source/_posts/a.md": "LINKS",
            "source/_posts/b.md": "---\ntitle: B\ndate: 2024-01-02\nalias: shop/once/\n---\n",
            "source/shop/special/index.md": "---\ntitle: S\n---\n",
            "source/shop/page.md": "---\ntitle: S\n---\n",
        },
        "once/ special/ page.html page broken/",
        ["broken/"],
    ),
    "plain": (
        {
            "feeder.yml": "posts: {permalink: '/shop/:slug/'}\n",
            "posts/a.md": "LINKS",
            "posts/b.md": "---\ntitle: B\ndate: 2024-01-02\naliases: [/shop/once/]\n---\n",
        },
        "once/ broken/",
        ["broken/"],
    ),
}
"""Files; the addresses below /shop/ that one post names; those of them where nothing is."""


@pytest.mark.parametrize("name", SITES)
def test_only_links_to_nothing_are_broken(tmp_path: Path, name: str) -> None:
    """Pages, collections, sections and what redirects are there; a misspelled address beside them is not."""
    files, names, expected = SITES[name]
    post = "---\ntitle: A\ndate: 2024-01-01\n---\n" + "\n".join(f"[x](/shop/{name})" for name in names.split())
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(post if text == "LINKS" else text)
    settings = load(Options(url=URL, posts="posts" if name == "plain" else None), {}, tmp_path).settings
    found = check(settings, tmp_path, NOW, "1", pipeline.Means()).problems
    assert [f"/shop/{one}" for one in expected] == [item.got for item in found if item.code == "broken-link"]
