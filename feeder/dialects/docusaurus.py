"""Docusaurus: posts in ``blog``, what the site says in ``docusaurus.config.js``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("docusaurus", COMMON, flavor="commonmark", beside="renamed")
