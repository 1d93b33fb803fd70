"""One small site that has everything which depends on where its files lie, and how it is built from the command line."""

from __future__ import annotations

import base64
import subprocess
import sys
from typing import TYPE_CHECKING

from services import environment

from feeder.storage.manifest import NAME

if TYPE_CHECKING:
    from pathlib import Path

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FILES: dict[str, str | bytes] = {
    "feeder.yml": "site: {url: 'https://site.example/'}\nfeeds: {limit: 0, categories: true}\n",
    "static/wide.png": PIXEL,
    "static/talk.mp3": b"sound",
    "static/nested/deep.png": PIXEL,
    "posts/beside.png": PIXEL,
    "posts/tea.md": "---\ntitle: Tea\ndate: 2024-01-02\nimage: beside.png\ncategories: [Hot, Drinks]\n---\n*Tea*.",
    "posts/2024/sound.md": "---\ntitle: Sound\ndate: 2024-01-03\naudio: /talk.mp3\nimage: /wide.png\n---\nListen[^1].\n\n[^1]: Note.",
    "posts/2024/deep.md": "---\ntitle: Deep\ndate: 2024-01-04\nimage: ../../static/nested/deep.png\n---\n![](../beside.png)",
    "posts/lost.md": "---\ntitle: Lost\ndate: 2024-01-05\nimage: /lost.png\nthumbnail: lost.png\n---\nNo picture.",
    "posts/secret.md": "---\ntitle: Secret\ndate: 2024-01-06\nimage: ../../outside.png\n---\nNothing outside.",
    "posts/broken.md": "---\ntitle: Broken\ndate: 2023-02-29\n---\nNo such day.",
    "posts/twice.md": "---\ntitle: Twice\ndate: 2024-02-02\nid: https://site.example/tea/\n---\nTea again.",
    "posts/draft.md": "---\ntitle: Draft\ndraft: true\n---\nNot yet.",
    "posts/latin.md": b"---\ntitle: Latin\ndate: 2024-01-07\n---\ncaf\xe9",
    "posts/empty.md": b"",
    "posts/.hidden.md": "---\ntitle: Hidden\ndate: 2024-01-08\n---\n",
    "posts/.git/index.md": "---\ntitle: Hidden\ndate: 2024-01-08\n---\n",
    "posts/node_modules/x/readme.md": "---\ntitle: Other\ndate: 2024-01-08\n---\n",
    "posts/named.md/inner.md": "---\ntitle: Inner\ndate: 2024-01-09\n---\nBelow a directory named like a post.",
    **{
        f"posts/many/{n}.md": f'---\ntitle: Post {n}\ndate: 2020-01-01\n---\nNumber {n}, "quoted" -- [x](y).\n'
        for n in range(30)
    },
}
"""Enough posts that there are several tasks to render."""


def lay_out(directory: Path) -> Path:
    """Write the site below ``directory``, and return that."""
    for name, content in FILES.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return directory


def tree(directory: Path) -> dict[str, bytes]:
    """Return what is in all files below a directory, but the manifest."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and path.name != NAME
    }


def run(directory: Path, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``feeder build`` in a directory."""
    return subprocess.run(
        [sys.executable, "-m", "feeder", "build", "--now", "2026-06-01", "--no-cache", *options],
        cwd=directory, env=environment(**env), capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip
