"""feeder beside the real generators: what each makes of the small sites in ``tests/cases``, and what feeder makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .astro import ASTRO
from .docusaurus import DOCUSAURUS
from .eleventy import ELEVENTY
from .hexo import HEXO
from .hugo import HUGO
from .jekyll import JEKYLL
from .pelican import PELICAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .contract import Peer

PEERS: Mapping[str, Peer] = {peer.name: peer for peer in (HUGO, JEKYLL, PELICAN, HEXO, ELEVENTY, ASTRO, DOCUSAURUS)}
"""Name on the command line, and before the ``-`` in the name of a site -> generator."""
