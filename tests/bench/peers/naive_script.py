"""What anyone would write in an hour: PyYAML, Markdown and feedgen, no checks. A peer of the benchmark."""

from __future__ import annotations

import sys
from datetime import UTC
from pathlib import Path
from typing import Any

import markdown
import yaml
from feedgen.feed import FeedGenerator


def _write(path: Path, posts: list[tuple[dict[str, Any], str, str]], limit: int) -> None:
    feed = FeedGenerator()
    feed.title("Bench")
    feed.link(href="https://bench.example/")
    feed.description("Bench")
    for meta, name, body in posts[: limit or None]:
        entry = feed.add_entry(order="append")
        entry.title(str(meta["title"]))
        entry.link(href=f"https://bench.example/{name}/")
        entry.guid(f"https://bench.example/{name}/")
        entry.published(meta["date"].replace(tzinfo=UTC))
        entry.category([{"term": str(category)} for category in meta["categories"]])
        entry.description(meta["description"])
        entry.content(markdown.markdown(body, extensions=["extra"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    feed.rss_file(path)


def main(directory: str, output: str, limit: str, categories: str) -> None:
    """Write the feeds of the posts in ``directory``."""
    posts = []
    for path in sorted(Path(directory).glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        posts.append((yaml.load(head, yaml.CSafeLoader), path.stem, body))
    posts.sort(key=lambda post: post[0]["date"], reverse=True)
    _write(Path(output) / "rss.xml", posts, int(limit))
    if int(categories):
        for name in sorted({name for post in posts for name in post[0]["categories"]}):
            _write(Path(output) / f"{name}.xml", [post for post in posts if name in post[0]["categories"]], int(limit))


if __name__ == "__main__":
    main(*sys.argv[1:])
