"""The plain script beside this module."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from .contract import Peer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..scenarios import Site


def _prepare(site: Site) -> Sequence[str | Path]:
    limit, categories, _ = site.scenario
    script = Path(__file__).with_name("naive_script.py")
    return [sys.executable, script, site.posts, site.output, str(limit), str(int(categories))]


NAIVE = Peer("naive", _prepare, lambda: f"feedgen {version('feedgen')}, Markdown {version('Markdown')}")
