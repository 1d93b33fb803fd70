"""The programs that are measured, each doing the same work: RSS feeds of the same posts, and no pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .feeder import FEEDER, FEEDER_COMMONMARK
from .hugo import HUGO
from .jekyll import JEKYLL
from .naive import NAIVE
from .pelican import PELICAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .contract import Peer

OWN = (FEEDER.name, FEEDER_COMMONMARK.name)
PEERS: Mapping[str, Peer] = {peer.name: peer for peer in (FEEDER, FEEDER_COMMONMARK, HUGO, JEKYLL, PELICAN, NAIVE)}
"""Name in ``--peers`` -> peer."""
