"""docs/moving.md: what it shows is what happens, command by command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from conftest import needs

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = (Path(__file__).parent.parent / "docs" / "moving.md").read_text(encoding="utf-8")
POSTS = {
    "tea": "---\ntitle: Tea in the Hills\ndate: 2024-01-31 08:00\n---\nThe leaves are picked in the fog.\n",
    "bell": "---\ntitle: The Bell\ndate: 2024-02-03 12:00\n---\nIt has kept its bell.\n",
    "ferry": "---\ntitle: The Slow Ferry\ndate: 2024-02-07 12:00\n---\nOne very slow ferry.\n",
    "fog": "---\ntitle: The Fog\ndate: 2024-02-09 12:00\n---\nIt comes from the sea.\n",
}
ITEM = (
    '<item><title>{}</title><link>https://gazette.example.org/{}/</link><guid isPermaLink="false">{}</guid>'
    "<pubDate>{} 2024 {}:00:00 +0000</pubDate><description>{}</description></item>"
)
WORDPRESS = "https://gazette.example.org/?p="
ITEMS = (
    ("The Slow Ferry", "2024/02/07/the-slow-ferry", "217", "Wed, 07 Feb", "12", "One very slow ferry."),
    ("The Bell", "2024/02/03/bell", f"{WORDPRESS}214", "Sat, 03 Feb", "12", "It has kept its bell."),
    ("About this site", "about", f"{WORDPRESS}212", "Thu, 01 Feb", "12", "Who writes here."),
    ("Tea in the Hills", "2024/01/31/tea", f"{WORDPRESS}209", "Wed, 31 Jan", "08", "The leaves are picked in the fog."),
)
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>G</title><link>https://gazette.example.org</link>'


def test_the_page_is_true(write: Callable[..., Path], tmp_path: Path) -> None:
    """Each command of the page, one after the other on one site, prints what the page shows."""
    write("feeder.yml", "site: {url: 'https://gazette.example.org/', title: Gazette}\nposts: {path: posts}\n")
    for name, text in POSTS.items():
        write(f"posts/{name}.md", text)
    items = "".join(ITEM.format(*item) for item in ITEMS)
    write("old.xml", f"{FEED}<description>G</description>{items}</channel></rss>")
    environment = {name: value for name, value in os.environ.items() if name != "FEEDER_URL"}
    prelude = f'feeder() {{ "{sys.executable}" -m feeder "$@"; }}\n'
    shown = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    assert 4 <= len(shown)
    for block in shown:
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            result = subprocess.run(
                [needs("bash"), "-c", prelude + command], cwd=tmp_path, env=environment, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
            assert output == result.stdout, command
