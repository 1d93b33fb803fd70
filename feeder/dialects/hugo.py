"""Hugo: posts in ``content``, what the site says in ``hugo.toml`` and its other names."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("hugo", COMMON, flavor="commonmark", beside="bundle")
