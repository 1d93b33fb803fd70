"""Pelican: posts in ``content``, what the site says in ``pelicanconf.py``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

SYNTAXES = {"": ("pelican", "toc")}

DIALECT = Dialect.of("pelican", COMMON, flavor="python-markdown", syntaxes=SYNTAXES)
